import type { Instant } from '../model/primitives.schema.ts';
import type { Evidence, Finding, Result } from '../model/verdict.schema.ts';
import { homeOf, isPeriod, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { clearingsOf } from '../rules/clearing.ts';
import { earliest } from '../rules/condition.ts';
import type { Draft } from './draft.ts';
import { judgeAt, placesOf } from './judging.ts';
import { neededFor } from './offers.ts';
import type { Reason } from './outcome.schema.ts';
import { askAPerson, outside } from './outside.ts';
import type { PlanState } from './plan-state.schema.ts';
import { supplyOf } from './supply.ts';
import { cancelTask } from './tasks.ts';

/**
 * Stages that are done only where their condition says so. It is asked as the plan comes to the stage, and while it
 * stands before its gate: known to be unmet, the stage is passed over; unknown, it is not, its gate stays closed, and
 * whoever supplies what is missing is asked for it. A period that was come to on an unknown answer is left when that
 * turns out to be no; on a yes it goes on to its end.
 */

type Plan = Pick<Draft, 'pathway' | 'state' | 'now'>;

interface Need {
  readonly result: Result;
  readonly finding: Finding;
}

/** Met anywhere in its area, it is met; undefined: the stage is done in any case. */
function needOf({ pathway, state, now }: Plan, stage: StageDefinition): Need | undefined {
  const { onlyWhen: when } = stage;
  if (!when) return undefined;
  const all = placesOf(pathway, state, when, stage).map((place) => judgeAt(pathway, state, now, when, place));
  const results = all.map(({ result }) => result);
  const result = results.includes('met') ? 'met' : results.includes('unknown') ? 'unknown' : 'unmet';
  const evidence = all.filter((one) => one.result === result).flatMap((one) => one.evidence);
  const validUntil = earliest(all.map((one) => one.validUntil));
  return { result, finding: findingOf(pathway, stage, { when, result, evidence, validUntil }) };
}

interface Found {
  readonly when: NonNullable<StageDefinition['onlyWhen']>;
  readonly result: Result;
  readonly evidence: Evidence[];
  readonly validUntil: Instant | undefined;
}

const findingOf = (
  pathway: Pathway,
  { stage, title }: Pick<StageDefinition, 'stage' | 'title'>,
  { when, result, evidence, validUntil }: Found,
): Finding => ({
  rule: stage,
  ruleSet: pathway.id,
  version: pathway.version,
  title: `${title}: is it needed?`,
  result,
  evidence,
  clears: result === 'met' ? [] : clearingsOf(pathway, when, evidence, 'met'),
  ...(validUntil === undefined ? {} : { validUntil }),
});

/** Known not to be needed, as far as is known now. */
export const isNeedless = (plan: Plan, stage: StageDefinition): boolean =>
  needOf(plan, stage)?.result === 'unmet';

/** Why it is not needed: the sentences that decide it. */
export const whyNeedless = (plan: Plan, stage: StageDefinition): string =>
  [...new Set((needOf(plan, stage)?.finding.evidence ?? []).map(({ fact, asks }) => `${fact} ${asks}`))]
    .map((asked) => `not: ${asked}`)
    .join(', ');

/** The gate of a stage that may not be needed stays closed until that is known. */
export function needReasons(plan: Plan, stage: StageDefinition): readonly Reason[] {
  const need = needOf(plan, stage);
  if (!need || need.result === 'met') return [];
  const { result, finding } = need;
  const says =
    result === 'unknown'
      ? `Whether ${stage.title} is needed is not known: ${neededFor(finding)}.`
      : `${stage.title} is not needed (${whyNeedless(plan, stage)}).`;
  return [{ invariant: 'phase', says, finding, clears: finding.clears }];
}

/** What the gate of such a stage rests on. */
export const needEvidence = (plan: Plan, stage: StageDefinition): readonly Evidence[] =>
  needOf(plan, stage)?.finding.evidence ?? [];

/** A period that the plan is in, and that was known to be needed: it goes on, whatever becomes of that. */
export function isSettledIn({ pathway, state }: Pick<Draft, 'pathway' | 'state'>, name: string): boolean {
  const home = homeOf(state);
  const stage = pathway.stage(name);
  if (!stage?.period || placeOf(home).stage !== name) return false;
  return !isPeriod(home) || !stage.onlyWhen || state.stages[name]?.needed === true;
}

const taskOf = (stage: string): string => outside(`${PREFIX}${stage}`);
const PREFIX = 'stage-needed-';

/**
 * Along a line: whoever knows is asked whether the stage is needed that the plan stands before, or that has begun
 * without anybody knowing; nobody is any more once it is known, or the plan is elsewhere.
 */
export function keepNeeds(draft: Draft): void {
  const stage = stageInDoubt(draft);
  const need = stage && needOf(draft, stage);
  if (stage && need?.result === 'met' && stage.period) noteNeeded(draft, stage.stage);
  const isAsked = stage !== undefined && need?.result === 'unknown';
  for (const { stage: name } of draft.pathway.stages)
    if (!isAsked || name !== stage.stage) cancelTask(draft, taskOf(name));
  const work = isAsked ? supplyOf(need.finding.title, need.finding.clears[0]) : undefined;
  if (stage && work) askAPerson(draft, `${PREFIX}${stage.stage}`, work);
}

/** The stage at which a line stands, as long as it is not settled that it is needed. */
function stageInDoubt({ pathway, state }: Pick<Draft, 'pathway' | 'state'>): StageDefinition | undefined {
  const { phase, stage: name } = placeOf(state.chart);
  const stage = pathway.stage(name ?? '');
  if (!stage?.onlyWhen) return undefined;
  const isInDoubt = phase === 'ready' || phase === 'prep' || (phase === 'period' && !isSettled(state, stage));
  return isInDoubt ? stage : undefined;
}

const isSettled = ({ stages }: PlanState, { stage }: StageDefinition): boolean =>
  stages[stage]?.needed === true;

function noteNeeded(draft: Draft, stage: string): void {
  const { stages } = draft.state;
  const known = stages[stage];
  if (known)
    draft.state = { ...draft.state, stages: { ...stages, [stage]: { ...known, needed: true as const } } };
}

/** Come to anew, it is asked anew. */
export function forgetNeed(draft: Draft, stage: string): void {
  const { stages } = draft.state;
  const known = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (!known?.needed) return;
  const { needed: _before, ...progress } = known;
  draft.state = { ...draft.state, stages: { ...stages, [stage]: progress } };
}

/** When time alone may change whether it is needed. */
export function stageNeedEdges(plan: Plan): Instant[] {
  const stage = stageInDoubt(plan);
  const at = stage && needOf(plan, stage)?.finding.validUntil;
  return at === undefined || at <= plan.now ? [] : [at];
}
