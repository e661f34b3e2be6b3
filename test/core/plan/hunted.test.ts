import { tableAt } from '../../../src/core/plan/tables.ts';
import {
  alertOf,
  contraindication,
  factOf,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  tableOf,
  taskOf,
  termsOf,
  type Variation,
} from '../../support/pathways.ts';
import { actor, coordinator, eventOf, kinds, RunningPlan } from '../../support/plan.ts';

/** What the simulation found, each as the smallest plan that shows it. */

const WOUND = factOf(
  'wound',
  { kind: 'code', codes: ['closed', 'open'] },
  { byArea: true, goodFor: for_(10, 'day'), from: ['clinician'] },
);
const BOTH = { treatment: { choose: 'any' as const, sites: ['left breast', 'right breast', 'breast'] } };
const dermatologist = actor('dermatologist-1', 'dermatologist');
const AT = '2026-03-02T15:00:00.000Z';

const started = (variation: Variation, treatment?: string[]): RunningPlan => {
  const plan = new RunningPlan(pathwayWith(variation), AT, treatment ? { treatment } : undefined);
  plan.finishPhase();
  return plan;
};
const consented = (variation: Variation, treatment?: string[]): RunningPlan => {
  const plan = started(variation, treatment);
  plan.consent('excision-consent', '2026-03-02');
  return plan;
};
const excision = stageOf('excision', { in: 'treatment' });
const closed = contraindication('open-wound', { all: [leaf('wound', 'equal', 'open')] });

describe('sources that differ', () => {
  const sited = { facts: [WOUND], rules: [closed], areas: BOTH, stages: [excision] };
  const differing = (): RunningPlan => {
    const plan = started(sited, ['breast']);
    plan.observe([{ fact: 'wound', area: 'breast', value: 'closed' }]);
    plan.observe([{ fact: 'wound', area: 'left breast', value: 'open' }]);
    return plan;
  };
  const open = (plan: RunningPlan): string[] =>
    Object.keys(plan.state.tasks).filter(
      (id) => id.startsWith('plan/conflict-') && plan.state.tasks[id]?.status === 'requested',
    );

  it('about a part of a site are asked about once', () => {
    expect(open(differing())).toEqual(['plan/conflict-wound-left-breast']);
  });

  it('are settled by what is told of the whole on a later day', () => {
    const plan = differing();
    plan.observe([{ fact: 'wound', area: 'breast', value: 'closed' }], '2026-03-03T15:00:00.000Z');
    expect(open(plan)).toEqual([]);
  });

  it('are settled by a correction of the whole', () => {
    const plan = differing();
    const right = { fact: 'wound', area: 'breast', on: '2026-03-02', value: 'open', reason: 'looked again' };
    plan.send(eventOf('fact.corrected', right, { id: 'c-1' }));
    expect(open(plan)).toEqual([]);
  });
});

it('a plan that is over asks nobody for what its gate lacked', () => {
  const table = tableOf(
    'strength',
    ['none', 'full'],
    [{ when: { all: [leaf('smoker', 'equal', false)] }, answer: 'full' }],
  );
  const outcomes = { none: [{ do: 'ask' as const, role: 'dermatologist' }], full: [{ do: 'go' as const }] };
  const plan = consented({
    rules: [],
    tables: [table],
    stages: [stageOf('excision', { table: { table: 'strength', outcomes } })],
  });
  plan.start('excision');
  const asked = () => Object.values(plan.state.tasks).filter(({ status }) => status === 'requested').length;
  expect(asked()).toBe(1);
  plan.send(eventOf('cancelPlan', { reason: 'moved' }, { actor: coordinator }));
  expect(asked()).toBe(0);
  expect(plan.state.status).toBe('revoked');
});

it('a table that is asked of two sites is looked at again when the first of their facts becomes too old', () => {
  const rows = [
    { when: { all: [leaf('wound', 'equal', 'open')] }, answer: 'none' },
    { when: { all: [leaf('wound', 'equal', 'closed')] }, answer: 'full' },
  ];
  const outcomes = { none: [{ do: 'ask' as const, role: 'dermatologist' }], full: [{ do: 'go' as const }] };
  const table = { table: 'strength', outcomes };
  const plan = consented(
    {
      facts: [WOUND],
      rules: [],
      tables: [tableOf('strength', ['none', 'full'], rows)],
      areas: BOTH,
      stages: [stageOf('excision', { in: 'treatment', table })],
    },
    ['left breast', 'right breast'],
  );
  const LATER = '2026-03-04T15:00:00.000Z';
  plan.observe([{ fact: 'wound', area: 'right breast', value: 'closed' }]);
  plan.observe([{ fact: 'wound', area: 'left breast', value: 'closed' }], LATER);
  const whole = plan.pathway.stage('excision');
  if (!whole) throw new Error('no stage');
  // Ten days and no more: of the right breast until the end of 12 March.
  expect(tableAt(plan.pathway, plan.state, whole, LATER)?.finding).toMatchObject({
    answer: 'full',
    validUntil: '2026-03-13T04:00:00.000Z',
  });
});

