import type { Duration, Instant, LocalDate } from '../../src/core/model/primitives.schema.ts';
import type { Anchor, Moment, TaskDefinition } from '../../src/core/pathway/work.schema.ts';
import type { Draft } from '../../src/core/plan/draft.ts';
import type { Booking, PlanState, Wait } from '../../src/core/plan/plan-state.schema.ts';
import { taskOf } from './pathways.ts';
import { eventOf, type RunningPlan } from './plan.ts';

type Limits = { readonly from?: Moment; readonly until?: Moment };

/** Work that comes round again: `repeating('dressing', for_(7, 'day'), { until: { by: for_(4, 'week'), after: 'procedure' } })` */
export const repeating = (
  task: string,
  every: Duration,
  { from, until, ...more }: Partial<TaskDefinition> & Limits = {},
): TaskDefinition => ({
  ...taskOf(task, more),
  when: { every, ...(from ? { from } : {}), ...(until ? { until } : {}) },
});

export const until = (by: Duration, after: Anchor): { until: Moment } => ({ until: { by, after } });

/** Work that is due so long before the booked day; not before `from`. */
export const beforeBooking = (
  task: string,
  { from, to }: { readonly from?: Duration; readonly to: Duration },
  more: Partial<TaskDefinition> = {},
): TaskDefinition => ({
  ...taskOf(task, more),
  when: { due: { ...(from ? { from } : {}), to, before: 'booking' } },
});

/** Puts into a plan's state what others write there, as if it had been there after its last step. */
export function put(plan: RunningPlan, change: Partial<PlanState>): void {
  plan.steps.push({ ...plan.last, state: { ...plan.state, ...change }, journal: [], effects: [] });
}

/** A booking as the plan keeps it; the next event acts on it. */
export function booked(
  plan: RunningPlan,
  stage: string,
  on: LocalDate,
  status: Booking['status'] = 'booked',
): void {
  const generation = (plan.state.bookings[stage]?.generation ?? 0) + 1;
  const booking: Booking = { on, bookedAt: plan.state.now, by: 'coordinator-1', status, generation };
  put(plan, { bookings: { ...plan.state.bookings, [stage]: booking } });
}

/** A step that nothing has been heard in, for functions that act on one. */
export const draftOf = ({ pathway, state }: RunningPlan): Draft => ({
  pathway,
  state,
  event: eventOf('wake', { generation: 0 }),
  now: state.now,
  journal: [],
  effects: [],
});

export const waitOf = (plan: RunningPlan, task: string): Wait | undefined => plan.state.waits[`task/${task}`];

/** The first instant at which it is late. */
export const dueOf = (plan: RunningPlan, task: string): Instant | undefined => waitOf(plan, task)?.dueAt;
