import type { Reason } from '../../../src/core/plan/outcome.schema.ts';
import { for_, stageOf, taskOf } from '../../support/pathways.ts';
import { eventOf, kinds, type RunningPlan } from '../../support/plan.ts';
import {
  afterExpander,
  findingsOf,
  ONE_STAGE,
  on,
  planOf,
  reasonsOf,
  STAGES,
  spacing,
  tell,
} from '../../support/staged.ts';

describe('a report', () => {
  const graced = spacing({ grace: for_(4, 'day') });
  const exchange = (plan: RunningPlan, day: string, now = on('2026-07-01')) =>
    plan.report('exchange', day, now);
  const deviations = (plan: RunningPlan) =>
    plan.last.journal
      .filter(({ kind }) => kind === 'deviation.raised')
      .map(({ details }) =>
        (details as { reasons: Reason[] }).reasons.filter((one) => one.invariant === 'S3'),
      );

  it.each([
    ['before the grace', '2026-05-28', ['expander-to-implant']],
    ['on the first day of grace', '2026-05-29', []],
    ['on the last day of grace', '2026-06-01', []],
    ['on the first day that is allowed', '2026-06-02', []],
  ])('of a day %s', (_name, day, breached) => {
    const plan = afterExpander([graced], '2026-03-02');
    exchange(plan, day);
    expect(deviations(plan).flatMap((all) => all.map(({ interval }) => interval?.rule))).toEqual(breached);
    expect(plan.state.performed.at(-1)).toMatchObject({ counts: true, deviation: true });
    expect(plan.state.chart).toBe('completed');
  });

  it('behind an open gate is no deviation when it is in time, and one when it is not', () => {
    const early = afterExpander([spacing({}, 'end of surgery')], '2026-03-02');
    early.start('exchange', on('2026-06-02'));
    tell(early, [{ procedure: 'implant-elsewhere', performedOn: '2026-05-01' }], { now: on('2026-06-02') });
    exchange(early, '2026-06-03');
    expect(early.state.performed.at(-1)).toMatchObject({ deviation: true, counts: true });
    expect(early.last.journal.find(({ kind }) => kind === 'deviation.raised')?.says).toBe(
      'Implant was performed too early',
    );
    const timely = afterExpander([spacing({}, 'end of surgery')], '2026-03-02');
    timely.start('exchange', on('2026-06-02'));
    exchange(timely, '2026-06-03');
    expect(timely.state.performed.at(-1)).toMatchObject({ deviation: false, counts: true });
  });

  it('is judged by what was done before it: what came later accuses nobody', () => {
    const plan = planOf([spacing({}, 'end of surgery')], { stages: ONE_STAGE, from: '2026-03-02' });
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-06-20' }], {
      isComplete: true,
      now: on('2026-06-30'),
    });
    exchange(plan, '2026-06-10');
    const [reasons = []] = deviations(plan);
    expect(reasons.map(({ interval }) => interval?.result)).toEqual(['unknown']);
  });

  it('of another operation on the same day counts as done before: of one day nobody knows', () => {
    const plan = planOf([spacing({}, 'end of surgery')], { stages: ONE_STAGE, from: '2026-03-02' });
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-06-10' }], { now: on('2026-06-30') });
    exchange(plan, '2026-06-10');
    expect(
      deviations(plan)
        .flat()
        .map(({ interval }) => interval?.result),
    ).toEqual(['too early']);
  });

  it('told twice is one performance', () => {
    const again = spacing(
      { ifEarly: 'does not count', minimum: for_(1, 'month') },
      'end of implant-exchange',
    );
    const plan = planOf([again], { stages: ONE_STAGE, from: '2026-03-02' });
    tell(plan, [], { isComplete: true });
    exchange(plan, '2026-06-10');
    exchange(plan, '2026-06-10');
    expect(plan.state.performed.map(({ counts }) => counts)).toEqual([true]);
  });

  it.each([
    ['an end ahead', { performedOn: '2026-06-30', endedOn: '2026-07-02' }],
    ['an end before its beginning', { performedOn: '2026-06-30', endedOn: '2026-06-29' }],
  ])('with %s is not taken', (_name, days) => {
    const plan = afterExpander([], '2026-03-02');
    const sent = eventOf('procedure.performed', { stage: 'exchange', ...days });
    expect(plan.send(sent, on('2026-07-01')).answer).toMatchObject({ outcome: 'rejected', code: 'CC2014' });
  });
});

