import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { atEdge, for_, intervalOf } from '../support/pathways.ts';
import { dayOn } from '../support/wall-calendar.ts';
import { Caller, eventually, observation, type Sent } from './support/caller.ts';
import { expectOneTruth, publish, stepsOf } from './support/plans.ts';
import { System } from './support/system.ts';

/** Six weeks from one mole to the next, whichever plan it is in. */
const COUNTING = {
  ...moleRemoval,
  pathway: 'mole-after-mole',
  intervals: [
    intervalOf('between-moles', atEdge('end of mole-excision'), 'mole-excision', {
      minimum: for_(6, 'week'),
      otherPlans: true,
    }),
  ],
};

const today = dayOn(new Date().toISOString(), 'America/New_York');
const sent = (id: string, type: string, data: object): Sent => ({ id, source: 'test', type, data });

let system: System;
let caller: Caller;

beforeAll(async () => {
  system = await System.start();
  await publish(system, COUNTING);
  caller = await Caller.as(system);
});
afterAll(() => system.stop());

async function bringToGate(planId: string): Promise<void> {
  const start = { planId, patient: 'one-patient', pathway: { id: 'mole-after-mole' } };
  expect((await caller.call('POST', '/v1/plans', start)).status).toBe(201);
  for (const event of [
    sent('attested', 'history.recorded', { procedures: [], isComplete: true }),
    sent('history', 'task.completed', { task: 'consultation/history' }),
    observation('never', 'never'),
    sent('signed', 'consent.recorded', { form: 'mole-excision-consent', by: 'patient', signedOn: today }),
  ])
    expect((await caller.send(planId, event)).body).toMatchObject({ outcome: 'accepted' });
}

const otherPlansOf = async (planId: string) =>
  JSON.parse((await stepsOf(system, planId)).at(-1)?.state ?? 'null').otherPlans;

test('what one plan performed closes the gate of the other, though the worker is killed before it has told it', async () => {
  await bringToGate('one');
  await bringToGate('two');
  expect((await caller.send('one', sent('start', 'startProcedure', { stage: 'excision' }))).status).toBe(200);
  const report = sent('done', 'procedure.performed', { stage: 'excision', performedOn: today });
  expect((await caller.send('one', report)).status).toBe(200);
  await system.killWorker();
  await system.startWorker();
  const hasHeard = async () => (await otherPlansOf('two'))?.length === 1;
  await eventually(hasHeard, 60_000, 'the other plan has heard of it');
  expect(await otherPlansOf('two')).toEqual([
    { plan: 'one', names: ['mole-excision'], areas: [], performedOn: today },
  ]);
  const refused = await caller.send('two', sent('start', 'startProcedure', { stage: 'excision' }));
  expect(refused.body).toMatchObject({ code: 'CC3001' });
  expect(JSON.stringify(refused.body)).toContain('in the plan one');
});

test('what is withdrawn in one plan opens the gate of the other', async () => {
  const data = { stage: 'excision', performedOn: today, reason: 'of another patient' };
  expect((await caller.send('one', sent('withdrawn', 'report.withdrawn', data))).status).toBe(200);
  await eventually(async () => (await otherPlansOf('two'))?.length === 0, 60_000, 'the other plan has heard');
  const opened = await caller.send('two', sent('again', 'startProcedure', { stage: 'excision' }));
  expect(opened.body).toMatchObject({ outcome: 'accepted' });
});

test('each plan, taken again from its events in the store, is what its workflow holds', async () => {
  const owed = 'select 1 from carechart.effect where performed_at is null';
  await eventually(async () => (await system.rows(owed)).length === 0, 60_000, 'nothing is owed');
  for (const planId of ['one', 'two']) await expectOneTruth(system, planId);
});
