import { addElapsed, localDateOf } from '../model/calendar.ts';
import type { Code } from '../model/codes.ts';
import type { EventOf, PlanEvent } from '../model/event.schema.ts';
import { summaryOf } from '../model/event-summary.ts';
import { Failure, invariant } from '../model/failure.ts';
import { LIMITS } from '../model/limits.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { bodyAsSent } from '../model/sent-as.ts';
import { homeOf, isExit, isPrescribed } from '../pathway/chart.ts';
import { AreaRole, FORMAT } from '../pathway/compiled.schema.ts';
import { NO_OVERLAY } from '../pathway/overlay.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { CLINICAL_LEAD } from '../pathway/roles.ts';
import { tailored } from '../pathway/tailored.ts';
import { earliest } from '../rules/condition.ts';
import { admit } from './admit.ts';
import { isWatching, judgeAlerts } from './alerts.ts';
import { apply } from './apply.ts';
import { dropAnswered } from './asked-at-gate.ts';
import { keepDays } from './bookings.ts';
import { bringIn, isUnderWay } from './bring-in.ts';
import { keepCare } from './care.ts';
import { chargeMonths, keepCharges } from './charges.ts';
import { keepClocks } from './clocks.ts';
import { keepDatedDues } from './dated-dues.ts';
import { keepDecisions } from './decisions.ts';
import { type Draft, stepNumber, write } from './draft.ts';
import { reviewExit } from './exits.ts';
import { judgeHolds } from './holds.ts';
import { assertInvariants } from './invariants.ts';
import { keepChoices, keepSupply } from './keep-choices.ts';
import { keepChosen } from './keep-chosen.ts';
import { keepObjectives } from './keep-objectives.ts';
import { keepRisk } from './keep-risk.ts';
import { keepTasks } from './keep-tasks.ts';
import { askAboutLateness } from './late.ts';
import { keepLevels } from './levels.ts';
import { lineInHand, onEachLine, WAITING } from './lines.ts';
import { askAfterAppointments } from './missed.ts';
import { dropSupplied } from './needed-facts.ts';
import { askAboutConflicts } from './observations.ts';
import { askOpenGatesAgain, dropWarnings } from './open-gates.ts';
import { readOtherPlans, tellOtherPlans } from './other-plans.ts';
import type { Answer } from './outcome.schema.ts';
import { askAPerson, outside } from './outside.ts';
import { lapseOverrides } from './overrides.ts';
import { askHowPaid, detailsOf } from './payments.ts';
import { completePhase, enter, keepReportWaits } from './phases.ts';
import type { PlanState } from './plan-state.schema.ts';
import { prescribe } from './prescribe.ts';
import { keepReviews } from './reviews.ts';
import { isCourseOver } from './running-tracks.ts';
import { keepGoneBy } from './session-decisions.ts';
import { keepSeries } from './sessions.ts';
import { figuresSet } from './set-figures.ts';
import { keepNeeds } from './stage-needs.ts';
import { keepStartWait } from './start-wait.ts';
import { liftDelays } from './table-outcomes.ts';
import { keepTracks } from './tracks.ts';
import { climbLadders, rungsAhead } from './waits.ts';
import { wakeAt } from './wake-times.ts';
import type { Step } from './walk.ts';

export type { Step } from './walk.ts';
export { wakeEvent } from './walk.ts';

/** What an event needs beside the pathway that its plan runs by. */
export interface Beside {
  /** The version that `adoptVersion` names, as it was published; undefined: there is none of that digest. */
  readonly next?: Pathway | undefined;
}

/**
 * Applies one event to a plan: its facts, the rules in scope, the chart, the rules of the new phase, and so on until
 * nothing changes. Pure: the same inputs give the same step.
 *
 * @param state - the plan as the last step left it; undefined only for `startPlan`
 * @param now - UTC; taken as the plan's last `now` when it is earlier
 * @throws Failure when `startPlan` cannot be taken: there is no plan that could keep the rejection
 * @throws Defect when an invariant breaks: a defect of the program, never of the event
 */
export function step(
  pathway: Pathway,
  state: PlanState | undefined,
  event: PlanEvent,
  now: Instant,
  beside: Beside = {},
): Step {
  return !state && isUnderWay(event)
    ? bringIn(takeOne, { pathway, event, now })
    : takeOne(pathway, state, event, now, beside);
}

function takeOne(
  pathway: Pathway,
  state: PlanState | undefined,
  event: PlanEvent,
  now: Instant,
  { next }: Beside = {},
): Step {
  const draft: Draft = { ...open(pathway, state, event, now), next };
  readOtherPlans(draft);
  climbLadders(draft);
  chargeMonths(draft);
  const answer = take(draft, state);
  if (answer.outcome === 'accepted') askAboutConflicts(draft);
  askOpenGatesAgain(draft, state);
  dropWarnings(draft);
  settle(draft);
  climbLadders(draft);
  tellOtherPlans(draft, state);
  return close(draft, answer);
}

/** Minutes after which what came due is tried again, when the step that should have done it failed. */
const RETRY_MINUTES = 15;

