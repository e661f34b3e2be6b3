import { placeOf } from '../pathway/chart.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { laterBy } from './clocks.ts';
import type { Draft } from './draft.ts';
import { dueFor } from './due-anchors.ts';
import { along } from './lines.ts';
import type { Task } from './plan-state.schema.ts';
import { askRowAnew, chartOf, definitionOf, keep } from './tasks.ts';
import { dueAnew, keepWait } from './waits.ts';

/** What is open and has been defined otherwise, by a revision or by another version of the pathway. */
export function askWorkAnew(draft: Draft, id: string, known: TaskDefinition): void {
  const { [id]: task } = draft.state.tasks;
  const definition = definitionOf(draft.pathway, id);
  if (task?.status !== 'requested' || !definition) return;
  if ('every' in definition.when && !isSameWhen(known, definition))
    along(draft, draft.pathway.trackOf(placeOf(chartOf(id)).stage ?? ''), () => askRowAnew(draft, id));
  else goOnAs(draft, id, { task, known, definition });
}

const isSameWhen = (one: TaskDefinition, other: TaskDefinition): boolean =>
  JSON.stringify(one.when) === JSON.stringify(other.when);

interface Changed {
  readonly task: Task;
  readonly known: TaskDefinition;
  readonly definition: TaskDefinition;
}

/** An open task has its new words, owner and due time, counted from where it counted; its ladder goes on where it stands. */
function goOnAs(draft: Draft, id: string, changed: Changed): void {
  const { task, known, definition } = changed;
  const { title, role } = definition;
  const wait = draft.state.waits[`task/${id}`];
  const due = dueThere(draft, id, changed);
  const isSame = JSON.stringify([known.title, known.role]) === JSON.stringify([title, role]);
  const { from: _before, ...same } = task;
  if (due) keep(draft, id, { ...same, title, role, ...(due.from ? { from: due.from } : {}) });
  else if (!isSame) keep(draft, id, { ...task, title, role });
  if (!wait || (isSame && !due && known.ladder === definition.ladder)) return;
  const asked = { ...wait, title, owner: role, ladder: definition.ladder };
  keepWait(draft, `task/${id}`, dueAnew(draft, asked, due?.dueAt ?? wait.dueAt));
}

/** As much later as its clock has stood. Undefined: it is due as before, or what is booked says when. */
function dueThere(draft: Draft, id: string, { task, known, definition }: Changed) {
  const [was, due] = [dueOf(known), dueOf(definition)];
  const wait = draft.state.waits[`task/${id}`];
  if (!was || !due || !wait || JSON.stringify(was) === JSON.stringify(due)) return undefined;
  const { pathway } = draft;
  // What has not come yet was counted from when the task was asked for.
  const plan = { pathway, state: draft.state, now: task.createdAt };
  const [before, after] = [dueFor(plan, chartOf(id), was), dueFor(plan, chartOf(id), due)];
  return { ...after, dueAt: laterBy(pathway, after.dueAt, { from: before.dueAt, to: wait.dueAt }) };
}

const dueOf = ({ when }: TaskDefinition) => ('due' in when && 'after' in when.due ? when.due : undefined);
