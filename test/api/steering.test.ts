import { twoStages } from '../fixtures/two-stages.compiled.ts';
import { type Answered, type Caller, callerOf } from './caller.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let nurse: Caller;
let surgeon: Caller;
let lead: Caller;

const PLAN = '/v1/plans/plan-1';
const BOTH = ['left breast', 'right breast'];
const start = (caller: Caller, more: Record<string, unknown> = {}): Promise<Answered> =>
  caller.post('/v1/plans', { planId: 'plan-1', patient: 'p-1', pathway: { id: 'mole-removal' }, ...more });

beforeEach(async () => {
  world = await createWorld({ compiled: twoStages });
  nurse = await callerOf(world, 'ned', 'nurse', 'coordinator');
  surgeon = await callerOf(world, 'ada', 'dermatologist');
  lead = await callerOf(world, 'lee', 'clinical-lead');
});
afterEach(() => world.api.close());

const state = (fact: string, value: unknown, more: Record<string, unknown> = {}) =>
  nurse.event('plan-1', 'observation.recorded', { observations: [{ fact, value, ...more }] });
const view = async () => (await nurse.get(PLAN)).body;
const gate = async () => (await nurse.get(`${PLAN}/explanation`)).body.gate as Record<string, unknown>;

interface Known {
  readonly nicotine?: string;
  readonly bmi?: number;
  /** By site; closed where it is not said. */
  readonly wounds?: Readonly<Record<string, string>>;
}

/** At the gate of the expander: of age, without nicotine, both sides clear, unless it is said otherwise. */
async function bringToGate(areas = BOTH, known: Known = {}): Promise<void> {
  const { nicotine = 'never', bmi = 24, wounds = {} } = known;
  await start(nurse, { areas: { treatment: areas } });
  await state('birthDate', '1990-05-05');
  await state('nicotine', nicotine);
  await state('bmi', bmi, { unit: 'kg/m2' });
  for (const area of areas) {
    await state('skin', [], { area });
    await state('wound', wounds[area] ?? 'closed', { area });
  }
  await nurse.event('plan-1', 'history.recorded', { procedures: [], isComplete: true });
  await nurse.event('plan-1', 'task.completed', { task: 'consultation/history' });
  await nurse.event('plan-1', 'consent.recorded', {
    form: 'expander-consent',
    by: 'patient',
    signedOn: '2026-03-02',
  });
}

async function perform(): Promise<void> {
  await nurse.event('plan-1', 'startProcedure', { stage: 'expander' });
  await nurse.event('plan-1', 'procedure.performed', { stage: 'expander', performedOn: '2026-03-02' });
}

describe('a plan starts on the areas that are chosen', () => {
  test('and shows them', async () => {
    expect((await start(nurse, { areas: { treatment: ['left breast'] } })).status).toBe(201);
    expect((await view()).areas).toEqual({ treatment: ['left breast'] });
  });

  test.each<[title: string, areas: unknown, code: string]>([
    ['none', undefined, 'CC2025'],
    ['of a role that leaves no choice', { donor: ['left breast'], treatment: BOTH }, 'CC2025'],
    ['that the clinic has no word for', { treatment: ['left knee'] }, 'CC2025'],
    ['of no role', { elsewhere: BOTH }, 'CC2003'],
    ['an empty list', { treatment: [] }, 'CC2003'],
  ])('or is refused, and no workflow is started: %s', async (_title, areas, code) => {
    const answer = await start(nurse, areas === undefined ? {} : { areas });
    expect(answer.body.code).toBe(code);
    expect(world.signals).toBe(0);
  });

  test('the same start sent twice is one plan; on other areas it is another', async () => {
    await start(nurse, { areas: { treatment: BOTH } });
    const again = await start(nurse, { areas: { treatment: BOTH } });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect((await start(nurse, { areas: { treatment: ['left breast'] } })).body.code).toBe('CC4002');
  });
});

