import type { Rules } from '../authoring/lower-rule-set.ts';
import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import { tasksIn } from '../pathway/conditions.ts';
import type { FactDefinition } from '../pathway/facts.schema.ts';
import type { ObjectiveDefinition } from '../pathway/goals.schema.ts';
import type { IntervalRule } from '../pathway/rules.schema.ts';
import type { Asked } from './check-conditions.ts';

/** Every condition of the rules of one set, but the rows of its tables. */
export const conditionsOfRules = ({ contraindications, eligibility, intervals, alerts }: Rules): Asked[] => [
  ...contraindications.map(
    ({ rule, when }): Asked => ({
      at: { kind: 'contraindication', name: rule, path: ['when'] },
      when,
      never: 'it holds nobody',
      always: 'no gate that it stops ever opens',
      grave: ['never', 'always'],
    }),
  ),
  ...eligibility.map(
    ({ rule, when }): Asked => ({
      at: { kind: 'eligibility', name: rule, path: ['when'] },
      when,
      never: 'nobody is eligible',
      always: 'it asks nothing',
      grave: ['never'],
    }),
  ),
  ...alerts.map(
    ({ rule, when }): Asked => ({
      at: { kind: 'alert', name: rule, path: ['when'] },
      when,
      never: 'it never calls anybody',
      always: 'it calls somebody at every observation',
      grave: ['never'],
    }),
  ),
  ...conditionsOfIntervals(intervals),
];

const conditionsOfIntervals = (intervals: readonly IntervalRule[]): Asked[] =>
  intervals.flatMap(({ rule, onlyWhen }): Asked[] =>
    onlyWhen
      ? [
          {
            at: { kind: 'interval', name: rule, path: ['onlyWhen'] },
            when: onlyWhen,
            never: 'the interval never applies',
            always: 'the interval applies to everybody',
            grave: ['never'],
          },
        ]
      : [],
  );

/** What makes an observation unbelievable. */
export const conditionsOfFacts = (facts: readonly FactDefinition[]): Asked[] =>
  facts.flatMap(({ fact, notValidWhen }): Asked[] =>
    notValidWhen
      ? [
          {
            at: { kind: 'fact', name: fact, path: ['notValidWhen'] },
            when: notValidWhen,
            never: 'every observation is believed',
            always: 'no observation is ever believed',
            grave: ['always'],
          },
        ]
      : [],
  );

const conditionsOfObjective = ({ objective, target, ineffectiveWhen }: ObjectiveDefinition): Asked[] => [
  {
    at: { kind: 'objective', name: objective, path: ['target'] },
    when: target,
    never: 'it is never reached',
    always: 'it is reached as soon as anything is measured',
    grave: ['never'],
  },
  ...(ineffectiveWhen
    ? [
        {
          at: { kind: 'objective', name: objective, path: ['ineffectiveWhen'] },
          when: ineffectiveWhen,
          never: 'nothing is ever found to have no effect',
          always: 'whatever is done has no effect',
          grave: ['never' as const, 'always' as const],
        },
      ]
    : []),
];

/** Those that stand in a pathway's own file. */
export const conditionsOfPathway = (compiled: CompiledPathway): Asked[] => [
  ...conditionsOfIntervals(compiled.intervals.filter(({ ruleSet }) => ruleSet === compiled.pathway)),
  ...compiled.stages.flatMap(({ stage, untilWhen }): Asked[] =>
    untilWhen
      ? [
          {
            at: { kind: 'stage', name: stage, path: ['untilWhen'] },
            when: untilWhen,
            never: 'the series never ends early',
            always: 'the series ends at once',
            grave: [],
          },
        ]
      : [],
  ),
  ...compiled.stages.flatMap(({ stage, onlyWhen }): Asked[] =>
    onlyWhen
      ? [
          {
            at: { kind: 'stage', name: stage, path: ['onlyWhen'] },
            when: onlyWhen,
            never: 'the stage is always passed over',
            always: 'the stage is never passed over',
            grave: ['never'],
          },
        ]
      : [],
  ),
  ...compiled.goals.flatMap(({ objectives }) => objectives.flatMap(conditionsOfObjective)),
  ...compiled.choices.flatMap(({ choice, values }) =>
    values.flatMap(({ value, offeredWhen }): Asked[] =>
      offeredWhen
        ? [
            {
              at: { kind: 'choice', name: choice, path: ['values', value, 'offeredWhen'] },
              when: offeredWhen,
              never: `\`${value}\` is offered to nobody`,
              always: `\`${value}\` is offered to everybody`,
              grave: ['never'],
            },
          ]
        : [],
    ),
  ),
  ...tasksIn(compiled).flatMap(({ task, onlyWhen, needs }): Asked[] => [
    ...(onlyWhen
      ? [
          {
            at: { kind: 'task', name: task, path: ['onlyWhen'] },
            when: onlyWhen,
            never: 'the task is made for nobody who is known',
            always: 'the task is made for everybody',
            grave: [],
          },
        ]
      : []),
    ...(needs
      ? [
          {
            at: { kind: 'task', name: task, path: ['needs'] },
            when: needs,
            never: 'whoever does the task departs from the pathway',
            always: 'the task needs nothing',
            grave: ['never' as const],
          },
        ]
      : []),
  ]),
];
