import type { Duration, Instant } from '../../../src/core/model/primitives.schema.ts';
import { factOf, for_, leaf, pathwayWith, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import { coordinator, eventOf, RunningPlan, refusalOf } from '../../support/plan.ts';
import { beforeBooking, booked, dueOf, waitOf } from '../../support/tasks.ts';

const BLOODS = 'excision.ready/bloods';
const bloods = beforeBooking(
  'bloods',
  { from: for_(3, 'day'), to: for_(1, 'day') },
  { records: ['smoker'], title: 'Blood count' },
);
const at = (day: string): Instant => `${day}T16:00:00.000Z`;

const atGate = (beforeEach = [bloods], more: Variation = {}): RunningPlan =>
  new RunningPlan(
    pathwayWith({ rules: [], consultation: [], stages: [stageOf('excision', { beforeEach })], ...more }),
  );

describe('work before a booking, while nothing is booked', () => {
  it('is there, and has no wait of its own: the coordinator owes the booking', () => {
    const plan = atGate();
    expect(plan.state.tasks[BLOODS]).toMatchObject({ status: 'requested', bookingOf: 'excision' });
    expect(waitOf(plan, BLOODS)).toBeUndefined();
    expect(plan.state.waits['start/excision']).toMatchObject({ owner: 'coordinator' });
  });

  it('can be done all the same', () => {
    const plan = atGate();
    plan.complete(BLOODS, at('2026-03-05'));
    expect(plan.state.tasks[BLOODS]?.status).toBe('completed');
  });

  it('falls away once the procedure has been done', () => {
    const plan = atGate();
    plan.report('excision', '2026-03-05', at('2026-03-05'));
    expect(plan.state.tasks[BLOODS]?.status).toBe('cancelled');
  });

  it('falls away as well while the stage has aftercare', () => {
    const stages = [stageOf('excision', { beforeEach: [bloods], recovery: [taskOf('visit')] })];
    const plan = atGate([], { stages });
    plan.report('excision', '2026-03-05', at('2026-03-05'));
    expect(plan.state.chart).toBe('excision.recovery');
    expect(plan.state.tasks[BLOODS]?.status).toBe('cancelled');
  });

  it('waits for the report once the gate has opened without a booking', () => {
    const plan = atGate();
    plan.consent('excision-consent', '2026-03-02');
    expect(plan.start('excision', at('2026-03-05')).outcome).toBe('accepted');
    expect(plan.state.tasks[BLOODS]?.status).toBe('requested');
    expect(Object.keys(plan.state.waits)).toEqual(['report/excision']);
  });
});

describe('booked', () => {
  it.each<[string, Duration, Instant]>([
    ['1 day before', for_(1, 'day'), '2026-03-20T04:00:00.000Z'],
    ['on the day itself', for_(0, 'day'), '2026-03-21T04:00:00.000Z'],
    ['a week before', for_(1, 'week'), '2026-03-14T04:00:00.000Z'],
    ['2 working days before', for_(2, 'working day'), '2026-03-19T04:00:00.000Z'],
    ['5 working days before, over a weekend', for_(5, 'working day'), '2026-03-14T04:00:00.000Z'],
    ['a month before', for_(1, 'month'), '2026-02-21T05:00:00.000Z'],
    ['48 hours before the day begins', for_(48, 'hour'), '2026-03-18T04:00:00.000Z'],
  ])('for Friday 20 March, work %s is late from then', (_when, to, dueAt) => {
    const plan = atGate([beforeBooking('bloods', { to })]);
    booked(plan, 'excision', '2026-03-20');
    plan.wake('2026-03-02T15:30:00.000Z');
    expect(dueOf(plan, BLOODS)).toBe(dueAt);
  });

  it('over the day on which the clocks change, a day is a day', () => {
    const plan = atGate([beforeBooking('bloods', { to: for_(1, 'day') })]);
    booked(plan, 'excision', '2026-03-09');
    plan.wake('2026-03-02T15:30:00.000Z');
    expect(dueOf(plan, BLOODS)).toBe('2026-03-09T04:00:00.000Z');
  });

  it('has an owner, a ladder, and a first day on which it may be done', () => {
    const plan = atGate();
    booked(plan, 'excision', '2026-03-20');
    plan.wake('2026-03-02T15:30:00.000Z');
    expect(waitOf(plan, BLOODS)).toMatchObject({ kind: 'task', owner: 'nurse', title: 'Blood count' });
    expect(plan.state.tasks[BLOODS]?.from).toBe('2026-03-17');
  });

  it.each([
    ['later', '2026-03-27', '2026-03-27T04:00:00.000Z', '2026-03-24'],
    ['earlier', '2026-03-13', '2026-03-13T04:00:00.000Z', '2026-03-10'],
  ])('and moved %s, it is due anew', (_where, on, dueAt, from) => {
    const plan = atGate();
    booked(plan, 'excision', '2026-03-20');
    plan.wake('2026-03-02T15:30:00.000Z');
    const { generation = 0 } = waitOf(plan, BLOODS) ?? {};
    booked(plan, 'excision', on);
    plan.wake('2026-03-03T15:30:00.000Z');
    expect(waitOf(plan, BLOODS)).toMatchObject({ dueAt, generation: generation + 1 });
    expect(plan.state.tasks[BLOODS]?.from).toBe(from);
  });

  it('and moved to a day too near, it is overdue at once, and somebody hears', () => {
    const plan = atGate();
    booked(plan, 'excision', '2026-03-20');
    plan.wake('2026-03-02T15:30:00.000Z');
    booked(plan, 'excision', '2026-03-11');
    plan.wake('2026-03-18T15:30:00.000Z');
    expect(dueOf(plan, BLOODS)).toBe('2026-03-11T04:00:00.000Z');
    expect(plan.last.effects.some(({ says }) => says.startsWith('Overdue since 2026-03-11'))).toBe(true);
  });

  it.each(['cancelled', 'noshow', 'fulfilled'] as const)(
    'and then %s, it waits for a booking again',
    (status) => {
      const plan = atGate();
      booked(plan, 'excision', '2026-03-20');
      plan.wake('2026-03-02T15:30:00.000Z');
      booked(plan, 'excision', '2026-03-20', status);
      plan.wake('2026-03-03T15:30:00.000Z');
      expect(waitOf(plan, BLOODS)).toBeUndefined();
      expect(plan.state.tasks[BLOODS]?.from).toBeUndefined();
      expect(plan.state.tasks[BLOODS]?.status).toBe('requested');
    },
  );
});

describe('done before it was booked, or before it was moved', () => {
  it.each([
    ['on the first day that counts', '2026-03-17', 'completed'],
    ['the day before that', '2026-03-16', 'requested'],
  ])('%s, it is %s', (_when, doneOn, status) => {
    const plan = atGate();
    plan.complete(BLOODS, at(doneOn));
    booked(plan, 'excision', '2026-03-20');
    plan.wake('2026-03-17T17:00:00.000Z');
    expect(plan.state.tasks[BLOODS]?.status).toBe(status);
    expect(dueOf(plan, BLOODS)).toBe(status === 'requested' ? '2026-03-20T04:00:00.000Z' : undefined);
  });

  it('is done again when the booking is moved by a week', () => {
    const plan = atGate();
    booked(plan, 'excision', '2026-03-20');
    plan.complete(BLOODS, at('2026-03-18'));
    expect(plan.state.tasks[BLOODS]?.status).toBe('completed');
    booked(plan, 'excision', '2026-03-27');
    plan.wake('2026-03-18T17:00:00.000Z');
    expect(plan.state.tasks[BLOODS]?.status).toBe('requested');
    plan.complete(BLOODS, at('2026-03-25'));
    expect(plan.state.tasks[BLOODS]?.status).toBe('completed');
  });

  it.each([
    ['on the booked day is done again for the next', '2026-03-20', '2026-03-27', 'requested'],
    ['on the day of the next stays done', '2026-03-20', '2026-03-20', 'completed'],
    ['on the day before is done again on the day', '2026-03-19', '2026-03-20', 'requested'],
  ])('a check of the day that was done %s', (_when, doneOn, next, status) => {
    const plan = atGate([beforeBooking('bloods', { to: for_(0, 'day') })]);
    booked(plan, 'excision', doneOn);
    plan.complete(BLOODS, at(doneOn));
    booked(plan, 'excision', doneOn, 'cancelled');
    plan.wake(`${doneOn}T17:00:00.000Z`);
    expect(plan.state.tasks[BLOODS]?.status).toBe('completed');
    booked(plan, 'excision', next);
    plan.wake(`${doneOn}T18:00:00.000Z`);
    expect(plan.state.tasks[BLOODS]?.status).toBe(status);
  });

  it('a check of the day done a day before its gate is asked keeps the gate closed, and on the day opens it', () => {
    const prep = [beforeBooking('bloods', { to: for_(0, 'day') }, { title: 'Look at the skin' })];
    const plan = atGate([], { stages: [stageOf('excision', { prep })] });
    plan.consent('excision-consent', '2026-03-02');
    plan.send(eventOf('startPrep', { stage: 'excision' }, { actor: coordinator }), at('2026-03-05'));
    plan.complete('excision.prep/bloods', at('2026-03-05'));
    expect(refusalOf(plan.start('excision', at('2026-03-06'))).reasons).toMatchObject([
      { says: 'Still to be done before the procedure: Look at the skin.' },
    ]);
    plan.complete('excision.prep/bloods', at('2026-03-06'));
    expect(plan.start('excision', at('2026-03-06')).outcome).toBe('accepted');
  });

  it('stays done where the file names no first day', () => {
    const plan = atGate([beforeBooking('bloods', { to: for_(1, 'day') })]);
    plan.complete(BLOODS, at('2026-03-03'));
    booked(plan, 'excision', '2026-06-19');
    plan.wake(at('2026-03-04'));
    expect(plan.state.tasks[BLOODS]?.status).toBe('completed');
  });

  it('is not done again when it is known not to be needed', () => {
    const onlyWhen = { all: [leaf('smoker', 'equal', true)] };
    const facts = [factOf('smoker', { kind: 'yes or no' })];
    const plan = atGate([{ ...bloods, onlyWhen }], { facts });
    plan.complete(BLOODS, at('2026-03-03'));
    plan.observe([{ fact: 'smoker', value: false }], at('2026-03-04'));
    booked(plan, 'excision', '2026-06-19');
    plan.wake('2026-03-04T17:00:00.000Z');
    expect(plan.state.tasks[BLOODS]?.status).toBe('completed');
  });
});

describe('of another stage', () => {
  it('a booking moves nothing here', () => {
    const stages = [stageOf('excision', { beforeEach: [bloods] }), stageOf('refinement')];
    const plan = atGate([], { stages, assessment: [] });
    booked(plan, 'refinement', '2026-05-08');
    plan.wake('2026-03-02T15:30:00.000Z');
    expect(waitOf(plan, BLOODS)).toBeUndefined();
  });

  it('the work of a gate that the plan has left by a report falls away', () => {
    const stages = [stageOf('excision', { beforeEach: [bloods] }), stageOf('refinement')];
    const plan = atGate([], { stages, assessment: [taskOf('scan')] });
    plan.complete('assessment/scan');
    expect(plan.state.tasks[BLOODS]?.status).toBe('requested');
    plan.report('refinement', '2026-03-05', at('2026-03-05'));
    expect(plan.state.tasks[BLOODS]?.status).toBe('cancelled');
  });
});