describe('facts', () => {
  test('that are flagged come first, also while nobody has said anything of them', async () => {
    await start(nurse, { areas: { treatment: BOTH } });
    await state('bmi', 24, { unit: 'kg/m2' });
    const facts = (await view()).observations as { fact: string; flag: boolean; cause?: string }[];
    expect(facts).toMatchObject([
      { fact: 'allergies', title: 'Allergies', flag: true, cause: 'missing' },
      { fact: 'bmi', flag: false },
    ]);
    await state('allergies', []);
    const [allergies] = (await view()).observations as Record<string, unknown>[];
    expect(allergies).toMatchObject({ fact: 'allergies', value: [], source: 'clinician' });
    expect(allergies).not.toHaveProperty('cause');
  });

  test('that are known by area stand once for each site, left before right', async () => {
    await start(nurse, { areas: { treatment: BOTH } });
    await state('skin', ['infection'], { area: 'right breast' });
    await state('skin', [], { area: 'left breast' });
    expect((await view()).observations).toMatchObject([
      { fact: 'allergies' },
      { fact: 'skin', area: 'left breast', value: [], events: [expect.stringContaining('test/event-')] },
      { fact: 'skin', area: 'right breast', value: ['infection'] },
    ]);
  });

  test('of a part of a site that was looked at as a whole stand once for each part', async () => {
    await start(nurse, { areas: { treatment: BOTH } });
    await state('wound', 'closed', { area: 'breast', observedAt: '2026-03-01T15:00:00Z' });
    await state('wound', 'open', { area: 'left breast' });
    expect((await view()).observations).toMatchObject([
      { fact: 'allergies' },
      { fact: 'wound', area: 'left breast', value: 'open' },
      { fact: 'wound', area: 'right breast', value: 'closed' },
    ]);
  });

  test('that are withdrawn are gone, and those that are corrected are other ones', async () => {
    await start(nurse, { areas: { treatment: BOTH } });
    await state('skin', ['infection'], { area: 'left breast' });
    const of = { fact: 'skin', area: 'left breast', on: '2026-03-02' };
    await nurse.event('plan-1', 'fact.corrected', { ...of, value: ['herpes'], reason: 'misread' });
    expect((await view()).observations).toMatchObject([{}, { fact: 'skin', value: ['herpes'] }]);
    await nurse.event('plan-1', 'fact.withdrawn', { ...of, reason: 'of somebody else' });
    expect((await view()).observations).toMatchObject([{ fact: 'allergies' }]);
    const gone = await nurse.event('plan-1', 'fact.withdrawn', { ...of, reason: 'again' });
    expect(gone.body.code).toBe('CC2024');
  });
});

test('holds say of which site they are, and a signature is shown while it stands', async () => {
  await bringToGate(BOTH, { wounds: { 'right breast': 'open' } });
  const id = 'expander/open-wound/right breast';
  expect((await view()).holds).toMatchObject([
    { id, kind: 'contraindication', rule: 'open-wound', area: 'right breast', needsSignature: true },
  ]);
  expect((await nurse.event('plan-1', 'releaseHold', { hold: id })).body.code).toBe('CC2018');
  expect((await surgeon.event('plan-1', 'releaseHold', { hold: id })).status).toBe(200);
  expect(await view()).toMatchObject({
    holds: [],
    releases: [{ hold: id, rule: 'open-wound', stage: 'expander', area: 'right breast', by: 'ada' }],
  });
  expect((await surgeon.event('plan-1', 'releaseHold', { hold: id })).body.code).toBe('CC2027');
});

test('an override is shown from its request to its end, and says until when and who signed', async () => {
  await bringToGate(BOTH, { nicotine: '2026-02-28' });
  const request = { rule: 'nicotine', stage: 'expander', reason: 'urgent', note: 'cannot wait' };
  expect((await nurse.event('plan-1', 'grantOverride', request)).body.code).toBe('CC2018');
  await surgeon.event('plan-1', 'grantOverride', request);
  const [requested] = (await view()).overrides as { id: string }[];
  expect(requested).toMatchObject({
    title: 'Nicotine within four weeks',
    status: 'requested',
    rule: 'nicotine',
    stage: 'expander',
    by: 'ada',
    role: 'dermatologist',
    second: { role: 'clinical-lead' },
    reason: 'urgent',
    note: 'cannot wait',
    covers: 'one gate',
    endsAt: '2026-03-17T04:00:00.000Z',
  });
  expect((await gate()).isOpen).toBe(false);
  await lead.event('plan-1', 'countersignOverride', { override: requested?.id });
  expect((await view()).overrides).toMatchObject([{ status: 'active', second: { by: 'lee' } }]);
  expect((await gate()).isOpen).toBe(true);
  await surgeon.event('plan-1', 'revokeOverride', { override: requested?.id, reason: 'she can wait' });
  expect((await view()).overrides).toEqual([]);
  expect((await gate()).isOpen).toBe(false);
});

