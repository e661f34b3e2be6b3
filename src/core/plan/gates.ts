import { localDateOf } from '../model/calendar.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { citesOf } from './cites.ts';
import { type Draft, write } from './draft.ts';
import type { GateDecision } from './gate.ts';
import { spendOverrides } from './overrides.ts';
import type { OpenedGate, PlanState } from './plan-state.schema.ts';
import type { GateKind } from './scope.ts';

/** A gate opens on what it rests on, which is kept: should that turn out otherwise, this gate is in question. */
export function openGate(
  draft: Draft,
  stage: StageDefinition,
  { of, decision }: { readonly of: GateKind; readonly decision: GateDecision },
): void {
  const { evidence, overrides, accepted } = decision;
  const says = of === 'prep' ? `Prep of ${stage.title} may start` : `${stage.title} may start`;
  write(draft, { kind: 'gate.opened', says, details: { stage: stage.stage, of, overrides, evidence } });
  for (const { finding } of accepted)
    write(draft, {
      kind: 'unknown.accepted',
      says: `Not known, and accepted: ${finding.title}`,
      details: { finding },
    });
  const gate = {
    stage: stage.stage,
    of,
    openedAt: draft.now,
    cites: citesOf(draft, evidence),
    overrides: [...overrides],
  };
  draft.state = { ...draft.state, gates: [...draft.state.gates, gate] };
  spendOverrides(draft, overrides);
}

/** Something was reported behind it: what comes next needs a gate of its own. */
const isUsed = ({ performed }: PlanState, { stage, openedAt }: OpenedGate): boolean =>
  performed.some((one) => one.stage === stage && one.reportedAt >= openedAt);

/** The gate into a stage's procedure that stands open, and nobody has reported from behind it. */
export const openGateOf = (state: PlanState, stage: string): OpenedGate | undefined =>
  state.gates.findLast(
    (gate) =>
      gate.stage === stage && gate.of === 'procedure' && gate.closedAt === undefined && !isUsed(state, gate),
  );

/**
 * The gate that was opened for a performance: it stood open on its day, and nothing has been reported behind it yet.
 * Where the chart stands is of no concern: a report of something else may have moved it. One that was closed on that
 * very day did not stand.
 */
export function gateFor(
  { pathway, state }: Draft,
  stage: string,
  performedOn: LocalDate,
): OpenedGate | undefined {
  const dayOf = (at: string): LocalDate => localDateOf(at, pathway.zone);
  const gate = state.gates.findLast(
    (one) => one.stage === stage && one.of === 'procedure' && dayOf(one.openedAt) <= performedOn,
  );
  if (!gate || isUsed(state, gate)) return undefined;
  return gate.closedAt !== undefined && dayOf(gate.closedAt) <= performedOn ? undefined : gate;
}

/** Nobody went through the gates of a stage that stand open, and nobody may any more. */
export function closeGates(draft: Draft, stage: string): void {
  const { state, now } = draft;
  const isOpen = (gate: OpenedGate): boolean =>
    gate.stage === stage && gate.closedAt === undefined && !isUsed(state, gate);
  if (!state.gates.some(isOpen)) return;
  const gates = state.gates.map((gate) => (isOpen(gate) ? { ...gate, closedAt: now } : gate));
  draft.state = { ...state, gates };
}
