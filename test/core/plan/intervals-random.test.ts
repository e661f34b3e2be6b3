import type { PastProcedure } from '../../../src/core/model/event.schema.ts';
import type { Pathway } from '../../../src/core/pathway/pathway.ts';
import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import { decideIntervals, placedIntervals } from '../../../src/core/plan/intervals.ts';
import { doneInOthers } from '../../../src/core/plan/other-plans.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { dayOn, daysLater, shifted } from '../../support/oracle.ts';
import { atEdge, for_, intervalOf } from '../../support/pathways.ts';
import { plainly } from '../../support/plain.ts';
import { nurse, RunningPlan } from '../../support/plan.ts';
import { fromEnvironment, Random } from '../../support/random.ts';
import { decide, ONE_STAGE, on, staged, tell } from '../../support/staged.ts';

const ROUNDS = fromEnvironment('CARECHART_INTERVALS', 3_000);
const SITES: Readonly<Record<string, readonly string[]>> = {
  breast: ['left breast', 'right breast'],
  'left breast': ['left breast'],
  'right breast': ['right breast'],
  abdomen: ['abdomen'],
};
const DAY = 86_400_000;

function randomInterval(random: Random, index: number): Interval {
  const months = random.between(0, 4);
  const minimum = random.chance(0.5) ? for_(months, 'month') : for_(random.between(0, 60), 'day');
  const isLate = random.chance(0.5);
  return intervalOf(
    `interval-${index}`,
    atEdge(
      `${random.pick(['start', 'end'])} of ${random.pick(['surgery', 'implant-elsewhere', 'radiotherapy'])}`,
    ),
    random.pick(['implant-exchange', 'surgery']),
    {
      minimum,
      area: random.pick(['same', 'any']),
      counts: random.pick(['last', 'first', 'every']),
      sameDay: random.chance(0.3),
      ...(isLate ? { latest: for_(random.between(5, 7), 'month'), ifLate: { ask: 'nurse' } } : {}),
    },
  );
}

function randomPast(random: Random, today: string): PastProcedure {
  const performedOn = daysLater(today, for_(-random.between(0, random.pick([0, 240])), 'day'));
  const ended = daysLater(performedOn, for_(random.between(0, 3), 'day'));
  return {
    procedure: random.pick(['implant-elsewhere', 'radiotherapy']),
    performedOn,
    ...(random.chance(0.4) && ended <= today ? { endedOn: ended } : {}),
    ...(random.chance(0.7) ? { area: random.pick(Object.keys(SITES)) } : {}),
  };
}

/** A second opinion: day by day, from what the format says, without the core's code. */
function opinion(interval: Interval, state: PlanState, site: string | undefined, today: string): string {
  const { from, counts, minimum, latest, sameDay } = interval;
  if (from.kind !== 'procedure') throw new Error('only procedures here');
  const days = state.past
    .filter(
      ({ procedure }) =>
        procedure === from.of || (from.of === 'surgery' && procedure === 'implant-elsewhere'),
    )
    .filter(
      ({ area }) =>
        area === undefined ||
        site === undefined ||
        (SITES[area] ?? []).some((atom) => (SITES[site] ?? []).includes(atom)),
    )
    .map((one) => (from.edge === 'start' ? one.performedOn : (one.endedOn ?? one.performedOn)))
    .sort();
  if (days.length === 0) return state.historyKnownAt === undefined ? 'unknown' : 'open';
  const counted = { last: days.slice(-1), first: days.slice(0, 1), every: days }[counts];
  for (const day of counted)
    if (today < daysLater(day, minimum) && !(sameDay && today === day)) return 'too early';
  for (const day of counted) if (latest && today > daysLater(day, latest)) return 'too late';
  return 'open';
}

/** One plan a zone at the gate of its stage; what differs between rounds is put into it. */
const STANDING = ['America/New_York', 'Europe/Berlin', 'Pacific/Auckland'].map(
  (zone) =>
    new RunningPlan(staged([], { stages: ONE_STAGE, zone }), on('2026-02-01'), {
      treatment: ['left breast'],
    }),
);

function randomPlan(random: Random) {
  const { pathway: empty, state: standing } = random.pick(STANDING);
  const intervals = Array.from({ length: random.between(1, 4) }, (_, index) => randomInterval(random, index));
  const pathway: Pathway = { ...empty, intervals };
  const [stage] = pathway.stages;
  if (!stage) throw new Error('no stage');
  const now = shifted(standing.now, random.between(0, 300) * DAY);
  const today = dayOn(now, pathway.zone);
  const state: PlanState = {
    ...standing,
    now,
    areas: { treatment: random.pick([['left breast'], ['right breast'], ['left breast', 'right breast']]) },
    past: Array.from({ length: random.between(0, 5) }, () => randomPast(random, today)),
    ...(random.chance(0.6) ? { historyKnownAt: now } : {}),
  };
  return { pathway, stage, state };
}

it(`says of ${ROUNDS} random histories what a second opinion says, in each place, today and later`, () => {
  const random = new Random(fromEnvironment('CARECHART_SEED', 1));
  const seen = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const { pathway, stage, state } = randomPlan(random);
    const now = shifted(state.now, random.between(0, 250) * DAY + random.between(0, DAY));
    const today = dayOn(now, pathway.zone);
    for (const finding of decideIntervals(pathway, state, stage, now)) {
      const interval = pathway.intervals.find(({ rule }) => rule === finding.rule);
      if (!interval) throw new Error('no interval');
      expect({ round, ...finding }).toMatchObject({
        round,
        result: opinion(plainly(interval), state, finding.area, today),
      });
      seen.add(`${finding.result} ${interval.counts} ${interval.area}`);
    }
  }
  expect(seen.size).toBe(4 * 3 * 2);
});

