import { contraindication, factOf, for_, leaf, pathwayWith, stageOf } from '../../support/pathways.ts';
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
