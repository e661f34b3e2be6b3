import { Desk, openTasks, refusedBy } from '../../support/appointments.ts';
import { for_, pathwayWith, stageOf, type Variation } from '../../support/pathways.ts';
import { eventOf, RunningPlan } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';
import { dueOf, repeating, until } from '../../support/tasks.ts';

/** What the simulation found of gates, sessions, appointments and care, each as the smallest plan that shows it. */

const consent = { form: 'consent', by: 'patient', covers: 'course' as const, lasts: for_(1, 'year') };

/** At the gate of the first of two stages, on Monday, 2 March. */
const planned = (first: Parameters<typeof stageOf>[1] = {}, more: Variation = {}) => {
  const stages = [stageOf('filling', { consent, ...first }), stageOf('closing', { consent })];
  const plan = new RunningPlan(
    pathwayWith({ rules: [], facts: [], consultation: [], stages, ...more }),
    on('2026-03-02'),
  );
  plan.consent('consent', '2026-03-02');
  return { plan, desk: new Desk(plan) };
};

it('after the course nobody owes the report of a gate that nobody went through', () => {
  const { plan, desk } = planned();
  desk.start('filling');
  expect(plan.state.waits['report/filling']).toBeDefined();
  plan.report('closing', '2026-03-02');
  expect(plan.state.chart).toBe('completed');
  expect(plan.state.waits['report/filling']).toBeUndefined();
});

it.each([
  ['the day on which it was done', '2026-03-02', ['phase']],
  ['the day after', '2026-03-03', []],
])('the next session is booked for %s: %s', (_day, day, against) => {
  const { plan, desk } = planned({ sessions: 2 });
  plan.report('filling', '2026-03-02');
  expect(refusedBy(desk.book('filling', day))).toEqual(against);
});

it('a day on which nobody came is one session passed over, however often its appointment is told', () => {
  const { plan, desk } = planned({ sessions: 3, missed: 'skip' });
  const told = (id: string) =>
    plan.send(
      eventOf(
        'appointment.booked',
        { stage: 'filling', on: '2026-03-03' },
        { id, time: '2026-03-02T15:00:00.000Z' },
      ),
    );
  told('calendar-1');
  plan.wake('2026-03-05T05:00:00.000Z');
  desk.answer('missed/filling/2026-03-03', 'missed');
  expect(plan.state.stages.filling?.skipped).toEqual(['2026-03-03']);
  told('calendar-2');
  expect(plan.state.stages.filling?.skipped).toEqual(['2026-03-03']);
  expect(plan.state.bookings.filling?.status).toBe('noshow');
});

it('the first of a row after what was done once more, and is told late, is overdue, and waits for no second', () => {
  const photograph = repeating('photograph', for_(3, 'day'), until(for_(2, 'week'), 'procedure'));
  const { plan } = planned({ recovery: [photograph] });
  plan.report('filling', '2026-03-02');
  for (const day of ['2026-03-05', '2026-03-08', '2026-03-11', '2026-03-14'])
    plan.complete('filling.recovery/photograph', on(day));
  expect(openTasks(plan)).not.toContain('filling.recovery/photograph');
  plan.report('filling', '2026-03-20', on('2026-03-28'));
  expect(dueOf(plan, 'filling.recovery/photograph')).toBe('2026-03-24T04:00:00.000Z');
});