describe('a performance that came too early to count', () => {
  const strict = spacing({ ifEarly: 'does not count', grace: for_(4, 'day') }, 'end of surgery');
  const withCare = [
    STAGES[0] ?? stageOf('expander'),
    {
      ...(STAGES[1] ?? stageOf('exchange')),
      closure: [taskOf('dressing', { due: { to: for_(1, 'day'), after: 'procedure' } })],
      recovery: [taskOf('stitches', { due: { to: for_(10, 'day'), after: 'procedure' } })],
    },
  ];

  it.each([
    ['a day before the grace', '2026-05-28', false],
    ['the first day of grace', '2026-05-29', true],
  ])('is one of %s', (_name, day, counts) => {
    const plan = afterExpander([strict], '2026-03-02');
    plan.report('exchange', day, on('2026-05-30'));
    expect(plan.state.performed.at(-1)).toMatchObject({ counts, deviation: true });
    expect(plan.state.chart).toBe(counts ? 'completed' : 'exchange.ready');
  });

  it('is owed again, from its own day, and its aftercare is owed all the same', () => {
    const plan = afterExpander([strict], '2026-03-02', { stages: withCare });
    plan.report('exchange', '2026-05-01', on('2026-05-01'));
    expect(plan.state.chart).toBe('exchange.ready');
    expect(findingsOf(plan, on('2026-05-01'))).toMatchObject([
      { result: 'too early', anchor: '2026-05-01', earliest: '2026-08-01' },
    ]);
    const waits = Object.entries(plan.state.waits).map(([id, { dueAt }]) => `${id} ${dueAt.slice(0, 10)}`);
    expect(waits).toEqual(
      expect.arrayContaining([
        'start/exchange 2026-08-16',
        'task/exchange.closure/dressing 2026-05-03',
        'task/exchange.recovery/stitches 2026-05-12',
        expect.stringMatching(/^task\/plan\/deviation-/),
      ]),
    );
    expect(plan.last.journal.find(({ kind }) => kind === 'deviation.raised')?.says).toBe(
      'Implant was performed too early to count, and its gate had not been opened: it is owed again',
    );
    expect(kinds(plan.last.journal)).toContain('phase.entered');
  });

  it('is done again, and the plan goes on to its end', () => {
    const plan = afterExpander([strict], '2026-03-02', { stages: withCare });
    plan.report('exchange', '2026-05-01', on('2026-05-01'));
    plan.consent('exchange-consent', '2026-05-01');
    expect(reasonsOf(plan, 'exchange', on('2026-07-31'))).toHaveLength(1);
    expect(reasonsOf(plan, 'exchange', on('2026-08-01'))).toEqual([]);
    plan.report('exchange', '2026-08-01', on('2026-08-01'));
    expect(plan.state.performed.map(({ counts, deviation }) => [counts, deviation])).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ]);
    plan.finishPhase(on('2026-08-02'));
    plan.finishPhase(on('2026-08-10'));
    expect(plan.state.chart).toBe('completed');
  });

  it('behind an open gate leads back from there', () => {
    const plan = afterExpander([strict], '2026-03-02');
    plan.start('exchange', on('2026-06-02'));
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-05-20' }], { now: on('2026-06-02') });
    plan.report('exchange', '2026-06-03', on('2026-06-03'));
    expect(plan.state.chart).toBe('exchange.ready');
    expect(plan.state.waits['report/exchange']).toBeUndefined();
    expect(plan.last.journal.find(({ kind }) => kind === 'deviation.raised')?.says).toBe(
      'Implant was performed too early to count: it is owed again',
    );
  });

  it('of a plan that is over is kept, and opens nothing again', () => {
    const plan = afterExpander([strict], '2026-03-02');
    plan.cancel(on('2026-05-01'));
    plan.report('exchange', '2026-05-01', on('2026-05-02'));
    expect(plan.state.chart).toBe('cancelled');
    expect(plan.state.performed.at(-1)).toMatchObject({ counts: false });
  });
});
