import { sql } from 'kysely';
import { z } from 'zod';
import { Overlay } from '../core/pathway/overlay.schema.ts';
import type { PlanKey } from '../core/plan/outcome.schema.ts';
import { Performed } from '../core/plan/plan-state.schema.ts';
import type { Database } from './database.ts';

/** What is read of another plan: nothing else of it. Another build may have kept more of a report than this one knows. */
const { stage, procedures, areas, performedOn, endedOn } = Performed.shape;
const Reports = z.array(z.object({ stage, procedures, areas, performedOn, endedOn }));

/** What another plan has performed, on the pathway of that digest as it has it. */
export interface StoredOther {
  readonly planId: string;
  readonly digest: string;
  readonly overlay: Overlay;
  readonly performed: z.infer<typeof Reports>;
}

/** Reads across the plans of one patient: those of the same clinic that bear the very same patient id. */
export interface OtherPlans {
  /** Of all others, over or not: what was done was done. In the order of their ids. */
  performed(key: PlanKey, patient: string): Promise<readonly StoredOther[]>;
  /** The others of the patient of a plan that go on. */
  running(key: PlanKey): Promise<readonly RunningOther[]>;
}

export interface RunningOther {
  readonly planId: string;
  readonly digest: string;
}

export const otherPlansOf = (database: Database): OtherPlans => ({
  performed: (key, patient) => performed(database, key, patient),
  running: (key) => running(database, key),
});

async function performed(
  { withClinic }: Database,
  { clinic, planId }: PlanKey,
  patient: string,
): Promise<StoredOther[]> {
  const rows = await withClinic(clinic, (connection) =>
    connection
      .selectFrom('carechart.plan as plan')
      .innerJoin('carechart.step as step', (join) =>
        join
          .onRef('step.clinic', '=', 'plan.clinic')
          .onRef('step.plan_id', '=', 'plan.plan_id')
          .onRef('step.sequence', '=', 'plan.sequence'),
      )
      .where('plan.clinic', '=', clinic)
      .where('plan.patient', '=', patient)
      .where('plan.plan_id', '<>', planId)
      .select(['plan.plan_id', 'plan.digest'])
      .select(sql<unknown>`step.state::json -> 'performed'`.as('performed'))
      .select(sql<unknown>`step.state::json -> 'overlay'`.as('overlay'))
      .orderBy('plan.plan_id')
      .execute(),
  );
  return rows.map(({ plan_id, digest, performed: reports, overlay }) => ({
    planId: plan_id,
    digest,
    overlay: Overlay.parse(overlay),
    performed: Reports.parse(reports),
  }));
}

async function running({ withClinic }: Database, { clinic, planId }: PlanKey): Promise<RunningOther[]> {
  const rows = await withClinic(clinic, (connection) =>
    connection
      .selectFrom('carechart.plan as plan')
      .innerJoin('carechart.plan as other', (join) =>
        join.onRef('other.clinic', '=', 'plan.clinic').onRef('other.patient', '=', 'plan.patient'),
      )
      .where('plan.clinic', '=', clinic)
      .where('plan.plan_id', '=', planId)
      .where('other.plan_id', '<>', planId)
      .where('other.status', 'in', ['active', 'on-hold'])
      .select(['other.plan_id', 'other.digest'])
      .orderBy('other.plan_id')
      .execute(),
  );
  return rows.map(({ plan_id, digest }) => ({ planId: plan_id, digest }));
}
