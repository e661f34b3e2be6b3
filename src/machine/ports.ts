import { connect, createServer } from 'node:net';
import { reasonOf } from './reasons.ts';

/** @returns the port that was bound and let go again; undefined when it cannot be had */
function tryBind(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => resolve(bound));
    });
  });
}

export const isPortFree = async (port: number): Promise<boolean> => (await tryBind(port)) !== undefined;

/** The first of `wished` that is free on 127.0.0.1, or else any free port. */
export async function choosePort(wished: readonly number[]): Promise<number> {
  for (const port of [...wished, 0]) {
    const bound = await tryBind(port);
    if (bound !== undefined) return bound;
  }
  throw new Error('no free port on 127.0.0.1');
}

/** @returns undefined when something accepts a connection there, or else the reason in the system's words */
export function whyUnreachable(host: string, port: number, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const answer = (reason: string | undefined) => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(timeoutMs, () => answer(`no answer within ${timeoutMs / 1000} s`));
    socket.once('connect', () => answer(undefined));
    socket.once('error', (error) => answer(reasonOf(error)));
  });
}
