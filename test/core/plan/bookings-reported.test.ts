import { Desk, openQuestions, openTasks } from '../../support/appointments.ts';
import { decide, decisionOf, GO } from '../../support/decided.ts';
import { factOf, for_, leaf, pathwayWith, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import { eventOf, RunningPlan } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const consent = { form: 'peel-consent', by: 'patient', covers: 'course' as const, lasts: for_(5, 'year') };
const after = (by: number, of: 'procedure' | 'session' | 'stage') => ({
  when: { due: { to: for_(by, 'day'), after: of } },
});

/** At the first of three sessions. */
const series = (more: Parameters<typeof stageOf>[1] = {}, rest: Variation = {}) => {
  const stages = [stageOf('peel', { consent, sessions: 3, ...more }), stageOf('last')];
  const pathway = pathwayWith({ rules: [], facts: [], consultation: [], stages, ...rest });
  const plan = new RunningPlan(pathway, on('2026-03-02'));
  plan.consent(consent.form, '2026-03-02');
  return { plan, desk: new Desk(plan) };
};
const give = (desk: Desk, day: string): void => {
  const answer = desk.start('peel', on(day));
  if (answer.outcome !== 'accepted') throw new Error(JSON.stringify(answer));
  desk.plan.report('peel', day, on(day));
};
const toTakeOut = (plan: RunningPlan): string[] =>
  openTasks(plan).filter((id) => id.startsWith('plan/calendar-'));

describe('a report of a session while one is booked', () => {
  it.each([
    ['2026-03-08', 'booked'],
    ['2026-03-09', 'fulfilled'],
    ['2026-03-10', 'fulfilled'],
  ])('for 9 March, done on %s: the appointment is %s', (day, status) => {
    const { plan, desk } = series();
    desk.book('peel', '2026-03-09');
    plan.report('peel', day, on('2026-03-10'));
    expect(plan.state.bookings.peel?.status).toBe(status);
  });

  it('leaves the next one standing that was booked while it was on its way', () => {
    const { plan, desk } = series();
    desk.start('peel');
    desk.booked('peel', '2026-03-09');
    plan.report('peel', '2026-03-02');
    expect(plan.state.bookings.peel?.status).toBe('booked');
  });

  it('of the last one, done earlier than booked: somebody takes it out of the calendar', () => {
    const { plan, desk } = series({ sessions: 1, recovery: [taskOf('visit', after(7, 'procedure'))] });
    desk.book('peel', '2026-03-20');
    give(desk, '2026-03-05');
    expect(plan.state.bookings.peel?.status).toBe('cancelled');
    expect(toTakeOut(plan)).toHaveLength(1);
  });

  it('of an earlier one, taken back, sets up nothing that another session has fulfilled', () => {
    const { plan, desk } = series({ missed: 'skip' });
    give(desk, '2026-03-02');
    desk.book('peel', '2026-03-09');
    give(desk, '2026-03-09');
    desk.withdraw('peel', '2026-03-02');
    expect(plan.state.bookings.peel?.status).toBe('fulfilled');
    plan.wake('2026-03-11T04:00:00.000Z');
    expect(openQuestions(plan)).toEqual([]);
  });
});

describe('a series that ends early while its next session is booked', () => {
  it('has its appointment taken out of the calendar, and asks for no work before it', () => {
    const { plan, desk } = series(
      {
        untilWhen: { all: [leaf('clear', 'equal', true)] },
        beforeEach: [taskOf('weigh', after(1, 'stage'))],
      },
      { facts: [factOf('clear', { kind: 'yes or no' })] },
    );
    give(desk, '2026-03-02');
    desk.book('peel', '2026-03-16');
    plan.observe([{ fact: 'clear', value: true }], on('2026-03-10'));
    expect(plan.state.chart).toBe('last.ready');
    expect(plan.state.bookings.peel?.status).toBe('cancelled');
    expect(toTakeOut(plan)).toHaveLength(1);
    expect(openTasks(plan)).not.toContain('peel.ready/weigh');
  });
});

describe('a report of the round before, taken back', () => {
  it('leaves the care after the others of that round', () => {
    const more = decisionOf('more', { outcomes: { yes: GO, repeat: [{ do: 'again', atMost: 1 }] } });
    const { plan, desk } = series(
      { sessions: 2, reassess: 'more', afterEach: [taskOf('call', after(60, 'session'))] },
      { decisions: [more] },
    );
    give(desk, '2026-03-02');
    give(desk, '2026-03-09');
    decide(plan, 'decision/more', 'repeat', { now: on('2026-03-20') });
    expect(plan.state).toMatchObject({ chart: 'peel.ready', stages: { peel: { round: 2 } } });
    desk.withdraw('peel', '2026-03-02');
    expect(openTasks(plan)).toContain('peel.session/call');
    desk.withdraw('peel', '2026-03-09');
    expect(openTasks(plan)).not.toContain('peel.session/call');
  });
});

describe('events of a calendar that come out of their order', () => {
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
