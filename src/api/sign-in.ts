import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../core/model/actor.schema.ts';
import type { SignIn } from './ports.ts';
import { ProblemError } from './problem.ts';

const BEARER = /^Bearer ([\w.~+/=-]+)$/i;

/** Nothing in this scope is reached, no body is even read, without a known actor. */
export function requireSignIn(scope: FastifyInstance, signIn: SignIn): void {
  scope.addHook('onRequest', async (request) => {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new ProblemError('CC2019', { detail: 'The request bears no token.' });
    request.actor = await signIn.verify(token);
    if (!request.actor)
      throw new ProblemError('CC2019', { detail: 'The token is not valid, or has expired.' });
  });
}

export function actorOf({ actor }: FastifyRequest): Actor {
  if (!actor) throw new ProblemError('CC2019');
  return actor;
}
