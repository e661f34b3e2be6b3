import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CODES, isCode } from '../../core/model/codes.ts';
import type { ApiPorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { problems } from '../problem-responses.ts';

export const Alive = z.strictObject({ status: z.literal('alive') });
export const Ready = z.strictObject({
  status: z.literal('ready'),
  checks: z.strictObject({ postgresql: z.literal('here'), temporal: z.literal('here') }),
});

const CHECK_MS = 3_000;

export function addHealthRoutes(root: FastifyInstance, { database, client }: ApiPorts): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const open = { tags: ['health'], security: [] };
  const alive = { ...open, summary: 'The process answers', response: { 200: Alive } };
  app.get('/livez', { schema: alive }, async () => ({ status: 'alive' as const }));

  const response = { 200: Ready, ...problems('CC5001', 'CC5002') };
  const ready = { ...open, summary: 'PostgreSQL and Temporal answer', response };
  app.get('/readyz', { schema: ready }, async () => {
    const [postgresql, temporal] = await Promise.all([check(database.ping()), check(client.ping())]);
    if (postgresql === 'here' && temporal === 'here') {
      return { status: 'ready' as const, checks: { postgresql, temporal } };
    }
    const away = [
      ...(postgresql === 'away' ? ['PostgreSQL'] : []),
      ...(temporal === 'away' ? ['Temporal'] : []),
    ];
    const detail = `${away.join(' and ')} ${away.length === 1 ? 'is' : 'are'} away.`;
    const remedy = 'Plans go on by themselves once it is back; nothing that was answered is lost.';
    throw new ProblemError(postgresql === 'away' ? 'CC5002' : 'CC5001', {
      detail,
      remedy,
      checks: { postgresql, temporal },
    });
  });
}

async function check(ping: Promise<void>): Promise<'here' | 'away'> {
  const late = new Promise<'away'>((resolve) => setTimeout(resolve, CHECK_MS, 'away').unref());
  return Promise.race([
    ping.then(
      () => 'here' as const,
      () => 'away' as const,
    ),
    late,
  ]);
}

const CodeView = z.strictObject({
  code: z.string(),
  status: z.int(),
  summary: z.string(),
  remedy: z.string(),
});

/** Where the `type` of every problem leads. */
export function addCodeRoute(root: FastifyInstance): void {
  root.withTypeProvider<ZodTypeProvider>().get(
    '/errors/:code',
    {
      schema: {
        tags: ['errors'],
        security: [],
        summary: 'What a code means, and what to do about it',
        params: z.strictObject({ code: z.string().max(20) }),
        response: { 200: CodeView, ...problems('CC2008') },
      },
    },
    async ({ params: { code } }) => {
      if (!isCode(code)) throw new ProblemError('CC2008', { detail: 'There is no such code.' });
      const { status, summary, remedy } = CODES[code];
      return { code, status, summary, remedy };
    },
  );
}
