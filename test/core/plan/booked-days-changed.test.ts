import { Desk, openTasks } from '../../support/appointments.ts';
import { atFact, factOf, for_, intervalOf, pathwayWith, stageOf } from '../../support/pathways.ts';
import { RunningPlan } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

/** Four weeks from the last dose to the operation. */
const pathway = pathwayWith({
  facts: [factOf('lastDose', { kind: 'date or never' })],
  rules: [],
  consultation: [],
  stages: [stageOf('first')],
  intervals: [
    intervalOf('washout', atFact('lastDose'), 'first-procedure', {
      minimum: for_(28, 'day'),
      latest: for_(90, 'day'),
    }),
  ],
});
const MOVE = 'plan/move-first';

const bookedFor = (day: string) => {
  const plan = new RunningPlan(pathway, on('2026-03-02'));
  plan.observe([{ fact: 'lastDose', value: '2026-01-20' }], on('2026-03-02'));
  const desk = new Desk(plan);
  expect(desk.book('first', day).outcome).toBe('accepted');
  return { plan, desk };
};
const tell = (plan: RunningPlan, value: string, day: string) =>
  plan.observe([{ fact: 'lastDose', value }], on(day));

describe('a day that was booked, and can be no more', () => {
  it.each([
    ['the day before it may be', '2026-03-20', '2026-02-21', [MOVE]],
    ['the first day on which it may be', '2026-03-20', '2026-02-20', []],
    ['a day of weeks later', '2026-03-20', '2026-03-02', [MOVE]],
    ['after the last day', '2026-04-15', '2026-01-14', [MOVE]],
  ])('is to be moved, and the coordinator hears: %s', (_name, day, lastDose, open) => {
    const { plan } = bookedFor(day);
    expect(openTasks(plan)).toEqual([]);
    tell(plan, lastDose, '2026-03-03');
    expect(openTasks(plan)).toEqual(open);
  });

  it('is asked about once for each booking', () => {
    const { plan, desk } = bookedFor('2026-03-20');
    tell(plan, '2026-03-01', '2026-03-03');
    plan.complete(MOVE);
    tell(plan, '2026-03-02', '2026-03-04');
    expect(openTasks(plan)).toEqual([]);
    desk.book('first', '2026-04-10', on('2026-03-04'));
    tell(plan, '2026-03-14', '2026-03-15');
    expect(openTasks(plan)).toEqual([MOVE]);
  });

  it('is no longer asked about once it is moved', () => {
    const { plan, desk } = bookedFor('2026-03-20');
    tell(plan, '2026-03-01', '2026-03-03');
    expect(desk.book('first', '2026-03-29', on('2026-03-03')).outcome).toBe('accepted');
    expect(openTasks(plan)).toEqual([]);
  });
});
