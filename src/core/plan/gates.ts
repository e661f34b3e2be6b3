import { endOfDay, laterOf, localDateOf } from '../model/calendar.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { citesOf } from './cites.ts';
import { type Draft, stepNumber, write } from './draft.ts';
import type { GateDecision } from './gate.ts';
import type { ShownFigure } from './outcome.schema.ts';
import { spendOverrides } from './overrides.ts';
import type { OpenedGate, Performed, PlanState } from './plan-state.schema.ts';
import type { GateKind } from './scope.ts';

/** A gate opens on what it rests on, which is kept: should that turn out otherwise, this gate is in question. */
export function openGate(
  draft: Draft,
  stage: StageDefinition,
  {
    of,
    decision,
    figures = [],
  }: {
    readonly of: GateKind;
    readonly decision: GateDecision;
    readonly figures?: readonly ShownFigure[];
  },
): void {
  const { evidence, overrides, accepted } = decision;
  const says = of === 'prep' ? `Prep of ${stage.title} may start` : `${stage.title} may start`;
  const shown = figures.length > 0 ? { figures } : {};
  const details = { stage: stage.stage, of, overrides, evidence, ...shown };
  write(draft, { kind: 'gate.opened', says, details });
  for (const { finding } of accepted)
    write(draft, {
      kind: 'unknown.accepted',
      says: `Not known, and accepted: ${finding.title}`,
      details: { finding },
    });
  const session = draft.pathway.sessionAt(stage);
  const gate = {
    stage: stage.stage,
    of,
    ...(session === undefined ? {} : { session }),
    openedAt: draft.now,
    step: stepNumber(draft.state),
    cites: citesOf(draft, evidence),
    overrides: [...overrides],
  };
  draft.state = { ...draft.state, gates: [...draft.state.gates, gate] };
  spendOverrides(draft, overrides);
}

/** Something was reported that may have been behind it: what comes next needs a gate of its own. */
const isUsed = ({ performed }: PlanState, gate: OpenedGate, zone: string): boolean =>
  performed.some((one) => isBehind(one, gate, zone));

/** Told after it opened, and done on its day or a later one: a report of an earlier day was of something else. */
const isBehind = (one: Performed, { stage, openedAt, step }: OpenedGate, zone: string): boolean =>
  one.stage === stage && one.step > step && one.performedOn >= localDateOf(openedAt, zone);

/** The gate into a stage's procedure that stands open, and nobody has reported from behind it. */
export const openGateOf = (plan: Plan, stage: string): OpenedGate | undefined =>
  openGatesOf(plan, stage).findLast(({ of }) => of === 'procedure');

export const isGateOpen = (plan: Plan, stage: string, into: GateKind): boolean =>
  openGatesOf(plan, stage).some(({ of }) => of === into);

type Plan = Pick<Draft, 'state'> & { readonly pathway: Pick<Pathway, 'zone'> };

/** The gates of a stage that stand open, and nobody has reported from behind them. */
const openGatesOf = ({ pathway, state }: Plan, stage: string): OpenedGate[] =>
  state.gates.filter(
    (gate) => gate.stage === stage && gate.closedAt === undefined && !isUsed(state, gate, pathway.zone),
  );

/** One of them opened after a day. */
export const isOpenedAfter = (plan: Plan, stage: string, on: LocalDate): boolean =>
  openGatesOf(plan, stage).some(({ openedAt }) => localDateOf(openedAt, plan.pathway.zone) > on);

/**
 * The gate that was opened for a performance: it stood open on its day, and nothing has been reported behind it yet.
 * Where the chart stands is of no concern: a report of something else may have moved it. One that was closed on that
 * very day did not stand. Of listed sessions, one that opened for another did not open for this.
 */
export function gateFor(
  { pathway, state }: Draft,
  stage: string,
  { performedOn, session }: { readonly performedOn: LocalDate; readonly session?: string | undefined },
): OpenedGate | undefined {
  const dayOf = (at: string): LocalDate => localDateOf(at, pathway.zone);
  const gate = state.gates.findLast(
    (one) => one.stage === stage && one.of === 'procedure' && dayOf(one.openedAt) <= performedOn,
  );
  if (!gate || isUsed(state, gate, pathway.zone)) return undefined;
  if (session !== undefined && gate.session !== session) return undefined;
  return gate.closedAt !== undefined && dayOf(gate.closedAt) <= performedOn ? undefined : gate;
}

/** Nobody went through the gates of a stage that stand open, and nobody may any more. */
export function closeGates(draft: Draft, stage: string): void {
  shut(draft, openGatesOf(draft, stage), draft.now);
}

/**
 * The stage is left: its gates are closed, and one that a report came from behind of as well, from the next day on. Should
 * that report turn out to be wrong, nothing that was done after the stage was left was done behind its gate.
 */
export function leaveGates(draft: Draft, stage: string): void {
  const { pathway, now } = draft;
  const { zone } = pathway;
  closeGates(draft, stage);
  const used = draft.state.gates.filter((gate) => gate.stage === stage && gate.closedAt === undefined);
  shut(draft, used, endOfDay(localDateOf(now, zone), zone));
}

/**
 * The report from behind them was wrong: what was done on its day, or until now, may still be told right; for anything
 * later the gate has to be asked again.
 */
export function closeGatesBehind(draft: Draft, report: Performed): void {
  const { pathway, now } = draft;
  const { zone } = pathway;
  const endsAt = endOfDay(report.performedOn, zone);
  const gates = openGatesOf(draft, report.stage).filter((gate) => isBehind(report, gate, zone));
  shut(draft, gates, laterOf(now, endsAt));
}

function shut(draft: Draft, which: readonly OpenedGate[], closedAt: Instant): void {
  if (which.length === 0) return;
  const gates = draft.state.gates.map((gate) => (which.includes(gate) ? { ...gate, closedAt } : gate));
  draft.state = { ...draft.state, gates };
}
