import { systemActor } from '../model/actor.schema.ts';
import { laterOf, localDateOf, startOfDay } from '../model/calendar.ts';
import { isCode } from '../model/codes.ts';
import type { BroughtIn, DoneInPlan, EventOf, PastEvent, PlanEvent } from '../model/event.schema.ts';
import { Failure, invariant } from '../model/failure.ts';
import { LIMITS } from '../model/limits.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { admit } from './admit.ts';
import { placeOfPast } from './admit-past.ts';
import { tellingPlans } from './other-plans.ts';
import type { JournalEntry, Past } from './outcome.schema.ts';
import type { PlanState } from './plan-state.schema.ts';
import { type Step, type Stepper, wakesUntil } from './walk.ts';

/**
 * A plan that is under way elsewhere is brought in: started when it began, and led through its events, each at its own
 * time, with the wakes of its own timer between them, by the very step that a plan takes here. So it stands where it
 * would stand had all been sent here as it happened. Nothing of it is performed: nobody is told today of what was due
 * last month; only the patient's other plans look at what it has done. It is all one step, or none: what cannot be taken
 * of it is told by its place, and there is no plan.
 */

type Start = EventOf<'startPlan'> & PlanEvent;
type UnderWay = Start & { readonly data: { readonly broughtIn: BroughtIn } };

export const isUnderWay = (event: PlanEvent): event is UnderWay =>
  event.type === 'startPlan' && event.data.broughtIn !== undefined;

interface BringingIn {
  readonly pathway: Pathway;
  readonly event: UnderWay;
  readonly now: Instant;
}

/** A step of the past: of one of the events that were brought in, with its place among them; or of the plan's own timer. */
interface PastStep extends Step {
  readonly index?: number;
  readonly isWake?: true;
}

/** @throws Failure when it cannot be taken: there is no plan that could keep the rejection */
export function bringIn(step: Stepper, bringing: BringingIn): Step {
  const { pathway, event, now } = bringing;
  const rejection = admit(event, { pathway, state: undefined, now });
  if (rejection) throw new Failure(rejection.code, rejection.says);
  const taken = walked(step, bringing);
  const { state } = lastOf(taken);
  const { broughtIn } = event.data;
  // By a clock that runs ahead, the last of the events may lie a little after now.
  const at = laterOf(now, state.now);
  const past = cameTo(taken, broughtIn, at);
  const says = `Brought in, under way since ${broughtIn.startedAt}: ${broughtIn.events.length} events of its past`;
  const entry: JournalEntry = { kind: 'plan.broughtIn', at, actor: event.actor, says, details: { ...past } };
  const begun: PlanState = {
    ...state,
    sequence: 1,
    now: at,
    broughtIn: { at, by: event.actor.id, steps: taken.length - 1, events: idsOf(broughtIn) },
  };
  const isTold = taken.some(({ effects }) => effects.some(({ kind }) => kind === 'tell-plans'));
  return {
    state: begun,
    answer: { outcome: 'accepted', phase: state.chart, says: `The plan is in ${state.chart}.`, past },
    journal: [entry, ...taken.flatMap((one) => journalOf(one, event))],
    effects: isTold ? [tellingPlans(begun)] : [],
  };
}

function walked(step: Stepper, { pathway, event, now }: BringingIn): PastStep[] {
  const { time: _sentAt, data, ...envelope } = event;
  const { broughtIn, ...start } = data;
  const { sentAs: _ofEvents, ...beside } = envelope;
  const { startedAt } = broughtIn;
  const looks = looksSince(startedAt, event, pathway.zone);
  const started = { ...beside, ...doneUntil(startedAt, event, pathway.zone), data: start };
  const taken: PastStep[] = [step(pathway, undefined, started, startedAt)];
  const wake = (until: Instant): PlanState => {
    for (const rung of wakesUntil(step, { pathway, state: lastOf(taken).state }, until)) {
      if (taken.length > broughtIn.events.length + LIMITS.pastWakes) throw tooLong(rung.state.now);
      taken.push({ ...rung, isWake: true });
    }
    return lastOf(taken).state;
  };
  const pass = (until: Instant): PlanState => {
    while (looks[0] && looks[0].at <= until) {
      const { at, look } = looks[0];
      taken.push(step(pathway, wake(at), look, at));
      looks.shift();
    }
    return wake(until);
  };
  for (const [index, past] of broughtIn.events.entries()) {
    const { time = now } = past.event;
    const one = step(pathway, pass(time), asSentThen(event, past, index), time);
    if (one.answer.outcome === 'rejected') throw rejected(one.answer, placeOfPast(index, past));
    taken.push({ ...one, index });
  }
  pass(now);
  return taken;
}

