import { endOfDay, localDateOf } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Doubt, Evidence } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { leavesOf } from '../pathway/conditions.ts';
import type { FactDefinition, LoweredCondition, LoweredLeaf } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { earliest, type FactReading, type Judgement, judge, type Reader } from '../rules/condition.ts';
import { type Facts, factsAt } from './facts.ts';
import { readFindings } from './findings.ts';
import { asksOf, choices, enteredAt, extentOf, type Place, type Spot, sitesOf } from './places.ts';
import type { Observation, PlanState } from './plan-state.schema.ts';

export type { Place } from './places.ts';

/** Every place of a stage at which a condition is judged by itself: its sites, where it asks of an area at all. */
export function placesOf(
  pathway: Pathway,
  state: PlanState,
  when: LoweredCondition,
  stage: StageDefinition,
): readonly Place[] {
  const sites = stage.in && asksOf(pathway, when).ofEachSite ? (state.areas[stage.in] ?? []) : [];
  return sites.length === 0 ? [{ stage }] : sites.map((site) => ({ stage, site }));
}

/**
 * What a condition says of a plan's facts at `now`, asked of one place. A fact that has one value a site may have
 * several in the parts of one: then the condition is judged for each part, it is met when it is met for any, and the
 * evidence has all its leaves for one part after those for another.
 */
export function judgeAt(
  pathway: Pathway,
  state: PlanState,
  now: Instant,
  when: LoweredCondition,
  place: Place = {},
): Judgement {
  const { facts, judgements, byPlace } = judged(pathway, state, now);
  const asks = asksOf(pathway, when);
  if (!asks.ofAreas && !asks.sinceStage) {
    let judgement = judgements.get(when);
    if (judgement === undefined) {
      judgement = judge(when, facts);
      judgements.set(when, judgement);
    }
    return judgement;
  }
  const entered = asks.sinceStage ? enteredAt(state, place) : undefined;
  const key = `${place.stage?.stage}/${place.site}/${entered}`;
  const kept = byPlace.get(when) ?? new Map<string, Judgement>();
  byPlace.set(when, kept);
  const judgement = kept.get(key) ?? judgeIn({ pathway, state, facts, entered }, when, place);
  kept.set(key, judgement);
  return judgement;
}

/** The same of another state than the plan's own, of which nothing is kept: what is kept is asked again. */
export function judgeApart(
  pathway: Pathway,
  state: PlanState,
  now: Instant,
  when: LoweredCondition,
  place: Place = {},
): Judgement {
  const basis = { pathway, state, facts: factsIn(pathway, state, now), entered: enteredAt(state, place) };
  return judgeIn(basis, when, place);
}

/** What a fact says at `now` in one place: one reading, or one for each site that is asked of. */
export function readAt(
  pathway: Pathway,
  state: PlanState,
  now: Instant,
  fact: Pick<LoweredLeaf, 'fact' | 'params'>,
  place: Place = {},
): readonly FactReading[] {
  const { facts } = judged(pathway, state, now);
  const asked = { ...fact, operator: 'equal', value: '', name: '' };
  const entered = enteredAt(state, place);
  if (extentOf(pathway, fact) === 'patient') return [facts.read(fact, { entered })];
  const spots = sitesOf(asked, state, place).flatMap((site) =>
    spotsOf(pathway, facts, site, [asked], entered),
  );
  return spots.map(({ atom, area }) => facts.read(fact, { atom, area, entered }));
}

/** What has been judged of one set of facts, at one instant. */
interface Judged extends Pick<PlanState, 'observations' | 'performed' | 'areas'> {
  readonly pathway: Pathway;
  readonly now: Instant;
  readonly facts: Facts;
  readonly judgements: Map<LoweredCondition, Judgement>;
  /** Of conditions that ask of areas, or since when a stage is on. */
  readonly byPlace: Map<LoweredCondition, Map<string, Judgement>>;
}

/**
 * A step asks the same conditions of the same facts several times: as it settles, at the gate, for the next wake.
 * States are replaced, never changed, so that the same ones at the same instant have the same answers. The last few are
 * kept, not a weak map of all: that costs the collector of garbage more than judging does.
 */
