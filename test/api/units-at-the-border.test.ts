import { pino } from 'pino';
import { createAdvance } from '../../activities/advance.activities.ts';
import type { PlanEvent } from '../../src/core/model/event.schema.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import type { Step } from '../../src/core/plan/step.ts';
import { eventHash } from '../../src/store/event-hash.ts';
import { twoStages } from '../fixtures/two-stages.compiled.ts';
import { eventOf, RunningPlan } from '../support/plan.ts';
import { type Caller, callerOf, observed } from './caller.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let caller: Caller;
const treatment = ['left breast'];

beforeEach(async () => {
  world = await createWorld({ compiled: twoStages });
  caller = await callerOf(world);
  await caller.post('/v1/plans', {
    planId: 'plan-1',
    patient: 'p',
    pathway: { id: 'mole-removal' },
    areas: { treatment },
  });
});
afterEach(() => world.api.close());

const observe = (fact: string, value: number, unit: string, more: Record<string, unknown> = {}) =>
  caller.event('plan-1', 'observation.recorded', observed(fact, value, { unit }), more);
const observations = async () =>
  (await caller.get('/v1/plans/plan-1')).body.observations as Record<string, unknown>[];

test('a number in another unit is taken, judged in the unit of the catalogue, and shown as it was sent', async () => {
  expect((await observe('temperature', 101, '[degF]')).status).toBe(200);
  expect((await observe('glucose', 7, 'mmol/L')).status).toBe(200);
  expect(await observations()).toMatchObject([
    { fact: 'allergies', flag: true, cause: 'missing' },
    { fact: 'temperature', value: 38.3333333333, unit: 'Cel', sentAs: { value: 101, unit: '[degF]' } },
    { fact: 'glucose', value: 126.1092, unit: 'mg/dL', sentAs: { value: 7, unit: 'mmol/L' } },
  ]);
});

test('a number in the unit of the catalogue was not sent as anything else', async () => {
  await observe('temperature', 37, 'Cel');
  const [, temperature] = await observations();
  expect(temperature).toMatchObject({ value: 37, unit: 'Cel' });
  expect(temperature).not.toHaveProperty('sentAs');
});

test.each([
  [100.3, 0],
  [100.4, 1],
  [100.5, 1],
])('an alert at 38 Cel is called by %p [degF]: %p', async (value, alerts) => {
  await observe('temperature', value, '[degF]');
  expect((await caller.get('/v1/plans/plan-1')).body.alerts).toHaveLength(alerts);
});

test.each<[title: string, fact: string, value: number, unit: string, says: string[]]>([
  ['of another kind', 'temperature', 37, 'kg', ['temperature', 'Cel', 'UCUM', 'kg was sent']],
  ['that nobody knows', 'glucose', 7, 'spoons', ['mg/dL', 'mmol/L', 'UCUM', 'spoons was sent']],
  ['of moles that the catalogue does not name', 'glucose', 7_000, 'umol/L', ['mg/dL, mmol/L']],
])('a unit %s is refused with those that are taken', async (_title, fact, value, unit, says) => {
  const { status, body } = await observe(fact, value, unit);
  expect({ status, code: body.code }).toEqual({ status: 422, code: 'CC2011' });
  for (const words of says) expect(body.detail).toContain(words);
  expect(world.signals).toBe(1);
});

test('a number out of range is refused in the words of whoever sent it', async () => {
  const { body } = await observe('temperature', 126, '[degF]');
  expect(body).toMatchObject({
    code: 'CC2012',
    detail: 'temperature 52.2222222222 lies outside 30 to 45 Cel. It was sent as 126 [degF].',
  });
});

test('the edges of a range hold in other units', async () => {
  expect((await observe('temperature', 86, '[degF]')).status).toBe(200);
  expect((await observe('temperature', 113, '[degF]')).status).toBe(200);
  expect((await observe('temperature', 113.1, '[degF]')).body.code).toBe('CC2012');
  expect((await observe('temperature', 85.9, '[degF]')).body.code).toBe('CC2012');
});

test('the journal says what was sent', async () => {
  await observe('temperature', 101, '[degF]');
  const { items } = (await caller.get('/v1/plans/plan-1/journal')).body as {
    items: { kind: string; details: Record<string, unknown> }[];
  };
  const accepted = items.find(({ kind }) => kind === 'event.accepted');
  expect(accepted?.details.data).toEqual(observed('temperature', 101, { unit: '[degF]' }));
});

test('what was sent is what counts as the same event', async () => {
  const first = await observe('temperature', 101, '[degF]', { id: 't-1' });
  const again = await observe('temperature', 101, '[degF]', { id: 't-1' });
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  const converted = await observe('temperature', 38.3333333333, 'Cel', { id: 't-1' });
  expect(converted.body.code).toBe('CC2020');
});

test('a correction in another unit replaces the number, and says so', async () => {
  await observe('temperature', 104, '[degF]');
  const correction = {
    fact: 'temperature',
    on: '2026-03-02',
    value: 98.6,
    unit: '[degF]',
    reason: 'misread',
  };
  expect((await caller.event('plan-1', 'fact.corrected', correction)).status).toBe(200);
  const [, temperature] = await observations();
  expect(temperature).toMatchObject({ value: 37, unit: 'Cel', sentAs: { value: 98.6, unit: '[degF]' } });
  const wrong = await caller.event('plan-1', 'fact.corrected', { ...correction, value: 37 });
  expect(wrong.body).toMatchObject({
    code: 'CC2012',
    detail: expect.stringContaining('sent as 37 [degF]'),
  });
});

test('a laboratory that signals past the API is understood the same, and the store keeps what it sent', async () => {
  const plan = new RunningPlan(twoStages, undefined, { treatment });
  const pathway = loadPathway(twoStages);
  const committed: { event: PlanEvent; step: Step }[] = [];
  const advance = createAdvance({
    loadPathway: async () => pathway,
    commit: async (event, step) => {
      committed.push({ event, step });
      const { source, id } = event;
      return {
        outcome: 'committed',
        source,
        event_id: id,
        event_hash: eventHash(event),
        answer: JSON.stringify(step.answer),
        state: null,
        effects: '[]',
        head: 'head',
      };
    },
    readLast: async () => undefined,
    readOthers: async () => [],
    verifier: { verify: async () => undefined },
    now: () => plan.state.now,
    logger: pino({ level: 'silent' }),
  });
  const event = {
    id: 'lab-1',
    source: 'north-lab',
    type: 'observation.recorded',
    data: observed('glucose', 7, { unit: 'mmol/L' }),
  };
  const { isSettled, next } = await advance({
    key: { clinic: 'northside', planId: 'plan-1' },
    state: plan.state,
    head: 'head',
    item: { kind: 'signal', body: { event } },
    workflowTime: plan.state.now,
  });
  expect(isSettled).toBe(true);
  expect(next?.state.observations.glucose).toMatchObject([
    { value: 126.1092, unit: 'mg/dL', sentAs: { value: 7, unit: 'mmol/L' }, source: 'laboratory' },
  ]);
  expect(committed.map((one) => one.event.data)).toEqual([event.data]);
  expect(committed[0]?.event).not.toHaveProperty('sentAs');
});

test('the core itself converts nothing: a number that reaches it in another unit is refused', () => {
  const event = eventOf('observation.recorded', {
    observations: [{ fact: 'glucose', value: 7, unit: 'mmol/L' }],
  });
  const plan = new RunningPlan(twoStages, undefined, { treatment });
  expect(plan.send(event).answer).toMatchObject({ outcome: 'rejected', code: 'CC2011' });
});
