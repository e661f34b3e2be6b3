import { decisionOf } from '../support/decided.ts';
import { AGAIN, betweenOf, LIGHT, PEEL, programmeOf } from '../support/listed.ts';
import { pathwayWith, taskOf } from '../support/pathways.ts';
import { type Caller, callerOf } from './caller.ts';
import { cliAt, type Said } from './cli-runner.ts';
import { answered, given, put } from './course.ts';
import { createWorld, type World } from './world.ts';

const programme = pathwayWith({
  rules: [],
  consultation: [taskOf('history')],
  stages: [programmeOf([PEEL, LIGHT, betweenOf('half-way'), AGAIN], { missed: 'skip' })],
  procedures: { facial: [], peel: ['irritating'], 'blue-light': [] },
  decisions: [decisionOf('half-way', { title: 'Does it work?' })],
});

let world: World;
let nurse: Caller;
let carechart: (...words: string[]) => Promise<Said>;
beforeEach(async () => {
  world = await createWorld({ compiled: programme, answerWithinMs: 150 });
  carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  nurse = await callerOf(world, 'ned', 'nurse', 'coordinator');
  await nurse.start('plan-1');
});
afterEach(() => world.api.close());

/** One given, one missed: the third is next. */
const UNDER_WAY = {
  chart: 'programme.ready',
  stages: {
    programme: {
      round: 1,
      skipped: ['2026-02-20'],
      passedOver: [{ on: '2026-02-20', session: 'two' }],
    },
  },
  performed: [given('programme', '2026-02-01', { session: 'one', procedures: ['facial', 'peel'] })],
};

test('a plan tells which session is next, and what has become of the others', async () => {
  put(world, UNDER_WAY);
  const { body } = await nurse.get('/v1/plans/plan-1');
  expect((body.stages as unknown[])[0]).toMatchObject({
    title: 'Programme',
    sessions: {
      done: 2,
      skipped: 1,
      of: 3,
      list: [
        { session: 'one', title: 'First peel', status: 'given', on: '2026-02-01' },
        { session: 'two', title: 'Blue light', status: 'passed over', on: '2026-02-20' },
        { session: 'three', title: 'Second peel', status: 'next' },
      ],
    },
  });
});

test('show prints them', async () => {
  put(world, UNDER_WAY);
  const { out } = await carechart('show', 'plan-1');
  expect(out).toContain('Programme  2 of 3 sessions, 1 of them missed and passed over');
  expect(out).toContain('Sessions of Programme\n');
  expect(out).toContain('  one    First peel   given Sun 1 Feb 2026\n');
  expect(out).toContain('  two    Blue light   passed over Fri 20 Feb 2026\n');
  expect(out).toContain('  three  Second peel  next\n');
  expect(out).toMatch(/programme {2}Sun 1 Feb 2026 +one/);
});

test('the gate is that of the next session, and says what is still to be decided', async () => {
  put(world, UNDER_WAY);
  const { body } = await nurse.get('/v1/plans/plan-1/explanation');
  const gate = body.gate as { title: string; reasons: { says: string }[] };
  expect(gate.title).toBe('Programme: Second peel');
  expect(gate.reasons.map(({ says }) => says)).toContain('Still to be decided: Does it work?');
});

test.each([
  [
    ['perform', 'plan-1', 'programme', '--on', '2026-03-02', '--session', 'two'],
    'procedure.performed' as const,
    { stage: 'programme', performedOn: '2026-03-02', session: 'two' },
  ],
  [
    ['withdraw-report', 'plan-1', 'programme', '2026-03-02', '--session', 'two', '--reason', 'wrong'],
    'report.withdrawn' as const,
    { stage: 'programme', performedOn: '2026-03-02', session: 'two', reason: 'wrong' },
  ],
])('a report names its session: %j', async (words, type, data) => {
  // Under an id that was used for another event, a verb that sends anything else is answered CC2020.
  const event = { id: 'e-1', source: 'carechart-cli', type, data };
  answered(world, event, { outcome: 'accepted', phase: 'programme.ready', says: 'Taken.' });
  expect(await carechart(...words, '--id', 'e-1')).toMatchObject({ code: 0, out: 'Taken. (step 1)' });
});
