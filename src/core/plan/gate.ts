import { LIMITS } from '../model/limits.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Clearings, Evidence } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { choiceReasons } from './chosen-stages.ts';
import { clearanceReasons } from './clearance.ts';
import { consentReasons } from './consent.ts';
import { delayReasons, isDelayedByTable } from './delays.ts';
import { isAcceptedUnknown, isHeld } from './holds.ts';
import { latenessReasons, placedIntervals, reasonsOf } from './intervals.ts';
import type { Reason } from './outcome.schema.ts';
import { liveOverride } from './overrides.ts';
import type { PlanState } from './plan-state.schema.ts';
import { prepReasons } from './prep-work.ts';
import {
  citedIn,
  findingsAt,
  type GateKind,
  isCovered,
  overrideBy,
  type StageFinding,
  stopsAt,
} from './scope.ts';
import { sessionReasons } from './session-decisions.ts';
import { isConsented, signerOf } from './signer.ts';
import { needEvidence, needReasons } from './stage-needs.ts';
import { answerAt, type CountingAnswer } from './table-answers.ts';

/** What was looked at when a gate was decided. */
export interface GateDecision {
  /** None: the gate is open. */
  readonly reasons: readonly Reason[];
  /** Everything that it rests on. */
  readonly evidence: readonly Evidence[];
  /** Overrides without which it would be closed. */
  readonly overrides: readonly string[];
  /** Rules that nobody could answer, and that let it pass all the same, because they say so. */
  readonly accepted: readonly StageFinding[];
  /** Of a stage that asks a table, once that has an answer that lets it on. */
  readonly answered?: CountingAnswer;
}

/**
 * The gate into a stage's procedure. It is decided at one moment, from the rules themselves and never from what was
 * judged before, and gives every reason.
 *
 * S1: valid consent for this procedure. S2: every contraindication is known to be absent, signed away or set aside.
 * S3: no interval is breached. S4: eligibility is given, and the stage's table has an answer that goes on. S5: whoever
 * is put to sleep has been cleared for it. Beside them: the work of the stage's prep is done, and
 * what is decided before this session, or after those behind it, has been decided.
 */
export function lookAtGate(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): GateDecision {
  const decision = weighed({ pathway, state, stage, now }, 'procedure');
  const placed = placedIntervals(pathway, state, stage, now);
  decision.reasons.push(...reasonsOf(placed));
  for (const { finding } of placed) decision.evidence.push(...finding.evidence);
  const answered = answerAt({ pathway, state, now }, stage);
  const byOverride = answered && !answered.lets ? overrideOf(pathway, answered) : [];
  const isByTable = isDelayedByTable(state, stage.stage);
  for (const reason of delayReasons(pathway, state, stage.stage, now))
    decision.reasons.push(isByTable ? { ...reason, clears: [...reason.clears, ...byOverride] } : reason);
  if (answered) weighTable(decision, answered, byOverride);
  decision.reasons.push(...clearanceReasons(pathway, state, stage, now));
  decision.reasons.push(...prepReasons(pathway, state, stage, now));
  decision.reasons.push(...sessionReasons(pathway, state, { stage, gate: 'procedure', now }));
  return decision;
}

/**
 * The gate into a stage's prep: S1, S2 and S4 by the rules that stop prep. Prep comes before the day: no minimum and no
 * table is asked, and of S3 only that no latest day has passed unanswered. What lies behind is decided.
 */
export function lookAtPrepGate(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): GateDecision {
  const decision = weighed({ pathway, state, stage, now }, 'prep');
  decision.reasons.push(...latenessReasons(pathway, state, stage, now));
  decision.reasons.push(...sessionReasons(pathway, state, { stage, gate: 'prep', now }));
  return decision;
}

/** @returns no reasons when the gate is open */
export const decideGate = (
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): Reason[] => [...lookAtGate(pathway, state, stage, now).reasons];

interface Asked {
  readonly pathway: Pathway;
  readonly state: PlanState;
  readonly stage: StageDefinition;
  readonly now: Instant;
}

interface Drafted {
  readonly reasons: Reason[];
  readonly evidence: Evidence[];
  readonly overrides: string[];
  readonly accepted: StageFinding[];
  answered?: CountingAnswer;
}

