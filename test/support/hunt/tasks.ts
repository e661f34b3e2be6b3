import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import type { Account } from './account.ts';
import type { Bookings } from './bookings.ts';
import { must } from './breach.ts';
import { isTooOld, longestBefore } from './clearance.ts';
import { isCare, type Work } from './course.ts';
import { afterDay, daysBefore } from './days.ts';
import { lookAtRow } from './rows.ts';

const isOpenIn = ({ tasks }: PlanState, id: string): boolean => tasks[id]?.status === 'requested';

/** Tasks of phases are those that were asked for and not done; of all others, each has its reason. */
export function lookAtTasks(
  account: Account,
  state: PlanState,
  { bookings, saw }: { readonly bookings: Bookings; readonly saw: (what: string) => void },
): void {
  const { tasks } = account.course;
  for (const id of Object.keys(state.tasks)) {
    if (!isOpenIn(state, id) || id.startsWith('plan/') || id.endsWith('/hand-over')) continue;
    must(tasks.has(id), () => `S6: ${id} is open, and nobody asked for it`);
  }
  for (const work of tasks.values()) {
    const isOpen = isOpenIn(state, work.id);
    const expected = expectationOf(account, work, { state, bookings, saw });
    must(
      expected === 'either' || (expected === 'open') === isOpen,
      () => `S6: ${work.id} is to be ${expected} in ${state.chart}, and is ${isOpen ? 'open' : 'closed'}`,
    );
    work.isOpen = isOpen;
    if ('every' in work.definition.when) lookAtRow(account, work, { state, saw });
    else if ('before' in work.definition.when.due) lookAtBooked(account, work, { state, bookings, saw });
  }
}

type Around = {
  readonly state: PlanState;
  readonly bookings: Bookings;
  readonly saw: (what: string) => void;
};

function expectationOf(
  account: Account,
  work: Work,
  { state, bookings, saw }: Around,
): 'open' | 'closed' | 'either' {
  const { when } = work.definition;
  const { course } = account;
  if (course.isOver && 'every' in when) return when.until ? 'either' : 'closed';
  if (course.isOver && (course.chart !== 'completed' || !isCare(work))) return 'closed';
  if ('every' in when || !work.isSure) return 'either';
  const isCurrent = work.belongsTo === course.chart;
  if ('before' in when.due) {
    // Once what it was to come before was done, or given up, it need not be done any more.
    if (!isCurrent) return 'either';
    return isDoneTooEarly(account, work, { bookings, now: state.now })
      ? 'either'
      : work.isOpen
        ? 'open'
        : 'closed';
  }
  if (work.definition.onlyWhen) {
    saw(`task under a condition, ${isOpenIn(state, work.id) ? 'open' : 'not wanted'}`);
    if (!isCurrent) return 'either';
    const isDone = course.completions.some(({ id, step }) => id === work.id && step >= work.askedIn);
    if (isDone) return 'closed';
    return account.isWanted(work.definition, work.belongsTo, state.now) ? 'open' : 'closed';
  }
  return work.isOpen ? 'open' : 'closed';
}

/** What was done longer before the booked day, or, before the gate, before today, than it may be is done again. */
function isDoneTooEarly(
  account: Account,
  work: Work,
  { bookings, now }: { bookings: Bookings; now: string },
): boolean {
  const on = work.stage === undefined ? undefined : bookings.bookedFor(work.stage);
  return isTooOld(account, work, account.dayOf(now)) || (on !== undefined && isTooOld(account, work, on));
}

/** It has a wait of its own when its day is booked, due so long before; else the booking is owed for it. */
function lookAtBooked(
  account: Account,
  { id, stage, definition }: Work,
  { state, bookings, saw }: Around,
): void {
  const { when } = definition;
  if (!isOpenIn(state, id) || stage === undefined || !('due' in when) || !('before' in when.due)) return;
  const on = bookings.bookedFor(stage);
  const wait = state.waits[`task/${id}`];
  must(state.tasks[id]?.bookingOf === stage, () => `${id} says which booking it counts from`);
  if (on === undefined) {
    must(wait === undefined, () => `${id} waits, and nothing is booked`);
    saw('task waits for a booking');
    return;
  }
  const due = afterDay(daysBefore(on, when.due.to), account.terms.zone);
  must(wait?.dueAt === due, () => `${id} is due at ${due}, before ${on}, and not at ${wait?.dueAt}`);
  const longest = longestBefore(when);
  const from = longest && daysBefore(on, longest);
  must(state.tasks[id]?.from === from, () => `${id} may be done from ${from} on`);
  const isMoved = (bookings.all.get(stage)?.generation ?? 0) > 1;
  saw(`task due before a booking${isMoved ? ' that was moved' : ''}`);
}
