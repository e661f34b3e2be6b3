import {
  addDays,
  addElapsed,
  addToDate,
  endOfDay,
  isElapsed,
  lastDayBefore,
  lastRepeat,
  localDateOf,
  openingOn,
  shifted,
  shiftWorkingDays,
  startOfDay,
} from '../model/calendar.ts';
import { invariant } from '../model/failure.ts';
import type { Duration, Instant, LocalDate } from '../model/primitives.schema.ts';
import type { LadderDefinition, Rung } from '../pathway/clinic.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { type Draft, tell, write } from './draft.ts';
import { judgeAt, type Place } from './judging.ts';
import type { PlanState, Wait } from './plan-state.schema.ts';
import { higherLadder, ladderOf } from './risk.ts';

/**
 * The ledger of deadlines: every wait has an owner, a due time and a next rung (S6). A ladder counts from the due
 * time, and after its last rung repeats `everyFurther`, so that nothing waits unseen.
 */

/** A wait as it is asked for; with a stage, a hold on that stage stops its clock. */
export type NewWait = Pick<Wait, 'kind' | 'title' | 'owner' | 'ladder' | 'dueAt' | 'stage' | 'climbs'>;

export function openWait(draft: Draft, id: string, wait: NewWait): void {
  const { climbs: _before, ...asked } = wait;
  const higher = higherLadder(draft.pathway, draft.state, wait.ladder);
  const climbs = higher === undefined ? {} : { climbs: higher };
  const ladder = draft.pathway.ladder(higher ?? wait.ladder);
  const generation = (draft.state.waits[id]?.generation ?? 0) + 1;
  const base = { ...asked, ...climbs, startedAt: draft.now, generation };
  const next = nextRung(draft.pathway, ladder, { ...base, rung: 0, after: undefined });
  keepWait(draft, id, { ...base, ...next });
}

/**
 * Asks another, or for something else, without giving it more time: a hold whose question changes to and fro would
 * never be late. The due time moves only forward to an earlier day, and the ladder goes on from where it stands: it is
 * waited for since it was first asked, and the rungs that spoke have spoken.
 */
export function askAnew(draft: Draft, id: string, wait: NewWait): void {
  const known = draft.state.waits[id];
  if (!known || known.ladder !== wait.ladder) {
    openWait(draft, id, wait);
    return;
  }
  const { title, owner, dueAt } = wait;
  const asked = { ...known, title, owner, generation: known.generation + 1 };
  const isSooner = dueAt < known.dueAt && known.pausedAt === undefined;
  const next = isSooner ? { dueAt, ...sooner(draft, { ...known, dueAt }) } : {};
  keepWait(draft, id, { ...asked, ...next });
}

const sooner = ({ pathway }: Draft, wait: Wait): Pick<Wait, 'rung' | 'nextAt'> =>
  nextRung(pathway, ladderOf(pathway, wait), { ...wait, after: undefined });

/** The ladder whose work no hold stops, and no way out of the course ends. */
export const EMERGENCY = 'emergency';

/** A wait whose clock stood, due later: the rungs that spoke have spoken, and the others come as much later. */
export function putOffUntil(
  pathway: Pathway,
  wait: Wait,
  {
    dueAt,
    stood,
  }: { readonly dueAt: Instant; readonly stood: { readonly from: Instant; readonly to: Instant } },
): Wait {
  const ladder = ladderOf(pathway, wait);
  const isRepeat = wait.rung >= ladder.rungs.length;
  const next =
    isRepeat && isElapsed(ladder.everyFurther)
      ? { rung: wait.rung, nextAt: shifted(wait.nextAt, stood) }
      : nextRung(pathway, ladder, { ...wait, dueAt, after: undefined });
  return { ...wait, ...next, dueAt, generation: wait.generation + 1 };
}

/** The same wait, due at another time, and with all else as it is written now: the rungs that spoke have spoken. */
export function dueAnew({ pathway, state }: Draft, { climbs: _before, ...wait }: Wait, dueAt: Instant): Wait {
  const higher = higherLadder(pathway, state, wait.ladder);
  const ladder = pathway.ladder(higher ?? wait.ladder);
  const next = nextRung(pathway, ladder, { ...wait, dueAt, after: undefined });
  const climbs = higher === undefined ? {} : { climbs: higher };
  return { ...wait, ...climbs, ...next, dueAt, generation: wait.generation + 1 };
}

export function keepWait(draft: Draft, id: string, wait: Wait): void {
  draft.state = { ...draft.state, waits: { ...draft.state.waits, [id]: wait } };
}

