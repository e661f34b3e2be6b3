import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { decide, decisionOf, exitTo, GO, openQuestions, openTasks, planWith } from '../../support/decided.ts';
import {
  atStage,
  contraindication,
  factOf,
  for_,
  intervalOf,
  leaf,
  stageOf,
  tableOf,
  termsOf,
} from '../../support/pathways.ts';
import { coordinator, eventOf, kinds, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { dermatologist } from '../../support/staged.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const wait = (days: number, atMost: number): Action[number] => ({
  do: 'wait',
  for: for_(days, 'day'),
  atMost,
});
const exit = exitTo('referral')[0] as Action[number];

/** Blood counts decide: below 1 the patient waits, below 0.5 somebody decides. */
const COUNTS = tableOf(
  'counts',
  ['stop', 'wait', 'full'],
  [
    { when: { all: [leaf('neutrophils', 'lessThan', 0.5)] }, answer: 'stop' },
    {
      when: { all: [leaf('neutrophils', 'lessThan', 1), leaf('neutrophils', 'greaterThanInclusive', 0.5)] },
      answer: 'wait',
    },
    { when: { all: [leaf('neutrophils', 'greaterThanInclusive', 1)] }, answer: 'full' },
  ],
  { override: termsOf({ reasons: ['counts-rising'] }) },
);

const atGate = (
  outcomes: Record<string, Action>,
  more: Partial<Parameters<typeof planWith>[0]> = {},
): RunningPlan => {
  const table = {
    table: 'counts',
    outcomes: { full: GO, wait: [wait(7, 1), exit], stop: exitTo('referral'), ...outcomes },
  };
  const plan = planWith({
    facts: [factOf('neutrophils', { kind: 'number', unit: '10*9/L', from: 0, to: 50 })],
    tables: [COUNTS],
    stages: [stageOf('first', { table, sessions: 2 }), stageOf('second')],
    decisions: [
      decisionOf('problem', {
        outcomes: {
          'try-again': [wait(7, 1), ...exitTo('further-evaluation')],
          'go-on': GO,
          'end-this-drug': [{ do: 'next stage' }],
          surgery: [{ do: 'to', stage: 'second' }],
          stop: [{ do: 'end' }],
        },
      }),
    ],
    ...more,
  });
  plan.consent('first-consent', '2026-03-02');
  return plan;
};

let told = 0;
const blood = (plan: RunningPlan, value: number, day: string): void => {
  told += 1;
  plan.observe([{ fact: 'neutrophils', value, unit: '10*9/L' }], at(day), { id: `blood-${told}` });
};
const taken = (plan: RunningPlan): number =>
  plan.journal.filter(({ kind }) => kind === 'action.taken').length;

