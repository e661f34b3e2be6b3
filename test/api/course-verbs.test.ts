import type { SentEvent } from '../../src/core/model/event.schema.ts';
import { type Caller, callerOf } from './caller.ts';
import { cliAt, type Said } from './cli-runner.ts';
import { answered, course } from './course.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let carechart: (...words: string[]) => Promise<Said>;
let nurse: Caller;
let patient: Caller;
beforeEach(async () => {
  world = await createWorld({ compiled: course, answerWithinMs: 150 });
  carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  nurse = await callerOf(world, 'ned', 'nurse', 'coordinator');
  patient = await callerOf(world, 'patient-of-plan-1', 'patient');
  await nurse.start('plan-1');
});
afterEach(() => world.api.close());

type Verb = [title: string, words: string[], type: SentEvent['type'], data: Record<string, unknown>];

const VERBS: Verb[] = [
  [
    'books a day',
    ['book', 'plan-1', 'cycles', '2026-03-09'],
    'bookAppointment',
    { stage: 'cycles', on: '2026-03-09' },
  ],
  [
    'books a day that a calendar has',
    ['book', 'plan-1', 'cycles', '2026-03-09', '--appointment', 'a-1'],
    'bookAppointment',
    { stage: 'cycles', on: '2026-03-09', appointment: 'a-1' },
  ],
  [
    'cancels an appointment',
    ['cancel-appointment', 'plan-1', 'cycles', '--note', 'ill'],
    'appointment.cancelled',
    { stage: 'cycles', note: 'ill' },
  ],
  [
    'says that the patient did not come',
    ['missed', 'plan-1', 'cycles', '2026-03-02', '--note', 'snow'],
    'appointment.missed',
    { stage: 'cycles', on: '2026-03-02', note: 'snow' },
  ],
  ["asks the gate of a stage's prep", ['start-prep', 'plan-1', 'surgery'], 'startPrep', { stage: 'surgery' }],
  [
    'says that nothing was done behind a gate',
    ['not-performed', 'plan-1', 'surgery', '2026-03-02', '--reason', 'fever'],
    'procedure.notPerformed',
    { stage: 'surgery', on: '2026-03-02', reason: 'fever' },
  ],
  [
    'takes a report back',
    ['withdraw-report', 'plan-1', 'cycles', '2026-03-02', '--reason', 'another patient'],
    'report.withdrawn',
    { stage: 'cycles', performedOn: '2026-03-02', reason: 'another patient' },
  ],
  [
    'takes a plan off its course',
    ['leave', 'plan-1', 'postponement', '--reason', 'pregnant'],
    'leaveCourse',
    { exit: 'postponement', reason: 'pregnant' },
  ],
  ['brings a plan back', ['return', 'plan-1', '--reason', 'ready'], 'returnToCourse', { reason: 'ready' }],
  [
    'votes in one role of several',
    ['decide', 'plan-1', 'question/decision/mid-board', 'go-on', '--role', 'clinical-lead'],
    'decide',
    { question: 'decision/mid-board', outcome: 'go-on', role: 'clinical-lead' },
  ],
];

describe.each(VERBS)('the verb that %s', (_title, words, type, data) => {
  // Under an id that was used for another event, a verb that sends anything else is answered CC2020.
  const event = { id: 'e-1', source: 'carechart-cli', type, data };
  const says = 'The plan is in cycles.ready.';

  test('sends just that, and says where the plan is', async () => {
    answered(world, event, { outcome: 'accepted', phase: 'cycles.ready', says });
    expect(await carechart(...words, '--id', 'e-1')).toEqual({ code: 0, err: '', out: `${says} (step 1)` });
    const json = await carechart(...words, '--id', 'e-1', '--json');
    expect(JSON.parse(json.out)).toEqual({ outcome: 'accepted', phase: 'cycles.ready', says, sequence: 1 });
  });

  test('tells each reason of a refusal, and what would clear it', async () => {
    const clears = [[{ kind: 'event' as const, type: 'task.completed', needs: 'a/b', role: 'nurse' }]];
    const reasons = [{ invariant: 'phase' as const, says: 'Prep is not done.', clears }];
    answered(world, event, { outcome: 'refused', code: 'CC3002', says: 'Not now.', reasons });
    const { code, err } = await carechart(...words, '--id', 'e-1');
    expect(code).toBe(1);
    expect(err.split('\n')).toEqual([
      'refused: CC3002 Not in this phase.',
      'Not now.',
      '  1. Prep is not done.',
      '     clears: the nurse sends task.completed: a/b',
      'help: Finish what the reasons name first.',
    ]);
    const json = await carechart(...words, '--id', 'e-1', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ outcome: 'refused', code: 'CC3002', reasons });
  });
});