export function closeWait(draft: Draft, id: string): void {
  if (!(id in draft.state.waits)) return;
  const { [id]: _closed, ...waits } = draft.state.waits;
  draft.state = { ...draft.state, waits };
}

/** When the next rungs come: of what stands, none does. */
export const rungsAhead = ({ waits }: Pick<PlanState, 'waits'>): Instant[] =>
  Object.values(waits).flatMap(({ nextAt, pausedAt }) => (pausedAt === undefined ? [nextAt] : []));

/** Climbs every ladder whose next rung has come, and tells who is to hear. */
export function climbLadders(draft: Draft): void {
  for (const [id, wait] of Object.entries(draft.state.waits)) {
    if (wait.pausedAt !== undefined || wait.nextAt > draft.now) continue;
    keepWait(draft, id, climb(draft, wait));
  }
  draft.state = { ...draft.state, escalation: levelOf(draft) };
}

/**
 * A wait on another ladder, from its first rung: what is due stays due. What speaks louder says what it would have said
 * by now; what has been said louder is not said again.
 */
export function changeLadder(draft: Draft, wait: Wait, higher: string | undefined): Wait {
  const { climbs: _before, ...asked } = wait;
  const base = { ...asked, ...(higher === undefined ? {} : { climbs: higher }) };
  const next = nextRung(draft.pathway, ladderOf(draft.pathway, base), { ...base, rung: 0, after: undefined });
  const changed = { ...base, ...next, generation: wait.generation + 1 };
  return higher === undefined && wait.pausedAt === undefined ? climb(draft, changed, true) : changed;
}

/** Passes every rung that has come. Rungs of the ladder all speak; of its repeats only the latest does. */
function climb(draft: Draft, wait: Wait, isSilent = false): Wait {
  const { pathway, now } = draft;
  const ladder = ladderOf(pathway, wait);
  let current = wait;
  while (current.nextAt <= now) {
    const isRepeat = current.rung >= ladder.rungs.length;
    const rung = isRepeat ? lastThatSpeaks(draft, ladder, wait) : ladder.rungs[current.rung];
    const speaks = rung !== undefined && (isRepeat || isToSpeak(draft, rung, wait));
    const isShort = isRepeat && isElapsed(ladder.everyFurther);
    const after = isShort ? lastRepeat(current.nextAt, ladder.everyFurther, now) : current.nextAt;
    const next = nextRung(pathway, ladder, { ...current, rung: current.rung + 1, after });
    invariant(next.rung < ladder.rungs.length || next.nextAt > current.nextAt, 'a ladder climbs');
    if (speaks && !isSilent && !(isRepeat && next.nextAt <= now)) callOut(draft, current, rung);
    current = { ...current, ...next, generation: current.generation + 1 };
  }
  return current;
}

function callOut(draft: Draft, wait: Wait, rung: Rung): void {
  const roles = rung.tell.map((role) => (role === 'owner' ? wait.owner : role));
  const late = draft.now >= wait.dueAt;
  const says = late ? `Overdue since ${wait.dueAt}: ${wait.title}` : `Due by ${wait.dueAt}: ${wait.title}`;
  tell(draft, { roles, subject: wait.title, says, level: rung.raise });
  write(draft, { kind: 'escalation.raised', says, details: { roles, level: rung.raise, rung: wait.rung } });
}

/** Unless its condition is known to be unmet. */
const isToSpeak = ({ pathway, state, now }: Draft, { onlyWhen }: Rung, wait: Wait): boolean =>
  onlyWhen === undefined ||
  judgeAt(pathway, state, now, onlyWhen, placeOfWait(pathway, wait)).result !== 'unmet';

function placeOfWait(pathway: Pathway, { stage }: Wait): Place {
  const found = stage === undefined ? undefined : pathway.stage(stage);
  return found ? { stage: found } : {};
}

/** What comes back after the last rung is never silent: where none may speak, the owner hears. */
const lastThatSpeaks = (draft: Draft, { rungs }: LadderDefinition, wait: Wait): Rung =>
  rungs.findLast((rung) => isToSpeak(draft, rung, wait)) ?? TO_ITS_OWNER;

const TO_ITS_OWNER: Rung = { at: { when: 'due' }, tell: ['owner'], raise: 0 };

/** The highest level among the rungs that waits have passed, of those that may speak. */
function levelOf(draft: Draft): number {
  const { pathway, state } = draft;
  let level = 0;
  for (const wait of Object.values(state.waits))
    for (const passed of ladderOf(pathway, wait).rungs.slice(0, wait.rung))
      if (passed.raise > level && isToSpeak(draft, passed, wait)) level = passed.raise;
  return level;
}

