import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { step } from '../../../src/core/plan/step.ts';
import {
  askedIn,
  charged,
  chargedPathway,
  FEE,
  ledgerOf,
  monthly,
  pass,
  usd,
} from '../../support/charged.ts';
import { askedFor, choiceOf } from '../../support/choices.ts';
import { comeBack, decide, exitTo, leave } from '../../support/decided.ts';
import { for_, stageOf, taskOf } from '../../support/pathways.ts';
import { coordinator, eventOf, startOf } from '../../support/plan.ts';

const noon = (day: string): string => `${day}T17:00:00.000Z`;

describe('a month is charged as its first day begins where the clinic is, in summer and winter time', () => {
  it.each([
    ['2026-03-02T15:00:00.000Z', '2026-04-01T03:59:59.999Z', '2026-04-01T04:00:00.000Z', '2026-04'],
    ['2026-10-15T15:00:00.000Z', '2026-11-01T03:59:59.999Z', '2026-11-01T04:00:00.000Z', '2026-11'],
    ['2026-11-15T15:00:00.000Z', '2026-12-01T04:59:59.999Z', '2026-12-01T05:00:00.000Z', '2026-12'],
    ['2026-12-31T15:00:00.000Z', '2027-01-01T04:59:59.999Z', '2027-01-01T05:00:00.000Z', '2027-01'],
  ])('a plan that begins %s', (startedAt, before, at, month) => {
    const plan = charged(monthly(), {}, startedAt);
    pass(plan, before);
    expect(ledgerOf(plan)).toEqual([]);
    pass(plan, at);
    expect(ledgerOf(plan)).toEqual([`${month} asked 199 USD`]);
    expect(plan.state.charges[month]).toMatchObject({ title: `Month ${month}`, dueAt: at });
    expect(plan.steps.flatMap(askedIn)).toEqual([`payment of ${month}, 199 USD`]);
  });

  it('in another zone, on another day', () => {
    const plan = charged(monthly(), { zone: 'Pacific/Auckland' });
    pass(plan, '2026-03-31T10:59:59.999Z');
    expect(ledgerOf(plan)).toEqual([]);
    pass(plan, '2026-03-31T11:00:00.000Z');
    expect(ledgerOf(plan)).toEqual(['2026-04 asked 199 USD']);
  });

  it.each([
    ['the last day of a month: the next day', '2026-03-31T15:00:00.000Z', '2026-04'],
    ['the first day of a month: a month later', '2026-04-01T15:00:00.000Z', '2026-05'],
  ])('a course that begins on %s', (_says, startedAt, month) => {
    const plan = charged(monthly(), {}, startedAt);
    pass(plan, noon(`${month}-01`));
    expect(ledgerOf(plan)).toEqual([`${month} asked 199 USD`]);
  });
});

describe('so many months are charged, each once', () => {
  it('and none after the last', () => {
    const plan = charged(monthly());
    pass(plan, noon('2027-03-01'));
    const months = ['2026-04', '2026-05', '2026-06'];
    expect(ledgerOf(plan)).toEqual(months.map((month) => `${month} asked 199 USD`));
    expect(plan.steps.flatMap(askedIn)).toEqual(months.map((month) => `payment of ${month}, 199 USD`));
    expect(new Set(plan.steps.flatMap(({ charges }) => charges.map(({ id }) => id))).size).toBe(3);
  });

  it('all that have come, when the plan could not look for months', () => {
    const plan = charged(monthly());
    plan.wake(noon('2026-05-20'));
    expect(ledgerOf(plan)).toEqual(['2026-04 asked 199 USD', '2026-05 asked 199 USD']);
    expect(plan.state.charges['2026-05']?.dueAt).toBe('2026-05-01T04:00:00.000Z');
  });

  it('and on, where an overrun is charged, until what follows the treatment', () => {
    const maintenance = [
      { maintenance: 'keep', title: 'Keep it', lasts: for_(1, 'year'), tasks: [taskOf('look')] },
    ];
    const course = [
      { kind: 'stage' as const, name: 'visit' },
      { kind: 'maintenance' as const, name: 'keep' },
    ];
    const stages = [stageOf('visit')];
    const plan = charged(monthly({ overrun: 'charged' }), { stages, course, maintenance });
    pass(plan, noon('2026-08-01'));
    expect(ledgerOf(plan)).toHaveLength(5);
    plan.report('visit', '2026-08-10', noon('2026-08-10'));
    expect(plan.state.chart).toBe('keep.maintenance');
    pass(plan, noon('2026-11-01'));
    expect(ledgerOf(plan)).toHaveLength(5);
  });

  it('also in what follows the treatment, while months are left', () => {
    const maintenance = [
      { maintenance: 'keep', title: 'Keep it', lasts: for_(1, 'year'), tasks: [taskOf('look')] },
    ];
    const course = [
      { kind: 'stage' as const, name: 'visit' },
      { kind: 'maintenance' as const, name: 'keep' },
    ];
    const plan = charged(monthly(), { stages: [stageOf('visit')], course, maintenance });
    plan.report('visit', '2026-03-10', noon('2026-03-10'));
    pass(plan, noon('2026-12-01'));
    expect(ledgerOf(plan)).toHaveLength(3);
  });
});

