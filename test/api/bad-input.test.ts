import { CODES, type Code } from '../../src/core/model/codes.ts';
import { type Answered, type Caller, callerOf, observed } from './caller.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let caller: Caller;
const EVENTS = '/v1/plans/plan-1/events';

beforeAll(async () => {
  world = await createWorld();
  caller = await callerOf(world);
  await caller.start('plan-1');
});
afterAll(() => world.api.close());

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const sent = (type: string, data: unknown, more: Record<string, unknown> = {}): string =>
  JSON.stringify({ id: 'bad-1', source: 'test', type, data, ...more });
const observation = (fact: string, value: unknown, more: Record<string, unknown> = {}): string =>
  sent('observation.recorded', observed(fact, value, more));

const bodies: [title: string, body: string | Buffer, code: Code, says: string][] = [
  ['a body that is not JSON', '{"id":}', 'CC2001', 'line 1, column 7: expected a value'],
  ['a body that ends too early', '{"id": "a"', 'CC2001', 'line 1, column 11: expected a comma or an end'],
  ['a body with a comma too many', '{\n  "id": "a",\n}', 'CC2001', 'line 3, column 1: expected a key'],
  ['an empty body', '', 'CC2001', 'empty'],
  ['a body of spaces', '  \n ', 'CC2001', 'empty'],
  ['a body that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'CC2001', 'UTF-8'],
  ['an event over 256 KiB', sent('cancelPlan', { reason: 'x'.repeat(256 * 1024) }), 'CC2004', '262144'],
  ['a body nested 33 deep', nested(33), 'CC2005', '32'],
  ['a body nested 100 deep', nested(100), 'CC2005', '32'],
  ['a body nested 50,000 deep', '['.repeat(50_000) + ']'.repeat(50_000), 'CC2005', '32'],
  ['a key that reaches for the prototype', '{"id":"a","__proto__":{"b":1}}', 'CC2003', '__proto__'],
  ['a NUL in a text', sent('cancelPlan', { reason: 'a\u0000b' }), 'CC2003', 'data.reason'],
  ['half a surrogate pair', '{"id":"a","source":"\\ud800"}', 'CC2003', 'source'],
  ['a list', '[]', 'CC2003', 'body'],
  ['a bare text', '"hello"', 'CC2003', 'body'],
  ['null', 'null', 'CC2003', 'body'],
  ['no type', '{"id":"a","source":"b","data":{}}', 'CC2003', 'type'],
  ['a type that is no text', '{"id":"a","source":"b","type":5,"data":{}}', 'CC2003', 'type'],
  ['an unknown type', sent('plan.exploded', {}), 'CC2002', 'observation.recorded'],
  ["a type of the plan's own", sent('wake', { generation: 1 }), 'CC2002', 'observation.recorded'],
  ['an unknown key', sent('startProcedure', { stage: 'excision', now: true }), 'CC2003', 'now'],
  [
    'an unknown key of the envelope',
    sent('startProcedure', { stage: 'excision' }, { actor: {} }),
    'CC2003',
    'actor',
  ],
  ['no id', '{"source":"b","type":"startProcedure","data":{"stage":"excision"}}', 'CC2003', 'id'],
  ['an id of spaces', sent('startProcedure', { stage: 'excision' }, { id: ' ' }), 'CC2003', 'id'],
  [
    'an id of 129 characters',
    sent('startProcedure', { stage: 'a' }, { id: 'a'.repeat(129) }),
    'CC2003',
    'id',
  ],
  ['a time that is no instant', sent('startProcedure', { stage: 'a' }, { time: 'today' }), 'CC2003', 'time'],
  [
    'a time without a zone',
    sent('cancelPlan', { reason: 'a' }, { time: '2026-03-02T09:00:00' }),
    'CC2003',
    'time',
  ],
  [
    'a number too large to be one',
    sent('cancelPlan', { reason: 'a' }).replace('"a"', '1e999'),
    'CC2003',
    'reason',
  ],
  ['no observation', sent('observation.recorded', { observations: [] }), 'CC2003', 'observations'],
  [
    '51 observations',
    sent('observation.recorded', { observations: Array(51).fill({ fact: 'smoker', value: true }) }),
    'CC2003',
    'observations',
  ],
  ['an unknown fact', observation('shoeSize', 43), 'CC2010', 'shoeSize'],
  ['a fact named as a method of objects', observation('constructor', 43), 'CC2010', 'constructor'],
  ['a unit of another kind', observation('temperature', 98.6, { unit: 'kg' }), 'CC2011', 'Cel'],
  ['a unit that nobody knows', observation('temperature', 98.6, { unit: 'degrees' }), 'CC2011', 'UCUM'],
  ['a unit where there is none', observation('smoker', true, { unit: 'Cel' }), 'CC2011', 'no unit'],
  ['no unit', observation('temperature', 37), 'CC2011', 'no unit'],
  ['a value out of range', observation('temperature', 98.6, { unit: 'Cel' }), 'CC2012', '30 to 45'],
  [
    'a value out of range in another unit',
    observation('temperature', 37, { unit: '[degF]' }),
    'CC2012',
    '30 to 45',
  ],
  ['text for a number', observation('temperature', '37', { unit: 'Cel' }), 'CC2013', 'a number'],
  ['text for yes or no', observation('smoker', 'yes'), 'CC2013', 'true or false'],
  ['an unknown code', observation('skinType', 'green'), 'CC2013', 'light, medium, dark'],
  ['a date that does not exist', observation('bloodThinner', '2026-02-30'), 'CC2013', 'YYYY-MM-DD'],
  ['a date in the future', observation('bloodThinner', '2026-03-03'), 'CC2014', '2026-03-02'],
  [
    'a time in the future',
    sent('cancelPlan', { reason: 'a' }, { time: '2026-03-02T14:06:00Z' }),
    'CC2014',
    'future',
  ],
  [
    'an observation from the future',
    observation('smoker', true, { observedAt: '2026-03-03T00:00:00Z' }),
    'CC2014',
    'observedAt',
  ],
  [
    'an unknown task',
    sent('task.completed', { task: 'consultation/none' }),
    'CC2015',
    'consultation/history',
  ],
  ['an unknown stage', sent('startProcedure', { stage: 'grafting' }), 'CC2016', 'excision'],
  [
    'a report on an unknown stage',
    sent('procedure.performed', { stage: 'grafting', performedOn: '2026-03-01' }),
    'CC2016',
    'excision',
  ],
  [
    'a report from the future',
    sent('procedure.performed', { stage: 'excision', performedOn: '2026-03-03' }),
    'CC2014',
    'performedOn',
  ],
  [
    'an unknown form',
    sent('consent.recorded', { form: 'none', by: 'patient', signedOn: '2026-03-01' }),
    'CC2017',
    'mole-excision-consent',
  ],
  [
    'a consent signed by who may not',
    sent('consent.recorded', { form: 'mole-excision-consent', by: 'nurse', signedOn: '2026-03-01' }),
    'CC2017',
    'patient',
  ],
  [
    'an unknown form withdrawn',
    sent('consent.withdrawn', { form: 'none' }),
    'CC2017',
    'mole-excision-consent',
  ],
  [
    'a source that is Carechart itself',
    sent('cancelPlan', { reason: 'a' }, { source: 'carechart:timer' }),
    'CC2018',
    'carechart:',
  ],
  [
    'a second start',
    sent('startPlan', {
      planId: 'plan-1',
      patient: 'p',
      pathway: { id: 'mole-removal', version: '1', digest: 'a'.repeat(64) },
    }),
    'CC4002',
    'plan-1',
  ],
];

describe('a bad event gets a code of its own, and leaves no trace in the plan', () => {
  test.each(bodies)('%s', async (_title, body, code, says) => {
    const before = JSON.stringify(world.plans.get('northside/plan-1')?.last.state);
    const answer = await caller.postText(EVENTS, body);
    expectProblem(answer, code);
    expect(answer.body.detail).toContain(says);
    expect(JSON.stringify(world.plans.get('northside/plan-1')?.last.state)).toBe(before);
    expect(world.signals).toBe(1);
    expect((await world.api.inject('/livez')).statusCode).toBe(200);
  });

  test('every field that is wrong is named', async () => {
    const answer = await caller.postText(EVENTS, sent('consent.recorded', { form: '', by: 7 }));
    expect(answer.body.fields).toEqual([
      expect.objectContaining({ field: 'data.form' }),
      expect.objectContaining({ field: 'data.by' }),
      expect.objectContaining({ field: 'data.signedOn' }),
    ]);
  });

  const consent = (data: unknown, more: Record<string, unknown> = {}): string =>
    sent('consent.recorded', data, more);
  test.each<[title: string, body: string, field: string, says: string]>([
    ['a list for an object', '[]', 'body', 'must be an object'],
    ['no type', '{"id":"a","source":"b","data":{}}', 'type', 'must be one of: observation.recorded, '],
    ['a field left out', consent({ form: 'a', by: 'b' }), 'data.signedOn', 'is missing'],
    ['a number for text', consent({ form: 'a', by: 7, signedOn: '2026-03-01' }), 'data.by', 'must be text'],
    [
      'a key that there is not',
      consent({ form: 'a', by: 'b', signedOn: '2026-03-01', on: 1 }),
      'data.on',
      'is not a key of this form',
    ],
    [
      'a day that does not exist',
      consent({ form: 'a', by: 'b', signedOn: '2026-02-30' }),
      'data.signedOn',
      'must be a day, such as 2026-03-02',
    ],
    [
      'a moment without a zone',
      observation('smoker', true, { observedAt: '2026-03-02T09:00:00' }),
      'data.observations.0.observedAt',
      'must be a moment with its zone, such as 2026-03-02T09:30:00-05:00',
    ],
    [
      'a moment of another age',
      observation('smoker', true, { observedAt: '1800-03-02T09:00:00Z' }),
      'data.observations.0.observedAt',
      'must be a time of the years 1900 to 2199',
    ],
    [
      'a value that is none',
      observation('smoker', null),
      'data.observations.0.value',
      'must be a number, or text, or true or false, or a list',
    ],
    [
      'no observation',
      sent('observation.recorded', { observations: [] }),
      'data.observations',
      'must be at least 1 item long',
    ],
    [
      '51 observations',
      sent('observation.recorded', { observations: Array(51).fill({ fact: 'smoker', value: true }) }),
      'data.observations',
      'must be at most 50 items long',
    ],
    [
      'a text too long',
      observation('skinType', 'a'.repeat(201)),
      'data.observations.0.value',
      '200 characters',
    ],
  ])('%s is told in plain words, once', async (_title, body, field, says) => {
    const { fields, detail } = (await caller.postText(EVENTS, body)).body;
    expect(fields).toEqual([{ field, says: expect.stringContaining(says) }]);
    expect(detail).toContain(`${field} `);
    expect(detail).not.toMatch(/Invalid|expected|received/);
  });

  test('of a query, the words that there are and the limit are named', async () => {
    expect((await caller.get('/v1/plans?status=lost&limit=500')).body.fields).toEqual([
      { field: 'status', says: 'must be one of: draft, active, on-hold, completed, revoked' },
      { field: 'limit', says: 'must be at most 200' },
    ]);
  });

  test('a body nested 32 deep is read', async () => {
    expectProblem(await caller.postText(EVENTS, nested(32)), 'CC2003');
  });
});

describe('an address, a method, a media type, a sender', () => {
  const event = sent('startProcedure', { stage: 'excision' });
  test.each<[string, () => Promise<Answered>, Code]>([
    ['a media type that is not JSON', () => caller.postText(EVENTS, event, 'text/plain'), 'CC2006'],
    ['XML', () => caller.postText(EVENTS, '<a/>', 'application/xml'), 'CC2006'],
    ['no media type', () => caller.postText(EVENTS, event, ''), 'CC2006'],
    ['no body at all', () => caller.postText(EVENTS, '', ''), 'CC2003'],
    ['an unknown plan', () => caller.postText('/v1/plans/plan-2/events', event), 'CC4001'],
    ['a plan that cannot be one', () => caller.get('/v1/plans/a%20b'), 'CC4001'],
    ['a plan with a NUL', () => caller.get('/v1/plans/%00'), 'CC4001'],
    ['a plan of 600 characters', () => caller.get(`/v1/plans/${'a'.repeat(600)}`), 'CC2008'],
    ['the journal of an unknown plan', () => caller.get('/v1/plans/plan-2/journal'), 'CC4001'],
    ['the explanation of an unknown plan', () => caller.get('/v1/plans/plan-2/explanation'), 'CC4001'],
    ['an event that is not known', () => caller.get(`${EVENTS}/test/none`), 'CC2023'],
    ['an unknown address', () => caller.get('/v1/patients'), 'CC2008'],
    ['an address that cannot be decoded', () => caller.get('/v1/plans/%zz'), 'CC2008'],
    ['a method that is not taken', () => caller.get(EVENTS), 'CC2007'],
    ['a status that is none', () => caller.get('/v1/plans?status=paused'), 'CC2003'],
    ['a limit over 200', () => caller.get('/v1/plans?limit=201'), 'CC2003'],
    ['a limit of nothing', () => caller.get('/v1/plans?limit='), 'CC2003'],
    ['an unknown key of a query', () => caller.get('/v1/plans?order=name'), 'CC2003'],
    ['a cursor that is none', () => caller.get('/v1/plans?cursor=abc'), 'CC2003'],
    ['a journal from before the first step', () => caller.get('/v1/plans/plan-1/journal?after=-1'), 'CC2003'],
    [
      'an unknown pathway',
      () => caller.post('/v1/plans', { patient: 'p', pathway: { id: 'none' } }),
      'CC4003',
    ],
    [
      'an unknown version of a pathway',
      () =>
        caller.post('/v1/plans', { patient: 'p', pathway: { id: 'mole-removal', digest: 'a'.repeat(64) } }),
      'CC4003',
    ],
    [
      'the digest of another pathway',
      () => caller.post('/v1/plans', { patient: 'p', pathway: { id: 'other', digest: world.digest } }),
      'CC4003',
    ],
    [
      'a start without a patient',
      () => caller.post('/v1/plans', { pathway: { id: 'mole-removal' } }),
      'CC2003',
    ],
    [
      "a start under Carechart's own source",
      () =>
        caller.post('/v1/plans', {
          patient: 'p',
          pathway: { id: 'mole-removal' },
          source: 'carechart:timer',
        }),
      'CC2018',
    ],
  ])('%s', async (_title, ask, code) => {
    expectProblem(await ask(), code);
    expect(world.signals).toBe(1);
  });

  test('a method that is not taken is answered with those that are', async () => {
    expect((await caller.get(EVENTS)).headers.allow).toBe('POST');
  });

  test.each([
    ['no token', {}],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['a token that is none', { authorization: 'Bearer abc' }],
  ])('%s', async (_title, headers) => {
    const response = await world.api.inject({ url: '/v1/plans/plan-1', headers });
    expectProblem(
      { status: response.statusCode, headers: response.headers, body: response.json() },
      'CC2019',
    );
    expect(response.headers['www-authenticate']).toBe('Bearer');
  });

  test('the token of a person expires after 12 hours', async () => {
    const start = world.now;
    world.now = '2026-03-03T01:59:00.000Z';
    expect((await caller.get('/v1/plans')).status).toBe(200);
    world.now = '2026-03-03T02:01:00.000Z';
    expectProblem(await caller.get('/v1/plans'), 'CC2019');
    world.now = start;
  });

  test('a token signed with the key of another issuer is not believed', async () => {
    const other = await createWorld();
    const token = await other.tokenOf('sam', 'coordinator');
    const response = await world.api.inject({
      url: '/v1/plans',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.statusCode).toBe(401);
    await other.api.close();
  });

  test.each(['startProcedure', 'cancelPlan'])('a patient cannot request %s', async (type) => {
    const patient = await callerOf(world, 'pat', 'patient');
    const data = type === 'cancelPlan' ? { reason: 'a' } : { stage: 'excision' };
    expectProblem(await patient.event('plan-1', type, data), 'CC2018');
  });

  test('a patient cannot start a plan, and no workflow is started for it', async () => {
    const patient = await callerOf(world, 'pat', 'patient');
    expectProblem(await patient.start('plan-of-patient'), 'CC2018');
    expect(world.signals).toBe(1);
  });
});

test('a plan over its limits takes no more observations, and stays as it was', async () => {
  const state = world.plans.get('northside/plan-1')?.last.state;
  if (!state) throw new Error('the plan has started');
  const kept = { value: true, source: 'clinician', actor: 'sam', observedAt: world.now, event: 'e' };
  const full = { ...state, observations: { smoker: Array(3_000).fill(kept) } };
  world.plans.set('northside/plan-full', {
    last: {
      state: { ...full, planId: 'plan-full' },
      answer: { outcome: 'rejected', code: '', says: '' },
      journal: [],
      effects: [],
    },
    answers: new Map(),
    journal: [],
  });
  expectProblem(await caller.event('plan-full', 'observation.recorded', observed('smoker', true)), 'CC4004');
});

test('what Carechart itself got wrong is told by an instance and never by its message', async () => {
  const failing = await createWorld();
  const someone = await callerOf(failing);
  await someone.start('plan-1');
  const plan = failing.plans.get('northside/plan-1');
  Object.defineProperty(plan?.last, 'state', {
    get: () => {
      throw new TypeError('secret of the house');
    },
  });
  const answer = await someone.get('/v1/plans/plan-1');
  expectProblem(answer, 'CC9002');
  expect(JSON.stringify(answer.body)).not.toContain('secret');
  const line = failing.log.find(({ msg }) => msg === 'request failed');
  expect(answer.body.instance).toBe(`urn:uuid:${line?.request}`);
  await failing.api.close();
});

function expectProblem({ status, headers, body }: Answered, code: Code): void {
  expect(body).toMatchObject({
    code,
    type: `/errors/${code}`,
    title: CODES[code].summary,
    status,
    detail: expect.any(String),
    remedy: expect.any(String),
  });
  expect(status).toBe(CODES[code].status);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
}
