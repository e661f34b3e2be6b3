import { decide, decisionOf, GO, planWith } from '../../support/decided.ts';
import { factOf, for_, leaf, stageOf, tableOf, termsOf } from '../../support/pathways.ts';
import { actor, eventOf, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { dermatologist } from '../../support/staged.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const lead = actor('lead-1', 'clinical-lead');
const OVERRIDE = 'first/counts#1';

/** Platelets below 100 wait a week, and below 50 somebody decides. An override takes two. */
const COUNTS = tableOf(
  'counts',
  ['stop', 'wait', 'full'],
  [
    { when: { all: [leaf('platelets', 'lessThan', 50)] }, answer: 'stop' },
    {
      when: { all: [leaf('platelets', 'lessThan', 100), leaf('platelets', 'greaterThanInclusive', 50)] },
      answer: 'wait',
    },
    { when: { all: [leaf('platelets', 'greaterThanInclusive', 100)] }, answer: 'full' },
  ],
  { override: termsOf({ reasons: ['rising'], second: 'clinical-lead' }) },
);

const told = (platelets = 70, atMost = 2): RunningPlan => {
  const week = { do: 'wait' as const, for: for_(7, 'day'), atMost };
  const plan = planWith({
    facts: [factOf('platelets', { kind: 'number', unit: '10*9/L', from: 0, to: 1000 })],
    tables: [COUNTS],
    stages: [
      stageOf('first', {
        table: {
          table: 'counts',
          outcomes: { full: GO, wait: [week], stop: [{ do: 'decide', decision: 'problem' }] },
        },
      }),
    ],
    decisions: [decisionOf('problem', { outcomes: { later: [{ ...week, for: for_(3, 'day') }], go: GO } })],
  });
  plan.consent('first-consent', '2026-03-02');
  count(plan, platelets);
  plan.start('first');
  return plan;
};

const count = (plan: RunningPlan, value: number, day = '2026-03-02'): unknown =>
  plan.observe([{ fact: 'platelets', value, unit: '10*9/L' }], at(day), { id: `count-${value}-${day}` });
const grant = (plan: RunningPlan) => {
  const data = { rule: 'counts', stage: 'first', reason: 'rising', answer: 'full' };
  return plan.send(eventOf('grantOverride', data, { actor: dermatologist })).answer;
};
const sign = (plan: RunningPlan, override = OVERRIDE) =>
  plan.send(eventOf('countersignOverride', { override }, { actor: lead })).answer;
const revoke = (plan: RunningPlan) =>
  plan.send(
    eventOf('revokeOverride', { override: OVERRIDE, reason: 'Not rising.' }, { actor: dermatologist }),
  );

describe('a table that told a gate to wait, and is set aside', () => {
  it('the refusal promises it, of the wait as of the answer', () => {
    const byTwo = [{ kind: 'override', by: ['dermatologist'], second: 'clinical-lead' }];
    const { reasons } = refusalOf(told().last.answer);
    expect(reasons.map(({ clears }) => clears.some((one) => one[0]?.kind === 'override'))).toEqual([
      true,
      true,
    ]);
    expect(reasons[0]?.clears).toEqual([[{ kind: 'date', on: '2026-03-09' }], byTwo]);
  });

  it('keeps it waiting until both have signed, and no longer', () => {
    const plan = told();
    expect(grant(plan).outcome).toBe('accepted');
    expect(plan.state.delays.first?.until).toBe('2026-03-09');
    expect(plan.start('first').outcome).toBe('refused');
    expect(sign(plan).outcome).toBe('accepted');
    expect(plan.state.delays).toEqual({});
    expect(plan.start('first').outcome).toBe('accepted');
  });

  it('once that is revoked, it waits again when it is asked: for a week from that day', () => {
    const plan = told();
    grant(plan);
    sign(plan);
    revoke(plan);
    expect(plan.state.delays).toEqual({});
    plan.start('first', at('2026-03-03'));
    expect(plan.state.delays.first?.until).toBe('2026-03-10');
    expect(refusalOf(plan.last.answer).reasons).toHaveLength(2);
  });

  it('without an override, better counts alone shorten nothing', () => {
    const plan = told();
    count(plan, 200, '2026-03-03');
    const { reasons } = refusalOf(plan.start('first', at('2026-03-03')));
    expect(reasons).toMatchObject([{ clears: [[{ kind: 'date', on: '2026-03-09' }]] }]);
  });
});

describe('what people decided to wait for', () => {
  const decided = () => {
    const plan = told(20);
    const [question = ''] = Object.keys(plan.state.questions);
    decide(plan, question, 'later');
    expect(plan.state.delays.first?.until).toBe('2026-03-05');
    return plan;
  };

  it('stands, whoever sets the table aside', () => {
    const plan = decided();
    grant(plan);
    sign(plan);
    expect(plan.state.delays.first?.until).toBe('2026-03-05');
    const { reasons } = refusalOf(plan.start('first'));
    expect(reasons).toMatchObject([{ clears: [[{ kind: 'date', on: '2026-03-05' }]] }]);
  });
});
