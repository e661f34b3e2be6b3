import type { Instant, LocalDate } from '../../../src/core/model/primitives.schema.ts';
import { Desk } from '../../support/appointments.ts';
import {
  for_,
  ladderOf,
  pathwayWith,
  rung,
  stageOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import { coordinator, eventOf, RunningPlan } from '../../support/plan.ts';
import { beforeBooking, dueOf, repeating, until, waitOf } from '../../support/tasks.ts';

const at = (day: LocalDate, time = '16:00'): Instant => `${day}T${time}:00.000Z`;
const consent = { form: 'consent', by: 'patient', covers: 'course', lasts: for_(1, 'year') } as const;

const planOf = (more: Variation): RunningPlan => {
  const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [], ...more }));
  plan.consent('consent', '2026-03-02');
  return plan;
};
const leave = (plan: RunningPlan, now: Instant) =>
  plan.send(
    eventOf('leaveCourse', { exit: 'postponement', reason: 'on holiday' }, { actor: coordinator }),
    now,
  );
const comeBack = (plan: RunningPlan, now: Instant) =>
  plan.send(eventOf('returnToCourse', { reason: 'home again' }, { actor: coordinator }), now);

describe('prep before a booked day', () => {
  const CLEARANCE = 'lift.prep/clearance';
  const prep = [
    beforeBooking('clearance', { from: for_(30, 'day'), to: for_(3, 'day') }, { clears: 'anaesthesia' }),
    beforeBooking('skin', { from: for_(1, 'day'), to: for_(0, 'day') }),
  ];
  const inPrep = (): { plan: RunningPlan; desk: Desk } => {
    const plan = planOf({ stages: [stageOf('lift', { anaesthesia: 'general', consent, prep })] });
    const desk = new Desk(plan);
    expect(desk.startPrep('lift', at('2026-03-03')).outcome).toBe('accepted');
    return { plan, desk };
  };

  it('is owed by whoever books, until there is a day', () => {
    const { plan, desk } = inPrep();
    expect(waitOf(plan, CLEARANCE)).toBeUndefined();
    expect(plan.state.waits['start/lift']).toMatchObject({ owner: 'coordinator' });
    expect(desk.book('lift', '2026-03-20').outcome).toBe('accepted');
    expect(dueOf(plan, CLEARANCE)).toBe('2026-03-18T04:00:00.000Z');
    expect(dueOf(plan, 'lift.prep/skin')).toBe('2026-03-21T04:00:00.000Z');
    desk.cancelled('lift', at('2026-03-04'));
    expect(waitOf(plan, CLEARANCE)).toBeUndefined();
  });

  it('is done, and stays done when the patient did not come and the next day is near enough', () => {
    const { plan, desk } = inPrep();
    desk.book('lift', '2026-03-20');
    plan.complete(CLEARANCE, at('2026-03-10'));
    plan.complete('lift.prep/skin', at('2026-03-20'));
    expect(desk.start('lift', at('2026-03-20')).outcome).toBe('accepted');
    desk.missed('lift', '2026-03-20', at('2026-03-20', '20:00'));
    expect(plan.state.chart).toBe('lift.ready');
    desk.startPrep('lift', at('2026-03-23'));
    expect(plan.state.tasks[CLEARANCE]?.status).toBe('completed');
    desk.book('lift', '2026-04-03', at('2026-03-23'));
    expect(plan.state.tasks[CLEARANCE]?.status).toBe('completed');
    expect(plan.state.tasks['lift.prep/skin']?.status).toBe('requested');
  });

  it('is done again for a day that is too far off', () => {
    const { plan, desk } = inPrep();
    desk.book('lift', '2026-03-20');
    plan.complete(CLEARANCE, at('2026-03-10'));
    desk.book('lift', '2026-04-10', at('2026-03-11'));
    expect(plan.state.tasks[CLEARANCE]).toMatchObject({ status: 'requested', from: '2026-03-11' });
    expect(dueOf(plan, CLEARANCE)).toBe('2026-04-08T04:00:00.000Z');
  });
});

