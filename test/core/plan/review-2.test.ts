import { Desk } from '../../support/appointments.ts';
import {
  BOARD,
  boardOf,
  comeBack,
  decide,
  decisionOf,
  exitTo,
  GO,
  lead,
  leave,
  openQuestions,
  openTasks,
  planWith,
  sleepUntil,
} from '../../support/decided.ts';
import {
  alertOf,
  atStage,
  contraindication,
  factOf,
  for_,
  intervalOf,
  leaf,
  stageOf,
  tableOf,
  taskOf,
} from '../../support/pathways.ts';
import { eventOf, nurse, refusalOf } from '../../support/plan.ts';
import { perform } from '../../support/staged.ts';
import { beforeBooking, dueOf, repeating, until } from '../../support/tasks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const consent = {
  form: 'first-consent',
  by: 'patient' as const,
  covers: 'course' as const,
  lasts: for_(2, 'year'),
};
const exits = (returnsTo: 'where it left' | 'assessment') => ({
  postponement: { reviewEvery: for_(30, 'day'), closesAfter: for_(1, 'year'), returnsTo, tasks: [] },
});

describe('prep whose turn changes under it', () => {
  const series = () =>
    planWith({
      stages: [
        stageOf('first', {
          sessions: 3,
          consent,
          prep: [taskOf('check', { due: { to: for_(3, 'day'), after: 'stage' } })],
        }),
      ],
    });
  const toPrepOfSecond = () => {
    const plan = series();
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.startPrep('first');
    plan.complete('first.prep/check');
    expect(desk.start('first').outcome).toBe('accepted');
    plan.report('first', '2026-03-03', at('2026-03-03'));
    expect(desk.startPrep('first', at('2026-03-05')).outcome).toBe('accepted');
    expect(plan.state.tasks['first.prep/check']?.status).toBe('requested');
    return { plan, desk };
  };

  it('G1a a withdrawn report of the session before does not leave work owed that nobody can do (done before)', () => {
    const { plan, desk } = toPrepOfSecond();
    plan.complete('first.prep/check', at('2026-03-06'));
    desk.withdraw('first', '2026-03-03', at('2026-03-07'));
    plan.complete('first.prep/check', at('2026-03-08'));
    expect([plan.state.chart, desk.start('first', at('2026-03-09')).outcome]).toEqual([
      'first.prep',
      'accepted',
    ]);
  });

  it('G1b ... nor when it is done afterwards', () => {
    const { plan, desk } = toPrepOfSecond();
    desk.withdraw('first', '2026-03-03', at('2026-03-07'));
    plan.complete('first.prep/check', at('2026-03-08'));
    expect([plan.state.chart, desk.start('first', at('2026-03-09')).outcome]).toEqual([
      'first.prep',
      'accepted',
    ]);
  });
});

describe('a row before a procedure whose phase is entered again', () => {
  const weekly = () =>
    planWith({ stages: [stageOf('first', { beforeEach: [repeating('weight', for_(7, 'day'))] })] });

  it('C1 keeps its week over an exit', () => {
    const plan = weekly();
    const id = 'first.ready/weight';
    for (const done of ['2026-03-09', '2026-03-16', '2026-03-23', '2026-03-30']) plan.complete(id, at(done));
    expect(plan.state.tasks[id]?.repeat).toBe(5);
    leave(plan, 'postponement', at('2026-03-31'));
    comeBack(plan, at('2026-04-01'));
    expect(plan.state.tasks[id]?.status).toBe('requested');
    expect((dueOf(plan, id) ?? '') <= '2026-04-09T04:00:00.000Z' || dueOf(plan, id)).toBe(true);
  });

  it('C2 keeps its week over a missed appointment', () => {
    const plan = weekly();
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    const id = 'first.ready/weight';
    for (const done of ['2026-03-09', '2026-03-16', '2026-03-23', '2026-03-30']) plan.complete(id, at(done));
    desk.booked('first', '2026-04-01', at('2026-03-31'));
    expect(desk.start('first', at('2026-04-01')).outcome).toBe('accepted');
    desk.missed('first', '2026-04-01', at('2026-04-02'));
    expect(plan.state.chart).toBe('first.ready');
    plan.complete(id, at('2026-04-06'));
    expect((dueOf(plan, id) ?? '') <= '2026-04-14T04:00:00.000Z' || dueOf(plan, id)).toBe(true);
  });
});

