import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CODES, type Code, isCode } from '../../core/model/codes.ts';
import { SentEvent } from '../../core/model/event.schema.ts';
import { Id } from '../../core/model/primitives.schema.ts';
import { fromStore } from '../../store/outage.ts';
import type { StoredAnswer } from '../../store/plans.ts';
import { type Delivery, deliver } from '../event-delivery.ts';
import { Accepted, KeptAnswer, Pending } from '../plan-view.schema.ts';
import type { ApiPorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { BODY, problems, READING } from '../problem-responses.ts';
import { mayRead } from '../reading.ts';
import { noteEvent } from '../request-log.ts';
import { actorOf } from '../sign-in.ts';

const TYPES: readonly string[] = SentEvent.options.map(({ shape }) => shape.type.value);

export function addEventRoutes(scope: FastifyInstance, ports: ApiPorts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>();
  app.post(
    '/plans/:planId/events',
    {
      schema: {
        summary: 'Send an event to a plan: a fact, or a request that can be refused',
        tags: ['events'],
        params: z.strictObject({ planId: Id }),
        body: SentEvent,
        response: {
          200: Accepted,
          202: Pending,
          ...problems(...READING, ...BODY, ...OF_EVENTS),
        },
      },
      preValidation: async ({ body }) => assertKnownType(body),
    },
    async (request, reply) => {
      const { planId } = request.params;
      const event = request.body;
      noteEvent(request, { plan: planId, type: event.type });
      const delivery = await deliver(ports, actorOf(request), planId, event);
      noteEvent(request, { outcome: delivery.stored?.answer.outcome ?? 'pending' });
      if (!delivery.stored) return reply.code(202).send(pending(reply, planId, event));
      return reply.code(200).send(acceptedOf(reply, { ...delivery, stored: delivery.stored }));
    },
  );
  app.get(
    '/plans/:planId/events/:source/:eventId',
    {
      schema: {
        summary: 'The answer that an event got',
        tags: ['events'],
        params: z.strictObject({ planId: Id, source: Id, eventId: Id }),
        response: { 200: KeptAnswer, ...problems(...READING, 'CC2023', 'CC4001') },
      },
    },
    async (request) => {
      const { planId, source, eventId } = request.params;
      const actor = actorOf(request);
      const key = { clinic: actor.clinic, planId };
      noteEvent(request, { plan: planId });
      const plan = await fromStore(ports.plans.read(key));
      if (plan && !mayRead(actor, plan.state)) throw new ProblemError('CC2023');
      const stored = await fromStore(ports.plans.answerTo(key, { source, id: eventId }));
      if (!stored) throw new ProblemError('CC2023');
      return { answer: stored.answer, sequence: stored.sequence };
    },
  );
}

/** Codes of sign-in and of messages past the API, which no event over HTTP gets. */
const NEVER_HERE: readonly string[] = ['CC2019', 'CC2021', 'CC2022', 'CC2023'];

/** Whatever the core refuses an event with, and what delivery adds. */
export const OF_EVENTS: readonly Code[] = [
  'CC2002',
  ...Object.keys(CODES)
    .filter(isCode)
    .filter((code) => code >= 'CC2010' && code < 'CC4000' && !NEVER_HERE.includes(code)),
  'CC4001',
  'CC4002',
  'CC4004',
  'CC5001',
  'CC9001',
];

function assertKnownType(body: unknown): void {
  if (typeof body !== 'object' || body === null || !('type' in body)) return;
  const { type } = body;
  if (typeof type !== 'string' || TYPES.includes(type)) return;
  throw new ProblemError('CC2002', { detail: `Send one of: ${TYPES.join(', ')}.` });
}

/** @throws ProblemError when the plan refused or rejected the event, or set it aside */
export function acceptedOf(reply: FastifyReply, delivery: Delivery & { stored: StoredAnswer }): Accepted {
  const { stored, isReplay } = delivery;
  const { answer, sequence } = stored;
  const headers: Record<string, string> = isReplay ? { 'idempotency-replayed': 'true' } : {};
  if (answer.outcome === 'accepted') {
    reply.headers(headers);
    return { ...answer, sequence };
  }
  const { outcome, says, code } = answer;
  const reasons = answer.outcome === 'refused' ? { reasons: answer.reasons } : {};
  throw new ProblemError(
    isCode(code) ? code : 'CC9002',
    { detail: says, outcome, sequence, ...reasons },
    headers,
  );
}

export function pending(
  reply: FastifyReply,
  planId: string,
  { source, id }: Pick<SentEvent, 'source' | 'id'>,
): Pending {
  const ask = `/v1/plans/${planId}/events/${source}/${id}`;
  reply.header('location', ask);
  const says =
    'The event is safe and will be applied; its answer is not there yet. Ask, or send the same again.';
  return { outcome: 'pending', planId, source, id, says, ask };
}
