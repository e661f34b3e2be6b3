import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS } from '../../src/core/model/limits.ts';
import { type Caller, callerOf, observed } from './caller.ts';
import { cliAt } from './cli-runner.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let caller: Caller;
beforeEach(async () => {
  world = await createWorld({ answerWithinMs: 150 });
  caller = await callerOf(world);
});
afterEach(() => world.api.close());

const NURSE = { id: 'nurse-1', roles: ['nurse'] };

const past = (id: string, time: string, type: string, data: unknown, actor: unknown = NURSE) => ({
  actor,
  event: { id, source: 'old-system', time, type, data },
});

/** Until the excision was done, two weeks before the test begins. */
const DONE = [
  past('1', '2026-02-10T15:00:00Z', 'task.completed', { task: 'consultation/history' }),
  past('2', '2026-02-10T15:00:00Z', 'observation.recorded', observed('bloodThinner', 'never')),
  past(
    '3',
    '2026-02-10T15:00:00Z',
    'observation.recorded',
    observed('temperature', 98.6, { unit: '[degF]' }),
  ),
  past('4', '2026-02-11T15:00:00Z', 'consent.recorded', {
    form: 'mole-excision-consent',
    by: 'patient',
    signedOn: '2026-02-11',
  }),
  past(
    '5',
    '2026-02-16T15:00:00Z',
    'startProcedure',
    { stage: 'excision' },
    { id: 'c-1', roles: ['coordinator'] },
  ),
  past('6', '2026-02-16T16:00:00Z', 'procedure.performed', { stage: 'excision', performedOn: '2026-02-16' }),
];

const requestOf = (events: unknown[], more: Record<string, unknown> = {}) => ({
  planId: 'plan-1',
  patient: 'p-1',
  pathway: { id: 'mole-removal' },
  broughtIn: { startedAt: '2026-02-10T14:00:00Z', events },
  ...more,
});

const bringIn = (events: unknown[], more?: Record<string, unknown>) =>
  caller.post('/v1/plans', requestOf(events, more));

test('a plan under way elsewhere comes with its events in one request, and can be read and carried on', async () => {
  const { status, body } = await bringIn(DONE);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    answer: {
      outcome: 'accepted',
      phase: 'excision.recovery',
      sequence: 1,
      past: {
        events: 6,
        refused: [],
        deviations: [],
        overdue: [{ wait: 'task/excision.recovery/stitches' }],
      },
    },
    plan: { planId: 'plan-1', intent: 'order', startedAt: '2026-02-10T14:00:00.000Z' },
  });
  expect((await caller.get('/v1/plans/plan-1')).body).toMatchObject({
    broughtIn: { at: world.now, by: 'sam', events: 6 },
    performed: [{ performedOn: '2026-02-16', deviation: false }],
    observations: expect.arrayContaining([
      expect.objectContaining({ fact: 'temperature', value: 37, sentAs: { value: 98.6, unit: '[degF]' } }),
    ]),
  });
  const stitches = { task: 'excision.recovery/stitches' };
  expect((await caller.event('plan-1', 'task.completed', stitches)).body).toMatchObject({ sequence: 2 });
  expect((await caller.get('/v1/plans/plan-1')).body.status).toBe('completed');
});

test('the journal has every line at its own time, by whoever did it, and who brought it in', async () => {
  await bringIn(DONE);
  const items = (await caller.get('/v1/plans/plan-1/journal')).body.items as Record<string, unknown>[];
  expect(items[0]).toMatchObject({
    sequence: 1,
    kind: 'plan.broughtIn',
    at: world.now,
    actor: { id: 'sam' },
  });
  expect(items.find(({ says }) => String(says).startsWith('consent.recorded'))).toMatchObject({
    at: '2026-02-11T15:00:00.000Z',
    actor: NURSE,
    details: { broughtInBy: 'sam' },
  });
  expect(items.filter(({ kind }) => kind === 'effects.withheld').length).toBeGreaterThan(0);
  const units = items.find(({ says }) => String(says).endsWith('temperature'));
  expect(units).toMatchObject({ details: { data: { observations: [{ value: 98.6, unit: '[degF]' }] } } });
});

