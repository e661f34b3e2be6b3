import type { Clearing, Clearings } from '../model/verdict.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { staffOf } from '../pathway/roles.ts';
import { lastIdOf } from './asked-decisions.ts';
import { askedOf } from './boards.ts';
import { isAsked, isOut, unmadeOf, whyNotFor } from './choices.ts';
import { type Draft, write } from './draft.ts';
import { openGateOf } from './gates.ts';
import { answerFor } from './offers.ts';
import type { Reason } from './outcome.schema.ts';
import type { PlanState } from './plan-state.schema.ts';
import { roundOf } from './progress.ts';
import { deciding } from './refusal.ts';
import { leaveStage } from './stand-down.ts';

/** The stages that are for a patient, by what was chosen for them. */

/** It is left out, or known not to be for this patient, and has not begun: one that has goes on, whatever is chosen then. */
export function isPassedBy(plan: Pick<Draft, 'pathway' | 'state'>, stage: StageDefinition): boolean {
  return isOut(plan.state, stage) && !hasBegun(plan, stage.stage);
}

/** In its present round something of it has been done, or its gate stands open. */
export function hasBegun(plan: Pick<Draft, 'pathway' | 'state'>, stage: string): boolean {
  const round = roundOf(plan.state, stage);
  const isDone = plan.state.performed.some((one) => one.stage === stage && one.round === round);
  return isDone || openGateOf(plan, stage) !== undefined;
}

/** Why a stage is not for this patient; empty: it is, as far as is known. */
export const whyNot = (
  { pathway, state }: Pick<Draft, 'pathway' | 'state'>,
  stage: StageDefinition,
): string =>
  stage.skipped ? 'left out by a revision of the plan' : whyNotFor(pathway, state, stage.onlyFor);

/** The stage whose beginning a chart state is: its gate, its prep, or the decision whether it is done at all. */
export function stageBefore(pathway: Pathway, chart: string): StageDefinition | undefined {
  const { phase, stage, decision } = placeOf(chart);
  if (decision !== undefined) return pathway.stageInQuestion(decision);
  return phase === 'ready' || phase === 'prep' ? pathway.stage(stage ?? '') : undefined;
}

/**
 * Where a move leads: past every stage that is not for this patient, and past the question whether it is done. What is
 * booked for them, or open before them, falls away.
 */
export function passOver(draft: Draft, chart: string): string {
  let to = chart;
  for (let stage = stageBefore(draft.pathway, to); stage && isPassedBy(draft, stage); ) {
    leaveStage(draft, stage.stage);
    const why = whyNot(draft, stage);
    write(draft, {
      kind: 'stage.passed',
      says: `Not for this patient: ${stage.title} (${why})`,
      details: { stage: stage.stage },
    });
    to = draft.pathway.chart.next(to, { type: `passed.${stage.stage}` });
    stage = stageBefore(draft.pathway, to);
  }
  return to;
}

/** A gate stays closed while it is not chosen whether the stage is for this patient. */
export function choiceReasons(
  pathway: Pathway,
  state: PlanState,
  stage: Pick<StageDefinition, 'onlyFor' | 'title'>,
  now: string,
): Reason[] {
  return unmadeOf(state, stage.onlyFor).map((name) => {
    const title = pathway.choice(name)?.title ?? name;
    const says = `Not chosen yet, and ${stage.title} hangs on it: ${title}.`;
    return { invariant: 'phase', says, clears: clearsOf(pathway, state, name, now) };
  });
}

function clearsOf(pathway: Pathway, state: PlanState, name: string, now: string): Clearings {
  const open = Object.entries(state.questions).find(([, one]) => one.decision === name && !one.answer);
  if (open) {
    const [id, { roles }] = open;
    return [[deciding(id, { role: staffOf(roles) })]];
  }
  const choice = pathway.choice(name);
  if (choice && isAsked(choice)) return [[askedElsewhere(pathway, state, name)]];
  return (choice && answerFor({ pathway, state, now }, choice)?.clears) ?? [];
}

/** Along another line of the plan, or not yet. */
function askedElsewhere(pathway: Pathway, state: PlanState, name: string): Clearing {
  const role = staffOf(askedOf(pathway.decision(name).by));
  return deciding(lastIdOf(state, name), { role });
}

/** Why a stage cannot be booked that is not for this patient. */
export function notForReasons(plan: Pick<Draft, 'pathway' | 'state'>, stage: StageDefinition): Reason[] {
  if (!isPassedBy(plan, stage)) return [];
  const says = `${stage.title} is not for this patient (${whyNot(plan, stage)}).`;
  return [{ invariant: 'phase', says, clears: [] }];
}

/** What a report of a stage goes against that had not been chosen by its day; undefined: nothing. */
export function notChosen(
  { pathway, state }: Pick<Draft, 'pathway' | 'state'>,
  { stage, onlyFor, title }: StageDefinition,
  until: string,
): string | undefined {
  const wasLeftOut = state.revisions.some(
    ({ at, changes }) =>
      at < until && changes.some((one) => one.change === 'stage-skipped' && one.stage === stage),
  );
  if (wasLeftOut) return `${title} was performed, and had been left out for this patient`;
  const known = Object.entries(state.choices).filter(([, { at }]) => at < until);
  const against = whyNotFor(pathway, { choices: Object.fromEntries(known) }, onlyFor);
  return against ? `${title} was performed, and had not been chosen (${against})` : undefined;
}