describe('work after each session of a series', () => {
  const CALL = 'dose.session/call';
  const afterEach = [taskOf('call', { due: { to: for_(5, 'day'), after: 'session' } })];
  const recovery = [taskOf('visit', { due: { to: for_(9, 'day'), after: 'last session' } })];
  const stages = [
    stageOf('dose', { sessions: 2, consent, afterEach, recovery }),
    stageOf('next', { consent }),
  ];

  it('is asked for with each report, and keeps no phase from ending', () => {
    const plan = planOf({ stages });
    plan.report('dose', '2026-03-03', at('2026-03-03'));
    expect(plan.state.chart).toBe('dose.ready');
    expect(dueOf(plan, CALL)).toBe('2026-03-09T04:00:00.000Z');
    plan.complete(CALL, at('2026-03-06'));
    plan.report('dose', '2026-03-17', at('2026-03-17'));
    expect(plan.state.chart).toBe('dose.recovery');
    expect(dueOf(plan, CALL)).toBe('2026-03-23T04:00:00.000Z');
    plan.complete('dose.recovery/visit', at('2026-03-20'));
    expect(plan.state.chart).toBe('next.ready');
    expect(plan.state.tasks[CALL]?.status).toBe('requested');
  });

  it('is asked for once for a session that is told twice', () => {
    const plan = planOf({ stages });
    plan.report('dose', '2026-03-03', at('2026-03-03'));
    plan.complete(CALL, at('2026-03-06'));
    plan.report('dose', '2026-03-03', at('2026-03-07'));
    expect(plan.state.tasks[CALL]?.status).toBe('completed');
  });
});

describe('a row of care, off the course and back', () => {
  const DRESSING = 'flap.closure/dressing';
  const CHECK = 'flap.closure/check';
  const closure = [
    repeating('dressing', for_(7, 'day'), until(for_(10, 'week'), 'procedure')),
    repeating('check', for_(1, 'day'), { ...until(for_(10, 'week'), 'procedure'), ladder: 'emergency' }),
  ];
  const ladders = [
    ladderOf([rung({ when: 'due' })]),
    ladderOf([rung({ when: 'due' })], for_(1, 'day'), 'emergency'),
  ];
  const stages = [
    stageOf('flap', { consent, closure, recovery: [taskOf('visit')] }),
    stageOf('graft', { consent }),
  ];
  const operated = (): RunningPlan => {
    const plan = planOf({ stages, ladders });
    plan.report('flap', '2026-03-03', at('2026-03-03'));
    plan.complete(DRESSING, at('2026-03-10'));
    return plan;
  };

  it('of the stage that is left goes on', () => {
    const plan = operated();
    leave(plan, at('2026-03-11'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 2 });
    comeBack(plan, at('2026-03-13'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 2 });
    expect(dueOf(plan, DRESSING)).toBe('2026-03-18T04:00:00.000Z');
  });

  it('passes over those that were due meanwhile, once it is done', () => {
    const plan = operated();
    leave(plan, at('2026-03-11'));
    comeBack(plan, at('2026-04-01'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 2 });
    plan.complete(DRESSING, at('2026-04-01'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 5 });
    expect(dueOf(plan, DRESSING)).toBe('2026-04-08T04:00:00.000Z');
  });

  it('of an emergency goes on', () => {
    const plan = operated();
    leave(plan, at('2026-03-11'));
    expect(plan.state.tasks[CHECK]?.status).toBe('requested');
    plan.complete(CHECK, at('2026-03-12'));
    expect(plan.state.tasks[CHECK]).toMatchObject({ status: 'requested', repeat: 9 });
    expect(plan.state.chart).toBe('postponement');
  });

  it('of an earlier stage goes on', () => {
    const plan = operated();
    plan.complete('flap.recovery/visit', at('2026-03-10'));
    expect(plan.state.chart).toBe('graft.ready');
    leave(plan, at('2026-03-11'));
    plan.complete(DRESSING, at('2026-03-17'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 3 });
  });

  it('of a report that is taken back is owed no more', () => {
    const plan = operated();
    new Desk(plan).withdraw('flap', '2026-03-03', at('2026-03-11'));
    expect(plan.state.chart).toBe('flap.ready');
    expect(plan.state.tasks[DRESSING]?.status).toBe('cancelled');
    plan.report('flap', '2026-03-12', at('2026-03-12'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 1 });
    expect(dueOf(plan, DRESSING)).toBe('2026-03-20T04:00:00.000Z');
  });
});