/**
 * The step of an event on which the core fails: the plan stays as it was, a person is told, and the plan goes on.
 * Nothing is judged and no ladder climbed, for that may be what failed: what is due is put off by minutes, so that a
 * wake that fails comes back, and not at once.
 */
export function quarantine(pathway: Pathway, state: PlanState, event: PlanEvent, now: Instant): Step {
  const draft = open(pathway, state, event, now);
  const says = `Event ${event.id} of ${event.source} (${event.type}) could not be applied and was set aside.`;
  write(draft, {
    kind: 'event.quarantined',
    says,
    details: { type: event.type, id: event.id, source: event.source },
  });
  askAPerson(draft, quarantineTask(draft), { title: says, role: CLINICAL_LEAD });
  putOff(draft);
  assertInvariants(pathway, draft.state);
  const answer: Answer = { outcome: 'quarantined', code: 'CC9001', says };
  return { state: draft.state, answer, journal: draft.journal, effects: draft.effects };
}

/** Each event that was set aside has a task of its own, up to a number: what keeps failing must not breed for ever. */
function quarantineTask({ state, event }: Draft): string {
  const open = Object.entries(state.tasks).filter(
    ([id, { status }]) => id.startsWith(outside('quarantined-')) && status === 'requested',
  );
  const isAgain = event.type === 'wake' || open.length >= LIMITS.quarantineTasks;
  return isAgain ? `quarantined-${event.type}` : `quarantined-${event.type}-${stepNumber(state)}`;
}

function putOff(draft: Draft): void {
  const { state, event, now } = draft;
  const retryAt = addElapsed(now, { count: RETRY_MINUTES, unit: 'minute' });
  const put = (at: Instant): Instant => (at > now ? at : retryAt);
  const waits = Object.fromEntries(
    Object.entries(state.waits).map(([id, wait]) => [id, { ...wait, nextAt: put(wait.nextAt) }]),
  );
  const isWake = event.type === 'wake' && event.data.generation === state.wake.generation;
  const woken = state.wake.at === null ? [] : [put(state.wake.at)];
  const wake = {
    generation: state.wake.generation + (isWake ? 1 : 0),
    at: earliest([...woken, ...rungsAhead({ waits })]) ?? null,
  };
  draft.state = { ...state, waits, wake };
  draft.state = { ...draft.state, status: statusOf(draft) };
}

function open(pathway: Pathway, state: PlanState | undefined, event: PlanEvent, now: Instant): Draft {
  if (state === undefined) {
    invariant(event.type === 'startPlan', 'the first event of a plan starts it');
    return { pathway, event, now, state: firstOf(pathway, event, now), journal: [], effects: [] };
  }
  const at = now > state.now ? now : state.now;
  return {
    pathway: tailored(pathway, state.overlay),
    event,
    now: at,
    state: { ...state, sequence: state.sequence + 1, now: at },
    journal: [],
    effects: [],
  };
}

/** What the pathway fixes, and what was chosen where it leaves a choice. */
const sitesChosen = (
  { areaChoices }: Pathway,
  chosen: EventOf<'startPlan'>['data']['areas'] = {},
): PlanState['areas'] =>
  Object.fromEntries(
    AreaRole.options.flatMap((role) => {
      const offered = areaChoices[role];
      return offered ? [[role, chosen[role] ?? (offered.choose === 'all' ? offered.sites : [])]] : [];
    }),
  );

function firstOf(
  pathway: Pathway,
  { data, actor }: EventOf<'startPlan'> & PlanEvent,
  now: Instant,
): PlanState {
  return {
    format: FORMAT,
    planId: data.planId,
    clinic: actor.clinic,
    patient: data.patient,
    pathway: data.pathway,
    sequence: 1,
    now,
    startedAt: now,
    startedBy: actor,
    status: 'active',
    chart: pathway.chart.initial,
    tracks: Object.fromEntries(pathway.tracks.map(({ track }) => [track, WAITING])),
    enteredAt: {},
    areas: sitesChosen(pathway, data.areas),
    observations: {},
    consents: [],
    withdrawals: {},
    performed: [],
    past: [],
    otherPlans: null,
    gates: [],
    tasks: {},
    holds: {},
    care: {},
    careHolds: {},
    adherence: {},
    holdGenerations: {},
    stages: {},
    bookings: {},
    delays: {},
    actionCounts: {},
    releases: {},
    overrides: {},
    questions: {},
    choices: {},
    figures: figuresSet(pathway, data.figures ?? {}, { by: actor.id, at: now }),
    overlay: NO_OVERLAY,
    revisions: [],
    levels: {},
    alerts: {},
    objectives: {},
    goals: {},
    outcomes: [],
    waits: {},
    charges: {},
    monthsTo: localDateOf(now, pathway.zone),
    ...detailsOf(data, { by: actor.id, at: now }),
    escalation: 0,
    wake: { generation: 0, at: null },
  };
}

