import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Name } from '../../core/model/primitives.schema.ts';
import { fromStore } from '../../store/outage.ts';
import { PathwayList, VersionList } from '../plan-view.schema.ts';
import type { ApiPorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { problems, READING } from '../problem-responses.ts';
import { actorOf } from '../sign-in.ts';

export function addPathwayRoutes(scope: FastifyInstance, { definitions, now }: ApiPorts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/pathways',
    {
      schema: {
        summary: 'The newest published version of each pathway',
        tags: ['pathways'],
        response: { 200: PathwayList, ...problems(...READING) },
      },
    },
    async (request) => ({ items: await fromStore(definitions.list(actorOf(request).clinic, now())) }),
  );
  app.get(
    '/pathways/:pathway/versions',
    {
      schema: {
        summary: 'Every published version of a pathway, the newest first: what its running plans may adopt',
        tags: ['pathways'],
        params: z.strictObject({ pathway: Name }),
        response: { 200: VersionList, ...problems(...READING, 'CC4003') },
      },
    },
    async (request) => {
      const { pathway } = request.params;
      const items = await fromStore(definitions.versions(actorOf(request).clinic, pathway));
      if (items.length === 0)
        throw new ProblemError('CC4003', { detail: `No pathway ${pathway} is published.` });
      return { items };
    },
  );
}
