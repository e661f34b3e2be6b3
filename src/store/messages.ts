import { Failure } from '../core/model/failure.ts';
import type { PlanKey } from '../core/plan/outcome.schema.ts';
import type { Database } from './database.ts';
import { askedEffect, mark, type Performed } from './effects.ts';

/**
 * Performs a `tell` inside Carechart: the message is there for its role once, however often this runs, and the effect
 * is marked as performed in the same transaction.
 * @throws Failure CC4005 when no step asked for this effect
 */
export function deliverMessage({ withClinic }: Database, performed: Performed): Promise<void> {
  const { clinic, effectId, at } = performed;
  return withClinic(clinic, async (connection) => {
    const { effect, planId } = await askedEffect(connection, performed);
    if (effect.kind !== 'tell') throw new Failure('CC4005', `The effect ${effectId} tells nobody anything.`);
    const { role, subject, says, level } = effect;
    await connection
      .insertInto('carechart.message')
      .values({
        clinic,
        effect_id: effectId,
        plan_id: planId,
        role,
        subject,
        says,
        level,
        told_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await mark(connection, performed);
  });
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
