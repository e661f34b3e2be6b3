import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { createLocalIssuer } from '../../src/api/local-issuer.ts';
import type { PathwayReference, SentEvent } from '../../src/core/model/event.schema.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { choosePort } from '../../src/machine/ports.ts';
import { type BenchWorker, startChild } from '../child.ts';
import type { System } from '../system.ts';
import { ACTOR } from './events.ts';
import { CLINIC } from './pathway.ts';
import { runConfig } from './run-config.ts';

/** A client of Carechart's API, and the API itself in a process of its own. */
export interface Caller {
  readonly api: BenchWorker;
  start(planId: string, pathway: PathwayReference): Promise<void>;
  /** Until the answer is there; what the API asks to be sent again or asked for later is. */
  send(planId: string, event: SentEvent): Promise<void>;
  close(): Promise<void>;
}

const Said = z.object({ outcome: z.string().optional(), ask: z.string().optional() });

export async function httpCaller(system: System, taskQueue: string): Promise<Caller> {
  const { servers } = system;
  const port = await choosePort([]);
  const config = runConfig(servers, taskQueue, port);
  const api = await startChild(new URL('./carechart-api.js', import.meta.url), config, {
    logPath: system.logPath(`${taskQueue}-api`),
  });
  const issuer = await createLocalIssuer({
    keys: servers.secrets.issuer,
    clinic: CLINIC,
    now: systemClock.now,
  });
  const { token } = await issuer.issue(ACTOR);
  const agent = new Agent({ keepAlive: true, maxSockets: 400 });

  const call = (method: 'GET' | 'POST', path: string, body: unknown) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${token}`,
        ...(text === ''
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      };
      const sent = request({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          answer += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: answer }));
      });
      sent.on('error', reject);
      sent.end(text);
    });

  const answered = async (path: string, body: unknown): Promise<void> => {
    let reply = await call('POST', path, body);
    while (reply.status === 503) {
      await pause(100);
      reply = await call('POST', path, body);
    }
    const { ask } = reply.status === 202 ? Said.parse(JSON.parse(reply.text)) : {};
    while (ask !== undefined && reply.status !== 200) {
      await pause(100);
      reply = await call('GET', ask, undefined);
    }
    if (reply.status >= 300) throw new Error(`POST ${path} answered ${reply.status}: ${reply.text}`);
  };

  return {
    api,
    start: (planId, { id, digest }) =>
      answered('/v1/plans', { planId, patient: `patient-${planId}`, pathway: { id, digest } }),
    send: (planId, event) => answered(`/v1/plans/${planId}/events`, event),
    close: async () => {
      agent.destroy();
      await api.stop();
    },
  };
}
