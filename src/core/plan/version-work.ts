import { placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { endConsents } from './consent.ts';
import type { Draft } from './draft.ts';
import { onEachLine } from './lines.ts';
import { askAPerson } from './outside.ts';
import { definitionOf, requestTask } from './tasks.ts';
import type { Kept } from './version-kept.ts';
import { askWorkAnew } from './work-anew.ts';

/** What is to be done as another version says, once the plan runs by it. */
export function takeUpWork(draft: Draft, before: Pathway, { anew }: Kept): void {
  askAnew(draft, anew);
  for (const [id, task] of Object.entries(draft.state.tasks)) {
    if (task.status !== 'requested') continue;
    const known = definitionOf(before, id);
    if (known) askWorkAnew(draft, id, known);
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

/** Work of where the plan is that was not asked for before. */
function requestNew(draft: Draft, before: Pathway): void {
  const { chart } = draft.state;
  const known = new Set(before.tasksOf(chart).map(({ task }) => task));
  for (const definition of draft.pathway.tasksOf(chart))
    if (!known.has(definition.task)) requestTask(draft, chart, definition, placeOf(chart).stage);
}
