import type { Finding, Result, TableFinding } from '../model/verdict.schema.ts';
import type { ChoiceDefinition, ChoiceValue } from '../pathway/tailoring.schema.ts';
import { clearingsOf } from '../rules/clearing.ts';
import { judgeTable } from '../rules/table.ts';
import type { Draft } from './draft.ts';
import { judgeAt } from './judging.ts';
import { askAPerson } from './outside.ts';
import type { Question } from './plan-state.schema.ts';
import { type Refusal, refuse } from './refusal.ts';
import { supplyOf } from './supply.ts';
import { titled } from './titled.ts';

/** Whether what can be chosen is offered to this patient now. Unknown is not offered yet. */
export interface Offer {
  readonly value: ChoiceValue;
  readonly result: Result;
  /** Absent: it is offered to everybody. */
  readonly finding?: Finding;
}

export type Asked = Pick<Draft, 'pathway' | 'state' | 'now'>;

export function offerOf(
  { pathway, state, now }: Asked,
  { choice }: ChoiceDefinition,
  value: ChoiceValue,
): Offer {
  const { offeredWhen: when, title } = value;
  if (!when) return { value, result: 'met' };
  const { result, evidence, validUntil } = judgeAt(pathway, state, now, when);
  const finding: Finding = {
    rule: choice,
    ruleSet: pathway.id,
    version: pathway.version,
    title,
    result,
    evidence: [...evidence],
    clears: result === 'met' ? [] : clearingsOf(pathway, when, evidence, 'met'),
    ...(validUntil === undefined ? {} : { validUntil }),
  };
  return { value, result, finding };
}

/** What the table of a choice answers; undefined: people choose without one. */
export const answerFor = (
  { pathway, state, now }: Asked,
  { table }: ChoiceDefinition,
): TableFinding | undefined =>
  table && judgeTable(pathway, pathway.table(table.table), (when) => judgeAt(pathway, state, now, when));

/** The task by which a choice asks for what it needs. */
export const supplyTask = (choice: string, value?: string): string =>
  value === undefined ? `choice-${choice}` : `choice-${choice}/${value}`;

/** Nobody chooses what is not offered; and nobody confirms a table that has no answer, unless the file says what then. */
export function refusedChoice(
  draft: Draft,
  { decision = '', title }: Question,
  outcome: string,
): Refusal | undefined {
  const choice = draft.pathway.choice(decision);
  const value = choice?.values.find((one) => one.value === outcome);
  if (!choice || !value) return undefined;
  const offer = offerOf(draft, choice, value);
  if (offer.result !== 'met') return refusedOffer(draft, choice, offer);
  const found = choice.table?.isConfirmed && !choice.table.ifUnknown ? answerFor(draft, choice) : undefined;
  if (!found || found.answer !== undefined) return undefined;
  const says = `${found.title} has no answer yet: nobody can confirm it.`;
  const reason = { invariant: 'phase' as const, says, table: found, clears: found.clears };
  askFor(draft, supplyTask(choice.choice, value.value), { title: found.title, clears: found.clears });
  return refuse('CC3009', titled(title, says), [reason]);
}

function refusedOffer(
  draft: Draft,
  { choice, title }: ChoiceDefinition,
  { value, result, finding }: Offer,
): Refusal {
  const clears = finding?.clears ?? [];
  const says =
    result === 'unmet'
      ? `Not offered: ${value.title}.`
      : `Not yet: ${value.title} needs ${neededFor(finding)}.`;
  if (result === 'unknown') askFor(draft, supplyTask(choice, value.value), { title: value.title, clears });
  const reason = { invariant: 'phase' as const, says, ...(finding ? { finding } : {}), clears };
  return refuse('CC3011', `${title}: ${says}`, [reason]);
}

function askFor(draft: Draft, task: string, { title, clears }: Pick<Finding, 'title' | 'clears'>): void {
  const work = supplyOf(title, clears[0]);
  if (work) askAPerson(draft, task, work);
}

/** The facts that nobody knows yet. */
export const neededFor = (finding: Pick<Finding, 'evidence'> | undefined): string => {
  const unknown = (finding?.evidence ?? []).filter(({ result }) => result === 'unknown');
  return [...new Set(unknown.map(({ fact }) => fact))].join(', ');
};
