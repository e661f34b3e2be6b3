import { type Kysely, type Migration, sql } from 'kysely';

/** All plans of a patient, for intervals that count from what any of them has performed. */
export const otherPlans: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw('create index plan_by_patient on carechart.plan (clinic, patient)').execute(db);
  },
};
