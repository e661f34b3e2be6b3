import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import type { DecisionDefinition } from '../../src/core/pathway/decisions.schema.ts';
import type { LoweredCondition } from '../../src/core/pathway/facts.schema.ts';
import type { ChoiceDefinition, OnlyFor } from '../../src/core/pathway/tailoring.schema.ts';
import { decisionOf, GO, planWith } from './decided.ts';
import { factOf, leaf, stageOf, tableOf, type Variation } from './pathways.ts';
import type { RunningPlan } from './plan.ts';

/** `choiceOf('option', ['implant', 'flap'])`: made by people in the assessment. */
export const choiceOf = (
  choice: string,
  values: readonly string[],
  { offered = {}, ...more }: Partial<ChoiceDefinition> & { offered?: Record<string, LoweredCondition> } = {},
): ChoiceDefinition => ({
  choice,
  title: `Title of ${choice}`,
  made: 'assessment',
  values: values.map((value) => {
    const { [value]: offeredWhen } = offered;
    return { value, title: `Title of ${value}`, ...(offeredWhen ? { offeredWhen } : {}) };
  }),
  ...more,
});

/** The decision by which people make it: the dermatologist, where nothing else is said. */
export const askedFor = (
  { choice, title, values }: ChoiceDefinition,
  more: Partial<DecisionDefinition> = {},
): DecisionDefinition =>
  decisionOf(choice, {
    title,
    outcomes: Object.fromEntries(values.map(({ value }) => [value, GO])),
    ...more,
  });

export const only = (choice: string, ...values: string[]): OnlyFor => [{ choice, values }];

/** Two ways: the first stage for one of them, the second for the other, the last for both. */
export const OPTION = choiceOf('option', ['implant', 'flap']);
export const IN_ASSESSMENT: CompiledPathway['decidedIn'] = { consultation: [], assessment: ['option'] };
export const TWO_WAYS: Variation = {
  choices: [OPTION],
  decisions: [askedFor(OPTION)],
  decidedIn: IN_ASSESSMENT,
  stages: [
    stageOf('implant-stage', { onlyFor: only('option', 'implant') }),
    stageOf('flap-stage', { onlyFor: only('option', 'flap') }),
    stageOf('both'),
  ],
};

export const twoWays = (more: Variation = {}): RunningPlan => planWith({ ...TWO_WAYS, ...more });

/** `small` below 10, `large` from 10 on, of the fact `size`; unknown while that is not known. */
export const SIZE = factOf('size', { kind: 'number', unit: 'cm', from: 0, to: 100 });
export const BY_SIZE = tableOf(
  'by-size',
  ['large', 'small'],
  [
    { when: { all: [leaf('size', 'greaterThanInclusive', 10)] }, answer: 'large' },
    { when: { all: [leaf('size', 'lessThan', 10)] }, answer: 'small' },
  ],
);
export const ofSize = (more: Partial<NonNullable<ChoiceDefinition['table']>> = {}): ChoiceDefinition =>
  choiceOf('extent', ['large', 'small'], { table: { table: 'by-size', isConfirmed: false, ...more } });

export const measured = (value: number) => [{ fact: 'size', value, unit: 'cm' }];
