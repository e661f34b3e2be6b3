import { wallClockOf } from '../model/calendar.ts';
import type { Answer } from '../plan/outcome.schema.ts';
import type { PlanState } from '../plan/plan-state.schema.ts';
import type { Step } from '../plan/step.ts';
import { dueText } from './expectations.ts';
import { namesOf } from './reason-words.ts';

/**
 * What happened to a plan, for people to read and to compare: a line for each entry of its journal, when by the clinic's
 * clock, what, and in words; and under each step what it changed of where the plan stands, of what holds it, and of what
 * is due.
 */
export function traceOf(steps: readonly Step[], zone: string): string {
  let before: Standing = { place: '', marks: [] };
  return steps
    .flatMap(({ journal, answer, state }) => {
      const now = standingOf(state, zone);
      const lines = [
        ...journal.map(({ at, kind, says }) =>
          `${wallClockOf(at, zone)}  ${kind.padEnd(WIDTH)}  ${says}`.trimEnd(),
        ),
        ...reasonLines(answer),
        ...changes(before, now),
      ];
      before = now;
      return lines;
    })
    .join('\n');
}

/** Of the widest kind of entry. */
const WIDTH = 22;

/** Under the words of an entry. */
const INDENT = ' '.repeat('2026-03-02 12:00'.length + WIDTH + 4);

interface Standing {
  readonly place: string;
  readonly marks: readonly string[];
}

const standingOf = ({ chart, status, tracks, holds, waits }: PlanState, zone: string): Standing => ({
  place: [
    `${status}, at ${chart}`,
    ...Object.entries(tracks).map(([track, one]) => `${track} at ${one.chart}`),
  ].join('; '),
  marks: [
    ...Object.values(holds).map(({ stage, rule, area }) =>
      area === undefined ? `hold ${rule} of ${stage}` : `hold ${rule} of ${stage}, ${area}`,
    ),
    ...Object.entries(waits).map(([id, { owner, dueAt, pausedAt }]) => {
      const due = pausedAt === undefined ? `due ${dueText(dueAt, zone)}` : 'clock stopped';
      return `${id} ${due}, ${owner}`;
    }),
  ].sort(),
});

function reasonLines(answer: Answer): string[] {
  if (answer.outcome !== 'refused') return [];
  const names = answer.reasons.map((reason) => namesOf(reason)[0] ?? reason.invariant);
  return [`${INDENT}because ${names.join(', ')}`];
}

function changes(before: Standing, now: Standing): string[] {
  const gone = before.marks.filter((one) => !now.marks.includes(one)).map((one) => `- ${one}`);
  const come = now.marks.filter((one) => !before.marks.includes(one)).map((one) => `+ ${one}`);
  const place = now.place === before.place ? [] : [`= ${now.place}`];
  return [...place, ...gone, ...come].map((line) => `${INDENT}${line}`);
}
