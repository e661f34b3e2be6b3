import { type AskedFact, askedTwice, factsAsked } from '../../../src/core/plan/asked-twice.ts';
import { factOf, for_, pathwayWith, stageOf, taskOf } from '../../support/pathways.ts';
import { coordinator, eventOf, RunningPlan } from '../../support/plan.ts';
import { beforeBooking } from '../../support/tasks.ts';

const asked = (task: string, more: Partial<AskedFact> = {}): AskedFact => ({
  ...{ planId: 'plan-1', task, title: `Title of ${task}`, role: 'nurse', fact: 'haemoglobin' },
  ...more,
});
const tasksOf = (own: AskedFact[], elsewhere: AskedFact[] = []): string[][] =>
  askedTwice(own, elsewhere).map(({ by }) => by.map(({ task }) => task));

describe('a test that is asked for twice', () => {
  it.each([
    ['days that overlap', '2026-03-10', [['bloods', 'count']]],
    ['the last day of one is the first of the other', '2026-03-08', [['bloods', 'count']]],
    ['the one is over before the other may be done', '2026-03-07', []],
  ])('is noticed while one answer serves both: %s', (_says, to, expected) => {
    const own = [asked('bloods', { to }), asked('count', { from: '2026-03-08', to: '2026-03-20' })];
    expect(tasksOf(own)).toEqual(expected);
  });

  it('is noticed where the one has no day yet, since it can be done on the day of the other', () => {
    expect(tasksOf([asked('bloods'), asked('count', { from: '2026-03-08', to: '2026-03-20' })])).toEqual([
      ['bloods', 'count'],
    ]);
  });

  it('is not noticed where each asks for another fact, or one task for all it records', () => {
    expect(tasksOf([asked('bloods'), asked('swab', { fact: 'culture' })])).toEqual([]);
    expect(tasksOf([asked('bloods'), asked('bloods', { fact: 'platelets' })])).toEqual([]);
  });

  it('is noticed in another plan of the patient, but not between two others', () => {
    const other = asked('count', { planId: 'plan-2', to: '2026-03-05' });
    const third = asked('look', { planId: 'plan-3', from: '2026-04-01' });
    expect(tasksOf([asked('bloods', { to: '2026-03-10' })], [other, third])).toEqual([['bloods', 'count']]);
    expect(tasksOf([], [other, asked('again', { planId: 'plan-3' })])).toEqual([]);
    expect(tasksOf([asked('swab', { fact: 'culture' })], [other, third])).toEqual([]);
  });
});

describe('what a plan asks for', () => {
  const PATHWAY = pathwayWith({
    rules: [],
    facts: [factOf('haemoglobin', { kind: 'number', unit: 'g/dL', from: 0, to: 30 })],
    consultation: [taskOf('bloods', { records: ['haemoglobin'] }), taskOf('history')],
    stages: [
      stageOf('lift', {
        prep: [
          beforeBooking('count', { from: for_(9, 'day'), to: for_(2, 'day') }, { records: ['haemoglobin'] }),
        ],
      }),
    ],
  });

  it('is each fact that its open work records, with the days on which that may be done', () => {
    const plan = new RunningPlan(PATHWAY);
    expect(factsAsked(plan.pathway, plan.state)).toEqual([
      {
        ...{ planId: 'plan-1', task: 'consultation/bloods', title: 'Title of bloods', role: 'nurse' },
        ...{ fact: 'haemoglobin', to: '2026-03-09' },
      },
    ]);
  });

  it('is no longer asked for by what is done', () => {
    const plan = new RunningPlan(PATHWAY);
    plan.send(eventOf('task.completed', { task: 'consultation/bloods' }, { actor: coordinator }));
    expect(factsAsked(plan.pathway, plan.state)).toEqual([]);
  });
});
