import type { Instant } from '../core/model/primitives.schema.ts';
import { Answer, Effect, type PlanKey } from '../core/plan/outcome.schema.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import type { Database, Statement } from './database.ts';

/** A page of those whose workflow may be lost. */
const MOST_OVERSLEPT = 200;

/** What the store knows of one event: its answer, and the hash by which another body under its id is told apart. */
export interface StoredAnswer {
  readonly answer: Answer;
  readonly sequence: number;
  readonly hash: string;
}

/** A plan as its last step left it, with the head of its journal. */
export interface StoredPlan {
  readonly state: PlanState;
  readonly head: string;
}

export interface ResumedPlan extends StoredPlan {
  readonly pending: readonly Effect[];
}

export interface PlanRow {
  readonly planId: string;
  readonly patient: string;
  readonly pathway: string;
  readonly version: string;
  readonly status: string;
  readonly phase: string;
  readonly phaseSince: string;
  readonly nextDueAt: string | null;
  readonly escalation: number;
  readonly holds: readonly string[];
  readonly startedAt: string;
}

export interface JournalRow {
  readonly sequence: number;
  readonly entry: number;
  readonly at: string;
  readonly kind: string;
  readonly actor: { readonly id: string; readonly roles: readonly string[] };
  readonly says: string;
  readonly details: unknown;
}

/** Reads of plans. None of them asks Temporal. */
export interface Plans {
  answerTo(key: PlanKey, event: { source: string; id: string }): Promise<StoredAnswer | undefined>;
  read(key: PlanKey): Promise<StoredPlan | undefined>;
  /** A plan with the effects that it still owes: what a workflow needs to go on. */
  resume(key: PlanKey): Promise<ResumedPlan | undefined>;
  /** Plans of a clinic whose own timer should have fired before an instant. */
  overslept(clinic: string, before: Instant): Promise<readonly string[]>;
  /** Sorted by what is due next. `after` is the last row of the page before. */
  list(
    clinic: string,
    page: { limit: number; status?: string; after?: { nextDueAt: string | null; planId: string } },
  ): Promise<PlanRow[]>;
  journal(key: PlanKey, page: { limit: number; afterSequence: number }): Promise<JournalRow[]>;
}

export function plansOf(database: Database): Plans {
  return {
    answerTo: (key, event) => answerTo(database, key, event),
    read: (key) => read(database, key),
    resume: (key) => resume(database, key),
    overslept: (clinic, before) => overslept(database, clinic, before),
    list: (clinic, page) => list(database, clinic, page),
    journal: (key, page) => journal(database, key, page),
  };
}

const ANSWER_TO: Statement = {
  name: 'answer_to',
  text: 'select * from carechart.answer_to($1, $2, $3, $4)',
};
const LAST_STEP: Statement = { name: 'last_step', text: 'select * from carechart.last_step($1, $2)' };

async function answerTo(
  { once }: Database,
  { clinic, planId }: PlanKey,
  event: { source: string; id: string },
) {
  const [row] = await once<{ answer: string; sequence: number; event_hash: string }>(ANSWER_TO, [
    clinic,
    planId,
    event.source,
    event.id,
  ]);
  return (
    row && { answer: Answer.parse(JSON.parse(row.answer)), sequence: row.sequence, hash: row.event_hash }
  );
}

async function read({ once }: Database, { clinic, planId }: PlanKey): Promise<StoredPlan | undefined> {
  const [row] = await once<{ state: string; head: string }>(LAST_STEP, [clinic, planId]);
  return row && { state: JSON.parse(row.state) as PlanState, head: row.head };
}

async function resume(database: Database, key: PlanKey): Promise<ResumedPlan | undefined> {
  const plan = await read(database, key);
  if (!plan) return undefined;
  const owed = await database.withClinic(key.clinic, (connection) =>
    connection
      .selectFrom('carechart.effect')
      .select('body')
      .where('clinic', '=', key.clinic)
      .where('plan_id', '=', key.planId)
      .where('performed_at', 'is', null)
      .execute(),
  );
  return { ...plan, pending: owed.map(({ body }) => Effect.parse(JSON.parse(body))) };
}

async function overslept({ withClinic }: Database, clinic: string, before: Instant): Promise<string[]> {
  const rows = await withClinic(clinic, (connection) =>
    connection
      .selectFrom('carechart.plan')
      .select('plan_id')
      .where('clinic', '=', clinic)
      .where('wake_at', '<', before)
      .orderBy('wake_at')
      .limit(MOST_OVERSLEPT)
      .execute(),
  );
  return rows.map(({ plan_id }) => plan_id);
}

async function list(
  { withClinic }: Database,
  clinic: string,
  { limit, status, after }: Parameters<Plans['list']>[1],
): Promise<PlanRow[]> {
  const rows = await withClinic(clinic, (connection) => {
    let query = connection
      .selectFrom('carechart.plan')
      .selectAll()
      .where('clinic', '=', clinic)
      .orderBy('next_due_at', (order) => order.asc().nullsLast())
      .orderBy('plan_id')
      .limit(limit);
    if (status !== undefined) query = query.where('status', '=', status);
    if (after) {
      const { nextDueAt, planId } = after;
      query =
        nextDueAt === null
          ? query.where('next_due_at', 'is', null).where('plan_id', '>', planId)
          : query.where((where) =>
              where.or([
                where('next_due_at', '>', nextDueAt),
                where('next_due_at', 'is', null),
                where.and([where('next_due_at', '=', nextDueAt), where('plan_id', '>', planId)]),
              ]),
            );
    }
    return query.execute();
  });
  return rows.map((row) => ({
    planId: row.plan_id,
    patient: row.patient,
    pathway: row.pathway,
    version: row.version,
    status: row.status,
    phase: row.chart,
    phaseSince: row.chart_entered_at,
    nextDueAt: row.next_due_at,
    escalation: row.escalation,
    holds: row.holds,
    startedAt: row.started_at,
  }));
}

async function journal(
  { withClinic }: Database,
  key: PlanKey,
  { limit, afterSequence }: { limit: number; afterSequence: number },
): Promise<JournalRow[]> {
  const rows = await withClinic(key.clinic, (connection) =>
    connection
      .selectFrom('carechart.journal')
      .selectAll()
      .where('clinic', '=', key.clinic)
      .where('plan_id', '=', key.planId)
      .where('sequence', '>', afterSequence)
      .orderBy('sequence')
      .orderBy('entry')
      .limit(limit)
      .execute(),
  );
  return rows.map((row) => ({
    sequence: row.sequence,
    entry: row.entry,
    at: row.at,
    kind: row.kind,
    actor: { id: row.actor_id, roles: row.actor_roles },
    ...bodyOf(row.body),
  }));
}

/** An erased body leaves its place in the chain. */
function bodyOf(body: string | null): { says: string; details: unknown } {
  return body === null ? { says: 'erased', details: null } : JSON.parse(body);
}
