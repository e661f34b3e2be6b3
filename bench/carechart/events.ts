import type { Actor } from '../../src/core/model/actor.schema.ts';
import type { PathwayReference, SentEvent } from '../../src/core/model/event.schema.ts';
import type { FactDefinition } from '../../src/core/pathway/facts.schema.ts';
import { CLINIC, daysBefore, healthyValue, ruleFacts } from './pathway.ts';

/** Who sends everything: staff, so that requests are taken too. */
export const ACTOR: Actor = { id: 'ana', roles: ['coordinator', 'nurse'], clinic: CLINIC };

const SOURCE = 'bench';
let made = 0;

export function eventOf<T extends SentEvent['type']>(
  type: T,
  data: Extract<SentEvent, { type: T }>['data'],
): SentEvent {
  made += 1;
  return { id: `e${process.pid}-${made}`, source: SOURCE, type, data } as SentEvent;
}

export const startEvent = (planId: string, pathway: PathwayReference): SentEvent =>
  eventOf('startPlan', { planId, patient: `patient-${planId}`, pathway });

const observe = (facts: readonly FactDefinition[]): SentEvent =>
  eventOf('observation.recorded', {
    observations: facts.map((definition) => ({
      fact: definition.fact,
      value: healthyValue(definition),
      ...('unit' in definition.is ? { unit: definition.is.unit } : {}),
    })),
  });

/** Every fact that the rules ask for, and as many again as make a state of about 10 KB. */
export const historyEvents = (): SentEvent[] => [observe(ruleFacts), observe(ruleFacts.slice(0, 24))];

/** The event of every timed loop: one laboratory value, which changes no verdict. */
export const oneObservation = (number = 0): SentEvent => observe([ruleFacts[number % ruleFacts.length]!]);

const bloodThinner = (value: string): SentEvent =>
  eventOf('observation.recorded', { observations: [{ fact: 'bloodThinner', value }] });

const today = (): string => daysBefore(new Date().toISOString().slice(0, 10), 1);

/** Makes a plan that has its history ready for its procedure. */
export const toTheGate = (): SentEvent[] => [
  eventOf('task.completed', { task: 'consultation/history' }),
  eventOf('consent.recorded', { form: 'mole-excision-consent', by: 'patient', signedOn: today() }),
];

export const startProcedure = (): SentEvent => eventOf('startProcedure', { stage: 'excision' });

/** The 59 events of one patient's year that follow the start; a request is refused once, a hold comes and goes. */
export function yearOfEvents(): SentEvent[] {
  const sick = eventOf('observation.recorded', {
    observations: [{ fact: 'level1', value: 95, unit: 'mg/dL' }],
  });
  const before = [
    observe(ruleFacts),
    bloodThinner('never'),
    sick,
    eventOf('task.completed', { task: 'consultation/history' }),
    startProcedure(),
    oneObservation(0),
    eventOf('consent.recorded', { form: 'mole-excision-consent', by: 'patient', signedOn: today() }),
    startProcedure(),
    eventOf('procedure.performed', { stage: 'excision', performedOn: today() }),
  ];
  const after = Array.from({ length: 59 - before.length - 1 }, (_, index) => oneObservation(index));
  return [...before, ...after, eventOf('task.completed', { task: 'excision.recovery/stitches' })];
}
