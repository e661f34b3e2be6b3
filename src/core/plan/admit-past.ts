import type { Actor } from '../model/actor.schema.ts';
import type { BroughtIn, EventOf, PastEvent, PlanEvent } from '../model/event.schema.ts';
import { CLINICAL_LEAD, COORDINATOR } from '../pathway/roles.ts';
import { type Border, inFuture, isAhead, type Rejection } from './border.ts';

/** Where an event stands in what was sent, for whoever has to mend it. */
export const placeOfPast = (index: number, { event }: PastEvent): string =>
  `broughtIn.events.${index} (${event.type}${event.time === undefined ? '' : ` of ${event.time}`})`;

/**
 * Whether a past can be gone through at all. Whoever brings a plan in vouches for all that is said, signed and decided in
 * it, in the names of others: that is the coordinator's or the clinical lead's to do, and never the patient's own.
 */
export function admitPast(
  { data, actor }: EventOf<'startPlan'> & PlanEvent,
  border: Border,
): Rejection | undefined {
  const { broughtIn, intent, patient } = data;
  if (!broughtIn) return undefined;
  if (intent === 'plan') return { code: 'CC2038', says: 'What is prescribed only has no past.' };
  if (![COORDINATOR, CLINICAL_LEAD].some((role) => actor.roles.includes(role))) {
    const says = `To bring a plan in takes the ${COORDINATOR} or the ${CLINICAL_LEAD}; ${actor.id} is ${actor.roles.join(', ')}.`;
    return { code: 'CC2018', says };
  }
  if (actor.id === patient)
    return { code: 'CC2018', says: `${actor.id} is the patient of this plan, and vouches for nobody.` };
  if (isAhead(broughtIn.startedAt, border)) return inFuture(`startedAt ${broughtIn.startedAt}`, border);
  return (
    outOfOrder(broughtIn, border) ??
    inAnothersRole(broughtIn, actor) ??
    usedTwice(broughtIn) ??
    byAnotherVersion(broughtIn)
  );
}

function placeOfFirst(
  events: readonly PastEvent[],
  isMeant: (past: PastEvent) => boolean,
): string | undefined {
  const index = events.findIndex(isMeant);
  const past = events[index];
  return past && placeOfPast(index, past);
}

/** The past is gone through by the version that the plan starts on, and by no other. */
function byAnotherVersion({ events }: BroughtIn): Rejection | undefined {
  const where = placeOfFirst(events, ({ event }) => event.type === 'adoptVersion');
  if (where === undefined) return undefined;
  const says = `${where}: a past is gone through by one version. Bring the plan in by the version that it started on, without this event, and have it adopt the other one then.`;
  return { code: 'CC3014', says };
}

/** For others the sender vouches; what they did themselves they did as what they are. */
function inAnothersRole({ events }: BroughtIn, sender: Actor): Rejection | undefined {
  const where = placeOfFirst(
    events,
    ({ actor }) => actor?.id === sender.id && actor.roles.some((role) => !sender.roles.includes(role)),
  );
  if (where === undefined) return undefined;
  const says = `${where}: ${sender.id} is ${sender.roles.join(', ')}.`;
  return { code: 'CC2018', says };
}

function outOfOrder({ startedAt, events }: BroughtIn, border: Border): Rejection | undefined {
  let before = startedAt;
  for (const [index, past] of events.entries()) {
    const where = placeOfPast(index, past);
    const { time } = past.event;
    if (time === undefined) return { code: 'CC2036', says: `${where} does not say its time.` };
    if (time < before) return { code: 'CC2036', says: `${where} lies before ${before}.` };
    if (isAhead(time, border)) return inFuture(where, border);
    before = time;
  }
  return undefined;
}

const RESERVED = 'carechart:';

function usedTwice({ events }: BroughtIn): Rejection | undefined {
  const known = new Set<string>();
  for (const [index, past] of events.entries()) {
    const { source, id } = past.event;
    const name = `${source}/${id}`;
    const where = placeOfPast(index, past);
    if (source.startsWith(RESERVED))
      return { code: 'CC2018', says: `${where}: sources that begin with ${RESERVED} are Carechart's own.` };
    if (known.has(name)) return { code: 'CC2020', says: `${where}: ${name} stands before it already.` };
    known.add(name);
  }
  return undefined;
}

/** What came with the plan was taken then: sent again, by the machine that had sent it elsewhere, it is not taken twice. */
export function cameWithPlan({ id, source }: PlanEvent, { state }: Border): Rejection | undefined {
  const { events = {} } = state?.broughtIn ?? {};
  const known = Object.hasOwn(events, source) && events[source]?.includes(id);
  return known ? { code: 'CC2039', says: `Event ${id} of ${source} came with the plan.` } : undefined;
}
