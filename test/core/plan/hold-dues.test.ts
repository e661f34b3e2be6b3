import {
  contraindication,
  factOf,
  for_,
  ladderOf,
  leaf,
  pathwayWith,
  rung,
  stageOf,
  taskOf,
} from '../../support/pathways.ts';
import { eventOf, RunningPlan } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

/** A temperature is good for a day and asked for within the hour; a blood count for a month, within three days. */
const pathway = pathwayWith({
  facts: [
    factOf(
      'temperature',
      { kind: 'number', unit: 'Cel', from: 30, to: 45 },
      { goodFor: for_(24, 'hour'), ask: { role: 'nurse', within: for_(1, 'hour') } },
    ),
    factOf(
      'platelets',
      { kind: 'number', unit: '10*9/L', from: 0, to: 1_000 },
      { goodFor: for_(30, 'day'), ask: { role: 'nurse', within: for_(3, 'day') } },
    ),
  ],
  rules: [
    contraindication('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }),
    contraindication('few-platelets', { all: [leaf('platelets', 'lessThan', 100)] }),
  ],
  consultation: [],
  stages: [stageOf('excision')],
});
const FEVER = 'hold/excision/fever';
const PLATELETS = 'hold/excision/few-platelets';
const dues = ({ state }: RunningPlan) => [FEVER, PLATELETS].map((id) => state.waits[id]?.dueAt);
const WITHIN = ['2026-03-02T16:00:00.000Z', '2026-03-06T05:00:00.000Z'];

const atGate = () => new RunningPlan(pathway, '2026-03-02T15:00:00.000Z');
const book = (plan: RunningPlan, day: string) =>
  plan.send(eventOf('bookAppointment', { stage: 'excision', on: day }), plan.state.now);

describe('what nobody knows yet', () => {
  it('is asked for within the time of its fact, while no day is booked', () => {
    expect(dues(atGate())).toEqual(WITHIN);
  });

  it.each([
    ['the same day: within the hour', '2026-03-02', WITHIN[0]],
    ['the next day: what is measured now still counts then', '2026-03-03', WITHIN[0]],
    ['the day after: on the day itself', '2026-03-04', '2026-03-05T05:00:00.000Z'],
    ['in two weeks: on the day itself', '2026-03-16', '2026-03-17T04:00:00.000Z'],
  ])('and would be too old by the day, is needed on it: %s', (_name, day, due) => {
    const plan = atGate();
    book(plan, day);
    expect(dues(plan)).toEqual([due, WITHIN[1]]);
  });

  it('is asked for by another time when the appointment moves, and at once when there is none any more', () => {
    const plan = atGate();
    book(plan, '2026-03-16');
    book(plan, '2026-03-20');
    expect(dues(plan)[0]).toBe('2026-03-21T04:00:00.000Z');
    plan.send(eventOf('appointment.cancelled', { stage: 'excision' }), on('2026-03-05'));
    expect(dues(plan)[0]).toBe('2026-03-05T17:00:00.000Z');
  });

  it('is overdue from the end of the day on, and somebody hears', () => {
    const plan = atGate();
    book(plan, '2026-03-16');
    plan.wake('2026-03-17T03:59:59.000Z');
    expect(plan.state.waits[FEVER]?.rung).toBeLessThan(2);
    plan.wake('2026-03-19T23:00:00.000Z');
    expect(plan.state.waits[FEVER]?.rung).toBeGreaterThan(0);
  });
});

describe('a hold that turns from unknown to met and back', () => {
  /** A swab is asked for within three days; a temperature, good for three hours, within one. */
  const facts = [
    factOf('swab', { kind: 'yes or no' }, { ask: { role: 'nurse', within: for_(3, 'day') } }),
    factOf(
      'temperature',
      { kind: 'number', unit: 'Cel', from: 30, to: 45 },
      { goodFor: for_(3, 'hour'), ask: { role: 'nurse', within: for_(1, 'hour') } },
    ),
  ];
  const infected = { any: [leaf('swab', 'equal', true), leaf('temperature', 'greaterThanInclusive', 38)] };
  const ladders = [
    ladderOf([
      rung({ when: 'start' }),
      rung({ when: 'due' }),
      rung({ when: 'late', by: for_(2, 'hour') }, ['clinical-lead'], 2),
    ]),
  ];
  const INFECTED = 'hold/excision/infected';
  const at = (time: string): string => `2026-03-02T${time}:00.000Z`;
  const measured = (plan: RunningPlan, value: number, time: string) =>
    plan.observe([{ fact: 'temperature', value, unit: 'Cel' }], at(time));
  /** At the gate since 15:00, without a fever, the swab not known. */
  const turning = (): RunningPlan => {
    const rules = [contraindication('infected', infected)];
    const stages = [stageOf('excision')];
    const plan = new RunningPlan(
      pathwayWith({ facts, rules, ladders, consultation: [taskOf('talk')], stages }),
      at('15:00'),
    );
    measured(plan, 37, '15:00');
    plan.complete('consultation/talk', at('15:00'));
    return plan;
  };

  it('is waited for since it was first asked, and may be due sooner', () => {
    const plan = turning();
    const wait = { startedAt: at('15:00'), rung: 1 };
    expect(plan.state.waits[INFECTED]).toMatchObject({ ...wait, dueAt: '2026-03-06T05:00:00.000Z' });
    measured(plan, 39, '16:00');
    expect(plan.state.waits[INFECTED]).toMatchObject({ ...wait, dueAt: at('17:00'), nextAt: at('17:00') });
  });

  it('climbs its ladder however often it turns: what has spoken has spoken, what is to come is not put off', () => {
    const plan = turning();
    measured(plan, 39, '16:00');
    plan.wake(at('17:00'));
    expect(plan.state.waits[INFECTED]?.rung).toBe(2);
    plan.wake(at('19:00'));
    expect(plan.state.holds['excision/infected']?.finding.result).toBe('unknown');
    expect(plan.state.waits[INFECTED]).toMatchObject({ startedAt: at('15:00'), dueAt: at('17:00'), rung: 3 });
    expect(plan.state.escalation).toBe(2);
    measured(plan, 39, '19:30');
    expect(plan.state.waits[INFECTED]).toMatchObject({ startedAt: at('15:00'), dueAt: at('17:00'), rung: 3 });
  });
});
