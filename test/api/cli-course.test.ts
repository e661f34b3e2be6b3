import type { Answer, Reason } from '../../src/core/plan/outcome.schema.ts';
import { cliAt, type Said } from './cli-runner.ts';
import { answered, boardAsked, course, given, put, task, vote, wait } from './course.ts';
import { createWorld, START_OF_TEST, type World } from './world.ts';

let world: World;
let carechart: (...words: string[]) => Promise<Said>;
beforeEach(async () => {
  world = await createWorld({ compiled: course, answerWithinMs: 150 });
  carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  await carechart('start', 'mole-removal', '--patient', 'p-1', '--plan', 'plan-1');
});
afterEach(() => world.api.close());

const show = async (): Promise<string> => (await carechart('show', 'plan-1')).out;
const explain = async (): Promise<string> => (await carechart('explain', 'plan-1')).out;

/** A section of a text, without its heading. */
function under(heading: string, text: string): string[] {
  const lines = text.split('\n');
  const at = lines.indexOf(heading);
  return at < 0 ? [] : lines.slice(at + 1, lines.indexOf('', at));
}

test('show tells how far each stage is that the plan has come to', async () => {
  put(world, {
    stages: { cycles: { round: 1, skipped: ['2026-02-15'] }, surgery: { round: 2, skipped: [] } },
    performed: [given('cycles', '2026-02-01'), given('surgery', '2026-02-20', { round: 2 })],
    tasks: {
      'surgery.prep/clearance': task({
        ...{ status: 'completed', completedAt: START_OF_TEST, completedBy: 'ada' },
        turn: { round: 2 },
      }),
    },
  });
  const text = await show();
  expect(under('Stages', text)).toEqual([
    '  Four cycles     2 of 4 sessions, 1 of them missed and passed over',
    '  Breast surgery  round 2; done; general anaesthesia; Anaesthesia visit: done Mon 2 Mar 2026 09:00',
  ]);
  expect(under('Performed', text)).toEqual([
    '  cycles   Sun 1 Feb 2026',
    '  surgery  Fri 20 Feb 2026    round 2',
  ]);
});

test.each([
  ['nobody has asked for', undefined, 'not asked for yet'],
  ['is asked for', 'requested' as const, 'not done'],
  ['was cancelled', 'cancelled' as const, 'not done'],
])('a clearance that %s is told so', async (_title, status, says) => {
  put(world, {
    stages: { surgery: { round: 1, skipped: [] } },
    tasks: status === undefined ? {} : { 'surgery.prep/clearance': task({ status }) },
  });
  expect(under('Stages', await show())).toEqual([
    `  Breast surgery  not done yet; general anaesthesia; Anaesthesia visit: ${says}`,
  ]);
});

test('show tells appointments with what became of them, and gates that were told to wait', async () => {
  const booked = { bookedAt: START_OF_TEST, by: 'sam' };
  put(world, {
    bookings: {
      cycles: { ...booked, on: '2026-03-04', status: 'noshow', generation: 1 },
      surgery: { ...booked, on: '2026-06-02', status: 'booked', generation: 2, appointment: 'a-2' },
    },
    delays: { cycles: { until: '2026-03-09', why: 'Blood count: wait.' } },
  });
  const text = await show();
  expect(under('Appointments', text)).toEqual([
    '  Four cycles     Wed 4 Mar 2026  missed                         by sam',
    '  Breast surgery  Tue 2 Jun 2026  booked, made or moved 2 times  by sam  a-2',
  ]);
  expect(under('Told to wait', text)).toEqual(['  Four cycles  until Mon 9 Mar 2026  Blood count: wait.']);
});

test('show tells of a plan off its course first where it is, and how it comes back', async () => {
  put(world, {
    chart: 'postponement',
    leave: {
      ...{ exit: 'postponement', from: 'cycles.ready', at: START_OF_TEST, by: 'ada', reason: 'Pregnant.' },
      ...{ closesAt: '2026-09-03T04:00:00.000Z', dropped: [] },
    },
  });
  const text = await show();
  expect(text.split('\n').slice(1, 6)).toEqual([
    expect.stringMatching(/^patient p-1, in postponement since /),
    '',
    'Off its course',
    '  postponement since Mon 2 Mar 2026 09:00, by ada: Pregnant.',
    '  returns to cycles.ready; closed if it has not by end of Wed 2 Sep 2026',
  ]);
});

test('show tells of a decision who has voted, who is still asked, and what has to be known first', async () => {
  const ada = vote('dermatologist', 'ada', 'go-on', { note: 'responds well' });
  put(world, {
    questions: {
      'decision/mid-board': boardAsked([ada]),
      'decision/both': {
        ...boardAsked([vote('patient', 'p-1', 'yes', { recordedBy: 'ned' })]),
        ...{ title: 'Both agree?', decision: 'both', roles: ['dermatologist', 'patient'] },
        outcomes: ['yes', 'no'],
      },
    },
    waits: { 'question/decision/mid-board': wait({ kind: 'question' }) },
  });
  expect(under('Asked', await show())).toEqual([
    expect.stringMatching(
      /^ {2}the board of dermatologist, nurse, clinical-lead {2}due end of Wed 4 Mar 2026 {2}Response after the cycles {2}go-on or surgery-now {2}decision\/mid-board$/,
    ),
    '    ada (dermatologist): go-on, Mon 2 Mar 2026 09:00: responds well',
    '    decided once 2 of them have voted and more than half agree; in a tie, the clinical-lead decides',
    '    still asked: nurse, clinical-lead',
    '    to be known first: tumourResponse',
    expect.stringMatching(/^ {2}dermatologist and patient .*yes or no .*decision\/both$/),
    '    p-1 (patient), as ned recorded: yes, Mon 2 Mar 2026 09:00',
    '    still asked: dermatologist',
  ]);
});

