import { Desk, openTasks, refusedBy } from '../../support/appointments.ts';
import {
  atStage,
  consentTo,
  for_,
  intervalOf,
  pathwayWith,
  stageOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import { coordinator, eventOf, RunningPlan, refusalOf } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const consent = (form: string) => ({
  ...{ form: `${form}-consent`, by: 'patient', covers: 'course' as const, lasts: for_(5, 'year') },
});
const visit = taskOf('visit', { due: { to: for_(7, 'day'), after: 'procedure' } });
const weigh = taskOf('weigh', { due: { to: for_(1, 'day'), after: 'stage' } });

/** At the gate of the first of three operations; the second and the third not sooner than 90 days after the first. */
const planned = (more: Variation = {}, variant: Parameters<typeof stageOf>[1] = {}) => {
  const stages = ['expander', 'exchange', 'nipple'].map((name) =>
    stageOf(name, { consent: consent(name), recovery: [visit], beforeEach: [weigh], ...variant }),
  );
  const intervals = ['exchange', 'nipple'].map((name) =>
    intervalOf(`spacing-${name}`, atStage('end of expander'), `${name}-procedure`, {
      minimum: for_(90, 'day'),
    }),
  );
  const plan = new RunningPlan(
    pathwayWith({ rules: [], facts: [], consultation: [], stages, intervals, ...more }),
    on('2026-03-02'),
  );
  for (const { form } of stages.map(consentTo)) plan.consent(form, '2026-03-02');
  return { plan, desk: new Desk(plan) };
};

/** The first operation was done and healed, by a report that is wrong: the plan is at the gate of the second. */
const atSecondGate = () => {
  const all = planned();
  all.desk.start('expander');
  all.plan.report('expander', '2026-03-02');
  all.plan.complete('expander.recovery/visit', on('2026-03-09'));
  return all;
};

describe('a report that is withdrawn when the plan has come to the next operation', () => {
  it('brings the plan back to the gate of what was not done', () => {
    const { plan, desk } = atSecondGate();
    expect(refusedBy(desk.start('exchange'))).toEqual(['S3']);
    desk.withdraw('expander', '2026-03-02');
    expect(plan.state.chart).toBe('expander.ready');
    expect(refusedBy(desk.start('exchange'))).toEqual(['phase']);
    expect(plan.state.waits['start/expander']?.owner).toBe('coordinator');
  });

  it('closes the gate that stood open there, and asks for no work before it', () => {
    const { plan, desk } = atSecondGate();
    desk.start('exchange', on('2026-07-01'));
    expect(plan.state.chart).toBe('exchange.procedure');
    desk.withdraw('expander', '2026-03-02', on('2026-07-02'));
    expect(plan.state.gates.find(({ stage }) => stage === 'exchange')?.closedAt).toBe(on('2026-07-02'));
    expect(openTasks(plan).filter((id) => id.startsWith('exchange'))).toEqual([]);
    expect(plan.state.waits['report/exchange']).toBeUndefined();
  });

  it('asks for the work before the next again, once the first is done', () => {
    const { plan, desk } = atSecondGate();
    desk.withdraw('expander', '2026-03-02');
    desk.start('expander', on('2026-03-16'));
    plan.report('expander', '2026-03-16');
    plan.complete('expander.recovery/visit');
    expect(plan.state.chart).toBe('exchange.ready');
    expect(openTasks(plan)).toContain('exchange.ready/weigh');
    expect(refusedBy(desk.start('exchange', on('2026-06-13')))).toEqual(['S3']);
    expect(refusedBy(desk.start('exchange', on('2026-06-14')))).toEqual([]);
  });

  it('keeps what counts from it closed where the plan has gone on, until it is reported when it was', () => {
    const { plan, desk } = atSecondGate();
    plan.report('exchange', '2026-07-01', on('2026-07-01'));
    plan.complete('exchange.recovery/visit');
    expect(plan.state.chart).toBe('nipple.ready');
    desk.withdraw('expander', '2026-03-02');
    expect(plan.state.chart).toBe('nipple.ready');
    const [reason] = refusalOf(desk.start('nipple', on('2026-07-20'))).reasons;
    expect(reason).toMatchObject({
      invariant: 'S3',
      interval: { rule: 'spacing-nipple', result: 'unknown' },
      clears: [[{ kind: 'event', type: 'procedure.performed', needs: 'expander' }]],
    });
    plan.report('expander', '2026-03-03');
    expect(refusedBy(desk.start('nipple'))).toEqual([]);
  });
});

describe('a report of the wrong stage, withdrawn', () => {
  it('leaves the plan where it stood: at the first operation, and not at the gate of the second', () => {
    const { plan, desk } = planned();
    plan.report('exchange', '2026-03-02');
    expect(plan.state.performed).toMatchObject([{ movedFrom: { chart: 'expander.ready' } }]);
    desk.withdraw('exchange', '2026-03-02');
    expect(plan.state.chart).toBe('expander.ready');
    expect(refusedBy(desk.start('exchange'))).toEqual(['phase']);
    expect(openTasks(plan).filter((id) => !id.startsWith('plan/'))).toEqual(['expander.ready/weigh']);
  });

  it.each([
    ['the prep', 'expander.prep', (desk: Desk) => desk.startPrep('expander')],
    [
      'the procedure',
      'expander.procedure',
      (desk: Desk) => {
        desk.startPrep('expander');
        desk.plan.complete('expander.prep/bloods');
        desk.start('expander');
      },
    ],
  ])(
    'of a plan that stood in %s behind its gate, leaves it there: the gate stands open still',
    (_in, chart, go) => {
      const { plan, desk } = planned({}, { prep: [taskOf('bloods')] });
      go(desk);
      expect(plan.state.chart).toBe(chart);
      plan.report('exchange', '2026-03-02');
      desk.withdraw('exchange', '2026-03-02');
      expect(plan.state.chart).toBe(chart);
      expect(openTasks(plan).filter((id) => id.startsWith('exchange'))).toEqual([]);
      expect(plan.state.waits['report/exchange']).toBeUndefined();
    },
  );

  it('finds a gate closed that was closed meanwhile: it has to be asked again', () => {
    const { plan, desk } = planned();
    desk.start('expander');
    plan.report('exchange', '2026-03-02');
    desk.notPerformed('expander', '2026-03-02');
    desk.withdraw('exchange', '2026-03-02');
    expect(plan.state.chart).toBe('expander.ready');
    expect(refusedBy(desk.start('expander'))).toEqual([]);
  });

  it('after another that was wrong too, leaves it where it stood before both, whichever is taken back first', () => {
    for (const order of [
      ['exchange', 'nipple'],
      ['nipple', 'exchange'],
    ]) {
      const { plan, desk } = planned();
      plan.report('exchange', '2026-03-02');
      plan.report('nipple', '2026-03-03', on('2026-03-03'));
      for (const stage of order) desk.withdraw(stage, stage === 'exchange' ? '2026-03-02' : '2026-03-03');
      expect(plan.state.chart).toBe('expander.ready');
      expect(refusedBy(desk.start('nipple'))).toEqual(['phase']);
    }
  });

  it('told right since, leaves the plan where that has led', () => {
    const { plan, desk } = planned();
    plan.report('exchange', '2026-03-02');
    plan.report('expander', '2026-03-02');
    expect(plan.state.chart).toBe('expander.recovery');
    desk.withdraw('exchange', '2026-03-02');
    expect(plan.state.chart).toBe('expander.recovery');
    plan.complete('expander.recovery/visit', on('2026-03-09'));
    expect(plan.state.chart).toBe('exchange.ready');
  });

  it('told right since, of an earlier day, leads to the care after what was done: nobody had asked for it where it was', () => {
    const { plan, desk } = planned();
    plan.report('exchange', '2026-03-04', on('2026-03-04'));
    plan.report('expander', '2026-03-03', on('2026-03-05'));
    expect(plan.state.chart).toBe('exchange.recovery');
    expect(openTasks(plan)).toContain('expander.recovery/visit');
    desk.withdraw('exchange', '2026-03-04', on('2026-03-06'));
    expect(plan.state.chart).toBe('expander.recovery');
    expect(openTasks(plan)).toContain('expander.recovery/visit');
    expect(plan.state.waits['task/expander.recovery/visit']?.dueAt).toBe('2026-03-11T04:00:00.000Z');
    desk.withdraw('expander', '2026-03-03');
    expect(plan.state.chart).toBe('expander.ready');
    expect(openTasks(plan).filter((id) => !id.startsWith('plan/'))).toEqual(['expander.ready/weigh']);
  });

  it('told right since, of an earlier day, leads to the next session where more are owed', () => {
    const { plan, desk } = planned({}, { sessions: 2, afterEach: [taskOf('wash')] });
    plan.report('exchange', '2026-03-04', on('2026-03-04'));
    plan.report('expander', '2026-03-03', on('2026-03-05'));
    expect(plan.state.chart).toBe('exchange.ready');
    desk.withdraw('exchange', '2026-03-04', on('2026-03-06'));
    expect(plan.state.chart).toBe('expander.ready');
    expect(openTasks(plan)).toContain('expander.session/wash');
    expect(openTasks(plan)).not.toContain('expander.recovery/visit');
  });

  it('of a plan in consultation, leaves it there', () => {
    const { plan, desk } = planned({ consultation: [taskOf('talk')], assessment: [taskOf('scan')] });
    plan.report('expander', '2026-03-02');
    desk.withdraw('expander', '2026-03-02');
    expect(plan.state.chart).toBe('consultation');
    expect(openTasks(plan)).toContain('consultation/talk');
  });

  it('of a stage that was done before, brings the plan back to the gate that it stood before', () => {
    const { plan, desk } = atSecondGate();
    plan.report('expander', '2026-03-10', on('2026-03-10'));
    expect(plan.state.chart).toBe('expander.recovery');
    desk.withdraw('expander', '2026-03-10');
    expect(plan.state.chart).toBe('exchange.ready');
  });
});

describe('a report of the wrong day, withdrawn', () => {
  it.each([
    ['an earlier', '2026-03-02', '2026-03-10T04:00:00.000Z'],
    ['a later', '2026-03-07', '2026-03-13T04:00:00.000Z'],
  ])('told right since, of %s day, has its open care due by the sooner of the two', (_which, day, due) => {
    const { plan, desk } = planned();
    const visit = 'expander.recovery/visit';
    plan.report('expander', '2026-03-05', on('2026-03-05'));
    plan.report('expander', day, on('2026-03-08'));
    expect(plan.state.waits[`task/${visit}`]?.dueAt).toBe('2026-03-13T04:00:00.000Z');
    desk.withdraw('expander', '2026-03-05', on('2026-03-08'));
    expect(plan.state.waits[`task/${visit}`]?.dueAt).toBe(due);
    expect(plan.state.tasks[visit]).toMatchObject({ status: 'requested', turn: { after: day } });
  });

  it('told right since, of so early a day that its care is late, calls for it at once', () => {
    const { plan, desk } = planned();
    plan.report('expander', '2026-03-15', on('2026-03-15'));
    plan.report('expander', '2026-03-02', on('2026-03-16'));
    const { journal } = desk.withdraw('expander', '2026-03-15', on('2026-03-16'));
    expect(journal.map(({ says }) => says)).toContain(
      'Overdue since 2026-03-10T04:00:00.000Z: Title of visit',
    );
  });

  it('of a session that never was, leaves what its care is due by: that of the one before was given', () => {
    const { plan, desk } = planned({}, { sessions: 3, afterEach: [visit] });
    plan.report('expander', '2026-03-02');
    plan.complete('expander.session/visit', on('2026-03-03'));
    plan.report('expander', '2026-03-05', on('2026-03-05'));
    const { dueAt } = plan.state.waits['task/expander.session/visit'] ?? {};
    desk.withdraw('expander', '2026-03-05', on('2026-03-06'));
    expect(plan.state.waits['task/expander.session/visit']?.dueAt).toBe(dueAt);
  });
});

describe('a report that brought a plan back to its course, withdrawn', () => {
  const off = (more: Parameters<typeof planned>[1] = {}, rest: Variation = {}) => {
    const all = planned(rest, more);
    const { plan } = all;
    plan.send(
      eventOf(
        'leaveCourse',
        { exit: 'postponement', reason: 'on holiday' },
        { id: 'leave', actor: coordinator },
      ),
    );
    const { leave } = plan.state;
    plan.report('expander', '2026-03-03', on('2026-03-03'));
    expect(plan.state.chart).toBe('expander.recovery');
    return { ...all, leave };
  };
  const asked = (plan: RunningPlan) => openTasks(plan).filter((id) => id.startsWith('plan/returned-'));

  it('finds it off its course as it was: since that day, for that reason, until that day', () => {
    const { plan, desk, leave } = off();
    desk.withdraw('expander', '2026-03-03', on('2026-03-04'));
    expect(plan.state.chart).toBe('postponement');
    expect(plan.state.leave).toEqual(leave);
    expect(plan.state.waits['exit/postponement']?.owner).toBe('coordinator');
    expect(asked(plan)).toEqual([]);
    expect(openTasks(plan).filter((id) => id.startsWith('expander'))).toEqual([]);
    plan.send(eventOf('returnToCourse', { reason: 'is back' }, { actor: coordinator }));
    expect(plan.state.chart).toBe('expander.ready');
  });

  it('at the gate of the next session, leaves nothing open of what comes before that', () => {
    const { plan, desk } = planned({}, { sessions: 2 });
    plan.send(eventOf('leaveCourse', { exit: 'postponement', reason: 'on holiday' }, { actor: coordinator }));
    plan.report('expander', '2026-03-03', on('2026-03-03'));
    expect(openTasks(plan)).toContain('expander.ready/weigh');
    desk.withdraw('expander', '2026-03-03');
    expect(plan.state.chart).toBe('postponement');
    expect(openTasks(plan).filter((id) => id.startsWith('expander'))).toEqual([]);
  });

  it.each([
    [
      'care was given on the strength of it',
      (plan: RunningPlan) => plan.complete('expander.recovery/visit', on('2026-03-04')),
    ],
    [
      'another was performed since',
      (plan: RunningPlan) => plan.report('exchange', '2026-03-04', on('2026-03-04')),
    ],
    ['it would have been closed meanwhile', (plan: RunningPlan) => plan.wake('2027-06-01T12:00:00.000Z')],
  ])('asks the coordinator where the plan belongs when %s', (_when, since) => {
    const { plan, desk } = off();
    since(plan);
    desk.withdraw('expander', '2026-03-03');
    expect(plan.state.leave).toBeUndefined();
    expect(asked(plan)).toHaveLength(1);
  });

  it('while it is off its course again, is where it left it: before what was not done', () => {
    const { plan, desk } = off();
    plan.send(
      eventOf(
        'leaveCourse',
        { exit: 'conservative', reason: 'infection' },
        { id: 'two', actor: coordinator },
      ),
    );
    desk.withdraw('expander', '2026-03-03');
    expect(plan.state.leave).toMatchObject({ exit: 'conservative', from: 'expander.ready' });
    expect(asked(plan)).toEqual([]);
  });
});
