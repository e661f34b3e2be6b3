import { startOfDay } from '../model/calendar.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { datedBy, dateIn } from './dates-known.ts';
import type { Draft } from './draft.ts';
import { askAPerson, outside } from './outside.ts';
import { cancelTask, definitionOf, keep } from './tasks.ts';
import { dayAfter, dueAfter, openWait } from './waits.ts';

/**
 * Work that is due so long after a date that is a fact. While nobody knows that, it is due counted from when it was asked
 * for, and whoever supplies the fact is asked; once it is known, counted from it, and anew when it turns out to be another.
 * Nothing stops its clock: the day comes. Where it is `never`, nothing is owed. The lists of all lines of a plan are looked
 * through together: what one of them needs no other takes back.
 */
export function keepDatedDues(draft: Draft): void {
  const unknown = new Set<string>();
  for (const [id, { status }] of Object.entries(draft.state.tasks)) {
    const definition = status === 'requested' ? definitionOf(draft.pathway, id) : undefined;
    const fact = definition && datedBy(definition);
    if (!definition || fact === undefined) continue;
    const on = dateIn(draft, fact);
    if (on === undefined) unknown.add(fact);
    else if (on === 'never') cancelTask(draft, id);
    else keepDue(draft, id, { definition, on });
  }
  for (const { fact, title, ask } of draft.pathway.facts) {
    if (!unknown.has(fact)) cancelTask(draft, outside(`${PREFIX}${fact}`));
    else
      askAPerson(draft, `${PREFIX}${fact}`, {
        title: `Something is due that counts from it: please supply ${title}`,
        role: ask.role,
        within: ask.within,
      });
  }
}

const PREFIX = 'dated/';

function keepDue(
  draft: Draft,
  id: string,
  { definition, on }: { readonly definition: TaskDefinition; readonly on: LocalDate },
): void {
  const { when, title, role, ladder } = definition;
  const { [id]: task } = draft.state.tasks;
  if (!('due' in when) || !('after' in when.due) || !task) return;
  const { pathway } = draft;
  const begins: Instant = startOfDay(on, pathway.zone);
  const { from: first, to } = when.due;
  const dueAt = dueAfter(pathway, begins, to);
  const from = first && dayAfter(pathway, begins, first);
  if (from !== undefined && task.from !== from) keep(draft, id, { ...task, from });
  if (draft.state.waits[`task/${id}`]?.dueAt === dueAt) return;
  openWait(draft, `task/${id}`, { kind: 'task', title, owner: role, ladder, dueAt });
}
