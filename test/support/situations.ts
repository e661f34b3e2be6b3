import type { FactDefinition } from '../../src/core/pathway/facts.schema.ts';
import { loadPathway, type Pathway } from '../../src/core/pathway/pathway.ts';
import { type Place, placesOf } from '../../src/core/plan/judging.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { EVERYTHING, PARTS, randomValue, SITES, withFacts } from './conditions.ts';
import { dayOn, daysLater, type Stated, shifted, worldOf } from './oracle.ts';
import { atomsIn, type World } from './oracle-facts.ts';
import { for_, leaf, pathwayWith, stageOf } from './pathways.ts';
import { RunningPlan } from './plan.ts';
import type { Random } from './random.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SOURCES = ['clinician', 'clinician', 'laboratory', 'record', 'patient', 'stranger'];

/** One patient at one instant, as the core takes it and as the oracle does. */
export interface Situation {
  readonly state: PlanState;
  readonly world: World;
  readonly place: Place;
}

/** A pathway that asks nothing by itself and knows every fact there is. */
export class Everything {
  readonly compiled;
  readonly pathway: Pathway;
  readonly #blank: PlanState;

  constructor(zone = 'America/New_York', facts: readonly FactDefinition[] = EVERYTHING.facts) {
    const derived = [...(EVERYTHING.derived ?? [])];
    this.compiled = pathwayWith({ zone, facts: [...facts], derived, parts: PARTS, rules: [] });
    this.pathway = loadPathway(this.compiled);
    this.#blank = new RunningPlan(this.compiled).state;
  }

  /** What was stated about somebody: in a stage that began days ago and has sites, or anywhere. */
  situation(
    random: Random,
    stated: readonly Stated[],
    now: string,
    { sites = sitesFor(random), isInStage = false }: { sites?: Sites; isInStage?: boolean } = {},
  ): Situation {
    const zone = this.compiled.clinic.timeZone;
    const sessions = Array.from({ length: random.between(0, 2) }, () =>
      daysLater(dayOn(now, zone), for_(-random.between(isInStage ? 2 : 0, 20), 'day')),
    );
    const isEntered = isInStage || random.chance(0.8);
    const enteredAt = isEntered ? shifted(now, -random.between(DAY, 5 * DAY)) : undefined;
    const isOfTreatment = isInStage || random.chance(0.8);
    const stage = stageOf('first', isOfTreatment ? { in: 'treatment', andIn: 'donor' } : { in: 'donor' });
    const state: PlanState = {
      ...withFacts(this.#blank)(stated),
      areas: sites,
      performed: sessions.map((performedOn) => ({
        ...{
          stage: 'first',
          procedures: ['first-procedure'],
          performedOn,
          areas: [],
          reportedAt: now,
          step: 1,
        },
        ...{ deviation: false, counts: true, round: 1 },
      })),
      enteredAt: enteredAt === undefined ? {} : { 'first.ready': enteredAt },
    };
    const isNowhere = !isInStage && random.chance(0.1);
    const place = isNowhere ? {} : random.pick(placesOf(this.pathway, state, ASKS_OF_AREA, stage));
    const roles = [stage.in, stage.andIn].flatMap((role) => role ?? []);
    const world = worldOf(this.compiled, stated, now, {
      sessions,
      ...sites,
      ...(place.stage ? { stageIn: roles, own: stage.in, enteredAt } : {}),
      site: place.site,
    });
    return { state, world, place };
  }
}

const ASKS_OF_AREA = { all: [leaf('skin', 'contains', 'infection')] };

interface Sites {
  readonly treatment: string[];
  readonly donor: string[];
}

function sitesFor(random: Random): Sites {
  const treatment = SITES.filter(() => random.chance(0.25));
  return { treatment, donor: random.chance(0.7) ? ['abdomen'] : [] };
}

/** What people say who are forgetful, late, of several minds, and now and then not to be believed. */
export function untidyFacts(
  random: Random,
  facts: readonly FactDefinition[],
  { now, zone }: { now: string; zone: string },
): Stated[] {
  return facts.flatMap((definition): Stated[] => {
    const { fact, is, byArea } = definition;
    const one = (): Stated => {
      const back = random.pick([0, random.between(0, 30), random.between(0, 960)]) * HOUR;
      const observedAt = shifted(now, -back - random.pick([0, 1, 59_999]));
      const value = random.chance(0.97)
        ? randomValue(random, definition, dayOn(observedAt, zone))
        : random.pick<Stated['value']>(['nonsense', 3.5, true, ['nonsense']]);
      const unit = is.kind === 'number' ? (random.chance(0.98) ? is.unit : 'furlong') : undefined;
      const area = byArea ? { area: random.pick(SITES) } : {};
      return { fact, value, unit, source: random.pick(SOURCES), observedAt, ...area };
    };
    const many = Array.from({ length: random.pick([0, 1, 1, 1, 2, 3, byArea ? 8 : 3]) }, one);
    // Somebody says it again, or something else, about the same moment.
    return many.flatMap((said) =>
      random.chance(0.2) ? [said, { ...one(), observedAt: said.observedAt }] : [said],
    );
  });
}

/** What a record says when nothing is missing, old or in doubt: findings of every atom, one value in each area. */
export function completeFacts(
  random: Random,
  facts: readonly FactDefinition[],
  { now, zone }: { now: string; zone: string },
): Stated[] {
  const today = dayOn(now, zone);
  const wholes = PARTS.map(({ area }) => area);
  const atoms = atomsIn(PARTS).flatMap(({ names }) => names.at(-1) ?? []);
  return facts.flatMap((definition): Stated[] => {
    const { fact, is, byArea } = definition;
    const unit = is.kind === 'number' ? is.unit : undefined;
    const isNumber = is.kind === 'number' || is.kind === 'grade';
    const one = (observedAt: string, area?: string): Stated => {
      const value = randomValue(random, definition, today);
      // Of nothing there is no percentage to fall.
      const kept = isNumber && value === 0 && observedAt < shifted(now, -DAY) ? 1 : value;
      return { fact, unit, source: 'clinician', value: kept, observedAt, area };
    };
    const earlier = isNumber ? [5, 3, 1.5].filter((days) => days === 3 || random.chance(0.5)) : [];
    const times = [
      ...earlier.map((days) => shifted(now, -days * DAY)),
      shifted(now, -random.between(0, 11) * HOUR),
    ];
    const areas = byArea ? (is.kind === 'findings' ? atoms : wholes) : [undefined];
    return times.flatMap((at) => areas.map((area) => one(at, area)));
  });
}
