import { wallClockOf } from '../model/calendar.ts';
import type { Step } from '../plan/step.ts';

/** What happened to a plan, a line for each entry of its journal: when by the clinic's clock, what, and in words. */
export const traceOf = (steps: readonly Step[], zone: string): string =>
  steps
    .flatMap(({ journal }) => journal)
    .map(({ at, kind, says }) => `${wallClockOf(at, zone)}  ${kind.padEnd(WIDTH)}  ${says}`.trimEnd())
    .join('\n');

/** Of the widest kind of entry. */
const WIDTH = 22;
