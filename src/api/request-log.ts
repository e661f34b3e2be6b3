import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../core/model/actor.schema.ts';

/** What the log line of a request says beside its address: never a body, a name or a patient. */
export interface Noted {
  plan?: string;
  type?: string;
  outcome?: string;
  code?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    noted: Noted;
    /** Set by the sign-in of every address under /v1 that needs one. */
    actor: Actor | undefined;
  }
}

/** One line a request, with the address's pattern instead of the address: a query can hold anything. */
export function logRequests(app: FastifyInstance): void {
  app.decorateRequest('actor', undefined);
  app.decorateRequest('noted');
  app.addHook('onRequest', async (request) => {
    request.noted = {};
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const line = {
      method,
      url: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...request.noted,
    };
    const isProbe = PROBES.has(request.routeOptions.url ?? '');
    request.log[isProbe ? 'debug' : 'info'](line, 'request');
  });
}

const PROBES = new Set(['/livez', '/readyz']);

export function noteEvent(request: FastifyRequest, noted: Noted): void {
  Object.assign(request.noted, noted);
}
