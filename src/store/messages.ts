import { Failure } from '../core/model/failure.ts';
import { Effect, type PlanKey } from '../core/plan/outcome.schema.ts';
import type { Connection, Database } from './database.ts';

/**
 * Performs a `tell` inside Carechart: the message is there for its role once, however often this runs, and the effect
 * is marked as performed in the same transaction. What is told is what the step's commit asked for, not what a caller
 * says that it did.
 * @throws Failure CC4005 when no step asked for this effect
 */
export function deliverMessage({ withClinic }: Database, { clinic, effectId, at }: Performed): Promise<void> {
  return withClinic(clinic, async (connection) => {
    const asked = await connection
      .selectFrom('carechart.effect')
      .select(['body', 'plan_id'])
      .where('clinic', '=', clinic)
      .where('effect_id', '=', effectId)
      .executeTakeFirst();
    if (!asked) throw new Failure('CC4005', `No step asked for the effect ${effectId}.`);
    const effect = Effect.parse(JSON.parse(asked.body));
    if (effect.kind !== 'tell') throw new Failure('CC4005', `The effect ${effectId} tells nobody anything.`);
    const { role, subject, says, level } = effect;
    await connection
      .insertInto('carechart.message')
      .values({
        clinic,
        effect_id: effectId,
        plan_id: asked.plan_id,
        role,
        subject,
        says,
        level,
        told_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await mark(connection, { clinic, effectId, at });
  });
}

interface Performed {
  readonly clinic: string;
  readonly effectId: string;
  readonly at: string;
}

/** An effect that leaves nothing in the store has been performed: nobody has to take it up again. */
export const markPerformed = ({ withClinic }: Database, performed: Performed): Promise<void> =>
  withClinic(performed.clinic, (connection) => mark(connection, performed));

async function mark(connection: Connection, { clinic, effectId, at }: Performed): Promise<void> {
  await connection
    .updateTable('carechart.effect')
    .set({ performed_at: at })
    .where('clinic', '=', clinic)
    .where('effect_id', '=', effectId)
    .where('performed_at', 'is', null)
    .execute();
}

/** What a role was told of a plan. */
export interface Message {
  /** Rises with each message of the clinic. */
  readonly number: number;
  readonly effectId: string;
  readonly role: string;
  readonly says: string;
  readonly level: number;
}

export function messagesOf(
  { withClinic }: Database,
  { clinic, planId }: PlanKey,
  { afterNumber }: { readonly afterNumber: number },
): Promise<Message[]> {
  const rows = withClinic(clinic, (connection) =>
    connection
      .selectFrom('carechart.message')
      .select(['number', 'effect_id as effectId', 'role', 'says', 'level'])
      .where('clinic', '=', clinic)
      .where('plan_id', '=', planId)
      .where('number', '>', afterNumber)
      .orderBy('number')
      .execute(),
  );
  // A bigint comes as text.
  return rows.then((all) => all.map((row) => ({ ...row, number: Number(row.number) })));
}
