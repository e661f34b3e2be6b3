import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem.ts';

/** An address that is there for other methods says so. Call before the routes are added. */
export function answerUnknownAddresses(app: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const of = methods.get(url) ?? new Set();
    for (const one of [method].flat()) of.add(one);
    methods.set(url, of);
  });
  app.setNotFoundHandler(async (request) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = [...methods].filter(([pattern]) => matches(pattern, path)).flatMap(([, of]) => [...of]);
    if (allowed.length === 0) throw new ProblemError('CC2008');
    const allow = [...new Set(allowed)].sort().join(', ');
    throw new ProblemError('CC2007', { detail: `${request.method} is not one of ${allow}.` }, { allow });
  });
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const got = path.split('/');
  return (
    wanted.length === got.length &&
    wanted.every((part, index) => (part.startsWith(':') ? got[index] !== '' : part === got[index]))
  );
}
