import { bringToGate, type Caller, callerOf, observed } from './caller.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let caller: Caller;
beforeEach(async () => {
  world = await createWorld();
  caller = await callerOf(world);
});
afterEach(() => world.api.close());

test('a plan runs from consultation to its end, and can be read at every step', async () => {
  await bringToGate(caller, 'plan-1');
  expect((await caller.get('/v1/plans/plan-1/explanation')).body.gate).toMatchObject({
    stage: 'excision',
    isOpen: true,
    isReached: true,
    reasons: [],
  });
  expect(await caller.event('plan-1', 'startProcedure', { stage: 'excision' })).toMatchObject({
    status: 200,
    body: { outcome: 'accepted', phase: 'excision.procedure' },
  });
  await caller.event('plan-1', 'procedure.performed', { stage: 'excision', performedOn: '2026-03-02' });
  const { body } = await caller.get('/v1/plans/plan-1');
  expect(body).toMatchObject({
    planId: 'plan-1',
    patient: 'patient-of-plan-1',
    pathway: { id: 'mole-removal', version: '1.0.0', title: 'Removal of a mole' },
    status: 'active',
    phase: 'excision.recovery',
    timeZone: 'America/New_York',
    tasks: [
      { id: 'consultation/history', status: 'completed' },
      { id: 'excision.recovery/stitches', status: 'requested', dueAt: '2026-03-13T04:00:00.000Z' },
    ],
    waits: [{ id: 'task/excision.recovery/stitches', owner: 'nurse', rung: 0 }],
    consents: [{ form: 'mole-excision-consent', by: 'patient', signedOn: '2026-03-02' }],
    performed: [{ stage: 'excision', performedOn: '2026-03-02', deviation: false }],
    observations: [{ fact: 'bloodThinner', value: 'never', source: 'clinician' }],
    holds: [],
    escalation: 0,
  });
  expect((await caller.get('/v1/plans/plan-1/explanation')).body.gate).toBeUndefined();
  await caller.event('plan-1', 'task.completed', { task: 'excision.recovery/stitches' });
  expect((await caller.get('/v1/plans/plan-1')).body).toMatchObject({ status: 'completed', wakeAt: null });
});

test('a refusal gives every reason, the fact behind it, and what would clear it', async () => {
  await caller.start('plan-1');
  await caller.event('plan-1', 'observation.recorded', observed('bloodThinner', '2026-02-28'));
  await caller.event('plan-1', 'task.completed', { task: 'consultation/history' });
  const answer = await caller.event('plan-1', 'startProcedure', { stage: 'excision' });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({
    code: 'CC3001',
    outcome: 'refused',
    sequence: 4,
    reasons: [
      { invariant: 'S1', clears: [[{ kind: 'event', type: 'consent.recorded', role: 'patient' }]] },
      {
        invariant: 'S2',
        finding: {
          rule: 'blood-thinner',
          result: 'met',
          evidence: [{ fact: 'bloodThinner', value: '2026-02-28', source: 'clinician' }],
        },
        clears: [[{ kind: 'date', on: '2026-03-07' }], [{ kind: 'fact' }]],
      },
    ],
  });
  expect((await caller.get('/v1/plans/plan-1')).body).toMatchObject({
    status: 'on-hold',
    holds: [{ rule: 'blood-thinner', response: 'postponement', result: 'met', since: world.now }],
  });
});

test('a request in the wrong phase names the work that comes first', async () => {
  await caller.start('plan-1');
  const answer = await caller.event('plan-1', 'startProcedure', { stage: 'excision' });
  expect(answer.body).toMatchObject({
    code: 'CC3002',
    reasons: [{ invariant: 'phase', clears: [[{ type: 'task.completed', needs: 'consultation/history' }]] }],
  });
});

test('an unknown fact holds the gate, and the explanation says whom to ask', async () => {
  await caller.start('plan-1');
  const { body } = await caller.get('/v1/plans/plan-1/explanation');
  expect(body).toMatchObject({
    gate: {
      isOpen: false,
      isReached: false,
      before: [{ task: 'consultation/history', role: 'nurse' }],
      reasons: [{ invariant: 'S1' }, { invariant: 'S2', clears: [[{ kind: 'fact', role: 'nurse' }]] }],
    },
    findings: [{ rule: 'blood-thinner', result: 'unknown', stage: 'excision' }],
  });
});

