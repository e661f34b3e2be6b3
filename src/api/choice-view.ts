import type { Instant } from '../core/model/primitives.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import type { ChoiceDefinition } from '../core/pathway/tailoring.schema.ts';
import { chosenOf } from '../core/plan/choices.ts';
import { answerFor, neededFor, type Offer, offerOf } from '../core/plan/offers.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import type { ChoiceView } from './choice-rows.schema.ts';

/** What was chosen, and of what is still to be chosen the values side by side. */
export const choicesOf = (pathway: Pathway, state: PlanState, now: Instant): ChoiceView[] =>
  pathway.choices.map((definition) => {
    const { choice, title, made, values } = definition;
    const open = Object.entries(state.questions).filter(
      ([, { decision, answer }]) => decision === choice && !answer,
    );
    return {
      choice,
      title,
      made,
      chosen: chosenIn(definition, state),
      questions: open.map(([id]) => id),
      roles: [...new Set(open.flatMap(([, { roles }]) => roles))],
      table: answerFor({ pathway, state, now }, definition),
      values: values.map((value) => shownOf(offerOf({ pathway, state, now }, definition, value))),
    };
  });

function chosenIn({ choice, values }: ChoiceDefinition, state: PlanState): ChoiceView['chosen'] {
  const chosen = chosenOf(state, choice);
  if (!chosen) return undefined;
  const { earlier: _before, ...now } = chosen;
  return { title: values.find(({ value }) => value === now.value)?.title ?? now.value, ...now };
}

const OFFERED = { met: 'offered', unmet: 'not offered', unknown: 'not yet' } as const;

function shownOf({ value, result, finding }: Offer): ChoiceView['values'][number] {
  const { offeredWhen: _condition, ...shown } = value;
  const says = {
    met: undefined,
    unmet: `Not offered: ${value.title}.`,
    unknown: `Not yet: needs ${neededFor(finding)}.`,
  }[result];
  return { ...shown, offered: OFFERED[result], says, finding };
}
