import type { PlanView } from '../api/plan-view.schema.ts';
import { section, table, when } from './text.ts';

/** What is charged, and what is not and why. */
export function chargeLines({ charges, payment, timeZone }: PlanView): string[] {
  const rows = charges.map(({ charge, title, amount, currency = '', status, dueAt }) => [
    ...[charge, title, amount === undefined ? '' : `${amount} ${currency}`, status],
    when(dueAt, timeZone),
  ]);
  const paid = payment ? [`  paid by ${payment.reference}`] : [];
  return section('Charges', rows.length > 0 ? [...table(rows), ...paid] : paid);
}
