import { LIMITS } from '../model/limits.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import { type Draft, write } from './draft.ts';
import { askAPerson, outside } from './outside.ts';
import { cancelTask, chartOf, definitionOf } from './tasks.ts';

/**
 * What work leaves behind is documented by where it lies, and stays with the plan, though the work comes round again. That
 * the work is done is a fact, and taken without it; then whoever did it is asked where it lies.
 */
export function documentOutcome(
  draft: Draft,
  id: string,
  { references, at }: { readonly references: readonly string[]; readonly at: Instant },
): void {
  const task = documentedBy(id);
  const { pathway, state, event } = draft;
  const definition = definitionOf(pathway, task);
  const belongsTo = chartOf(task);
  const title = definition?.title ?? state.tasks[task]?.title ?? task;
  const { round } = state.tasks[task]?.turn ?? {};
  const documented = {
    ...{ task, title, belongsTo, references: [...references], at, by: event.actor.id },
    ...(definition?.outcome === undefined ? {} : { outcome: definition.outcome }),
    ...(round === undefined ? {} : { round }),
  };
  const outcomes = [...state.outcomes, documented].slice(-LIMITS.outcomesShown);
  draft.state = { ...state, outcomes };
  const { stage } = placeOf(belongsTo);
  const says = `${definition?.outcome ?? 'Documents'} of ${title}: ${references.length}`;
  write(draft, { kind: 'outcome.documented', says, details: { ...documented, stage } });
  cancelTask(draft, outside(`${PREFIX}${task}`));
}

/** Asks where what should be there lies: that it was done, and nobody knows where to look, is as if it were not. */
export function askForOutcome(draft: Draft, id: string): void {
  const definition = definitionOf(draft.pathway, id);
  if (definition?.outcome === undefined) return;
  const { title, role, outcome } = definition;
  const within = draft.pathway.clinic.waits.handOver;
  askAPerson(draft, `${PREFIX}${id}`, { title: `${title}: say where the ${outcome} lie`, role, within });
}

const PREFIX = 'outcome/';

/** Of the task that asks where something lies, the one that left it behind. */
const documentedBy = (id: string): string =>
  id.startsWith(outside(PREFIX)) ? id.slice(outside(PREFIX).length) : id;