describe('a table that tells a gate to wait', () => {
  const waiting = () => {
    const plan = atGate({});
    blood(plan, 0.7, '2026-03-02');
    plan.start('first');
    return plan;
  };

  it('does so when the gate is asked, not before', () => {
    const plan = atGate({});
    blood(plan, 0.7, '2026-03-02');
    expect(plan.state.delays).toEqual({});
    plan.start('first');
    expect(plan.state.delays).toEqual({
      first: { until: '2026-03-09', why: expect.stringContaining('wait'), isByTable: true },
    });
    expect(kinds(plan.last.journal)).toEqual(['request.refused', 'action.taken']);
  });

  it('the first refusal already names its day', () => {
    expect(refusalOf(waiting().last.answer).reasons).toMatchObject([
      { invariant: 'S4', clears: expect.arrayContaining([[{ kind: 'date', on: '2026-03-09' }]]) },
      { invariant: 'S4', table: { rule: 'counts', answer: 'wait' } },
    ]);
  });

  it.each([
    ['the day before', '2026-03-08', false],
    ['its day', '2026-03-09', true],
    ['the day after', '2026-03-10', true],
  ])('S4: keeps it closed, whatever the facts come to say: %s', (_name, day, isOpen) => {
    const plan = waiting();
    blood(plan, 2, day);
    const answer = plan.start('first', at(day));
    expect(answer.outcome).toBe(isOpen ? 'accepted' : 'refused');
    if (!isOpen)
      expect(refusalOf(answer).reasons).toMatchObject([
        { invariant: 'S4', clears: [[{ kind: 'date', on: '2026-03-09' }]] },
      ]);
  });

  it('asked again on the same evidence, changes nothing', () => {
    const plan = waiting();
    plan.start('first', at('2026-03-03'));
    plan.start('first', at('2026-03-10'));
    expect(taken(plan)).toBe(1);
    expect(plan.state.chart).toBe('first.ready');
  });

  it('with new evidence that says the same while it waits, waits on: it is not told twice', () => {
    const plan = waiting();
    blood(plan, 0.7, '2026-03-04');
    plan.start('first', at('2026-03-04'));
    expect(taken(plan)).toBe(1);
    expect(plan.state.delays.first?.until).toBe('2026-03-09');
  });

  it('with new evidence that says the same after it, passes on to what comes next', () => {
    const plan = waiting();
    blood(plan, 0.7, '2026-03-09');
    plan.start('first', at('2026-03-09'));
    expect(plan.state.chart).toBe('referral');
    expect(plan.last.answer.outcome).toBe('refused');
  });

  it('waits anew for each session', () => {
    const plan = waiting();
    blood(plan, 2, '2026-03-09');
    plan.start('first', at('2026-03-09'));
    plan.report('first', '2026-03-09', at('2026-03-09'));
    expect(plan.state.delays).toEqual({});
    plan.consent('first-consent', '2026-03-09');
    blood(plan, 0.7, '2026-03-16');
    plan.start('first', at('2026-03-16'));
    expect(plan.state.chart).toBe('first.ready');
    expect(plan.state.delays.first?.until).toBe('2026-03-23');
  });

  it('wakes the plan when its day has come', () => {
    const plan = waiting();
    let woken = '';
    while (woken < '2026-03-09') {
      woken = plan.state.wake.at ?? '9';
      plan.wake(woken);
    }
    expect(woken).toBe('2026-03-09T04:00:00.000Z');
  });

  it('that is set aside tells nobody to wait', () => {
    const plan = atGate({});
    blood(plan, 0.7, '2026-03-02');
    const data = { rule: 'counts', stage: 'first', reason: 'counts-rising', answer: 'full' };
    plan.send(eventOf('grantOverride', data, { actor: dermatologist }));
    expect(plan.start('first').outcome).toBe('accepted');
    expect(plan.state.delays).toEqual({});
  });
});

describe('a table that asks for a decision', () => {
  const asked = (value = 0.3) => {
    const plan = atGate({ stop: [{ do: 'decide', decision: 'problem' }] });
    blood(plan, value, '2026-03-02');
    plan.start('first');
    return plan;
  };
  const PROBLEM = 'decision/problem';

  it('asks it of the stage, once', () => {
    const plan = asked();
    expect(plan.state.questions[PROBLEM]).toMatchObject({
      about: 'table/counts/stop',
      stage: 'first',
      askedIn: 'first.ready',
    });
    blood(plan, 0.2, '2026-03-03');
    plan.start('first', at('2026-03-03'));
    expect(openQuestions(plan)).toEqual([PROBLEM]);
  });

  it('to go on only answers it: the gate stays closed until facts or an override open it', () => {
    const plan = asked();
    decide(plan, PROBLEM, 'go-on');
    expect(plan.state.chart).toBe('first.ready');
    expect(refusalOf(plan.start('first')).reasons).toMatchObject([
      { invariant: 'S4', table: { answer: 'stop' } },
    ]);
    expect(openQuestions(plan)).toEqual([]);
  });

  it.each([
    ['try-again', 'first.ready', { first: { until: '2026-03-09' } }],
    ['end-this-drug', 'second.ready', {}],
    ['surgery', 'second.ready', {}],
    ['stop', 'completed', {}],
  ])('%s leads to %s', (outcome, chart, delays) => {
    const plan = asked();
    decide(plan, PROBLEM, outcome);
    expect(plan.state.chart).toBe(chart);
    expect(plan.state.delays).toMatchObject(delays);
    expect(plan.state.questions[PROBLEM]?.answer?.outcome).toBe(outcome);
  });

  it('what may be tried once leads elsewhere the second time', () => {
    const plan = asked();
    decide(plan, PROBLEM, 'try-again');
    blood(plan, 0.3, '2026-03-09');
    plan.start('first', at('2026-03-09'));
    expect(openQuestions(plan)).toEqual([`${PROBLEM}#2`]);
    decide(plan, `${PROBLEM}#2`, 'try-again');
    expect(plan.state.chart).toBe('further-evaluation');
  });

  it('is no more once the facts let the plan on', () => {
    const plan = asked();
    blood(plan, 3, '2026-03-03');
    expect(openQuestions(plan)).toEqual([]);
    expect(plan.start('first', at('2026-03-03')).outcome).toBe('accepted');
  });

  it('is no more when it was performed all the same', () => {
    const plan = asked();
    plan.report('first', '2026-03-03', at('2026-03-03'));
    expect(plan.state.chart).toBe('first.ready');
    plan.report('first', '2026-03-04', at('2026-03-04'));
    expect(openQuestions(plan)).toEqual([]);
  });

  it('has its clock stopped while a hold keeps the stage from going on', () => {
    const rules = [
      contraindication('infection', { all: [leaf('infected', 'equal', true)] }, { ifUnknown: 'accept' }),
    ];
    const facts = [
      factOf('neutrophils', { kind: 'number', unit: '10*9/L', from: 0, to: 50 }),
      factOf('infected', { kind: 'yes or no' }),
    ];
    const plan = atGate({ stop: [{ do: 'decide', decision: 'problem' }] }, { rules, facts });
    blood(plan, 0.3, '2026-03-02');
    plan.start('first');
    plan.observe([{ fact: 'infected', value: true }], at('2026-03-03'));
    expect(plan.state.waits[`question/${PROBLEM}`]?.pausedAt).toBe(at('2026-03-03'));
    plan.observe([{ fact: 'infected', value: false }], at('2026-03-05'));
    expect(plan.state.waits[`question/${PROBLEM}`]).toMatchObject({ dueAt: '2026-03-12T04:00:00.000Z' });
  });
});