describe('before the course begins nothing is charged', () => {
  const waiting = () => charged(monthly(), { consultation: [taskOf('history')] });

  it('however long the consultation takes', () => {
    const plan = waiting();
    pass(plan, noon('2026-06-02'));
    expect(ledgerOf(plan)).toEqual([]);
    plan.complete('consultation/history', noon('2026-06-03'));
    pass(plan, noon('2026-07-01'));
    expect(ledgerOf(plan)).toEqual(['2026-07 asked 199 USD']);
  });

  it.each([
    ['first of next month', []],
    ['start of course', ['2026-06 asked 199 USD']],
  ] as const)('then it is charged on the %s, and each month once', (firstOn, onThatDay) => {
    const plan = charged(monthly({ firstOn }), { consultation: [taskOf('history')] });
    plan.complete('consultation/history', noon('2026-06-03'));
    expect(ledgerOf(plan)).toEqual(onThatDay);
    pass(plan, noon('2027-06-03'));
    expect(ledgerOf(plan)).toHaveLength(3);
    expect(ledgerOf(plan).slice(0, -1).at(-1)).toContain(onThatDay.length > 0 ? '2026-07' : '2026-08');
  });
});

describe('while a plan is off its course', () => {
  const back = noon('2026-05-20');

  it.each([
    ['postponed, where that pauses the programme', 'postponement', 'paused', '2026-04 paused'],
    ['postponed, where it does not', 'postponement', 'charged', '2026-04 asked 199 USD'],
    ['on conservative treatment', 'conservative', 'paused', '2026-04 paused'],
    [
      'on conservative treatment, whatever is said of postponement',
      'conservative',
      'charged',
      '2026-04 paused',
    ],
  ] as const)('%s', (_says, exit, whilePostponed, expected) => {
    const plan = charged(monthly({ whilePostponed }));
    leave(plan, exit, noon('2026-03-20'));
    pass(plan, noon('2026-04-02'));
    expect(ledgerOf(plan)).toEqual([expected]);
  });

  it('what was left out is made up for at the end', () => {
    const plan = charged(monthly());
    leave(plan, 'postponement', noon('2026-03-20'));
    pass(plan, back);
    comeBack(plan, back);
    pass(plan, noon('2027-01-01'));
    expect(ledgerOf(plan)).toEqual([
      ...['2026-04 paused', '2026-05 paused'],
      ...['2026-06', '2026-07', '2026-08'].map((month) => `${month} asked 199 USD`),
    ]);
  });

  it.each([
    ['left on the day before', '2026-03-31', '2026-04 paused'],
    ['left on the first itself, after it had been charged', '2026-04-01', '2026-04 asked 199 USD'],
  ])('a month is judged as the plan stood on its first: %s', (_says, on, expected) => {
    const plan = charged(monthly());
    leave(plan, 'postponement', noon(on));
    pass(plan, noon('2026-04-02'));
    expect(ledgerOf(plan)).toEqual([expected]);
  });

  it('though the plan looks only as it comes back', () => {
    const plan = charged(monthly());
    leave(plan, 'postponement', noon('2026-03-31'));
    comeBack(plan, noon('2026-04-01'));
    expect(ledgerOf(plan)).toEqual(['2026-04 paused']);
  });
});

