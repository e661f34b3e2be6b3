import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import { atFact, for_, intervalOf, leaf } from '../../support/pathways.ts';
import { eventOf, type RunningPlan } from '../../support/plan.ts';
import {
  afterExpander,
  answersOf,
  findingsOf,
  on,
  planOf,
  reasonsOf,
  spacing,
  tell,
  windowAt,
} from '../../support/staged.ts';

describe('S3: a minimum', () => {
  it.each([
    ['the day before', '2026-06-01', true],
    ['the last instant of the day before', '2026-06-02T03:59:59.999Z', true],
    ['the first instant of the day itself', '2026-06-02T04:00:00.000Z', false],
    ['the day itself', '2026-06-02', false],
    ['the day after', '2026-06-03', false],
  ])('of three months from 2 March, on %s', (_name, when, isRefused) => {
    const plan = afterExpander([spacing()], '2026-03-02');
    const now = when.includes('T') ? when : on(when);
    expect(reasonsOf(plan, 'exchange', now).length > 0).toBe(isRefused);
    expect(plan.state.chart).toBe(isRefused ? 'exchange.ready' : 'exchange.procedure');
  });

  it('that is breached says which, from which day, and from when on it may be', () => {
    const plan = afterExpander([spacing()], '2026-03-02');
    const [reason, ...others] = reasonsOf(plan, 'exchange', on('2026-05-01'));
    expect(others).toEqual([]);
    expect(reason).toMatchObject({
      invariant: 'S3',
      says: 'Title of expander-to-implant: counted from end of expander-placement on 2026-03-02, it may be from 2026-06-02 on.',
      clears: [[{ kind: 'date', on: '2026-06-02' }]],
      interval: { result: 'too early', anchor: '2026-03-02', earliest: '2026-06-02', evidence: [] },
    });
  });

  it.each([
    ['2026-11-30', '2027-02-28', '2027-03-01'],
    ['2027-11-30', '2028-02-29', '2028-03-01'],
    ['2026-12-31', '2027-03-30', '2027-03-31'],
  ])('from %s is not over on %s and is on %s: months roll forward', (from, before, after) => {
    expect(reasonsOf(afterExpander([spacing()], from), 'exchange', on(before))).toHaveLength(1);
    expect(reasonsOf(afterExpander([spacing()], from), 'exchange', on(after))).toEqual([]);
  });

  it.each([
    ['America/New_York', '2026-03-15T03:59:59.999Z', '2026-03-15T04:00:00.000Z'],
    ['Europe/Berlin', '2026-03-14T22:59:59.999Z', '2026-03-14T23:00:00.000Z'],
    ['Pacific/Auckland', '2026-03-14T10:59:59.999Z', '2026-03-14T11:00:00.000Z'],
  ])('is counted in days of the clinic, over a clock change too: %s', (zone, before, after) => {
    const week = spacing({ minimum: for_(2, 'week') });
    const make = () => afterExpander([week], '2026-03-01', { zone, from: '2026-02-01' });
    expect(reasonsOf(make(), 'exchange', before)).toHaveLength(1);
    expect(reasonsOf(make(), 'exchange', after)).toEqual([]);
  });

  it('cannot be shortened by grace, nor by anybody: a request is never excused', () => {
    const plan = afterExpander([spacing({ grace: for_(4, 'day') })], '2026-03-02');
    expect(reasonsOf(plan, 'exchange', on('2026-06-01'))).toHaveLength(1);
  });

  it.each([
    [true, '2026-03-02', 'open'],
    [true, '2026-03-03', 'too early'],
    [false, '2026-03-02', 'too early'],
  ])('where both on one day are fine is %s: on %s it is %s', (sameDay, day, result) => {
    const plan = afterExpander([spacing({ sameDay })], '2026-03-02');
    expect(answersOf(plan, on(day))).toEqual([result]);
  });

  it('counts from the first or the last day of what took several', () => {
    for (const [edge, earliest] of [
      ['start of expander-placement', '2026-06-02'],
      ['end of expander-placement', '2026-06-05'],
    ] as const) {
      const plan = planOf([spacing({}, edge)], { from: '2026-03-01' });
      const data = { stage: 'expander', performedOn: '2026-03-02', endedOn: '2026-03-05' };
      plan.send(eventOf('procedure.performed', data), on('2026-03-06'));
      expect(plan.state.performed[0]).toMatchObject({ endedOn: '2026-03-05' });
      expect(findingsOf(plan, on('2026-03-06'))[0]?.earliest).toBe(earliest);
    }
  });

  it('bears on a stage by its procedure, by a trait, or by the stage itself, and on no other', () => {
    const to = (target: Interval['to']) => spacing({ to: target });
    const bears = (one: Interval, stage: string) => findingsOf(planOf([one]), on('2026-04-01'), stage).length;
    expect(bears(to({ kind: 'procedure', of: 'surgery' }), 'exchange')).toBe(1);
    expect(bears(to({ kind: 'procedure', of: 'surgery' }), 'expander')).toBe(1);
    expect(bears(to({ kind: 'stage', stage: 'exchange' }), 'exchange')).toBe(1);
    expect(bears(to({ kind: 'stage', stage: 'exchange' }), 'expander')).toBe(0);
    expect(bears(to({ kind: 'procedure', of: 'flap' }), 'exchange')).toBe(0);
  });

  it('of a pathway without intervals asks nothing', () => {
    const plan = afterExpander([], '2026-03-02');
    expect(findingsOf(plan, on('2026-03-02'))).toEqual([]);
    expect(windowAt(plan, on('2026-03-02'))).toEqual({
      binding: { earliest: [], recommended: [], latest: [] },
      unknown: [],
      findings: [],
    });
    expect(reasonsOf(plan, 'exchange', on('2026-03-02'))).toEqual([]);
  });
});

