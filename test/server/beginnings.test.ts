import { dayOn } from '../support/wall-calendar.ts';
import { Caller, eventually, observation } from './support/caller.ts';
import { expectOneTruth } from './support/plans.ts';
import { System } from './support/system.ts';

const DAY = 86_400_000;
const now = Date.now();
const daysAgo = (days: number): string => new Date(now - days * DAY).toISOString();

let system: System;
let caller: Caller;
beforeAll(async () => {
  system = await System.start();
  caller = await Caller.as(system);
});
afterAll(() => system.stop());

test('a plan under way elsewhere is one step in the store, and goes on from there as any other', async () => {
  const nurse = { id: 'nurse-1', roles: ['nurse'] };
  const past = (days: number, type: string, data: unknown) => ({
    actor: nurse,
    event: { id: `past-${type}`, source: 'old-system', time: daysAgo(days), type, data },
  });
  const { status, body } = await caller.call('POST', '/v1/plans', {
    planId: 'brought-in',
    patient: 'patient-1',
    pathway: { id: 'mole-removal' },
    broughtIn: {
      startedAt: daysAgo(40),
      events: [
        past(39, 'task.completed', { task: 'consultation/history' }),
        past(30, 'procedure.performed', {
          stage: 'excision',
          performedOn: dayOn(daysAgo(30), 'America/New_York'),
        }),
      ],
    },
  });
  expect([status, body]).toMatchObject([201, { answer: { phase: 'excision.recovery', sequence: 1 } }]);
  expect(await system.rows('select * from carechart.message')).toEqual([]);
  expect(await expectOneTruth(system, 'brought-in')).toHaveLength(1);
  await caller.send('brought-in', observation('e-1', 'never'));
  expect(await expectOneTruth(system, 'brought-in')).toHaveLength(2);
});

test('a plan that is prescribed only has no workflow that waits, and takes what it is told', async () => {
  const { status } = await caller.call('POST', '/v1/plans', {
    planId: 'prescribed',
    patient: 'patient-1',
    pathway: { id: 'mole-removal' },
    intent: 'plan',
  });
  expect(status).toBe(201);
  const hasEnded = async (): Promise<boolean> => {
    const { client, connection } = await system.client();
    const { status: run } = await client.workflow.getHandle('plan/northside/prescribed').describe();
    await connection.close();
    return run.name === 'COMPLETED';
  };
  await eventually(hasEnded, 10_000, 'its workflow has ended');
  expect((await caller.send('prescribed', observation('e-1', 'never'))).body).toMatchObject({
    outcome: 'accepted',
    phase: 'prescribed',
  });
  await eventually(hasEnded, 10_000, 'its workflow has ended again');
  expect(await expectOneTruth(system, 'prescribed', false)).toHaveLength(2);
});
