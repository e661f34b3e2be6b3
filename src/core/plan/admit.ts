import { addElapsed, localDateOf } from '../model/calendar.ts';
import type { Code } from '../model/codes.ts';
import type { EventOf, PlanEvent, SentObservation } from '../model/event.schema.ts';
import { LIMITS } from '../model/limits.ts';
import { type Instant, LocalDate } from '../model/primitives.schema.ts';
import type { FactDefinition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { PATIENT_ROLES, SERVICE } from '../pathway/roles.ts';
import type { PlanState } from './plan-state.schema.ts';

/** A message that cannot be taken as it stands. It changes nothing in the plan. */
export interface Rejection {
  readonly code: Code;
  readonly says: string;
}

/** What the border knows of a plan. The API and the plan's own step ask the same question of the same code. */
export interface Border {
  readonly pathway: Pathway;
  readonly state: PlanState | undefined;
  readonly now: Instant;
}

/**
 * Checks what a schema cannot know: that the named things exist in this plan, that units and ranges are the
 * catalogue's, that nothing lies in the future, and that the sender may send it.
 * @returns the first problem; undefined when the event can be taken
 */
export function admit(event: PlanEvent, border: Border): Rejection | undefined {
  if (isAhead(event.time, border)) return future(`time ${event.time}`, border);
  const isService = border.pathway.clinic.sources.some(({ source }) => source === event.source);
  if (isService && event.actor.id !== event.source) {
    return { code: 'CC2018', says: `${event.source} is a service; ${event.actor.id} may not speak for it.` };
  }
  switch (event.type) {
    case 'observation.recorded':
      if (isFull(border, event.data.observations.length))
        return overLimit('observations', LIMITS.observationsPerPlan);
      return first(event.data.observations, (sent) => admitObservation(sent, border));
    case 'task.completed':
      return Object.hasOwn(border.state?.tasks ?? {}, event.data.task)
        ? undefined
        : unknownTask(event, border);
    case 'consent.recorded':
      return admitConsent(event, border);
    case 'consent.withdrawn':
      return formExists(event.data.form, border);
    case 'procedure.performed':
      return admitReport(event, border);
    case 'startProcedure':
      return mayRequest(event) ?? stageExists(event.data.stage, border);
    case 'startPlan':
    case 'cancelPlan':
      return mayRequest(event);
    case 'wake':
    case 'effect.failed':
    case 'message.refused':
      return undefined;
  }
}

function first<T>(items: readonly T[], check: (item: T) => Rejection | undefined): Rejection | undefined {
  for (const item of items) {
    const problem = check(item);
    if (problem) return problem;
  }
  return undefined;
}

/** Later than now by more than clocks differ. */
const isAhead = (time: Instant | undefined, { now }: Border): boolean =>
  time !== undefined &&
  time > now &&
  time > addElapsed(now, { count: LIMITS.clockSkewMinutes, unit: 'minute' });

function admitObservation(sent: SentObservation, border: Border): Rejection | undefined {
  const definition = border.pathway.fact(sent.fact);
  if (!definition) return { code: 'CC2010', says: `No fact is called ${sent.fact} in this pathway.` };
  if (isAhead(sent.observedAt, border)) return future(`observedAt ${sent.observedAt}`, border);
  return admitValue(sent, definition, border);
}

function admitValue({ fact, value, unit }: SentObservation, definition: FactDefinition, border: Border) {
  const { is } = definition;
  switch (is.kind) {
    case 'number':
      if (typeof value !== 'number') return wrongKind(fact, `a number in ${is.unit}`);
      if (unit !== is.unit) return wrongUnit(is.unit, unit, definition);
      if (value < is.from || value > is.to) {
        return {
          code: 'CC2012' as const,
          says: `${fact} ${value} lies outside ${is.from} to ${is.to} ${is.unit}.`,
        };
      }
      return undefined;
    case 'yes or no':
      return typeof value === 'boolean' ? undefined : wrongKind(fact, 'true or false');
    case 'code':
      return typeof value === 'string' && is.codes.includes(value)
        ? undefined
        : wrongKind(fact, `one of ${is.codes.join(', ')}`);
    case 'date':
    case 'date or never': {
      if (is.kind === 'date or never' && value === 'never') return undefined;
      const date = LocalDate.safeParse(value);
      return date.success
        ? notInFuture(fact, date.data, border)
        : wrongKind(fact, `a ${is.kind}, as YYYY-MM-DD`);
    }
  }
}

/** What can be converted has been by now: what comes here in another unit means nothing, or could mean two things. */
function wrongUnit(own: string, sent: string | undefined, { fact, alsoIn }: FactDefinition): Rejection {
  const others = [...alsoIn.map(({ unit }) => unit), 'any unit of the same kind in UCUM'];
  const got = sent === undefined ? 'no unit was sent' : `${sent} was sent`;
  return { code: 'CC2011', says: `${fact} is taken in ${own}, ${others.join(' or ')}; ${got}.` };
}

const isFull = ({ state }: Border, more: number): boolean =>
  Object.values(state?.observations ?? {}).reduce((sum, kept) => sum + kept.length, more) >
  LIMITS.observationsPerPlan;

const overLimit = (what: string, limit: number): Rejection => ({
  code: 'CC4004',
  says: `The plan keeps at most ${limit} ${what}.`,
});

const wrongKind = (fact: string, wanted: string): Rejection => ({
  code: 'CC2013',
  says: `${fact} must be ${wanted}.`,
});

const future = (what: string, { now }: Border): Rejection => ({
  code: 'CC2014',
  says: `${what} lies in the future; it is ${now}.`,
});

function notInFuture(what: string, date: string, border: Border): Rejection | undefined {
  const today = localDateOf(border.now, border.pathway.zone);
  return date > today
    ? { code: 'CC2014', says: `${what} ${date} lies in the future; today is ${today}.` }
    : undefined;
}

function unknownTask({ data }: EventOf<'task.completed'>, { state }: Border): Rejection {
  const open = Object.entries(state?.tasks ?? {}).flatMap(([id, { status }]) =>
    status === 'requested' ? [id] : [],
  );
  return {
    code: 'CC2015',
    says: `The plan has no task ${data.task}; open are: ${open.join(', ') || 'none'}.`,
  };
}

function stageExists(stage: string, { pathway }: Border): Rejection | undefined {
  if (pathway.stage(stage)) return undefined;
  const stages = pathway.stages.map((one) => one.stage).join(', ');
  return { code: 'CC2016', says: `The pathway has no stage ${stage}; it has: ${stages}.` };
}

function admitReport({ data }: EventOf<'procedure.performed'>, border: Border): Rejection | undefined {
  const missing = stageExists(data.stage, border);
  if (missing) return missing;
  return (border.state?.performed.length ?? 0) >= LIMITS.reportsPerPlan
    ? overLimit('reports', LIMITS.reportsPerPlan)
    : notInFuture('performedOn', data.performedOn, border);
}

function formExists(form: string, { pathway }: Border): Rejection | undefined {
  const forms = pathway.stages.map(({ consent }) => consent.form);
  if (forms.includes(form)) return undefined;
  return { code: 'CC2017', says: `The pathway has no consent form ${form}; it has: ${forms.join(', ')}.` };
}

function admitConsent({ data }: EventOf<'consent.recorded'>, border: Border): Rejection | undefined {
  const missing = formExists(data.form, border);
  if (missing) return missing;
  if ((border.state?.consents.length ?? 0) >= LIMITS.consentsPerPlan) {
    return overLimit('consents', LIMITS.consentsPerPlan);
  }
  const signers = border.pathway.stages
    .filter(({ consent }) => consent.form === data.form)
    .map(({ consent }) => consent.by);
  if (!signers.includes(data.by)) {
    return {
      code: 'CC2017',
      says: `${data.form} is signed by the ${signers.join(' or ')}, not by ${data.by}.`,
    };
  }
  return notInFuture('signedOn', data.signedOn, border);
}

function mayRequest({ actor, type }: PlanEvent): Rejection | undefined {
  const isClinical = actor.roles.some((role) => !PATIENT_ROLES.includes(role) && role !== SERVICE);
  return isClinical
    ? undefined
    : {
        code: 'CC2018',
        says: `${type} is a request of the clinic's staff; ${actor.id} is ${actor.roles.join(', ')}.`,
      };
}
