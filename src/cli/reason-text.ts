import type { Problem } from '../api/problem.ts';
import type { Clearing, Clearings, Evidence } from '../core/model/verdict.schema.ts';
import type { Reason } from '../core/plan/outcome.schema.ts';
import { dayText, when } from './text.ts';

/** Each reason, the facts that it rests on, and what would clear it. */
export function reasonLines(reasons: readonly Reason[], timeZone: string): string[] {
  return reasons.flatMap(({ says, finding, clears }, index) => [
    `  ${index + 1}. ${says}`,
    ...(finding?.evidence ?? []).map((leaf) => `     ${evidenceText(leaf, timeZone)}`),
    ...clearingLines(clears).map((line) => `     ${line}`),
  ]);
}

export function evidenceText(leaf: Evidence, timeZone: string): string {
  const { fact, asks, value, unit, source, observedAt, cause, result } = leaf;
  if (value === undefined) return `${fact} is ${cause ?? 'missing'}; the rule asks: ${asks}`;
  const amount = `${Array.isArray(value) ? value.join(', ') : value}${unit === undefined ? '' : ` ${unit}`}`;
  const from = [source, observedAt === undefined ? undefined : when(observedAt, timeZone)]
    .filter(Boolean)
    .join(', ');
  const judged = cause ?? (result === 'met' ? 'yes' : 'no');
  return `${fact} ${amount}${from === '' ? '' : ` (${from})`}; ${asks}: ${judged}`;
}

export const clearingLines = (clears: Clearings): string[] =>
  clears.map((all, index) => `${index === 0 ? 'clears:' : '    or:'} ${all.map(clearingText).join('; and ')}`);

function clearingText(clearing: Clearing): string {
  switch (clearing.kind) {
    case 'date':
      return `by itself on ${dayText(clearing.on)}`;
    case 'fact':
      return `the ${clearing.role} states ${clearing.fact} (${clearing.needs})`;
    case 'override':
      return `an override by the ${clearing.by.join(' or the ')}`;
    case 'event':
      return `the ${clearing.role} sends ${clearing.type}: ${clearing.needs}`;
  }
}

/** What went wrong, why, and what to do about it. */
export function problemText(problem: Problem, timeZone: string): string {
  const { outcome, code, title, detail, reasons = [], remedy, instance, status } = problem;
  return [
    `${outcome ?? 'error'}: ${code} ${title}`,
    ...(detail === title ? [] : [detail]),
    ...reasonLines(reasons, timeZone),
    `help: ${remedy}`,
    ...(status === 500 && instance !== undefined ? [`instance: ${instance}`] : []),
  ].join('\n');
}