describe('nothing is charged', () => {
  it('once the plan is cancelled', () => {
    const plan = charged(monthly());
    plan.cancel(noon('2026-03-20'));
    plan.withdraw('visit-consent', noon('2026-06-01'));
    expect(ledgerOf(plan)).toEqual([]);
    expect(plan.state.wake.at).toBeNull();
  });

  it('once the course is over', () => {
    const plan = charged(monthly(), { stages: [stageOf('visit')] });
    plan.report('visit', '2026-03-10', noon('2026-03-10'));
    pass(plan, noon('2026-08-01'));
    expect(ledgerOf(plan)).toEqual([]);
  });

  it('of a plan that is prescribed only, but what it would cost is written down', () => {
    const compiled = chargedPathway(monthly());
    const start = startOf(compiled);
    if (start.type !== 'startPlan') throw new Error('no start');
    const event = { ...start, data: { ...start.data, intent: 'plan' as const } };
    const taken = step(loadPathway(compiled), undefined, event, noon('2026-03-02'));
    expect(taken.state.charges).toEqual({});
    expect(taken.state.wake.at).toBeNull();
    expect(taken.journal.map(({ says }) => says)).toContain('Charged monthly: 199 USD, 3 months');
  });
});

describe('a fee that depends on a choice', () => {
  const TIER = choiceOf('tier', ['mild', 'severe']);
  const plan = () =>
    charged(monthly({ amount: { figure: 'fee' } }), {
      figures: [FEE],
      choices: [TIER],
      decisions: [askedFor(TIER, { outcomes: { mild: [{ do: 'go' }], severe: exitTo('referral') } })],
      decidedIn: { consultation: [], assessment: ['tier'] },
    });

  it('is the one of what was chosen', () => {
    const chosen = plan();
    const [question = ''] = Object.keys(chosen.state.questions);
    decide(chosen, question, 'mild', { now: noon('2026-03-03') });
    pass(chosen, noon('2026-04-01'));
    expect(ledgerOf(chosen)).toEqual(['2026-04 asked 199 USD']);
  });

  it('is asked for once the choice is made, where the course began without it', () => {
    const hurried = plan();
    hurried.report('visit', '2026-03-03', noon('2026-03-03'));
    pass(hurried, noon('2026-04-02'));
    expect(ledgerOf(hurried)).toEqual(['2026-04 awaited']);
    expect(hurried.steps.flatMap(askedIn)).toEqual([]);
    const [question = ''] = Object.keys(hurried.state.questions);
    decide(hurried, question, 'mild', { now: noon('2026-04-03') });
    expect(ledgerOf(hurried)).toEqual(['2026-04 asked 199 USD']);
    expect(askedIn(hurried.last)).toEqual(['payment of 2026-04, 199 USD']);
  });
});

describe('how it is paid', () => {
  const details = 'plan/payment-details';

  it('is asked of the coordinator where it was not told as the plan began, and stops nothing', () => {
    const plan = charged(monthly());
    expect(plan.state.tasks[details]).toMatchObject({ status: 'requested', role: 'coordinator' });
    expect(plan.state.chart).toBe('visit.ready');
    plan.send(
      eventOf('payment.arranged', { reference: 'token-1' }, { actor: coordinator }),
      noon('2026-03-03'),
    );
    expect(plan.state.tasks[details]?.status).toBe('cancelled');
    pass(plan, noon('2026-04-01'));
    expect(plan.steps.flatMap(({ charges }) => charges)).toMatchObject([{ reference: 'token-1' }]);
  });

  it('is not asked of a pathway that charges nothing', () => {
    const plan = charged({ kind: 'pay as you go', whilePostponed: 'charged' });
    expect(plan.state.tasks[details]?.status).toBe('requested');
    const { charges: _none, ...free } = chargedPathway(monthly());
    const taken = step(loadPathway(free), undefined, startOf(free), noon('2026-03-02'));
    expect(taken.state.tasks[details]).toBeUndefined();
  });

  it('may be told with the start', () => {
    const compiled = chargedPathway(monthly());
    const start = startOf(compiled);
    if (start.type !== 'startPlan') throw new Error('no start');
    const event = { ...start, data: { ...start.data, payment: { reference: 'token-1' } } };
    const { state } = step(loadPathway(compiled), undefined, event, noon('2026-03-02'));
    expect(state.payment).toEqual({ reference: 'token-1', by: 'nurse-1', at: noon('2026-03-02') });
    expect(state.tasks[details]).toBeUndefined();
  });
});

it('a fee of nothing is complimentary, and nobody is asked for it', () => {
  const free = { ...FEE, is: { value: { kind: 'amount' as const, ...usd(0) } } };
  const plan = charged(monthly({ amount: { figure: 'fee' } }), { figures: [free] });
  pass(plan, noon('2026-04-01'));
  expect(ledgerOf(plan)).toEqual(['2026-04 complimentary']);
  expect(plan.steps.flatMap(askedIn)).toEqual([]);
});
