import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { StepRow } from '../../server/support/refold.ts';

/** What is kept, and under what name. */
export type KeptName =
  | 'consultation-to-completed-gate-refused-then-opened'
  | 'consultation-to-completed-handed-over-every-third-event'
  | 'consultation-unreadable-signals-then-cancelled'
  | 'consultation-store-away-and-back'
  | 'ready-held-and-late-step-adopted-after-a-crash';

/** A plan that ran, kept for as long as its workflow's code may be asked to replay it. */
export interface KeptPlan {
  /** What happened, in a sentence. */
  readonly about: string;
  readonly workflowId: string;
  readonly compiled: CompiledPathway;
  /** The store's rows: each event with its time, its answer, and the state after it. */
  readonly steps: readonly StepRow[];
  /** The runs that handed over to one another, first to last; Temporal's JSON form. */
  readonly runs: readonly { readonly events: readonly HistoryEvent[] }[];
  /**
   * Set by hand when the core's meaning has changed on purpose since: the ★ line of CHANGELOG.md that says so. Then
   * today's core need no longer come to the kept states; the workflow always must.
   */
  readonly changedMeaning?: string;
}

/** One event in Temporal's JSON form; only what is looked at here. */
export interface HistoryEvent {
  eventId: string;
  eventTime: string;
  eventType: string;
  readonly [attributes: string]: unknown;
}

export const HISTORIES = resolve(__dirname, '../histories');

export const keptNames = (): string[] =>
  readdirSync(HISTORIES)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();

export const keptPlan = (name: string): KeptPlan =>
  JSON.parse(readFileSync(join(HISTORIES, `${name}.json`), 'utf8'));
