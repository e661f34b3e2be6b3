import type { FactValue } from '../../../src/core/model/event.schema.ts';
import type { FactDefinition, LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
import type { Observation, PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { step } from '../../../src/core/plan/step.ts';
import { DERIVED, EVERYTHING, PARTS } from '../../support/conditions.ts';
import { shifted } from '../../support/oracle.ts';
import {
  contraindication,
  eligibility,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  tableOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import { coordinator, eventOf, RunningPlan } from '../../support/plan.ts';

const NOW = '2026-03-05T15:00:00.000Z';
const OLD = '2020-01-01T15:00:00.000Z';
const HOUR = 3_600_000;
/** Everything goes stale here, so that every fact can be too old. */
const facts: FactDefinition[] = EVERYTHING.facts.map((definition) => ({
  ...definition,
  goodFor: definition.goodFor ?? for_(1, 'year'),
}));

/** Somebody in whom every fact is there and fine. */
const FINE: Record<string, FactValue> = {
  creatinine: 1,
  temperature: 36.6,
  skinType: 'light',
  infection: 'none',
  smoker: false,
  capacity: true,
  bloodThinner: 'never',
  isotretinoin: '2024-01-01',
  lastMeal: '2026-03-04',
  pain: 1,
  medicines: [],
  hba1c: 6,
  transfusion: 'never',
  skin: [],
  scars: [],
  wound: 'clean',
  radiotherapy: 'never',
  swelling: 0,
};

const inArea = (one: LoweredLeaf, area: string): LoweredLeaf => ({
  ...one,
  params: { area },
  name: `${one.name} in ${area}`,
});
const taken = (one: LoweredLeaf, params: LoweredLeaf['params']): LoweredLeaf => ({
  ...one,
  ...(params ? { params } : {}),
});

/** A leaf of every shape, none of which the patient meets. */
const SHAPES: Record<string, LoweredLeaf> = {
  'a grade at least': leaf('pain', 'greaterThanInclusive', 3),
  'a grade that is': leaf('pain', 'equal', 4),
  'a grade that is not': leaf('pain', 'notEqual', 1),
  'a list that includes': leaf('medicines', 'contains', 'retinoid'),
  'a number that may not be believed': leaf('hba1c', 'greaterThan', 9),
  'findings where we treat': leaf('skin', 'contains', 'infection'),
  'findings in treatment': inArea(leaf('skin', 'contains', 'herpes'), 'treatment'),
  'findings in any area of this stage': inArea(
    leaf('skin', 'contains', 'infection'),
    'any area of this stage',
  ),
  'findings in a site by name': inArea(leaf('scars', 'contains', 'raised'), 'face'),
  'a code where we treat': leaf('wound', 'equal', 'open'),
  'a code that is none of two, where we treat': leaf('wound', 'notIn', ['clean', 'red']),
  'a date where we treat': leaf('radiotherapy', 'withinTheLast', for_(6, 'month')),
  'a number where we treat, which may not be believed': leaf('swelling', 'greaterThan', 10),
  'a fall': leaf('creatinineFall', 'greaterThanInclusive', 1),
  'a fall in percent': leaf('creatininePercent', 'greaterThan', 50),
  'the highest of two': leaf('hba1cTwice', 'greaterThan', 9),
  'the lowest since the last session': leaf('nadir', 'lessThan', 0.5),
  'a sum of grades': leaf('painSum', 'greaterThan', 6),
  'a fall where we treat': leaf('swellingFall', 'greaterThan', 5),
  'taken within hours': taken(leaf('temperature', 'greaterThan', 38), {
    taken: { within: for_(12, 'hour') },
  }),
  'taken since the last session': taken(leaf('smoker', 'equal', true), { taken: { since: 'last session' } }),
  'taken since this stage': taken(leaf('capacity', 'equal', false), { taken: { since: 'this stage' } }),
};

/** What a shape rests on: its fact, what that is worked out of, and what it has to be valid by. */
function restsOn({ fact }: LoweredLeaf): string[] {
  const base = DERIVED.find(({ derived }) => derived === fact)?.of ?? fact;
  const notValidWhen = JSON.stringify(facts.find((one) => one.fact === base)?.notValidWhen ?? {});
  return [base, ...facts.map((one) => one.fact).filter((name) => notValidWhen.includes(`"fact":"${name}"`))];
}

/** Each as a contraindication that is clear, as eligibility that is given, as a table that says go. */
const RULES: Record<string, (one: LoweredLeaf) => Variation> = {
  'a contraindication': (one) => ({ rules: [contraindication('rule', { all: [one] })] }),
  'a contraindication, deep inside': (one) => ({
    rules: [
      contraindication('rule', {
        any: [{ not: { any: [{ not: { all: [one] } }] } }, leaf('skinType', 'equal', 'dark')],
      }),
    ],
  }),
  eligibility: (one) => ({ eligibility: [eligibility('rule', { not: { any: [one] } })] }),
  'a table': (one) => ({
    tables: [
      tableOf(
        'rule',
        ['stop', 'go'],
        [
          { when: { all: [one] }, answer: 'stop' },
          { when: { not: one }, answer: 'go' },
        ],
      ),
    ],
  }),
};

function gateOf(variation: Variation): RunningPlan {
  const outcomes = { stop: [{ do: 'ask' as const, role: 'dermatologist' }], go: [{ do: 'go' as const }] };
  const stage = stageOf('excision', {
    in: 'treatment',
    andIn: 'donor',
    ...(variation.tables ? { table: { table: 'rule', outcomes } } : {}),
  });
  const compiled = pathwayWith({
    facts,
    derived: DERIVED,
    parts: PARTS,
    areas: { treatment: { choose: 'all', sites: ['nose'] }, donor: { choose: 'all', sites: ['abdomen'] } },
    rules: [],
    stages: [stage],
    consultation: [taskOf('history')],
    ...variation,
  });
  const plan = new RunningPlan(compiled, shifted(NOW, -24 * HOUR));
  plan.finishPhase(shifted(NOW, -20 * HOUR));
  plan.consent('excision-consent', '2026-03-04', shifted(NOW, -19 * HOUR));
  return plan;
}

type Change = 'absent' | Partial<Observation>;

/** Two observations of every fact, today's and one of twenty hours ago, with something wrong in one fact. */
function observationsWith(wrong: string, change: Change): PlanState['observations'] {
  return Object.fromEntries(
    facts.map(({ fact, is, byArea }): [string, Observation[]] => {
      const sites = byArea ? ['face', 'abdomen'] : [undefined];
      const one = (observedAt: string, area: string | undefined): Observation => ({
        value: FINE[fact] ?? 0,
        ...(is.kind === 'number' ? { unit: is.unit } : {}),
        source: fact === 'hba1c' ? 'laboratory' : 'clinician',
        actor: 'nurse-1',
        observedAt,
        ...(area === undefined ? {} : { area }),
        event: `front-desk/${fact}-${observedAt}`,
        step: 2,
      });
      const right = [shifted(NOW, -17 * HOUR), shifted(NOW, -HOUR)].flatMap((at) =>
        sites.map((area) => one(at, area)),
      );
      if (fact !== wrong) return [fact, right];
      return [fact, change === 'absent' ? [] : right.map((each) => ({ ...each, ...change }))];
    }),
  );
}

function answerWith(plan: RunningPlan, wrong: string, change: Change): string {
  const state = { ...plan.state, observations: observationsWith(wrong, change) };
  const request = eventOf('startProcedure', { stage: 'excision' }, { actor: coordinator });
  return step(plan.pathway, state, request, NOW).answer.outcome;
}

/** Everything that can be wrong with a fact. */
function faultsOf(fact: string): [string, Change][] {
  const definition = facts.find((one) => one.fact === fact);
  if (!definition) throw new Error(`no fact is called ${fact}`);
  const isList = ['findings', 'list'].includes(definition.is.kind);
  const isNumber = ['number', 'grade'].includes(definition.is.kind);
  const values: unknown[] = [
    null,
    'soon',
    '2026-13-45',
    ...(isNumber ? ['1', true] : [37.5]),
    ...(isList ? ['infection'] : [[], ['none']]),
  ];
  if (definition.is.kind !== 'yes or no') values.push(false);
  return [
    ['absent', 'absent'],
    ['too old', { observedAt: OLD }],
    ['from a stranger', { source: 'stranger' }],
    ...values.map((value): [string, Change] => [JSON.stringify(value), { value: value as FactValue }]),
    ...(isNumber ? [['in another unit', { unit: 'furlong' }] as [string, Change]] : []),
    ...(definition.byArea ? [['of another site', { area: 'left hand' }] as [string, Change]] : []),
  ];
}

describe.each(Object.entries(RULES))(
  '%s never lets anything pass that is not known',
  (_rule, variationOf) => {
    it.each(Object.entries(SHAPES))('%s', (_shape, one) => {
      const plan = gateOf(variationOf(one));
      expect(answerWith(plan, 'none of them', 'absent')).toBe('accepted');
      const passed = restsOn(one).flatMap((fact) =>
        faultsOf(fact)
          .filter(([, change]) => answerWith(plan, fact, change) !== 'refused')
          .map(([fault]) => `${fact} ${fault}`),
      );
      expect(passed).toEqual([]);
    });
  },
);

it('every kind of fact and every operator is among them', () => {
  const asked = Object.values(SHAPES);
  const kinds = asked.flatMap(({ fact }) => {
    const base = DERIVED.find(({ derived }) => derived === fact)?.of ?? fact;
    return facts.find((one) => one.fact === base)?.is.kind ?? [];
  });
  expect(new Set(kinds)).toEqual(
    new Set(['number', 'grade', 'code', 'yes or no', 'date or never', 'findings', 'list']),
  );
  const ways = new Set(
    asked.flatMap(({ fact }) =>
      DERIVED.filter(({ derived }) => derived === fact).map(({ derived }) => derived),
    ),
  );
  expect(ways.size).toBe(DERIVED.length);
});

it('what is unknown opens nothing under not, either', () => {
  const opened = Object.entries(SHAPES).flatMap(([shape, one]) => {
    const [base = ''] = restsOn(one);
    const plan = gateOf({ rules: [contraindication('rule', { not: one })] });
    return answerWith(plan, base, 'absent') === 'refused' ? [] : [shape];
  });
  expect(opened).toEqual([]);
});