function take(draft: Draft, before: PlanState | undefined): Answer {
  const { event, pathway, now, next } = draft;
  if (event.type === 'startPlan' && before) {
    return reject(draft, 'CC4002', `Plan ${before.planId} has been started already.`);
  }
  const rejection = admit(event, { pathway, next, state: before, now });
  if (rejection && !before) throw new Failure(rejection.code, rejection.says);
  if (rejection) return reject(draft, rejection.code, rejection.says);
  if (event.type === 'startPlan') {
    if (event.data.intent === 'plan') prescribe(draft, event.data);
    else begin(draft, event.data);
  } else if (event.type === 'wake') {
    const { generation } = draft.state.wake;
    if (event.data.generation === generation) {
      draft.state = { ...draft.state, wake: { ...draft.state.wake, generation: generation + 1 } };
    }
  } else {
    return decide(draft);
  }
  return { outcome: 'accepted', phase: draft.state.chart, says: '' };
}

function begin(draft: Draft, data: EventOf<'startPlan'>['data']): void {
  const { title, version } = draft.pathway;
  write(draft, { kind: 'plan.started', says: `Started ${title} ${version}`, details: { ...data } });
  if (!data.payment) askHowPaid(draft);
  enter(draft, draft.state.chart);
}

/** Applies an event and journals it first: as accepted, or, with every reason, as refused. */
function decide(draft: Draft): Answer {
  const { type, id, source } = draft.event;
  const data = bodyAsSent(draft.event);
  const before = draft.journal.length;
  const refusal = apply(draft);
  if (refusal) {
    const details = { type, id, source, data, code: refusal.code, reasons: refusal.reasons };
    write(draft, { kind: 'request.refused', says: refusal.says, details });
  } else {
    const details = { type, id, source, data };
    write(draft, { kind: 'event.accepted', says: summaryOf(draft.event), details });
  }
  draft.journal.splice(before, 0, ...draft.journal.splice(-1));
  if (refusal) return refusal;
  const { ahead, figures } = draft;
  const shown = { ...(ahead ? { ahead } : {}), ...(figures ? { figures } : {}) };
  return { outcome: 'accepted', phase: draft.state.chart, says: '', ...shown };
}

function reject(draft: Draft, code: Code, says: string): Answer {
  const { type, id, source } = draft.event;
  write(draft, { kind: 'event.rejected', says, details: { code, type, id, source } });
  return { outcome: 'rejected', code, says };
}

function settle(draft: Draft): void {
  for (let round = 0; round < LIMITS.settleRounds; round += 1) {
    const before = draft.state;
    keepTracks(draft);
    onEachLine(draft, dropStale);
    judgeAlerts(draft);
    onEachLine(draft, settleLine);
    keepCare(draft);
    keepObjectives(draft);
    keepSupply(draft);
    keepDatedDues(draft);
    dropSupplied(draft);
    keepRisk(draft);
    keepLevels(draft);
    keepCharges(draft);
    keepClocks(draft);
    if (draft.state === before) return;
  }
  invariant(false, `a step settles within ${LIMITS.settleRounds} rounds`);
}

function dropStale(draft: Draft): void {
  lapseOverrides(draft);
  liftDelays(draft);
  dropAnswered(draft);
}

function settleLine(draft: Draft): void {
  const hasEnded = isAtEnd(draft);
  const isMain = lineInHand(draft) === undefined;
  keepTasks(draft);
  keepDecisions(draft);
  if (isMain) keepChoices(draft);
  keepGoneBy(draft);
  reviewExit(draft);
  // What the plan passes by it asks nobody for.
  if (!hasEnded) {
    if (isMain) keepReviews(draft);
    askAfterAppointments(draft);
    keepChosen(draft);
    keepSeries(draft);
  }
  keepNeeds(draft);
  if (!isAtEnd(draft)) {
    judgeHolds(draft);
    completePhase(draft);
    askAboutLateness(draft);
    keepDays(draft);
    keepStartWait(draft);
    keepReportWaits(draft);
  }
}

/** The course of a line has come to its end, be it that the plan has left it since, for what runs beside it. */
const isAtEnd = ({ pathway, state }: Draft): boolean => pathway.chart.isFinal(homeOf(state));

function close(draft: Draft, answer: Answer): Step {
  const { pathway, now } = draft;
  const state: PlanState = {
    ...draft.state,
    status: statusOf(draft),
    wake: { ...draft.state.wake, at: wakeAt(pathway, draft.state, now) ?? null },
  };
  assertInvariants(pathway, state);
  const settled: Answer =
    answer.outcome === 'accepted'
      ? { ...answer, phase: state.chart, says: `The plan is in ${state.chart}.` }
      : answer;
  return { state, answer: settled, journal: draft.journal, effects: draft.effects };
}

function statusOf({ state, pathway }: Draft): PlanState['status'] {
  if (isPrescribed(state)) return 'draft';
  const isOver =
    isCourseOver(pathway, state) &&
    Object.keys(state.waits).length === 0 &&
    Object.keys(state.care).length === 0 &&
    !isWatching(pathway, state);
  if (isOver) return state.chart === 'completed' || state.chart === 'referred' ? 'completed' : 'revoked';
  return isExit(state.chart) || Object.keys(state.holds).length > 0 ? 'on-hold' : 'active';
}
