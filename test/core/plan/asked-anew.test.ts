import { Desk } from '../../support/appointments.ts';
import { comeBack, decide, decisionOf, leave, planWith } from '../../support/decided.ts';
import { alertOf, for_, leaf, stageOf, taskOf } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';
import { dueOf, repeating } from '../../support/tasks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const exits = {
  postponement: {
    reviewEvery: for_(30, 'day'),
    closesAfter: for_(1, 'year'),
    returnsTo: 'where it left' as const,
    tasks: [],
  },
};

describe('a row before a procedure whose phase is entered again', () => {
  const WEIGHT = 'first.ready/weight';
  const weekly = (done: readonly string[]): RunningPlan => {
    const plan = planWith({
      exits,
      stages: [stageOf('first', { beforeEach: [repeating('weight', for_(7, 'day'))] }), stageOf('second')],
    });
    for (const day of done) plan.complete(WEIGHT, at(day));
    return plan;
  };
  const WEEKS = ['2026-03-09', '2026-03-16', '2026-03-23', '2026-03-30'];

  it.each([
    ['never done', [], '2026-03-05', '2026-03-13'],
    ['done once', WEEKS.slice(0, 1), '2026-03-11', '2026-03-19'],
    ['done for weeks', WEEKS, '2026-04-01', '2026-04-09'],
  ])('is due a week after the plan came back from an exit: %s', (_name, done, backOn, lateFrom) => {
    const plan = weekly(done);
    leave(plan, 'postponement', at(backOn));
    comeBack(plan, at(backOn));
    expect(plan.state.tasks[WEIGHT]).toMatchObject({ status: 'requested', repeat: 1 });
    expect(dueOf(plan, WEIGHT)).toBe(`${lateFrom}T04:00:00.000Z`);
  });

  it('begins again once what was open is done, after an appointment that was missed', () => {
    const plan = weekly(WEEKS);
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.booked('first', '2026-04-01', at('2026-03-31'));
    expect(desk.start('first', at('2026-04-01')).outcome).toBe('accepted');
    desk.missed('first', '2026-04-01', at('2026-04-02'));
    expect(plan.state.chart).toBe('first.ready');
    expect(dueOf(plan, WEIGHT)).toBe('2026-04-07T04:00:00.000Z');
    plan.complete(WEIGHT, at('2026-04-06'));
    expect(dueOf(plan, WEIGHT)).toBe('2026-04-10T04:00:00.000Z');
    plan.complete(WEIGHT, at('2026-04-09'));
    expect(plan.state.tasks[WEIGHT]).toMatchObject({ status: 'requested', repeat: 2 });
    expect(dueOf(plan, WEIGHT)).toBe('2026-04-17T04:00:00.000Z');
  });

  it('goes on counting while nothing is entered again', () => {
    const plan = weekly(WEEKS);
    expect(plan.state.tasks[WEIGHT]).toMatchObject({ status: 'requested', repeat: 5 });
  });
});

describe('care that is still open when its procedure is done again', () => {
  const DRAIN = 'first.closure/drain';
  const VISIT = 'first.recovery/visit';
  const again = (): RunningPlan => {
    const plan = planWith({
      stages: [
        stageOf('first', {
          closure: [
            taskOf('drain', { due: { to: for_(2, 'day'), after: 'procedure' } }),
            repeating('dressing', for_(7, 'day')),
          ],
          recovery: [taskOf('visit', { due: { to: for_(10, 'day'), after: 'procedure' } })],
        }),
        stageOf('second'),
      ],
      alerts: [
        alertOf('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
      ],
      decisions: [decisionOf('result', { outcomes: { again: [{ do: 'again', atMost: 3 }] } })],
    });
    plan.report('first', '2026-03-04', at('2026-03-04'));
    return plan;
  };
  const repeatOn = (plan: RunningPlan, day: string): void => {
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at('2026-03-05'));
    decide(plan, 'decision/result', 'again', { now: at('2026-03-06') });
    expect(plan.state.chart).toBe('first.ready');
    plan.report('first', day, at(day));
  };

  it.each([
    ['before it is due', '2026-03-06'],
    ['on the day on which it is late', '2026-03-07'],
    ['long after', '2026-03-22'],
  ])('stays due where it was: done again %s', (_name, day) => {
    const plan = again();
    expect(dueOf(plan, DRAIN)).toBe('2026-03-07T05:00:00.000Z');
    repeatOn(plan, day);
    expect(dueOf(plan, DRAIN)).toBe('2026-03-07T05:00:00.000Z');
    expect(plan.state.chart).toBe('first.closure');
  });

  it('so does a row, which counts on from the last procedure once it is done', () => {
    const plan = again();
    repeatOn(plan, '2026-03-09');
    expect(dueOf(plan, 'first.closure/dressing')).toBe('2026-03-12T04:00:00.000Z');
    plan.complete('first.closure/dressing', at('2026-03-11'));
    expect(plan.state.tasks['first.closure/dressing']?.status).toBe('requested');
    expect((dueOf(plan, 'first.closure/dressing') ?? '') <= '2026-03-24T04:00:00.000Z').toBe(true);
  });

  it('and what was done of it the time before is asked for again', () => {
    const plan = again();
    plan.complete(DRAIN, at('2026-03-05'));
    expect(plan.state.chart).toBe('first.recovery');
    repeatOn(plan, '2026-03-09');
    expect(dueOf(plan, DRAIN)).toBe('2026-03-12T04:00:00.000Z');
    plan.complete(DRAIN, at('2026-03-10'));
    expect(dueOf(plan, VISIT)).toBe('2026-03-15T04:00:00.000Z');
    plan.complete(VISIT, at('2026-03-14'));
    expect(plan.state.chart).toBe('second.ready');
  });
});
