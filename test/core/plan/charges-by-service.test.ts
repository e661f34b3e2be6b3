import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import { askedIn, BY_SERVICE, charged, FEE, ledgerOf, usd } from '../../support/charged.ts';
import { leave } from '../../support/decided.ts';
import { atStage, for_, intervalOf, stageOf } from '../../support/pathways.ts';
import { coordinator, eventOf, lead, type RunningPlan } from '../../support/plan.ts';

const noon = (day: string): string => `${day}T17:00:00.000Z`;
const give = (plan: RunningPlan, stage: string, on: string, told = on) =>
  plan.send(
    eventOf('procedure.performed', { stage, performedOn: on }, { id: `report-${plan.steps.length}` }),
    noon(told),
  );
const takeBack = (plan: RunningPlan, stage: string, performedOn: string, now: string) =>
  plan.send(
    eventOf(
      'report.withdrawn',
      { stage, performedOn, reason: 'of another patient' },
      { id: `withdrawn-${plan.steps.length}` },
    ),
    noon(now),
  );

describe('a service is charged when it is reported, at its own price', () => {
  it('each session of it, once', () => {
    const plan = charged(BY_SERVICE);
    expect(askedIn(give(plan, 'visit', '2026-03-10'))).toEqual(['payment of visit/2026-03-10, 180 USD']);
    expect(askedIn(give(plan, 'visit', '2026-03-10'))).toEqual([]);
    expect(askedIn(give(plan, 'visit', '2026-03-20'))).toEqual(['payment of visit/2026-03-20, 180 USD']);
    expect(ledgerOf(plan)).toEqual(['visit/2026-03-10 asked 180 USD', 'visit/2026-03-20 asked 180 USD']);
  });

  it('whatever its gate had said: it was given', () => {
    const plan = charged(BY_SERVICE);
    give(plan, 'visit', '2026-03-10');
    expect(plan.state.performed).toMatchObject([{ deviation: true }]);
    expect(plan.state.charges['visit/2026-03-10']).toMatchObject({ title: 'Stage visit', status: 'asked' });
  });

  it.each<[string, StageDefinition[], string[]]>([
    ['complimentary', [stageOf('visit', { price: 'complimentary' })], ['visit/2026-03-10 complimentary']],
    ['without a price: it is not charged here', [stageOf('visit')], []],
    [
      'at the price that a figure says',
      [stageOf('visit', { price: { figure: 'fee' } })],
      ['visit/2026-03-10 asked 25 USD'],
    ],
  ])('%s', (_says, stages, expected) => {
    const fee = { ...FEE, is: { value: { kind: 'amount' as const, ...usd(25) } } };
    const plan = charged(BY_SERVICE, { stages, figures: [fee] });
    give(plan, 'visit', '2026-03-10');
    expect(ledgerOf(plan)).toEqual(expected);
    expect(plan.last.charges).toHaveLength(expected.some((one) => one.includes('asked')) ? 1 : 0);
  });

  it('of sessions that differ each at its own price, or else at that of its stage', () => {
    const session = (name: string, more: object = {}) => ({
      ...{ kind: 'session' as const, session: name, title: `Session ${name}` },
      ...{ procedures: [`${name}-procedure`], traits: [], ...more },
    });
    const list = [
      session('first'),
      session('second', { price: usd(650) }),
      session('third', { price: 'complimentary' }),
    ];
    const plan = charged(BY_SERVICE, { stages: [stageOf('visit', { price: usd(180), list })] });
    for (const day of ['2026-03-10', '2026-03-11', '2026-03-12']) give(plan, 'visit', day);
    expect(ledgerOf(plan)).toEqual([
      'visit/first/2026-03-10 asked 180 USD',
      'visit/second/2026-03-11 asked 650 USD',
      'visit/third/2026-03-12 complimentary',
    ]);
    expect(plan.state.charges['visit/second/2026-03-11']?.title).toBe('Stage visit: Session second');
  });

  it('one that came too early to count is owed again, and charged when it counts', () => {
    const intervals = [
      intervalOf('spacing', atStage('end of visit'), 'visit-procedure', {
        minimum: for_(14, 'day'),
        ifEarly: 'does not count',
      }),
    ];
    const plan = charged(BY_SERVICE, { intervals });
    give(plan, 'visit', '2026-03-10');
    expect(askedIn(give(plan, 'visit', '2026-03-12'))).toEqual([]);
    expect(askedIn(give(plan, 'visit', '2026-03-28'))).toEqual(['payment of visit/2026-03-28, 180 USD']);
  });

  it('one that is told late is charged for its own day', () => {
    const plan = charged(BY_SERVICE);
    give(plan, 'visit', '2026-03-10', '2026-04-20');
    expect(plan.state.charges['visit/2026-03-10']).toMatchObject({ dueAt: noon('2026-04-20') });
  });
});

