import type { JournalEntry } from '../../core/plan/outcome.schema.ts';
import type { PlanState } from '../../core/plan/plan-state.schema.ts';
import { table } from '../text.ts';
import type { Happening } from './demo-stage.ts';

/** What a story came to, in numbers. */
export interface Tally {
  sent: number;
  refused: number;
  readonly entries: Map<JournalEntry['kind'], number>;
  readonly told: Map<string, number>;
  expected: number;
  missed: number;
}

export const newTally = (): Tally => ({
  ...{ sent: 0, refused: 0, expected: 0, missed: 0 },
  entries: new Map(),
  told: new Map(),
});

export function count(tally: Tally, { steps, told }: Happening): void {
  for (const { kind } of steps.flatMap(({ entries }) => entries))
    tally.entries.set(kind, (tally.entries.get(kind) ?? 0) + 1);
  for (const role of told) tally.told.set(role, (tally.told.get(role) ?? 0) + 1);
}

export function summaryText(tally: Tally, { state, seconds }: { state: PlanState; seconds: number }): string {
  const { sent, refused, told, expected, missed } = tally;
  const of = (kind: JournalEntry['kind']): number => tally.entries.get(kind) ?? 0;
  const messages = [...told.values()].reduce((sum, one) => sum + one, 0);
  const days = Math.round((Date.parse(state.now) - Date.parse(state.startedAt)) / DAY_MS);
  const rows = [
    ['The plan', `${state.status}, in ${state.chart}, after ${state.sequence} steps`],
    ['Sent', `${counted(sent, 'event')} over HTTP, ${refused} of them refused with reasons`],
    ['Gates', `${of('gate.opened')} opened`],
    ['Holds', `${of('hold.raised')} raised, ${of('hold.cleared')} cleared`],
    ['Ladders', `${counted(of('escalation.raised'), 'rung')} climbed`],
    ['Alerts', `${of('alert.raised')} raised`],
    ['Overrides', `${of('override.granted')} granted, ${of('override.ended')} ended`],
    ['Told', `${counted(messages, 'message')} to ${counted(told.size, 'role')}`],
    ['Expected', `${expected - missed} of ${expected} lines came as the file says`],
  ];
  return [`${counted(days, 'day')} in ${seconds.toFixed(0)} seconds.`, '', ...table(rows)].join('\n');
}

const counted = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

const DAY_MS = 86_400_000;
