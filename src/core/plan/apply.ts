import type { Code } from '../model/codes.ts';
import type { EventOf } from '../model/event.schema.ts';
import { Defect } from '../model/failure.ts';
import { placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { askAtGate } from './asked-at-gate.ts';
import { bookAppointment, cancelBooking, recordBooking, recordMissed } from './bookings.ts';
import { citesOf } from './cites.ts';
import { completeTask } from './completions.ts';
import { recordConsent, useConsent, withdrawConsent } from './consent.ts';
import { correctFact, withdrawFact } from './corrections.ts';
import { raiseDeviation } from './deviation.ts';
import { type Draft, write } from './draft.ts';
import { leaveCourse, returnToCourse } from './exits.ts';
import { clinicDay, type GateDecision, lookAtGate } from './gate.ts';
import { recordHistory } from './history.ts';
import { recordObservations } from './observations.ts';
import type { Answer, Reason } from './outcome.schema.ts';
import { askAPerson } from './outside.ts';
import {
  countersignOverride,
  endOverridesOf,
  grantOverride,
  revokeOverride,
  spendOverrides,
} from './overrides.ts';
import { moveChart, oweAgain } from './phases.ts';
import type { OpenedGate } from './plan-state.schema.ts';
import { startPrep } from './prep.ts';
import { roundOf } from './progress.ts';
import { answerQuestion } from './questions.ts';
import { releaseHold } from './releases.ts';
import { judgeReport, sitesDone } from './reports.ts';
import { recordNotPerformed, withdrawReport } from './take-back.ts';

/** Refused, with every reason; undefined: the event has been taken into the draft. */
export type Refusal = Extract<Answer, { outcome: 'refused' }>;

/** Takes an admitted event into the draft. */
export function apply(draft: Draft): Refusal | undefined {
  const { event } = draft;
  switch (event.type) {
    case 'startPlan':
    case 'wake':
      throw new Defect(`${event.type} is taken by the step itself`);
    case 'observation.recorded':
      return recordObservations(draft, event);
    case 'fact.corrected':
      return correctFact(draft, event);
    case 'fact.withdrawn':
      return withdrawFact(draft, event);
    case 'history.recorded':
      return recordHistory(draft, event);
    case 'task.completed':
      return completeTask(draft, event);
    case 'consent.recorded':
      return recordConsent(draft, event);
    case 'consent.withdrawn':
      return withdrawConsent(draft, event);
    case 'procedure.performed':
      return takeReport(draft, event);
    case 'procedure.notPerformed':
      return recordNotPerformed(draft, event);
    case 'report.withdrawn':
      return withdrawReport(draft, event);
    case 'appointment.booked':
      return recordBooking(draft, event);
    case 'appointment.cancelled':
      return cancelBooking(draft, event);
    case 'appointment.missed':
      return recordMissed(draft, event);
    case 'startPrep':
      return startPrep(draft, event);
    case 'bookAppointment':
      return bookAppointment(draft, event);
    case 'leaveCourse':
      return leaveCourse(draft, event);
    case 'returnToCourse':
      return returnToCourse(draft, event);
    case 'startProcedure':
      return startProcedure(draft, event);
    case 'cancelPlan':
      return cancelPlan(draft);
    case 'releaseHold':
      return releaseHold(draft, event);
    case 'grantOverride':
      return grantOverride(draft, event);
    case 'countersignOverride':
      return countersignOverride(draft, event);
    case 'revokeOverride':
      return revokeOverride(draft, event);
    case 'decide':
      return answerQuestion(draft, event);
    case 'effect.failed':
      return askAPerson(draft, `failed-${event.data.kind}`, {
        title: `Could not ${event.data.kind}: ${event.data.detail}`,
        role: COORDINATOR,
      });
    case 'message.refused':
      return askAPerson(draft, 'unreadable-message', {
        title: `A message was not taken: ${event.data.detail}`,
        role: COORDINATOR,
      });
  }
}

/**
 * The gate that was opened for this performance: it stood open on its day, and nothing has been reported behind it yet.
 * Where the chart stands is of no concern: a report of something else may have moved it.
 */
function gateFor({ pathway, state }: Draft, stage: string, performedOn: string): OpenedGate | undefined {
  const gate = state.gates.findLast((one) => one.stage === stage);
  if (!gate || clinicDay(pathway, gate.openedAt) > performedOn) return undefined;
  const isUsed = state.performed.some((one) => one.stage === stage && one.reportedAt >= gate.openedAt);
  return isUsed ? undefined : gate;
}

/**
 * A report is a fact: recorded whatever the gate says. Where the gate had not opened, or what it rested on no longer
 * stood on that day, or it came too early, a deviation is raised. The plan goes where reality is: to what was done last,
 * whenever that is told. One stage on one day is one performance, whoever tells it.
 */
function takeReport(draft: Draft, { data }: EventOf<'procedure.performed'>): undefined {
  const stage = draft.pathway.stage(data.stage);
  if (!stage || isTold(draft, data)) return;
  const { performedOn, endedOn } = data;
  const gate = gateFor(draft, stage.stage, performedOn);
  const { deviation, code, reasons, counts } = judgeReport(draft, stage, { performedOn, gate });
  const isLast = draft.state.performed.every((one) => one.performedOn <= performedOn);
  const performed = {
    stage: stage.stage,
    procedure: stage.procedure,
    performedOn,
    ...(endedOn === undefined ? {} : { endedOn }),
    reportedAt: draft.now,
    deviation: deviation !== undefined,
    areas: sitesDone(draft, stage),
    counts,
    round: roundOf(draft.state, stage.stage),
  };
  draft.state = { ...draft.state, performed: [...draft.state.performed, performed] };
  useConsent(draft, stage, performedOn);
  endOverridesOf(draft, stage.stage);
  if (deviation !== undefined)
    raiseDeviation(draft, { code, says: deviation, reasons, about: `${stage.stage}/${performedOn}` });
  if (!isLast || draft.pathway.chart.isFinal(draft.state.chart)) return;
  if (counts) moveChart(draft, { type: `performed.${stage.stage}` });
  else oweAgain(draft, stage);
}

/** Told again, it may tell when it ended. */
function isTold(
  draft: Draft,
  { stage, performedOn, endedOn }: EventOf<'procedure.performed'>['data'],
): boolean {
  const { performed } = draft.state;
  const told = performed.find((one) => one.stage === stage && one.performedOn === performedOn);
  if (!told) return false;
  if (endedOn === undefined || told.endedOn !== undefined) return true;
  const ended = performed.map((one) => (one === told ? { ...one, endedOn } : one));
  draft.state = { ...draft.state, performed: ended };
  return true;
}

function startProcedure(draft: Draft, { data }: EventOf<'startProcedure'>): Refusal | undefined {
  const stage = draft.pathway.stage(data.stage);
  if (!stage || draft.state.chart !== `${data.stage}.ready`) {
    return refuse('CC3002', `${data.stage} cannot start now: the plan is in ${draft.state.chart}.`, [
      {
        invariant: 'phase',
        says: `The plan is in ${placeOf(draft.state.chart).phase}.`,
        clears: openWorkOf(draft),
      },
    ]);
  }
  const decision = lookAtGate(draft.pathway, draft.state, stage, draft.now);
  if (decision.reasons.length > 0) {
    askAtGate(draft, stage);
    return refuse('CC3001', `${stage.title} may not start.`, [...decision.reasons]);
  }
  openGate(draft, stage, decision);
  return undefined;
}

/** The gate opens on what it rests on, which is kept: should that turn out otherwise, this gate is in question. */
function openGate(draft: Draft, stage: StageDefinition, decision: GateDecision): void {
  const { evidence, overrides, accepted } = decision;
  const says = `${stage.title} may start`;
  write(draft, { kind: 'gate.opened', says, details: { stage: stage.stage, overrides, evidence } });
  for (const { finding } of accepted)
    write(draft, {
      kind: 'unknown.accepted',
      says: `Not known, and accepted: ${finding.title}`,
      details: { finding },
    });
  const gate = {
    stage: stage.stage,
    of: 'procedure' as const,
    openedAt: draft.now,
    cites: citesOf(draft, evidence),
    overrides: [...overrides],
  };
  draft.state = { ...draft.state, gates: [...draft.state.gates, gate] };
  spendOverrides(draft, overrides);
  moveChart(draft, { type: 'gate.opened' });
}

/** The tasks that keep a plan in its phase. */
function openWorkOf({ state }: Draft): Reason['clears'] {
  return Object.entries(state.tasks)
    .filter(([, task]) => task.belongsTo === state.chart && task.status === 'requested')
    .map(([id, task]) => [{ kind: 'event' as const, type: 'task.completed', needs: id, role: task.role }])
    .slice(0, 3);
}

function cancelPlan(draft: Draft): Refusal | undefined {
  if (draft.pathway.chart.isFinal(draft.state.chart)) {
    return refuse('CC3003', `The plan is ${draft.state.chart} already.`, []);
  }
  moveChart(draft, { type: 'plan.cancelled' });
  return undefined;
}

const refuse = (code: Code, says: string, reasons: Reason[]): Refusal => ({
  outcome: 'refused',
  code,
  says,
  reasons,
});
