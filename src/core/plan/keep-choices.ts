import type { Instant } from '../model/primitives.schema.ts';
import { CLINICAL_LEAD } from '../pathway/roles.ts';
import type { ChoiceDefinition } from '../pathway/tailoring.schema.ts';
import { askChoice } from './ask-choice.ts';
import { CHOICE, chosenOf, isAsked, isBehindPhase, isMadeSince } from './choices.ts';
import type { Draft } from './draft.ts';
import { type Asked, answerFor, offerOf, supplyTask } from './offers.ts';
import { askAPerson, outside } from './outside.ts';
import { isWorkDone } from './phase-work.ts';
import { supplyOf } from './supply.ts';
import { cancelTask } from './tasks.ts';

/**
 * A choice is made before its phase ends: by people, as a decision of the phase; by a table alone once everything else of
 * the phase is done. One that is not made though its phase is behind, because a report took the plan past it, is asked
 * for wherever the plan is on its course.
 */
export function keepChoices(draft: Draft): void {
  for (const choice of draft.pathway.choices) {
    if (!isBehindPhase(draft.state, choice) || chosenOf(draft.state, choice.choice)) continue;
    if (!isOpenFor(draft, choice)) askChoice(draft, choice, { about: `${CHOICE}${choice.choice}` });
  }
}

/** As everything else of a phase is done. @returns whether the phase may end; what was settled just now changes more */
export function settleChoices(draft: Draft): boolean {
  const { chart } = draft.state;
  const owed = settledIn(draft).filter((choice) => !isMadeSince(draft.state, choice));
  for (const choice of owed) askChoice(draft, choice, { about: chart });
  return owed.length === 0;
}

const settledIn = ({ pathway, state }: Asked): ChoiceDefinition[] =>
  pathway.choices.filter((choice) => choice.made === state.chart && !isAsked(choice));

export const isOpenFor = ({ state }: Pick<Draft, 'state'>, { choice }: ChoiceDefinition): boolean =>
  Object.values(state.questions).some(({ decision, answer }) => decision === choice && !answer);

/** The choices that a table makes, and for which the plan waits now. */
export function awaitedOfTables(plan: Asked): ChoiceDefinition[] {
  const { pathway, state } = plan;
  const behind = pathway.choices.filter(
    (choice) => !isAsked(choice) && isBehindPhase(state, choice) && !chosenOf(state, choice.choice),
  );
  const present = isWorkDone(pathway, state)
    ? settledIn(plan).filter((choice) => !isMadeSince(state, choice))
    : [];
  return [...behind, ...present];
}

/** When time alone may give a table that is waited for another answer. */
export const choiceEdges = (plan: Asked): Instant[] =>
  awaitedOfTables(plan).flatMap((choice) => answerFor(plan, choice)?.validUntil ?? []);

/**
 * What a table needs whose answer the plan waits for is asked for; what no choice needs any more, whichever line of the
 * plan asks for it, nobody owes.
 */
export function keepSupply(draft: Draft): void {
  const { pathway, state } = draft;
  if (pathway.choices.length === 0) return;
  const waiting = awaitedOfTables(draft).filter((choice) => !choice.table?.ifUnknown);
  for (const choice of waiting) {
    const found = answerFor(draft, choice);
    if (!found || found.answer !== undefined) continue;
    const { title, clears } = found;
    const work = supplyOf(choice.title, clears[0]) ?? {
      title: `${choice.title}: ${title} has no answer for this patient. What now?`,
      role: CLINICAL_LEAD,
    };
    askAPerson(draft, supplyTask(choice.choice), work);
  }
  const wanted = new Set([
    ...waiting.map(({ choice }) => outside(supplyTask(choice))),
    ...wantedOffers(draft),
  ]);
  const prefix = outside(supplyTask(''));
  for (const [id, { status }] of Object.entries(state.tasks))
    if (status === 'requested' && id.startsWith(prefix) && !wanted.has(id)) cancelTask(draft, id);
}

/** Of what could be chosen now, were it known whether it is offered, or what the table answers. */
const wantedOffers = (draft: Draft): string[] =>
  draft.pathway.choices
    .filter((choice) => isOpenFor(draft, choice))
    .flatMap((choice) => {
      const isBlind = choice.table !== undefined && answerFor(draft, choice)?.answer === undefined;
      return choice.values
        .filter((value) => isBlind || offerOf(draft, choice, value).result === 'unknown')
        .map(({ value }) => outside(supplyTask(choice.choice, value)));
    });
