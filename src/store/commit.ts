import type { PlanEvent } from '../core/model/event.schema.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import type { Step } from '../core/plan/step.ts';
import { chain, firstHead, textHash } from './chain.ts';
import type { Database, Statement } from './database.ts';
import { eventHash } from './event-hash.ts';

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
  /** As text: on `committed` the step's own. Null on `known`, where nothing changed. */
  readonly state: string | null;
  readonly effects: string;
  /** The journal's head after this row. */
  readonly head: string;
}

/** What a step stands on: it is committed only where the store has this very state, under this head. */
export interface Base {
  /** Null before the first step. */
  readonly state: PlanState | null;
  readonly head: string;
}

/** Commits a step at (plan, sequence), with its journal, its effects and the plan's row, in one transaction. */
export async function commitStep(
  database: Database,
  event: PlanEvent,
  step: Step,
  base: Base,
): Promise<Committed> {
  const { state, answer, journal, effects } = step;
  const stateText = JSON.stringify(state);
  const hashes = {
    event: eventHash(event),
    state: textHash(stateText),
    base: textHash(JSON.stringify(base.state)),
  };
  const head = base.state ? base.head : firstHead(state);
  const vouched = { sequence: state.sequence, eventHash: hashes.event, stateHash: hashes.state };
  const entries = chain(head, vouched, journal);
  const [row] = await database.once<Committed>(COMMIT, [
    state.clinic,
    state.planId,
    state.sequence,
    event.source,
    event.id,
    hashes.event,
    event.type,
    JSON.stringify(event),
    state.now,
    JSON.stringify(answer),
    stateText,
    hashes.state,
    JSON.stringify(effects),
    hashes.base,
    head,
    entries.at(-1)?.hash ?? head,
    JSON.stringify(entries),
    JSON.stringify(rowOf(state)),
  ]);
  if (!row) throw new Error('commit_step answers with one row');
  return row.outcome === 'committed' ? { ...row, state: stateText } : row;
}

/** One statement is one transaction: the function sets the clinic in it. */
const COMMIT: Statement = {
  name: 'commit_step',
  text: `select * from carechart.commit_step(${Array.from({ length: 18 }, (_, index) => `$${index + 1}`).join(', ')})`,
};

/** The plan's row in the read model. */
const rowOf = (state: PlanState) => ({
  patient: state.patient,
  pathway: state.pathway.id,
  version: state.pathway.version,
  digest: state.pathway.digest,
  status: state.status,
  chart: state.chart,
  chart_entered_at: state.enteredAt[state.chart] ?? state.startedAt,
  next_due_at: nextDue(state),
  wake_at: state.wake.at,
  escalation: state.escalation,
  holds: Object.keys(state.holds),
  started_at: state.startedAt,
});

/** The earliest time at which somebody owes something; what a hold has stopped comes due when it goes on. */
function nextDue({ waits }: PlanState): string | null {
  const due = Object.values(waits).flatMap(({ dueAt, pausedAt }) => (pausedAt === undefined ? [dueAt] : []));
  return due.sort()[0] ?? null;
}
