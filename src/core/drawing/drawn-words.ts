import type { Decider } from '../pathway/decisions.schema.ts';
import type { ExitName } from '../pathway/rules.schema.ts';
import type { OnlyFor } from '../pathway/tailoring.schema.ts';

const EXITS: Readonly<Record<ExitName, string>> = {
  'further-evaluation': 'Further evaluation',
  conservative: 'Conservative treatment',
  referral: 'Referral',
  postponement: 'Postponement',
};
export const exitTitle = (exit: ExitName): string => EXITS[exit];

export function deciderWords(by: Decider): string {
  if (by.kind === 'table') return `by table ${by.table}`;
  return by.kind === 'board' ? `board: ${by.roles.join(', ')}` : by.roles.join(' and ');
}

export const forWhom = (onlyFor: OnlyFor | undefined): string[] =>
  onlyFor ? [`only for ${onlyFor.map(({ values }) => values.join(' or ')).join(', and ')}`] : [];
