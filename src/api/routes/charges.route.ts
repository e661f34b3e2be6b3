import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { fromStore } from '../../store/outage.ts';
import { AskedChargeList, askedView } from '../charge-view.ts';
import type { ApiPorts } from '../ports.ts';
import { problems, READING } from '../problem-responses.ts';
import { assertReadsAll } from '../reading.ts';
import { actorOf } from '../sign-in.ts';

/** What the payment service reads, page by page, and answers to each plan by `payment.settled` or `payment.failed`. */
export function addChargeRoutes(scope: FastifyInstance, { charges }: ApiPorts): void {
  const query = z.strictObject({
    after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  });
  scope.withTypeProvider<ZodTypeProvider>().get(
    '/charges',
    {
      schema: {
        summary:
          'What is to be collected, and what is to be given back, in the order in which it was asked for',
        tags: ['charges'],
        querystring: query,
        response: { 200: AskedChargeList, ...problems(...READING, 'CC2003', 'CC2018') },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      assertReadsAll(actor);
      const { after, limit } = request.query;
      const rows = await fromStore(charges.after(actor.clinic, { after, limit: limit + 1 }));
      const items = rows.slice(0, limit).map(askedView);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, ...(last ? { next: last.number } : {}) };
    },
  );
}
