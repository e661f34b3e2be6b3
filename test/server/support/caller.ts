import { setTimeout as pause } from 'node:timers/promises';
import type { System } from './system.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface Sent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly data: unknown;
}

/** Somebody of the clinic who calls the API as a program would: tries again after 503 and lost connections. */
export class Caller {
  readonly #system: System;
  readonly #token: string;

  private constructor(system: System, token: string) {
    this.#system = system;
    this.#token = token;
  }

  static async as(system: System, role = 'coordinator'): Promise<Caller> {
    const response = await fetch(`${system.url}/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: `test-${role}`, roles: [role] }),
    });
    const { token } = (await response.json()) as { token: string };
    return new Caller(system, token);
  }

  async call(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${this.#system.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  }

  async startPlan(planId: string, pathway = 'mole-removal'): Promise<Reply> {
    const reply = await this.#insist(() =>
      this.call('POST', '/v1/plans', { planId, patient: `patient-of-${planId}`, pathway: { id: pathway } }),
    );
    if (reply.status !== 201 && reply.status !== 202) throw new Error(JSON.stringify(reply.body));
    return reply;
  }

  /** Sends until it is acknowledged: an answer, or 202 (the event is safe). */
  send(planId: string, event: Sent): Promise<Reply> {
    return this.#insist(() => this.call('POST', `/v1/plans/${planId}/events`, event));
  }

  sendOnce(planId: string, event: Sent): Promise<Reply> {
    return this.call('POST', `/v1/plans/${planId}/events`, event);
  }

  async #insist(attempt: () => Promise<Reply>): Promise<Reply> {
    const until = Date.now() + 240_000;
    for (;;) {
      const reply = await attempt().catch(() => undefined);
      if (reply && reply.status !== 503 && reply.status !== 500) return reply;
      if (Date.now() > until) throw new Error(`no acknowledgement: ${JSON.stringify(reply)}`);
      await pause(250);
    }
  }
}

export const observation = (id: string, value: string, source = 'test'): Sent => ({
  id,
  source,
  type: 'observation.recorded',
  data: { observations: [{ fact: 'bloodThinner', value }] },
});

/** Waits for what must come true; tells what was there instead. */
export async function eventually<T>(
  look: () => Promise<T | undefined | false>,
  withinMs: number,
  what: string,
): Promise<T> {
  const until = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      last = found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > until) throw new Error(`not within ${withinMs} ms: ${what} (${last})`);
    await pause(200);
  }
}
