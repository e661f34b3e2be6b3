import { localDateOf } from '../model/calendar.ts';
import type { EventOf } from '../model/event.schema.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import { PATIENT_ROLES, SERVICE } from '../pathway/roles.ts';
import { type Draft, write } from './draft.ts';
import { judgeAt } from './judging.ts';
import { askAPerson, cancelTask, outside } from './outside.ts';
import type { Observation } from './plan-state.schema.ts';

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
      step: draft.state.sequence,
    };
    observations[fact] = [...(observations[fact] ?? []), kept];
  }
  draft.state = { ...draft.state, observations };
}

/**
 * What the catalogue calls whom a fact comes from: a registered service's kind, the patient, or a clinician; or the one
 * that a member of staff says to have it from, whose word it is then that this is so.
 */
export function sourceKind({ pathway, event: { actor, source } }: Draft, from?: string): string {
  if (from !== undefined) return from;
  if (actor.roles.includes(SERVICE))
    return pathway.clinic.sources.find((one) => one.source === source)?.is ?? 'record';
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
  for (const { fact, area } of touched) settleConflict(draft, fact, area);
}

function settleConflict(draft: Draft, fact: string, area: string | undefined): void {
  const definition = draft.pathway.fact(fact);
  if (!definition) return;
  const task = `conflict-${fact}${area === undefined ? '' : `-${area.replaceAll(' ', '-')}`}`;
  const found = judgeAt(draft.pathway, draft.state, draft.now, anyTestOf(fact, area)).evidence;
  const conflict = found.find(({ cause }) => cause === 'in conflict');
  if (!conflict) {
    cancelTask(draft, outside(task));
    return;
  }
  if (draft.state.tasks[outside(task)]?.status === 'requested') return;
  const { title, ask } = definition;
  const day = conflict.observedAt && localDateOf(conflict.observedAt, draft.pathway.zone);
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
