import { placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { laterBy } from './clocks.ts';
import { endConsents } from './consent.ts';
import type { Draft } from './draft.ts';
import { anchorFor, countedFor } from './due-anchors.ts';
import { along, onEachLine } from './lines.ts';
import { askAPerson } from './outside.ts';
import type { Task } from './plan-state.schema.ts';
import { askTaskAnew, chartOf, definitionOf, keep, requestTask } from './tasks.ts';
import type { Kept } from './version-kept.ts';
import { dayAfter, dueAfter, dueAnew } from './waits.ts';

/** What is to be done as another version says, once the plan runs by it. */
export function takeUpWork(draft: Draft, before: Pathway, { anew }: Kept): void {
  askAnew(draft, anew);
  for (const [id, task] of Object.entries(draft.state.tasks)) {
    if (task.status !== 'requested') continue;
    const [known, definition] = [definitionOf(before, id), definitionOf(draft.pathway, id)];
    if (!known || !definition) continue;
    if ('every' in definition.when && !isSameWhen(known, definition)) {
      along(draft, draft.pathway.trackOf(placeOf(chartOf(id)).stage ?? ''), () =>
        askTaskAnew(draft, id, 'when'),
      );
    } else goOnAs(draft, id, { task, known, definition });
  }
  onEachLine(draft, () => requestNew(draft, before));
}

function askAnew(draft: Draft, { facts, history, forms }: Kept['anew']): void {
  const { version } = draft.pathway;
  for (const { fact, title, ask } of facts)
    askAPerson(draft, `anew-${fact}`, {
      title: `${title}: please state it anew, in the terms of version ${version}`,
      ...ask,
    });
  if (history)
    askAPerson(draft, 'anew-history', {
      title: `Version ${version} counts from more than was asked about: please attest the history anew`,
      role: COORDINATOR,
    });
  for (const form of forms) endConsents(draft, { form, at: draft.now });
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
  const moved = dueAnew(draft, asked, due?.dueAt ?? wait.dueAt);
  draft.state = { ...draft.state, waits: { ...draft.state.waits, [`task/${id}`]: moved } };
}

/** As much later as its clock has stood. Undefined: it is due as before, or what is booked says when. */
function dueThere(draft: Draft, id: string, { task, known, definition }: Changed) {
  const [was, due] = [dueOf(known), dueOf(definition)];
  const wait = draft.state.waits[`task/${id}`];
  if (!was || !due || !wait || JSON.stringify(was) === JSON.stringify(due)) return undefined;
  const { pathway } = draft;
  // What has not come yet was counted from when the task was asked for.
  const plan = { pathway, state: draft.state, now: task.createdAt };
  const of = countedFor(chartOf(id));
  const begins = ({ after }: typeof due, by: typeof due.to) => anchorFor(plan, after, { ...of, by });
  const at = (one: typeof due) => dueAfter(pathway, begins(one, one.to), one.to);
  const stood = { from: at(was), to: wait.dueAt };
  const dueAt = laterBy(pathway, at(due), stood);
  return { dueAt, from: due.from && dayAfter(pathway, begins(due, due.from), due.from) };
}

const dueOf = ({ when }: TaskDefinition) => ('due' in when && 'after' in when.due ? when.due : undefined);

/** Work of where the plan is that was not asked for before. */
function requestNew(draft: Draft, before: Pathway): void {
  const { chart } = draft.state;
  const known = new Set(before.tasksOf(chart).map(({ task }) => task));
  for (const definition of draft.pathway.tasksOf(chart))
    if (!known.has(definition.task)) requestTask(draft, chart, definition, placeOf(chart).stage);
}
