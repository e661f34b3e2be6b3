import { Desk, openQuestions, openTasks, refusedBy } from '../../support/appointments.ts';
import { for_, pathwayWith, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import { eventOf, kinds, patient, RunningPlan } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const CONSENT = { form: 'filling-consent', by: 'patient', covers: 'course' as const, lasts: for_(1, 'year') };

const filling = (more: Parameters<typeof stageOf>[1] = {}) =>
  stageOf('filling', { consent: CONSENT, sessions: 3, ...more });

/** At the gate of a series of three, which began on Monday, 2 March. */
const planned = (stage: Parameters<typeof stageOf>[1] = {}, more: Variation = {}) => {
  const stages = [filling(stage), stageOf('closing')];
  const plan = new RunningPlan(
    pathwayWith({ rules: [], consultation: [], stages, ...more }),
    on('2026-03-02'),
  );
  plan.consent('filling-consent', '2026-03-02');
  return { plan, desk: new Desk(plan) };
};

describe('an appointment that nobody reports on', () => {
  it.each([
    ['Tuesday, 3 March', '2026-03-03', '2026-03-05T04:59:59.999Z', '2026-03-05T05:00:00.000Z'],
    ['Friday, 6 March', '2026-03-06', '2026-03-10T03:59:59.999Z', '2026-03-10T04:00:00.000Z'],
  ])('on %s is asked about by the end of the next working day', (_day, day, before, at) => {
    const { plan, desk } = planned();
    desk.book('filling', day);
    plan.wake(before);
    expect(openQuestions(plan)).toEqual([]);
    plan.wake(at);
    expect(openQuestions(plan)).toEqual([`missed/filling/${day}`]);
    expect(plan.state.questions[`missed/filling/${day}`]).toMatchObject({
      roles: ['coordinator'],
      outcomes: ['missed'],
      stage: 'filling',
    });
    expect(plan.state.waits[`question/missed/filling/${day}`]?.owner).toBe('coordinator');
  });

  it('wakes the plan for it', () => {
    const { plan, desk } = planned();
    desk.book('filling', '2026-03-03');
    desk.start('filling', on('2026-03-03'));
    expect(plan.state.waits['start/filling']).toBeUndefined();
    while ((plan.state.wake.at ?? 'never') < '2026-03-05T05:00:00.000Z') plan.wake(plan.state.wake.at ?? '');
    expect(plan.state.wake.at).toBe('2026-03-05T05:00:00.000Z');
  });

  it.each([
    ['a report', (desk: Desk) => desk.plan.report('filling', '2026-03-03')],
    ['another booking', (desk: Desk) => desk.book('filling', '2026-03-20')],
    ['its cancellation', (desk: Desk) => desk.cancelled('filling')],
    ['the word that nobody came', (desk: Desk) => desk.missed('filling', '2026-03-03')],
  ])('is no longer asked about after %s', (_what, heard) => {
    const { plan, desk } = planned();
    desk.book('filling', '2026-03-03');
    plan.wake('2026-03-05T05:00:00.000Z');
    heard(desk);
    expect(openQuestions(plan)).toEqual([]);
    expect(plan.state.waits['question/missed/filling/2026-03-03']).toBeUndefined();
  });

  it('and was missed, by the coordinator’s answer, is owed still', () => {
    const { plan, desk } = planned();
    desk.book('filling', '2026-03-03');
    plan.wake('2026-03-05T05:00:00.000Z');
    expect(desk.answer('missed/filling/2026-03-03', 'missed').answer.outcome).toBe('accepted');
    expect(plan.state.bookings.filling?.status).toBe('noshow');
    expect(plan.state.stages.filling).toEqual({ round: 1, skipped: [] });
    expect(plan.state.chart).toBe('filling.ready');
    expect(plan.state.waits['start/filling']?.title).toBe('Book Stage filling, session 1 of 3');
    expect(kinds(plan.last.journal)).toContain('appointment.missed');
  });

  it('booked for the same day once more is not missed by the old answer', () => {
    const { plan, desk } = planned();
    desk.book('filling', '2026-03-03');
    plan.wake('2026-03-05T05:00:00.000Z');
    desk.answer('missed/filling/2026-03-03', 'missed');
    desk.booked('filling', '2026-03-03', on('2026-03-06'));
    expect(plan.state.bookings.filling?.status).toBe('booked');
    expect(openTasks(plan)).toContain('plan/move-filling');
    expect(plan.state.waits['start/filling']?.owner).toBe('coordinator');
  });
});

describe('a patient who does not come', () => {
  it('closes the gate that was opened, and the plan is back before it', () => {
    const { plan, desk } = planned();
    desk.book('filling', '2026-03-03');
    desk.start('filling', on('2026-03-03'));
    desk.missed('filling', '2026-03-03');
    expect(plan.state.chart).toBe('filling.ready');
    expect(plan.state.gates).toMatchObject([{ closedAt: on('2026-03-03') }]);
    expect(plan.state.waits['report/filling']).toBeUndefined();
    expect(plan.state.waits['start/filling']?.owner).toBe('coordinator');
  });

  it('closes the gate of prep too, and what was done of prep is not done again', () => {
    const { plan, desk } = planned({ prep: [taskOf('bloods')] });
    desk.startPrep('filling');
    plan.finishPhase();
    desk.book('filling', '2026-03-03');
    desk.missed('filling', '2026-03-03', on('2026-03-04'));
    expect(plan.state.chart).toBe('filling.ready');
    expect(plan.state.gates).toMatchObject([{ of: 'prep', closedAt: on('2026-03-04') }]);
    expect(desk.startPrep('filling').outcome).toBe('accepted');
    expect(refusedBy(desk.start('filling'))).toEqual([]);
  });

  it('is passed over where the file says so, and the series goes on', () => {
    const { plan, desk } = planned({ missed: 'skip', beforeEach: [taskOf('weigh')] });
    desk.book('filling', '2026-03-03');
    plan.finishPhase();
    desk.missed('filling', '2026-03-03', on('2026-03-04'));
    expect(plan.state.stages.filling).toEqual({ round: 1, skipped: ['2026-03-03'] });
    expect(kinds(plan.last.journal)).toContain('session.skipped');
    expect(plan.state.chart).toBe('filling.ready');
    expect(plan.state.waits['start/filling']?.title).toBe('Book Stage filling, session 2 of 3');
  });

  it('for the last of a series that is passed over, ends it', () => {
    const { plan, desk } = planned({ missed: 'skip' });
    for (const day of ['2026-03-02', '2026-03-03']) plan.report('filling', day, on(day));
    desk.book('filling', '2026-03-04');
    desk.missed('filling', '2026-03-04', on('2026-03-05'));
    expect(plan.state.stages.filling?.skipped).toHaveLength(1);
    expect(plan.state.chart).toBe('closing.ready');
    expect(plan.state.enteredAt['filling.closure']).toBe(on('2026-03-05'));
  });

  it('for all of a series leaves it without aftercare of what was never done', () => {
    const visit = taskOf('visit', { due: { to: for_(7, 'day'), after: 'procedure' } });
    const { plan, desk } = planned({ missed: 'skip', sessions: 1, recovery: [visit] });
    desk.book('filling', '2026-03-03');
    desk.missed('filling', '2026-03-03', on('2026-03-04'));
    expect(plan.state.chart).toBe('closing.ready');
    expect(plan.state.tasks['filling.recovery/visit']).toBeUndefined();
  });

  it('told twice is passed over once', () => {
    const { plan, desk } = planned({ missed: 'skip' });
    desk.book('filling', '2026-03-03');
    desk.missed('filling', '2026-03-03', on('2026-03-04'));
    desk.missed('filling', '2026-03-03', on('2026-03-05'));
    expect(plan.state.stages.filling?.skipped).toHaveLength(1);
  });

  it('for a day from which the appointment was moved changes nothing', () => {
    const { plan, desk } = planned({ missed: 'skip' });
    desk.book('filling', '2026-03-03');
    desk.book('filling', '2026-03-10');
    desk.missed('filling', '2026-03-03', on('2026-03-04'));
    expect(plan.state.bookings.filling).toMatchObject({ on: '2026-03-10', status: 'booked' });
    expect(plan.state.stages.filling?.skipped).toEqual([]);
  });

  it('for an appointment that the plan had not heard of counts all the same', () => {
    const { plan, desk } = planned({ missed: 'skip' });
    desk.missed('filling', '2026-03-03', on('2026-03-04'));
    expect(plan.state.bookings.filling).toMatchObject({ on: '2026-03-03', status: 'noshow' });
    expect(plan.state.stages.filling?.skipped).toHaveLength(1);
  });

  it.each([
    ['of a stage that has not been come to', 'closing', '2026-03-03'],
    ['on a day on which it was performed', 'filling', '2026-03-02'],
  ])('%s changes nothing', (_what, stage, day) => {
    const { plan, desk } = planned({ missed: 'skip' });
    plan.report('filling', '2026-03-02');
    desk.missed(stage, day, on('2026-03-04'));
    expect(plan.state.stages.filling?.skipped).toEqual([]);
    expect(plan.state.chart).toBe('filling.ready');
  });

  it('of a stage ahead that was booked is owed when the plan comes to it', () => {
    const { plan, desk } = planned();
    desk.book('closing', '2026-03-10');
    desk.missed('closing', '2026-03-10', on('2026-03-11'));
    expect(plan.state.bookings.closing?.status).toBe('noshow');
    expect(plan.state.chart).toBe('filling.ready');
  });

  it('is not known to be missed on a day to come', () => {
    const { desk } = planned();
    desk.book('filling', '2026-03-10');
    expect(desk.missed('filling', '2026-03-10').answer).toMatchObject({
      outcome: 'rejected',
      code: 'CC2014',
    });
  });

  it('does not answer the coordinator’s question', () => {
    const { plan, desk } = planned();
    desk.book('filling', '2026-03-03');
    plan.wake('2026-03-05T05:00:00.000Z');
    const answer = eventOf(
      'decide',
      { question: 'missed/filling/2026-03-03', outcome: 'missed' },
      { actor: patient },
    );
    expect(plan.send(answer).answer.outcome).toBe('rejected');
  });
});

describe('a session that was passed over as missed, and turns out to have been given that day', () => {
  it('is one session behind, not two', () => {
    const { plan, desk } = planned({ missed: 'skip' });
    desk.book('filling', '2026-03-03');
    desk.start('filling', on('2026-03-03'));
    plan.wake('2026-03-05T05:00:00.000Z');
    desk.answer('missed/filling/2026-03-03', 'missed');
    expect(plan.state.stages.filling?.skipped).toEqual(['2026-03-03']);
    plan.report('filling', '2026-03-03', on('2026-03-05'));
    expect(kinds(plan.last.journal)).not.toContain('deviation.raised');
    expect(plan.state.stages.filling?.skipped).toEqual([]);
    expect(plan.state.waits['start/filling']?.title).toBe('Book Stage filling, session 2 of 3');
  });

  it.each([
    ['the day of the first', '2026-03-03', ['2026-03-10'], 'session 3 of 3'],
    ['the day of the second', '2026-03-10', ['2026-03-03'], 'session 3 of 3'],
    ['a day between', '2026-03-04', ['2026-03-03', '2026-03-10'], undefined],
  ])('of two that were passed over, and a report of %s', (_name, day, skipped, owed) => {
    const { plan, desk } = planned({ missed: 'skip' });
    for (const missed of ['2026-03-03', '2026-03-10']) {
      desk.book('filling', missed);
      desk.missed('filling', missed, on(missed));
    }
    plan.report('filling', day, on('2026-03-11'));
    expect(plan.state.stages.filling?.skipped).toEqual(skipped);
    expect(plan.state.waits['start/filling']?.title).toBe(owed && `Book Stage filling, ${owed}`);
    expect(plan.state.chart).toBe(owed ? 'filling.ready' : 'closing.ready');
  });

  it('as the last of a series, leads to the care after it', () => {
    const visit = taskOf('visit', { due: { to: for_(7, 'day'), after: 'procedure' } });
    const { plan, desk } = planned({ missed: 'skip', sessions: 1, recovery: [visit] });
    desk.book('filling', '2026-03-03');
    desk.missed('filling', '2026-03-03', on('2026-03-04'));
    expect(plan.state.chart).toBe('closing.ready');
    plan.report('filling', '2026-03-03', on('2026-03-04'));
    expect(plan.state.stages.filling?.skipped).toEqual([]);
    expect(plan.state.chart).toBe('filling.recovery');
    expect(openTasks(plan)).toContain('filling.recovery/visit');
  });
});

describe('after the patient did not come', () => {
  /** Two weeks, when nothing is said of the time between. */
  it.each([
    [
      'of weeks after the stage was come to: it counts from that day',
      '2026-04-01',
      '2026-04-16T04:00:00.000Z',
    ],
    ['of the day on which it was come to: the same', '2026-03-02', '2026-03-17T04:00:00.000Z'],
  ])('another appointment is owed, %s', (_what, day, dueAt) => {
    const { plan, desk } = planned({}, { waits: { unbooked: for_(14, 'day') } });
    expect(plan.state.waits['start/filling']?.dueAt).toBe('2026-03-17T04:00:00.000Z');
    desk.book('filling', day);
    desk.missed('filling', day, on('2026-04-02'));
    expect(plan.state.waits['start/filling']).toMatchObject({
      title: 'Book Stage filling, session 1 of 3',
      dueAt,
    });
  });
});
