import { addDays, addToDate, startOfDay } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Evidence, Result } from '../model/verdict.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Alert } from '../pathway/rules.schema.ts';
import { earliest } from '../rules/condition.ts';
import { type Wishes, wishesOf } from '../rules/wishes.ts';
import { ALERT, askDecision } from './asked-decisions.ts';
import { type Draft, stepNumber, tell, tellPatient, write } from './draft.ts';
import { judgeAt, type Place, placesOf } from './judging.ts';
import { along, type Line } from './lines.ts';
import { outside } from './outside.ts';
import type { AlertState, PlanState } from './plan-state.schema.ts';
import { isCourseOver } from './running-tracks.ts';
import { OUTSIDE, openTask } from './tasks.ts';
import { dayAfter, dueAfter } from './waits.ts';

/**
 * Alerts call somebody and hold nothing: one for each site that they are asked of. One fires when it becomes met; again
 * only when its tasks are done and a newer observation has come while it is met. While it cannot be told, it is blind,
 * and the plan shows that. One that watches for a time after a procedure goes on when the course is over.
 */
export function judgeAlerts(draft: Draft): void {
  for (const alert of draft.pathway.alerts) {
    const watch = watchOf(draft.pathway, draft.state, alert, draft.now);
    for (const [site, places] of placesBySite(draft, alert))
      judgeAlert(draft, { alert, site, places }, watch.isOn);
  }
}

/** An alert at one site; without one where it asks of none. */
interface Sited {
  readonly alert: Alert;
  readonly site: string;
  /** The stages that it bears on, at this site. */
  readonly places: readonly Place[];
}

const idOf = ({ alert, site }: Sited): string => (site === '' ? alert.rule : `${alert.rule}/${site}`);

function judgeAlert(draft: Draft, sited: Sited, isOn: boolean): void {
  const { alerts } = draft.state;
  const id = idOf(sited);
  const known = Object.hasOwn(alerts, id) ? alerts[id] : undefined;
  if (!isOn && !known) return;
  const before: AlertState = known ?? { status: 'watching', generation: 0, tasks: [] };
  const answered = withAnswer(draft, before);
  const seen = isOn ? lookAt(draft, sited) : undefined;
  if (seen?.result === 'met' && mayFire(draft, answered, seen.because)) {
    fire(draft, sited, answered, seen.evidence);
    return;
  }
  const isFired = seen?.result === 'met' && answered.generation > 0;
  const status = seen?.result === 'unknown' ? 'blind' : isFired ? 'fired' : 'watching';
  keep(draft, id, { ...answered, status }, known);
}

/** Its tasks are done: from this step on, only what is observed later counts. */
function withAnswer({ state }: Draft, alert: AlertState): AlertState {
  if (alert.generation === 0 || alert.answeredBy !== undefined) return alert;
  const isOpen = alert.tasks.some((id) => state.tasks[id]?.status === 'requested');
  return isOpen ? alert : { ...alert, answeredBy: stepNumber(state) };
}

function mayFire({ state }: Draft, alert: AlertState, evidence: readonly Evidence[]): boolean {
  if (alert.generation === 0) return true;
  const { answeredBy } = alert;
  return answeredBy !== undefined && newestIn(state, evidence) > answeredBy;
}

/** The step that took the newest of the observations that were looked at. */
export function newestIn({ observations }: PlanState, evidence: readonly Evidence[]): number {
  const events = new Set(evidence.flatMap(({ events: told = [] }) => told));
  let newest = 0;
  for (const all of Object.values(observations))
    for (const { event, step } of all) if (step > newest && events.has(event)) newest = step;
  return newest;
}

/** The leaves because of which a condition is met: under a `not` those that are unmet. */
function fulfilled(wishes: Wishes): readonly Evidence[] {
  if ('leaf' in wishes) return wishes.evidence.result === wishes.wanted ? [wishes.evidence] : [];
  if ('some' in wishes) return wishes.some.flatMap(fulfilled);
  const every = wishes.every.map(fulfilled);
  return every.some((one) => one.length === 0) ? [] : every.flat();
}

function fire(draft: Draft, sited: Sited, before: AlertState, evidence: readonly Evidence[]): void {
  const { alert, site } = sited;
  const generation = before.generation + 1;
  const name = site === '' ? alert.rule : `${alert.rule}-${site.replaceAll(' ', '-')}`;
  const title = site === '' ? alert.title : `${alert.title} (${site})`;
  const { pathway, state, now } = draft;
  const calls = alert.do.filter(
    ({ onlyWhen }) => !onlyWhen || judgeAt(pathway, state, now, onlyWhen).result !== 'unmet',
  );
  const tasks = calls.map(({ task }) => outside(`alert-${name}-${task}-${generation}`));
  forget(draft, before.tasks);
  const details = { rule: alert.rule, area: site, version: alert.version, generation, evidence };
  write(draft, { kind: 'alert.raised', says: title, details });
  for (const [index, { title: what, role, due, from: first, ladder }] of calls.entries()) {
    const dueAt = dueAfter(pathway, now, due);
    const from = first ? { from: dayAfter(pathway, now, first) } : {};
    const task = site === '' ? what : `${what} (${site})`;
    openTask(draft, tasks[index] ?? '', { title: task, role, belongsTo: OUTSIDE, ladder, dueAt, ...from });
    tell(draft, { roles: [role], subject: title, says: task, level: 1 });
  }
  if (alert.say !== undefined) tellPatient(draft, { subject: title, says: alert.say, level: 1 });
  keep(draft, idOf(sited), { status: 'fired', generation, tasks }, undefined);
  askOf(draft, sited, generation);
}

