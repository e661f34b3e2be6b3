import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { fromStore } from '../../store/outage.ts';
import { PathwayList } from '../plan-view.schema.ts';
import type { ApiPorts } from '../ports.ts';
import { problems, READING } from '../problem-responses.ts';
import { actorOf } from '../sign-in.ts';

export function addPathwayRoutes(scope: FastifyInstance, { definitions }: ApiPorts): void {
  scope.withTypeProvider<ZodTypeProvider>().get(
    '/pathways',
    {
      schema: {
        summary: 'The newest published version of each pathway',
        tags: ['pathways'],
        response: { 200: PathwayList, ...problems(...READING) },
      },
    },
    async (request) => ({ items: await fromStore(definitions.list(actorOf(request).clinic)) }),
  );
}
