import type { LoweredCondition } from '../../../src/core/pathway/facts.schema.ts';
import type { Pathway } from '../../../src/core/pathway/pathway.ts';
import type { Contraindication, Interval } from '../../../src/core/pathway/rules.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { type Step, step } from '../../../src/core/plan/step.ts';
import { for_, termsOf } from '../pathways.ts';
import { SESSIONS, WEEKLY } from './pathways-sessions.ts';
import {
  afterwards,
  lookingAway,
  type Planted,
  reading,
  readingFacts,
  readingIntervals,
  withRules,
  withState,
} from './planting.ts';

const DAYS_IN = { day: 1, week: 7 } as const;

/** A day less, where it is counted in days. */
function dayLess(interval: Interval): Interval {
  const { count, unit } = interval.minimum;
  if ((unit !== 'day' && unit !== 'week') || count === 0) return interval;
  return { ...interval, minimum: for_(count * DAYS_IN[unit] - 1, 'day') };
}

const otherSide = (site: string): string =>
  site.startsWith('left ') ? site.replace('left', 'right') : site.replace('right ', 'left ');

const mirrored = ({ performed, past }: PlanState): Pick<PlanState, 'performed' | 'past'> => ({
  performed: performed.map((one) => ({ ...one, areas: one.areas.map(otherSide) })),
  past: past.map((one) => (one.area === undefined ? one : { ...one, area: otherSide(one.area) })),
});

/** Without whatever a sentence asks beside values. */
function bare(when: LoweredCondition): LoweredCondition {
  if ('all' in when) return { all: when.all.map(bare) };
  if ('any' in when) return { any: when.any.map(bare) };
  if ('not' in when) return { not: bare(when.not) };
  const { params, ...leaf } = when;
  return params?.area === undefined ? leaf : { ...leaf, params: { area: params.area } };
}

const bareRule = (rule: Contraindication): Contraindication => ({ ...rule, when: bare(rule.when) });

/** The same rules, changed once and for all, wherever they are asked for. */
const changingRules = (change: (rule: Contraindication) => Contraindication) =>
  reading((pathway) => {
    const changed = new Map<string, Contraindication>();
    for (const stage of pathway.stages)
      for (const rule of pathway.contraindicationsOf(stage)) changed.set(rule.rule, change(rule));
    const of = (rule: Contraindication) => changed.get(rule.rule) ?? rule;
    return {
      ...withRules(pathway, (rules) => rules.map(of)),
      contraindication: (name) => changed.get(name),
    };
  });

/** Puts back the overrides that a step ended because a fact had changed. */
function keptAlive(taken: Step, before: PlanState | undefined): Step {
  const alive = Object.entries(taken.state.overrides).flatMap(([id, { ended }]) => {
    const then = before?.overrides[id];
    return ended?.why.includes('has changed') && then?.status === 'active' ? [[id, then] as const] : [];
  });
  if (alive.length === 0) return taken;
  return withState(taken, { overrides: { ...taken.state.overrides, ...Object.fromEntries(alive) } });
}

/** Puts back the signatures that a step found void, and takes the holds away that it raised for them. */
function keptSigned(taken: Step, before: PlanState | undefined): Step {
  const void_ = Object.keys(before?.releases ?? {}).filter((id) => !Object.hasOwn(taken.state.releases, id));
  if (void_.length === 0 || !before) return taken;
  const without = <T>(all: Readonly<Record<string, T>>, ids: readonly string[]): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([id]) => !ids.includes(id)));
  return withState(taken, {
    releases: before.releases,
    holds: without(taken.state.holds, void_),
    waits: without(
      taken.state.waits,
      void_.map((id) => `hold/${id}`),
    ),
  });
}

/** As if the tasks of every alert had been found done in that step. */
const answeredIn = ({ alerts }: PlanState, answeredBy: number): PlanState['alerts'] =>
  Object.fromEntries(
    Object.entries(alerts).map(([rule, one]) => [rule, one.generation > 0 ? { ...one, answeredBy } : one]),
  );

const cautiousLast = (pathway: Pathway): Pathway => ({
  ...pathway,
  table: (name) => {
    const table = pathway.table(name);
    return { ...table, answers: table.answers.toReversed() };
  },
});