/** What the patient's other plans had done by the day of an instant: what came later accuses nobody. */
function doneUntil(
  at: Instant,
  { otherPlans }: UnderWay,
  zone: string,
): { readonly otherPlans?: readonly DoneInPlan[] | null } {
  const day = localDateOf(at, zone);
  return otherPlans ? { otherPlans: otherPlans.filter(({ performedOn }) => performedOn <= day) } : {};
}

/** On each day on which another plan did something this one hears of it, as it would have then. */
function looksSince(startedAt: Instant, event: UnderWay, zone: string) {
  const days = new Set((event.otherPlans ?? []).map(({ performedOn }) => performedOn));
  return [...days]
    .map((day) => startOfDay(day, zone))
    .filter((at) => at > startedAt)
    .toSorted()
    .map((at, index): { readonly at: Instant; readonly look: PlanEvent } => ({
      at,
      look: {
        ...{ id: `other-plans-${index + 1}`, source: 'carechart:plan', type: 'otherPlans.changed', data: {} },
        ...{ actor: systemActor(event.actor.clinic), ...doneUntil(at, event, zone) },
      },
    }));
}

function lastOf(taken: readonly PastStep[]): PastStep {
  const last = taken.at(-1);
  invariant(last, 'a past begins with its start');
  return last;
}

const tooLong = (at: Instant): Failure =>
  new Failure('CC2037', `By ${at} the plan had been woken by its own timer ${LIMITS.pastWakes} times.`);

const rejected = ({ code, says }: { readonly code: string; readonly says: string }, where: string): Failure =>
  new Failure(isCode(code) ? code : 'CC9002', `${where}: ${says}`);

/** By whoever is named in it: whoever brings the plan in vouches for that, and says it in their own name where nobody is. */
function asSentThen(
  { actor: sender, sentAs = {} }: UnderWay,
  { event, actor }: PastEvent,
  index: number,
): PlanEvent {
  const place = `${index}.`;
  const own = Object.entries(sentAs).flatMap(([key, sent]) =>
    key.startsWith(place) ? [[key.slice(place.length), sent] as const] : [],
  );
  return {
    ...event,
    actor: actor ? { ...actor, clinic: sender.clinic } : sender,
    ...(own.length > 0 ? { sentAs: Object.fromEntries(own) } : {}),
  };
}

/** What the machines elsewhere may send again. */
function idsOf({ events }: BroughtIn): Record<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { event } of events) ids.set(event.source, [...(ids.get(event.source) ?? []), event.id]);
  return Object.fromEntries(ids);
}

/** As it was written then, and by whom it was brought in; what somebody would have been told stands there untold. */
function journalOf({ journal, effects, state }: PastStep, { actor }: UnderWay): JournalEntry[] {
  const told = effects.flatMap((one) => (one.kind === 'tell' ? [`${one.role}: ${one.subject}`] : []));
  const subjects = [...new Set(told)];
  const says = `Nobody is told of what is past (${subjects.join('; ')})`;
  const untold: JournalEntry = { kind: 'effects.withheld', at: state.now, actor, says, details: { effects } };
  return [...journal, ...(told.length > 0 ? [untold] : [])].map((entry) => ({
    ...entry,
    details: { ...entry.details, broughtInBy: actor.id },
  }));
}

function cameTo(taken: readonly PastStep[], { events }: BroughtIn, now: Instant): Past {
  const { waits } = lastOf(taken).state;
  return {
    events: events.length,
    wakes: taken.filter(({ isWake }) => isWake).length,
    refused: taken.flatMap(({ answer, index, state }) => {
      if (answer.outcome !== 'refused' || index === undefined) return [];
      const { code, says, reasons } = answer;
      return [{ index, type: events[index]?.event.type ?? '', at: state.now, code, says, reasons }];
    }),
    deviations: taken.flatMap(({ journal }) =>
      journal.flatMap(({ kind, at, says }) => (kind === 'deviation.raised' ? [{ at, says }] : [])),
    ),
    overdue: Object.entries(waits).flatMap(([wait, { title, owner, dueAt, pausedAt }]) =>
      dueAt <= now && pausedAt === undefined ? [{ wait, title, owner, dueAt }] : [],
    ),
  };
}