describe('many stages', () => {
  it('D a plan of twenty stages returns to its assessment', () => {
    const names = Array.from({ length: 20 }, (_, index) => `s${index}`);
    const plan = planWith({ stages: names.map((name) => stageOf(name)), exits: exits('assessment') });
    let n = 2;
    for (const name of names.slice(0, 19)) {
      n += 1;
      plan.report(name, `2026-03-${String(n).padStart(2, '0')}`, at(`2026-03-${String(n).padStart(2, '0')}`));
    }
    expect(plan.state.chart).toBe('s19.ready');
    leave(plan, 'postponement');
    comeBack(plan);
    expect(plan.state.chart).toBe('s19.ready');
  });
});

describe('backward', () => {
  it('E to an earlier stage does what lies between again', () => {
    const plan = planWith({
      stages: [stageOf('first'), stageOf('second', { reassess: 'result' })],
      course: [
        { kind: 'stage', name: 'first' },
        { kind: 'stage', name: 'second' },
        { kind: 'decision', name: 'mid' },
      ],
      decisions: [
        decisionOf('result', { outcomes: { go: GO } }),
        decisionOf('mid', { outcomes: { back: [{ do: 'to', stage: 'first', atMost: 1 }], on: GO } }),
      ],
    });
    perform(plan, 'first', '2026-03-03');
    perform(plan, 'second', '2026-03-04');
    decide(plan, 'decision/result', 'go');
    decide(plan, 'decision/mid', 'back');
    expect(plan.state.chart).toBe('first.ready');
    perform(plan, 'first', '2026-03-05');
    expect(plan.state.chart).toBe('second.ready');
  });
});