let recent: readonly Judged[] = [];
const MOST_RECENT = 4;

function judged(pathway: Pathway, state: PlanState, now: Instant): Judged {
  const { observations, performed, areas } = state;
  for (const one of recent) {
    const isSame = one.observations === observations && one.performed === performed && one.areas === areas;
    if (isSame && one.now === now && one.pathway === pathway) return one;
  }
  const facts = factsIn(pathway, state, now);
  const judgements = new Map<LoweredCondition, Judgement>();
  const fresh = { pathway, observations, performed, areas, now, facts, judgements, byPlace: new Map() };
  recent = [fresh, ...recent.slice(0, MOST_RECENT - 1)];
  return fresh;
}

const factsIn = (pathway: Pathway, state: PlanState, now: Instant): Facts =>
  factsAt(
    pathway,
    state,
    now,
    (definition, observation, atom) => validityOf({ pathway, state }, definition, observation, atom).doubts,
  );

interface Basis {
  readonly pathway: Pathway;
  readonly state: PlanState;
  readonly facts: Facts;
  readonly entered: Instant | undefined;
}

function judgeIn(basis: Basis, when: LoweredCondition, place: Place): Judgement {
  const { pathway, state, facts, entered } = basis;
  const { sited } = asksOf(pathway, when);
  const spots = new Map<string, Spot[]>();
  for (const leaf of sited) {
    const sites = sitesOf(leaf, state, place);
    const key = sites.join();
    if (spots.has(key)) continue;
    const together = sited.filter((one) => sitesOf(one, state, place).join() === key);
    const found = sites.flatMap((site) => spotsOf(pathway, facts, site, together, entered));
    spots.set(key, found.length > 0 ? found : [{}]);
  }
  const rounds = choices(spots).map((chosen) => judge(when, readerIn(basis, place, chosen)));
  const [only, another] = rounds;
  return only && !another ? only : anyOf(rounds);
}

function anyOf(rounds: readonly Judgement[]): Judgement {
  const results = rounds.map(({ result }) => result);
  const validUntil = earliest(rounds.map((one) => one.validUntil));
  return {
    result: results.includes('met') ? 'met' : results.includes('unknown') ? 'unknown' : 'unmet',
    evidence: rounds.flatMap(({ evidence }) => evidence),
    ...(validUntil === undefined ? {} : { validUntil }),
  };
}

/** The parts of a site: the site itself where all of it answers alike, or else each atom. */
function spotsOf(
  pathway: Pathway,
  facts: Facts,
  site: string,
  leaves: readonly LoweredLeaf[],
  entered: Instant | undefined,
): Spot[] {
  const atoms = pathway.areas.atomsOf(site);
  const alike = new Set(
    atoms.map((atom) =>
      JSON.stringify(
        leaves.map((leaf) => {
          const reading = facts.read(leaf, { atom, entered });
          return [reading.known ? '' : reading.cause, reading.provenance];
        }),
      ),
    ),
  );
  return alike.size > 1
    ? atoms.map((atom) => ({ atom, area: atom }))
    : [{ atom: atoms[0] ?? site, area: site }];
}

/** Reads a condition's leaves in one place, with one part chosen of every site that has several. */
function readerIn(
  { pathway, state, facts, entered }: Basis,
  place: Place,
  chosen: ReadonlyMap<string, Spot>,
): Reader {
  const read = (leaf: LoweredLeaf): FactReading | readonly FactReading[] => {
    const extent = extentOf(pathway, leaf);
    if (extent === 'patient') return facts.read(leaf, { entered });
    const sites = sitesOf(leaf, state, place);
    if (extent === 'site') {
      const spot = chosen.get(sites.join());
      return spot?.atom === undefined ? NOWHERE : facts.read(leaf, { ...spot, entered });
    }
    const readings = sites.map((site) =>
      readFindings(leaf, site, (atom) => facts.read(leaf, { atom, entered }), pathway.areas.atomsOf(site)),
    );
    return readings.length > 1 ? readings : (readings[0] ?? NOWHERE);
  };
  return { read, changesAt: facts.changesAt };
}

