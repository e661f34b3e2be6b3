import { sql } from 'kysely';
import { Failure } from '../core/model/failure.ts';
import type { Connection, Database } from './database.ts';
import { askedEffect, mark, type Performed } from './effects.ts';

/** What the payment service is asked for: to collect a charge, or to give it back. */
export interface AskedCharge {
  /** Rises in the order in which they came to be seen: what is read up to a number is never followed by a lower one. */
  readonly number: number;
  /** Each is collected, or given back, once for its id. */
  readonly effectId: string;
  readonly planId: string;
  readonly patient: string;
  readonly charge: string;
  readonly asks: string;
  readonly minor: number;
  readonly currency: string;
  readonly says: string;
  readonly reference: string | null;
  readonly askedAt: string;
}

export interface AskedCharges {
  /** In their order. @param page.after - the number of the last that is known */
  after(clinic: string, page: { readonly after: number; readonly limit: number }): Promise<AskedCharge[]>;
}

/**
 * Performs a `charge`: what is asked for stands in the list that the payment service reads, once, however often this runs.
 * @throws Failure CC4005 when no step asked for this effect
 */
export function askForCharge({ withClinic }: Database, performed: Performed): Promise<void> {
  const { clinic, effectId, at } = performed;
  return withClinic(clinic, async (connection) => {
    const { effect, planId } = await askedEffect(connection, performed);
    if (effect.kind !== 'charge') throw new Failure('CC4005', `The effect ${effectId} charges nothing.`);
    const { charge, asks, amount, says, reference = null } = effect;
    const { patient } = await connection
      .selectFrom('carechart.plan')
      .select('patient')
      .where('clinic', '=', clinic)
      .where('plan_id', '=', planId)
      .executeTakeFirstOrThrow();
    await inOrder(connection, clinic);
    await connection
      .insertInto('carechart.charge')
      .values({
        ...{ clinic, effect_id: effectId, plan_id: planId, patient, charge, asks, ...amount },
        ...{ says, reference, asked_at: at },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await mark(connection, performed);
  });
}

/** One after the other, or a reader could pass a number that is committed only later, and never collect it. */
const inOrder = (connection: Connection, clinic: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`carechart.charge/${clinic}`}, 0))`.execute(connection);

export const askedChargesOf = ({ withClinic }: Database): AskedCharges => ({
  after: (clinic, { after, limit }) =>
    withClinic(clinic, (connection) =>
      connection
        .selectFrom('carechart.charge')
        .select(['number', 'effect_id as effectId', 'plan_id as planId', 'patient', 'charge', 'asks'])
        .select(['minor', 'currency', 'says', 'reference', 'asked_at as askedAt'])
        .where('clinic', '=', clinic)
        .where('number', '>', after)
        .orderBy('number')
        .limit(limit)
        .execute(),
    ),
});
