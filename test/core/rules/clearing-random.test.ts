import type { Clearing } from '../../../src/core/model/verdict.schema.ts';
import type { LoweredCondition } from '../../../src/core/pathway/facts.schema.ts';
import { judgeAt } from '../../../src/core/plan/judging.ts';
import { clearingsOf } from '../../../src/core/rules/clearing.ts';
import { EVERYTHING, randomCondition, randomValue, SITES, withFacts } from '../../support/conditions.ts';
import { type FactClearing, fulfil } from '../../support/fulfil.ts';
import { beginningOf, dayOn, type Stated } from '../../support/oracle.ts';
import { fromEnvironment, Random } from '../../support/random.ts';
import { Everything, type Situation, untidyFacts } from '../../support/situations.ts';

const COUNT = fromEnvironment('CARECHART_CONDITIONS', 100_000) / 50;
const SEED = fromEnvironment('CARECHART_SEED', 1);
const zone = 'America/New_York';
const NOW = '2026-03-05T15:00:00.000Z';
/** How often other values are tried that fulfil the same words. */
const TRIES = 4;

const certain = EVERYTHING.facts.map(({ notValidWhen: _never, ...definition }) => definition);
const asked = { ...EVERYTHING, facts: certain, derived: [] };
const everything = new Everything(zone, certain);

/** Nobody whom the most trusted would contradict on the same day has said anything. */
function patientOf(random: Random): Situation {
  const stated = untidyFacts(random, certain, { now: NOW, zone }).map((one) => {
    const [first, second = ''] = certain.find(({ fact }) => fact === one.fact)?.from ?? [];
    return one.source === first ? { ...one, source: second } : one;
  });
  const treatment = SITES.filter(() => random.chance(0.3));
  const sites = { treatment: treatment.length > 0 ? treatment : ['face'], donor: ['abdomen'] };
  return everything.situation(random, stated, NOW, { sites, isInStage: true });
}

/** What a condition says once a set has come true: its facts stated, its day come. */
function resultOnce(
  random: Random,
  condition: LoweredCondition,
  set: readonly Clearing[],
  { state, world, place }: Situation,
) {
  const day = set.flatMap((one) => (one.kind === 'date' ? [one.on] : []))[0];
  const now = day === undefined ? NOW : beginningOf(day, zone);
  const facts = set.filter((one): one is FactClearing => one.kind === 'fact');
  const stated = fulfil(random, condition, facts, { ...world, now });
  if (!stated) return 'cannot be fulfilled';
  const observations = withFacts(state)([...world.stated, ...stated]).observations;
  return judgeAt(everything.pathway, { ...state, observations }, now, condition, place).result;
}

/** Every set with at least one thing less. */
const partsOf = (set: readonly Clearing[]): Clearing[][] =>
  set.flatMap((one) => {
    const rest = set.filter((other) => other !== one);
    return [rest, ...partsOf(rest)];
  });

it(`each set that would clear a condition does so, and no part of it (${COUNT} conditions, seed ${SEED})`, () => {
  const random = new Random(SEED + 4);
  const wrong: unknown[] = [];
  const seen = { sets: 0, ofSeveral: 0, withDay: 0, dayAndFact: 0, none: 0 };
  for (let done = 0; done < COUNT; done += 1) {
    const patient = patientOf(random);
    const condition = randomCondition(random, random.between(0, 3), asked);
    const { result, evidence } = judgeAt(everything.pathway, patient.state, NOW, condition, patient.place);
    const wanted =
      result === 'unknown' ? random.pick(['met', 'unmet'] as const) : result === 'met' ? 'unmet' : 'met';
    const sets = clearingsOf(everything.pathway, condition, evidence, wanted);
    const fail = (why: string, set?: unknown) =>
      wrong.push({ why, set, wanted, result, condition, sets, evidence, place: patient.place.site });
    if (sets.length > 3) fail('more than three');
    const sizes = sets.map((set) => set.length);
    if (sizes.some((size, index) => size > (sizes[index + 1] ?? size))) fail('not the smallest first');
    if (sets.length === 0) seen.none += 1;
    for (const set of sets) {
      seen.sets += 1;
      const days = set.filter(({ kind }) => kind === 'date').length;
      if (set.length > 1) seen.ofSeveral += 1;
      if (days > 0) seen.withDay += 1;
      if (days > 0 && set.length > 1) seen.dayAndFact += 1;
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const once = resultOnce(random, condition, set, patient);
        if (once !== wanted) fail(`it is ${once}`, set);
      }
      if (set.length > 3) continue;
      for (const part of partsOf(set)) {
        const isEnough = (): boolean => resultOnce(random, condition, part, patient) === wanted;
        if (Array.from({ length: 100 }).every(isEnough)) fail('a part of it does', part);
      }
    }
  }
  expect(wrong.slice(0, 1)).toEqual([]);
  expect(seen.sets).toBeGreaterThan(COUNT);
  for (const count of [seen.ofSeveral, seen.withDay, seen.dayAndFact])
    expect(count).toBeGreaterThanOrEqual(Math.floor(COUNT / 400));
});

it(`where something can clear a condition, something is named (${COUNT} conditions, seed ${SEED})`, () => {
  const random = new Random(SEED + 5);
  const wrong: unknown[] = [];
  let unnamed = 0;
  for (let done = 0; done < COUNT; done += 1) {
    const patient = patientOf(random);
    const { state, world, place } = patient;
    const condition = randomCondition(random, random.between(0, 3), asked);
    const { result, evidence } = judgeAt(everything.pathway, state, NOW, condition, place);
    const wanted = result === 'met' ? 'unmet' : 'met';
    const sets = clearingsOf(everything.pathway, condition, evidence, wanted);
    if (sets.length > 0) continue;
    unnamed += 1;
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const restated = certain.flatMap((definition): Stated[] => {
        const { fact, is, byArea } = definition;
        const unit = is.kind === 'number' ? is.unit : undefined;
        const areas = byArea ? ['breast', 'face', 'hand', 'abdomen'] : [undefined];
        return areas.map((area) => ({
          ...{ fact, unit, area, source: definition.from[0] ?? '', observedAt: NOW },
          value: randomValue(random, definition, dayOn(NOW, zone)),
        }));
      });
      const { observations } = withFacts(state)([...world.stated, ...restated]);
      const now = judgeAt(everything.pathway, { ...state, observations }, NOW, condition, place);
      if (now.result === wanted) wrong.push({ wanted, condition, evidence, restated });
    }
  }
  expect(wrong.slice(0, 2)).toEqual([]);
  expect(unnamed).toBeGreaterThanOrEqual(Math.floor(COUNT / 400));
});
