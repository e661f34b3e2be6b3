import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { Desk, openQuestions, openTasks, refusedBy } from '../../support/appointments.ts';
import { for_, pathwayWith, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import { coordinator, eventOf, kinds, patient, RunningPlan } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const consentOf = (covers: 'course' | 'one procedure') => ({
  ...{ form: 'flap-consent', by: 'patient', covers, lasts: for_(1, 'year') },
});

const visit = taskOf('visit', { due: { to: for_(7, 'day'), after: 'procedure' } });

/** At the gate of the first of two stages. */
const planned = (stage: Parameters<typeof stageOf>[1] = {}, more: Variation = {}) => {
  const flap = stageOf('flap', { consent: consentOf('one procedure'), recovery: [visit], ...stage });
  const next = stageOf('nipple', { consent: { ...consentOf('course'), form: 'nipple-consent' } });
  const plan = new RunningPlan(
    pathwayWith({ rules: [], consultation: [], stages: [flap, next], ...more }),
    on('2026-03-02'),
  );
  plan.consent('flap-consent', '2026-03-02');
  return { plan, desk: new Desk(plan) };
};

/** The same plan, as it would stand in another chart state. */
const moveTo = (plan: RunningPlan, chart: string, more: Partial<PlanState> = {}): void => {
  plan.steps.push({ ...plan.last, state: { ...plan.state, chart, ...more } });
};

const deviations = (plan: RunningPlan): unknown[] =>
  plan.last.journal.flatMap(({ kind, details }) => (kind === 'deviation.raised' ? [details.code] : []));

describe('a procedure whose gate had been opened and that was not performed', () => {
  it('closes the gate, and the plan is back before it', () => {
    const { plan, desk } = planned();
    desk.start('flap');
    desk.notPerformed('flap', '2026-03-02');
    expect(plan.state.chart).toBe('flap.ready');
    expect(plan.state.gates).toMatchObject([{ stage: 'flap', closedAt: on('2026-03-02') }]);
    expect(plan.state.waits['report/flap']).toBeUndefined();
    expect(plan.state.waits['start/flap']?.title).toBe('Book Stage flap');
    expect(plan.state.performed).toEqual([]);
    expect(kinds(plan.last.journal)).toContain('procedure.notPerformed');
  });

  it('needs the gate to be asked again', () => {
    const { plan, desk } = planned();
    desk.start('flap');
    desk.notPerformed('flap', '2026-03-02');
    plan.withdraw('flap-consent');
    expect(refusedBy(desk.start('flap'))).toEqual(['S1']);
  });

  it('ends the appointment that it was booked for, and no other', () => {
    const { plan, desk } = planned();
    desk.book('flap', '2026-03-03');
    desk.start('flap', on('2026-03-03'));
    desk.notPerformed('flap', '2026-03-03');
    expect(plan.state.bookings.flap?.status).toBe('cancelled');
    desk.book('flap', '2026-03-10');
    desk.start('flap', on('2026-03-09'));
    desk.notPerformed('flap', '2026-03-09');
    expect(plan.state.bookings.flap?.status).toBe('booked');
  });

  it.each([
    ['no gate stands open', (_desk: Desk) => {}],
    [
      'what was let through has been reported',
      (desk: Desk) => {
        desk.start('flap');
        desk.plan.report('flap', '2026-03-02');
      },
    ],
    ['the gate opened on a later day', (desk: Desk) => desk.start('flap', on('2026-03-04'))],
  ])('is in the journal alone when %s', (_when, before) => {
    const { plan, desk } = planned();
    before(desk);
    const stood = plan.state;
    desk.notPerformed('flap', '2026-03-02');
    expect({ ...plan.state, sequence: 0 }).toEqual({ ...stood, sequence: 0 });
    expect(kinds(plan.last.journal)).toEqual(['event.accepted', 'procedure.notPerformed']);
  });

  it('performed all the same, on a day on which the gate still stood, is no deviation; later it is', () => {
    const during = planned();
    during.desk.start('flap');
    during.desk.notPerformed('flap', '2026-03-03', on('2026-03-03'));
    during.plan.report('flap', '2026-03-02');
    expect(deviations(during.plan)).toEqual([]);
    const after = planned();
    after.desk.start('flap');
    after.desk.notPerformed('flap', '2026-03-03', on('2026-03-03'));
    after.plan.report('flap', '2026-03-03');
    expect(deviations(after.plan)).toEqual(['gate-not-opened']);
  });
});

describe('a report that is withdrawn', () => {
  it('is no more: the stage is owed, and the signature is free again', () => {
    const { plan, desk } = planned();
    desk.start('flap');
    plan.report('flap', '2026-03-02');
    expect(plan.state.consents).toMatchObject([{ usedFor: 'flap' }]);
    desk.withdraw('flap', '2026-03-02', on('2026-03-03'));
    expect(plan.state.performed).toEqual([]);
    expect(plan.state.chart).toBe('flap.ready');
    expect(plan.state.consents).toEqual([{ form: 'flap-consent', by: 'patient', signedOn: '2026-03-02' }]);
    expect(openTasks(plan)).toEqual([]);
    expect(refusedBy(desk.start('flap'))).toEqual([]);
    expect(deviations(plan)).toEqual([]);
  });

  it('and told right is taken as what the gate had been opened for', () => {
    const { plan, desk } = planned();
    desk.start('flap');
    plan.report('flap', '2026-03-03', on('2026-03-03'));
    desk.withdraw('flap', '2026-03-03');
    plan.report('flap', '2026-03-02');
    expect(plan.state.performed).toMatchObject([{ performedOn: '2026-03-02', deviation: false }]);
    expect(plan.state.chart).toBe('flap.recovery');
  });

  it.each([
    ['on the day on which the plan left its course is taken as behind the gate', '2026-03-02', []],
    ['after the plan had left its course is not', '2026-03-04', ['gate-not-opened']],
  ])('and told right: what was done %s', (_what, performedOn, raised) => {
    const { plan, desk } = planned({ sessions: 2, consent: consentOf('course') });
    desk.start('flap');
    plan.report('flap', '2026-03-02');
    plan.send(eventOf('leaveCourse', { exit: 'postponement', reason: 'away' }, { actor: coordinator }));
    plan.send(eventOf('returnToCourse', { reason: 'back' }, { actor: coordinator }), on('2026-03-03'));
    desk.withdraw('flap', '2026-03-02', on('2026-03-06'));
    plan.report('flap', performedOn);
    expect(deviations(plan)).toEqual(raised);
  });

  it('that work has been built on is looked at by the clinical lead', () => {
    const { plan, desk } = planned();
    desk.start('flap');
    plan.report('flap', '2026-03-02');
    plan.finishPhase(on('2026-03-09'));
    expect(plan.state.chart).toBe('nipple.ready');
    desk.withdraw('flap', '2026-03-02', on('2026-03-10'));
    expect(deviations(plan)).toEqual(['report-withdrawn']);
    expect(Object.values(plan.state.tasks).filter(({ role }) => role === 'clinical-lead')).toHaveLength(1);
    expect(plan.state.chart).toBe('flap.ready');
  });

  it('was never told: that it is withdrawn stands in the journal alone', () => {
    const { plan, desk } = planned();
    desk.start('flap');
    const { performed, chart } = plan.state;
    desk.withdraw('flap', '2026-03-02');
    expect(plan.state).toMatchObject({ performed, chart });
    expect(kinds(plan.last.journal)).toEqual(['event.accepted', 'report.withdrawn']);
  });

  it('leaves a stage that was performed on another day as it is', () => {
    const { plan, desk } = planned({ consent: consentOf('course') });
    plan.report('flap', '2026-03-02');
    plan.report('flap', '2026-03-03', on('2026-03-03'));
    desk.withdraw('flap', '2026-03-03');
    expect(plan.state.chart).toBe('flap.recovery');
    expect(openTasks(plan)).toContain('flap.recovery/visit');
  });

  it('of one session of several is owed again, from wherever the series had got to', () => {
    const { plan, desk } = planned({ sessions: 2, consent: consentOf('course') });
    for (const day of ['2026-03-02', '2026-03-03']) plan.report('flap', day, on(day));
    expect(plan.state.chart).toBe('flap.recovery');
    desk.withdraw('flap', '2026-03-02');
    expect(plan.state.chart).toBe('flap.ready');
    expect(plan.state.waits['start/flap']?.title).toBe('Book Stage flap, session 2 of 2');
  });

  it('at the next session, is owed there', () => {
    const { plan, desk } = planned({ sessions: 2, consent: consentOf('course'), afterEach: [visit] });
    plan.report('flap', '2026-03-02');
    desk.withdraw('flap', '2026-03-02');
    expect(plan.state.chart).toBe('flap.ready');
    expect(plan.state.waits['start/flap']?.title).toBe('Book Stage flap, session 1 of 2');
    expect(openTasks(plan).filter((id) => id.startsWith('flap'))).toEqual([]);
  });

  it('leaves the appointment that it had fulfilled standing', () => {
    const { plan, desk } = planned();
    desk.book('flap', '2026-03-03');
    plan.report('flap', '2026-03-03', on('2026-03-03'));
    desk.withdraw('flap', '2026-03-03');
    expect(plan.state.bookings.flap).toMatchObject({ on: '2026-03-03', status: 'booked' });
  });

  it('frees only one signature of several', () => {
    const { plan, desk } = planned({ sessions: 3 });
    plan.consent('flap-consent', '2026-03-02');
    plan.report('flap', '2026-03-02');
    plan.report('flap', '2026-03-03', on('2026-03-03'));
    desk.withdraw('flap', '2026-03-02');
    expect(plan.state.consents.filter(({ usedFor }) => usedFor === 'flap')).toHaveLength(1);
  });

  it('is taken of staff alone, and of no day to come', () => {
    const { plan, desk } = planned();
    plan.report('flap', '2026-03-02');
    const wrong = { stage: 'flap', performedOn: '2026-03-02', reason: 'I was not there' };
    expect(plan.send(eventOf('report.withdrawn', wrong, { actor: patient })).answer.outcome).toBe('rejected');
    const not = { stage: 'flap', on: '2026-03-02', reason: 'I was not there' };
    expect(plan.send(eventOf('procedure.notPerformed', not, { actor: patient })).answer.outcome).toBe(
      'rejected',
    );
    expect(desk.withdraw('flap', '2026-03-10').answer).toMatchObject({ code: 'CC2014' });
    expect(desk.notPerformed('flap', '2026-03-10').answer).toMatchObject({ code: 'CC2014' });
  });

  it('takes the decision with it that the stage was to end with', () => {
    const decision = {
      ...{ decision: 'result', title: 'Result', ladder: 'standard', needs: [] },
      by: { kind: 'roles' as const, roles: ['dermatologist'] },
      due: { to: for_(7, 'day'), after: 'asked' as const },
      outcomes: { go: [{ do: 'go' as const }] },
    };
    const { plan, desk } = planned({ reassess: 'result', recovery: [] }, { decisions: [decision] });
    plan.report('flap', '2026-03-02');
    expect(openQuestions(plan)).toEqual(['decision/result']);
    desk.withdraw('flap', '2026-03-02', on('2026-03-03'));
    expect(plan.state.chart).toBe('flap.ready');
    expect(openQuestions(plan)).toEqual([]);
  });

  it('of a plan that is over is taken, and looked at', () => {
    const { plan, desk } = planned();
    plan.report('flap', '2026-03-02');
    plan.cancel();
    desk.withdraw('flap', '2026-03-02');
    expect(plan.state.chart).toBe('cancelled');
    expect(plan.state.performed).toEqual([]);
    expect(deviations(plan)).toEqual(['report-withdrawn']);
  });
});

describe('a report moves the plan where reality is', () => {
  it.each([
    'consultation',
    'assessment',
    'flap.ready',
    'flap.procedure',
    'flap.recovery',
    'nipple.ready',
    'board.decision',
  ])('from %s', (chart) => {
    const course = [
      { kind: 'decision' as const, name: 'board' },
      { kind: 'stage' as const, name: 'flap' },
      { kind: 'stage' as const, name: 'nipple' },
    ];
    const decision = {
      ...{ decision: 'board', title: 'Board', ladder: 'standard', needs: [] },
      by: { kind: 'roles' as const, roles: ['dermatologist'] },
      due: { to: for_(7, 'day'), after: 'asked' as const },
      outcomes: { go: [{ do: 'go' as const }] },
    };
    const { plan } = planned({}, { course, decisions: [decision] });
    moveTo(plan, chart);
    plan.report('flap', '2026-03-02');
    expect(plan.state.chart).toBe('flap.recovery');
  });

  it('from an exit, whose review and work end with it', () => {
    const { plan } = planned();
    const leave = { exit: 'postponement' as const, reason: 'on holiday' };
    plan.send(eventOf('leaveCourse', leave, { actor: coordinator }));
    expect(plan.state.chart).toBe('postponement');
    plan.report('flap', '2026-03-03', on('2026-03-03'));
    expect(plan.state.chart).toBe('flap.recovery');
    expect(plan.state.leave).toBeUndefined();
    expect(Object.keys(plan.state.waits).filter((id) => id.startsWith('exit/'))).toEqual([]);
    expect(deviations(plan)).toEqual(['gate-not-opened']);
  });

  it.each([
    ['that came while the plan was on its course', false, false],
    ['when the plan has left its course again', true, true],
  ])('withdrawn, nobody is asked where the plan belongs of one %s', (_when, wasOff, isOff) => {
    const { plan, desk } = planned();
    const leave = { exit: 'postponement' as const, reason: 'on holiday' };
    if (wasOff) plan.send(eventOf('leaveCourse', leave, { id: 'one', actor: coordinator }));
    plan.report('flap', '2026-03-03', on('2026-03-03'));
    if (isOff) plan.send(eventOf('leaveCourse', leave, { id: 'two', actor: coordinator }));
    desk.withdraw('flap', '2026-03-03', on('2026-03-04'));
    expect(openTasks(plan).filter((id) => id.startsWith('plan/returned-'))).toEqual([]);
  });

  it('of a session of several, to the gate of the next', () => {
    const { plan } = planned({ sessions: 2 });
    moveTo(plan, 'nipple.ready');
    plan.report('flap', '2026-03-02');
    expect(plan.state.chart).toBe('flap.ready');
    expect(plan.state.waits['start/flap']?.owner).toBe('coordinator');
  });

  it('and never out of an end', () => {
    const { plan } = planned();
    plan.cancel();
    plan.report('flap', '2026-03-02');
    expect(plan.state.chart).toBe('cancelled');
    expect(plan.state.performed).toHaveLength(1);
  });
});
