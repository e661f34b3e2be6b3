import { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import { atStage, for_, intervalOf } from '../support/pathways.ts';
import { type Answered, type Caller, callerOf, observed } from './caller.ts';
import { cliAt, type Said } from './cli-runner.ts';
import { course } from './course.ts';
import { createWorld, type World } from './world.ts';

/** Two weeks from cycle to cycle. */
const spaced = CompiledPathway.parse({
  ...course,
  course: course.course.filter(({ kind }) => kind === 'stage'),
  intervals: [
    intervalOf('cycle-to-cycle', atStage('start of cycles'), '', {
      title: 'Cycle to cycle',
      to: { kind: 'stage', stage: 'cycles' },
      minimum: for_(14, 'day'),
    }),
  ],
});

let world: World;
let nurse: Caller;
let carechart: (...words: string[]) => Promise<Said>;
const send = (type: string, data: unknown): Promise<Answered> => nurse.event('plan-1', type, data);
const view = async () => (await nurse.get('/v1/plans/plan-1')).body;
const gate = async () =>
  (await nurse.get('/v1/plans/plan-1/explanation')).body.gate as Record<string, unknown>;
const later = async (day: string): Promise<void> => {
  world.now = `${day}T15:00:00.000Z`;
  nurse = await callerOf(world, 'ned', 'nurse', 'coordinator', 'dermatologist');
};

beforeEach(async () => {
  world = await createWorld({ compiled: spaced });
  carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  nurse = await callerOf(world, 'ned', 'nurse', 'coordinator', 'dermatologist');
  await nurse.start('plan-1');
  await send('observation.recorded', observed('infection', false));
  await send('observation.recorded', observed('fitness', true));
  await send('task.completed', { task: 'consultation/history' });
  for (const form of ['cycles-consent', 'surgery-consent'])
    await send('consent.recorded', { form, by: 'patient', signedOn: '2026-03-02' });
});
afterEach(() => world.api.close());

test('a day is booked, told, moved and cancelled, and each is shown', async () => {
  const booked = await send('bookAppointment', { stage: 'cycles', on: '2026-03-09' });
  expect(booked.body).toMatchObject({ outcome: 'accepted', phase: 'cycles.ready', ahead: [] });
  expect((await view()).bookings).toMatchObject([
    { stage: 'cycles', on: '2026-03-09', status: 'booked', by: 'ned', generation: 1 },
  ]);
  expect((await view()).tasks).toContainEqual(
    expect.objectContaining({ bookingOf: 'cycles', from: '2026-03-06', dueAt: '2026-03-09T04:00:00.000Z' }),
  );
  await send('appointment.booked', { stage: 'cycles', on: '2026-03-11', appointment: 'a-1' });
  expect((await view()).bookings).toMatchObject([{ on: '2026-03-11', appointment: 'a-1', generation: 2 }]);
  expect(await gate()).toMatchObject({ bookedOn: '2026-03-11' });
  await send('appointment.cancelled', { stage: 'cycles' });
  expect((await view()).bookings).toMatchObject([{ status: 'cancelled' }]);
  expect(await gate()).not.toHaveProperty('bookedOn');
});

test('a day that the spacing forbids is refused, with the first day that it allows', async () => {
  await send('procedure.performed', { stage: 'cycles', performedOn: '2026-03-02' });
  expect((await view()).stages).toMatchObject([{ sessions: { done: 1, skipped: 0, of: 4 } }, {}]);
  const { status, body } = await send('bookAppointment', { stage: 'cycles', on: '2026-03-15' });
  expect(status).toBe(422);
  expect(body).toMatchObject({
    code: 'CC3008',
    outcome: 'refused',
    reasons: [{ invariant: 'S3', clears: [[{ kind: 'date', on: '2026-03-16' }]] }],
  });
  const { code, err } = await carechart('book', 'plan-1', 'cycles', '2026-03-15');
  expect(code).toBe(1);
  expect(err).toContain('clears: by itself on Mon 16 Mar 2026');
  expect((await carechart('book', 'plan-1', 'cycles', '2026-03-16')).code).toBe(0);
});

test('a booking tells what still stands in its way', async () => {
  const what = { fact: 'infection', on: '2026-03-02', reason: 'misread' };
  await send('fact.corrected', { ...what, value: true });
  const { body } = await send('bookAppointment', { stage: 'cycles', on: '2026-03-09' });
  expect(body).toMatchObject({ ahead: [{ invariant: 'S2', finding: { rule: 'infection', result: 'met' } }] });
  const { out } = await carechart('book', 'plan-1', 'cycles', '2026-03-10');
  expect(out).toContain('Still in its way:\n  1. Infection.');
});

test('a missed session is passed over, and told so', async () => {
  await send('bookAppointment', { stage: 'cycles', on: '2026-03-02' });
  expect((await carechart('missed', 'plan-1', 'cycles', '2026-03-02')).code).toBe(0);
  expect(await view()).toMatchObject({
    bookings: [{ status: 'noshow' }],
    stages: [{ sessions: { done: 1, skipped: 1, of: 4 } }, {}],
  });
});

describe('at the operation', () => {
  beforeEach(async () => {
    for (const day of ['2026-03-02', '2026-03-16', '2026-03-30', '2026-04-13']) {
      await later(day);
      await send('procedure.performed', { stage: 'cycles', performedOn: day });
    }
  });

  test('prep has a gate of its own, and the clearance keeps the next one closed', async () => {
    expect(await gate()).toMatchObject({ stage: 'surgery', of: 'prep', isReached: true, isOpen: true });
    expect((await send('startProcedure', { stage: 'surgery' })).body.code).toBe('CC3002');
    expect((await carechart('start-prep', 'plan-1', 'surgery')).code).toBe(0);
    const closed = await gate();
    expect(closed).toMatchObject({ of: 'procedure', isReached: true, isOpen: false });
    expect(closed.before).toMatchObject([
      { task: 'surgery.prep/clearance' },
      { task: 'surgery.prep/photographs' },
    ]);
    const invariants = (closed.reasons as { invariant: string }[]).map(({ invariant }) => invariant);
    expect(invariants).toEqual(expect.arrayContaining(['S5', 'phase']));
    const { out } = await carechart('explain', 'plan-1');
    expect(out).toContain('clears: the dermatologist sends task.completed: surgery.prep/clearance');
    expect((await view()).stages).toMatchObject([{}, { clearance: [{ status: 'requested' }] }]);
    await send('task.completed', { task: 'surgery.prep/clearance' });
    await send('task.completed', { task: 'surgery.prep/photographs' });
    expect((await view()).stages).toMatchObject([{}, { clearance: [{ status: 'completed' }] }]);
    expect(await gate()).toMatchObject({ isOpen: true, reasons: [], before: [] });
  });

  test('what was not performed closes its gate, and a report that was wrong is gone', async () => {
    await send('startPrep', { stage: 'surgery' });
    for (const name of ['clearance', 'photographs'])
      await send('task.completed', { task: `surgery.prep/${name}` });
    await send('startProcedure', { stage: 'surgery' });
    expect((await view()).phase).toBe('surgery.procedure');
    const off = ['not-performed', 'plan-1', 'surgery', '2026-04-13', '--reason', 'fever'];
    expect((await carechart(...off)).out).toContain('The plan is in surgery.ready.');
    await send('procedure.performed', { stage: 'surgery', performedOn: '2026-04-13' });
    expect((await view()).performed).toHaveLength(5);
    await carechart('withdraw-report', 'plan-1', 'surgery', '2026-04-13', '--reason', 'another patient');
    const { phase, performed } = await view();
    expect(phase).toBe('surgery.ready');
    expect(performed).toHaveLength(4);
  });
});

describe('a board that the course begins with', () => {
  let ada: Caller;
  const QUESTION = 'decision/mid-board';
  const asked = async () => ((await view()).questions as Record<string, unknown>[])[0];
  beforeEach(async () => {
    await world.api.close();
    world = await createWorld({
      compiled: { ...course, course: course.course.toSorted((one) => (one.kind === 'decision' ? -1 : 1)) },
    });
    carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
    nurse = await callerOf(world, 'ned', 'nurse', 'coordinator');
    ada = await callerOf(world, 'ada', 'dermatologist');
    await nurse.start('plan-1');
    await send('task.completed', { task: 'consultation/history' });
  });

  test('cannot decide on what is not known, and says what that is', async () => {
    expect(await asked()).toMatchObject({ id: QUESTION, notKnown: ['tumourResponse'], votes: [] });
    const { status, body } = await ada.event('plan-1', 'decide', { question: QUESTION, outcome: 'go-on' });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'CC3009', reasons: [{ clears: [[{ fact: 'tumourResponse' }]] }] });
    const decide = ['decide', 'plan-1', QUESTION, 'go-on', '--as', 'dermatologist', '--person', 'ada'];
    expect((await carechart(...decide)).err).toContain(
      'clears: the nurse states tumourResponse (known; now missing)',
    );
  });

  test('keeps each vote, waits for the others, and is told with the dissent once it has decided', async () => {
    await send('observation.recorded', observed('tumourResponse', 'partial'));
    await ada.event('plan-1', 'decide', { question: QUESTION, outcome: 'surgery-now', note: 'too slow' });
    expect(await asked()).toMatchObject({
      votes: [{ role: 'dermatologist', by: 'ada', outcome: 'surgery-now', note: 'too slow' }],
      stillAsked: ['nurse', 'clinical-lead'],
    });
    expect(await gate()).toMatchObject({ isReached: false, undecided: [{ question: QUESTION }] });
    const other = ['decide', 'plan-1', `question/${QUESTION}`, 'go-on', '--role', 'dermatologist'];
    expect((await carechart(...other, '--as', 'nurse', '--person', 'ned')).err).toContain('CC2018');
    await send('decide', { question: QUESTION, outcome: 'go-on', role: 'nurse' });
    expect(await asked()).toMatchObject({ stillAsked: ['clinical-lead'] });
    const lead = ['--role', 'clinical-lead', '--as', 'clinical-lead', '--person', 'lee'];
    const { out } = await carechart('decide', 'plan-1', QUESTION, 'go-on', ...lead);
    expect(out).toContain('The plan is in cycles.ready.');
    expect(await view()).toMatchObject({
      questions: [],
      decided: [{ id: QUESTION, outcome: 'go-on', votes: [{ by: 'ada' }, { by: 'ned' }, { by: 'lee' }] }],
    });
  });
});

