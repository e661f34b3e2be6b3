import { addToDate } from '../model/calendar.ts';
import type { Duration, LocalDate } from '../model/primitives.schema.ts';
import type { Interval } from '../pathway/rules.schema.ts';

/** The days on which something may be, should be, and has to be done; each of them inclusive. */
export interface Window {
  readonly earliest: LocalDate;
  readonly recommended?: { readonly from: LocalDate; readonly to: LocalDate };
  readonly latest?: LocalDate;
}

/** The durations of an interval, and how it takes a day on which both are done. */
export type Spacing = Pick<Interval, 'minimum' | 'recommended' | 'latest' | 'grace' | 'sameDay'>;

/** Days in text order, which is the order of time. */
const laterOf = (one: LocalDate, other: LocalDate): LocalDate => (one > other ? one : other);
const earlierOf = (one: LocalDate, other: LocalDate): LocalDate => (one < other ? one : other);

/** An interval counted from one day. A minimum of no days at all allows that day itself. */
export function windowFrom(anchor: LocalDate, { minimum, recommended, latest }: Spacing): Window {
  const window = { earliest: addToDate(anchor, minimum) };
  const best = recommended && {
    from: addToDate(anchor, recommended.from),
    to: addToDate(anchor, recommended.to),
  };
  return {
    ...window,
    ...(best ? { recommended: best } : {}),
    ...(latest ? { latest: addToDate(anchor, latest) } : {}),
  };
}

/** Before the minimum, unless both are done on one day and that is fine. */
export const isTooEarly = (on: LocalDate, anchor: LocalDate, spacing: Spacing): boolean =>
  on < windowFrom(anchor, spacing).earliest && !(spacing.sameDay && on === anchor);

/**
 * The first day on which grace excuses what was done too early.
 * @see CDSi logic specification, CALCDT-6: grace is taken off after the minimum has been added
 */
export const excusedFrom = (earliest: LocalDate, grace: Duration | undefined): LocalDate =>
  grace ? addToDate(earliest, { ...grace, count: -grace.count }) : earliest;

/** A window, and whether it is counted from birth: an age says when something is best done, whatever else does. */
export interface Member {
  readonly window: Window;
  readonly isFromBirth: boolean;
}

/** Several windows as one, each bound with the members that set it. */
export interface Together<T extends Member> {
  readonly earliest?: LocalDate;
  readonly recommended?: { readonly from: LocalDate; readonly to: LocalDate };
  readonly latest?: LocalDate;
  readonly binding: {
    readonly earliest: readonly T[];
    readonly recommended: readonly T[];
    readonly latest: readonly T[];
  };
}

/**
 * All of several intervals bind: the latest of the minimums, the earliest of the latests. What is recommended is
 * counted from birth if anything is, else it is the later of the others; never before the earliest day.
 * @see CDSi logic specification, FORECASTDT-2 and FORECASTDT-5
 */
export function together<T extends Member>(members: readonly T[]): Together<T> {
  const minimums = members.map(({ window }) => window.earliest);
  const earliest = minimums.length > 0 ? minimums.reduce(laterOf) : undefined;
  const latests = members.flatMap(({ window }) => window.latest ?? []);
  const latest = latests.length > 0 ? latests.reduce(earlierOf) : undefined;
  const best = bestOf(members);
  const recommended = best?.window.recommended;
  return {
    ...(earliest === undefined ? {} : { earliest }),
    ...(recommended && earliest !== undefined
      ? { recommended: { from: laterOf(recommended.from, earliest), to: laterOf(recommended.to, earliest) } }
      : {}),
    ...(latest === undefined ? {} : { latest }),
    binding: {
      earliest: members.filter(({ window }) => window.earliest === earliest),
      recommended: best ? members.filter((one) => isAsGood(one, best)) : [],
      latest: members.filter(({ window }) => latest !== undefined && window.latest === latest),
    },
  };
}

/** The member whose recommended window counts: of those from birth, or else of all, the later. */
function bestOf<T extends Member>(members: readonly T[]): T | undefined {
  const offering = members.filter(({ window }) => window.recommended !== undefined);
  const fromBirth = offering.filter(({ isFromBirth }) => isFromBirth);
  const [first, ...others] = fromBirth.length > 0 ? fromBirth : offering;
  if (!first) return undefined;
  return others.reduce((best, one) => (spanOf(one) > spanOf(best) ? one : best), first);
}

const spanOf = ({ window: { recommended } }: Member): string =>
  recommended ? `${recommended.from} ${recommended.to}` : '';

const isAsGood = (one: Member, best: Member): boolean =>
  one.isFromBirth === best.isFromBirth && spanOf(one) === spanOf(best);