describe('a table that asks a role', () => {
  it('does so when the gate is asked, and nobody owes it once the answer is another', () => {
    const plan = atGate({ stop: [{ do: 'ask', role: 'nurse' }] });
    blood(plan, 0.3, '2026-03-02');
    plan.start('first');
    expect(openTasks(plan)).toEqual(['plan/gate-first/counts/stop']);
    blood(plan, 3, '2026-03-03');
    expect(openTasks(plan)).toEqual([]);
  });

  it('after it has waited as often as it may', () => {
    const plan = atGate({ wait: [wait(7, 1), { do: 'ask', role: 'nurse' }] });
    blood(plan, 0.7, '2026-03-02');
    plan.start('first');
    plan.start('first');
    expect(openTasks(plan)).toEqual([]);
    blood(plan, 0.7, '2026-03-09');
    plan.start('first', at('2026-03-09'));
    expect(openTasks(plan)).toEqual(['plan/gate-first/counts/wait']);
  });
});

it('a table that takes the plan off its course refuses the request all the same, and names the table', () => {
  const plan = atGate({});
  blood(plan, 0.3, '2026-03-02');
  const answer = refusalOf(plan.start('first'));
  expect(answer.reasons).toMatchObject([{ invariant: 'S4', table: { answer: 'stop' } }]);
  expect(plan.state.chart).toBe('referral');
  expect(plan.state.leave).toMatchObject({ from: 'first.ready', by: coordinator.id });
});

describe('a gate that is closed by its day alone', () => {
  const spacing = intervalOf('spacing', atStage('end of first'), 'second-procedure', {
    minimum: for_(21, 'day'),
  });
  const spaced = (stop: Action) =>
    atGate(
      {},
      {
        stages: [
          stageOf('first'),
          stageOf('second', { table: { table: 'counts', outcomes: { full: GO, wait: [exit], stop } } }),
        ],
        intervals: [spacing],
      },
    );

  it.each([
    ['the day before its minimum', '2026-03-23', 'second.ready'],
    ['on its minimum', '2026-03-24', 'referral'],
  ])('asked %s', (_when, day, chart) => {
    const plan = spaced(exitTo('referral'));
    plan.report('first', '2026-03-03', at('2026-03-03'));
    blood(plan, 0.3, day);
    plan.start('second', at(day));
    expect(plan.state.chart).toBe(chart);
  });

  it('asks no role what to do about its table', () => {
    const plan = spaced([{ do: 'ask', role: 'nurse' }]);
    plan.report('first', '2026-03-03', at('2026-03-03'));
    blood(plan, 0.3, '2026-03-23');
    plan.start('second', at('2026-03-23'));
    expect(openTasks(plan)).not.toContain('plan/gate-second/counts/stop');
    plan.start('second', at('2026-03-24'));
    expect(openTasks(plan)).toContain('plan/gate-second/counts/stop');
  });

  it('by a delay: another answer of its table leads to nothing before its day', () => {
    const plan = atGate({});
    blood(plan, 0.7, '2026-03-02');
    plan.start('first');
    blood(plan, 0.3, '2026-03-03');
    plan.start('first', at('2026-03-08'));
    expect(plan.state.chart).toBe('first.ready');
    plan.start('first', at('2026-03-09'));
    expect(plan.state.chart).toBe('referral');
  });
});
