import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Id, Instant, Name } from '../../core/model/primitives.schema.ts';
import { SERVICE } from '../../core/pathway/roles.ts';
import type { LocalIssuer } from '../local-issuer.ts';
import type { ClinicFacts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { BODY, problems } from '../problem-responses.ts';

export const TokenRequest = z.strictObject({ person: Id, roles: z.array(Name).min(1).max(20) });
export const Token = z.strictObject({ token: z.string(), expiresAt: Instant });

/** The local issuer, for whoever sits at this machine. */
export function addTokenRoute(
  scope: FastifyInstance,
  { issuer, clinic }: { issuer: LocalIssuer; clinic: ClinicFacts },
): void {
  scope.withTypeProvider<ZodTypeProvider>().post(
    '/tokens',
    {
      schema: {
        summary: 'A token of the local issuer, for requests from this machine only',
        tags: ['sign-in'],
        security: [],
        body: TokenRequest,
        response: { 201: Token, ...problems(...BODY, 'CC2018', 'CC9002') },
      },
      onRequest: async (request) => assertLocal(request),
    },
    async (request, reply) => {
      const { person, roles } = request.body;
      assertRoles(roles, clinic);
      return reply.code(201).send(await issuer.issue({ id: person, roles }));
    },
  );
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOCAL_NAMES = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** A name that a web page made to point here, or a proxy on this machine, is not somebody sitting at it. */
function assertLocal({ ip, hostname, headers }: FastifyRequest): void {
  const isForwarded = 'x-forwarded-for' in headers || 'forwarded' in headers;
  if (LOOPBACK.test(ip) && LOCAL_NAMES.test(hostname) && !isForwarded) return;
  throw new ProblemError('CC2018', { detail: 'The local issuer serves requests from this machine only.' });
}

function assertRoles(roles: readonly string[], clinic: ClinicFacts): void {
  const known = [...clinic.roles, SERVICE];
  const unknown = roles.find((role) => !known.includes(role));
  const says =
    unknown !== undefined
      ? `the clinic has no role ${unknown}; it has: ${known.join(', ')}`
      : roles.includes(SERVICE) && roles.length > 1
        ? 'a service has the one role `service`'
        : undefined;
  if (says !== undefined) {
    throw new ProblemError('CC2003', { detail: `roles: ${says}`, fields: [{ field: 'roles', says }] });
  }
}
