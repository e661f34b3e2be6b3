import type { JudgedCase } from '../authoring/read-cases.ts';
import type { Evidence } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { lookAtAlert } from '../plan/alerts.ts';
import type { Counted } from '../plan/due-anchors.ts';
import { placedIntervals } from '../plan/intervals.ts';
import { judgeAt, placesOf } from '../plan/judging.ts';
import type { StageFinding } from '../plan/scope.ts';
import { findingsAt } from '../plan/scope.ts';
import { answerOf } from '../plan/tables.ts';
import type { OwnCondition } from './own-conditions.ts';
import * as sight from './sight.ts';

/** What can be seen of a plan as it stands: what its rules say, and what is answered to each of their questions. */

/** Of a case: all that its one rule was asked. */
export function sightingsOfCase({ plan, now, saying }: JudgedCase, rule: string): string[] {
  const { pathway, state, stage } = plan;
  const at = { pathway, state, now };
  const findings = findingsAt(pathway, state, { stage, now, gate: 'procedure' });
  return [
    sight.said(rule, saying.answer ?? saying.said),
    ...findings.flatMap(sightingsOfFinding),
    ...sightingsOfIntervals(at, stage),
    ...sightingsOfAlerts(at),
    ...(stage.table ? sightingsOfTable(at, stage.table.table, stage) : []),
  ];
}

const leaves = (owner: string, evidence: readonly Evidence[]): string[] =>
  evidence.map((one) => sight.leaf(owner, one));

/** A finding of eligibility says what is against it; a rule, what it asks for. */
export function sightingsOfFinding({ rule: { kind }, finding }: StageFinding): string[] {
  const { rule, result, evidence } = finding;
  const isTurned = kind === 'eligibility' && result !== 'unknown';
  const said = isTurned ? (result === 'met' ? 'unmet' : 'met') : result;
  return [sight.said(rule, said), ...leaves(rule, evidence)];
}

export const sightingsOfIntervals = ({ pathway, state, now }: Counted, stage: StageDefinition): string[] =>
  placedIntervals(pathway, state, stage, now).flatMap(({ finding: { rule, result, evidence } }) => [
    sight.said(rule, result),
    ...leaves(rule, evidence),
  ]);

export const sightingsOfAlerts = (at: Counted): string[] =>
  at.pathway.alerts.flatMap((alert) => {
    const looked = lookAtAlert(at, alert);
    return looked ? [sight.said(alert.rule, looked.result), ...leaves(alert.rule, looked.evidence)] : [];
  });

/** The rows that were met are those of its answer; one of another answer was met in vain. */
export function sightingsOfTable(at: Counted, name: string, stage: StageDefinition | undefined): string[] {
  const { pathway, state, now } = at;
  const finding = answerOf(at, name, stage);
  if (!finding) return [];
  const { rule, answer = 'unknown', evidence } = finding;
  const { rows } = pathway.table(name);
  const places = placesIn(at, { any: rows.map(({ when }) => when) }, stage);
  const won = rows.flatMap((row, index) => {
    const isMet = places.some((place) => judgeAt(pathway, state, now, row.when, place).result === 'met');
    return isMet && row.answer === answer ? [sight.won(rule, index)] : [];
  });
  return [sight.said(rule, answer), ...leaves(rule, evidence), ...won];
}

export const sightingsOfOwn = (
  at: Counted,
  { name, when }: OwnCondition,
  stage: StageDefinition | undefined,
): string[] =>
  placesIn(at, when, stage).flatMap((place) =>
    leaves(name, judgeAt(at.pathway, at.state, at.now, when, place).evidence),
  );

const placesIn = (
  { pathway, state }: Counted,
  when: OwnCondition['when'],
  stage: StageDefinition | undefined,
) => (stage ? placesOf(pathway, state, when, stage) : [{}]);

/** Tables that are asked of the patient, wherever the plan is: of choices, and of decisions. */
export const tablesOf = ({ choices, compiled }: Pathway): string[] => [
  ...choices.flatMap(({ table }) => table?.table ?? []),
  ...compiled.decisions.flatMap(({ by }) => (by.kind === 'table' ? [by.table] : [])),
];
