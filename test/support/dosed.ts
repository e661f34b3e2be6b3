import { addDays } from '../../src/core/model/calendar.ts';
import type { StageDefinition } from '../../src/core/pathway/compiled.schema.ts';
import type { Action } from '../../src/core/pathway/decisions.schema.ts';
import type { OverrideTerms, Table } from '../../src/core/pathway/rules.schema.ts';
import { levelOf } from '../../src/core/plan/levels.ts';
import { decisionOf, exitTo, GO } from './decided.ts';
import { DOSE, limit, lower, planAt } from './figures.ts';
import { factOf, leaf, stageOf, tableOf, termsOf } from './pathways.ts';
import { eventOf, type RunningPlan } from './plan.ts';

/** A series whose dose comes in levels, and a table of blood counts at its gate. */

/** Day 1 is the first of March. */
export const on = (day: number): string => addDays('2026-02-28', day);
export const at = (day: number): string => `${on(day)}T16:00:00.000Z`;

const row = (answer: string, from: number, to: number) => ({
  when: { all: [leaf('counts', 'greaterThanInclusive', from), leaf('counts', 'lessThan', to)] },
  answer,
});
/** Of the counts, 3 and more: full. 2: reduced. 1: careful. Below: stop. */
const COUNTS = tableOf(
  'counts-table',
  ['stop', 'careful', 'reduced', 'full'],
  [row('stop', 0, 1), row('careful', 1, 2), row('reduced', 2, 3), row('full', 3, 50)],
);
const countsOf = (terms: Partial<OverrideTerms>): Table => ({
  ...COUNTS,
  override: termsOf({ reasons: ['urgent'], ...terms }),
});
export const FULL = 5;
export const REDUCED = 2;
export const CAREFUL = 1;
export const STOP = 0;

export const LIMITED: Action = [limit('four fifths', { for: 'this session' }), ...GO];
export const LOWERED: Action = [lower({ atEnd: [{ do: 'decide', decision: 'problem' }] }), ...GO];

export const planOf = (
  outcomes: Record<string, Action>,
  figures?: Parameters<typeof planAt>[1],
  more: Partial<StageDefinition> = {},
  terms: Partial<OverrideTerms> = {},
): RunningPlan => {
  const table = {
    table: 'counts-table',
    outcomes: { full: GO, reduced: GO, careful: GO, stop: exitTo('referral'), ...outcomes },
  };
  const plan = planAt(
    {
      facts: [factOf('counts', { kind: 'number', unit: '10*9/L', from: 0, to: 50 })],
      tables: [countsOf(terms)],
      figures: [DOSE],
      stages: [stageOf('first', { table, sessions: 4, with: ['dose'], ...more }), stageOf('second')],
      decisions: [
        decisionOf('problem', {
          outcomes: {
            lower: [lower({ atEnd: exitTo('further-evaluation') }), ...GO],
            'lower-once': [lower({ for: 'this session' }), ...GO],
            raise: [{ do: 'raise', figure: 'dose', atEnd: [{ do: 'exit', exit: 'postponement' }] }, ...GO],
            limit: [limit('three fifths', { for: 'this session' }), ...GO],
            'leave-out': [{ do: 'next stage' }],
            'go-on': GO,
          },
        }),
      ],
    },
    figures,
  );
  plan.send(
    eventOf(
      'consent.recorded',
      { form: 'first-consent', by: 'patient', signedOn: '2026-03-01' },
      { id: 'c' },
    ),
  );
  return plan;
};

export const blood = (plan: RunningPlan, value: number, day: number): void => {
  plan.observe([{ fact: 'counts', value, unit: '10*9/L' }], at(day));
};
export const start = (plan: RunningPlan, day: number) => {
  plan.send(
    eventOf(
      'consent.recorded',
      { form: 'first-consent', by: 'patient', signedOn: on(day) },
      { id: `c-${plan.steps.length}` },
    ),
    at(day),
  );
  return plan.start('first', at(day));
};
export const report = (plan: RunningPlan, day: number) => plan.report('first', on(day), at(day));
export const notPerformed = (plan: RunningPlan, day: number) =>
  plan.send(
    eventOf(
      'procedure.notPerformed',
      { stage: 'first', on: on(day), reason: 'a fall' },
      { id: `n-${plan.steps.length}` },
    ),
    at(day),
  );
export const dose = (plan: RunningPlan) => levelOf(plan, 'dose').level;
export const changes = (plan: RunningPlan): string[] =>
  plan.journal
    .filter(({ kind }) => kind === 'figure.changed')
    .map(({ details }) => `${details.from} > ${details.to}`);

export const withdrawReport = (plan: RunningPlan, day: number) =>
  plan.send(
    eventOf(
      'report.withdrawn',
      { stage: 'first', performedOn: on(day), reason: 'of another patient' },
      { id: `w-${plan.steps.length}` },
    ),
  );