test('a fact that has gone stale is shown, and said to be', async () => {
  await caller.start('plan-1');
  const more = { unit: 'Cel', observedAt: '2026-03-01T10:00:00Z' };
  await caller.event('plan-1', 'observation.recorded', observed('temperature', 37.1, more));
  expect((await caller.get('/v1/plans/plan-1')).body.observations).toEqual([
    {
      fact: 'temperature',
      title: 'Body temperature',
      flag: false,
      value: 37.1,
      unit: 'Cel',
      source: 'clinician',
      observedAt: '2026-03-01T10:00:00.000Z',
      events: [expect.stringMatching(/^test\/event-\d+$/)],
      cause: 'stale',
    },
  ]);
});

test('nobody sees the plans of another clinic, nor that there are any', async () => {
  await caller.start('plan-1');
  const south = { id: 'sam', roles: ['coordinator'], clinic: 'southside' };
  const spy = jest.spyOn(world.issuer, 'verify').mockResolvedValue(south);
  expect((await caller.get('/v1/plans')).body.items).toEqual([]);
  expect((await caller.get('/v1/pathways')).body.items).toEqual([]);
  expect((await caller.get('/v1/plans/plan-1')).body.code).toBe('CC4001');
  expect((await caller.get('/v1/plans/plan-1/journal')).body.code).toBe('CC4001');
  expect((await caller.event('plan-1', 'cancelPlan', { reason: 'a' })).body.code).toBe('CC4001');
  spy.mockRestore();
});

test('the worklist comes in pages, soonest due first, each plan once', async () => {
  for (let index = 0; index < 7; index += 1) {
    world.now = `2026-03-0${7 - index}T14:00:00.000Z`;
    caller = await callerOf(world);
    await caller.start(`plan-${index}`);
  }
  await caller.event('plan-6', 'cancelPlan', { reason: 'moved away' });
  const seen: string[] = [];
  let url = '/v1/plans?limit=3';
  for (let page = 0; page < 3; page += 1) {
    const { body } = await caller.get(url);
    const items = body.items as { planId: string }[];
    seen.push(...items.map(({ planId }) => planId));
    if (page < 2) expect(items).toHaveLength(3);
    else expect(body.next).toBeUndefined();
    url = `/v1/plans?limit=3&cursor=${body.next}`;
  }
  expect(seen).toEqual(['plan-5', 'plan-4', 'plan-3', 'plan-2', 'plan-1', 'plan-0', 'plan-6']);
  const revoked = await caller.get('/v1/plans?status=revoked');
  expect(revoked.body.items).toMatchObject([{ planId: 'plan-6', status: 'revoked', nextDueAt: null }]);
});

test('the journal comes in pages of whole steps, and none is lost', async () => {
  await bringToGate(caller, 'plan-1');
  const whole = (await caller.get('/v1/plans/plan-1/journal')).body.items as { sequence: number }[];
  expect(whole.length).toBeGreaterThan(6);
  for (const limit of [1, 2, 3, 5]) {
    const pieces: unknown[] = [];
    let after: unknown = 0;
    while (after !== undefined) {
      const { body } = await caller.get(`/v1/plans/plan-1/journal?after=${after}&limit=${limit}`);
      pieces.push(...(body.items as unknown[]));
      after = body.next;
    }
    expect(pieces).toEqual(whole);
  }
});

test('logs name plans, types and codes, and nothing of the patient', async () => {
  await caller.start('plan-1');
  await caller.event('plan-1', 'observation.recorded', observed('bloodThinner', '2026-02-28'));
  await caller.event('plan-1', 'cancelPlan', { reason: 'a private reason' });
  await caller.get('/v1/plans/plan-1');
  await caller.get('/v1/plans?cursor=secret');
  const requests = world.log.filter(({ msg }) => msg === 'request');
  expect(requests).toHaveLength(5);
  expect(requests[1]).toMatchObject({
    plan: 'plan-1',
    type: 'observation.recorded',
    outcome: 'accepted',
    status: 200,
    ms: expect.any(Number),
  });
  expect(requests[4]).toMatchObject({ url: '/v1/plans', code: 'CC2003' });
  const text = JSON.stringify(world.log);
  for (const secret of ['2026-02-28', 'private', 'patient-of', 'sam', 'secret', 'Bearer']) {
    expect(text).not.toContain(secret);
  }
});