describe('a signature', () => {
  const FACTS = [factOf('smoker', { kind: 'yes or no' }, { goodFor: for_(2, 'day') })];
  const signed = contraindication(
    'smoker',
    { all: [leaf('smoker', 'equal', true)] },
    { clears: { by: 'signature', of: 'dermatologist' } },
  );
  const held = (variation: Variation = {}): RunningPlan => {
    const plan = consented({ facts: FACTS, rules: [signed], stages: [stageOf('excision')], ...variation });
    plan.observe([{ fact: 'smoker', value: true }]);
    return plan;
  };
  const release = (plan: RunningPlan, now?: string) =>
    plan.send(eventOf('releaseHold', { hold: 'excision/smoker' }, { actor: dermatologist }), now).answer;

  it.each([
    ['on the last day of its fact', '2026-03-05T04:59:59.999Z', 'accepted'],
    ['a moment later, though no step has been taken since', '2026-03-05T05:00:00.000Z', 'refused'],
  ])('is given on what the rule says now: %s', (_when, now, outcome) => {
    expect(release(held(), now).outcome).toBe(outcome);
  });

  it('refused so, is still needed when the facts are known to say no', () => {
    const plan = held();
    release(plan, '2026-03-05T05:00:00.000Z');
    plan.observe([{ fact: 'smoker', value: false }]);
    expect(plan.state.holds['excision/smoker']).toMatchObject({ needsSignature: true });
  });

  it('is void once its fact changes while its stage is out of sight, though it changes back', () => {
    const plan = held({ stages: [stageOf('excision', { closure: [taskOf('dressing')] })] });
    release(plan);
    plan.start('excision');
    plan.report('excision', '2026-03-02');
    expect(Object.keys(plan.state.releases)).toEqual(['excision/smoker']);
    plan.observe([{ fact: 'smoker', value: false }], '2026-03-03T15:00:00.000Z');
    expect(kinds(plan.last.journal)).toContain('release.voided');
    plan.observe([{ fact: 'smoker', value: true }], '2026-03-04T15:00:00.000Z');
    expect(plan.state.releases).toEqual({});
  });
});

it.each([
  ['again of one part', 'right breast', 'open', true],
  ['otherwise of one part', 'right breast', 'closed', false],
])('an override of a site, when what it rests on is told %s', (_what, area, value, isKept) => {
  const rule = { ...closed, override: termsOf() };
  const plan = consented({ facts: [WOUND], rules: [rule], areas: BOTH, stages: [excision] }, ['breast']);
  plan.observe([{ fact: 'wound', area: 'breast', value: 'open' }]);
  const grant = { rule: 'open-wound', stage: 'excision', reason: 'urgent' };
  plan.send(eventOf('grantOverride', grant, { actor: dermatologist }));
  plan.observe([{ fact: 'wound', area, value }], '2026-03-03T15:00:00.000Z');
  expect(Object.values(plan.state.overrides).map(({ status }) => status)).toEqual([
    isKept ? 'active' : 'lapsed',
  ]);
});

describe('a gate is in question', () => {
  const correct = (plan: RunningPlan, fact: string, more: { area?: string; value: string }) =>
    kinds(
      plan.send(
        eventOf('fact.corrected', { fact, on: '2026-03-02', reason: 'typed wrong', ...more }, { id: 'c' }),
      ).journal,
    ).includes('deviation.raised');

  it.each([
    ['left breast', true],
    ['right breast', false],
  ])('when what one event told of the %s is corrected: %s', (area, isInQuestion) => {
    const plan = consented({ facts: [WOUND], rules: [closed], areas: BOTH, stages: [excision] }, [
      'left breast',
    ]);
    plan.observe([
      { fact: 'wound', area: 'left breast', value: 'closed' },
      { fact: 'wound', area: 'right breast', value: 'closed' },
    ]);
    expect(plan.start('excision').outcome).toBe('accepted');
    expect(correct(plan, 'wound', { area, value: 'open' })).toBe(isInQuestion);
  });

  it('when what made its value believed is corrected', () => {
    const notValidWhen = { any: [leaf('transfusion', 'withinTheLast', for_(1, 'week'))] };
    const plan = consented({
      facts: [
        factOf('anaemic', { kind: 'yes or no' }, { notValidWhen }),
        factOf('transfusion', { kind: 'date or never' }),
      ],
      rules: [contraindication('anaemia', { all: [leaf('anaemic', 'equal', true)] })],
      stages: [stageOf('excision')],
    });
    plan.observe([
      { fact: 'transfusion', value: 'never' },
      { fact: 'anaemic', value: false },
    ]);
    expect(plan.start('excision').outcome).toBe('accepted');
    expect(correct(plan, 'transfusion', { value: '2026-03-01' })).toBe(true);
  });
});

describe('an alert that is met by what is not so', () => {
  const calm = { not: { all: [leaf('smoker', 'equal', false), leaf('temperature', 'lessThan', 38)] } };
  const answered = (): RunningPlan => {
    const plan = new RunningPlan(pathwayWith({ rules: [], alerts: [alertOf('calm', calm)] }), AT);
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    plan.complete('plan/alert-calm-look-1');
    return plan;
  };

  it('fires again on a newer observation that is not so either', () => {
    const plan = answered();
    plan.observe([{ fact: 'temperature', value: 40, unit: 'Cel' }], '2026-03-02T16:00:00.000Z');
    expect(plan.state.alerts.calm).toMatchObject({ generation: 2 });
  });

  it('and not on one that has nothing to do with it', () => {
    const plan = answered();
    plan.observe([{ fact: 'smoker', value: false }], '2026-03-02T16:00:00.000Z');
    expect(plan.state.alerts.calm).toMatchObject({ generation: 1 });
  });
});
