import { isNeverShorter, REPEATED, readDue, readDurationIn } from '../model/durations.ts';
import type { ChangeOf } from '../model/plan-change.schema.ts';
import { Refused } from '../model/refused.ts';
import { ALONGSIDE, isExit, placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { misfitsOf, STANDINGS, type Standing } from '../pathway/standings.ts';
import { lengthText } from '../pathway/tailored.ts';
import { Anchor, type DueBefore, type Moment, type TaskDefinition } from '../pathway/work.schema.ts';
import { type Problem, unknown } from './revising.ts';
import { chartOf } from './tasks.ts';

/** When something is to be done for one patient, as it is written in a file: read, checked where it stands, and said. */

export type When = TaskDefinition['when'];

/** What can be counted from where a list of work stands. */
function standingOf(pathway: Pathway, list: string): Standing {
  if (list === 'consultation' || list === 'assessment') return STANDINGS[list];
  if (list === ALONGSIDE) return STANDINGS.alongside;
  if (isExit(list)) return STANDINGS.exit;
  const { phase, maintenance } = placeOf(list);
  if (maintenance !== undefined)
    return pathway.course[0]?.name === maintenance ? STANDINGS.firstMaintenance : STANDINGS.maintenance;
  return phase === 'ready' || phase === 'prep' ? STANDINGS.beforeProcedure : STANDINGS.afterProcedure;
}

/** When a task is to be done that was to be done otherwise; undefined: nothing was said of it. */
export function readWhen(
  pathway: Pathway,
  { when }: TaskDefinition,
  { task, due, every }: ChangeOf<'task'>,
): When | Problem | undefined {
  if (due === undefined && every === undefined) return undefined;
  if (due !== undefined && every !== undefined)
    return unknown(`${task} is due once, or done again and again: say one of them.`);
  if (every !== undefined) {
    if (!('every' in when)) return unknown(`${task} is done once: say \`due\`.`);
    const read = readDurationIn(REPEATED, every);
    return read instanceof Refused ? unknown(`${task}: ${read.message}.`) : { ...when, every: read };
  }
  if ('every' in when) return unknown(`${task} is done again and again: say \`every\`.`);
  const read = readOnce(pathway, task, due ?? '');
  if ('code' in read) return read;
  if ('before' in read.due !== 'before' in when.due)
    return unknown(
      `${task} is counted ${'before' in when.due ? 'before the' : 'after something, not before a'} booking.`,
    );
  return 'before' in when.due && 'before' in read.due && mayBeOlder(when.due, read.due)
    ? unknown(`${task} may not be done longer before a booking than the pathway allows: ${whenText(when)}.`)
    : read;
}

/** What a gate asks for has its age by its due time: that is never more than the pathway allows. */
const mayBeOlder = (before: DueBefore, now: DueBefore): boolean =>
  before.from !== undefined && !(now.from && isNeverShorter(before.from, now.from));

/** When something new is to be done, once. */
export function readOnce(
  pathway: Pathway,
  id: string,
  text: string,
): Extract<When, { due: unknown }> | Problem {
  const phrase = readDue(text.trim().replace(/\s+/g, ' '));
  if (phrase instanceof Refused) return unknown(`${id}: ${phrase.message}.`);
  const { from, to } = phrase;
  const range = { ...(from ? { from } : {}), to };
  const anchor = 'after' in phrase ? Anchor.safeParse(phrase.after) : undefined;
  if (anchor && !anchor.success) return unknown(`${id}: nothing is counted after \`${text}\`.`);
  if ('before' in phrase && phrase.before !== 'booking')
    return unknown(`${id}: nothing is counted back from \`${phrase.before}\`.`);
  const when: Extract<When, { due: unknown }> = {
    due: anchor ? { ...range, after: anchor.data } : { ...range, before: 'booking' },
  };
  const [misfit] = misfitsOf({ when }, standingOf(pathway, chartOf(id)));
  return misfit ? unknown(`${id}: ${misfit.refused.message}.`) : when;
}

/** As it is written in a file. */
export function whenText(when: When): string {
  if ('every' in when) {
    const { every, from, until } = when;
    const [begins, ends] = [from, until].map((one) => one && momentText(one));
    return [`every ${lengthText(every)}`, begins && `from ${begins}`, ends && `until ${ends}`]
      .filter(Boolean)
      .join(', ');
  }
  const { due } = when;
  const [first, last] = 'before' in due ? [due.to, due.from] : [due.from, due.to];
  const range = [first, last].filter((one) => one !== undefined).map(lengthText);
  return `${range.join(' to ')} ${'before' in due ? 'before booking' : `after ${due.after}`}`;
}

const momentText = ({ by, after }: Moment): string =>
  by.count === 0 ? after : `${lengthText(by)} after ${after}`;
