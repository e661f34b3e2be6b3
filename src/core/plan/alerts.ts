import { addDays, addToDate, startOfDay } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Evidence, Result } from '../model/verdict.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Alert } from '../pathway/rules.schema.ts';
import { earliest } from '../rules/condition.ts';
import { type Wishes, wishesOf } from '../rules/wishes.ts';
import { type Draft, tell, write } from './draft.ts';
import { judgeAt, placesOf } from './judging.ts';
import { outside } from './outside.ts';
import { OUTSIDE, openTask } from './phases.ts';
import type { AlertState, PlanState } from './plan-state.schema.ts';
import { dueAfter } from './waits.ts';

/**
 * Alerts call somebody and hold nothing. One fires when it becomes met; again only when its tasks are done and a newer
 * observation meets it. While it cannot be told, it is blind, and the plan shows that.
 */
export function judgeAlerts(draft: Draft): void {
  for (const alert of draft.pathway.alerts) judgeAlert(draft, alert);
}

function judgeAlert(draft: Draft, alert: Alert): void {
  const { pathway, now } = draft;
  const known = Object.hasOwn(draft.state.alerts, alert.rule) ? draft.state.alerts[alert.rule] : undefined;
  const watch = watchOf(pathway, draft.state, alert, now);
  if (!watch.isOn && !known) return;
  const before: AlertState = known ?? { status: 'watching', generation: 0, tasks: [] };
  const answered = withAnswer(draft, before);
  const seen = watch.isOn ? lookAt(pathway, draft.state, alert, now) : undefined;
  if (seen?.result === 'met' && mayFire(draft, answered, seen.because)) {
    fire(draft, alert, answered, seen.evidence);
    return;
  }
  const isFired = seen?.result === 'met' && answered.generation > 0;
  const status = seen?.result === 'unknown' ? 'blind' : isFired ? 'fired' : 'watching';
  keep(draft, alert, { ...answered, status }, known);
}

/** Its tasks are done: from this step on, only what is observed later counts. */
function withAnswer({ state }: Draft, alert: AlertState): AlertState {
  if (alert.generation === 0 || alert.answeredBy !== undefined) return alert;
  const isOpen = alert.tasks.some((id) => state.tasks[id]?.status === 'requested');
  return isOpen ? alert : { ...alert, answeredBy: state.sequence };
}

function mayFire({ state }: Draft, alert: AlertState, evidence: readonly Evidence[]): boolean {
  if (alert.generation === 0) return true;
  const { answeredBy } = alert;
  return answeredBy !== undefined && newestIn(state, evidence) > answeredBy;
}

/** The step that took the newest of the observations that meet it. */
function newestIn({ observations }: PlanState, evidence: readonly Evidence[]): number {
  const events = new Set(evidence.flatMap((leaf) => leaf.events ?? []));
  const steps = Object.values(observations)
    .flat()
    .flatMap(({ event, step }) => (events.has(event) ? [step] : []));
  return Math.max(0, ...steps);
}

/** The leaves because of which a condition is met: under a `not` those that are unmet. */
function fulfilled(wishes: Wishes): readonly Evidence[] {
  if ('leaf' in wishes) return wishes.evidence.result === wishes.wanted ? [wishes.evidence] : [];
  if ('some' in wishes) return wishes.some.flatMap(fulfilled);
  const every = wishes.every.map(fulfilled);
  return every.some((one) => one.length === 0) ? [] : every.flat();
}

function fire(draft: Draft, alert: Alert, before: AlertState, evidence: readonly Evidence[]): void {
  const generation = before.generation + 1;
  const tasks = alert.do.map(({ task }) => outside(`alert-${alert.rule}-${task}-${generation}`));
  write(draft, {
    kind: 'alert.raised',
    says: alert.title,
    details: { rule: alert.rule, version: alert.version, generation, evidence },
  });
  for (const [index, { title, role, due, ladder }] of alert.do.entries()) {
    const dueAt = dueAfter(draft.pathway, draft.now, due);
    openTask(draft, tasks[index] ?? '', { title, role, belongsTo: OUTSIDE, ladder, dueAt });
    tell(draft, { roles: [role], subject: alert.title, says: title, level: 1 });
  }
  if (alert.say !== undefined && draft.pathway.clinic.roles.includes('patient'))
    tell(draft, { roles: ['patient'], subject: alert.title, says: alert.say, level: 1 });
  keep(draft, alert, { status: 'fired', generation, tasks }, undefined);
}

function keep(draft: Draft, { rule }: Alert, state: AlertState, known: AlertState | undefined): void {
  if (known && JSON.stringify(known) === JSON.stringify(state)) return;
  draft.state = { ...draft.state, alerts: { ...draft.state.alerts, [rule]: state } };
}

/** Met at any place is met; unknown at any, and met at none, is unknown. */
function lookAt(pathway: Pathway, state: PlanState, alert: Alert, now: Instant) {
  const places = stagesOf(pathway, alert).flatMap((stage) => placesOf(pathway, state, alert.when, stage));
  const bySite = new Map(places.map((place) => [place.site ?? '', place]));
  const all = [...bySite.values()].map((place) => judgeAt(pathway, state, now, alert.when, place));
  const has = (result: Result) => all.some((one) => one.result === result);
  return {
    result: has('met') ? ('met' as const) : has('unknown') ? ('unknown' as const) : ('unmet' as const),
    evidence: all.flatMap(({ evidence }) => evidence),
    because: all.flatMap(({ evidence }) => fulfilled(wishesOf(pathway, alert.when, evidence, 'met'))),
    validUntil: earliest(all.map(({ validUntil }) => validUntil)),
  };
}

const bearsOn = ({ of }: Alert, procedure: string, traits: readonly string[]): boolean =>
  of.length === 0 || of.includes(procedure) || of.some((name) => traits.includes(name));

const stagesOf = (pathway: Pathway, alert: Alert) =>
  pathway.stages.filter(({ procedure, traits }) => bearsOn(alert, procedure, traits));

/** Whether it watches now, and when time alone ends that. */
function watchOf(pathway: Pathway, state: PlanState, alert: Alert, now: Instant) {
  const { within } = alert;
  if (within === undefined) return { isOn: stagesOf(pathway, alert).length > 0, endsAt: undefined };
  const ends = state.performed
    .filter(({ procedure }) => bearsOn(alert, procedure, pathway.traitsOf(procedure) ?? []))
    .map(({ performedOn, endedOn = performedOn }) => addDays(addToDate(endedOn, within), 1));
  const [last] = ends.toSorted().toReversed();
  const endsAt = last === undefined ? undefined : startOfDay(last, pathway.zone);
  return { isOn: endsAt !== undefined && now < endsAt, endsAt };
}

/** The instants at which time alone changes what alerts do. */
export function alertEdges({ pathway, state, now }: Pick<Draft, 'pathway' | 'state' | 'now'>): Instant[] {
  return pathway.alerts.flatMap((alert) => {
    const { isOn, endsAt } = watchOf(pathway, state, alert, now);
    if (!isOn) return [];
    const { validUntil } = lookAt(pathway, state, alert, now);
    return [...(endsAt === undefined ? [] : [endsAt]), ...(validUntil === undefined ? [] : [validUntil])];
  });
}
