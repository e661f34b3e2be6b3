import { askedFor, choiceOf, measured, SIZE } from '../../support/choices.ts';
import { decide, openTasks, planWith, sleepUntil } from '../../support/decided.ts';
import { for_, ladderOf, leaf, rung, stageOf, tableOf, taskOf } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';

const RISK = tableOf(
  'by-size',
  ['high', 'standard'],
  [
    { when: { all: [leaf('size', 'greaterThanInclusive', 10)] }, answer: 'high' },
    { when: { all: [leaf('size', 'lessThan', 10)] }, answer: 'standard' },
  ],
);
const LADDERS = [
  {
    ...ladderOf([rung({ when: 'late', by: for_(5, 'day') }, ['coordinator'], 1)], for_(5, 'day')),
    higherRisk: 'urgent',
  },
  ladderOf(
    [
      rung({ when: 'due' }, ['coordinator'], 1),
      rung({ when: 'late', by: for_(1, 'day') }, ['clinical-lead'], 2),
    ],
    for_(1, 'day'),
    'urgent',
  ),
];
const WAIT = 'task/assessment/look';

/** Something is due on the 9th; the risk is confirmed by the dermatologist. */
const plan = (ifUnknown: { value: string } | undefined): RunningPlan => {
  const risk = choiceOf('risk', ['high', 'standard'], {
    table: { table: 'by-size', isConfirmed: true, ...(ifUnknown ? { ifUnknown } : {}) },
  });
  return planWith({
    ladders: LADDERS,
    facts: [SIZE],
    tables: [RISK],
    choices: [risk],
    decisions: [askedFor(risk, { due: { to: for_(60, 'day'), after: 'asked' } })],
    decidedIn: { consultation: [], assessment: ['risk'] },
    assessment: [taskOf('look')],
    stages: [stageOf('first')],
  });
};
const HIGH = { value: 'high' };
const heard = (running: RunningPlan): string[] =>
  running.steps.flatMap(({ effects }) =>
    effects.filter(({ says }) => says.includes('Title of look')).map(({ role }) => role),
  );
const DUE = '2026-03-10T04:00:00.000Z';

describe('a plan of high risk', () => {
  it.each([
    ['high', 'urgent', DUE],
    ['standard', undefined, '2026-03-15T04:00:00.000Z'],
  ])('climbs the ladder for it: %s', (value, climbs, nextAt) => {
    const running = plan(undefined);
    running.observe(measured(value === 'high' ? 12 : 9));
    decide(running, 'decision/risk', value);
    expect(running.state.waits[WAIT]?.climbs).toBe(climbs);
    expect(running.state.waits[WAIT]).toMatchObject({ ladder: 'standard', dueAt: DUE, nextAt });
  });

  it.each([
    [HIGH, 'urgent'],
    [undefined, undefined],
  ])('before it is known is one where the file says so: %o', (ifUnknown, climbs) => {
    expect(plan(ifUnknown).state.waits[WAIT]?.climbs).toBe(climbs);
  });

  it('is told by the other ladder from then on, with what is due and a new generation', () => {
    const running = plan(undefined);
    const before = running.state.waits[WAIT];
    running.observe(measured(12));
    decide(running, 'decision/risk', 'high');
    expect(running.state.waits[WAIT]).toMatchObject({
      dueAt: before?.dueAt,
      generation: (before?.generation ?? 0) + 1,
      rung: 0,
    });
    sleepUntil(running, '2026-03-11T12:00:00.000Z');
    expect(heard(running)).toEqual(['coordinator', 'clinical-lead']);
    expect(running.state.escalation).toBe(2);
  });

  it('is told at once what would have been told by now', () => {
    const running = plan(undefined);
    running.observe(measured(12));
    decide(running, 'decision/risk', 'high', { now: '2026-03-12T12:00:00.000Z' });
    expect(heard(running)).toEqual(['coordinator', 'clinical-lead']);
    expect(running.state.escalation).toBe(2);
  });

  it('that is so no more is told nothing twice, and its level falls to that of its own ladder', () => {
    const running = plan(HIGH);
    running.observe(measured(9));
    sleepUntil(running, '2026-03-11T12:00:00.000Z');
    const told = heard(running).length;
    decide(running, 'decision/risk', 'standard');
    expect(heard(running)).toHaveLength(told);
    expect(running.state.escalation).toBe(0);
    expect(running.state.waits[WAIT]).toMatchObject({ dueAt: DUE, nextAt: '2026-03-15T04:00:00.000Z' });
    expect(openTasks(running)).toEqual(['assessment/look']);
  });

  it('waits for what begins afterwards by that ladder too', () => {
    const running = plan(HIGH);
    running.finishPhase();
    decide(running, 'decision/risk', 'high');
    expect(running.state.waits['start/first']).toMatchObject({ ladder: 'standard', climbs: 'urgent' });
  });
});