/**
 * When the given rung speaks: never before the rung below it, though working days may put it there. A warning before
 * the due time is passed over when the wait began later than that.
 */
function nextRung(
  pathway: Pathway,
  ladder: LadderDefinition,
  from: Pick<Wait, 'startedAt' | 'dueAt' | 'rung'> & { after: Instant | undefined },
): Pick<Wait, 'rung' | 'nextAt'> {
  for (let rung = from.rung; rung < ladder.rungs.length; rung += 1) {
    const step = ladder.rungs[rung];
    const at = step && rungAt(pathway, ladder, step, from);
    const isPassedOver = step?.at.when === 'before due' && at !== undefined && at < from.startedAt;
    if (at && !isPassedOver)
      return { rung, nextAt: from.after !== undefined && at < from.after ? from.after : at };
  }
  const rung = Math.max(from.rung, ladder.rungs.length);
  return { rung, nextAt: repeatAt(pathway, ladder, rung, from) };
}

/** Repeats count from the last rung, not from one another: 31 January, 1 March, 31 March. Elapsed time does not drift. */
function repeatAt(
  pathway: Pathway,
  ladder: LadderDefinition,
  rung: number,
  from: Pick<Wait, 'startedAt' | 'dueAt'> & { after: Instant | undefined },
): Instant {
  const { count, unit } = ladder.everyFurther;
  if (isElapsed(ladder.everyFurther))
    return later(pathway, ladder, from.after ?? from.dueAt, ladder.everyFurther);
  const last = ladder.rungs.at(-1);
  const lastAt = last && rungAt(pathway, ladder, last, from);
  const origin = lastAt !== undefined && lastAt > from.dueAt ? lastAt : from.dueAt;
  for (let times = rung - ladder.rungs.length + 1; ; times += 1) {
    const at = later(pathway, ladder, origin, { count: count * times, unit });
    if (from.after === undefined || at > from.after) return at;
  }
}

function rungAt(
  pathway: Pathway,
  ladder: LadderDefinition,
  { at }: Rung,
  { startedAt, dueAt }: Pick<Wait, 'startedAt' | 'dueAt'>,
): Instant {
  switch (at.when) {
    case 'start':
      return startedAt;
    case 'due':
      return dueAt;
    case 'late':
      return later(pathway, ladder, dueAt, at.by);
    case 'before due':
      return earlier(pathway, ladder, dueAt, at.by);
  }
}

/** Elapsed time exactly; days at the end of the day; working days at closing time. */
function later(pathway: Pathway, ladder: LadderDefinition, from: Instant, by: Duration): Instant {
  if (isElapsed(by)) return addElapsed(from, by);
  const { zone } = pathway;
  const day = lastDayBefore(from, zone);
  if (by.unit !== 'working day') return endOfDay(addToDate(day, by), zone);
  const calendar = pathway.calendarOf(ladder);
  const on = shiftWorkingDays(day, by.count, calendar);
  return openingOn(on, calendar, zone)?.[1] ?? endOfDay(on, zone);
}

function earlier(pathway: Pathway, ladder: LadderDefinition, dueAt: Instant, by: Duration): Instant {
  if (isElapsed(by)) return addElapsed(dueAt, { count: -by.count, unit: by.unit });
  const { zone } = pathway;
  const day = lastDayBefore(dueAt, zone);
  if (by.unit === 'day' || by.unit === 'week') {
    return startOfDay(addDays(day, -by.count * (by.unit === 'week' ? 7 : 1)), zone);
  }
  invariant(by.unit === 'working day', 'months and years are not counted back from a due time');
  const calendar = pathway.calendarOf(ladder);
  const on = shiftWorkingDays(day, -by.count, calendar);
  return openingOn(on, calendar, zone)?.[0] ?? startOfDay(on, zone);
}

/** The due time of a duration counted from an instant: to the minute, or the end of the local day. */
export function dueAfter(pathway: Pathway, from: Instant, by: Duration): Instant {
  return isElapsed(by) ? addElapsed(from, by) : endOfDay(dayAfter(pathway, from, by), pathway.zone);
}

/** The day in the clinic's zone on which a duration counted from an instant ends. */
export function dayAfter(pathway: Pathway, from: Instant, by: Duration): LocalDate {
  if (isElapsed(by)) return localDateOf(addElapsed(from, by), pathway.zone);
  const day = localDateOf(from, pathway.zone);
  return by.unit === 'working day'
    ? shiftWorkingDays(day, by.count, pathway.defaultCalendar)
    : addToDate(day, by);
}