/** What both gates ask: consent, and the rules that stop this one. */
function weighed(asked: Asked, of: GateKind): Drafted {
  const { pathway, state, stage, now } = asked;
  const decision: Drafted = { reasons: [], evidence: [], overrides: [], accepted: [] };
  decision.reasons.push(...fullness(state), ...choiceReasons(pathway, state, stage, now));
  decision.reasons.push(...needReasons(asked, stage));
  decision.evidence.push(...needEvidence(asked, stage));
  decision.reasons.push(...consentReasons(pathway, state, stage, now));
  if (isConsented(stage)) decision.evidence.push(...signerOf(pathway, state, stage, now).evidence);
  weighRules(decision, asked, of);
  return decision;
}

/** A plan that takes no more facts knows no longer what is so. */
function fullness({ observations }: PlanState): Reason[] {
  const kept = Object.values(observations).reduce((sum, all) => sum + all.length, 0);
  if (kept < LIMITS.observationsPerPlan) return [];
  const says = `The plan has kept ${kept} observations and takes no more: what is new is not in it.`;
  return [{ invariant: 'S2', says, clears: [] }];
}

function weighRules(decision: Drafted, asked: Asked, gate: GateKind): void {
  const { pathway, state, stage, now } = asked;
  for (const found of findingsAt(pathway, state, { stage, now, gate })) {
    if (!stopsAt(found.rule, gate)) continue;
    decision.evidence.push(...found.finding.evidence);
    weighHold(decision, found, asked);
  }
}

function weighHold(
  decision: Drafted,
  found: StageFinding,
  { pathway, state, now }: Pick<Asked, 'pathway' | 'state' | 'now'>,
): void {
  const { id, finding, rule } = found;
  const { result, evidence } = finding;
  if (!isHeld(pathway, found, state)) {
    if (result === 'unknown' && isAcceptedUnknown(rule, finding)) decision.accepted.push(found);
    return;
  }
  const live = liveOverride(state.overrides, { id, cites: citedIn(pathway, evidence), result, now });
  if (live) {
    decision.overrides.push(live.id);
    return;
  }
  const clears = result === 'unmet' ? (state.holds[id]?.finding.clears ?? []) : finding.clears;
  const invariant = rule.kind === 'eligibility' ? 'S4' : 'S2';
  decision.reasons.push({ invariant, says: holdText(found), finding, clears });
}

function holdText({ rule, finding, site }: StageFinding): string {
  const title = site === undefined ? finding.title : `${finding.title} (${site})`;
  if (finding.result === 'unknown') {
    const what = rule.kind === 'eligibility' ? 'is not known to be given' : 'cannot be ruled out';
    return `${title} ${what}: ${missing(finding.evidence)}.`;
  }
  if (finding.result === 'unmet')
    return `${title}: it no longer holds by facts, and nobody has signed it away.`;
  return rule.kind === 'eligibility' ? `Not eligible: ${title}.` : `${title}. ${rule.rule.because}`;
}

/** The override that would put another answer in the table's place, and lift what it said of waiting. */
function overrideOf(pathway: Pathway, { finding }: CountingAnswer): Clearings {
  const terms = pathway.table(finding.rule).override;
  const result = finding.answer === undefined ? 'unknown' : 'met';
  return terms && isCovered(terms, result) ? [[overrideBy(terms)]] : [];
}

function weighTable(decision: Drafted, answered: CountingAnswer, byOverride: Clearings): void {
  const { finding, lets } = answered;
  decision.evidence.push(...finding.evidence);
  if (lets) {
    decision.answered = answered;
    if (lets.override !== undefined) decision.overrides.push(lets.override);
    return;
  }
  const says =
    finding.answer === undefined
      ? `${finding.title} has no answer: ${missing(finding.evidence)}.`
      : `${finding.title}: ${finding.answer}.`;
  const clears = [...finding.clears.slice(0, 3 - byOverride.length), ...byOverride];
  decision.reasons.push({ invariant: 'S4', says, table: finding, clears });
}

const missing = (evidence: readonly Evidence[]): string =>
  [
    ...new Set(
      evidence.flatMap(({ fact, area, cause }) =>
        cause === undefined ? [] : [`${fact}${area === undefined ? '' : ` of the ${area}`} is ${cause}`],
      ),
    ),
  ].join(', ');
