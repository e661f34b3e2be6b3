import { Defect } from '../model/failure.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Action } from '../pathway/decisions.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { ChoiceDefinition } from '../pathway/tailoring.schema.ts';
import { askDecision } from './asked-decisions.ts';
import { isAsked } from './choices.ts';
import type { Draft } from './draft.ts';
import { makeChoice } from './make-choice.ts';
import { answerFor, neededFor } from './offers.ts';
import { askAPerson } from './outside.ts';
import { dueAfter } from './waits.ts';

/** What became of a choice that is to be made. */
type Outcome = 'made' | 'asked' | 'unknown';

/** What asks for it, and what is taken once it is made. */
export interface ChoiceAsker {
  readonly about: string;
  readonly stage?: string | undefined;
  readonly rest?: { readonly action: Action; readonly written: string };
}

/** Asks whoever makes it, or its table, and in the place of a table without an answer what counts then. */
export function askChoice(draft: Draft, choice: ChoiceDefinition, asker: ChoiceAsker): Outcome {
  const ask = (): Outcome => {
    const dueAt = dueAgain(draft, choice.choice);
    askDecision(draft, choice.choice, { ...asker, ...(dueAt === undefined ? {} : { dueAt }) });
    return 'asked';
  };
  if (isAsked(choice)) return ask();
  const table = answerFor(draft, choice);
  if (table?.answer !== undefined) {
    makeChoice(draft, choice, { value: table.answer, by: 'table' }, { table });
    return 'made';
  }
  const ifUnknown = choice.table?.ifUnknown;
  if (!ifUnknown) return 'unknown';
  if ('ask' in ifUnknown) return ask();
  makeChoice(draft, choice, { value: ifUnknown.value, by: 'unknown' }, { table });
  return 'made';
}

/** Outside its phase, what its due time counts from may lie far back. */
function dueAgain({ pathway, state, now }: Draft, choice: string): Instant | undefined {
  const { due } = pathway.decision(choice);
  if (due.after === 'asked' || state.chart === pathway.choice(choice)?.made) return undefined;
  return dueAfter(pathway, now, pathway.clinic.waits.choice);
}

/**
 * A choice is made again. By its table alone it is made at once; where that has no answer and nobody is named for it, it
 * stays as it was, and the coordinator is asked.
 * @returns whether what follows is to be taken now; else it is once the choice has been made
 */
export function chooseAgain(draft: Draft, name: string, asker: ChoiceAsker): boolean {
  const choice = draft.pathway.choice(name);
  if (!choice) throw new Defect(`there is no choice ${name}`);
  const outcome = askChoice(draft, choice, asker);
  if (outcome !== 'unknown') return outcome === 'made';
  const needed = neededFor(answerFor(draft, choice));
  const title = `${choice.title} was to be chosen again, and stays as it was. Not known: ${needed || 'no row of its table is met'}. What now?`;
  askAPerson(draft, `chosen-again-${name}`, { title, role: COORDINATOR });
  return true;
}
