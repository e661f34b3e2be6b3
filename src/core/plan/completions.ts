import { localDateOf } from '../model/calendar.ts';
import type { EventOf } from '../model/event.schema.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { isBeforeProcedure, placeOf } from '../pathway/chart.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { clearingsOf } from '../rules/clearing.ts';
import { raiseDeviation } from './deviation.ts';
import { askForOutcome, documentOutcome } from './document-outcome.ts';
import { type Draft, write } from './draft.ts';
import { handOver } from './hand-overs.ts';
import { attestHistory, isHistoryTask } from './history.ts';
import { judgeAt, placesOf } from './judging.ts';
import type { Task } from './plan-state.schema.ts';
import { chartOf, definitionOf, keep } from './tasks.ts';
import { closeWait } from './waits.ts';

export function completeTask(draft: Draft, { data, time }: EventOf<'task.completed'>): undefined {
  const { task: id, references } = data;
  const task = draft.state.tasks[id];
  if (references) documentOutcome(draft, id, { references, at: time ?? draft.now });
  if (task?.status !== 'requested') return;
  // Told again of a row, or told late, it is of the one before, and done already.
  if (task.repeat !== undefined && task.repeat > 1 && time !== undefined && time < task.createdAt) return;
  if (time !== undefined && isOfTurnBefore(draft, task, time)) {
    const says = `Done before, and still to be done for this time: ${task.title}`;
    write(draft, { kind: 'task.doneBefore', says, details: { task: id, at: time } });
    return;
  }
  const completedBy = draft.event.actor.id;
  keep(draft, id, { ...task, status: 'completed', completedAt: time ?? draft.now, completedBy });
  closeWait(draft, `task/${id}`);
  if (isHistoryTask(id)) attestHistory(draft, time);
  const repeat = task.repeat === undefined ? {} : { repeat: task.repeat };
  write(draft, { kind: 'task.completed', says: `Done: ${task.title}`, details: { task: id, ...repeat } });
  const definition = definitionOf(draft.pathway, id);
  if (!definition) return;
  if (!references) askForOutcome(draft, id);
  lookAtNeeds(draft, id, definition);
  handOver(draft, id, definition);
}

/**
 * Told late, work may have been done for the session or the round before: it clears nobody for this one. On the day of
 * the session itself, what was done before it was asked for anew is of that session; the care after it may be given on
 * that very day.
 */
function isOfTurnBefore(
  { pathway, state }: Draft,
  { belongsTo, turn, createdAt }: Task,
  time: Instant,
): boolean {
  const { stage } = placeOf(belongsTo);
  if (stage === undefined || !turn) return false;
  const day = localDateOf(time, pathway.zone);
  if (turn.after !== undefined && day < turn.after) return true;
  if (!isBeforeProcedure(belongsTo)) return false;
  const began = state.stages[stage]?.began?.[turn.round - 2];
  if (began !== undefined && time < began) return true;
  return day === turn.after && time < createdAt;
}

/** What was done is recorded, and goes to the lead where it should have waited for something else to be so. */
function lookAtNeeds(draft: Draft, id: string, { title, needs }: TaskDefinition): void {
  if (!needs) return;
  const { pathway, state, now } = draft;
  const stage = pathway.stage(placeOf(chartOf(id)).stage ?? '');
  const places = stage ? placesOf(pathway, state, needs, stage) : [{}];
  const reasons = places.flatMap((place) => {
    const { result, evidence } = judgeAt(pathway, state, now, needs, place);
    if (result === 'met') return [];
    const what = result === 'unknown' ? 'is not known' : 'is not so';
    const says = `${title} needs what ${what}: ${needed(evidence)}.`;
    return [{ invariant: 'phase' as const, says, clears: clearingsOf(pathway, needs, evidence, 'met') }];
  });
  if (reasons.length === 0) return;
  const says = `${title} was done, and what it needs was not known to be so`;
  raiseDeviation(draft, { code: 'needs-not-met', says, reasons, about: id });
}

const needed = (evidence: readonly { fact: string; asks: string }[]): string =>
  evidence.map(({ fact, asks }) => `${fact} ${asks}`).join(', ');