it('counts what another plan performed as though its own history told it, and names the plan', () => {
  const random = new Random(fromEnvironment('CARECHART_SEED', 3));
  const named = new Set<string | undefined>();
  for (let round = 0; round < ROUNDS / 3; round += 1) {
    const { pathway: plain, stage, state } = randomPlan(random);
    const intervals = plain.intervals.map((one) => ({ ...one, otherPlans: true as const }));
    const pathway: Pathway = { ...plain, intervals };
    const told = state.past.map((one) => ({ one, isOther: random.chance(0.5) }));
    const performed = told
      .filter(({ isOther }) => isOther)
      .map(({ one: { procedure, area, ...days } }) => ({
        ...{ stage: 'other', procedures: [procedure], areas: area === undefined ? [] : [area] },
        ...{ performedOn: days.performedOn, endedOn: days.endedOn },
      }));
    const inTwo: PlanState = {
      ...state,
      past: told.flatMap(({ one, isOther }) => (isOther ? [] : [one])),
      otherPlans: doneInOthers(pathway, [{ plan: 'other-1', pathway, performed }]),
    };
    const now = shifted(state.now, random.between(0, 250) * DAY);
    const found = decideIntervals(pathway, inTwo, stage, now).map(({ inPlan, ...finding }) => {
      named.add(inPlan);
      return finding;
    });
    const inOne = decideIntervals(pathway, { ...state, otherPlans: [] }, stage, now);
    expect({ round, found }).toEqual({ round, found: inOne });
  }
  expect(named).toEqual(new Set([undefined, 'other-1']));
});

it('changes no answer before it says that it does', () => {
  const random = new Random(fromEnvironment('CARECHART_SEED', 2));
  for (let round = 0; round < ROUNDS / 3; round += 1) {
    const { pathway, stage, state } = randomPlan(random);
    const answersAt = (now: string) =>
      decideIntervals(pathway, state, stage, now).map(
        ({ rule, area, result }) => `${rule} ${area} ${result}`,
      );
    const now = shifted(state.now, random.between(0, 200) * DAY);
    const edges = placedIntervals(pathway, state, stage, now).flatMap(({ changesAt }) => changesAt);
    const [edge = shifted(now, 400 * DAY)] = edges.toSorted();
    expect(edge > now).toBe(true);
    const before = answersAt(now);
    const span = Date.parse(edge) - Date.parse(now);
    for (const at of [Math.floor(random.next() * span), span - 1])
      expect({ round, answers: answersAt(shifted(now, at)) }).toEqual({ round, answers: before });
  }
});

/** What somebody does next, sensible or not. */
function nextStep(random: Random, plan: RunningPlan, now: string): void {
  const today = dayOn(now, plan.pathway.zone);
  const stage = random.pick(['expander', 'exchange']);
  const past = (most: number) => daysLater(today, for_(-random.between(0, most), 'day'));
  random.weighted<() => unknown>([
    [5, () => plan.wake(now)],
    [2, () => plan.start(stage, now)],
    [0.7, () => plan.report(stage, past(random.pick([0, 0, 90])), now)],
    [2, () => plan.consent(`${stage}-consent`, today, now)],
    [1, () => tell(plan, [randomPast(random, today)], { isComplete: random.chance(0.5), now })],
    [
      2,
      () => Object.keys(plan.state.questions).map((question) => decide(plan, question, { by: nurse, now })),
    ],
    [0.2, () => plan.cancel(now)],
  ])();
}

it('keeps every invariant through random months: each question and each start has its wait, and a wake before its time changes nothing', () => {
  const random = new Random(fromEnvironment('CARECHART_SEED', 3));
  const seen = new Set<string>();
  for (let round = 0; round < ROUNDS / 30; round += 1) {
    const intervals = Array.from({ length: random.between(1, 3) }, (_, index) => ({
      ...randomInterval(random, index),
      ifEarly: random.pick(['counts', 'does not count'] as const),
      minimum: for_(random.between(0, 30), 'day'),
      latest: for_(random.between(20, 50), 'day'),
      ifLate: { ask: 'nurse' },
      grace: for_(random.between(0, 5), 'day'),
    }));
    const plan = new RunningPlan(staged(intervals), on('2026-02-01'), { treatment: ['left breast'] });
    for (let at = 0; at < 20; at += 1) {
      const { wake, now: last } = plan.state;
      const days = shifted(last, random.between(0, random.pick([1, 40])) * DAY);
      nextStep(random, plan, wake.at !== null && random.chance(0.4) ? wake.at : days);
      const [name, phase] = plan.state.chart.split('.');
      // Behind an open gate the report is owed, and no start.
      if (phase === 'ready')
        expect(['start', 'report'].filter((one) => `${one}/${name}` in plan.state.waits)).toHaveLength(1);
      for (const { kind } of plan.last.journal) seen.add(kind);
      for (const { counts } of plan.state.performed) seen.add(`counts ${counts}`);
      if (plan.state.wake.at === null) break;
      // How far months have been looked at follows the clock, as `now` does.
      const standing = (): string =>
        JSON.stringify({ ...plan.state, sequence: 0, now: '', monthsTo: '', wake: plan.state.wake.at });
      const before = standing();
      const early = shifted(plan.state.wake.at, -1);
      if (early < plan.state.now) continue;
      plan.wake(early);
      expect(standing()).toBe(before);
    }
  }
  const wanted = [
    'question.asked',
    'question.answered',
    'question.closed',
    'deviation.raised',
    'gate.opened',
  ];
  expect([...wanted, 'counts true', 'counts false'].filter((one) => !seen.has(one))).toEqual([]);
});