describe('off its course', () => {
  test('a plan says where it is and until when, and comes back to where it left', async () => {
    const { out } = await carechart('leave', 'plan-1', 'postponement', '--reason', 'pregnant');
    expect(out).toContain('The plan is in postponement.');
    expect(await view()).toMatchObject({
      phase: 'postponement',
      status: 'on-hold',
      leave: { exit: 'postponement', from: 'cycles.ready', by: 'coordinator', reason: 'pregnant' },
    });
    expect(await gate()).toMatchObject({ stage: 'cycles', isReached: false, isOpen: false });
    expect((await carechart('show', 'plan-1')).out).toContain(
      'Off its course\n  postponement since Mon 2 Mar 2026 09:00, by coordinator: pregnant\n  returns to cycles.ready',
    );
    expect((await carechart('return', 'plan-1', '--reason', 'well')).out).toContain('cycles.ready');
    expect(await view()).not.toHaveProperty('leave');
  });

  test('a plan that has not left cannot return, and one that is away cannot be booked', async () => {
    expect((await carechart('return', 'plan-1', '--reason', 'well')).err).toContain('refused: CC3010');
    await send('leaveCourse', { exit: 'postponement', reason: 'pregnant' });
    expect((await send('leaveCourse', { exit: 'postponement', reason: 'pregnant' })).body.code).toBe(
      'CC3010',
    );
    expect((await send('bookAppointment', { stage: 'cycles', on: '2026-03-09' })).body.code).toBe('CC3008');
  });

  test('a patient who declines ends the plan, and it does not return', async () => {
    expect((await carechart('leave', 'plan-1', 'declined', '--reason', 'too much')).code).toBe(0);
    expect(await view()).toMatchObject({ phase: 'declined', status: 'revoked' });
    expect((await carechart('return', 'plan-1', '--reason', 'well')).err).toMatch(/refused: CC30(03|10)/);
  });
});