describe('a report that is withdrawn is credited', () => {
  const given = () => {
    const plan = charged(BY_SERVICE);
    give(plan, 'visit', '2026-03-10');
    return plan;
  };

  it('once, by a note of its own', () => {
    const plan = given();
    const [payment] = plan.last.charges;
    takeBack(plan, 'visit', '2026-03-10', '2026-03-11');
    expect(ledgerOf(plan)).toEqual(['visit/2026-03-10 credited 180 USD']);
    expect(askedIn(plan.last)).toEqual(['credit of visit/2026-03-10, 180 USD']);
    expect(plan.last.charges[0]?.id).not.toBe(payment?.id);
    takeBack(plan, 'visit', '2026-03-10', '2026-03-12');
    expect(plan.last.charges).toEqual([]);
  });

  it('and charged anew, under another name, if it was given on that day after all', () => {
    const plan = given();
    takeBack(plan, 'visit', '2026-03-10', '2026-03-11');
    give(plan, 'visit', '2026-03-10', '2026-03-12');
    expect(ledgerOf(plan)).toEqual(['visit/2026-03-10 credited 180 USD', 'visit/2026-03-10/2 asked 180 USD']);
    takeBack(plan, 'visit', '2026-03-10', '2026-03-13');
    expect(askedIn(plan.last)).toEqual(['credit of visit/2026-03-10/2, 180 USD']);
  });

  it('though it was paid, and though the plan is over', () => {
    const plan = given();
    const paid = eventOf('payment.settled', { charge: 'visit/2026-03-10' }, { actor: coordinator });
    plan.send(paid, noon('2026-03-11'));
    plan.cancel(noon('2026-03-12'));
    takeBack(plan, 'visit', '2026-03-10', '2026-03-13');
    expect(askedIn(plan.last)).toEqual(['credit of visit/2026-03-10, 180 USD']);
  });

  it('and what was complimentary is struck out', () => {
    const plan = charged(BY_SERVICE, { stages: [stageOf('visit', { price: 'complimentary' })] });
    give(plan, 'visit', '2026-03-10');
    takeBack(plan, 'visit', '2026-03-10', '2026-03-11');
    expect(ledgerOf(plan)).toEqual(['visit/2026-03-10 void']);
    expect(plan.last.charges).toEqual([]);
  });
});

describe('the end of a plan', () => {
  it.each([
    ['given before it, and told after', '2026-03-10', ['visit/2026-03-10 asked 180 USD']],
    ['given on its day', '2026-03-12', ['visit/2026-03-12 asked 180 USD']],
    ['given after it', '2026-03-13', []],
  ])('a service that was %s', (_says, on, expected) => {
    const plan = charged(BY_SERVICE);
    plan.cancel(noon('2026-03-12'));
    give(plan, 'visit', on, '2026-03-14');
    expect(ledgerOf(plan)).toEqual(expected);
  });
});

describe('a service that is given while the plan is postponed', () => {
  it.each([
    ['paused', 'visit/2026-03-10 paused'],
    ['charged', 'visit/2026-03-10 asked 180 USD'],
  ] as const)('is %s', (whilePostponed, expected) => {
    const plan = charged({ ...BY_SERVICE, whilePostponed });
    leave(plan, 'postponement', noon('2026-03-09'));
    give(plan, 'visit', '2026-03-10');
    expect(ledgerOf(plan)).toEqual([expected]);
  });

  it('is charged where it was given before, and only told then', () => {
    const plan = charged(BY_SERVICE);
    leave(plan, 'postponement', noon('2026-03-09'));
    give(plan, 'visit', '2026-03-08', '2026-03-10');
    expect(ledgerOf(plan)).toEqual(['visit/2026-03-08 asked 180 USD']);
  });
});

it('a version that begins to charge charges nothing of what was given before', () => {
  const plan = charged(BY_SERVICE, { stages: [stageOf('visit', { sessions: 6 })] });
  give(plan, 'visit', '2026-03-10');
  const { compiled } = charged(BY_SERVICE).pathway;
  const priced = compiled.stages.filter(({ stage }) => stage === 'visit');
  const next = { ...plan.pathway.compiled, version: '1.1.0', stages: priced };
  expect(plan.adopt(next, noon('2026-03-11'), { actor: lead }).answer.outcome).toBe('accepted');
  expect(ledgerOf(plan)).toEqual([]);
  give(plan, 'visit', '2026-03-12');
  expect(ledgerOf(plan)).toEqual(['visit/2026-03-12 asked 180 USD']);
});