describe('several intervals', () => {
  const short = spacing({ rule: 'short', title: 'Short', minimum: for_(1, 'month') });
  const long = spacing({ rule: 'long', title: 'Long', minimum: for_(4, 'month'), latest: for_(9, 'month') });

  it('all bind, and each clears on the day on which the last of them does', () => {
    const plan = afterExpander([short, long], '2026-03-02');
    const reasons = reasonsOf(plan, 'exchange', on('2026-03-20'));
    expect(reasons.map(({ says, clears }) => [says.split(':')[0], clears])).toEqual([
      ['Short', [[{ kind: 'date', on: '2026-07-02' }]]],
      ['Long', [[{ kind: 'date', on: '2026-07-02' }]]],
    ]);
    expect(windowAt(plan, on('2026-03-20'))).toMatchObject({
      earliest: '2026-07-02',
      latest: '2026-12-02',
      binding: { earliest: ['long'], latest: ['long'] },
      unknown: [],
    });
  });

  it('of which one is unknown say so, and count the others', () => {
    const unknown = intervalOf('other', atFact('radiotherapyEnded'), 'implant-exchange', {});
    const plan = afterExpander([short, unknown], '2026-03-02');
    expect(windowAt(plan, on('2026-03-20'))).toMatchObject({ earliest: '2026-04-02', unknown: ['other'] });
  });
});

describe('an interval with a condition', () => {
  const onlyWhen = { all: [leaf('smoker', 'equal', true)] };

  it.each([
    ['is met', true, 'too early'],
    ['is not known', undefined, 'too early'],
    ['is known not to be met', false, 'open'],
  ])('that %s', (_name, value, result) => {
    const plan = afterExpander([spacing({ onlyWhen })], '2026-03-02');
    if (value !== undefined) plan.observe([{ fact: 'smoker', value }]);
    expect(answersOf(plan, on('2026-03-20'))).toEqual([result]);
    expect(findingsOf(plan, on('2026-03-20'))[0]?.evidence).toMatchObject([{ fact: 'smoker' }]);
  });

  it('that does not apply sets no day', () => {
    const plan = afterExpander([spacing({ onlyWhen })], '2026-03-02');
    plan.observe([{ fact: 'smoker', value: false }]);
    expect(windowAt(plan, on('2026-03-20'))).not.toHaveProperty('earliest');
  });
});

describe('the start of a stage', () => {
  const due = (plan: RunningPlan) => plan.state.waits['start/exchange'];
  const best = spacing({ recommended: { from: for_(4, 'month'), to: for_(6, 'month') } });

  it('is due so long after the plan came there, as ever, where nothing says when', () => {
    expect(due(afterExpander([], '2026-03-02'))?.dueAt).toBe('2026-03-17T04:00:00.000Z');
  });

  it('is due by the end of what is recommended, and overdue the day after', () => {
    expect(due(afterExpander([best], '2026-03-02'))).toMatchObject({
      dueAt: '2026-09-03T04:00:00.000Z',
      owner: 'coordinator',
      generation: 1,
    });
  });

  it('is due so long after the first day on which it may be, where that lies ahead', () => {
    expect(due(afterExpander([spacing()], '2026-03-02'))?.dueAt).toBe('2026-06-17T04:00:00.000Z');
  });

  it('is due by the latest day at the latest', () => {
    const tight = spacing({ latest: for_(13, 'week'), ifLate: { ask: 'dermatologist' } });
    expect(due(afterExpander([tight], '2026-03-02'))?.dueAt).toBe('2026-06-02T04:00:00.000Z');
  });

  it('is counted anew when the history turns out otherwise, and not by time alone', () => {
    const plan = afterExpander([spacing({}, 'end of surgery')], '2026-03-02');
    plan.wake(on('2026-04-02'));
    plan.wake(on('2026-06-05'));
    expect(due(plan)).toMatchObject({ dueAt: '2026-06-17T04:00:00.000Z' });
    const { generation = 0 } = due(plan) ?? {};
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-04-20' }], { now: on('2026-06-06') });
    expect(due(plan)).toMatchObject({ dueAt: '2026-08-04T04:00:00.000Z', generation: generation + 1 });
    plan.wake(on('2026-06-07'));
    expect(due(plan)?.generation).toBe(generation + 1);
  });

  it('leaves what is told of another procedure alone', () => {
    const plan = afterExpander([spacing()], '2026-03-02');
    const before = due(plan);
    tell(plan, [{ procedure: 'radiotherapy', performedOn: '2026-03-01' }]);
    expect(due(plan)).toEqual(before);
  });
});

describe('a plan wakes', () => {
  const wakes = (plan: RunningPlan): string[] => {
    const found: string[] = [];
    for (let round = 0; round < 40 && plan.state.wake.at !== null; round += 1) {
      found.push(plan.state.wake.at);
      plan.wake(plan.state.wake.at);
    }
    return found;
  };

  it('at the beginning of the earliest day, and of the day after the latest', () => {
    const one = spacing({ latest: for_(6, 'month'), ifLate: { ask: 'dermatologist' } });
    const found = wakes(afterExpander([one], '2026-03-02'));
    expect(found).toContain('2026-06-02T04:00:00.000Z');
    expect(found).toContain('2026-09-03T04:00:00.000Z');
  });

  it('at midnight of a day on which both are fine', () => {
    expect(afterExpander([spacing({ sameDay: true })], '2026-03-02').state.wake.at).toBe(
      '2026-03-03T05:00:00.000Z',
    );
  });
});
