import type { Effect } from '../core/plan/outcome.schema.ts';
import type { Database } from './database.ts';

/**
 * Performs a `tell` inside Carechart: the message is there for its role once, however often this runs, and the effect
 * is marked as performed in the same transaction.
 */
export function deliverMessage(
  { withClinic }: Database,
  { clinic, planId, effect, at }: { clinic: string; planId: string; effect: Effect; at: string },
): Promise<void> {
  return withClinic(clinic, async (connection) => {
    await connection
      .insertInto('carechart.message')
      .values({
        clinic,
        effect_id: effect.id,
        plan_id: planId,
        role: effect.role,
        subject: effect.subject,
        says: effect.says,
        level: effect.level,
        told_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await connection
      .updateTable('carechart.effect')
      .set({ performed_at: at })
      .where('clinic', '=', clinic)
      .where('effect_id', '=', effect.id)
      .where('performed_at', 'is', null)
      .execute();
  });
}
