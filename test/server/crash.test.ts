import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { planQuery } from '../../workflows/messages.ts';
import { Caller, eventually, observation, type Reply } from './support/caller.ts';
import { System } from './support/system.ts';

const PLANS = 50;
const EVENTS = 1_000;
const WORKER_KILLS = 10;
const SERVER_KILLS = 3;
const CALLERS = 8;

jest.setTimeout(900_000);

let system: System;
let caller: Caller;

beforeAll(async () => {
  system = await System.start();
  caller = await Caller.as(system);
});
afterAll(() => system.stop());

const planIds = Array.from({ length: PLANS }, (_, index) => `storm-${index}`);
const events = Array.from({ length: EVENTS }, (_, index) => ({
  planId: planIds[index % PLANS] ?? '',
  event: observation(`event-${index}`, index % 3 === 0 ? 'never' : `2026-0${1 + (index % 9)}-1${index % 10}`),
}));

/** Callers share the list; each sends its next event when the last one was acknowledged. */
async function sendAll(onAcknowledged: () => void): Promise<Map<string, Reply>> {
  const replies = new Map<string, Reply>();
  const queue = [...events];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const reply = await caller.send(next.planId, next.event);
      replies.set(next.event.id, reply);
      onAcknowledged();
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, work));
  return replies;
}

async function storm(acknowledged: () => number): Promise<void> {
  const kills = [
    ...Array.from({ length: WORKER_KILLS - 4 }, () => 'worker'),
    'worker between commit and completion',
    'worker between commit and completion',
    'worker between commit and completion',
    'worker and server between commit and completion',
    ...Array.from({ length: SERVER_KILLS - 1 }, () => 'server'),
  ];
  const shuffled =
    fc.sample(fc.shuffledSubarray(kills, { minLength: kills.length }), { seed: 7, numRuns: 1 })[0] ?? [];
  for (const [index, kill] of shuffled.entries()) {
    const from = Math.floor(((index + 0.5) * EVENTS) / (kills.length + 1));
    while (acknowledged() < from) await pause(20);
    if (kill === 'worker') {
      await system.killWorker();
      await system.startWorker();
    } else if (kill === 'server') {
      await system.crashTemporal();
    } else {
      await system.killWorker();
      const withServer = kill === 'worker and server between commit and completion';
      const faulty = await system.startFaultyWorker(15, withServer ? [system.pids.temporalPid] : []);
      await faulty.exited;
      if (withServer) await system.restartServers();
      await system.startWorker();
    }
  }
}

interface StepRow {
  plan_id: string;
  sequence: number;
  event_id: string;
  source: string;
  state: string;
  effects: string;
  head: string;
}

test('no acknowledged event is lost and none applied twice, though worker and server are killed', async () => {
  for (const planId of planIds) expect((await caller.startPlan(planId)).status).toBe(201);
  let acknowledged = 0;
  const [replies] = await Promise.all([sendAll(() => (acknowledged += 1)), storm(() => acknowledged)]);
  const statuses = [...replies.values()].map(({ status }) => status);
  expect(statuses.every((status) => status === 200 || status === 202)).toBe(true);

  const counted = `select count(*)::int as n from carechart.step where source = 'test'`;
  await eventually(
    async () => (await system.rows<{ n: number }>(counted))[0]?.n === EVENTS,
    120_000,
    'all events committed',
  );
  const steps = await system.rows<StepRow>('select * from carechart.step order by plan_id, sequence');
  const ids = steps.filter(({ source }) => source === 'test').map(({ event_id }) => event_id);
  expect(new Set(ids)).toEqual(new Set(events.map(({ event }) => event.id)));

  const { client, connection } = await system.client();
  for (const planId of planIds) {
    const rows = steps.filter((row) => row.plan_id === planId);
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => index + 1));
    const last = rows.at(-1);
    const state = JSON.parse(last?.state ?? 'null');
    const applied = state.observations.bloodThinner.map((one: { event: string }) =>
      one.event.split('/').at(-1),
    );
    const sent = events.filter((one) => one.planId === planId).map(({ event }) => event.id);
    expect(applied.toSorted()).toEqual(sent.toSorted());
    const held = await client.workflow.getHandle(`plan/northside/${planId}`).query(planQuery);
    expect(held.state).toEqual(state);
    expect(held.head).toBe(last?.head);
    expect(held.inbox).toBe(0);
  }
  await connection.close();
});

test('each effect is performed once per key', async () => {
  const owed = `select count(*)::int as n from carechart.effect where performed_at is null`;
  await eventually(
    async () => (await system.rows<{ n: number }>(owed))[0]?.n === 0,
    60_000,
    'all effects performed',
  );
  const effects = await system.rows<{ effect_id: string }>(
    'select effect_id from carechart.effect order by 1',
  );
  const messages = await system.rows<{ effect_id: string }>(
    'select effect_id from carechart.message order by 1',
  );
  const steps = await system.rows<{ effects: string }>('select effects from carechart.step');
  const asked = steps.flatMap(({ effects: text }) => JSON.parse(text).map(({ id }: { id: string }) => id));
  expect(effects.map(({ effect_id }) => effect_id)).toEqual(asked.toSorted());
  expect(messages).toEqual(effects);
});

test('every plan goes on after the storm', async () => {
  for (const planId of planIds) {
    const done = {
      id: `after-${planId}`,
      source: 'test',
      type: 'task.completed',
      data: { task: 'consultation/history' },
    };
    const reply = await caller.send(planId, done);
    expect(reply.body).toMatchObject({ outcome: 'accepted' });
  }
});
