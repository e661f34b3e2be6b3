import type { Actor } from '../model/actor.schema.ts';
import { addToDate, localDateOf } from '../model/calendar.ts';
import type { EventOf, FactValue, Measured, SentObservation } from '../model/event.schema.ts';
import { LIMITS } from '../model/limits.ts';
import { LocalDate } from '../model/primitives.schema.ts';
import type { FactDefinition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import {
  type Border,
  firstOf,
  inFuture,
  isAhead,
  isStaff,
  listed,
  notInFuture,
  overLimit,
  type Rejection,
} from './border.ts';
import type { Observation, PlanState } from './plan-state.schema.ts';

export function admitObservations(
  { data, sentAs, actor }: EventOf<'observation.recorded'>,
  border: Border,
): Rejection | undefined {
  const kept = Object.values(border.state?.observations ?? {}).reduce((sum, all) => sum + all.length, 0);
  if (kept + data.observations.length > LIMITS.observationsPerPlan)
    return overLimit('observations', LIMITS.observationsPerPlan);
  return firstOf([...data.observations.entries()], ([index, sent]) => {
    if (isAhead(sent.observedAt, border)) return inFuture(`observedAt ${sent.observedAt}`, border);
    return asSent(admitFact(sent, border), sentAs?.[index]) ?? admitSource(sent, actor, border);
  });
}

/** Whoever sent another number knows it again. */
const asSent = (rejection: Rejection | undefined, sent: Measured | undefined): Rejection | undefined =>
  rejection && sent
    ? { ...rejection, says: `${rejection.says} It was sent as ${sent.value} ${sent.unit}.` }
    : rejection;

/** A correction is measured like what it replaces, and there is something that it replaces. */
export function admitCorrection(
  { data, sentAs, actor }: EventOf<'fact.corrected'>,
  border: Border,
): Rejection | undefined {
  return (
    asSent(admitFact(data, border), sentAs?.[0]) ??
    admitSource(data, actor, border) ??
    admitWithdrawal(data, border)
  );
}

type Meant = Pick<EventOf<'fact.withdrawn'>['data'], 'fact' | 'area' | 'on' | 'event' | 'source'>;

export function admitWithdrawal(meant: Meant, border: Border): Rejection | undefined {
  const { pathway, state } = border;
  const problem = factExists(meant.fact, border) ?? admitArea(meant, border);
  if (problem) return problem;
  const found = state ? observationsMeant(pathway, state, meant) : [];
  const senders = new Set(found.map(({ event }) => event.split('/')[0]));
  if (meant.event !== undefined && senders.size > 1) {
    const says = `Several senders have an event ${meant.event}: ${listed([...senders].map(String))}. Say which by \`source\`.`;
    return { code: 'CC2024', says };
  }
  if (found.length > 0) return undefined;
  const kept = (state?.observations[meant.fact] ?? []).filter(({ area }) => area === meant.area);
  const seen = kept.map(({ observedAt, event }) => `${localDateOf(observedAt, pathway.zone)} (${event})`);
  const which = `${meant.fact}${meant.area === undefined ? '' : ` of the ${meant.area}`}`;
  return {
    code: 'CC2024',
    says: `Nothing of ${which} was observed on ${meant.on}${meant.event === undefined ? '' : ` by event ${meant.event}`}; observed were: ${listed(seen.toReversed())}.`,
  };
}

/** What a correction or a withdrawal speaks of. */
export function observationsMeant(pathway: Pathway, state: PlanState, meant: Meant): Observation[] {
  return (state.observations[meant.fact] ?? []).filter(
    ({ observedAt, area, event }) =>
      area === meant.area &&
      localDateOf(observedAt, pathway.zone) === meant.on &&
      (meant.event === undefined || event.endsWith(`/${meant.event}`)) &&
      (meant.source === undefined || event.startsWith(`${meant.source}/`)),
  );
}

function admitFact(
  sent: Pick<SentObservation, 'fact' | 'area' | 'value' | 'unit'>,
  border: Border,
): Rejection | undefined {
  const definition = border.pathway.fact(sent.fact);
  if (!definition) return factExists(sent.fact, border);
  return admitArea(sent, border) ?? admitValue(sent, definition, border);
}

function factExists(fact: string, { pathway }: Border): Rejection | undefined {
  if (pathway.fact(fact)) return undefined;
  return {
    code: 'CC2010',
    says: `No fact is called ${fact} in this pathway; it asks for: ${listed(pathway.facts.map((one) => one.fact))}.`,
  };
}

/** A fact by area is told of one site; any other of none, for nobody would look there for it. */
function admitArea({ fact, area }: Pick<SentObservation, 'fact' | 'area'>, { pathway }: Border) {
  const isByArea = pathway.fact(fact)?.byArea === true;
  if (area === undefined) {
    return isByArea
      ? { code: 'CC2025' as const, says: `${fact} is recorded by area: say of which site.` }
      : undefined;
  }
  if (!isByArea) return { code: 'CC2025' as const, says: `${fact} is not recorded by area: leave it out.` };
  return siteExists(area, pathway);
}

export function siteExists(area: string, { areas }: Pathway): Rejection | undefined {
  return areas.sites.includes(area)
    ? undefined
    : { code: 'CC2025', says: `There is no site ${area}; there are: ${listed(areas.sites)}.` };
}

/** Staff may pass on what a laboratory or a record says; whoever speaks for themselves is the source. */
function admitSource(
  { fact, from }: Pick<SentObservation, 'fact' | 'from'>,
  actor: Actor,
  { pathway }: Border,
): Rejection | undefined {
  if (from === undefined) return undefined;
  if (!isStaff(actor)) {
    return { code: 'CC2018', says: `${actor.id} speaks for nobody else: leave \`from\` out.` };
  }
  const believed = pathway.fact(fact)?.from ?? [];
  return believed.includes(from)
    ? undefined
    : { code: 'CC2030', says: `${fact} is not taken from a ${from}; it is from: ${listed(believed)}.` };
}

interface Stated {
  readonly fact: string;
  readonly value: FactValue;
  readonly unit?: string | undefined;
}

function admitValue({ fact, value, unit }: Stated, definition: FactDefinition, border: Border) {
  const { is } = definition;
  if (is.kind !== 'number' && unit !== undefined)
    return { code: 'CC2011' as const, says: `${fact} has no unit; ${unit} was sent.` };
  switch (is.kind) {
    case 'number':
      if (typeof value !== 'number') return wrongKind(fact, `a number in ${is.unit}`);
      if (unit !== is.unit) return wrongUnit(fact, unit, definition);
      return outOfRange(fact, value, is, is.unit);
    case 'grade':
      if (typeof value !== 'number' || !Number.isInteger(value))
        return wrongKind(fact, `a whole number from ${is.from} to ${is.to}`);
      return outOfRange(fact, value, is, '');
    case 'yes or no':
      return typeof value === 'boolean' ? undefined : wrongKind(fact, 'true or false');
    case 'code':
      return typeof value === 'string' && is.codes.includes(value)
        ? undefined
        : wrongKind(fact, `one of ${is.codes.join(', ')}`);
    case 'findings':
      return Array.isArray(value) && value.every((code) => is.codes.includes(code))
        ? undefined
        : wrongKind(fact, `a list of none or some of ${is.codes.join(', ')}`);
    case 'list':
      return Array.isArray(value) && isInWords(value, is.words)
        ? undefined
        : wrongKind(fact, `a list of ${is.of}${is.words ? `: none or some of ${is.words.join(', ')}` : ''}`);
    case 'date':
    case 'date or never': {
      if (is.kind === 'date or never' && value === 'never') return undefined;
      const date = LocalDate.safeParse(value);
      return date.success
        ? (is.ahead ? notTooFarAhead : notInFuture)(fact, date.data, border)
        : wrongKind(fact, `a ${is.kind}, as YYYY-MM-DD`);
    }
  }
}

/** A day that may lie ahead, and not beyond what anybody plans for. */
function notTooFarAhead(fact: string, date: LocalDate, { now, pathway }: Border): Rejection | undefined {
  const last = addToDate(localDateOf(now, pathway.zone), LIMITS.datesAhead);
  return date <= last
    ? undefined
    : { code: 'CC2014', says: `${fact} ${date} lies too far ahead; the last day that is taken is ${last}.` };
}

function wrongUnit(fact: string, unit: string | undefined, { is, alsoIn }: FactDefinition): Rejection {
  const own = is.kind === 'number' ? is.unit : '';
  const also = alsoIn.map((one) => one.unit);
  const got = unit === undefined ? 'no unit was sent' : `${unit} was sent`;
  return {
    code: 'CC2011',
    says: `${fact} is measured in ${[own, ...also].join(', ')} or what UCUM can convert to ${own}; ${got}.`,
  };
}

const outOfRange = (
  fact: string,
  value: number,
  { from, to }: { from: number; to: number },
  unit: string,
): Rejection | undefined =>
  value < from || value > to
    ? { code: 'CC2012', says: `${fact} ${value} lies outside ${from} to ${to} ${unit}`.trim().concat('.') }
    : undefined;

/** A word that no rule knows would count as the absence of those that it may mean. */
const isInWords = (value: readonly string[], words: readonly string[] | undefined): boolean =>
  words === undefined || value.every((word) => words.includes(word));

const wrongKind = (fact: string, wanted: string): Rejection => ({
  code: 'CC2013',
  says: `${fact} must be ${wanted}.`,
});
