import type { Clearing } from '../model/verdict.schema.ts';
import { isBeforeProcedure } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { nextStep } from './actions.ts';
import type { Draft } from './draft.ts';
import { decideIntervals } from './intervals.ts';
import { asNext } from './listed-sessions.ts';
import { askAPerson, type OutsideWork, outside } from './outside.ts';
import { supplyOf } from './supply.ts';
import { actOnTable, closedTable, isTooSoon, occasionOfTable } from './table-outcomes.ts';
import { cancelTask } from './tasks.ts';

/**
 * A gate that stayed closed asks for what is missing: contraindications and eligibility do so as holds; for a table and
 * an interval somebody is asked once the gate was. Where a table's answer says so, a role is asked what to do. None of
 * it opens the gate; facts, time and overrides do.
 */
export function askAtGate(draft: Draft, stage: StageDefinition): void {
  for (const [task, work] of workFor(draft, stage)) askAPerson(draft, task, work);
  actOnTable(draft, stage);
}

/** What a gate no longer asks for nobody owes. */
export function dropAnswered(draft: Draft): void {
  const { tasks, chart } = draft.state;
  for (const stage of draft.pathway.stages) {
    const prefix = outside(taskOf(stage, ''));
    const open = Object.keys(tasks).filter(
      (id) => id.startsWith(prefix) && tasks[id]?.status === 'requested',
    );
    if (open.length === 0) continue;
    const asked = isBeforeProcedure(chart, stage.stage)
      ? workFor(draft, asNext(draft.pathway, draft.state, stage))
      : new Map<string, OutsideWork>();
    const wanted = new Set([...asked.keys()].map(outside));
    for (const id of open) if (!wanted.has(id)) cancelTask(draft, id);
  }
}

const taskOf = ({ stage }: StageDefinition, about: string): string => `gate-${stage}/${about}`;

function workFor(draft: Draft, stage: StageDefinition): ReadonlyMap<string, OutsideWork> {
  return new Map([...workForTable(draft, stage), ...workForIntervals(draft, stage)]);
}

function workForTable(draft: Draft, stage: StageDefinition): [string, OutsideWork][] {
  const closed = closedTable(draft, stage);
  if (!closed) return [];
  const { finding, action } = closed;
  const { title, rule, answer, clears } = finding;
  if (!action) return supply(taskOf(stage, rule), title, clears[0]);
  const { step } = nextStep(draft, action, occasionOfTable(finding, stage));
  if (step.do !== 'ask' || isTooSoon(draft, stage)) return [];
  const asked = { title: `${stage.title} cannot go on. ${title}: ${answer}. What now?`, role: step.role };
  return [[taskOf(stage, `${rule}/${answer}`), asked]];
}

function workForIntervals({ pathway, state, now }: Draft, stage: StageDefinition): [string, OutsideWork][] {
  return decideIntervals(pathway, state, stage, now)
    .filter(({ result }) => result === 'unknown')
    .flatMap(({ rule, title, clears, area }) => {
      const about = area === undefined ? rule : `${rule}/${area}`;
      return supply(taskOf(stage, about), title, clears[0]);
    });
}

const supply = (task: string, title: string, set: readonly Clearing[] = []): [string, OutsideWork][] => {
  const work = supplyOf(title, set);
  return work ? [[task, work]] : [];
};
