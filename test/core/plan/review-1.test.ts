import { Desk, openQuestions, openTasks, refusedBy } from '../../support/appointments.ts';
import { decide, decisionOf, GO } from '../../support/decided.ts';
import {
  atStage,
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
import { actor, coordinator, eventOf, RunningPlan, refusalOf } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

/** A review with fresh eyes: each test says what should be, and fails as long as it is not. */

const course = (form: string) => ({
  form: `${form}-consent`,
  by: 'patient',
  covers: 'course' as const,
  lasts: for_(5, 'year'),
});
const once = (by = 7) => ({ due: { to: for_(by, 'day'), after: 'procedure' as const } });
const visit = taskOf('visit', once());

const planned = (stages: ReturnType<typeof stageOf>[], more: Variation = {}) => {
  const plan = new RunningPlan(
    pathwayWith({ rules: [], facts: [], consultation: [], stages, ...more }),
    on('2026-03-02'),
  );
  for (const { consent } of stages) plan.consent(consent.form, '2026-03-02');
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
const doneOf = (plan: RunningPlan, stage: string): number =>
  plan.state.performed.filter((one) => one.stage === stage && one.counts).length +
  (plan.state.stages[stage]?.skipped ?? 0);
const give = (desk: Desk, stage: string, day: string): void => {
  const answer = desk.start(stage, on(day));
  if (answer.outcome !== 'accepted') throw new Error(JSON.stringify(answer));
  desk.plan.report(stage, day, on(day));
};
const deviations = (plan: RunningPlan): unknown[] =>
  plan.last.journal.flatMap(({ kind, details }) => (kind === 'deviation.raised' ? [details.code] : []));

describe('1. a report of the wrong stage, taken back', () => {
  const stages = ['expander', 'exchange'].map((name) =>
    stageOf(name, { consent: course(name), recovery: [visit] }),
  );
  const spacing = intervalOf('spacing', atStage('end of expander'), 'exchange-procedure', {
    minimum: for_(90, 'day'),
  });

  it('leaves the plan where it stood: at the first operation', () => {
    const { plan, desk } = planned(stages, { intervals: [spacing] });
    plan.report('exchange', '2026-03-02');
    desk.withdraw('exchange', '2026-03-02');
    expect(plan.state.chart).toBe('expander.ready');
  });

  it('does not open the gate of the second operation, the first never done', () => {
    const { plan, desk } = planned(stages, { intervals: [spacing] });
    plan.report('exchange', '2026-03-02');
    desk.withdraw('exchange', '2026-03-02');
    expect(desk.start('exchange').outcome).not.toBe('accepted');
  });

  it('of a plan in consultation, leaves it there', () => {
    const { plan, desk } = planned(stages, { consultation: [taskOf('talk')], assessment: [taskOf('scan')] });
    plan.report('expander', '2026-03-02');
    desk.withdraw('expander', '2026-03-02');
    expect(plan.state.chart).toBe('consultation');
  });
});

describe('2. a missed session that was passed over, and turns out to have been given', () => {
  it('is one session behind, not two', () => {
    const { plan, desk } = series({ missed: 'skip' });
    desk.book('peel', '2026-03-03');
    desk.start('peel', on('2026-03-03'));
    plan.wake('2026-03-05T05:00:00.000Z');
    desk.answer('missed/peel/2026-03-03', 'missed');
    expect(plan.state.stages.peel?.skipped).toBe(1);
    plan.report('peel', '2026-03-03', on('2026-03-05'));
    // Nobody is told: the gate had been open on that day.
    expect(deviations(plan)).toEqual([]);
    expect(doneOf(plan, 'peel')).toBe(1);
  });
});

describe('3. a report taken back while the plan is off its course', () => {
  it('comes back to the gate, not to the aftercare of what was never done', () => {
    const { plan, desk } = planned([
      stageOf('flap', { consent: course('flap'), recovery: [visit] }),
      stageOf('next', { consent: course('next') }),
    ]);
    give(desk, 'flap', '2026-03-02');
    expect(plan.state.chart).toBe('flap.recovery');
    plan.send(eventOf('leaveCourse', { exit: 'postponement', reason: 'infection' }, { actor: coordinator }));
    desk.withdraw('flap', '2026-03-02');
    plan.send(eventOf('returnToCourse', { reason: 'well' }, { actor: coordinator }));
    expect(plan.state.chart).toBe('flap.ready');
  });
});

describe('4. two operations of one day, told in reverse', () => {
  it('the care after each is asked for', () => {
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
    plan.complete('first.recovery/visit');
    plan.complete('second.closure/dressing');
    expect(openTasks(plan)).toContain('second.recovery/visit');
    expect(plan.state.chart).toBe('second.recovery');
  });
});

describe('5. prep that was done, when the report before it is taken back', () => {
  it('leaves a way to the gate', () => {
    const { plan, desk } = series({ prep: [taskOf('bloods')] });
    desk.startPrep('peel');
    plan.complete('peel.prep/bloods');
    give(desk, 'peel', '2026-03-02');
    desk.startPrep('peel', on('2026-03-09'));
    plan.complete('peel.prep/bloods');
    desk.withdraw('peel', '2026-03-02');
    expect(plan.state.chart).toBe('peel.prep');
    const answer = desk.start('peel');
    if (answer.outcome === 'accepted') return;
    const needs = refusalOf(answer).reasons.flatMap(({ clears }) => clears.flat());
    expect(needs).toMatchObject([{ type: 'task.completed', needs: 'peel.prep/bloods' }]);
    plan.complete('peel.prep/bloods');
    expect(refusedBy(desk.start('peel'))).toEqual([]);
  });
});

describe('6. a clearance told again', () => {
  it('of the session before, with the time at which it was given, does not clear the next', () => {
    const clearance = taskOf('clearance', {
      clears: 'anaesthesia',
      when: { due: { to: for_(1, 'day'), after: 'stage' } },
    });
    const { plan, desk } = series({ anaesthesia: 'general', beforeEach: [clearance] });
    const told = (id: string, now: string) =>
      plan.send(
        eventOf('task.completed', { task: 'peel.ready/clearance' }, { id, time: on('2026-03-02') }),
        now,
      );
    told('a', on('2026-03-02'));
    give(desk, 'peel', '2026-03-03');
    expect(refusedBy(desk.start('peel', on('2026-03-10')))).toEqual(['S5']);
    told('b', on('2026-03-10'));
    expect(refusedBy(desk.start('peel'))).toEqual(['S5']);
  });
});

describe('7. the word that nobody came on a day gone by', () => {
  it('does not close the gate that was opened since, behind the patient in theatre', () => {
    const { plan, desk } = series();
    desk.book('peel', '2026-03-03');
    desk.start('peel', on('2026-03-05'));
    expect(plan.state.chart).toBe('peel.procedure');
    desk.missed('peel', '2026-03-03', on('2026-03-05'));
    expect(plan.state.chart).toBe('peel.procedure');
    plan.report('peel', '2026-03-05');
    expect(deviations(plan)).toEqual([]);
  });
});

describe('8. the report of an earlier session taken back', () => {
  it('does not set up again an appointment that another session has fulfilled', () => {
    const { plan, desk } = series({ missed: 'skip' });
    give(desk, 'peel', '2026-03-02');
    desk.book('peel', '2026-03-09');
    give(desk, 'peel', '2026-03-09');
    desk.withdraw('peel', '2026-03-02');
    expect(plan.state.bookings.peel?.status).toBe('fulfilled');
    plan.wake('2026-03-11T04:00:00.000Z');
    expect(openQuestions(plan)).toEqual([]);
  });
});

describe('9. a series that ends early while its next session is booked', () => {
  const clear = { all: [leaf('clear', 'equal', true)] };
  it('has its appointment taken out of the calendar, and asks for no work before it', () => {
    const { plan, desk } = series(
      {
        untilWhen: clear,
        beforeEach: [taskOf('weigh', { when: { due: { to: for_(1, 'day'), after: 'stage' } } })],
      },
      { facts: [factOf('clear', { kind: 'yes or no' })] },
    );
    give(desk, 'peel', '2026-03-02');
    desk.book('peel', '2026-03-16');
    plan.observe([{ fact: 'clear', value: true }], on('2026-03-10'));
    expect(plan.state.chart).toBe('last.ready');
    expect(plan.state.bookings.peel?.status).not.toBe('booked');
    expect(openTasks(plan).filter((id) => id.startsWith('plan/calendar-'))).toHaveLength(1);
    expect(openTasks(plan)).not.toContain('peel.ready/weigh');
  });
});

describe('10. an early session that does not count, in a series that has all it needs', () => {
  const spacing = intervalOf('spacing', atStage('end of peel'), 'peel-procedure', {
    minimum: for_(28, 'day'),
    ifEarly: 'does not count',
  });
  it('is not one more that is owed', () => {
    const { plan, desk } = series({ sessions: 2, recovery: [visit] }, { intervals: [spacing] });
    give(desk, 'peel', '2026-03-02');
    give(desk, 'peel', '2026-04-02');
    expect(plan.state.chart).toBe('peel.recovery');
    plan.report('peel', '2026-04-03', on('2026-04-03'));
    expect(plan.state.chart).toBe('peel.recovery');
  });

  it('and passed over thereafter, the series is over', () => {
    const { plan, desk } = series({ sessions: 2, missed: 'skip' }, { intervals: [spacing] });
    give(desk, 'peel', '2026-03-02');
    plan.report('peel', '2026-03-05', on('2026-03-05'));
    for (const day of ['2026-04-10', '2026-04-20', '2026-04-30']) {
      desk.book('peel', day, on('2026-04-07'));
      desk.missed('peel', day, on(day));
    }
    expect(plan.state.chart).toBe('last.ready');
  });
});

describe('11. a plan that comes back by way of its consultation, late in a long course', () => {
  it('goes on where its course had got to', () => {
    const names = Array.from({ length: 20 }, (_one, index) => `s${index + 1}`);
    const exit = { reviewEvery: for_(7, 'day'), closesAfter: for_(1, 'year'), tasks: [] };
    const { plan, desk } = planned(
      names.map((name) => stageOf(name, { consent: course(name) })),
      { consultation: [], exits: { postponement: { ...exit, returnsTo: 'consultation' } } },
    );
    for (const name of names.slice(0, 18)) plan.report(name, '2026-03-02');
    expect(plan.state.chart).toBe('s19.ready');
    plan.send(eventOf('leaveCourse', { exit: 'postponement', reason: 'infection' }, { actor: coordinator }));
    plan.send(eventOf('returnToCourse', { reason: 'well' }, { actor: coordinator }));
    expect(plan.state.chart).toBe('s19.ready');
    expect(desk.plan.last.answer.outcome).toBe('accepted');
  });
});

describe('12. a second round, ordered by a decision', () => {
  const more = decisionOf('more', { outcomes: { yes: GO, repeat: [{ do: 'again', atMost: 1 }] } });
  const again = (stage: Parameters<typeof stageOf>[1]) => {
    const all = series({ reassess: 'more', ...stage }, { decisions: [more] });
    return { ...all, order: (now: string) => decide(all.plan, 'decision/more', 'repeat', { now }) };
  };

  it('is not done by what was done before it was ordered, and is told late', () => {
    const { plan, desk, order } = again({ sessions: 1 });
    give(desk, 'peel', '2026-03-02');
    order(on('2026-03-20'));
    expect(plan.state).toMatchObject({ chart: 'peel.ready', stages: { peel: { round: 2 } } });
    plan.report('peel', '2026-03-03', on('2026-03-21'));
    expect(plan.state.chart).toBe('peel.ready');
  });

  it('leaves the care after the first, when one report of several is taken back', () => {
    const call = taskOf('call', { when: { due: { to: for_(60, 'day'), after: 'session' } } });
    const { plan, desk, order } = again({ sessions: 2, afterEach: [call] });
    give(desk, 'peel', '2026-03-02');
    give(desk, 'peel', '2026-03-09');
    order(on('2026-03-20'));
    expect(plan.state.stages.peel?.round).toBe(2);
    expect(openTasks(plan)).toContain('peel.session/call');
    desk.withdraw('peel', '2026-03-02');
    expect(openTasks(plan)).toContain('peel.session/call');
  });
});

describe('13. events of a calendar that come out of their order', () => {
  const told = (plan: RunningPlan, type: 'booked' | 'cancelled', data: object, time: string, now: string) =>
    plan.send(
      eventOf(`appointment.${type}` as 'appointment.booked', { stage: 'peel', ...data } as never, {
        id: `${type}-${time}`,
        time,
      }),
      now,
    );
  it('the cancellation of the appointment before does not cancel the one that took its place', () => {
    const { plan } = series();
    told(plan, 'booked', { on: '2026-03-10' }, '2026-03-03T09:00:00.000Z', '2026-03-03T09:00:00.000Z');
    told(plan, 'booked', { on: '2026-03-20' }, '2026-03-04T09:05:00.000Z', '2026-03-04T09:05:00.000Z');
    told(plan, 'cancelled', {}, '2026-03-04T09:00:00.000Z', '2026-03-04T09:10:00.000Z');
    expect(plan.state.bookings.peel).toMatchObject({ on: '2026-03-20', status: 'booked' });
  });
  it('of two, the one that was made last stands', () => {
    const { plan } = series();
    told(plan, 'booked', { on: '2026-03-20' }, '2026-03-04T09:05:00.000Z', '2026-03-04T09:05:00.000Z');
    told(plan, 'booked', { on: '2026-03-10' }, '2026-03-03T09:00:00.000Z', '2026-03-04T09:10:00.000Z');
    expect(plan.state.bookings.peel).toMatchObject({ on: '2026-03-20', status: 'booked' });
  });
});

describe('14. the report of a session that was before the booked one', () => {
  it('leaves the appointment standing', () => {
    const { plan, desk } = series();
    give(desk, 'peel', '2026-03-04');
    desk.book('peel', '2026-03-20');
    plan.report('peel', '2026-03-03', on('2026-03-05'));
    expect(plan.state.bookings.peel?.status).toBe('booked');
  });
});

describe('14b. the next session booked while the report of this one is on its way', () => {
  it('stays booked', () => {
    const { plan, desk } = series();
    desk.start('peel');
    desk.booked('peel', '2026-03-09');
    plan.report('peel', '2026-03-02');
    expect(plan.state.bookings.peel?.status).toBe('booked');
  });
});

describe('19. a booking that what came after it has made impossible', () => {
  it('is somebody’s to move', () => {
    const spacing = intervalOf('spacing', atStage('end of peel'), 'last-procedure', {
      minimum: for_(28, 'day'),
    });
    const { plan, desk } = series({ sessions: 1 }, { intervals: [spacing] });
    expect(desk.book('last', '2026-03-10').outcome).toBe('accepted');
    give(desk, 'peel', '2026-03-09');
    expect(openTasks(plan)).toContain('plan/move-last');
  });
});

describe('20. a report of a day before the plan began', () => {
  it('is no session of its series', () => {
    const { plan } = series();
    plan.report('peel', '2025-03-02');
    expect(doneOf(plan, 'peel')).toBe(0);
  });
});

describe('15. a gate opened in the very instant of the report before', () => {
  it('can be closed: nobody went through it', () => {
    const { plan, desk } = series();
    desk.start('peel');
    plan.report('peel', '2026-03-01');
    desk.start('peel');
    desk.notPerformed('peel', '2026-03-02');
    expect(plan.state.chart).toBe('peel.ready');
  });
});

describe('16. a gate that stands open', () => {
  it('is not used up by the report of a day before it opened', () => {
    const { plan, desk } = series();
    give(desk, 'peel', '2026-03-02');
    desk.start('peel', on('2026-03-09'));
    plan.report('peel', '2026-03-05', on('2026-03-09'));
    plan.report('peel', '2026-03-09', '2026-03-09T18:00:00.000Z');
    expect(deviations(plan)).toEqual([]);
  });

  it('has somebody who owes the report, though the plan was moved by another one', () => {
    const { plan, desk } = planned(
      ['first', 'second'].map((name) => stageOf(name, { consent: course(name), recovery: [visit] })),
    );
    desk.start('first');
    plan.report('second', '2026-03-02');
    expect(plan.state.gates).toMatchObject([{ stage: 'first' }]);
    expect(plan.state.gates[0]?.closedAt === undefined && !plan.state.waits['report/first']).toBe(false);
  });

  it('is closed once the report from behind it was taken back, and the plan is before it', () => {
    const late = intervalOf('late', atStage('end of first'), 'second-procedure', {
      latest: for_(30, 'day'),
      ifLate: { ask: 'dermatologist' },
    });
    const { plan, desk } = planned(
      ['first', 'second'].map((name) => stageOf(name, { consent: course(name) })),
      { intervals: [late] },
    );
    give(desk, 'first', '2026-03-02');
    give(desk, 'second', '2026-03-09');
    expect(plan.state.chart).toBe('completed');
    const other = planned(
      ['first', 'second'].map((name) => stageOf(name, { consent: course(name), recovery: [visit] })),
      { intervals: [late] },
    );
    give(other.desk, 'first', '2026-03-02');
    other.plan.complete('first.recovery/visit');
    give(other.desk, 'second', '2026-03-09');
    other.desk.withdraw('second', '2026-03-09');
    expect(other.plan.state.chart).toBe('second.ready');
    other.plan.report('second', '2026-09-09', on('2026-09-09'));
    expect(deviations(other.plan)).toEqual(['gate-not-opened']);
  });
});

describe('17. staff who are the patient', () => {
  it('do not clear themselves for anaesthesia', () => {
    const clearance = taskOf('clearance', { clears: 'anaesthesia', role: 'nurse' });
    const { plan, desk } = series({ anaesthesia: 'general', beforeEach: [clearance] });
    plan.send(
      eventOf(
        'task.completed',
        { task: 'peel.ready/clearance' },
        { actor: actor('patient-1', 'nurse', 'patient') },
      ),
    );
    expect(refusedBy(desk.start('peel'))).toEqual(['S5']);
  });
  it('and nobody of another role clears in the place of whoever does', () => {
    const clearance = taskOf('clearance', { clears: 'anaesthesia', role: 'dermatologist' });
    const { plan, desk } = series({ anaesthesia: 'general', beforeEach: [clearance] });
    plan.send(eventOf('task.completed', { task: 'peel.ready/clearance' }, { actor: coordinator }));
    expect(refusedBy(desk.start('peel'))).toEqual(['S5']);
  });
});

describe('18. a report told again with a later end', () => {
  it('the interval counts from the later of the ends', () => {
    const spacing = intervalOf('spacing', atStage('end of peel'), 'last-procedure', {
      minimum: for_(10, 'day'),
    });
    const { plan, desk } = series({ sessions: 1 }, { intervals: [spacing] });
    const told = (id: string, endedOn: string, now: string) =>
      plan.send(
        eventOf('procedure.performed', { stage: 'peel', performedOn: '2026-03-02', endedOn }, { id }),
        now,
      );
    told('a', '2026-03-03', on('2026-03-03'));
    told('b', '2026-03-06', on('2026-03-07'));
    expect(refusedBy(desk.start('last', on('2026-03-14')))).toEqual(['S3']);
  });
});

describe('21. a long course', () => {
  it('takes the report of its first stage, done again at the end', () => {
    const names = Array.from({ length: 20 }, (_one, index) => `s${index + 1}`);
    const back = decisionOf('back', { outcomes: { yes: GO, over: [{ do: 'to', stage: 's1', atMost: 1 }] } });
    const { plan } = planned(
      names.map((name) =>
        stageOf(name, { consent: course(name), ...(name === 's19' ? { reassess: 'back' } : {}) }),
      ),
      { decisions: [back] },
    );
    for (const name of names.slice(0, 19)) plan.report(name, '2026-03-02');
    decide(plan, 'decision/back', 'over', { now: on('2026-03-03') });
    expect(plan.state.chart).toBe('s1.ready');
    plan.report('s1', '2026-03-04', on('2026-03-04'));
    expect(plan.state.performed.at(-1)).toMatchObject({ stage: 's1', performedOn: '2026-03-04' });
  });
});

describe('22. a stage that a decision left out', () => {
  it('is not owed after all because the plan comes back by way of its consultation', () => {
    const exit = { reviewEvery: for_(7, 'day'), closesAfter: for_(1, 'year'), tasks: [] };
    const skip = decisionOf('skip', { outcomes: { yes: GO, out: [{ do: 'to', stage: 'third' }] } });
    const { plan } = planned([stageOf('first', { reassess: 'skip' }), stageOf('second'), stageOf('third')], {
      decisions: [skip],
      exits: { postponement: { ...exit, returnsTo: 'consultation' } },
    });
    plan.report('first', '2026-03-02');
    decide(plan, 'decision/skip', 'out');
    expect(plan.state.chart).toBe('third.ready');
    plan.send(eventOf('leaveCourse', { exit: 'postponement', reason: 'travels' }, { actor: coordinator }));
    plan.send(eventOf('returnToCourse', { reason: 'is back' }, { actor: coordinator }));
    expect(plan.state.chart).toBe('third.ready');
  });
});

describe('23. appointments that stand in the calendar for nothing', () => {
  it('of an operation ahead, as the plan leaves its course from the consultation', () => {
    const { plan, desk } = planned([stageOf('first')], { consultation: [taskOf('talk')] });
    desk.book('first', '2026-03-20');
    plan.send(eventOf('leaveCourse', { exit: 'postponement', reason: 'travels' }, { actor: coordinator }));
    expect(plan.state.bookings.first?.status).toBe('cancelled');
  });

  it('of a stage that was done on an earlier day than booked', () => {
    const { plan, desk } = planned([stageOf('first', { consent: course('first'), recovery: [visit] })]);
    desk.book('first', '2026-03-20');
    give(desk, 'first', '2026-03-05');
    expect(openTasks(plan).filter((id) => id.startsWith('plan/calendar-'))).toHaveLength(1);
  });
});

describe('24. prep that is done not more than 3 days before', () => {
  it('does not open the gate months later', () => {
    const test = taskOf('test', {
      when: { due: { from: for_(3, 'day'), to: for_(1, 'day'), before: 'booking' } },
    });
    const { plan, desk } = planned([stageOf('flap', { consent: course('flap'), prep: [test] })]);
    desk.startPrep('flap');
    desk.book('flap', '2026-03-04');
    plan.complete('flap.prep/test');
    expect(refusedBy(desk.start('flap', on('2026-06-20')))).toEqual(['phase']);
  });
});

describe('25. a series that has all its sessions while the plan is in prep for one more', () => {
  it('opens no gate: the report of one of them was late', () => {
    const { plan, desk } = series({ sessions: 2, prep: [taskOf('bloods')] });
    desk.startPrep('peel');
    plan.complete('peel.prep/bloods');
    give(desk, 'peel', '2026-03-10');
    desk.startPrep('peel');
    plan.complete('peel.prep/bloods');
    plan.report('peel', '2026-03-05', on('2026-03-11'));
    expect(doneOf(plan, 'peel')).toBe(2);
    expect(desk.start('peel').outcome).not.toBe('accepted');
  });

  it('opens no gate once what ends it early is met', () => {
    const untilWhen = { all: [leaf('clear', 'equal', true)] };
    const { plan, desk } = series(
      { prep: [taskOf('bloods')], untilWhen },
      { facts: [factOf('clear', { kind: 'yes or no' })] },
    );
    desk.startPrep('peel');
    plan.complete('peel.prep/bloods');
    give(desk, 'peel', '2026-03-10');
    desk.startPrep('peel');
    plan.observe([{ fact: 'clear', value: true }], on('2026-03-11'));
    plan.complete('peel.prep/bloods');
    expect(desk.start('peel').outcome).not.toBe('accepted');
  });
});

describe('26. the report of the first operation taken back at the gate of the second', () => {
  it('does not open that gate at once, with nothing to count from', () => {
    const stages = ['first', 'second'].map((name) =>
      stageOf(name, { consent: course(name), recovery: [visit] }),
    );
    const spacing = intervalOf('spacing', atStage('end of first'), 'second-procedure', {
      minimum: for_(90, 'day'),
    });
    const { plan, desk } = planned(stages, { intervals: [spacing] });
    give(desk, 'first', '2026-03-02');
    plan.complete('first.recovery/visit');
    expect(refusedBy(desk.start('second', on('2026-03-09')))).toEqual(['S3']);
    desk.withdraw('first', '2026-03-02');
    expect(desk.start('second').outcome).not.toBe('accepted');
  });
});

describe('27. a rule that stops prep, met behind its gate', () => {
  it('does not stop the clock of the prep, for it keeps no gate ahead closed', () => {
    const smoking = contraindication(
      'smoking',
      { all: [leaf('smoker', 'equal', true)] },
      { stops: ['prep'] },
    );
    const { plan, desk } = series(
      { prep: [taskOf('bloods')] },
      { rules: [smoking], facts: [factOf('smoker', { kind: 'yes or no' })] },
    );
    plan.observe([{ fact: 'smoker', value: false }]);
    desk.startPrep('peel');
    plan.observe([{ fact: 'smoker', value: true }], on('2026-03-03'));
    expect(plan.state.waits['task/peel.prep/bloods']?.pausedAt).toBeUndefined();
  });
});
