import type { Pathway } from '../core/pathway/pathway.ts';
import { type AskedFact, askedTwice, factsAsked } from '../core/plan/asked-twice.ts';
import type { Hold } from '../core/plan/hold.schema.ts';
import type { PlanState, Wait } from '../core/plan/plan-state.schema.ts';
import type { AskedTwiceView, TaskView, WaitView } from './plan-rows.schema.ts';

/** What is to be done, and what somebody owes. */

export const tasksOf = ({ tasks, waits }: PlanState): TaskView[] =>
  Object.entries(tasks).map(([id, { title, role, status, completedAt, from, repeat, bookingOf }]) => {
    const { dueAt, pausedAt } = waits[`task/${id}`] ?? {};
    return { id, title, role, status, completedAt, from, repeat, bookingOf, dueAt, pausedAt };
  });

export const askedTwiceOf = (
  pathway: Pathway,
  state: PlanState,
  elsewhere: readonly AskedFact[],
): AskedTwiceView[] =>
  askedTwice(factsAsked(pathway, state), elsewhere).map(({ fact, by }) => ({
    fact,
    title: pathway.fact(fact)?.title ?? fact,
    by: by.map(({ fact: _same, ...work }) => work),
  }));

export function waitsOf(state: PlanState): WaitView[] {
  const views = Object.entries(state.waits).map(([id, wait]) => {
    const { kind, title, owner, dueAt, nextAt, rung, stage, climbs, pausedAt } = wait;
    const told = { id, kind, title, owner, dueAt, nextAt, rung, stage, climbs, pausedAt };
    return pausedAt === undefined ? told : { ...told, stoppedBy: stoppedBy(state, wait) };
  });
  return views.sort((one, other) => one.dueAt.localeCompare(other.dueAt) || one.id.localeCompare(other.id));
}

/** The holds on its stage that nobody has set aside. */
const stoppedBy = ({ holds, overrides }: PlanState, { stage }: Wait): string[] =>
  Object.entries(holds).flatMap(([id, hold]) =>
    hold.stage === stage && !isSetAside(hold, overrides) ? [id] : [],
  );

const isSetAside = ({ rule, stage, area }: Hold, overrides: PlanState['overrides']): boolean =>
  Object.values(overrides).some(
    (one) => one.status === 'active' && one.rule === rule && one.stage === stage && one.area === area,
  );
