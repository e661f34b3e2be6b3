import { Failure } from '../core/model/failure.ts';
import { Effect } from '../core/plan/outcome.schema.ts';
import type { Connection, Database } from './database.ts';

/** An effect, by the id under which a step asked for it, and when it is performed. */
export interface Performed {
  readonly clinic: string;
  readonly effectId: string;
  readonly at: string;
}

/**
 * What is performed is what the step's commit asked for, not what a caller says that it did.
 * @throws Failure CC4005 when no step asked for this effect
 */
export async function askedEffect(
  connection: Connection,
  { clinic, effectId }: Performed,
): Promise<{ readonly effect: Effect; readonly planId: string }> {
  const asked = await connection
    .selectFrom('carechart.effect')
    .select(['body', 'plan_id'])
    .where('clinic', '=', clinic)
    .where('effect_id', '=', effectId)
    .executeTakeFirst();
  if (!asked) throw new Failure('CC4005', `No step asked for the effect ${effectId}.`);
  return { effect: Effect.parse(JSON.parse(asked.body)), planId: asked.plan_id };
}

/** An effect that leaves nothing in the store has been performed: nobody has to take it up again. */
export const markPerformed = ({ withClinic }: Database, performed: Performed): Promise<void> =>
  withClinic(performed.clinic, (connection) => mark(connection, performed));

/** In the transaction that performs it. */
export async function mark(connection: Connection, { clinic, effectId, at }: Performed): Promise<void> {
  await connection
    .updateTable('carechart.effect')
    .set({ performed_at: at })
    .where('clinic', '=', clinic)
    .where('effect_id', '=', effectId)
    .where('performed_at', 'is', null)
    .execute();
}
