import { digestOf } from '../../src/store/event-hash.ts';
import { dayOn, daysLater } from '../support/wall-calendar.ts';
import { Caller, eventually, observation, type Sent } from './support/caller.ts';
import { expectOneTruth, publish } from './support/plans.ts';
import { System } from './support/system.ts';

const now = new Date();
const today = dayOn(now.toISOString(), 'America/New_York');
const yesterday = new Date(now.getTime() - 86_400_000).toISOString();
const SCENARIO: readonly (Omit<Sent, 'id' | 'source'> & { answers: object })[] = [
  { type: 'startProcedure', data: { stage: 'excision' }, answers: { code: 'CC3002' } },
  { type: 'task.completed', data: { task: 'consultation/history' }, answers: { outcome: 'accepted' } },
  { type: 'startProcedure', data: { stage: 'excision' }, answers: { code: 'CC3001' } },
  {
    type: 'observation.recorded',
    data: {
      observations: [
        { fact: 'bloodThinner', value: daysLater(today, { count: -2, unit: 'day' }), observedAt: yesterday },
      ],
    },
    answers: { outcome: 'accepted' },
  },
  { type: 'startProcedure', data: { stage: 'excision' }, answers: { code: 'CC3001' } },
  {
    type: 'observation.recorded',
    data: { observations: [{ fact: 'bloodThinner', value: 'never' }] },
    answers: { outcome: 'accepted' },
  },
  {
    type: 'consent.recorded',
    data: { form: 'mole-excision-consent', by: 'patient', signedOn: today },
    answers: { outcome: 'accepted' },
  },
  { type: 'startProcedure', data: { stage: 'excision' }, answers: { outcome: 'accepted' } },
  {
    type: 'procedure.performed',
    data: { stage: 'excision', performedOn: today },
    answers: { outcome: 'accepted' },
  },
  { type: 'task.completed', data: { task: 'excision.recovery/stitches' }, answers: { phase: 'completed' } },
];

describe('a run that hands over after every event', () => {
  let system: System;
  beforeAll(async () => {
    process.env.CARECHART_RUN_EVENTS = '1';
    system = await System.start();
  });
  afterAll(async () => {
    delete process.env.CARECHART_RUN_EVENTS;
    await system.stop();
  });

  test('keeps the plan whole from the first step to the last', async () => {
    const caller = await Caller.as(system);
    expect((await caller.startPlan('handed-over')).status).toBe(201);
    for (const [index, { answers, ...event }] of SCENARIO.entries()) {
      const reply = await caller.send('handed-over', { id: `e-${index}`, source: 'test', ...event });
      expect(reply.body).toMatchObject(answers);
    }
    const rows = await expectOneTruth(system, 'handed-over', false);
    expect(rows).toHaveLength(SCENARIO.length + 1);
    // An event that comes while a run hands over is taken by the old one: there are somewhat fewer runs than events.
    const runs = async () => (await runsOf(system, 'handed-over')) > SCENARIO.length / 2;
    await eventually(runs, 10_000, 'most events had a run of their own');
  });

  test('goes on by another version that is adopted in its midst, and refolds by both', async () => {
    const [caller, lead] = [await Caller.as(system), await Caller.as(system, 'clinical-lead')];
    expect((await caller.startPlan('adopting')).status).toBe(201);
    const [published] = await system.rows<{ compiled: string }>(
      'select compiled from carechart.definition where pathway = $1',
      ['mole-removal'],
    );
    const newer = { ...JSON.parse(published?.compiled ?? 'null'), version: '99.0.0' };
    await publish(system, newer);
    const pathway = { id: 'mole-removal', version: '99.0.0', digest: digestOf(newer) };
    const data = { pathway, reason: 'a newer version' };
    const reply = await lead.send('adopting', { id: 'adopt', source: 'test', type: 'adoptVersion', data });
    expect(reply.body).toMatchObject({ outcome: 'accepted' });
    for (const [index, { answers, ...event }] of SCENARIO.entries()) {
      const taken = await caller.send('adopting', { id: `e-${index}`, source: 'test', ...event });
      expect(taken.body).toMatchObject(answers);
    }
    const rows = await expectOneTruth(system, 'adopting', false);
    expect(JSON.parse(rows.at(-1)?.state ?? 'null')).toMatchObject({ pathway, chart: 'completed' });
    expect((await caller.call('GET', '/v1/plans/adopting')).body).toMatchObject({ pathway });
  });
});

describe('a run that hands over every ten events', () => {
  const CALLERS = 9;
  const EVENTS_EACH = 30;
  let system: System;
  beforeAll(async () => {
    process.env.CARECHART_RUN_EVENTS = '10';
    system = await System.start();
  });
  afterAll(async () => {
    delete process.env.CARECHART_RUN_EVENTS;
    await system.stop();
  });

  test('answers every one of nine callers at once', async () => {
    const caller = await Caller.as(system);
    await caller.startPlan('busy');
    const work = async (name: number): Promise<number[]> => {
      const statuses: number[] = [];
      for (let index = 0; index < EVENTS_EACH; index += 1) {
        const reply = await caller.send('busy', observation(`e-${name}-${index}`, 'never', `caller-${name}`));
        statuses.push(reply.status);
      }
      return statuses;
    };
    const statuses = (await Promise.all(Array.from({ length: CALLERS }, (_, name) => work(name)))).flat();
    expect(statuses).toEqual(statuses.map(() => 200));
    const rows = await expectOneTruth(system, 'busy');
    expect(rows).toHaveLength(CALLERS * EVENTS_EACH + 1);
    expect(await runsOf(system, 'busy')).toBeGreaterThan(5);
  });
});

async function runsOf(system: System, planId: string): Promise<number> {
  const { client, connection } = await system.client();
  let runs = 0;
  for await (const one of client.workflow.list({ query: `WorkflowId = 'plan/northside/${planId}'` }))
    if (one) runs += 1;
  await connection.close();
  return runs;
}