describe('care after a procedure that is left open as the course ends', () => {
  const visit = taskOf('visit', { due: { to: for_(7, 'day'), after: 'session' } });
  const stages = [
    stageOf('flap', { consent, recovery: [taskOf('drains')] }),
    stageOf('graft', { consent, afterEach: [visit] }),
  ];
  const completed = (): RunningPlan => {
    const plan = planOf({ stages });
    plan.report('flap', '2026-03-03', at('2026-03-03'));
    plan.report('graft', '2026-03-04', at('2026-03-04'));
    expect(plan.state.chart).toBe('completed');
    return plan;
  };

  it.each(['flap.recovery/drains', 'graft.session/visit'])('is owed still: %s', (id) => {
    const plan = completed();
    expect(plan.state.tasks[id]?.status).toBe('requested');
    expect(waitOf(plan, id)).toBeDefined();
  });

  it('keeps the plan active until it is done', () => {
    const plan = completed();
    for (const id of Object.keys(plan.state.tasks).filter((one) => one.startsWith('plan/')))
      plan.complete(id, at('2026-03-05'));
    plan.complete('flap.recovery/drains', at('2026-03-05'));
    expect(plan.state.status).toBe('active');
    plan.complete('graft.session/visit', at('2026-03-11'));
    expect(plan.state).toMatchObject({ status: 'completed', waits: {} });
  });

  it('is owed no more once the report was wrong', () => {
    const plan = completed();
    new Desk(plan).withdraw('flap', '2026-03-03', at('2026-03-05'));
    expect(plan.state.tasks['flap.recovery/drains']?.status).toBe('cancelled');
  });

  it.each(['cancelled', 'declined'] as const)('ends with a plan that is %s', (end) => {
    const plan = planOf({ stages });
    plan.report('flap', '2026-03-03', at('2026-03-03'));
    if (end === 'cancelled') plan.cancel();
    else plan.send(eventOf('leaveCourse', { exit: end, reason: 'no more' }, { actor: coordinator }));
    expect(plan.state.chart).toBe(end);
    expect(plan.state.tasks['flap.recovery/drains']?.status).toBe('cancelled');
  });
});

describe('the work of an exit', () => {
  const exits = {
    postponement: {
      reviewEvery: for_(30, 'day'),
      closesAfter: for_(6, 'month'),
      returnsTo: 'where it left' as const,
      tasks: [
        taskOf('letter', { due: { to: for_(3, 'day'), after: 'exit' } }),
        repeating('call', for_(14, 'day')),
      ],
    },
  };

  it('counts from the day on which the plan left, and ends when it is back', () => {
    const plan = planOf({ exits, stages: [stageOf('lift', { consent })] });
    leave(plan, at('2026-03-11'));
    expect(dueOf(plan, 'postponement/letter')).toBe('2026-03-15T04:00:00.000Z');
    expect(dueOf(plan, 'postponement/call')).toBe('2026-03-26T04:00:00.000Z');
    plan.complete('postponement/call', at('2026-03-20'));
    expect(dueOf(plan, 'postponement/call')).toBe('2026-04-09T04:00:00.000Z');
    comeBack(plan, at('2026-03-21'));
    expect(plan.state.tasks['postponement/call']?.status).toBe('cancelled');
    expect(plan.state.chart).toBe('lift.ready');
  });

  it('is asked for anew each time that the plan leaves', () => {
    const plan = planOf({ exits, stages: [stageOf('lift', { consent })] });
    leave(plan, at('2026-03-11'));
    plan.complete('postponement/letter', at('2026-03-12'));
    plan.complete('postponement/call', at('2026-03-20'));
    comeBack(plan, at('2026-03-21'));
    leave(plan, at('2026-05-04'));
    expect(dueOf(plan, 'postponement/letter')).toBe('2026-05-08T04:00:00.000Z');
    expect(plan.state.tasks['postponement/call']).toMatchObject({ status: 'requested', repeat: 1 });
    expect(dueOf(plan, 'postponement/call')).toBe('2026-05-19T04:00:00.000Z');
  });
});

describe('work of a gate, off the course and back', () => {
  it('falls away, and then has the time that it had: nobody could do it meanwhile', () => {
    const beforeEach = [taskOf('photo', { due: { to: for_(7, 'day'), after: 'stage' } })];
    const plan = planOf({ stages: [stageOf('lift', { consent, beforeEach })] });
    expect(dueOf(plan, 'lift.ready/photo')).toBe('2026-03-10T04:00:00.000Z');
    leave(plan, at('2026-03-05'));
    expect(plan.state.tasks['lift.ready/photo']?.status).toBe('cancelled');
    comeBack(plan, at('2026-06-01'));
    expect(dueOf(plan, 'lift.ready/photo')).toBe('2026-06-09T04:00:00.000Z');
  });
});