test('an alert is shown while it calls, and while it cannot tell', async () => {
  await bringToGate();
  expect((await view()).alerts).toMatchObject([{ rule: 'fever', status: 'blind', tasks: [] }]);
  await state('temperature', 38, { unit: 'Cel' });
  expect((await view()).alerts).toMatchObject([
    { rule: 'fever', title: 'Fever', status: 'fired', says: 'Call us today.', tasks: [expect.any(String)] },
  ]);
});

test('the explanation of a gate gives the window, the table and every rule in scope', async () => {
  await bringToGate(['left breast']);
  expect(await gate()).not.toHaveProperty('window');
  await perform();
  expect(await gate()).toMatchObject({
    stage: 'exchange',
    isOpen: false,
    window: {
      earliest: '2026-06-02',
      recommended: { from: '2026-07-02', to: '2026-09-02' },
      latest: '2026-12-02',
      boundBy: { earliest: ['expander-to-exchange'] },
      unknown: [],
      intervals: [{ rule: 'expander-to-exchange', area: 'left breast', result: 'too early' }],
    },
    table: { rule: 'surgical-risk', answer: 'standard' },
    reasons: [
      { invariant: 'S1' },
      {
        invariant: 'S3',
        interval: { result: 'too early', anchor: '2026-03-02', earliest: '2026-06-02' },
        clears: [[{ kind: 'date', on: '2026-06-02' }]],
      },
    ],
  });
  const { findings } = (await nurse.get(`${PLAN}/explanation`)).body;
  expect(findings).toMatchObject([
    { kind: 'eligibility', rule: 'adult', result: 'unmet' },
    { kind: 'contraindication', rule: 'infection', area: 'left breast', result: 'unmet' },
    { rule: 'nicotine' },
    { rule: 'open-wound', area: 'left breast' },
  ]);
});

test('a table whose answer does not go on is a reason, with the fact that it rests on', async () => {
  await bringToGate(['left breast'], { bmi: 36 });
  await perform();
  const { reasons, table } = (await gate()) as { reasons: { table?: { answer?: string } }[]; table: unknown };
  expect(table).toMatchObject({ answer: 'high' });
  expect(reasons.find((reason) => reason.table)).toMatchObject({
    invariant: 'S4',
    table: { answer: 'high', evidence: [{ fact: 'bmi', value: 36 }, { fact: 'bmi' }] },
  });
});

test('a question is shown with who is asked and by when, until it is answered', async () => {
  await bringToGate(['left breast']);
  await perform();
  world.now = '2026-12-03T15:00:00.000Z';
  nurse = await callerOf(world, 'ned', 'nurse', 'coordinator');
  surgeon = await callerOf(world, 'ada', 'dermatologist');
  await state('nicotine', 'never');
  const [question] = (await view()).questions as { id: string }[];
  expect(question).toMatchObject({
    rule: 'expander-to-exchange',
    stage: 'exchange',
    area: 'left breast',
    about: '2026-03-02',
    roles: ['dermatologist'],
    votes: [],
    stillAsked: ['dermatologist'],
    notKnown: [],
    outcomes: ['go-on'],
    askedAt: world.now,
    dueAt: '2026-12-05T05:00:00.000Z',
  });
  const answer = { question: question?.id, outcome: 'go-on', note: 'seen today' };
  expect((await nurse.event('plan-1', 'decide', answer)).body.code).toBe('CC2018');
  expect((await surgeon.event('plan-1', 'decide', { ...answer, outcome: 'stop' })).body.code).toBe('CC2029');
  expect((await surgeon.event('plan-1', 'decide', answer)).status).toBe(200);
  expect(await view()).toMatchObject({
    questions: [],
    decided: [
      {
        id: question?.id,
        outcome: 'go-on',
        votes: [{ role: 'dermatologist', by: 'ada', note: 'seen today' }],
      },
    ],
  });
  expect((await surgeon.event('plan-1', 'decide', answer)).body.code).toBe('CC3007');
});

