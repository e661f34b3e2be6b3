import { digestOf } from '../../src/store/event-hash.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { type Caller, callerOf } from './caller.ts';
import { cliAt, type Said } from './cli-runner.ts';
import { createWorld, type World } from './world.ts';

const [history] = moleRemoval.consultation;
if (!history) throw new Error('the fixture asks for the history');
const NEWER = {
  ...moleRemoval,
  version: '1.1.0',
  consultation: [history, { ...history, task: 'photograph', title: 'Photograph the mole' }],
};
const WITHOUT = { ...moleRemoval, version: '2.0.0', consultation: [] };
const referenceTo = (one: typeof moleRemoval) => ({
  id: 'mole-removal',
  version: one.version,
  digest: digestOf(one),
});

let world: World;
let sam: Caller;
let lee: Caller;
let carechart: (...words: string[]) => Promise<Said>;
beforeEach(async () => {
  world = await createWorld({ others: [NEWER, WITHOUT] });
  sam = await callerOf(world);
  lee = await callerOf(world, 'lee', 'clinical-lead');
  carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  await sam.start('plan-1');
});
afterEach(() => world.api.close());

const adopt = (one: typeof moleRemoval, caller = lee) =>
  caller.event('plan-1', 'adoptVersion', { pathway: referenceTo(one), reason: 'a photograph is taken now' });

test('a plan that adopts another version is shown, explained and worked on as that version has it', async () => {
  expect(await adopt(NEWER)).toMatchObject({ status: 200 });
  const { body } = await sam.get('/v1/plans/plan-1');
  expect(body).toMatchObject({ pathway: { ...referenceTo(NEWER), title: 'Removal of a mole' } });
  expect(JSON.stringify(body)).toContain('Photograph the mole');
  expect((await sam.get('/v1/plans/plan-1/explanation')).status).toBe(200);
  const done = await sam.event('plan-1', 'task.completed', { task: 'consultation/photograph' });
  expect(done.status).toBe(200);
});

test('what it does not have is named, and the plan stays as it was', async () => {
  const { status, body } = await adopt(WITHOUT);
  expect({ status, body }).toMatchObject({
    status: 422,
    body: { code: 'CC3014', reasons: [{ says: expect.stringContaining('no task consultation/history') }] },
  });
  expect((await sam.get('/v1/plans/plan-1')).body).toMatchObject({ pathway: referenceTo(moleRemoval) });
});

test.each([
  ['by somebody who does not lead', () => adopt(NEWER, sam), 403, 'CC2018'],
  ['that nobody has published', () => adopt({ ...NEWER, version: '9.9.9' }), 404, 'CC4003'],
] as const)('a version is not adopted %s', async (_says, send, status, code) => {
  expect(await send()).toMatchObject({ status, body: { code } });
});

test('the start of a plan that was sent before is the same start after another version was adopted', async () => {
  await adopt(NEWER);
  const again = await sam.start('plan-1');
  expect(again).toMatchObject({ status: 201, body: { planId: 'plan-1' } });
  const other = await sam.post('/v1/plans', {
    planId: 'plan-1',
    patient: 'patient-of-plan-1',
    pathway: { id: 'mole-removal', digest: digestOf(NEWER) },
  });
  expect(other).toMatchObject({ status: 409, body: { code: 'CC4002' } });
});

test('every published version can be asked for', async () => {
  const { body } = await sam.get('/v1/pathways/mole-removal/versions');
  expect(body).toMatchObject({ items: [{ version: '1.0.0' }, { version: '1.1.0' }, { version: '2.0.0' }] });
  expect(await sam.get('/v1/pathways/none/versions')).toMatchObject({
    status: 404,
    body: { code: 'CC4003' },
  });
});

describe('at a terminal', () => {
  const as = ['--reason', 'a photograph is taken now', '--as', 'clinical-lead', '--person', 'lee'];

  test.each([
    ['its name', '1.1.0'],
    ['twelve figures of its digest', digestOf(NEWER).slice(0, 12)],
  ])('a version is adopted by %s', async (_by, version) => {
    expect(await carechart('adopt', 'plan-1', version, ...as)).toMatchObject({ code: 0, err: '' });
    expect((await carechart('show', 'plan-1')).out).toContain('Removal of a mole 1.1.0');
  });

  test('one that there is not is told from those that there are', async () => {
    const { code, err } = await carechart('adopt', 'plan-1', '1', ...as);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: no version 1 of mole-removal is published; published are: 1.0.0, 1.1.0, 2.0.0',
    });
  });
});
