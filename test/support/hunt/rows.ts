import type { Anchor } from '../../../src/core/pathway/work.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { daysLater } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import { must } from './breach.ts';
import type { Work } from './course.ts';
import { afterDay } from './days.ts';

/** One of a row is open at a time, due so many times `every` after what it counts from; and none is forgotten. */
export function lookAtRow(
  account: Account,
  work: Work,
  { state, saw }: { readonly state: PlanState; readonly saw: (what: string) => void },
): void {
  const { id, belongsTo, definition } = work;
  const { when } = definition;
  const { course, terms } = account;
  const task = state.tasks[id];
  if (!('every' in when) || belongsTo.endsWith('.session') || !isOfThisRound(account, work)) return;
  const { every, from, until } = when;
  const begins = from ? dayAfter(account, work, from) : dayOf(account, work, defaultAnchor(belongsTo));
  const ends = until && dayAfter(account, work, until);
  if (begins === undefined || (until && ends === undefined)) return;
  // What says from when it is done is done then for the first time.
  const dueOn = (repeat: number): string =>
    daysLater(begins, { count: every.count * (from ? repeat - 1 : repeat), unit: every.unit });
  if (task?.status === 'requested') {
    saw((task.repeat ?? 0) > 1 ? 'repeated task' : 'first of a row');
    const { repeat = 0, createdAt } = task;
    const { dueAt, pausedAt } = state.waits[`task/${id}`] ?? {};
    const seen = `${createdAt} ${repeat} ${dueAt}`;
    // One that was there before this step, of the same instant, stays due where it was, though a report was withdrawn.
    const isNews = createdAt === state.now && work.lookedAt !== seen;
    work.lookedAt = seen;
    if (!isNews || course.chart !== belongsTo) return;
    const due = afterDay(dueOn(repeat), terms.zone);
    must(
      dueAt === due ||
        pausedAt !== undefined ||
        (isAskedAnew(account, work) && dueAt !== undefined && dueAt < due),
      () => `${id} ${repeat} is due on ${dueOn(repeat)}, counted from ${begins}, and not at ${dueAt}`,
    );
    must(!ends || dueOn(repeat) <= ends, () => `${id} ${repeat} is due after its row has ended`);
    return;
  }
  if (belongsTo !== course.chart) return;
  let next = (task?.repeat ?? 0) + 1;
  while (afterDay(dueOn(next), terms.zone) <= state.now) next += 1;
  must(
    ends !== undefined && dueOn(next) > ends,
    () => `${id} is forgotten: it comes round on ${dueOn(next)}`,
  );
}

/** Care that was open when its procedure was performed once more stays due where it was. */
const isAskedAnew = ({ reports }: Account, { stage, belongsTo }: Work): boolean =>
  defaultAnchor(belongsTo) !== undefined && reports.filter((one) => one.stage === stage).length > 1;

const isOfThisRound = ({ course }: Account, { stage, round }: Work): boolean =>
  stage === undefined || course.roundOf(stage) === round;

const defaultAnchor = (belongsTo: string): Anchor | undefined =>
  belongsTo.endsWith('.closure') || belongsTo.endsWith('.recovery') ? 'procedure' : undefined;

function dayAfter(
  account: Account,
  work: Work,
  { by, after }: { by: Parameters<typeof daysLater>[1]; after: Anchor },
) {
  const day = dayOf(account, work, after);
  return day === undefined ? undefined : daysLater(day, by);
}

/** Undefined as an anchor: the day on which the phase was entered. */
function dayOf(account: Account, { belongsTo, stage }: Work, anchor: Anchor | undefined): string | undefined {
  const { course } = account;
  const entered = (chart: string): string | undefined => {
    const at = course.enteredAt(chart);
    return at === undefined ? undefined : account.dayOf(at);
  };
  switch (anchor) {
    case undefined:
      return entered(belongsTo);
    case 'procedure':
    case 'session':
    case 'last session': {
      const round = stage === undefined ? 1 : course.roundOf(stage);
      const days = account.reports.filter((one) => one.stage === stage && one.round === round);
      return days.toSorted((one, other) => (one.start < other.start ? -1 : 1)).at(-1)?.end;
    }
    case 'consultation':
    case 'assessment':
      return entered(anchor);
    case 'stage':
      return entered(`${stage}.ready`);
    default:
      return undefined;
  }
}
