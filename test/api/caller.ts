import type { World } from './world.ts';

/** Somebody with a token, as a test calls the API. */
export interface Caller {
  get(url: string): Promise<Answered>;
  post(url: string, payload: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** Sends a body as it stands. */
  postText(url: string, payload: string | Buffer, contentType?: string): Promise<Answered>;
  start(planId: string): Promise<Answered>;
  event(planId: string, type: string, data: unknown, more?: Record<string, unknown>): Promise<Answered>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: Record<string, unknown>;
}

let events = 0;

export async function callerOf(world: World, person = 'sam', ...roles: string[]): Promise<Caller> {
  const token = await world.tokenOf(person, ...(roles.length === 0 ? ['coordinator'] : roles));
  const authorization = `Bearer ${token}`;
  const call = async (
    method: 'GET' | 'POST',
    url: string,
    payload?: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Answered> => {
    const response = await world.api.inject({
      method,
      url,
      headers: { authorization, ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: response.statusCode, headers: response.headers, body: response.json() };
  };
  const json = { 'content-type': 'application/json' };
  const post: Caller['post'] = (url, payload, headers) =>
    call('POST', url, JSON.stringify(payload), { ...json, ...headers });
  return {
    get: (url) => call('GET', url),
    post,
    postText: (url, payload, contentType = 'application/json') =>
      call('POST', url, payload, contentType === '' ? {} : { 'content-type': contentType }),
    start: (planId) =>
      post('/v1/plans', { planId, patient: `patient-of-${planId}`, pathway: { id: 'mole-removal' } }),
    event: (planId, type, data, more = {}) => {
      events += 1;
      return post(`/v1/plans/${planId}/events`, {
        id: `event-${events}`,
        source: 'test',
        type,
        data,
        ...more,
      });
    },
  };
}

export const observed = (fact: string, value: unknown, more: Record<string, unknown> = {}) => ({
  observations: [{ fact, value, ...more }],
});

/** Leads a plan to the gate of the excision: history done, blood thinner never taken, consent signed. */
export async function bringToGate(caller: Caller, planId: string): Promise<void> {
  await caller.start(planId);
  await caller.event(planId, 'observation.recorded', observed('bloodThinner', 'never'));
  await caller.event(planId, 'consent.recorded', {
    form: 'mole-excision-consent',
    by: 'patient',
    signedOn: '2026-03-02',
  });
  await caller.event(planId, 'task.completed', { task: 'consultation/history' });
}

/** Gives way until something has happened; fails after two seconds of the wall clock. */
export async function until(hasHappened: () => boolean): Promise<void> {
  const end = performance.now() + 2_000;
  while (!hasHappened()) {
    if (performance.now() > end) throw new Error('it did not happen in two seconds');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
