import type { EventOf } from '../model/event.schema.ts';
import { type Draft, write } from './draft.ts';
import type { GoalState } from './goal-state.schema.ts';
import { askAPerson, outside } from './outside.ts';
import { isCourseOver } from './running-tracks.ts';

/** What the patient says of a goal: how much it matters, and what stands in its way. */

export function statePriority(draft: Draft, { data, time }: EventOf<'priority.stated'>): undefined {
  const { goal, priority: is, note } = data;
  const { event, now } = draft;
  const at = time ?? now;
  const known = stateOf(draft, goal);
  // Told late, what was said before counts no more than what was said since.
  if (known.priority && known.priority.at > at) return;
  const priority = { is, at, by: event.actor.id, ...(note === undefined ? {} : { note }) };
  keep(draft, goal, { ...known, priority });
  const says = `${titleOf(draft, goal)}: of ${is} priority to the patient`;
  write(draft, { kind: 'priority.stated', says, details: { goal, ...priority } });
}

/** Whoever leads talks it over: a goal is not reached by asking for it again. Said again while they do, it is the same. */
export function recordBarrier(draft: Draft, { data, time }: EventOf<'barrier.recorded'>): undefined {
  const { goal, barrier: text } = data;
  const { pathway, event, now, state } = draft;
  const known = stateOf(draft, goal);
  const isOpen = known.barriers.some(
    (one) => one.text === text && state.tasks[one.task]?.status === 'requested',
  );
  if (isOpen) return;
  const name = `barrier-${goal}-${known.barriers.length + 1}`;
  const barrier = { text, at: time ?? now, by: event.actor.id, task: outside(name) };
  keep(draft, goal, { ...known, barriers: [...known.barriers, barrier] });
  const title = titleOf(draft, goal);
  const says = `In the way of "${title}": ${text}`;
  write(draft, { kind: 'barrier.recorded', says, details: { goal, ...barrier } });
  const role = pathway.goals.find((one) => one.goal === goal)?.role;
  if (role === undefined || isCourseOver(pathway, state)) return;
  const within = pathway.clinic.waits.deviation;
  askAPerson(draft, name, { title: `Talk over what is in the way of: ${title}`, role, within, says });
}

const stateOf = ({ state }: Draft, goal: string): GoalState => state.goals[goal] ?? { barriers: [] };

const titleOf = ({ pathway }: Draft, goal: string): string =>
  pathway.goals.find((one) => one.goal === goal)?.title ?? goal;

function keep(draft: Draft, goal: string, state: GoalState): void {
  draft.state = { ...draft.state, goals: { ...draft.state.goals, [goal]: state } };
}
