import type { PlanView } from '../api/plan-view.schema.ts';
import { dayText, section, when } from './text.ts';

/** What the patient does at home, what stops it, and how it is kept to. */
export function careLines({ care, timeZone }: Pick<PlanView, 'care' | 'timeZone'>): string[] {
  return section(
    'Home care',
    care.flatMap((one) => [
      `  ${one.title} (${one.care}): ${one.isInForce ? spanText(one, timeZone) : 'not in force'}`,
      ...timesOf(one).map((line) => `    ${line}`),
      ...one.toBeDecided.map((title) => `    to be decided: ${title}`),
      ...one.holds.map((hold) => `    ${holdText(hold)}`),
      ...keptLines(one),
    ]),
  );
}

type CareRow = PlanView['care'][number];

const spanText = ({ since, lastDay }: CareRow, timeZone: string): string =>
  `since ${since === undefined ? 'its beginning' : when(since, timeZone)}${lastDay === undefined ? '' : `, to ${dayText(lastDay)}`}`;

export const timesOf = (one: Pick<CareRow, 'morning' | 'evening' | 'weekly'>): string[] =>
  (['morning', 'evening', 'weekly'] as const).flatMap((time) =>
    one[time].length === 0 ? [] : [`${time}: ${one[time].join(', ')}`],
  );

function holdText({ title, result, owner, released, id }: CareRow['holds'][number]): string {
  if (released) return `signed away by ${released.by}: ${title}`;
  const why = result === 'met' ? title : `${title} cannot be ruled out`;
  return `STOPPED: ${why}${owner === undefined ? '' : `, waits for the ${owner}`} (${id})`;
}

const SHOWN = 4;

function keptLines({ adherence }: CareRow): string[] {
  if (adherence.length === 0) return [];
  const last = adherence.slice(-SHOWN).map(({ from, to, done }) => {
    const days = from === to ? dayText(from) : `${dayText(from)} to ${dayText(to)}`;
    return `${days} ${done}`;
  });
  return [`    kept to: ${last.join('; ')}`];
}
