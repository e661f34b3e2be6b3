import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { Caller, eventually, observation } from './support/caller.ts';
import { expectOneTruth, publish, stepsOf } from './support/plans.ts';
import { System } from './support/system.ts';

let system: System;
let caller: Caller;
let client: Client;
let close: () => Promise<void>;

beforeAll(async () => {
  system = await System.start();
  caller = await Caller.as(system);
  const opened = await system.client();
  client = opened.client;
  close = () => opened.connection.close();
});
afterAll(async () => {
  await close();
  await system.stop();
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
interface RawPayload {
  readonly metadata: Record<string, Uint8Array>;
  readonly data?: Uint8Array;
}

const payload = (encoding: string | undefined, data: string | undefined): RawPayload => ({
  metadata: encoding === undefined ? {} : { encoding: bytes(encoding) },
  ...(data === undefined ? {} : { data: bytes(data) }),
});

const signalRaw = (planId: string, payloads: readonly RawPayload[], signalName = 'event') =>
  client.workflowService.signalWorkflowExecution({
    namespace: system.addresses.namespace,
    workflowExecution: { workflowId: `plan/northside/${planId}` },
    signalName,
    input: { payloads: [...payloads] },
  });

const json = (value: unknown) => payload('json/plain', JSON.stringify(value));

const POISONS: readonly [what: string, payloads: readonly RawPayload[], code: string][] = [
  ['malformed JSON', [payload('json/plain', '{ "event": ')], 'CC2022'],
  ['an unknown encoding', [payload('binary/encrypted', 'x')], 'CC2022'],
  ['no encoding at all', [payload(undefined, 'x')], 'CC2022'],
  [
    'a broken compression',
    [
      {
        metadata: {
          encoding: bytes('binary/carechart-deflate'),
          'carechart-inner-encoding': bytes('json/plain'),
        },
        data: bytes('no deflate'),
      },
    ],
    'CC2022',
  ],
  ['no payload', [], 'CC2022'],
  ['null', [json(null)], 'CC2022'],
  ['a list', [json([1, 2])], 'CC2022'],
  ['no event', [json({ hello: 'world' })], 'CC2022'],
  [
    'an unknown type',
    [json({ event: { id: 'x', source: 'lab.example', type: 'plan.exploded', data: {} } })],
    'CC2022',
  ],
  [
    'an internal type',
    [json({ event: { id: 'x', source: 'lab.example', type: 'wake', data: { generation: 0 } } })],
    'CC2022',
  ],
  [
    'an event over its limit',
    [
      json({
        event: { id: 'x', source: 'lab.example', type: 'observation.recorded', data: 'x'.repeat(300_000) },
      }),
    ],
    'CC2022',
  ],
  [
    'a body nested thirty thousand deep',
    [payload('json/plain', `${'['.repeat(30_000)}${']'.repeat(30_000)}`)],
    'CC2022',
  ],
  [
    'an event nested six thousand deep',
    [payload('json/plain', `{"event":${'{"a":'.repeat(6_000)}1${'}'.repeat(6_000)}}`)],
    'CC2022',
  ],
  [
    'JSON that breaks off inside a character',
    [payload('json/plain', '{"event": \u{1F600}\u{1F600}')],
    'CC2022',
  ],
  ['a payload that begins with NUL', [payload('json/plain', '\0{}')], 'CC2022'],
  [
    'text that no database keeps',
    [json({ event: { ...observation('x', 'never', 'lab.example'), extra: 'a\u0000b' } })],
    'CC2022',
  ],
  [
    'half a character',
    [json({ event: { ...observation('x', 'never', 'lab.example'), extra: 'a\ud800b' } })],
    'CC2022',
  ],
  [
    'a time that the calendar does not have',
    [
      json({
        event: { ...observation('x', 'never', 'lab.example'), time: '2026-01-05T10:00:00.1234567890Z' },
      }),
    ],
    'CC2022',
  ],
  [
    'a year beyond counting',
    [json({ event: { ...observation('x', 'never', 'lab.example'), time: '9999-12-31T23:59:59-23:59' } })],
    'CC2022',
  ],
  [
    'a request without a signature',
    [json({ event: { id: 'x', source: 'lab.example', type: 'cancelPlan', data: { reason: 'no' } } })],
    'CC2021',
  ],
  [
    'a fact from a source that nobody registered',
    [json({ event: observation('x', 'never', 'stranger') })],
    'CC2021',
  ],
  [
    'a consent from a laboratory',
    [
      json({
        event: {
          id: 'x',
          source: 'lab.example',
          type: 'consent.recorded',
          data: { form: 'mole-excision-consent', by: 'patient', signedOn: '2026-01-05' },
        },
      }),
    ],
    'CC2021',
  ],
  [
    'a forged signature',
    [
      json({
        event: { id: 'x', source: 'api', type: 'cancelPlan', data: { reason: 'no' } },
        token: 'eyJhbGciOiJub25lIn0.e30.',
      }),
    ],
    'CC2021',
  ],
];

test.each(POISONS)('%s: the plan notes it, tells a person, and goes on', async (what, payloads, code) => {
  const planId = what.replaceAll(' ', '-');
  await caller.startPlan(planId);
  await signalRaw(planId, payloads);
  const reply = await caller.send(planId, observation('next', 'never'));
  expect(reply.body).toMatchObject({ outcome: 'accepted' });
  const rows = await expectOneTruth(system, planId);
  expect(rows).toHaveLength(3);
  const [, refused] = rows;
  expect(JSON.parse(refused?.event ?? '{}')).toMatchObject({ type: 'message.refused', data: { code } });
  const state = JSON.parse(rows.at(-1)?.state ?? '{}');
  expect(state.tasks['plan/unreadable-message']).toMatchObject({ role: 'coordinator', status: 'requested' });
  expect(state.waits['task/plan/unreadable-message'].owner).toBe('coordinator');
  expect(state.chart).toBe('consultation');
});

test('a signal of another name is noted, and does not wait for ever', async () => {
  await caller.startPlan('other-name');
  await signalRaw('other-name', [json({})], 'ev\u0000nt');
  await caller.send('other-name', observation('next', 'never'));
  const [, refused] = await expectOneTruth(system, 'other-name');
  expect(JSON.parse(refused?.event ?? '{}').data).toMatchObject({ code: 'CC2022', signal: 'ev?nt' });
});

test.each([
  ['__temporal_workflow_metadata', 'reserved:__temporal_workflow_metadata'],
  [`${'x'.repeat(99)}\u{1F600}`, `${'x'.repeat(99)}?`],
])('a signal named %s is noted, and stops nothing', async (name, noted) => {
  const planId = `named-${name.length}`;
  await caller.startPlan(planId);
  await signalRaw(planId, [json({})], name);
  expect((await caller.send(planId, observation('next', 'never'))).body).toMatchObject({
    outcome: 'accepted',
  });
  const [, refused] = await expectOneTruth(system, planId);
  expect(JSON.parse(refused?.event ?? '{}').data).toMatchObject({ code: 'CC2022', signal: noted });
});

test('a laboratory that uses an id twice for different results is noted, and its second result does not vanish unseen', async () => {
  await caller.startPlan('twice');
  await signalRaw('twice', [json({ event: observation('result-1', 'never', 'lab.example') })]);
  await signalRaw('twice', [json({ event: observation('result-1', '2026-01-05', 'lab.example') })]);
  await caller.send('twice', observation('next', 'never'));
  const rows = await expectOneTruth(system, 'twice');
  expect(JSON.parse(rows[2]?.event ?? '{}')).toMatchObject({
    type: 'message.refused',
    data: { code: 'CC2020' },
  });
});

test('nobody speaks for a registered laboratory but the laboratory', async () => {
  await caller.startPlan('spoken-for');
  const reply = await caller.sendOnce('spoken-for', observation('result-1', 'never', 'lab.example'));
  expect(reply).toMatchObject({ status: 403, body: { code: 'CC2018' } });
});

test('a plan that an outsider makes up is not kept', async () => {
  await caller.startPlan('real');
  await expectOneTruth(system, 'real');
  const [row] = (await stepsOf(system, 'real')).slice(-1);
  const state = { ...JSON.parse(row?.state ?? '{}'), planId: 'made-up', sequence: 0 };
  const key = { clinic: 'northside', planId: 'made-up' };
  await client.workflow.start('treatmentPlan', {
    workflowId: 'plan/northside/made-up',
    taskQueue: 'carechart',
    args: [
      {
        key,
        carried: {
          state,
          head: '',
          pending: [],
          inbox: [{ kind: 'signal', body: { event: observation('x', 'never', 'lab.example') } }],
        },
        limits: { events: 500, days: 30 },
      },
    ],
  });
  await pause(3_000);
  expect(await stepsOf(system, 'made-up')).toEqual([]);
  expect((await caller.call('GET', '/v1/plans/made-up')).status).toBe(404);
  await client.workflow.getHandle('plan/northside/made-up').terminate();
});

test('a registered laboratory states a fact by a plain signal, once however often it sends it', async () => {
  await caller.startPlan('laboratory');
  const event = observation('result-7', 'never', 'lab.example');
  for (let times = 0; times < 3; times += 1) await signalRaw('laboratory', [json({ event })]);
  await caller.send('laboratory', observation('next', 'never'));
  const rows = await expectOneTruth(system, 'laboratory');
  expect(rows.filter(({ event_id }) => event_id === 'result-7')).toHaveLength(1);
  const [first] = JSON.parse(rows.at(-1)?.state ?? '{}').observations.bloodThinner;
  expect(first).toMatchObject({ source: 'laboratory', actor: 'lab.example', value: 'never' });
});

test('a plan whose store knows another state goes back to the store, and a person hears of it', async () => {
  await caller.startPlan('restored');
  await expectOneTruth(system, 'restored');
  const handle = client.workflow.getHandle('plan/northside/restored');
  await handle.terminate();
  const [row] = (await stepsOf(system, 'restored')).slice(-1);
  const state = { ...JSON.parse(row?.state ?? '{}'), sequence: 7, patient: 'somebody-else' };
  const next = observation('after', 'never', 'lab.example');
  await client.workflow.start('treatmentPlan', {
    workflowId: 'plan/northside/restored',
    taskQueue: 'carechart',
    args: [
      {
        key: { clinic: 'northside', planId: 'restored' },
        carried: { state, head: 'x', pending: [], inbox: [{ kind: 'signal', body: { event: next } }] },
        limits: { events: 500, days: 30 },
      },
    ],
  });
  await eventually(
    async () => (await stepsOf(system, 'restored')).length === 3,
    10_000,
    'the item is applied',
  );
  const rows = await expectOneTruth(system, 'restored');
  expect(JSON.parse(rows[1]?.event ?? '{}')).toMatchObject({
    type: 'message.refused',
    data: { code: 'CC4006' },
  });
  expect(JSON.parse(rows[2]?.state ?? '{}')).toMatchObject({ patient: 'patient-of-restored', sequence: 3 });
});

describe('an event on which the core fails an invariant', () => {
  // Its hold would have an owner whom the clinic does not know: S6 breaks when the gate is reached.
  const broken = {
    ...moleRemoval,
    pathway: 'broken-promise',
    facts: moleRemoval.facts.map((fact) => ({ ...fact, ask: { ...fact.ask, role: 'nobody' } })),
  };
  const history = (id: string) => ({
    id,
    source: 'test',
    type: 'task.completed',
    data: { task: 'consultation/history' },
  });

  test('is set aside with a task for the clinical lead, and the plan goes on', async () => {
    await publish(system, broken);
    await caller.startPlan('quarantine', 'broken-promise');
    const reply = await caller.sendOnce('quarantine', history('bad'));
    expect(reply).toMatchObject({ status: 500, body: { code: 'CC9001' } });
    expect(JSON.stringify(reply.body)).not.toContain('invariant');
    const [row] = (await stepsOf(system, 'quarantine')).slice(-1);
    const state = JSON.parse(row?.state ?? '{}');
    expect(Object.values(state.tasks)).toContainEqual(
      expect.objectContaining({ role: 'clinical-lead', status: 'requested' }),
    );
    expect(state.chart).toBe('consultation');
    await eventually(
      async () =>
        (
          await system.rows(
            `select 1 from carechart.message where plan_id = 'quarantine' and role = 'clinical-lead'`,
          )
        ).length > 0,
      10_000,
      'the clinical lead hears of it',
    );
    expect((await caller.send('quarantine', observation('known', 'never'))).body).toMatchObject({
      outcome: 'accepted',
    });
    expect((await caller.send('quarantine', history('good'))).body).toMatchObject({
      phase: 'excision.ready',
    });
    await expectOneTruth(system, 'quarantine');
  });
});
