import { callerOf, observed, until } from './caller.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ answerWithinMs: 120 });
});
afterEach(() => world.api.close());

const smoker = { id: 'e-1', source: 'lab', type: 'observation.recorded', data: observed('smoker', true) };

describe('while no worker answers', () => {
  test('an event is safe: 202, with where to ask', async () => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    world.worker = 'away';
    const answer = await caller.post('/v1/plans/plan-1/events', smoker);
    const ask = '/v1/plans/plan-1/events/lab/e-1';
    expect(answer.status).toBe(202);
    expect(answer.headers.location).toBe(ask);
    expect(answer.body).toMatchObject({
      outcome: 'pending',
      planId: 'plan-1',
      source: 'lab',
      id: 'e-1',
      ask,
    });
    expect(answer.body.says).toContain('safe');
    expect((await caller.get(ask)).body.code).toBe('CC2023');
    await world.drain();
    expect((await caller.get(ask)).body).toMatchObject({ answer: { outcome: 'accepted' }, sequence: 2 });
    expect((await caller.post('/v1/plans/plan-1/events', smoker)).headers['idempotency-replayed']).toBe(
      'true',
    );
  });

  test('a start is safe too', async () => {
    const caller = await callerOf(world);
    world.worker = 'away';
    const answer = await caller.start('plan-1');
    expect(answer.status).toBe(202);
    expect(answer.headers.location).toBe('/v1/plans/plan-1/events/carechart:api/start');
    world.worker = 'here';
    await world.drain();
    expect((await caller.get(String(answer.headers.location))).body).toMatchObject({ sequence: 1 });
    expect((await caller.start('plan-1')).status).toBe(201);
  });

  test('an event may follow a start that is still on its way', async () => {
    const caller = await callerOf(world);
    world.worker = 'away';
    await caller.start('plan-1');
    expect((await caller.post('/v1/plans/plan-1/events', smoker)).status).toBe(202);
    expect((await caller.post('/v1/plans/plan-2/events', smoker)).body.code).toBe('CC4001');
    await world.drain();
    expect(world.plans.get('northside/plan-1')?.last.state.sequence).toBe(2);
  });

  test('an answer that comes in time is given at once, by its notification', async () => {
    await world.api.close();
    world = await createWorld({ answerWithinMs: 5_000 });
    const caller = await callerOf(world);
    await caller.start('plan-1');
    world.worker = 'away';
    const waiting = caller.post('/v1/plans/plan-1/events', smoker);
    await until(() => world.signals >= 2);
    const before = world.looks;
    await world.drain();
    expect((await waiting).status).toBe(200);
    expect(world.looks - before).toBe(1);
  });
});

describe('while Temporal is away', () => {
  test.each([
    [
      'an event',
      (caller: Awaited<ReturnType<typeof callerOf>>) => caller.post('/v1/plans/plan-1/events', smoker),
    ],
    ['a start', (caller: Awaited<ReturnType<typeof callerOf>>) => caller.start('plan-2')],
  ])('%s is refused with 503, and the same id is safe to send again', async (_title, send) => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    world.temporal = 'away';
    const answer = await send(caller);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).toMatchObject({ code: 'CC5001', detail: 'Temporal is away.' });
    expect(answer.body.remedy).toContain('same id');
    expect(JSON.stringify(answer.body)).not.toContain('7233');
    world.temporal = 'here';
    expect((await send(caller)).status).toBeLessThan(300);
  });

  test('what is known already is answered all the same, and plans are read', async () => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    await caller.post('/v1/plans/plan-1/events', smoker);
    world.temporal = 'away';
    expect((await caller.post('/v1/plans/plan-1/events', smoker)).status).toBe(200);
    expect((await caller.get('/v1/plans/plan-1')).status).toBe(200);
  });
});

describe('while PostgreSQL is away', () => {
  test('before the event has left: 503, and nothing is signalled', async () => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    world.postgres = 'away';
    const answer = await caller.post('/v1/plans/plan-1/events', smoker);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body.code).toBe('CC5002');
    expect(world.signals).toBe(1);
  });

  test('after the event has left: 202, for it is safe', async () => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    world.onSignal = () => {
      world.postgres = 'away';
    };
    const answer = await caller.post('/v1/plans/plan-1/events', smoker);
    expect(answer.status).toBe(202);
    world.postgres = 'here';
    expect((await caller.get(String(answer.headers.location))).status).toBe(200);
  });

  test('after a start has left: 202, for it is safe', async () => {
    const caller = await callerOf(world);
    world.onSignal = () => {
      world.postgres = 'away';
    };
    expect((await caller.start('plan-1')).status).toBe(202);
  });

  test('for a moment only: the answer comes all the same', async () => {
    await world.api.close();
    world = await createWorld({ answerWithinMs: 3_000 });
    const caller = await callerOf(world);
    await caller.start('plan-1');
    world.onSignal = () => {
      world.postgres = 'away';
      setTimeout(() => {
        world.postgres = 'here';
      }, 50);
    };
    expect((await caller.post('/v1/plans/plan-1/events', smoker)).status).toBe(200);
  });

  test.each(['/v1/plans', '/v1/plans/plan-1', '/v1/plans/plan-1/journal', '/v1/pathways'])(
    '%s is a 503',
    async (url) => {
      const caller = await callerOf(world);
      world.postgres = 'away';
      const answer = await caller.get(url);
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
    },
  );
});

describe('health', () => {
  test.each<['here' | 'away', 'here' | 'away', number, string | undefined]>([
    ['here', 'here', 200, undefined],
    ['away', 'here', 503, 'PostgreSQL is away.'],
    ['here', 'away', 503, 'Temporal is away.'],
    ['away', 'away', 503, 'PostgreSQL and Temporal are away.'],
  ])('PostgreSQL %s, Temporal %s: %i', async (postgresql, temporal, status, detail) => {
    world.postgres = postgresql;
    world.temporal = temporal;
    const ready = await world.api.inject('/readyz');
    expect(ready.statusCode).toBe(status);
    expect(ready.json().checks).toEqual({ postgresql, temporal });
    expect(ready.json().detail).toBe(detail);
    expect((await world.api.inject('/livez')).json()).toEqual({ status: 'alive' });
  });
});

test('an event that Carechart failed on is told so, and the plan goes on', async () => {
  const caller = await callerOf(world);
  await caller.start('plan-1');
  world.worker = 'failing';
  const answer = await caller.post('/v1/plans/plan-1/events', smoker);
  expect(answer.status).toBe(500);
  expect(answer.body).toMatchObject({ code: 'CC9001', outcome: 'quarantined', sequence: 2 });
  world.worker = 'here';
  expect((await caller.event('plan-1', 'observation.recorded', observed('smoker', false))).status).toBe(200);
});
