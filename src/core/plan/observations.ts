import { localDateOf } from '../model/calendar.ts';
import type { EventOf } from '../model/event.schema.ts';
import { LIMITS } from '../model/limits.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import { CLINICAL_LEAD, PATIENT_ROLES, SERVICE } from '../pathway/roles.ts';
import { type Draft, stepNumber, write } from './draft.ts';
import { judgeAt } from './judging.ts';
import { askAPerson, outside } from './outside.ts';
import type { Observation } from './plan-state.schema.ts';
import { cancelTask } from './tasks.ts';

export function recordObservations(draft: Draft, event: EventOf<'observation.recorded'>): undefined {
  const observations = { ...draft.state.observations };
  for (const [index, sent] of event.data.observations.entries()) {
    const { fact, value, unit, area, observedAt } = sent;
    const sentAs = draft.event.sentAs?.[index];
    const kept: Observation = {
      value,
      ...(unit === undefined ? {} : { unit }),
      ...(area === undefined ? {} : { area }),
      ...(sentAs === undefined ? {} : { sentAs }),
      source: sourceKind(draft, sent.from),
      actor: event.actor.id,
      observedAt: observedAt ?? event.time ?? draft.now,
      event: `${event.source}/${event.id}`,
      step: stepNumber(draft.state),
    };
    observations[fact] = [...(observations[fact] ?? []), kept];
  }
  draft.state = { ...draft.state, observations };
  const kept = Object.values(observations).reduce((sum, all) => sum + all.length, 0);
  if (kept >= NEARLY_FULL * LIMITS.observationsPerPlan) {
    const title = `The plan keeps ${kept} of at most ${LIMITS.observationsPerPlan} observations: end it and start another`;
    askAPerson(draft, 'nearly-full', { title, role: CLINICAL_LEAD });
  }
}

/** So much of what a plan may keep is early enough to start another in peace. */
const NEARLY_FULL = 0.8;

/**
 * What the catalogue calls whom a fact comes from: a registered service's kind, the patient, or a clinician; or the one
 * that a member of staff says to have it from, whose word it is then that this is so.
 */
export function sourceKind({ pathway, event: { actor, source } }: Draft, from?: string): string {
  if (from !== undefined) return from;
  if (actor.roles.includes(SERVICE))
    return pathway.clinic.sources.find((one) => one.source === source)?.is ?? SERVICE;
  return actor.roles.every((role) => PATIENT_ROLES.includes(role)) ? 'patient' : 'clinician';
}

/**
 * Sources of equal trust that differ make a fact unknown, and somebody has to say which is right, by a correction or a
 * withdrawal. Looked at wherever an observation came, changed or went.
 */
export function askAboutConflicts(draft: Draft): void {
  const { event } = draft;
  const touched =
    event.type === 'observation.recorded'
      ? event.data.observations
      : event.type === 'fact.corrected' || event.type === 'fact.withdrawn'
        ? [event.data]
        : [];
  for (const { fact, area } of touched) {
    dropSettledConflicts(draft, fact);
    askAboutConflict(draft, fact, area);
  }
}

const conflictTask = (fact: string, area: string | undefined): string =>
  `conflict-${fact}${area === undefined ? '' : `-${area.replaceAll(' ', '-')}`}`;

const conflictsIn = ({ pathway, state, now }: Draft, fact: string, area: string | undefined) =>
  judgeAt(pathway, state, now, anyTestOf(fact, area)).evidence.filter(({ cause }) => cause === 'in conflict');

/** The sites, of all that share a part with each other, about which somebody is asked already. */
const sitesAsked = ({ pathway, state }: Draft, fact: string): string[] =>
  pathway.areas.sites.filter(
    (site) => state.tasks[outside(conflictTask(fact, site))]?.status === 'requested',
  );

/** What was told of the whole settles what differed about its part. */
function dropSettledConflicts(draft: Draft, fact: string): void {
  const sites = draft.pathway.fact(fact)?.byArea ? sitesAsked(draft, fact) : [undefined];
  for (const site of sites)
    if (conflictsIn(draft, fact, site).length === 0) cancelTask(draft, outside(conflictTask(fact, site)));
}

function askAboutConflict(draft: Draft, fact: string, area: string | undefined): void {
  const { pathway, state } = draft;
  const definition = pathway.fact(fact);
  const conflicts = conflictsIn(draft, fact, area);
  const [conflict] = conflicts;
  if (!definition || !conflict) return;
  const task = conflictTask(fact, area);
  const asked = new Set(sitesAsked(draft, fact).flatMap((site) => pathway.areas.atomsOf(site)));
  const isAsked = (site: string | undefined): boolean =>
    site === undefined
      ? state.tasks[outside(task)]?.status === 'requested'
      : pathway.areas.atomsOf(site).every((atom) => asked.has(atom));
  if (conflicts.every((one) => isAsked(one.area))) return;
  const { title, ask } = definition;
  const day = conflict.observedAt && localDateOf(conflict.observedAt, pathway.zone);
  const says = `Sources differ about ${title}${area === undefined ? '' : ` (${area})`}${day === undefined ? '' : ` on ${day}`}: say which is right`;
  write(draft, { kind: 'fact.conflicted', says, details: { fact, area, day } });
  askAPerson(draft, task, { title: says, role: ask.role, within: ask.within });
}

/** Some question of the fact: only how it is read matters. */
const anyTestOf = (fact: string, area: string | undefined): LoweredCondition => ({
  fact,
  operator: 'equal',
  value: '',
  ...(area === undefined ? {} : { params: { area } }),
  name: 'read',
});
