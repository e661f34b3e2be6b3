import type { ChangeOf } from '../model/plan-change.schema.ts';
import { PATIENT_ROLES, staffOf } from '../pathway/roles.ts';
import type { ChoiceDefinition } from '../pathway/tailoring.schema.ts';
import { chooseAgain } from './ask-choice.ts';
import { REVISED } from './asked-decisions.ts';
import { askedOf } from './boards.ts';
import { listed } from './border.ts';
import { chosenOf, inWords, isAsked } from './choices.ts';
import { isOpenFor } from './keep-choices.ts';
import { mayRevise } from './may-revise.ts';
import { against, type Changed, type Problem, type Revising, unknown } from './revising.ts';

/** A choice that is made once more, by whoever makes it; until then what was chosen counts. */
export function reviseChoice(revising: Revising, { choice: name }: ChangeOf<'choice'>): Changed {
  const { pathway, state } = revising;
  const choice = pathway.choice(name);
  if (!choice) {
    const known = pathway.choices.map((one) => one.choice);
    return [unknown(`This pathway has no choice ${name}; it has: ${listed(known)}.`)];
  }
  const { title } = choice;
  const chosen = chosenOf(state, name);
  const problems = [
    ...mayAskAgain(revising, choice),
    ...(chosen ? [] : [against(`${title} has not been chosen yet: it is asked as it is.`)]),
    ...(isOpenFor(revising, choice) ? [against(`${title} is being asked already.`)] : []),
  ];
  if (problems.length > 0) return problems;
  return {
    state,
    says: `${chosen ? inWords(pathway, name, chosen.value) : title}: to be chosen anew`,
    follows: (draft) => {
      chooseAgain(draft, name, { about: `${REVISED}${draft.state.revisions.length + 1}` });
    },
  };
}

/** Whoever makes it; of one that a table makes alone, whoever revises anything else. */
function mayAskAgain({ pathway, actor }: Revising, choice: ChoiceDefinition): readonly Problem[] {
  if (!isAsked(choice)) return mayRevise(pathway, actor);
  const asked = askedOf(pathway.decision(choice.choice).by);
  const staff = asked.filter((role) => !PATIENT_ROLES.includes(role));
  const roles = staff.length > 0 ? staff : [staffOf(asked)];
  if (actor.roles.some((role) => roles.includes(role))) return [];
  const says = `${choice.title} is chosen by the ${roles.join(' or the ')}; ${actor.id} is ${actor.roles.join(', ')}.`;
  return [{ code: 'CC2018', says }];
}