/** Along the line of the procedure that it is about: what is decided on it moves that, and nothing beside it. */
function askOf(draft: Draft, sited: Sited, generation: number): void {
  const { rule, decide } = sited.alert;
  if (decide === undefined) return;
  const track = lineOfAlert(draft, sited);
  const about = `${ALERT}${idOf(sited)}/${generation}`;
  along(draft, track, () => askDecision(draft, decide, { about, rule, track }));
}

/** Of several procedures, the one that was done last; where none was, and they are of several lines, the main course. */
function lineOfAlert({ pathway, state }: Draft, { alert, places }: Sited): Line {
  if (alert.of.length === 0) return undefined;
  const stages = new Set(places.flatMap(({ stage }) => stage?.stage ?? []));
  const done = state.performed.filter(({ stage }) => stages.has(stage));
  const last = done.toSorted((one, other) => (one.performedOn < other.performedOn ? -1 : 1)).at(-1);
  const lines = new Set((last ? [last.stage] : [...stages]).map((stage) => pathway.trackOf(stage)));
  return lines.size === 1 ? [...lines][0] : undefined;
}

/** What was done for the firing before this one stands in the journal. */
function forget(draft: Draft, done: readonly string[]): void {
  const tasks = Object.entries(draft.state.tasks).filter(([id]) => !done.includes(id));
  draft.state = { ...draft.state, tasks: Object.fromEntries(tasks) };
}

function keep(draft: Draft, id: string, state: AlertState, known: AlertState | undefined): void {
  if (known && JSON.stringify(known) === JSON.stringify(state)) return;
  draft.state = { ...draft.state, alerts: { ...draft.state.alerts, [id]: state } };
}

/** Met for any of the stages is met; unknown for any, and met for none, is unknown. */
function lookAt({ pathway, state, now }: Pick<Draft, 'pathway' | 'state' | 'now'>, { alert, places }: Sited) {
  const all = places.map((place) => judgeAt(pathway, state, now, alert.when, place));
  const has = (result: Result) => all.some((one) => one.result === result);
  const met = all.filter(({ result }) => result === 'met');
  return {
    result: has('met') ? ('met' as const) : has('unknown') ? ('unknown' as const) : ('unmet' as const),
    evidence: (met.length > 0 ? met : all).flatMap(({ evidence }) => evidence),
    because: met.flatMap(({ evidence }) => fulfilled(wishesOf(pathway, alert.when, evidence, 'met'))),
    validUntil: earliest(all.map(({ validUntil }) => validUntil)),
  };
}

function placesBySite(
  { pathway, state }: Pick<Draft, 'pathway' | 'state'>,
  alert: Alert,
): ReadonlyMap<string, readonly Place[]> {
  const bySite = new Map<string, Place[]>();
  for (const stage of stagesOf(pathway, alert))
    for (const place of placesOf(pathway, state, alert.when, stage))
      bySite.set(place.site ?? '', [...(bySite.get(place.site ?? '') ?? []), place]);
  return bySite;
}

/** @param names - of procedures, and of their traits */
const bearsOn = ({ of }: Alert, names: readonly string[]): boolean =>
  of.length === 0 || of.some((name) => names.includes(name));

const stagesOf = (pathway: Pathway, alert: Alert) =>
  pathway.stages.filter(({ procedures, traits }) => bearsOn(alert, [...procedures, ...traits]));

/** Whether it watches now, and when time alone ends that. */
function watchOf(pathway: Pathway, state: PlanState, alert: Alert, now: Instant) {
  const { within } = alert;
  const isOver = isCourseOver(pathway, state);
  if (within === undefined)
    return { isOn: !isOver && stagesOf(pathway, alert).length > 0, endsAt: undefined };
  const ends = state.performed
    .filter(({ procedures }) => bearsOn(alert, pathway.namesOf(procedures)))
    .map(({ performedOn, endedOn = performedOn }) => addDays(addToDate(endedOn, within), 1));
  const [last] = ends.toSorted().toReversed();
  const endsAt = last === undefined ? undefined : startOfDay(last, pathway.zone);
  return { isOn: endsAt !== undefined && now < endsAt, endsAt };
}

/** What an alert says at all its sites together; undefined while it does not watch. */
export function lookAtAlert(at: Pick<Draft, 'pathway' | 'state' | 'now'>, alert: Alert) {
  if (!watchOf(at.pathway, at.state, alert, at.now).isOn) return undefined;
  const places = [...placesBySite(at, alert).values()].flat();
  return lookAt(at, { alert, site: '', places });
}

/** Whether somebody might still be called: then a plan is not over, though its course is. */
export const isWatching = (pathway: Pathway, state: PlanState): boolean =>
  pathway.alerts.some((alert) => watchOf(pathway, state, alert, state.now).isOn);

/** The instants at which time alone changes what alerts do. */
export function alertEdges(at: Pick<Draft, 'pathway' | 'state' | 'now'>): Instant[] {
  const { pathway, state, now } = at;
  return pathway.alerts.flatMap((alert) => {
    const { isOn, endsAt } = watchOf(pathway, state, alert, now);
    if (!isOn) return [];
    const changes = [...placesBySite(at, alert)].flatMap(
      ([site, places]) => lookAt(at, { alert, site, places }).validUntil ?? [],
    );
    return endsAt === undefined ? changes : [endsAt, ...changes];
  });
}
