import { bringToGate, callerOf, observed, until } from './caller.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.api.close());

const smoker = { id: 'e-1', source: 'lab', type: 'observation.recorded', data: observed('smoker', true) };

describe('an event sent again', () => {
  test('gets the first answer, word for word, and says that it is a replay', async () => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    const first = await caller.post('/v1/plans/plan-1/events', smoker);
    await caller.event('plan-1', 'task.completed', { task: 'consultation/history' });
    const again = await caller.post('/v1/plans/plan-1/events', smoker);
    expect(first.status).toBe(200);
    expect(first.body).toEqual({
      outcome: 'accepted',
      phase: 'consultation',
      says: 'The plan is in consultation.',
      sequence: 2,
    });
    expect(again.body).toEqual(first.body);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  test('is the same whatever the order of its keys, and however its times are written', async () => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    const { id, source, type, data } = smoker;
    await caller.post('/v1/plans/plan-1/events', { ...smoker, time: '2026-03-02T13:00:00Z' });
    const again = await caller.post('/v1/plans/plan-1/events', {
      data,
      time: '2026-03-02T08:00:00.000-05:00',
      type,
      source,
      id,
    });
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  test('gets the first refusal, though the gate would open now', async () => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    const request = { id: 'r-1', source: 'cli', type: 'startProcedure', data: { stage: 'excision' } };
    const first = await caller.post('/v1/plans/plan-1/events', request);
    await bringToGate(caller, 'plan-1');
    const again = await caller.post('/v1/plans/plan-1/events', request);
    expect(first.status).toBe(422);
    expect(again.status).toBe(422);
    expect({ ...again.body, instance: '' }).toEqual({ ...first.body, instance: '' });
    expect(again.headers['idempotency-replayed']).toBe('true');
    const other = await caller.post('/v1/plans/plan-1/events', { ...request, id: 'r-2' });
    expect(other.status).toBe(200);
  });

  test('with another body is a 409, and changes nothing', async () => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    await caller.post('/v1/plans/plan-1/events', smoker);
    const before = world.plans.get('northside/plan-1')?.last.state;
    const other = await caller.post('/v1/plans/plan-1/events', {
      ...smoker,
      data: observed('smoker', false),
    });
    expect(other.status).toBe(409);
    expect(other.body.code).toBe('CC2020');
    expect(world.plans.get('northside/plan-1')?.last.state).toBe(before);
  });

  test('under the same id of another source, or on another plan, is another event', async () => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    await caller.start('plan-2');
    await caller.post('/v1/plans/plan-1/events', smoker);
    const bySource = await caller.post('/v1/plans/plan-1/events', { ...smoker, source: 'clinic' });
    const byPlan = await caller.post('/v1/plans/plan-2/events', smoker);
    expect(bySource.headers['idempotency-replayed']).toBeUndefined();
    expect(byPlan.headers['idempotency-replayed']).toBeUndefined();
  });

  test('ten thousand times is one step with one answer', async () => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    const bodies = new Set<string>();
    for (let round = 0; round < 100; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => caller.post('/v1/plans/plan-1/events', smoker)),
      );
      for (const { status, body } of answers) bodies.add(`${status} ${JSON.stringify(body)}`);
    }
    expect(bodies.size).toBe(1);
    expect(world.plans.get('northside/plan-1')?.last.state.sequence).toBe(2);
    expect(world.plans.get('northside/plan-1')?.last.state.observations.smoker).toHaveLength(1);
  }, 120_000);

  test('is told apart by its body even where both are on their way at once', async () => {
    const caller = await callerOf(world);
    await caller.start('plan-1');
    world.worker = 'away';
    const one = caller.post('/v1/plans/plan-1/events', smoker);
    const two = caller.post('/v1/plans/plan-1/events', { ...smoker, data: observed('smoker', false) });
    await until(() => world.signals >= 3);
    await world.drain();
    const statuses = [(await one).status, (await two).status];
    expect(statuses.sort()).toEqual([200, 409]);
  });
});

describe('a start sent again', () => {
  const body = { planId: 'plan-1', patient: 'p-1', pathway: { id: 'mole-removal' } };

  test('gets the first answer, wherever the plan stands by now', async () => {
    const caller = await callerOf(world);
    const first = await caller.post('/v1/plans', body);
    await bringToGate(caller, 'plan-1');
    const again = await caller.post('/v1/plans', body);
    expect(first.status).toBe(201);
    expect(first.headers.location).toBe('/v1/plans/plan-1');
    expect(again.status).toBe(201);
    expect(again.body.answer).toEqual(first.body.answer);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(world.plans.size).toBe(1);
  });

  test('with its digest said is the same start', async () => {
    const caller = await callerOf(world);
    await caller.post('/v1/plans', body);
    const again = await caller.post('/v1/plans', {
      ...body,
      pathway: { id: 'mole-removal', digest: world.digest },
    });
    expect(again.status).toBe(201);
  });

  test.each<[string, object]>([
    ['for another patient', { patient: 'p-2' }],
    ['on another pathway', { pathway: { id: 'other' } }],
    ['on another version', { pathway: { id: 'mole-removal', digest: 'b'.repeat(64) } }],
    ['under another id', { id: 'second-start' }],
    ['from another source', { source: 'front-desk' }],
  ])('%s is a 409', async (_title, change) => {
    const caller = await callerOf(world);
    await caller.post('/v1/plans', body);
    const other = await caller.post('/v1/plans', { ...body, ...change });
    expect(other.status).toBe(409);
    expect(other.body.code).toBe('CC4002');
    expect(world.plans.size).toBe(1);
  });

  test('loses to another start that came first while both were on their way', async () => {
    await world.api.close();
    world = await createWorld({ answerWithinMs: 300 });
    const caller = await callerOf(world);
    world.worker = 'away';
    const one = caller.post('/v1/plans', body);
    await until(() => world.signals >= 1);
    const two = caller.post('/v1/plans', { ...body, patient: 'p-2', id: 'mine' });
    await until(() => world.signals >= 2);
    await world.drain();
    expect([(await one).status, (await two).status]).toEqual([201, 409]);
  });

  test('without a plan id makes one plan for one id, and a new plan without one', async () => {
    const caller = await callerOf(world);
    const { planId: _none, ...anonymous } = body;
    const named = { ...anonymous, id: 'referral-7', source: 'front-desk' };
    const first = await caller.post('/v1/plans', named);
    const again = await caller.post('/v1/plans', named);
    expect(again.body.planId).toBe(first.body.planId);
    await caller.post('/v1/plans', anonymous);
    await caller.post('/v1/plans', anonymous);
    expect(world.plans.size).toBe(3);
  });
});
