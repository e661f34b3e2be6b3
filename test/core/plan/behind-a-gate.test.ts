import { Desk, openTasks } from '../../support/appointments.ts';
import {
  atStage,
  consentTo,
  contraindication,
  factOf,
  for_,
  intervalOf,
  leaf,
  pathwayWith,
  stageOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import { eventOf, kinds, RunningPlan, refusalOf } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const course = (form: string) => ({
  ...{ form: `${form}-consent`, by: 'patient', covers: 'course' as const, lasts: for_(5, 'year') },
});
const once = (by: number) => ({ due: { to: for_(by, 'day'), after: 'procedure' as const } });
const visit = taskOf('visit', once(7));

const planned = (stages: ReturnType<typeof stageOf>[], more: Variation = {}) => {
  const pathway = pathwayWith({ rules: [], facts: [], consultation: [], stages, ...more });
  const plan = new RunningPlan(pathway, on('2026-03-02'));
  for (const stage of stages) plan.consent(consentTo(stage).form, '2026-03-02');
  return { plan, desk: new Desk(plan) };
};
const series = (more: Parameters<typeof stageOf>[1] = {}, rest: Variation = {}) =>
  planned(
    [
      stageOf('peel', { consent: course('peel'), sessions: 3, ...more }),
      stageOf('last', { consent: course('last') }),
    ],
    rest,
  );
const two = (more: Variation = {}) =>
  planned(
    ['first', 'second'].map((name) => stageOf(name, { consent: course(name), recovery: [visit] })),
    more,
  );
const give = (desk: Desk, stage: string, day: string): void => {
  const answer = desk.start(stage, on(day));
  if (answer.outcome !== 'accepted') throw new Error(JSON.stringify(answer));
  desk.plan.report(stage, day, on(day));
};
const deviations = (plan: RunningPlan): unknown[] =>
  plan.last.journal.flatMap(({ kind, details }) => (kind === 'deviation.raised' ? [details.code] : []));

describe('two operations of one day', () => {
  it.each([
    ['in their order', ['first', 'second']],
    ['in reverse', ['second', 'first']],
  ])('told %s, the second is followed by its care to the end', (_how, order) => {
    const { plan } = planned([
      stageOf('first', { consent: course('first'), recovery: [visit] }),
      stageOf('second', {
        consent: course('second'),
        closure: [taskOf('dressing', { when: once(1) })],
        recovery: [visit],
      }),
    ]);
    for (const stage of order) plan.report(stage, '2026-03-02');
    if (order[1] === 'first') plan.complete('first.recovery/visit');
    plan.complete('second.closure/dressing');
    expect(plan.state.chart).toBe('second.recovery');
    expect(openTasks(plan)).toContain('second.recovery/visit');
    plan.complete('second.recovery/visit');
    expect(plan.state.chart).toBe('completed');
  });

  it('told in reverse, what was done of the care of the second is not asked for again', () => {
    const { plan } = planned([
      stageOf('first', { consent: course('first'), recovery: [visit] }),
      stageOf('second', {
        consent: course('second'),
        closure: [taskOf('dressing', { when: once(1) })],
        recovery: [visit],
      }),
    ]);
    plan.report('second', '2026-03-02');
    plan.report('first', '2026-03-02');
    plan.complete('second.closure/dressing');
    plan.complete('first.recovery/visit');
    expect(plan.state.chart).toBe('second.recovery');
    expect(openTasks(plan).filter((id) => !id.startsWith('plan/'))).toEqual(['second.recovery/visit']);
  });
});

describe('an open gate', () => {
  it('is not used up by the report of a day before it opened', () => {
    const { plan, desk } = series();
    give(desk, 'peel', '2026-03-02');
    desk.start('peel', on('2026-03-09'));
    plan.report('peel', '2026-03-05', on('2026-03-09'));
    expect(deviations(plan)).toEqual(['gate-not-opened']);
    plan.report('peel', '2026-03-09', '2026-03-09T18:00:00.000Z');
    expect(deviations(plan)).toEqual([]);
  });

  it('has its report owed, and not the start as well, when one of a day before it is told', () => {
    const { plan, desk } = series();
    desk.start('peel', on('2026-03-09'));
    plan.report('peel', '2026-03-05', on('2026-03-09'));
    expect(plan.state.chart).toBe('peel.ready');
    const owed = () => Object.keys(plan.state.waits).filter((id) => id.endsWith('/peel'));
    expect(owed()).toEqual(['report/peel']);
    desk.notPerformed('peel', '2026-03-09');
    expect(owed()).toEqual(['start/peel']);
  });

  it('that was opened in the very instant of a report before it can be closed', () => {
    const { plan, desk } = series();
    desk.start('peel');
    plan.report('peel', '2026-03-01');
    desk.start('peel');
    desk.notPerformed('peel', '2026-03-02');
    expect(plan.state.chart).toBe('peel.ready');
    expect(plan.state.waits['report/peel']).toBeUndefined();
  });

  it('has somebody who owes the report until it is told, though another stage was reported', () => {
    const { plan, desk } = two();
    desk.start('first', on('2026-03-02'));
    plan.report('second', '2026-03-02');
    expect(plan.state.chart).toBe('second.recovery');
    expect(plan.state.waits['report/first']?.owner).toBe('coordinator');
    plan.report('first', '2026-03-02');
    expect(plan.state.waits['report/first']).toBeUndefined();
  });

  it('has nobody who owes its report once nobody went through it', () => {
    const { plan, desk } = two();
    desk.start('first');
    plan.report('second', '2026-03-02');
    desk.notPerformed('first', '2026-03-02');
    expect(plan.state.waits['report/first']).toBeUndefined();
    expect(plan.state.chart).toBe('second.recovery');
  });
});

describe('the gate behind a report that was withdrawn', () => {
  it.each([
    ['2026-03-09', '2026-03-09', []],
    ['2026-03-10', '2026-03-12', []],
    ['2026-03-12', '2026-03-12', ['gate-not-opened']],
    ['2026-09-09', '2026-09-09', ['gate-not-opened']],
  ])('for what was done on %s, told on %s: %j', (performedOn, told, found) => {
    const { plan, desk } = two();
    give(desk, 'first', '2026-03-02');
    plan.complete('first.recovery/visit');
    give(desk, 'second', '2026-03-09');
    desk.withdraw('second', '2026-03-09', on(performedOn === '2026-03-09' ? '2026-03-09' : '2026-03-12'));
    expect(plan.state.chart).toBe('second.ready');
    plan.report('second', performedOn, on(told));
    expect(deviations(plan)).toEqual(found);
  });
});

describe('the word that nobody came', () => {
  it('on a day gone by leaves the gate open that was opened since', () => {
    const { plan, desk } = series();
    desk.book('peel', '2026-03-03');
    desk.start('peel', on('2026-03-05'));
    desk.missed('peel', '2026-03-03', on('2026-03-05'));
    expect(plan.state.bookings.peel?.status).toBe('noshow');
    expect(plan.state.chart).toBe('peel.procedure');
    plan.report('peel', '2026-03-05');
    expect(deviations(plan)).toEqual([]);
  });

  it('closes the gate of that day', () => {
    const { plan, desk } = series();
    desk.book('peel', '2026-03-03');
    desk.start('peel', on('2026-03-03'));
    desk.missed('peel', '2026-03-03', on('2026-03-05'));
    expect(plan.state.chart).toBe('peel.ready');
  });
});

describe('a rule that stops prep alone', () => {
  const smoking = contraindication('smoking', { all: [leaf('smoker', 'equal', true)] }, { stops: ['prep'] });
  it('holds before the gate of prep, and nothing behind it', () => {
    const { plan, desk } = series(
      { prep: [taskOf('bloods')] },
      { rules: [smoking], facts: [factOf('smoker', { kind: 'yes or no' })] },
    );
    plan.observe([{ fact: 'smoker', value: true }]);
    expect(Object.keys(plan.state.holds)).toEqual(['peel/smoking']);
    plan.observe([{ fact: 'smoker', value: false }], on('2026-03-03'));
    desk.startPrep('peel');
    plan.observe([{ fact: 'smoker', value: true }], on('2026-03-04'));
    expect(plan.state.chart).toBe('peel.prep');
    expect(plan.state.holds).toEqual({});
    expect(plan.state.waits['task/peel.prep/bloods']?.pausedAt).toBeUndefined();
  });
});

describe('a report told again with another end', () => {
  const spacing = intervalOf('spacing', atStage('end of peel'), 'last-procedure', {
    minimum: for_(10, 'day'),
  });
  it.each([
    ['later', '2026-03-03', '2026-03-06'],
    ['earlier', '2026-03-06', '2026-03-03'],
  ])('%s than the first: the later counts', (_how, first, second) => {
    const { plan, desk } = series({ sessions: 1 }, { intervals: [spacing] });
    const told = (id: string, endedOn: string, now: string) =>
      plan.send(
        eventOf('procedure.performed', { stage: 'peel', performedOn: '2026-03-02', endedOn }, { id }),
        now,
      );
    told('a', first, on('2026-03-06'));
    told('b', second, on('2026-03-07'));
    expect(kinds(plan.last.journal)).toEqual([
      'event.accepted',
      ...(second > first ? ['report.completed'] : []),
    ]);
    expect(plan.state.performed).toMatchObject([{ endedOn: '2026-03-06' }]);
    const answer = desk.start('last', on('2026-03-14'));
    expect(refusalOf(answer).reasons.map(({ invariant }) => invariant)).toEqual(['S3']);
  });
});
