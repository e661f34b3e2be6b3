import type { PlanView } from '../api/plan-view.schema.ts';
import { dayText, deadline, spanText, when } from './text.ts';

/** What somebody owes, soonest due first; then what has no due time until something is booked. */
export function waitRows({
  waits,
  tasks,
  timeZone,
}: Pick<PlanView, 'waits' | 'tasks' | 'timeZone'>): string[][] {
  const byWait = new Map(tasks.map((task) => [`task/${task.id}`, task]));
  const unbooked = tasks.filter(
    ({ status, bookingOf, dueAt }) =>
      status === 'requested' && bookingOf !== undefined && dueAt === undefined,
  );
  return [
    ...waits.map((wait) => {
      const task = byWait.get(wait.id);
      return [wait.owner, dueText(wait, task, timeZone), titleOf(wait.title, task), wait.id];
    }),
    ...unbooked.map((task) => [
      task.role,
      `due once ${task.bookingOf} is booked`,
      titleOf(task.title, task),
      `task/${task.id}`,
    ]),
  ];
}

/** A test that one of several could do for all; those of another plan with its name. */
export const askedTwiceRows = ({ planId, askedTwice }: Pick<PlanView, 'planId' | 'askedTwice'>): string[][] =>
  askedTwice.flatMap(({ title, by }) =>
    by.map(({ planId: plan, task, title: asked, role, from, to }) => [
      title,
      role,
      to === undefined ? '' : from === undefined ? `by ${dayText(to)}` : spanText(from, to),
      asked,
      plan === planId ? task : `${task} of the plan ${plan}`,
    ]),
  );

type WaitRow = PlanView['waits'][number];
type TaskRow = PlanView['tasks'][number];

function dueText({ dueAt, pausedAt, stoppedBy = [] }: WaitRow, task: TaskRow | undefined, timeZone: string) {
  if (pausedAt !== undefined)
    return `stopped since ${when(pausedAt, timeZone)} by a hold${stoppedBy.length === 0 ? '' : `: ${stoppedBy.join(', ')}`}`;
  const due = `due ${deadline(dueAt, timeZone)}`;
  if (task?.bookingOf === undefined) return due;
  const first = task.from === undefined ? '' : `, not before ${dayText(task.from)}`;
  return `${due}${first}, counted from the booking`;
}

const titleOf = (title: string, task: TaskRow | undefined): string =>
  task?.repeat === undefined ? title : `${title} (no. ${task.repeat})`;
