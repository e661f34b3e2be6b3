import type { Evidence } from '../model/verdict.schema.ts';

/** What can be seen of a pathway, each under a name of its own: what is to be shown, and what was, meet in it. */

export const said = (rule: string, says: string): string => `rule ${rule}: ${says}`;

export const leaf = (
  owner: string,
  { fact, asks, result }: Pick<Evidence, 'fact' | 'asks' | 'result'>,
): string => `condition ${owner}: ${fact} ${asks}: ${result}`;

export const won = (table: string, row: number): string => `row ${table} ${row}`;

/** @param line - a track; undefined: the main course */
export const state = (line: string | undefined, name: string): string => `state ${line}: ${name}`;

export const transition = (line: string | undefined, from: string, to: string): string =>
  `transition ${line}: ${from} ${to}`;

export const outcome = (decision: string, name: string): string => `outcome ${decision}: ${name}`;

export const gate = (stage: string, of: 'prep' | 'procedure', answer: string): string =>
  `gate ${stage} ${of}: ${answer}`;
