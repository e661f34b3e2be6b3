import type { PastProcedure } from '../model/event.schema.ts';
import { type Duration, type Instant, LocalDate } from '../model/primitives.schema.ts';
import type { Clearing, Clearings, Evidence } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { FactDefinition, LoweredCondition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { Interval, IntervalAnchor } from '../pathway/rules.schema.ts';
import { HISTORY } from '../pathway/work.schema.ts';
import { earliest } from '../rules/condition.ts';
import { isHistoryTask } from './history.ts';
import { judgeAt, type Place } from './judging.ts';
import type { PlanState } from './plan-state.schema.ts';
import { completing } from './refusal.ts';

/** The days that an interval counts from, at one place. */
export interface Anchors {
  /** In their order; empty: there is nothing to count from, or (where it is not known) nobody can say. */
  readonly days: readonly LocalDate[];
  /** By day, the other plan of the patient in which it stands, where it stands in no record of this one. */
  readonly inPlans?: ReadonlyMap<LocalDate, string>;
  /** Absent when the days are known. */
  readonly unknown?: { readonly why: string; readonly clears: Clearings };
  readonly evidence: readonly Evidence[];
  /** When time alone ends what is known: a fact goes stale. */
  readonly validUntil?: Instant;
}

/** What an interval counts from, in words: `end of implant`, `radiotherapyEnded`. */
export function wordsOf(anchor: IntervalAnchor): string {
  switch (anchor.kind) {
    case 'procedure':
      return `${anchor.edge} of ${anchor.of}`;
    case 'stage':
      return `${anchor.edge} of ${anchor.stage}`;
    case 'fact':
      return anchor.fact;
  }
}

/** Where an interval is counted: once for each site of the stage, where it counts what was done in the same area. */
export function placesOfInterval(
  { areas }: PlanState,
  interval: Interval,
  stage: StageDefinition,
): readonly Place[] {
  const sites = interval.area === 'same' ? sitesOf(areas, stage) : [];
  return sites.length === 0 ? [{ stage }] : sites.map((site) => ({ stage, site }));
}

const sitesOf = (areas: PlanState['areas'], { in: role }: StageDefinition): readonly string[] =>
  role === undefined ? [] : (areas[role] ?? []);

export interface Counting {
  readonly interval: Interval;
  readonly stage: StageDefinition;
  readonly place: Place;
  readonly now: Instant;
  /** The day that is asked about. */
  readonly on: LocalDate;
}

export function anchorsOf(pathway: Pathway, state: PlanState, counting: Counting): Anchors {
  const { interval, place } = counting;
  if (interval.from.kind === 'fact') return anchorsInFact(pathway, state, counting, interval.from.fact);
  const begun = notEnded(pathway, state, interval.from, place.site);
  if (begun) return { days: [], evidence: [], unknown: toBeEnded(pathway, begun) };
  const others = interval.otherPlans ? inOtherPlans(pathway, state, interval.from, place.site) : NO_OTHERS;
  if ('why' in others) return { days: [], evidence: [], unknown: others };
  const done = occurrencesOf(pathway, state, interval.from, place.site);
  const days = counted([...done, ...others.days.keys()], interval.counts);
  const inPlans = new Map([...others.days].filter(([day]) => !done.includes(day)));
  // Of its own stages a plan knows all that was done; of anything else only once somebody has attested it.
  if (interval.from.kind === 'stage' && isTakenBack(pathway, state, counting, interval.from.stage))
    return { days: [], evidence: [], unknown: takenBack(pathway, interval.from.stage) };
  const isKnown = days.length > 0 || interval.from.kind === 'stage' || state.historyKnownAt !== undefined;
  if (isKnown) return { days, inPlans, evidence: [] };
  const why = 'nobody has attested that the plan knows all that was done before';
  return { days, evidence: [], unknown: { why, clears: [[attestation(pathway, state)]] } };
}

/**
 * That a stage further back was performed was taken back, and nothing else of it was reported, while the plan has gone
 * on: without it there would be nothing to count from, and the gate would open for that. Come to anew and left out by a
 * decision, there is nothing to count from indeed.
 */
function isTakenBack(
  { course }: Pathway,
  { performed, enteredAt }: PlanState,
  { stage, now }: Counting,
  from: string,
): boolean {
  const placeOf = (name: string): number => course.findIndex((item) => item.name === name);
  const closedAt = enteredAt[`${from}.closure`];
  if (closedAt === undefined || closedAt > now || placeOf(from) >= placeOf(stage.stage)) return false;
  const readyAt = enteredAt[`${from}.ready`];
  return performed.every((one) => one.stage !== from) && (readyAt === undefined || readyAt <= closedAt);
}

/** What others have begun, and have not told the end of: its end cannot be counted from, and is not its beginning. */
function notEnded(
  pathway: Pathway,
  { performed }: PlanState,
  from: Exclude<IntervalAnchor, { kind: 'fact' }>,
  site: string | undefined,
): string | undefined {
  if (from.edge !== 'end') return undefined;
  const isBegun = ({ stage, endedOn }: PlanState['performed'][number]): boolean =>
    endedOn === undefined && pathway.stage(stage)?.elsewhere === true;
  const { isMeant, isHere } = meantBy(pathway, from, site);
  return performed.find((one) => isBegun(one) && isMeant(one.procedures, one.stage) && isHere(one.areas))
    ?.stage;
}

function toBeEnded({ stage }: Pathway, begun: string): NonNullable<Anchors['unknown']> {
  return reporting(
    begun,
    `${stage(begun)?.title ?? begun} has begun elsewhere, and nobody has told when it ended`,
  );
}

function takenBack({ stage }: Pathway, from: string): NonNullable<Anchors['unknown']> {
  const title = stage(from)?.title ?? from;
  return reporting(from, `that ${title} was performed was taken back, and nobody has reported when it was`);
}

/** It is unknown until a stage is reported. */
const reporting = (stage: string, why: string): NonNullable<Anchors['unknown']> => ({
  why,
  clears: [[{ kind: 'event', type: 'procedure.performed', needs: stage, role: COORDINATOR }]],
});

/**
 * The first or last days of what was done, in this plan or outside it; of what is counted in the same area, only what
 * shares a part of the site. What was recorded without an area may have been anywhere, and counts everywhere.
 */
function occurrencesOf(
  pathway: Pathway,
  { performed, past }: PlanState,
  from: Exclude<IntervalAnchor, { kind: 'fact' }>,
  site: string | undefined,
): LocalDate[] {
  const { isMeant, isHere } = meantBy(pathway, from, site);
  const edge = edgeOf(from);
  return [
    ...performed.filter(({ procedures, stage, areas }) => isMeant(procedures, stage) && isHere(areas)),
    ...past.filter(({ procedure, area }) => isMeant([procedure]) && isHere(area === undefined ? [] : [area])),
  ].map(edge);
}

type Days = Pick<PastProcedure, 'performedOn' | 'endedOn'>;

const edgeOf =
  ({ edge }: { readonly edge: 'start' | 'end' }) =>
  ({ performedOn, endedOn }: Days): LocalDate =>
    edge === 'start' ? performedOn : (endedOn ?? performedOn);

const NO_OTHERS: { readonly days: ReadonlyMap<LocalDate, string> } = { days: new Map() };

/** The days of what the patient's other plans have performed, each with its plan; or why they are not known. */
function inOtherPlans(
  pathway: Pathway,
  { otherPlans }: PlanState,
  from: Exclude<IntervalAnchor, { kind: 'fact' }>,
  site: string | undefined,
): typeof NO_OTHERS | NonNullable<Anchors['unknown']> {
  if (from.kind === 'stage') return NO_OTHERS;
  const asked = (needs: string): Clearings => [
    [{ kind: 'event', type: 'procedure.performed', needs, role: COORDINATOR }],
  ];
  if (otherPlans === null) {
    const why = 'nobody can tell what the other plans of this patient have performed';
    return { why, clears: asked(`${from.of} in the other plans of this patient`) };
  }
  const { isHere } = meantBy(pathway, from, site);
  const here = otherPlans.filter(({ names, areas }) => names.includes(from.of) && isHere(areas));
  const begun = from.edge === 'end' ? here.find(({ isUnderWay }) => isUnderWay) : undefined;
  if (begun) {
    const why = `${from.of} has begun in the plan ${begun.plan}, and nobody has told when it ended`;
    return { why, clears: asked(`${from.of} in the plan ${begun.plan}`) };
  }
  const edge = edgeOf(from);
  return { days: new Map(here.map((one) => [edge(one), one.plan])) };
}

/** What an interval counts from, of the stage or procedure that it names, where it is asked. */
function meantBy(
  pathway: Pathway,
  from: Exclude<IntervalAnchor, { kind: 'fact' }>,
  site: string | undefined,
) {
  const isHere = (areas: readonly string[]): boolean =>
    site === undefined || areas.length === 0 || areas.some((area) => pathway.areas.isSame(area, site));
  const isMeant = (procedures: readonly string[], stage?: string): boolean =>
    from.kind === 'stage' ? stage === from.stage : pathway.namesOf(procedures).includes(from.of);
  return { isHere, isMeant };
}

function counted(days: readonly LocalDate[], counts: Interval['counts']): readonly LocalDate[] {
  const inOrder = [...new Set(days)].sort();
  switch (counts) {
    case 'every':
      return inOrder;
    case 'first':
      return inOrder.slice(0, 1);
    case 'last':
      return inOrder.slice(-1);
  }
}

/** Who attests the history: by its task while that is open, else by an event of its own. */
function attestation(pathway: Pathway, { tasks }: PlanState): Clearing {
  const open = Object.entries(tasks).find(([id, { status }]) => status === 'requested' && isHistoryTask(id));
  if (open) return completing(...open);
  const states = ['consultation', 'assessment', ...pathway.stages.flatMap(chartStatesOf)];
  const defined = states.flatMap((state) => pathway.tasksOf(state)).find(({ task }) => task === HISTORY);
  const role = defined?.role ?? COORDINATOR;
  return { kind: 'event', type: 'history.recorded', needs: 'isComplete: true', role };
}

const chartStatesOf = ({ stage }: StageDefinition): string[] => [`${stage}.closure`, `${stage}.recovery`];

/**
 * The date that a fact holds. It is asked as any other condition is, so that it is believed on the same terms; a fact
 * by area that differs within the site, or between the sites, gives several days, and all of them bind.
 */
function anchorsInFact(pathway: Pathway, state: PlanState, counting: Counting, fact: string): Anchors {
  const { interval, stage, place, now } = counting;
  const definition = pathway.fact(fact);
  const everywhere = sitesOf(state.areas, stage).map((site): Place => ({ stage, site }));
  const isSpread = definition?.byArea === true && place.site === undefined && everywhere.length > 0;
  const when = askedOf(interval, fact, definition);
  const judged = (isSpread ? everywhere : [place]).map((one) => judgeAt(pathway, state, now, when, one));
  const evidence = judged.flatMap((one) => one.evidence);
  const validUntil = earliest(judged.map((one) => one.validUntil));
  const days = evidence
    .filter(({ result }) => result !== 'unknown')
    .flatMap(({ value }) => LocalDate.safeParse(value).data ?? []);
  const missing = evidence.filter(({ result }) => result === 'unknown');
  const known = { days: counted(days, 'every'), evidence };
  if (missing.length > 0) return { ...known, unknown: unknownFact(definition, missing) };
  return validUntil === undefined ? known : { ...known, validUntil };
}

const asked = new WeakMap<Interval, LoweredCondition>();

/** One condition for each interval, so that a question asked again is known again. */
function askedOf(interval: Interval, fact: string, definition: FactDefinition | undefined): LoweredCondition {
  const known = asked.get(interval);
  if (known) return known;
  const { minimum: value } = interval;
  const name = neededOf(definition, value);
  const when = { all: [{ fact, operator: 'atLeastAgoOrNever', value, name }] };
  asked.set(interval, when);
  return when;
}

function neededOf(definition: FactDefinition | undefined, { count, unit }: Duration): string {
  const orNever = definition?.is.kind === 'date or never' ? ' or never' : '';
  return `at least ${count} ${unit}${count === 1 ? '' : 's'} ago${orNever}`;
}

function unknownFact(definition: FactDefinition | undefined, missing: readonly Evidence[]) {
  const ask = definition?.ask;
  const all = missing.map(({ fact, asks, area, cause }) => ({
    kind: 'fact' as const,
    fact,
    ...(area === undefined ? {} : { area }),
    needs: asks,
    ...(cause === undefined ? {} : { cause }),
    role: ask?.role ?? COORDINATOR,
    ...(ask ? { within: ask.within } : {}),
  }));
  const why = missing
    .map(
      ({ fact, area, cause = 'missing' }) => `${fact}${area === undefined ? '' : ` of ${area}`} is ${cause}`,
    )
    .join(', ');
  return { why, clears: [all] };
}