test.each([
  ['book plan-1 cycles tomorrow', 'It is not a day, such as 2026-03-02.'],
  ['book plan-1 cycles', "missing required argument 'day'"],
  ['missed plan-1 cycles 2026-02-30', 'It is not a day, such as 2026-03-02.'],
  ['not-performed plan-1 surgery 2026-03-02', "required option '--reason <text>' not specified"],
  ['withdraw-report plan-1 surgery 2026-03-02', "required option '--reason <text>' not specified"],
  ['leave plan-1 home --reason a', 'Allowed choices are further-evaluation, conservative, referral'],
  ['leave plan-1 postponement', "required option '--reason <text>' not specified"],
  ['return plan-1', "required option '--reason <text>' not specified"],
])('%s is bad usage, and nothing is sent', async (line, says) => {
  const signals = world.signals;
  const { code, err } = await carechart(...line.split(' '));
  expect(code).toBe(2);
  expect(err).toContain(says);
  expect(world.signals).toBe(signals);
});

test('help lists every verb of the course', async () => {
  const { out } = await carechart('--help');
  for (const verb of new Set(VERBS.map(([, [name]]) => name)))
    expect(out).toMatch(new RegExp(`^ {2}${verb} `, 'm'));
});

describe('the course over HTTP', () => {
  test.each<[type: string, data: Record<string, unknown>]>([
    ['appointment.booked', { stage: 'cycles', on: '2026-03-09', appointment: 'a-1' }],
    ['appointment.cancelled', { stage: 'cycles' }],
    ['appointment.missed', { stage: 'cycles', on: '2026-03-02' }],
    ['procedure.notPerformed', { stage: 'cycles', on: '2026-03-02', reason: 'fever' }],
  ])('takes the fact %s in whatever phase', async (type, data) => {
    expect((await nurse.event('plan-1', type, data)).body).toMatchObject({ outcome: 'accepted' });
  });

  test('takes it that a report was wrong', async () => {
    await nurse.event('plan-1', 'procedure.performed', { stage: 'cycles', performedOn: '2026-03-02' });
    const back = { stage: 'cycles', performedOn: '2026-03-02', reason: 'another patient' };
    expect((await nurse.event('plan-1', 'report.withdrawn', back)).body).toMatchObject({
      outcome: 'accepted',
    });
  });

  test.each<[type: string, data: Record<string, unknown>]>([
    ['appointment.booked', { on: '2026-03-09' }],
    ['appointment.cancelled', {}],
    ['appointment.missed', { on: '2026-03-02' }],
    ['procedure.notPerformed', { on: '2026-03-02', reason: 'fever' }],
    ['report.withdrawn', { performedOn: '2026-03-02', reason: 'fever' }],
    ['startPrep', {}],
    ['bookAppointment', { on: '2026-03-09' }],
  ])('has no stage that the pathway has not: %s', async (type, data) => {
    const answer = await nurse.event('plan-1', type, { stage: 'none', ...data });
    expect(answer).toMatchObject({ status: 422, body: { code: 'CC2016' } });
    expect(answer.body.detail).toContain('cycles, surgery');
  });

  test.each<[type: string, data: Record<string, unknown>]>([
    ['startPrep', { stage: 'surgery' }],
    ['bookAppointment', { stage: 'surgery', on: '2026-03-09' }],
    ['leaveCourse', { exit: 'postponement', reason: 'tired' }],
    ['returnToCourse', { reason: 'better' }],
    ['revisePlan', { reason: 'frail', changes: [{ change: 'stage-skipped', stage: 'surgery' }] }],
  ])('is not for a patient to steer: %s', async (type, data) => {
    expect(await patient.event('plan-1', type, data)).toMatchObject({
      status: 403,
      body: { code: 'CC2018' },
    });
  });

  test.each<[type: string, data: Record<string, unknown>, field: string, says: string]>([
    ['bookAppointment', { stage: 'surgery' }, 'data.on', 'is missing'],
    ['bookAppointment', { stage: 'surgery', on: '9 March' }, 'data.on', 'must be a day'],
    ['bookAppointment', { stage: 'surgery', on: '2026-03-09', at: '9:00' }, 'data.at', 'is not a key'],
    ['appointment.missed', { stage: 'surgery' }, 'data.on', 'is missing'],
    ['report.withdrawn', { stage: 'surgery', performedOn: '2026-03-02' }, 'data.reason', 'is missing'],
    ['procedure.notPerformed', { stage: 'a', on: '2026-03-02', reason: '' }, 'data.reason', 'at least 1'],
    ['leaveCourse', { exit: 'home', reason: 'a' }, 'data.exit', 'postponement, declined'],
    ['returnToCourse', {}, 'data.reason', 'is missing'],
    ['decide', { question: 'a', outcome: 'b', role: 'Not a role' }, 'data.role', 'must be'],
  ])('names the field that it minds of %s: %p', async (type, data, field, says) => {
    const { body } = await nurse.event('plan-1', type, data);
    expect(body).toMatchObject({
      code: 'CC2003',
      fields: [{ field, says: expect.stringContaining(says) }],
    });
  });

  test('names every type there is to a sender of another one', async () => {
    const { body } = await nurse.event('plan-1', 'bookedAppointment', {});
    expect(body.code).toBe('CC2002');
    for (const type of new Set([...VERBS.map(([, , type]) => type), 'appointment.booked']))
      expect(body.detail).toContain(type);
  });
});
