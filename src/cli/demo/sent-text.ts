import type { FactValue, PlanEvent, SentObservation } from '../../core/model/event.schema.ts';
import { summaryOf } from '../../core/model/event-summary.ts';
import type { Pathway } from '../../core/pathway/pathway.ts';
import type { PlanState } from '../../core/plan/plan-state.schema.ts';
import { valueText } from '../reason-text.ts';
import { dayText } from '../text.ts';

/** What the words are taken from: titles, and the plan as the event met it. */
export interface Before {
  readonly pathway: Pathway;
  readonly state: PlanState;
}

/** Who it is from: of a decision, whose voice it is, whoever writes it down. */
export const senderOf = (event: PlanEvent): string =>
  (event.type === 'decide' ? event.data.role : undefined) ?? event.actor.roles.join(', ');

/** What somebody sent, as a verb and its object. */
export function sentText(event: PlanEvent, { pathway, state }: Before): string {
  const titleOf = (stage: string): string => pathway.stage(stage)?.title ?? stage;
  switch (event.type) {
    case 'observation.recorded':
      return `states ${event.data.observations.map((one) => observationText(one, pathway)).join('; ')}`;
    case 'task.completed':
      return `has done: ${state.tasks[event.data.task]?.title ?? event.data.task}`;
    case 'decide': {
      const { question, outcome } = event.data;
      return `answers: ${state.questions[question]?.title ?? question}: ${outcome}`;
    }
    case 'consent.recorded':
      return `files the ${event.data.form}, signed by the ${event.data.by}`;
    case 'bookAppointment':
      return `books ${quoted(titleOf(event.data.stage))} for ${dayText(event.data.on)}`;
    case 'startPrep':
      return `asks to prepare ${quoted(titleOf(event.data.stage))}`;
    case 'startProcedure':
      return `asks to start ${quoted(titleOf(event.data.stage))}`;
    case 'procedure.performed':
      return `reports as done: ${titleOf(event.data.stage)}`;
    case 'grantOverride':
      return `sets a rule aside: ${event.data.rule}, for ${event.data.reason}`;
    case 'countersignOverride':
      return 'signs as the second';
    case 'leaveCourse':
      return `leaves the course, for ${event.data.exit}: ${event.data.reason}`;
    case 'cancelPlan':
      return `ends the plan: ${event.data.reason}`;
    default:
      return summaryOf(event);
  }
}

const quoted = (title: string): string => `“${title}”`;

function observationText({ fact, area, value, unit, from }: SentObservation, pathway: Pathway): string {
  const title = pathway.fact(fact)?.title ?? fact;
  const what = area === undefined ? title : `${title}, ${area}`;
  return `${what}: ${spokenValue(value, unit)}${from === 'laboratory' ? ' (laboratory)' : ''}`;
}

const IS_DAY = /^\d{4}-\d\d-\d\d$/;

function spokenValue(value: FactValue, unit: string | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' && IS_DAY.test(value)) return dayText(value);
  return valueText(value, unit);
}
