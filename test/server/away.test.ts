import { setTimeout as pause } from 'node:timers/promises';
import { planQuery } from '../../workflows/messages.ts';
import { Caller, eventually, observation } from './support/caller.ts';
import { expectOneTruth } from './support/plans.ts';
import { System } from './support/system.ts';

const PLANS = 60;
const AWAY_MS = 75_000;

jest.setTimeout(600_000);

let system: System;
let caller: Caller;

beforeEach(async () => {
  system = await System.start();
  caller = await Caller.as(system);
  await Promise.all([...planIds, 'untouched'].map((planId) => caller.startPlan(planId)));
});
afterEach(() => system.stop());

const planIds = Array.from({ length: PLANS }, (_, index) => `plan-${index}`);

interface Acknowledged {
  readonly planId: string;
  readonly id: string;
}

/** Sends to every plan, over and over, until told to stop; counts what each sender was told. */
async function keepSending(
  until: () => boolean,
  acknowledged: Acknowledged[],
  statuses: Map<number, number>,
) {
  const work = async (planId: string, index: number): Promise<void> => {
    for (let round = 0; !until(); round += 1) {
      const id = `e-${index}-${round}`;
      const reply = await caller.sendOnce(planId, observation(id, 'never')).catch(() => undefined);
      const status = reply?.status ?? 0;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 503) expect(Number(reply?.headers.get('retry-after'))).toBeGreaterThan(0);
      if (status === 202)
        expect(reply?.headers.get('location')).toContain(`/v1/plans/${planId}/events/test/${id}`);
      if (status === 200 || status === 202) acknowledged.push({ planId, id });
      await pause(1_000);
    }
  };
  await Promise.all(planIds.map(work));
}

async function expectRecovery(acknowledged: readonly Acknowledged[]): Promise<void> {
  for (const planId of planIds) {
    const reply = await caller.send(planId, observation(`after-${planId}`, 'never'));
    expect([200, 202]).toContain(reply.status);
  }
  const stored = 'select plan_id, event_id from carechart.step';
  await eventually(
    async () => {
      const rows = await system.rows<{ plan_id: string; event_id: string }>(stored);
      const known = new Set(rows.map(({ plan_id, event_id }) => `${plan_id}/${event_id}`));
      return acknowledged.every(({ planId, id }) => known.has(`${planId}/${id}`));
    },
    60_000,
    'every acknowledged event is in the store',
  );
  for (const planId of planIds.slice(0, 10)) await expectOneTruth(system, planId);
}

test('PostgreSQL away for 75 seconds: plans answer queries, callers are told, and all go on', async () => {
  let isOver = false;
  const acknowledged: Acknowledged[] = [];
  const statuses = new Map<number, number>();
  const sending = keepSending(() => isOver, acknowledged, statuses);
  await pause(3_000);
  await system.takeAway('postgresPid');
  const { client, connection } = await system.client();
  for (const at of [5_000, 30_000, 40_000]) {
    await pause(at - 1_000);
    const held = await client.workflow.getHandle('plan/northside/untouched').query(planQuery);
    expect(held.state?.chart).toBe('consultation');
    expect((await caller.call('GET', '/readyz')).status).toBe(503);
  }
  await connection.close();
  await system.restartServers();
  await pause(3_000);
  isOver = true;
  await sending;
  expect([...statuses.keys()].toSorted()).toEqual(expect.arrayContaining([200, 503]));
  expect([...statuses.keys()].filter((status) => ![200, 202, 503].includes(status))).toEqual([]);
  await expectRecovery(acknowledged);
});

test('Temporal away for 75 seconds: callers are told, and all go on', async () => {
  let isOver = false;
  const acknowledged: Acknowledged[] = [];
  const statuses = new Map<number, number>();
  const sending = keepSending(() => isOver, acknowledged, statuses);
  await pause(3_000);
  await system.takeAway('temporalPid');
  await pause(AWAY_MS);
  expect((await caller.call('GET', '/readyz')).status).toBe(503);
  expect((await caller.call('GET', '/v1/plans/untouched')).status).toBe(200);
  await system.restartServers();
  await pause(3_000);
  isOver = true;
  await sending;
  expect([...statuses.keys()].filter((status) => ![200, 202, 503].includes(status))).toEqual([]);
  expect(statuses.get(503)).toBeGreaterThan(0);
  await expectRecovery(acknowledged);
});