test('the same request sent again gets the first answer, and another one of that plan a conflict', async () => {
  const first = await bringIn(DONE);
  const again = await bringIn(DONE);
  expect(again.body).toEqual(first.body);
  expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
  expect((await bringIn(DONE.slice(1))).body.code).toBe('CC4002');
  expect(world.signals).toBe(1);
});

test('a past that no step of a plan has the time for is refused, and starts nothing', async () => {
  let looked = 0;
  const slow = jest.spyOn(performance, 'now').mockImplementation(() => {
    looked += 1;
    return looked * 2_501;
  });
  const { status, body } = await bringIn(DONE).finally(() => slow.mockRestore());
  expect([status, body.code, body.detail]).toEqual([422, 'CC2037', expect.stringContaining('2501 ms')]);
  expect(world.signals).toBe(0);
  expect((await bringIn(DONE)).status).toBe(201);
});

test('an event that its own system sends again is known', async () => {
  await bringIn(DONE);
  const { event } = DONE[3] ?? {};
  const again = await caller.post('/v1/plans/plan-1/events', event);
  expect([again.status, again.body.code]).toEqual([409, 'CC2039']);
});

test.each<[what: string, events: unknown[], code: string, where: string]>([
  [
    'an event of the wrong form',
    [past('1', '2026-02-10T15:00:00Z', 'task.completed', {})],
    'CC2003',
    'broughtIn.events.0',
  ],
  [
    'an event of no known type',
    [past('1', '2026-02-10T15:00:00Z', 'plan.mended', {})],
    'CC2003',
    'broughtIn.events.0',
  ],
  ['a start within it', [past('1', '2026-02-10T15:00:00Z', 'startPlan', {})], 'CC2003', 'broughtIn.events.0'],
  [
    'an event that the plan cannot take',
    [...DONE, past('7', '2026-02-17T15:00:00Z', 'task.completed', { task: 'x' })],
    'CC2015',
    'broughtIn.events.6',
  ],
  [
    'a unit that nobody can convert',
    [past('1', '2026-02-10T15:00:00Z', 'observation.recorded', observed('temperature', 37, { unit: 'kg' }))],
    'CC2011',
    'broughtIn.events.0',
  ],
  ['a wrong order', [DONE[3], DONE[0]], 'CC2036', 'broughtIn.events.1'],
  [
    `more than ${LIMITS.pastEvents} events`,
    Array.from({ length: LIMITS.pastEvents + 1 }, (_none, index) =>
      past(`${index}`, '2026-02-10T15:00:00Z', 'consent.withdrawn', { form: 'f' }),
    ),
    'CC2003',
    'broughtIn.events',
  ],
])('with %s there is no plan, and the answer says where', async (_what, events, code, where) => {
  const { body } = await bringIn(events);
  expect(body).toMatchObject({ code, detail: expect.stringContaining(where) });
  expect((await caller.get('/v1/plans/plan-1')).body.code).toBe('CC4001');
  expect(world.signals).toBe(0);
});

/** A request of exactly so many bytes. */
function requestOfBytes(bytes: number, planId: string) {
  const withNotes = (lengths: number[]) =>
    requestOf(
      lengths.map((length, index) => {
        const note = 'n'.repeat(length);
        return past(`${index}`, '2026-02-10T15:00:00Z', 'consent.withdrawn', {
          form: 'mole-excision-consent',
          note,
        });
      }),
      { planId },
    );
  const lengths: number[] = [];
  const sizeOf = () => JSON.stringify(withNotes(lengths)).length;
  while (sizeOf() <= bytes) lengths.push(1_900);
  lengths.pop();
  for (let index = 0; sizeOf() < bytes; index += 1) lengths[index] = 1_900 + Math.min(100, bytes - sizeOf());
  return withNotes(lengths);
}

test('a past that would not go into one message never leaves', async () => {
  expect((await caller.post('/v1/plans', requestOfBytes(LIMITS.eventBytes - 8_000, 'plan-1'))).status).toBe(
    201,
  );
  expect((await caller.post('/v1/plans', requestOfBytes(LIMITS.eventBytes, 'plan-2'))).body.code).toBe(
    'CC2004',
  );
  expect((await caller.get('/v1/plans/plan-2')).body.code).toBe('CC4001');
  expect(world.signals).toBe(1);
});

