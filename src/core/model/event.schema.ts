import { z } from 'zod';
import type { Actor } from './actor.schema.ts';
import { LIMITS } from './limits.ts';
import { Digest, Id, Instant, LocalDate, Name } from './primitives.schema.ts';

/** A fact's value as it is sent: a number, a date or `never`, a code, yes or no, or a list of codes. */
export const FactValue = z.union([
  z.number(),
  z.string().min(1).max(200),
  z.boolean(),
  z.array(z.string().min(1).max(200)).max(100),
]);
export type FactValue = z.infer<typeof FactValue>;

/** As little of a FHIR Observation as is needed. `observedAt` is when it was true, not when it was sent. */
export const SentObservation = z.strictObject({
  fact: Name,
  value: FactValue,
  unit: z.string().min(1).max(40).optional(),
  observedAt: Instant.optional(),
});
export type SentObservation = z.infer<typeof SentObservation>;

export const PathwayReference = z.strictObject({
  id: Name,
  version: z.string().min(1).max(40),
  digest: Digest,
});
export type PathwayReference = z.infer<typeof PathwayReference>;

const note = z.string().max(2_000).optional();

/**
 * One type of event in the envelope of CloudEvents: `id` is unique per plan and `source`; `time` is when the thing
 * happened (absent: when it reaches the plan).
 */
const event = <Type extends string, Body extends z.ZodType>(type: Type, data: Body) =>
  z.strictObject({ id: Id, source: Id, time: Instant.optional(), type: z.literal(type), data });

/** Nouns state facts: always accepted when they are well formed. */
const FACTS = [
  event(
    'observation.recorded',
    z.strictObject({ observations: z.array(SentObservation).min(1).max(LIMITS.observationsPerEvent) }),
  ),
  event('task.completed', z.strictObject({ task: z.string().min(1).max(200), note })),
  event('consent.recorded', z.strictObject({ form: Name, by: Name, signedOn: LocalDate })),
  event('consent.withdrawn', z.strictObject({ form: Name, note })),
  event('procedure.performed', z.strictObject({ stage: Name, performedOn: LocalDate, note })),
] as const;

/** Verbs are requests: they can be refused, with every reason and what would clear it. */
const REQUESTS = [
  event('startPlan', z.strictObject({ planId: Id, patient: Id, pathway: PathwayReference })),
  event('startProcedure', z.strictObject({ stage: Name })),
  event('cancelPlan', z.strictObject({ reason: z.string().min(1).max(2_000) })),
] as const;

/** Only the plan's own workflow sends these. */
const INTERNAL = [
  event('wake', z.strictObject({ generation: z.int() })),
  event('effect.failed', z.strictObject({ effect: z.string(), kind: z.string(), detail: z.string() })),
  event('message.refused', z.strictObject({ code: z.string(), signal: z.string(), detail: z.string() })),
] as const;

/** What a person or a service may send to a running plan. */
export const SentEvent = z.discriminatedUnion('type', [...FACTS, ...REQUESTS]);
export type SentEvent = z.infer<typeof SentEvent>;

/** What a service may state without the API's signature. */
export const FactEvent = z.discriminatedUnion('type', [...FACTS]);

const AnyEvent = z.discriminatedUnion('type', [...FACTS, ...REQUESTS, ...INTERNAL]);

/** An event as the core takes it: from a known actor. */
export type PlanEvent = z.infer<typeof AnyEvent> & { readonly actor: Actor };

export type PlanEventType = PlanEvent['type'];
export type EventOf<Type extends PlanEventType> = Extract<PlanEvent, { type: Type }>;