test('what was done before the plan is shown, and whether that is all', async () => {
  await start(nurse, { areas: { treatment: BOTH } });
  expect(await view()).toMatchObject({ past: [] });
  expect(await view()).not.toHaveProperty('historyKnownAt');
  const surgery = { procedure: 'breast-surgery', performedOn: '2019-05-02', area: 'left breast' };
  await nurse.event('plan-1', 'history.recorded', { procedures: [surgery], isComplete: true });
  expect(await view()).toMatchObject({ past: [surgery], historyKnownAt: world.now });
});

test.each<[title: string, type: string, data: Record<string, unknown>, code: string]>([
  [
    'an unknown site',
    'fact.withdrawn',
    { fact: 'skin', area: 'left knee', on: '2026-03-02', reason: 'a' },
    'CC2025',
  ],
  ['a site that is missing', 'fact.withdrawn', { fact: 'skin', on: '2026-03-02', reason: 'a' }, 'CC2025'],
  ['nothing observed', 'fact.corrected', { fact: 'pain', on: '2026-03-02', value: 1, reason: 'a' }, 'CC2010'],
  [
    'a procedure that nobody knows',
    'history.recorded',
    { procedures: [{ procedure: 'haircut', performedOn: '2019-05-02' }], isComplete: false },
    'CC2026',
  ],
  [
    'a procedure that ended before it began',
    'history.recorded',
    {
      procedures: [{ procedure: 'breast-surgery', performedOn: '2019-05-02', endedOn: '2019-05-01' }],
      isComplete: false,
    },
    'CC2014',
  ],
  ['a hold that there is not', 'releaseHold', { hold: 'expander/none' }, 'CC2027'],
  [
    'a rule that there is not',
    'grantOverride',
    { rule: 'none', stage: 'expander', reason: 'urgent' },
    'CC2028',
  ],
  [
    'a stage that there is not',
    'grantOverride',
    { rule: 'nicotine', stage: 'none', reason: 'urgent' },
    'CC2016',
  ],
  ['another reason', 'grantOverride', { rule: 'nicotine', stage: 'expander', reason: 'tired' }, 'CC2028'],
  [
    'a rule that is absolute',
    'grantOverride',
    { rule: 'infection', stage: 'expander', reason: 'urgent' },
    'CC3005',
  ],
  ['an override that there is not', 'countersignOverride', { override: 'none' }, 'CC2028'],
  ['an override of nothing', 'revokeOverride', { override: 'none', reason: 'a' }, 'CC2028'],
  ['a question that there is not', 'decide', { question: 'none', outcome: 'go-on' }, 'CC2029'],
])('a request or a fact about %s gets a code of its own', async (_title, type, data, code) => {
  await start(nurse, { areas: { treatment: BOTH } });
  const answer = await surgeon.event('plan-1', type, data);
  expect(answer.body).toMatchObject({ code, remedy: expect.any(String) });
});

test.each([
  ['releaseHold', { hold: 'a' }],
  ['grantOverride', { rule: 'nicotine', stage: 'expander', reason: 'urgent' }],
  ['countersignOverride', { override: 'a' }],
  ['revokeOverride', { override: 'a', reason: 'a' }],
  ['decide', { question: 'a', outcome: 'go-on' }],
])('a patient cannot request %s', async (type, data) => {
  await start(nurse, { areas: { treatment: BOTH } });
  const patient = await callerOf(world, 'pat', 'patient');
  expect((await patient.event('plan-1', type, data)).body.code).toBe('CC2018');
});