test('a plan that is prescribed only is shown as such, is no plan that runs, and asks for one', async () => {
  const { status, body } = await caller.post('/v1/plans', {
    planId: 'plan-1',
    patient: 'p-1',
    pathway: { id: 'mole-removal' },
    intent: 'plan',
  });
  expect([status, body.plan]).toMatchObject([
    201,
    { intent: 'plan', status: 'draft', phase: 'prescribed', nextDueAt: null },
  ]);
  expect((await caller.get('/v1/plans/plan-1')).body).toMatchObject({ intent: 'plan', waits: [], tasks: [] });
  expect((await caller.get('/v1/plans/plan-1/explanation')).body.gate).toBeUndefined();
  for (const status of ['active', 'on-hold', 'completed', 'revoked'])
    expect((await caller.get(`/v1/plans?status=${status}`)).body.items).toEqual([]);
  expect((await caller.get('/v1/plans?status=draft')).body.items).toMatchObject([{ intent: 'plan' }]);
  const asked = await caller.event('plan-1', 'startProcedure', { stage: 'excision' });
  expect(asked.body).toMatchObject({
    code: 'CC3003',
    reasons: [{ clears: [[{ type: 'startPlan', needs: 'mole-removal' }]] }],
  });
  const told = await caller.event('plan-1', 'observation.recorded', observed('smoker', true));
  expect(told.body).toMatchObject({ outcome: 'accepted', phase: 'prescribed' });
});

describe('at the command line', () => {
  let carechart: ReturnType<typeof cliAt>;
  const folder = mkdtempSync(join(tmpdir(), 'carechart-bring-in-'));
  const file = join(folder, 'plan.json');
  beforeEach(async () => {
    carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const withoutNames = (events: typeof DONE) =>
    events.map(({ actor, event: { id: _id, source: _source, ...event } }) => ({ actor, event }));

  test('bring-in takes a file, names what it does not name, and says what its past came to', async () => {
    const [asked, ...done] = [DONE[4], ...DONE];
    const early = {
      ...asked,
      event: { ...asked?.event, time: '2026-02-10T14:30:00Z' },
    } as (typeof DONE)[number];
    writeFileSync(file, JSON.stringify(requestOf(withoutNames([early, ...done]))));
    const { code, out } = await carechart('bring-in', file);
    expect(code).toBe(0);
    expect(out).toContain('Plan plan-1 is brought in. The plan is in excision.recovery.');
    expect(out).toContain('7 events of its past were gone through');
    expect(out).toContain('event 1, startProcedure, Tue 10 Feb 2026 09:30');
    expect(out).toMatch(/Overdue: tell them\n {2}nurse {2}end of Thu 26 Feb 2026 {2}Take out the stitches/);
    expect((await carechart('show', 'plan-1')).out).toContain(
      'brought in by coordinator Mon 2 Mar 2026 09:00, with 7 events of its past',
    );
  });

  test.each<[what: string, text: string, code: number, says: string]>([
    ['that is no JSON', '{', 2, 'cannot be read as JSON'],
    ['of something else', '[]', 1, 'CC2003'],
    ['with an event that is none', JSON.stringify(requestOf(['x'])), 1, 'broughtIn.events.0'],
  ])('a file %s is refused', async (_what, text, code, says) => {
    writeFileSync(file, text);
    const said = await carechart('bring-in', file);
    expect([said.code, said.err]).toEqual([code, expect.stringContaining(says)]);
  });

  test('start --prescribe-only writes it down, and its journal says all of it', async () => {
    const started = await carechart(
      'start',
      'mole-removal',
      '--patient',
      'p-1',
      '--plan',
      'plan-1',
      '--prescribe-only',
    );
    expect(started.out).toContain('Plan plan-1 is prescribed only.');
    expect((await carechart('show', 'plan-1')).out).toContain(
      'prescribed only: nothing of it is carried out here',
    );
    expect((await carechart('list')).out).toMatch(/draft +prescribed/);
    expect((await carechart('journal', 'plan-1')).out).toContain(
      'Excision of the mole, mole-excision: Take out the stitches (nurse, 7 days to 10 days after procedure)',
    );
  });
});
