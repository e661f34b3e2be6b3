import { lastInstantOf } from '../model/calendar.ts';
import type { Code } from '../model/codes.ts';
import type { EventOf, PlanEvent } from '../model/event.schema.ts';
import { Defect } from '../model/failure.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { CLINICAL_LEAD, COORDINATOR, PATIENT_ROLES, SERVICE } from '../pathway/roles.ts';
import { asOf } from './as-of.ts';
import { type Draft, tell, write } from './draft.ts';
import { clinicDay, decideGate } from './gate.ts';
import type { Answer, Reason } from './outcome.schema.ts';
import { moveChart, OUTSIDE, openTask } from './phases.ts';
import { closeWait, dueAfter } from './waits.ts';

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
      return record(draft, event);
    case 'task.completed':
      return completeTask(draft, event);
    case 'consent.recorded':
      return recordConsent(draft, event);
    case 'consent.withdrawn':
      return withdrawConsent(draft, event);
    case 'procedure.performed':
      return takeReport(draft, event);
    case 'startProcedure':
      return startProcedure(draft, event);
    case 'cancelPlan':
      return cancelPlan(draft);
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

function record(draft: Draft, event: EventOf<'observation.recorded'> & Pick<PlanEvent, 'sentAs'>): undefined {
  const source = sourceKind(draft, event);
  const observations = { ...draft.state.observations };
  for (const [index, { fact, value, unit, observedAt }] of event.data.observations.entries()) {
    const sentAs = event.sentAs?.[index];
    const kept = {
      value,
      ...(unit === undefined ? {} : { unit }),
      ...(sentAs === undefined ? {} : { sentAs }),
      source,
      actor: event.actor.id,
      observedAt: observedAt ?? event.time ?? draft.now,
      event: `${event.source}/${event.id}`,
      step: draft.state.sequence,
    };
    observations[fact] = [...(observations[fact] ?? []), kept];
  }
  draft.state = { ...draft.state, observations };
}

/** What the catalogue calls the sender: a registered service's kind, the patient, or a clinician. */
function sourceKind({ pathway }: Draft, { actor, source }: EventOf<'observation.recorded'>): string {
  if (actor.roles.includes(SERVICE))
    return pathway.clinic.sources.find((one) => one.source === source)?.is ?? 'record';
  return actor.roles.every((role) => PATIENT_ROLES.includes(role)) ? 'patient' : 'clinician';
}

function completeTask(draft: Draft, { data, actor, time }: EventOf<'task.completed'>): undefined {
  const task = draft.state.tasks[data.task];
  if (task?.status !== 'requested') return;
  const done = {
    ...task,
    status: 'completed' as const,
    completedAt: time ?? draft.now,
    completedBy: actor.id,
  };
  draft.state = { ...draft.state, tasks: { ...draft.state.tasks, [data.task]: done } };
  closeWait(draft, `task/${data.task}`);
  write(draft, { kind: 'task.completed', says: `Done: ${task.title}`, details: { task: data.task } });
}

function recordConsent(draft: Draft, { data, time }: EventOf<'consent.recorded'>): undefined {
  const withdrawnAt = draft.state.withdrawals[data.form];
  const isOlder =
    withdrawnAt !== undefined &&
    (data.signedOn < clinicDay(draft.pathway, withdrawnAt) || (time !== undefined && time < withdrawnAt));
  const consent = isOlder ? { ...data, withdrawnAt } : { ...data };
  draft.state = { ...draft.state, consents: [...draft.state.consents, consent] };
}

/** Ends every consent signed until then; one signed on a later day was given again. */
function withdrawConsent(draft: Draft, { data, time }: EventOf<'consent.withdrawn'>): undefined {
  const at = time !== undefined && time < draft.now ? time : draft.now;
  const day = clinicDay(draft.pathway, at);
  const consents = draft.state.consents.map((consent) =>
    consent.form === data.form && consent.withdrawnAt === undefined && consent.signedOn <= day
      ? { ...consent, withdrawnAt: at }
      : consent,
  );
  const before = draft.state.withdrawals[data.form];
  const last = before !== undefined && before > at ? before : at;
  draft.state = { ...draft.state, consents, withdrawals: { ...draft.state.withdrawals, [data.form]: last } };
}

/** The gate stands open, and stood open on the day on which the procedure was performed. */
function isExpectedOn({ pathway, state }: Draft, stage: string, performedOn: string): boolean {
  const chart = `${stage}.procedure`;
  const openedAt = state.enteredAt[chart];
  return state.chart === chart && openedAt !== undefined && clinicDay(pathway, openedAt) <= performedOn;
}

/** A report is a fact: recorded whatever the gate says. Where the gate had not opened, a deviation is raised. */
function takeReport(draft: Draft, { data }: EventOf<'procedure.performed'>): undefined {
  const stage = draft.pathway.stage(data.stage);
  if (!stage) return;
  const isExpected = isExpectedOn(draft, stage.stage, data.performedOn);
  const performed = {
    stage: stage.stage,
    procedure: stage.procedure,
    performedOn: data.performedOn,
    reportedAt: draft.now,
    deviation: !isExpected,
    areas: [],
    counts: true,
  };
  const reasons = isExpected ? [] : reasonsOn(draft, stage, data.performedOn);
  draft.state = { ...draft.state, performed: [...draft.state.performed, performed] };
  if (!isExpected)
    raiseDeviation(draft, `${stage.title} was performed, and its gate had not been opened`, reasons);
  if (!draft.pathway.chart.isFinal(draft.state.chart)) moveChart(draft, { type: `performed.${stage.stage}` });
}

/** What the gate would have said on the day of the procedure. */
function reasonsOn({ pathway, state, now }: Draft, stage: StageDefinition, date: LocalDate): Reason[] {
  const end = lastInstantOf(date, pathway.zone);
  return decideGate(pathway, asOf(state, date, pathway.zone), stage, end < now ? end : now);
}

function raiseDeviation(draft: Draft, says: string, reasons: readonly Reason[]): void {
  write(draft, { kind: 'deviation.raised', says, details: { reasons } });
  askAPerson(draft, `deviation-${draft.state.sequence}`, {
    title: `Protocol deviation: ${says}`,
    role: CLINICAL_LEAD,
  });
}

/**
 * Work outside every phase. It outlives the course, and a plan is not over while it is owed; it has an owner, a due
 * time and a ladder like any other wait (S6). While a task of that name is open no second one is made and nobody is
 * told again: a message that cannot be sent would breed itself.
 */
export function askAPerson(
  draft: Draft,
  task: string,
  { title, role }: { title: string; role: string },
): undefined {
  const { waits } = draft.pathway.clinic;
  const by = role === CLINICAL_LEAD ? waits.deviation : waits.failure;
  const id = `${OUTSIDE}/${task}`;
  if (draft.state.tasks[id]?.status === 'requested') return;
  const dueAt = dueAfter(draft.pathway, draft.now, by);
  openTask(draft, id, { title, role, belongsTo: OUTSIDE, ladder: draft.pathway.defaultLadder, dueAt });
  tell(draft, { roles: [role], subject: title, says: title, level: 1 });
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
  const reasons = decideGate(draft.pathway, draft.state, stage, draft.now);
  if (reasons.length > 0) return refuse('CC3001', `${stage.title} may not start.`, reasons);
  write(draft, { kind: 'gate.opened', says: `${stage.title} may start`, details: { stage: stage.stage } });
  moveChart(draft, { type: 'gate.opened' });
  return undefined;
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
