import type { Duration } from '../../../src/core/model/primitives.schema.ts';
import type { LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import type { Step } from '../../../src/core/plan/step.ts';
import { beginningOf, dayOn, daysLater, shifted, tooOldFrom } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import type { Alerts } from './alerts.ts';
import { nextWorkingDay } from './bookings.ts';
import { must } from './breach.ts';
import { longestBefore } from './clearance.ts';
import { afterDay, nextDay } from './days.ts';
import type { Knowledge } from './knowledge.ts';
import { type Overrides, tableStanding } from './overrides.ts';
import { intervalsAt, spacingOf } from './spacing.ts';
import { scopeOf, standingsOf } from './standing.ts';
import type { Terms } from './terms.ts';

interface Watching {
  readonly account: Account;
  readonly overrides: Overrides;
  readonly alerts: Alerts;
}

/** The timer waits for the earliest of everything that time alone changes, and for nothing that changes nothing. */
export function lookAtWake(watching: Watching, state: PlanState, isClose: boolean): void {
  const { wake, waits, now } = state;
  const rungs = Object.values(waits).flatMap(({ nextAt, pausedAt }) =>
    pausedAt === undefined ? [nextAt] : [],
  );
  const first = rungs.toSorted()[0] ?? null;
  const isEnded = watching.account.isOver;
  if (isEnded && wake.at === null) {
    must(
      first === null && !watching.alerts.isWatching(now),
      'after its course a plan sleeps when nothing is owed',
    );
    return;
  }
  const at = wake.at ?? '';
  must(at > now, 'a plan wakes in the future');
  must(first === null || first >= at, 'a plan wakes by its next rung');
  if (isClose) nothingChangesBefore(watching, state, shifted(at, -1));
  if (at !== first) must(isReason(watching, state, at), () => `a plan wakes for a reason, and not at ${at}`);
}

function nothingChangesBefore(
  { account, overrides, alerts }: Watching,
  { now }: PlanState,
  asleep: string,
): void {
  const [first, last] = [account.knowledge(now), account.knowledgeThen(asleep)];
  const { stage, gate } = scopeOf(account);
  if (stage) {
    const then = standingsOf(stage, last);
    for (const [index, { id, result }] of standingsOf(stage, first).entries())
      must(then[index]?.result === result, () => `a plan wakes before ${id} changes`);
    const spaced = (knowledge: Knowledge) =>
      spacingOf(stage, knowledge, account.history()).map(({ interval, says }) => `${interval.rule} ${says}`);
    const late = spaced(last);
    // Off its course a plan asks no interval.
    for (const [index, one] of account.course.leave ? [] : spaced(first).entries())
      must(late[index] === one, () => `a plan wakes before an interval changes: ${one}, ${late[index]}`);
    if (gate !== undefined) {
      const [answer, later] = [tableStanding(stage, first), tableStanding(stage, last)];
      must(answer?.answer === later?.answer, 'a plan wakes before its table answers otherwise');
      must(
        account.consents.stands(stage, first) === account.consents.stands(stage, last),
        'a plan wakes before its consent ends',
      );
    }
  }
  const later = alerts.opinions(last);
  const sooner = alerts.opinions(first);
  must(sooner.size === later.size, 'a plan wakes before an alert watches no longer');
  for (const [id, opinion] of sooner)
    must(later.get(id) === opinion, () => `a plan wakes before the alert ${id} changes`);
  must(!overrides.changesBefore(asleep, now), 'a plan wakes before an override ends');
}

/** Whether time alone changes anything at an instant: an age, a window, a consent, an interval, an end. */
function isReason({ account, overrides, alerts }: Watching, state: PlanState, at: string): boolean {
  const { terms } = account;
  return (
    overrides.ends().includes(at) ||
    agesOf(account).some((age) => age === at) ||
    consentEnds(account, state.now).includes(at) ||
    courseEdges(account, state).includes(at) ||
    terms.compiled.alerts.some((alert) => alerts.endOf(alert) === at) ||
    spacingEdges(account).includes(at)
  );
}

const leavesByTerms = new WeakMap<Terms, ReadonlyMap<string, readonly LoweredLeaf[]>>();

function leavesIn(terms: Terms): ReadonlyMap<string, readonly LoweredLeaf[]> {
  let leaves = leavesByTerms.get(terms);
  if (!leaves) {
    const { contraindications, eligibility, alerts, tables, intervals, facts, stages } = terms.compiled;
    const { consultation, assessment, exits } = terms.compiled;
    const tasks = [
      ...[...consultation, ...assessment],
      ...stages.flatMap((one) => [
        ...[...one.beforeEach, ...(one.prep ?? []), ...one.afterEach, ...one.closure, ...one.recovery],
      ]),
      ...Object.values(exits).flatMap((exit) => exit.tasks),
    ];
    const conditions = [
      ...stages.flatMap(({ untilWhen }) => untilWhen ?? []),
      ...tasks.flatMap(({ onlyWhen, needs }) => [onlyWhen ?? [], needs ?? []].flat()),
      ...[...contraindications, ...eligibility, ...alerts].map(({ when }) => when),
      ...tables.flatMap(({ rows }) => rows.map(({ when }) => when)),
      ...intervals.flatMap(({ onlyWhen }) => onlyWhen ?? []),
      ...facts.flatMap(({ notValidWhen }) => notValidWhen ?? []),
    ];
    const all = new Map<string, LoweredLeaf[]>();
    for (const leaf of conditions.flatMap((when) => terms.leavesOf(when))) {
      const base = terms.baseOf(leaf.fact)?.fact ?? leaf.fact;
      all.set(base, [...(all.get(base) ?? []), leaf]);
    }
    leaves = all;
    leavesByTerms.set(terms, leaves);
  }
  return leaves;
}

/** When anything that was told becomes too old, or leaves a window that something asks about. */
function agesOf({ terms, told }: Account): string[] {
  const { zone } = terms;
  return [...told].flatMap(([fact, all]) => {
    const definition = terms.fact(fact);
    const leaves = leavesIn(terms).get(fact) ?? [];
    return all.flatMap(({ observedAt, value }) => [
      tooOldFrom(observedAt, definition?.goodFor, zone),
      ...leaves.flatMap(({ params, value: asked }) => [
        ...(params?.taken && 'within' in params.taken
          ? [tooOldFrom(observedAt, params.taken.within, zone)]
          : []),
        ...windowEnd(value, asked, zone),
      ]),
    ]);
  });
}

function windowEnd(value: unknown, asked: LoweredLeaf['value'], zone: string): string[] {
  if (typeof value !== 'string' || typeof asked !== 'object' || Array.isArray(asked)) return [];
  return /^\d/.test(value) ? [beginningOf(daysLater(value, asked as Duration), zone)] : [];
}

const consentEnds = (account: Account, now: string): string[] =>
  account.consents.ends(account.terms.compiled.stages, account.knowledge(now));

/** A day until which a gate waits, the day after one that is booked, the last on which what was done is not too old, the end of an exit, the turn of a row. */
function courseEdges({ terms, course }: Account, { bookings, leave, questions, waits }: PlanState): string[] {
  const { zone, compiled } = terms;
  const booked = Object.values(bookings).flatMap(({ on }) => {
    const next = nextWorkingDay(on, compiled.clinic);
    return [on, next, nextDay(on)].flatMap((day) => [beginningOf(day, zone), afterDay(day, zone)]);
  });
  const reviews = leave
    ? Array.from({ length: 400 }, (_one, index) => {
        const { count, unit } = compiled.exits[leave.exit].reviewEvery;
        const day = daysLater(dayOn(leave.at, zone), { count: count * (index + 1), unit });
        return [beginningOf(day, zone), afterDay(day, zone)];
      }).flat()
    : [];
  const tooOld = [...course.tasks.values()].flatMap(({ id, definition: { when } }) => {
    const from = longestBefore(when);
    const done = course.completions.filter((one) => one.id === id);
    return from ? done.map(({ at }) => afterDay(daysLater(dayOn(at, zone), from), zone)) : [];
  });
  return [
    ...[...course.delays.values(), ...course.tableDelays.values()].map((day) => beginningOf(day, zone)),
    ...booked,
    ...tooOld,
    ...reviews,
    ...(leave ? [leave.closesAt] : []),
    ...Object.keys(questions).flatMap((id) => waits[`question/${id}`]?.dueAt ?? []),
  ];
}

function spacingEdges(account: Account): string[] {
  const { terms } = account;
  const { stage } = scopeOf(account);
  if (!stage) return [];
  const dates = [...account.told.values()].flat().flatMap(({ value }) => (isDay(value) ? [value] : []));
  const days = [...account.history().done.flatMap(({ start, end }) => [start, end]), ...dates];
  return intervalsAt(terms, stage).flatMap(({ minimum, latest }) =>
    days.flatMap((day) => [
      beginningOf(nextDay(day), terms.zone),
      beginningOf(daysLater(day, minimum), terms.zone),
      ...(latest ? [afterDay(daysLater(day, latest), terms.zone)] : []),
    ]),
  );
}

const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-/.test(value);

/** A stale wake changes nothing, and a wake before its time nothing but the generation. */
export function lookAtWakeStep(
  before: PlanState,
  generation: number,
  { state, journal, effects }: Step,
): void {
  const isCurrent = generation === before.wake.generation;
  must(
    state.wake.generation === before.wake.generation + (isCurrent ? 1 : 0),
    'a wake raises its own generation',
  );
  if (before.wake.at !== null && before.wake.at <= state.now) return;
  // How far months have been looked at follows the clock, as `now` does.
  const { sequence: _number, now: _now, wake: _wake, monthsTo: _to, ...rest } = state;
  const {
    sequence: _otherNumber,
    now: _otherNow,
    wake: _otherWake,
    monthsTo: _otherTo,
    ...otherRest
  } = before;
  must(JSON.stringify(rest) === JSON.stringify(otherRest), 'a wake before its time changes nothing');
  must(state.wake.at === before.wake.at, 'a wake before its time leaves the timer where it is');
  must(journal.length === 0 && effects.length === 0, 'a wake before its time says nothing');
}