/** Cores that take areas, facts, intervals, tables, signatures, overrides or alerts for something else. */
export const PLANTED_IN_RULES: readonly Planted[] = [
  {
    bug: 'an override that outlives the facts that it rests on',
    breach: /^S2: the override .* lives on/,
    step: afterwards(keptAlive),
  },
  {
    bug: 'a second signature by the person of the first',
    breach: /^countersignOverride is to be refused/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      if (event.type !== 'countersignOverride' || taken.answer.outcome !== 'refused') return taken;
      return step(pathway, state, { ...event, actor: { ...event.actor, id: 'somebody-else' } }, now);
    },
  },
  {
    bug: 'an absolute contraindication that is set aside',
    breach: /^grantOverride is to be refused/,
    step: changingRules((rule) =>
      rule.strength === 'relative' || rule.clears.by === 'signature'
        ? rule
        : { ...rule, strength: 'relative', override: termsOf() },
    ),
  },
  {
    bug: 'an absolute contraindication that is signed away while it is met',
    breach: /^releaseHold is to be refused, and was accepted/,
    step: changingRules((rule) => ({ ...rule, strength: 'relative' })),
  },
  {
    bug: 'a signature that stays when its facts have changed',
    breach: /^S2: .* (stays signed away|not held)/,
    step: afterwards(keptSigned),
  },
  {
    bug: 'a minimum that is a day short',
    breach:
      /^S3: |is to be refused|^revisePlan is to be|every reason|due to start|S7: every report|deviations/,
    step: readingIntervals(dayLess),
  },
  {
    bug: 'a latest day that nobody looks at',
    breach: /^S3: .* late is|^S3: a gate|is to be refused|^revisePlan is to be|every reason|due to start/,
    step: readingIntervals(({ latest: _never, ...interval }) => interval),
  },
  {
    bug: 'an interval of the left breast that binds the right one',
    breach: /^S3: |is to be|every reason|due to start|S7: every report|deviations|interval changes/,
    step: (pathway, state, event, now) => {
      if (!state) return step(pathway, state, event, now);
      const taken = step(pathway, { ...state, ...mirrored(state) }, event, now);
      const [performed, past] = [taken.state.performed, taken.state.past];
      return withState(taken, {
        performed: [...state.performed, ...performed.slice(state.performed.length)],
        past: [...state.past, ...past.slice(state.past.length)],
      });
    },
  },
  {
    bug: 'a part of the body that speaks for the whole',
    breach: /^S2: .* (not held|and held)|^S6: sources differ|a hold says/,
    step: reading((pathway) => ({
      ...pathway,
      areas: { ...pathway.areas, atomsOf: (site) => pathway.areas.atomsOf(site).slice(0, 1) },
    })),
  },
  {
    bug: 'a rule that looks at the first of two sites',
    breach: /^S2: .* not held|^S7: every report is kept once, as what it was found/,
    step: (pathway, state, event, now) => {
      if (!state) return step(pathway, state, event, now);
      const { treatment } = state.areas;
      const areas = treatment ? { ...state.areas, treatment: treatment.slice(0, 1) } : state.areas;
      return withState(step(pathway, { ...state, areas }, event, now), { areas: state.areas });
    },
  },
  {
    bug: 'a conflict that whoever came last decides',
    breach: /^S6: sources differ|^S2: .* is unknown|^somebody is asked about/,
    step: readingFacts((fact) => ({ ...fact, goodFor: fact.goodFor ?? for_(200_000, 'hour') })),
  },
  {
    bug: 'a value that is believed whatever speaks against it',
    breach: /^S2: .* is unknown|^a hold says what its rule says|^S4: |every reason|is to be refused/,
    step: readingFacts(({ notValidWhen: _doubt, ...fact }) => fact),
  },
  {
    bug: 'a source that is trusted although the catalogue does not name it',
    breach: /^S2: |^a hold says|^S6: |is to be|every reason|somebody is asked|alert/,
    step: readingFacts((fact) => ({
      ...fact,
      from: [...new Set([...fact.from, 'clinician', 'patient', 'record', 'laboratory'])],
    })),
  },
  {
    bug: 'a fact that may be as old as it likes, whatever the sentence asks',
    breach: /^S2: .* is unknown|^a hold says what its rule says/,
    step: changingRules(bareRule),
  },
  {
    bug: 'eligibility that passes while nobody knows it',
    breach: /^S4: a gate opened against/,
    step: lookingAway(
      ({ invariant, finding }) => invariant === 'S4' && finding?.result === 'unknown',
      (pathway) => ({ ...pathway, eligibility: [] }),
    ),
  },
  {
    bug: 'a table that takes a met row while a more cautious one is unknown',
    breach: /^S4: a gate opened against/,
    step: lookingAway(({ table }) => table !== undefined && table.answer === undefined, cautiousLast),
  },
  {
    bug: 'an alert that fires again and again',
    breach: /^the alert .* is silent, and fired|S6i: task\/plan\/alert-/,
    step: afterwards((taken) => withState(taken, { alerts: answeredIn(taken.state, 0) })),
  },
  {
    bug: 'an alert that is deaf to the second time',
    among: [
      [1, WEEKLY],
      [1, SESSIONS],
    ],
    breach: /^the alert .* is to fire, and fired 0 times/,
    step: afterwards((taken) => withState(taken, { alerts: answeredIn(taken.state, 1_000_000) })),
  },
];