describe('off its course', () => {
  const aftercare = () =>
    planWith({
      exits: exits('where it left'),
      stages: [stageOf('first', { closure: [taskOf('drain')] }), stageOf('second')],
    });

  it('F a report that is withdrawn meanwhile is owed again on return', () => {
    const plan = aftercare();
    const desk = new Desk(plan);
    perform(plan, 'first', '2026-03-03');
    expect(plan.state.chart).toBe('first.closure');
    leave(plan, 'postponement', at('2026-03-04'));
    desk.withdraw('first', '2026-03-03', at('2026-03-05'));
    comeBack(plan, at('2026-03-06'));
    expect([plan.state.chart, plan.state.performed]).toEqual(['first.ready', []]);
  });

  it('AP what is booked ahead of a later stage is taken out of the calendar', () => {
    const plan = planWith({ exits: exits('where it left'), consultation: [taskOf('talk')] });
    const desk = new Desk(plan);
    expect(desk.book('first', '2026-03-10').outcome).toBe('accepted');
    leave(plan, 'referral' as never);
    expect(plan.state.bookings.first?.status).toBe('cancelled');
    expect(openTasks(plan).some((id) => id.includes('calendar-first'))).toBe(true);
  });

  it('A what an alert asked while the stage asked the same is asked still', () => {
    const plan = planWith({
      alerts: [
        alertOf('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
      ],
      stages: [stageOf('first', { reassess: 'result' })],
      decisions: [decisionOf('result')],
    });
    perform(plan, 'first', '2026-03-03');
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    leave(plan, 'postponement');
    expect(openQuestions(plan)).not.toEqual([]);
  });
});

describe('another round', () => {
  const rounds = () =>
    planWith({
      stages: [
        stageOf('first', {
          closure: [taskOf('drain', { due: { to: for_(2, 'day'), after: 'procedure' } })],
          prep: [taskOf('check', { due: { to: for_(3, 'day'), after: 'stage' } })],
          consent,
        }),
        stageOf('second'),
      ],
      alerts: [
        alertOf('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
      ],
      decisions: [decisionOf('result', { outcomes: { again: [{ do: 'again', atMost: 3 }] } })],
    });

  it('J work told late, done in the round before, is not the work of this one', () => {
    const plan = rounds();
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.startPrep('first', at('2026-03-03'));
    plan.complete('first.prep/check', at('2026-03-03'));
    desk.start('first', at('2026-03-04'));
    plan.report('first', '2026-03-04', at('2026-03-04'));
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    decide(plan, 'decision/result', 'again', { now: at('2026-03-20') });
    desk.startPrep('first', at('2026-03-21'));
    expect(plan.state.tasks['first.prep/check']?.status).toBe('requested');
    plan.send(
      eventOf('task.completed', { task: 'first.prep/check' }, { id: 'late', time: at('2026-03-03') }),
      at('2026-03-22'),
    );
    expect(desk.start('first', at('2026-03-22')).outcome).toBe('refused');
  });

  it('G2 aftercare that is overdue stays overdue', () => {
    const plan = rounds();
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.startPrep('first', at('2026-03-03'));
    plan.complete('first.prep/check', at('2026-03-03'));
    desk.start('first', at('2026-03-04'));
    plan.report('first', '2026-03-04', at('2026-03-04'));
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    const before = dueOf(plan, 'first.closure/drain');
    decide(plan, 'decision/result', 'again', { now: at('2026-03-20') });
    plan.report('first', '2026-03-22', at('2026-03-22'));
    expect(dueOf(plan, 'first.closure/drain')).toBe(before);
  });
});

describe('a delay', () => {
  it('Z is not made shorter by another', () => {
    const plan = planWith({
      facts: [factOf('platelets', { kind: 'number', unit: '10*9/L', from: 0, to: 1000 } as never)],
      tables: [
        tableOf(
          'counts',
          ['delay', 'full'],
          [
            { when: { all: [leaf('platelets', 'lessThan', 100)] }, answer: 'delay' },
            { when: { all: [leaf('platelets', 'greaterThanInclusive', 100)] }, answer: 'full' },
          ],
        ),
      ],
      stages: [
        stageOf('first'),
        stageOf('second', {
          table: {
            table: 'counts',
            outcomes: { full: GO, delay: [{ do: 'wait', for: for_(28, 'day'), atMost: 2 }] },
          } as never,
        }),
      ],
      intervals: [
        intervalOf('soon', atStage('end of first'), 'second-procedure', {
          latest: for_(30, 'day'),
          ifLate: { decide: 'late' },
        }),
      ],
      decisions: [
        decisionOf('late', {
          outcomes: { later: [{ do: 'wait', for: for_(3, 'day'), atMost: 1 }], operate: GO },
        }),
      ],
    });
    perform(plan, 'first', '2026-03-03');
    plan.consent('second-consent', '2026-03-03');
    plan.wake(at('2026-04-03'));
    plan.observe([{ fact: 'platelets', value: 50, unit: '10*9/L' }], at('2026-04-03'));
    plan.start('second');
    expect(plan.state.delays.second?.until).toBe('2026-05-01');
    decide(plan, 'late/second/soon/2026-03-03', 'later');
    expect(plan.state.delays.second?.until).toBe('2026-05-01');
  });
});

describe('a board', () => {
  it('V does not decide at its due time what is not known any more', () => {
    const plan = planWith({
      stages: [stageOf('first', { reassess: 'result' })],
      decisions: [
        decisionOf('result', {
          by: boardOf(2, { tie: 'nurse' }),
          needs: ['smoker'],
          outcomes: { yes: GO, no: exitTo('referral') },
        }),
      ],
    });
    plan.observe([{ fact: 'smoker', value: true }], at('2026-03-03'), { id: 'told' });
    perform(plan, 'first', '2026-03-03');
    decide(plan, 'decision/result', 'no', { by: lead });
    decide(plan, 'decision/result', 'yes', { by: nurse });
    expect(openQuestions(plan)).toEqual(['decision/result']);
    plan.send(eventOf('fact.withdrawn', { fact: 'smoker', on: '2026-03-03', reason: 'x' }, { id: 'w' }));
    expect(plan.state.observations.smoker ?? []).toEqual([]);
    sleepUntil(plan, at('2026-03-20'));
    expect(openQuestions(plan)).toEqual(['decision/result']);
    expect(BOARD.length).toBe(3);
  });
});

describe('what is left open as a course goes on', () => {
  it('K32 care after the last session is owed though the course is over', () => {
    const plan = planWith({
      stages: [
        stageOf('first', { afterEach: [taskOf('visit', { due: { to: for_(7, 'day'), after: 'session' } })] }),
      ],
    });
    perform(plan, 'first', '2026-03-03');
    expect([plan.state.chart, plan.state.tasks['first.session/visit']?.status]).toEqual([
      'completed',
      'requested',
    ]);
  });

  it('K30 the rest of a stage that was left out stays left out, though one of its sessions is told late', () => {
    const plan = planWith({
      stages: [stageOf('first', { sessions: 4, consent }), stageOf('second')],
      alerts: [
        alertOf('toxic', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
      ],
      decisions: [decisionOf('result', { outcomes: { stop: [{ do: 'next stage' }] } })],
    });
    perform(plan, 'first', '2026-03-03');
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at('2026-03-10'));
    decide(plan, 'decision/result', 'stop');
    expect(plan.state.chart).toBe('second.ready');
    plan.report('first', '2026-03-08', at('2026-03-11'));
    expect(plan.state.chart).not.toBe('first.ready');
  });

  it('K3 aftercare that fell away at an exit is asked for again when a report ends the leave', () => {
    const plan = planWith({
      exits: exits('where it left'),
      stages: [stageOf('first', { recovery: [taskOf('drains')] }), stageOf('second')],
    });
    perform(plan, 'first', '2026-03-03');
    expect(plan.state.chart).toBe('first.recovery');
    leave(plan, 'postponement', at('2026-03-04'));
    plan.report('second', '2026-03-05', at('2026-03-05'));
    expect(plan.state.leave).toBeUndefined();
    expect(plan.state.tasks['first.recovery/drains']?.status).toBe('requested');
  });

  it('J2 S5: a clearance of the round before, told late, clears nobody in this round', () => {
    const plan = planWith({
      stages: [
        stageOf('first', {
          anaesthesia: 'general',
          consent,
          beforeEach: [taskOf('fit', { clears: 'anaesthesia' })],
          recovery: [taskOf('visit')],
        }),
      ],
      alerts: [
        alertOf('toxic', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
      ],
      decisions: [decisionOf('result', { outcomes: { again: [{ do: 'again', atMost: 2 }] } })],
    });
    plan.consent('first-consent', '2026-03-02');
    plan.complete('first.ready/fit', at('2026-03-03'));
    expect(plan.start('first', at('2026-03-04')).outcome).toBe('accepted');
    plan.report('first', '2026-03-04', at('2026-03-04'));
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at('2026-03-10'));
    decide(plan, 'decision/result', 'again', { now: at('2026-06-20') });
    expect(refusalOf(plan.start('first')).reasons.map(({ invariant }) => invariant)).toEqual(['S5']);
    plan.send(eventOf('task.completed', { task: 'first.ready/fit' }, { id: 'late', time: at('2026-03-03') }));
    expect(plan.start('first').outcome).toBe('refused');
  });
});

describe('more', () => {
  const fever = (outcomes: Parameters<typeof decisionOf>[1]) => ({
    alerts: [
      alertOf('toxic', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
    ],
    decisions: [decisionOf('result', outcomes)],
  });
  const again = { outcomes: { again: [{ do: 'again' as const, atMost: 3 }] } };

  it('D2 the report of a stage that is done again, many others behind it, is taken', () => {
    const names = Array.from({ length: 20 }, (_, index) => `s${index}`);
    const plan = planWith({
      stages: names.map((name) => stageOf(name)),
      course: [...names.map((name) => ({ kind: 'stage' as const, name })), { kind: 'decision', name: 'mid' }],
      decisions: [decisionOf('mid', { outcomes: { back: [{ do: 'to', stage: 's0', atMost: 1 }] } })],
    });
    let n = 2;
    for (const name of names) {
      n += 1;
      const on = `2026-03-${String(n).padStart(2, '0')}`;
      plan.report(name, on, at(on));
    }
    expect(plan.state.chart).toBe('mid.decision');
    decide(plan, 'decision/mid', 'back');
    expect(plan.report('s0', '2026-03-24', at('2026-03-24')).answer.outcome).toBe('accepted');
  });

  it('K104 a row that is not begun again leaves no wait behind', () => {
    const plan = planWith({
      stages: [
        stageOf('first', {
          closure: [repeating('dressing', for_(7, 'day'), until(for_(10, 'day'), 'plan start'))],
          recovery: [taskOf('visit')],
        }),
      ],
      ...fever(again),
    });
    perform(plan, 'first', '2026-03-03');
    expect(plan.state.tasks['first.closure/dressing']?.status).toBe('requested');
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at('2026-03-10'));
    decide(plan, 'decision/result', 'again', { now: at('2026-03-20') });
    perform(plan, 'first', '2026-03-21');
    const isOpen = plan.state.tasks['first.closure/dressing']?.status === 'requested';
    expect([isOpen, 'task/first.closure/dressing' in plan.state.waits]).toEqual([isOpen, isOpen]);
  });

  it('K95 a table is not acted on when the gate is asked on a day that is too early anyhow', () => {
    const plan = planWith({
      facts: [factOf('platelets', { kind: 'number', unit: '10*9/L', from: 0, to: 1000 })],
      tables: [
        tableOf(
          'counts',
          ['stop', 'full'],
          [
            { when: { all: [leaf('platelets', 'lessThan', 100)] }, answer: 'stop' },
            { when: { all: [leaf('platelets', 'greaterThanInclusive', 100)] }, answer: 'full' },
          ],
        ),
      ],
      stages: [
        stageOf('first'),
        stageOf('second', { table: { table: 'counts', outcomes: { full: GO, stop: exitTo('referral') } } }),
      ],
      intervals: [
        intervalOf('spacing', atStage('end of first'), 'second-procedure', { minimum: for_(21, 'day') }),
      ],
    });
    perform(plan, 'first', '2026-03-03');
    plan.observe([{ fact: 'platelets', value: 50, unit: '10*9/L' }], at('2026-03-13'));
    plan.start('second', at('2026-03-13'));
    expect(plan.state.chart).toBe('second.ready');
  });

  it('K106 one person is not two of a board by being a guardian as well', () => {
    const plan = planWith({
      stages: [stageOf('first', { reassess: 'result' })],
      decisions: [decisionOf('result', { by: { kind: 'roles', roles: ['nurse', 'guardian'] } })],
    });
    perform(plan, 'first', '2026-03-03');
    const both = { id: 'nurse-1', roles: ['nurse', 'guardian'], clinic: 'northside' };
    decide(plan, 'decision/result', 'yes', { by: both, role: 'nurse' });
    decide(plan, 'decision/result', 'yes', { by: both, role: 'guardian' });
    expect(openQuestions(plan)).toEqual(['decision/result']);
  });

  it('K107 a row that comes back told late is not lost', () => {
    const plan = planWith({
      stages: [stageOf('first', { beforeEach: [repeating('weight', for_(7, 'day'))] })],
    });
    const id = 'first.ready/weight';
    plan.complete(id, at('2026-03-09'));
    leave(plan, 'postponement', at('2026-03-15'));
    comeBack(plan, at('2026-03-17'));
    plan.send(
      eventOf('task.completed', { task: id }, { id: 'late', time: at('2026-03-16') }),
      at('2026-03-18'),
    );
    expect(plan.state.tasks[id]?.repeat).toBeGreaterThan(2);
  });

  it('A2 what an alert asked, and the stage took over, is asked still when the plan leaves', () => {
    const plan = planWith({
      alerts: [
        alertOf('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
      ],
      stages: [stageOf('first', { reassess: 'result' })],
      decisions: [decisionOf('result')],
    });
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    perform(plan, 'first', '2026-03-03');
    leave(plan, 'postponement');
    expect(openQuestions(plan)).not.toEqual([]);
  });

  it('K108 what an alert asked, and was put off, is stopped by no hold', () => {
    const plan = planWith({
      rules: [contraindication('hot', { all: [leaf('temperature', 'greaterThanInclusive', 38)] })],
      alerts: [
        alertOf('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
      ],
      decisions: [
        decisionOf('result', { outcomes: { later: [{ do: 'wait', for: for_(1, 'day'), atMost: 3 }] } }),
      ],
    });
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    expect(plan.state.waits['question/decision/result']?.pausedAt).toBeUndefined();
    decide(plan, 'decision/result', 'later');
    expect(Object.keys(plan.state.holds).length).toBeGreaterThan(0);
    expect(plan.state.waits['question/decision/result#2']).toBeDefined();
    expect(plan.state.waits['question/decision/result#2']?.pausedAt).toBeUndefined();
  });

  it('T15 two decisions that cannot be acted on in one step are each handed to the coordinator', () => {
    const board = { by: boardOf(2), noQuorum: exitTo('referral') };
    const when = { all: [leaf('temperature', 'greaterThanInclusive', 38)] };
    const plan = planWith({
      alerts: [alertOf('a', when, { decide: 'one' }), alertOf('b', when, { decide: 'two' })],
      decisions: [decisionOf('one', board), decisionOf('two', board)],
    });
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    plan.cancel();
    expect(openQuestions(plan)).toEqual(['decision/one', 'decision/two']);
    sleepUntil(plan, at('2026-03-20'));
    expect(openQuestions(plan)).toEqual([]);
    expect(openTasks(plan).filter((id) => id.includes('decided-'))).toHaveLength(2);
  });

  it('K32b care after an earlier stage is owed though the course is over', () => {
    const plan = planWith({
      stages: [stageOf('first', { recovery: [taskOf('drains')] }), stageOf('second')],
    });
    perform(plan, 'first', '2026-03-03');
    plan.report('second', '2026-03-04', at('2026-03-04'));
    expect([plan.state.chart, plan.state.tasks['first.recovery/drains']?.status]).toEqual([
      'completed',
      'requested',
    ]);
  });

  it('R1 what was done before a round began, and is told in it, is not done in it', () => {
    const plan = planWith({
      stages: [stageOf('first', { sessions: 2, consent, recovery: [taskOf('visit')] })],
      ...fever(again),
    });
    perform(plan, 'first', '2026-03-03');
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at('2026-03-19'));
    decide(plan, 'decision/result', 'again', { now: at('2026-03-20') });
    expect(plan.state.stages.first?.round).toBe(2);
    plan.report('first', '2026-03-10', at('2026-03-21'));
    expect(plan.state.performed.at(-1)?.round).toBe(1);
  });

  it('K113 a delay that a hold outlasts, and an appointment moved over an exit: the plan can still be started', () => {
    const plan = planWith({
      exits: exits('where it left'),
      stages: [
        stageOf('first', { prep: [beforeBooking('check', { from: for_(7, 'day'), to: for_(2, 'day') })] }),
      ],
    });
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.startPrep('first');
    expect(desk.book('first', '2026-03-20').outcome).toBe('accepted');
    plan.complete('first.prep/check', at('2026-03-05'));
    expect(plan.state.tasks['first.prep/check']?.status).toBe('requested');
    plan.complete('first.prep/check', at('2026-03-14'));
    leave(plan, 'postponement', at('2026-03-15'));
    comeBack(plan, at('2026-03-16'));
    expect(desk.startPrep('first').outcome).toBe('accepted');
    desk.book('first', '2026-04-20');
    expect(plan.state.tasks['first.prep/check']?.status).toBe('requested');
    plan.complete('first.prep/check', at('2026-04-15'));
    expect(desk.start('first', at('2026-04-20')).outcome).toBe('accepted');
  });

  it.each([
    ['unbooked', undefined],
    ['past the booked day', '2026-03-08'],
  ])('K114 a clearance that has grown too old, %s, is asked for again', (_when, on) => {
    const plan = planWith({
      stages: [
        stageOf('first', {
          anaesthesia: 'general',
          consent,
          prep: [
            beforeBooking('fit', { from: for_(6, 'day'), to: for_(1, 'day') }, { clears: 'anaesthesia' }),
          ],
        }),
      ],
    });
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.startPrep('first');
    if (on) desk.book('first', on);
    plan.complete('first.prep/fit', at('2026-03-05'));
    sleepUntil(plan, at('2026-03-13'));
    const { reasons } = refusalOf(desk.start('first', at('2026-03-13')));
    expect(reasons.map(({ invariant }) => invariant)).toEqual(['S5']);
    plan.complete('first.prep/fit', at('2026-03-13'));
    expect(desk.start('first', at('2026-03-13')).outcome).toBe('accepted');
  });

  it('K116 work of prep that may be done 3 days before is not good on a day 17 days later', () => {
    const plan = planWith({
      stages: [
        stageOf('first', {
          consent,
          prep: [beforeBooking('test', { from: for_(3, 'day'), to: for_(1, 'day') })],
        }),
      ],
    });
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.startPrep('first');
    desk.book('first', '2026-03-10');
    plan.complete('first.prep/test', at('2026-03-08'));
    expect(desk.start('first', at('2026-03-25')).outcome).toBe('refused');
  });

  it('K127 a wrong report that is withdrawn does not bring a plan back to its course', () => {
    const plan = planWith({
      exits: exits('where it left'),
      stages: [stageOf('first', { closure: [taskOf('drain')] })],
    });
    const desk = new Desk(plan);
    leave(plan, 'postponement', at('2026-03-04'));
    plan.report('first', '2026-03-05', at('2026-03-05'));
    desk.withdraw('first', '2026-03-05', at('2026-03-06'));
    expect(plan.state.chart).toBe('postponement');
  });

  it('K128 care after an operation goes on though the plan is postponed', () => {
    const plan = planWith({
      exits: exits('where it left'),
      stages: [stageOf('first', { recovery: [taskOf('drains')] })],
    });
    perform(plan, 'first', '2026-03-03');
    leave(plan, 'postponement', at('2026-03-04'));
    expect(plan.state.tasks['first.recovery/drains']?.status).toBe('requested');
  });

  it('K129 a row that names its end goes on to it though the plan is postponed', () => {
    const plan = planWith({
      exits: exits('where it left'),
      stages: [
        stageOf('first', {
          closure: [repeating('dressing', for_(1, 'day'), until(for_(4, 'week'), 'procedure'))],
          recovery: [taskOf('x')],
        }),
      ],
    });
    perform(plan, 'first', '2026-03-03');
    leave(plan, 'postponement', at('2026-03-04'));
    expect(plan.state.tasks['first.closure/dressing']?.status).toBe('requested');
  });
});
