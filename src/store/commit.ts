import { sql } from 'kysely';
import type { PlanEvent } from '../core/model/event.schema.ts';
import type { Step } from '../core/plan/step.ts';
import { chain, FIRST_HEAD } from './chain.ts';
import type { Database } from './database.ts';
import { eventHash } from './event-hash.ts';

export { FIRST_HEAD };

/**
 * `committed`: the step is in the store now. `adopted`: another row has this place; it is the truth, whosever event it
 * was. `known`: this event has a place further back, and nothing was done.
 */
export interface Committed {
  readonly outcome: 'committed' | 'adopted' | 'known';
  readonly source: string;
  readonly event_id: string;
  readonly event_hash: string;
  readonly answer: string;
  /** Null when the caller has it: on `committed` it is the step's own, on `known` nothing changed. */
  readonly state: string | null;
  readonly effects: string;
  /** The journal's head after this row. */
  readonly head: string;
}

/**
 * Commits a step at (plan, sequence), with its journal, its effects and the plan's row, in one transaction.
 * @param head - the journal's head that the step stands on
 */
export function commitStep(
  database: Database,
  event: PlanEvent,
  step: Step,
  head: string,
): Promise<Committed> {
  const { state, answer, journal, effects } = step;
  const entries = chain(head, state.sequence, journal);
  const row = {
    patient: state.patient,
    pathway: state.pathway.id,
    version: state.pathway.version,
    digest: state.pathway.digest,
    status: state.status,
    chart: state.chart,
    chart_entered_at: state.enteredAt[state.chart] ?? state.startedAt,
    next_due_at: nextDue(step),
    escalation: state.escalation,
    holds: Object.keys(state.holds),
    started_at: state.startedAt,
  };
  return database.withClinic(state.clinic, async (connection) => {
    const { rows } = await sql<Committed>`select * from carechart.commit_step(
      ${state.clinic}, ${state.planId}, ${state.sequence}, ${event.source}, ${event.id}, ${eventHash(event)},
      ${event.type}, ${JSON.stringify(event)}, ${state.now}, ${JSON.stringify(answer)}, ${JSON.stringify(state)}, ${JSON.stringify(effects)},
      ${head}, ${entries.at(-1)?.hash ?? head}, ${JSON.stringify(entries)}, ${JSON.stringify(row)})`.execute(
      connection,
    );
    const [committed] = rows;
    if (!committed) throw new Error('commit_step answers with one row');
    return committed;
  });
}

/** The earliest time at which somebody owes something. */
function nextDue({ state }: Step): string | null {
  const due = Object.values(state.waits).map(({ dueAt }) => dueAt);
  return due.sort()[0] ?? null;
}
