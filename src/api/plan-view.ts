import type { Intent } from '../core/model/event.schema.ts';
import type { Instant } from '../core/model/primitives.schema.ts';
import { isPrescribed } from '../core/pathway/chart.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import type { AskedFact } from '../core/plan/asked-twice.ts';
import { type PlanState, PlanStatus } from '../core/plan/plan-state.schema.ts';
import type { PlanRow } from '../store/plans.ts';
import { maintenanceOf, reviewsOf } from './alongside-view.ts';
import { careViews } from './care-view.ts';
import { chargesOf } from './charge-view.ts';
import { choicesOf } from './choice-view.ts';
import { bookingsOf, delaysOf, leaveOf, stagesOf, tracksOf } from './course-view.ts';
import { factsOf } from './facts-view.ts';
import { figuresOf } from './figure-view.ts';
import { goalsOf, outcomesOf } from './goal-view.ts';
import type { PlanSummary, PlanView } from './plan-view.schema.ts';
import { decidedOf, questionsOf } from './question-view.ts';
import { differencesOf, revisionsOf, versionOf } from './revision-view.ts';
import { alertsOf, holdsOf, overridesOf, releasesOf } from './steering-view.ts';
import { askedTwiceOf, tasksOf, waitsOf } from './work-view.ts';

/** @param elsewhere - what the patient's other plans ask for */
export function viewOf(
  pathway: Pathway,
  state: PlanState,
  now: Instant,
  elsewhere: readonly AskedFact[] = [],
): PlanView {
  const { planId, patient, status, chart, startedAt, escalation, areas, consents } = state;
  const { performed, past, otherPlans, historyKnownAt, sequence } = state;
  return {
    planId,
    patient,
    pathway: { ...state.pathway, title: pathway.title },
    intent: intentOf(state),
    broughtIn: broughtInOf(state),
    status,
    phase: chart,
    since: sinceOf(state),
    startedAt,
    timeZone: pathway.zone,
    escalation,
    areas,
    leave: leaveOf(pathway, state),
    tracks: tracksOf(pathway, state),
    choices: choicesOf(pathway, state, now),
    stages: stagesOf(pathway, state),
    figures: figuresOf(pathway, state),
    version: versionOf(state),
    differs: differencesOf(pathway, state),
    revisions: revisionsOf(state),
    charges: chargesOf(state),
    payment: state.payment,
    maintenance: maintenanceOf(pathway, state, now),
    reviews: reviewsOf(pathway, state, now),
    care: careViews(pathway, state, now),
    goals: goalsOf(pathway, state, now),
    outcomes: outcomesOf(state),
    bookings: bookingsOf(pathway, state),
    delays: delaysOf(pathway, state),
    observations: factsOf(pathway, state, now),
    alerts: alertsOf(pathway, state),
    holds: holdsOf(state),
    releases: releasesOf(state),
    overrides: overridesOf(pathway, state),
    questions: questionsOf(pathway, state, now),
    decided: decidedOf(pathway, state),
    tasks: tasksOf(state),
    askedTwice: askedTwiceOf(pathway, state, elsewhere),
    waits: waitsOf(state),
    consents,
    performed,
    past,
    otherPlans,
    historyKnownAt,
    sequence,
    wakeAt: state.wake.at,
  };
}

const intentOf = (plan: { readonly chart: string }): Intent => (isPrescribed(plan) ? 'plan' : 'order');

function broughtInOf({ broughtIn }: PlanState): PlanView['broughtIn'] {
  if (!broughtIn) return undefined;
  const { at, by, events } = broughtIn;
  return { at, by, events: Object.values(events).flat().length };
}

const sinceOf = ({ enteredAt, chart, startedAt }: PlanState): Instant => enteredAt[chart] ?? startedAt;

export function summaryOf(state: PlanState): PlanSummary {
  const { planId, patient, pathway, status, chart, escalation, holds, startedAt } = state;
  return {
    planId,
    patient,
    intent: intentOf(state),
    pathway: pathway.id,
    version: pathway.version,
    status,
    phase: chart,
    phaseSince: sinceOf(state),
    nextDueAt: waitsOf(state).find(({ pausedAt }) => pausedAt === undefined)?.dueAt ?? null,
    escalation,
    holds: Object.keys(holds),
    startedAt,
  };
}

export const summaryOfRow = (row: PlanRow): PlanSummary => ({
  ...row,
  intent: intentOf({ chart: row.phase }),
  status: PlanStatus.parse(row.status),
  holds: [...row.holds],
});
