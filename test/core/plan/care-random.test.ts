import { addDays, endOfDay, localDateOf, startOfDay } from '../../../src/core/model/calendar.ts';
import { Adherence } from '../../../src/core/model/event.schema.ts';
import {
  cameBack,
  completed,
  leftFor,
  performed,
  playAtRandom,
  reportWithdrawn,
  type Weighted,
} from '../../support/at-random.ts';
import { careOf, IRRITATION, irritated } from '../../support/care.ts';
import { dermatologist, twoStages } from '../../support/decided.ts';
import { factOf, for_, leaf, stageOf, taskOf } from '../../support/pathways.ts';
import { coordinator, eventOf, patient, type RunningPlan } from '../../support/plan.ts';
import { fromEnvironment } from '../../support/random.ts';

const DAYS_AFTER_LAST = 20;
const DAYS_OF_WOUND = 10;
const BAD = 2;

/** Home care of the plan and of a stage, stopped by facts and by what somebody has to sign away. */
const PATHWAY = twoStages({
  stages: [
    stageOf('first', { sessions: 3, recovery: [taskOf('visit')] }),
    stageOf('second', { recovery: [taskOf('visit')] }),
  ],
  facts: [IRRITATION, factOf('smoker', { kind: 'yes or no' }, { goodFor: for_(9, 'day') })],
  rules: [
    irritated({ of: ['home'] }),
    irritated({
      ...{ rule: 'smoke', of: ['wound'], when: { all: [leaf('smoker', 'equal', true)] }, ifUnknown: 'hold' },
      clears: { by: 'signature', of: 'dermatologist' },
    }),
  ],
  care: [
    careOf('home', { until: { by: for_(DAYS_AFTER_LAST, 'day'), after: 'last session' } }),
    careOf('wound', {
      belongsTo: 'first.recovery',
      from: { by: for_(0, 'day'), after: 'procedure' },
      until: { by: for_(DAYS_OF_WOUND, 'day'), after: 'procedure' },
    }),
  ],
});

const EVENTS: Weighted = [
  [
    8,
    (random) =>
      eventOf('observation.recorded', {
        observations: [
          random.chance(0.4)
            ? { fact: 'irritation', value: random.between(0, 4) }
            : { fact: 'smoker', value: random.chance(0.5) },
        ],
      }),
  ],
  [
    3,
    (random, today) =>
      eventOf(
        'adherence.recorded',
        { care: random.pick(['home', 'wound']), from: today, done: random.pick(Adherence.options) },
        { actor: patient },
      ),
  ],
  [
    8,
    (random, _today, { state }) => {
      const held = Object.keys(state.careHolds);
      const hold = held.length > 0 ? random.pick(held) : 'care:home/none';
      return eventOf('releaseHold', { hold }, { actor: dermatologist });
    },
  ],
  [4, completed],
  [3, performed(['first', 'first', 'second'])],
  [1, reportWithdrawn('first')],
  [1, leftFor('postponement', 'referral', 'conservative')],
  [2, cameBack],
];
const ENDING: Weighted = [
  ...EVENTS,
  [1, () => eventOf('cancelPlan', { reason: 'moved away' }, { actor: coordinator })],
];

const play = (seed: number): RunningPlan =>
  playAtRandom(PATHWAY, seed, {
    events: 100,
    wakes: 0.4,
    choose: (sent) => (sent < 80 ? EVENTS : ENDING),
    look,
  });

/** Counted anew from what was reported, in days, by nothing that the core counts by. */
function isDue({ state, pathway }: RunningPlan, days: number, stage?: string): boolean {
  if (['cancelled', 'declined', 'referred'].includes(state.chart)) return false;
  const done = state.performed.filter((one) => stage === undefined || one.stage === stage);
  const dates = done.map(({ performedOn }) => performedOn).sort();
  const [first, last] = [stage === undefined ? dates[0] : dates.at(-1), dates.at(-1)];
  if (first === undefined || last === undefined) return false;
  const ends = endOfDay(addDays(last, days), pathway.zone);
  return startOfDay(first, pathway.zone) <= state.now && state.now < ends;
}

/** All that was told of the last day of which anything was told. */
function lastGrades({ state, pathway }: RunningPlan): { day: string | undefined; grades: number[] } {
  const all = state.observations.irritation ?? [];
  const dayOf = ({ observedAt }: { observedAt: string }): string => localDateOf(observedAt, pathway.zone);
  const day = all.map(dayOf).sort().at(-1);
  return {
    day,
    grades: [...new Set(all.filter((one) => dayOf(one) === day).map(({ value }) => Number(value)))],
  };
}

function look(plan: RunningPlan): void {
  const { state, last, pathway } = plan;
  expect(last.answer.outcome).not.toBe('quarantined');
  const home = 'course/home' in state.care;
  const wound = 'first.recovery/wound' in state.care;
  expect([home, wound]).toEqual([isDue(plan, DAYS_AFTER_LAST), isDue(plan, DAYS_OF_WOUND, 'first')]);
  const today = localDateOf(state.now, pathway.zone);
  const { day, grades } = lastGrades(plan);
  const isStopped = 'care:home/irritated' in state.careHolds;
  if (!home) expect(isStopped).toBe(false);
  // What differs on one day nobody knows.
  const [grade, ...others] = grades;
  if (home && grade !== undefined && others.length === 0) {
    if (grade < BAD) expect(isStopped).toBe(false);
    else if (day === today) expect(isStopped).toBe(true);
  }
  // Of what nobody knows, care whose rule holds the unknown is stopped; and what is signed away stays on the record.
  if (wound && state.observations.smoker === undefined)
    expect(state.careHolds).toHaveProperty(['care:wound/smoke']);
  for (const { care } of Object.values(state.careHolds))
    expect(Object.values(state.care).map((one) => one.care)).toContain(care);
  const begun = last.journal.filter(({ kind }) => kind === 'care.started').length;
  expect(last.effects.filter(({ subject }) => subject.startsWith('From now on'))).toHaveLength(begun);
}

describe('home care, whatever comes', () => {
  it('is in force on its days, is stopped by what stops it, and no step throws', () => {
    const seed = fromEnvironment('CARECHART_SEED', 1);
    const seen = new Set<string>();
    for (let index = 0; index < fromEnvironment('CARECHART_WORK_SEQUENCES', 12); index += 1) {
      const plan = play(seed + index);
      for (const { kind } of plan.journal) seen.add(kind);
      if (Object.keys(plan.state.tasks).some((id) => id.startsWith('plan/adherence-'))) seen.add('setback');
      if (plan.state.chart === 'completed' || plan.state.status === 'completed') seen.add('completed');
    }
    for (const what of [
      ...['care.started', 'care.ended', 'care.stopped', 'care.resumed', 'hold.released', 'release.voided'],
      ...['setback', 'exit.taken', 'completed'],
    ])
      expect(seen).toContain(what);
  });

  it('is not changed by a second look at the same instant', () => {
    for (const seed of [3, 5, 8, 13, 21]) {
      const plan = play(seed);
      const { care, careHolds, adherence, waits } = plan.state;
      plan.wake(plan.state.now, -1);
      expect(plan.state).toMatchObject({ care, careHolds, adherence, waits });
      expect(plan.last.effects).toEqual([]);
    }
  });
});