test('show keeps what was decided, with the vote against it', async () => {
  const votes = [vote('nurse', 'ned', 'go-on'), vote('dermatologist', 'ada', 'surgery-now')];
  const answer = { outcome: 'go-on', at: START_OF_TEST, votes };
  put(world, { questions: { 'decision/mid-board': { ...boardAsked(votes), answer } } });
  const text = await show();
  expect(text).not.toContain('Asked');
  expect(under('Decided', text)).toEqual([
    '  Response after the cycles: go-on, Mon 2 Mar 2026 09:00',
    '    ned (nurse): go-on, Mon 2 Mar 2026 09:00',
    '    ada (dermatologist): surgery-now, Mon 2 Mar 2026 09:00',
  ]);
});

test('show tells which of a row work is, what counts from a booking, and whose clock a hold has stopped', async () => {
  put(world, {
    tasks: {
      'a/bloods': task({ title: 'Blood count', bookingOf: 'cycles', from: '2026-03-01' }),
      'a/call': task({ title: 'Call', bookingOf: 'surgery' }),
      'a/dressing': task({ title: 'New dressing', repeat: 3 }),
      'a/visit': task({ title: 'Visit' }),
    },
    waits: {
      'task/a/bloods': wait({ title: 'Blood count' }),
      'task/a/dressing': wait({ title: 'New dressing' }),
      'task/a/visit': wait({ title: 'Visit', stage: 'cycles', pausedAt: START_OF_TEST }),
    },
  });
  expect(under('Waiting for', await show()).map((line) => line.split(/ {2,}/).slice(1))).toEqual([
    [
      'nurse',
      'due end of Wed 4 Mar 2026, not before Sun 1 Mar 2026, counted from the booking',
      'Blood count',
      'task/a/bloods',
    ],
    ['nurse', 'due end of Wed 4 Mar 2026', 'New dressing (no. 3)', 'task/a/dressing'],
    ['nurse', 'stopped since Mon 2 Mar 2026 09:00 by a hold', 'Visit', 'task/a/visit'],
    ['nurse', 'due once surgery is booked', 'Call', 'task/a/call'],
  ]);
});

test.each([
  ['cycles.recovery', 'The next gate is surgery (Prep of Breast surgery).'],
  ['surgery.ready', 'Prep of Breast surgery may not start:'],
  ['surgery.prep', 'Breast surgery may not start:'],
])('explain names the gate that comes next: in %s, "%s"', async (chart, says) => {
  put(world, { chart });
  expect((await explain()).split('\n')[1]).toBe(says);
});

test('explain tells the day that is booked, and what has to be decided first', async () => {
  put(world, {
    chart: 'mid-board.decision',
    bookings: {
      surgery: { on: '2026-06-02', bookedAt: START_OF_TEST, by: 'sam', status: 'booked', generation: 1 },
    },
    questions: { 'decision/mid-board': boardAsked() },
  });
  const text = await explain();
  expect(under('Appointment', text)).toEqual(['  booked for Tue 2 Jun 2026']);
  expect(under('To be decided before', text)).toEqual([
    '  dermatologist, nurse, clinical-lead  Response after the cycles  decision/mid-board',
  ]);
});

describe('a booking', () => {
  const data = { stage: 'cycles', on: '2026-03-09' };
  const event = { id: 'b-1', source: 'carechart-cli', type: 'bookAppointment', data };
  const book = (...more: string[]): Promise<Said> =>
    carechart('book', 'plan-1', 'cycles', '2026-03-09', '--id', 'b-1', ...more);
  const accepted = (ahead: Reason[]): Answer => ({
    ...{ outcome: 'accepted', phase: 'cycles.ready', says: 'The plan is in cycles.ready.' },
    ahead,
  });
  const stale: Reason = {
    invariant: 'S2',
    says: 'Infection will be too old on 2026-03-09.',
    clears: [[{ kind: 'fact', fact: 'infection', needs: 'known', cause: 'stale', role: 'nurse' }]],
  };

  test('that is taken tells what stands ahead of its day, and what would clear that', async () => {
    answered(world, event, accepted([stale]));
    expect(await book()).toEqual({
      code: 0,
      err: '',
      out: [
        'The plan is in cycles.ready. (step 1)',
        'Still in its way:',
        '  1. Infection will be too old on 2026-03-09.',
        '     clears: the nurse states infection (known; now stale)',
      ].join('\n'),
    });
    expect(JSON.parse((await book('--json')).out)).toMatchObject({ outcome: 'accepted', ahead: [stale] });
  });

  test('that nothing stands ahead of says so', async () => {
    answered(world, event, accepted([]));
    expect((await book()).out).toContain('\nNothing that is known stands in its way.');
  });

  test('that is refused tells from which day on it can be', async () => {
    const says = 'Cycle to cycle: counted from session on 2026-03-02, it may be from 2026-03-16 on.';
    const reasons: Reason[] = [{ invariant: 'S3', says, clears: [[{ kind: 'date', on: '2026-03-16' }]] }];
    answered(world, event, { outcome: 'refused', code: 'CC3008', says: 'Not on 2026-03-09.', reasons });
    const { code, err } = await book();
    expect(code).toBe(1);
    expect(err).toContain('refused: CC3008 The day that is asked for cannot be booked.');
    expect(err).toContain(`  1. ${says}\n     clears: by itself on Mon 16 Mar 2026`);
    expect(JSON.parse((await book('--json')).out)).toMatchObject({ code: 'CC3008', status: 422, reasons });
  });
});
