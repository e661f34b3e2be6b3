import { lastInstantOf } from '../model/calendar.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { before } from './as-of.ts';
import type { Draft } from './draft.ts';
import { decideGate } from './gate.ts';
import { type Breach, earlyReport } from './intervals.ts';
import type { Reason } from './outcome.schema.ts';

/** What a report is found to be, on the day on which the stage was performed. It is recorded whatever that is. */
export interface ReportFinding {
  /** What went against the pathway, in words; absent: nothing did. */
  readonly deviation?: string;
  readonly reasons: readonly Reason[];
  /** False: it came too early to count. */
  readonly counts: boolean;
}

/**
 * Judges a report by the gate that had, or had not, been opened for it, and by the intervals of that very day: what
 * came too early is a deviation even behind an open gate, unless grace excuses it. What came later excuses nothing and
 * accuses nobody.
 */
export function judgeReport(
  { pathway, state, now }: Draft,
  stage: StageDefinition,
  report: { readonly performedOn: LocalDate; readonly isExpected: boolean },
): ReportFinding {
  const { performedOn, isExpected } = report;
  const end = lastInstantOf(performedOn, pathway.zone);
  const at = end < now ? end : now;
  const stood = before(state, stage, performedOn, pathway.zone);
  const breaches = earlyReport(pathway, stood, stage, at);
  const early = breaches.filter(({ isExcused }) => !isExcused);
  const counts = early.every(({ interval }) => interval.ifEarly === 'counts');
  if (isExpected && early.length === 0) return { reasons: [], counts };
  const says = saysOf(stage, { isExpected, isEarly: early.length > 0, counts });
  if (isExpected) return { deviation: says, reasons: early.map(({ reason }) => reason), counts };
  const reasons = decideGate(pathway, stood, stage, at).filter((reason) => !isExcused(reason, breaches));
  return { deviation: says, reasons, counts };
}

function saysOf(
  { title }: StageDefinition,
  { isExpected, isEarly, counts }: { isExpected: boolean; isEarly: boolean; counts: boolean },
): string {
  const early = counts ? ' too early' : ' too early to count';
  const closed = isExpected ? '' : ', and its gate had not been opened';
  return `${title} was performed${isEarly ? early : ''}${closed}${counts ? '' : ': it is owed again'}`;
}

const isExcused = ({ interval }: Reason, breaches: readonly Breach[]): boolean =>
  breaches.some(
    ({ reason, isExcused }) =>
      isExcused && reason.interval?.rule === interval?.rule && reason.interval?.area === interval?.area,
  );

/** The sites in which a stage is done: those chosen for the roles that it names. */
export const sitesDone = ({ state }: Draft, { in: role, andIn }: StageDefinition): string[] =>
  [role, andIn].flatMap((one) => (one === undefined ? [] : (state.areas[one] ?? [])));
