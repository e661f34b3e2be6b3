import { z } from 'zod';
import { type Actor, systemActor } from '../src/core/model/actor.schema.ts';
import { FactEvent, type PlanEvent, SentEvent } from '../src/core/model/event.schema.ts';
import { LIMITS } from '../src/core/model/limits.ts';
import type { Instant } from '../src/core/model/primitives.schema.ts';
import type { Clinic } from '../src/core/pathway/clinic.schema.ts';
import { SERVICE } from '../src/core/pathway/roles.ts';
import type { PlanKey } from '../src/core/plan/outcome.schema.ts';
import { wakeEvent } from '../src/core/plan/step.ts';
import type { InboxItem } from '../workflows/messages.ts';

/** Tells who sent an event, or that nobody whom we believe did. */
export interface EventVerifier {
  verify(key: PlanKey, event: SentEvent, token: string): Promise<Actor | undefined>;
}

export interface Border {
  readonly key: PlanKey;
  readonly sequence: number;
  /** Undefined before the first step: then only the API is believed. */
  readonly clinic: Clinic | undefined;
  readonly verifier: EventVerifier;
  readonly now: Instant;
}

/**
 * Makes an event of what lies in the inbox. A signal is believed to state facts from a source registered for that
 * type; requests, consents and signatures need the API's token. What is not believed, or cannot be read, becomes an
 * event of its own, so that it is journalled and a person hears of it.
 */
export async function receive(item: InboxItem, border: Border): Promise<PlanEvent> {
  switch (item.kind) {
    case 'wake':
      return wakeEvent(border.key.clinic, item.generation);
    case 'effect failed':
      return internal(border, {
        id: `effect-failed-${item.effect.id.replaceAll('/', '-')}`,
        type: 'effect.failed',
        data: { effect: item.effect.id, kind: item.effect.kind, detail: item.detail },
      });
    case 'unknown signal':
      return refusal(border, 'CC2022', item.name, 'Plans take no signal of this name.');
    case 'signal':
      return receiveSignal(item.body, border);
  }
}

async function receiveSignal(body: unknown, border: Border): Promise<PlanEvent> {
  const message = openEnvelope(body);
  if ('problem' in message) return refusal(border, 'CC2022', 'event', message.problem);
  if (isHint(message.event)) return lookAgain(border);
  const sent = SentEvent.safeParse(message.event);
  if (!sent.success) {
    const detail = sent.error.issues
      .map(({ path, message: says }) => `${path.join('.')}: ${says}`)
      .join('; ');
    return refusal(border, 'CC2022', 'event', detail);
  }
  const event = sent.data;
  if (typeof message.token === 'string') {
    const actor = await border.verifier.verify(border.key, event, message.token);
    if (actor) return { ...event, actor };
    return refusal(
      border,
      'CC2021',
      'event',
      `${event.type} from ${event.source} bears a token that is not the API's.`,
    );
  }
  const registered = border.clinic?.sources.find(({ source }) => source === event.source);
  const isFact = FactEvent.safeParse(event).success;
  if (isFact && registered?.states.includes(event.type)) {
    return { ...event, actor: { id: event.source, roles: [SERVICE], clinic: border.key.clinic } };
  }
  return refusal(border, 'CC2021', 'event', `${event.source} may not send ${event.type} without the API.`);
}

function openEnvelope(body: unknown): { event: unknown; token?: unknown } | { problem: string } {
  if (typeof body !== 'object' || body === null) return { problem: 'The signal carries no object.' };
  if ('undecodable' in body) return { problem: `The payload cannot be read: ${String(body.undecodable)}.` };
  if (!('event' in body)) return { problem: 'The signal carries no event.' };
  const text = JSON.stringify(body);
  if (Buffer.byteLength(text) > LIMITS.eventBytes)
    return { problem: `The event is over ${LIMITS.eventBytes} bytes.` };
  return 'token' in body ? { event: body.event, token: body.token } : { event: body.event };
}

/** What one plan tells another: no more than that it should look. What the other did is read where it stands. */
export const LOOK_AGAIN = { event: { type: 'otherPlans.changed' } } as const;

const Hint = z.strictObject({ type: z.literal(LOOK_AGAIN.event.type) });
const isHint = (event: unknown): boolean => Hint.safeParse(event).success;

/** Whoever sends it states nothing: nobody has to be believed. */
const lookAgain = (border: Border): PlanEvent =>
  internal(border, { id: `other-plans-${border.sequence}`, type: LOOK_AGAIN.event.type, data: {} });

/** The place in the plan's sequence makes the id: when the step is run again, it is the same event. */
export function refusal(
  border: Pick<Border, 'key' | 'sequence'>,
  code: string,
  signal: string,
  detail: string,
): PlanEvent {
  return internal(border, {
    id: `message-${border.sequence}`,
    type: 'message.refused',
    data: { code, signal: printable(signal, 100), detail: printable(detail, 500) },
  });
}

const printable = (text: string, most: number): string =>
  text.slice(0, most).replace(/[\p{Cc}\p{Cs}]/gu, '?');

function internal<T extends object>({ key }: Pick<Border, 'key'>, event: T) {
  return { ...event, source: 'carechart:plan', actor: systemActor(key.clinic) };
}
