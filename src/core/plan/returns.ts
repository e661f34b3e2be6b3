import type { EventOf } from '../model/event.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { type Draft, write } from './draft.ts';
import { refuse } from './exits.ts';
import type { Answer } from './outcome.schema.ts';
import { moveChart } from './phases.ts';
import type { Leave } from './plan-state.schema.ts';
import { requestTask } from './tasks.ts';

/** Back to the course. No gate is open: consent, eligibility, holds and intervals are asked again by it. */

export function returnToCourse(
  draft: Draft,
  { data }: EventOf<'returnToCourse'>,
): Extract<Answer, { outcome: 'refused' }> | undefined {
  const { chart, leave } = draft.state;
  if (draft.pathway.chart.isFinal(chart)) return refuse('CC3003', `The plan is ${chart} already.`);
  if (!leave) return refuse('CC3010', `The plan has not left its course: it is in ${chart}.`);
  comeBack(draft, data.reason);
  return undefined;
}

/** To where it left, or to the phase that the exit names. Work that fell away is asked for again. */
export function comeBack(draft: Draft, reason: string): void {
  const { leave } = draft.state;
  if (!leave) return;
  const to = whereTo(draft.pathway, leave);
  moveChart(draft, { type: `return.${to}` }, { from: leave.from });
  for (const id of leave.dropped) askAgain(draft, id);
  const says = `Back from ${leave.exit}, in ${to}: ${reason}`;
  write(draft, { kind: 'course.returned', says, details: { exit: leave.exit, to, reason } });
}

/** Never behind a gate, and not into a prep that its gate let the plan into. */
function whereTo(pathway: Pathway, { exit, from }: Leave): string {
  const { returnsTo } = pathway.exit(exit);
  if (returnsTo !== 'where it left') return returnsTo;
  const { phase, stage } = placeOf(from);
  return stage !== undefined && (phase === 'prep' || phase === 'procedure') ? `${stage}.ready` : from;
}

/** What comes before a procedure is asked for when its phase is entered; care after one that was done, now. */
function askAgain(draft: Draft, id: string): void {
  const task = draft.state.tasks[id];
  if (task?.status !== 'cancelled') return;
  const { phase, stage } = placeOf(task.belongsTo);
  if (stage === undefined || phase === 'ready' || phase === 'prep') return;
  const definition = definitionsOf(draft.pathway, task.belongsTo).find(
    (one) => id === `${task.belongsTo}/${one.task}`,
  );
  if (definition) requestTask(draft, task.belongsTo, definition, stage);
}

function definitionsOf(pathway: Pathway, chart: string): readonly TaskDefinition[] {
  const stage = chart.endsWith('.session') ? pathway.stage(chart.slice(0, -'.session'.length)) : undefined;
  return stage?.afterEach ?? pathway.tasksOf(chart);
}