/** Nobody has said which site is meant. */
const NOWHERE: FactReading = { known: false, cause: 'missing' };

/** Why an observation is not to be believed; nothing: it is, on the evidence that says so. */
interface Validity {
  readonly doubts: readonly Doubt[];
  readonly evidence: readonly Evidence[];
}

/**
 * Judges `notValidWhen` for the day of an observation: on what had been observed by the end of that day, and counted
 * from that day. A date says itself when it was, so that one told later counts as well: against the observation
 * always, for it only where nothing known then speaks against it.
 */
function validityOf(
  { pathway, state }: Pick<Basis, 'pathway' | 'state'>,
  { notValidWhen, fact }: FactDefinition,
  { observedAt }: Observation,
  atom: string | undefined,
): Validity {
  if (!notValidWhen) return { doubts: [], evidence: [] };
  const end = endOfDay(localDateOf(observedAt, pathway.zone), pathway.zone);
  const names = [...supportsOf(pathway, fact)];
  const judgedWith = (isKept: (definition: FactDefinition, one: Observation) => boolean) => {
    const observations = Object.fromEntries(
      names.flatMap((name) => {
        const definition = pathway.fact(name);
        const all = Object.hasOwn(state.observations, name) ? state.observations[name] : undefined;
        return definition && all ? [[name, all.filter((one) => isKept(definition, one))]] : [];
      }),
    );
    const then = { ...state, observations };
    const basis = {
      pathway,
      state: then,
      facts: factsIn(pathway, then, observedAt),
      entered: enteredAt(then, {}),
    };
    return judgeIn(basis, notValidWhen, atom === undefined ? {} : { site: atom });
  };
  const known = judgedWith((_definition, one) => one.observedAt < end);
  if (known.result === 'met') return { doubts: doubtsIn(known), evidence: known.evidence };
  const isDate = ({ is }: FactDefinition): boolean => is.kind === 'date' || is.kind === 'date or never';
  const told = judgedWith((definition, one) => one.observedAt < end || isDate(definition));
  return { doubts: told.result === 'unmet' ? [] : doubtsIn(told), evidence: told.evidence };
}

/** What the validity of a value rests on that was read from these events, in turn with what that rests on. */
export function validityOn(
  pathway: Pathway,
  state: PlanState,
  { fact, area, events = [] }: Pick<Evidence, 'fact' | 'area' | 'events'>,
): Evidence[] {
  const definition = pathway.fact(pathway.derived(fact)?.of ?? fact);
  if (!definition?.notValidWhen) return [];
  const isMeant = (one: Observation): boolean =>
    events.includes(one.event) &&
    (area === undefined || one.area === undefined || pathway.areas.isSame(one.area, area));
  const atoms = area === undefined ? [undefined] : pathway.areas.atomsOf(area);
  return (state.observations[definition.fact] ?? []).filter(isMeant).flatMap((one) =>
    atoms.flatMap((atom) => {
      const { evidence } = validityOf({ pathway, state }, definition, one, atom);
      return [...evidence, ...evidence.flatMap((each) => validityOn(pathway, state, each))];
    }),
  );
}

/** What speaks against it; where it is met by what is *not* so, all that was asked: never nothing. */
function doubtsIn({ result, evidence }: Judgement): Doubt[] {
  const against = evidence.filter((leaf) => leaf.result === result);
  return (against.length > 0 ? against : evidence).map(doubtFrom);
}

const doubtFrom = ({ fact, asks, result, cause, value }: Evidence): Doubt => ({
  fact,
  asks,
  result,
  ...(cause === undefined ? {} : { cause }),
  ...(value === undefined ? {} : { value }),
});

/** Every fact on which it hangs whether an observation of another is valid. */
function supportsOf(pathway: Pathway, fact: string, found = new Set<string>()): ReadonlySet<string> {
  const when = pathway.fact(fact)?.notValidWhen;
  for (const leaf of when ? leavesOf(when) : []) {
    const base = pathway.derived(leaf.fact)?.of ?? leaf.fact;
    if (!found.has(base)) supportsOf(pathway, base, found.add(base));
  }
  return found;
}
