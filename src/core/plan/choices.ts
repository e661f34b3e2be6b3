import { isExit, itemAt } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { ChoiceDefinition, OnlyFor } from '../pathway/tailoring.schema.ts';
import type { PlanState } from './plan-state.schema.ts';
import type { Chosen } from './tailored.schema.ts';

/** What was chosen for a patient, and what is for them by it. */

type Choices = Pick<PlanState, 'choices'>;

export const chosenOf = ({ choices }: Choices, choice: string): Chosen | undefined =>
  Object.hasOwn(choices, choice) ? choices[choice] : undefined;

/** Whether something is for this patient; undefined: a choice on which that hangs is not made yet. */
export function isFor(state: Choices, onlyFor: OnlyFor | undefined): boolean | undefined {
  const answers = (onlyFor ?? []).map(({ choice, values }) => {
    const chosen = chosenOf(state, choice);
    return chosen && values.includes(chosen.value);
  });
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** Whether a stage is not for this patient: by what was chosen, or since it is left out. */
export const isOut = (
  state: Choices,
  { skipped, onlyFor }: Pick<StageDefinition, 'skipped' | 'onlyFor'>,
): boolean => skipped === true || isFor(state, onlyFor) === false;

/** The choices on which something hangs, and which are not made yet. */
export const unmadeOf = (state: Choices, onlyFor: OnlyFor | undefined): string[] =>
  (onlyFor ?? []).flatMap(({ choice }) => (chosenOf(state, choice) ? [] : [choice]));

/** Why something is not for this patient: `How to rebuild the breast: Flap from the abdomen`. */
export function whyNotFor(pathway: Pathway, state: Choices, onlyFor: OnlyFor | undefined): string {
  const against = (onlyFor ?? []).flatMap(({ choice, values }) => {
    const chosen = chosenOf(state, choice);
    return chosen && !values.includes(chosen.value) ? [inWords(pathway, choice, chosen.value)] : [];
  });
  return against.join('; ');
}

/** A choice and its value by their titles. */
export function inWords(pathway: Pathway, choice: string, value: string): string {
  const known = pathway.choice(choice);
  const title = known?.values.find((one) => one.value === value)?.title ?? value;
  return `${known?.title ?? choice}: ${title}`;
}

/** Somebody is asked in any case; without anybody the table alone settles it. */
export const isAsked = ({ table }: ChoiceDefinition): boolean => table === undefined || table.isConfirmed;

/** The plan is on its course, or beside it on a track alone, and has left the phase in which a choice is made. */
export function isBehindPhase(
  { chart, tracks }: Pick<PlanState, 'chart' | 'tracks'>,
  { made }: ChoiceDefinition,
): boolean {
  if (isExit(chart)) return false;
  if (chart === 'completed') return Object.values(tracks).some((track) => itemAt(track.chart) !== undefined);
  return chart === 'assessment' ? made === 'consultation' : itemAt(chart) !== undefined;
}

/** Since its phase was last entered. */
export function isMadeSince(
  state: Choices & Pick<PlanState, 'enteredAt'>,
  { choice, made }: ChoiceDefinition,
) {
  const chosen = chosenOf(state, choice);
  return chosen !== undefined && chosen.at >= (state.enteredAt[made] ?? '');
}

/** What questions are about that ask for a choice whose phase is behind the plan. */
export const CHOICE = 'choice/';
