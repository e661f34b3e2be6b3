import type { Instant } from '../core/model/primitives.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { readAt } from '../core/plan/judging.ts';
import { type PlanState, PlanStatus } from '../core/plan/plan-state.schema.ts';
import type { PlanRow } from '../store/plans.ts';
import type { PlanSummary, PlanView } from './plan-view.schema.ts';

export function viewOf(pathway: Pathway, state: PlanState, now: Instant): PlanView {
  const { planId, patient, status, chart, startedAt, escalation, consents, performed, sequence } = state;
  return {
    planId,
    patient,
    pathway: { ...state.pathway, title: pathway.title },
    status,
    phase: chart,
    since: sinceOf(state),
    startedAt,
    timeZone: pathway.zone,
    escalation,
    tasks: tasksOf(state),
    holds: Object.entries(state.holds).map(([id, { rule, stage, response, raisedAt, finding }]) => {
      const { title, result, evidence, clears } = finding;
      return { id, rule, stage, response, since: raisedAt, title, result, evidence, clears };
    }),
    waits: waitsOf(state),
    consents,
    performed,
    observations: observationsOf(pathway, state, now),
    sequence,
    wakeAt: state.wake.at,
  };
}

const sinceOf = ({ enteredAt, chart, startedAt }: PlanState): Instant => enteredAt[chart] ?? startedAt;

function tasksOf({ tasks, waits }: PlanState): PlanView['tasks'] {
  return Object.entries(tasks).map(([id, { title, role, status, completedAt, from }]) => {
    const dueAt = waits[`task/${id}`]?.dueAt;
    return {
      id,
      title,
      role,
      status,
      ...(completedAt === undefined ? {} : { completedAt }),
      ...(from === undefined ? {} : { from }),
      ...(dueAt === undefined ? {} : { dueAt }),
    };
  });
}

function waitsOf({ waits }: PlanState): PlanView['waits'] {
  const views = Object.entries(waits).map(([id, { kind, title, owner, dueAt, nextAt, rung }]) => ({
    id,
    kind,
    title,
    owner,
    dueAt,
    nextAt,
    rung,
  }));
  return views.sort((one, other) => one.dueAt.localeCompare(other.dueAt) || one.id.localeCompare(other.id));
}

/** Read as the rules read them; what is recorded by area, of each site that somebody looked at. */
function observationsOf(pathway: Pathway, state: PlanState, now: Instant): PlanView['observations'] {
  return Object.entries(state.observations).flatMap(([fact, kept]) => {
    const title = pathway.fact(fact)?.title ?? fact;
    const sites = pathway.fact(fact)?.byArea ? [...new Set(kept.flatMap(({ area }) => area ?? []))] : [];
    const places = sites.length > 0 ? sites.map((site) => ({ site })) : [{}];
    const readings = places.flatMap((place) => readAt(pathway, state, now, { fact }, place));
    return readings.map(({ area, provenance, ...reading }) => {
      const { events: _events, ...shown } = provenance ?? {};
      const cause = reading.known ? {} : { cause: reading.cause };
      return { fact, title, ...(area === undefined ? {} : { area }), ...shown, ...cause };
    });
  });
}

export function summaryOf(state: PlanState): PlanSummary {
  const { planId, patient, pathway, status, chart, escalation, holds, startedAt } = state;
  return {
    planId,
    patient,
    pathway: pathway.id,
    version: pathway.version,
    status,
    phase: chart,
    phaseSince: sinceOf(state),
    nextDueAt: waitsOf(state)[0]?.dueAt ?? null,
    escalation,
    holds: Object.keys(holds),
    startedAt,
  };
}

export const summaryOfRow = (row: PlanRow): PlanSummary => ({
  ...row,
  status: PlanStatus.parse(row.status),
  holds: [...row.holds],
});
