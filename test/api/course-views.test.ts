import { summaryOf } from '../../src/api/plan-view.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { type Caller, callerOf } from './caller.ts';
import { boardAsked, course, given, put, task, vote, wait } from './course.ts';
import { createWorld, START_OF_TEST, type World } from './world.ts';

let world: World;
let nurse: Caller;
beforeEach(async () => {
  world = await createWorld({ compiled: course });
  nurse = await callerOf(world, 'ned', 'nurse', 'coordinator');
  await nurse.start('plan-1');
});
afterEach(() => world.api.close());

/** What the API tells of a plan that the core has left so. */
async function viewOf(change: Partial<PlanState>): Promise<Record<string, unknown>> {
  put(world, change);
  const { status, body } = await nurse.get('/v1/plans/plan-1');
  expect(status).toBe(200);
  return body;
}

async function gateOf(change: Partial<PlanState>): Promise<Record<string, unknown>> {
  put(world, change);
  const { status, body } = await nurse.get('/v1/plans/plan-1/explanation');
  expect(status).toBe(200);
  return body.gate as Record<string, unknown>;
}

describe('how far a stage is', () => {
  test('a stage that the plan has not come to has no round, and none of its sessions', async () => {
    expect((await viewOf({ stages: {} })).stages).toEqual([
      { stage: 'cycles', title: 'Four cycles', sessions: { done: 0, skipped: 0, of: 4 }, clearance: [] },
      {
        stage: 'surgery',
        title: 'Breast surgery',
        sessions: { done: 0, skipped: 0, of: 1 },
        anaesthesia: 'general',
        clearance: [{ task: 'surgery.prep/clearance', title: 'Anaesthesia visit' }],
      },
    ]);
  });

  test.each<[title: string, performed: PlanState['performed'], skipped: number, done: number]>([
    ['none given', [], 0, 0],
    ['two given', [given('cycles', '2026-02-01'), given('cycles', '2026-02-15')], 0, 2],
    ['one given, one passed over', [given('cycles', '2026-02-01')], 1, 2],
    ['one too early to count', [given('cycles', '2026-02-01', { counts: false })], 0, 0],
    ['one of the round before', [given('cycles', '2026-02-01', { round: 1 })], 0, 0],
    ['one of another stage', [given('surgery', '2026-02-01')], 0, 0],
  ])('of the sessions of a round, %s', async (title, performed, skipped, done) => {
    const round = title.endsWith('before') ? 2 : 1;
    const passedOver = Array.from({ length: skipped }, () => '2026-02-15');
    const [cycles] = (await viewOf({ performed, stages: { cycles: { round, skipped: passedOver } } }))
      .stages as unknown[];
    expect(cycles).toMatchObject({ round, sessions: { done, skipped, of: 4 } });
  });

  test('the work that clears its anaesthesia is told with whether it is done', async () => {
    const done = task({ status: 'completed', completedAt: START_OF_TEST, completedBy: 'ada' });
    const [, surgery] = (await viewOf({ tasks: { 'surgery.prep/clearance': done } })).stages as unknown[];
    expect(surgery).toMatchObject({
      anaesthesia: 'general',
      clearance: [{ title: 'Anaesthesia visit', status: 'completed', completedAt: START_OF_TEST }],
    });
  });
});

test.each([
  ['an earlier round', { round: 1 }, undefined],
  ['this round', { round: 2 }, 'completed'],
])('a clearance for %s of the operation is told as just that', async (_title, turn, status) => {
  const done = task({ status: 'completed', completedAt: START_OF_TEST, completedBy: 'ada', turn });
  const [, surgery] = (
    await viewOf({
      stages: { surgery: { round: 2, skipped: [] } },
      tasks: { 'surgery.prep/clearance': done },
    })
  ).stages as { clearance: { status?: string }[] }[];
  expect(surgery?.clearance.map((one) => one.status)).toEqual([status]);
});

test('appointments and gates that wait are told in the order of the course', async () => {
  const booked = { bookedAt: START_OF_TEST, by: 'sam' };
  const plan = await viewOf({
    bookings: {
      surgery: { ...booked, on: '2026-06-02', status: 'booked', generation: 2, appointment: 'a-2' },
      cycles: { ...booked, on: '2026-03-04', status: 'noshow', generation: 1 },
    },
    delays: { surgery: { until: '2026-03-09', why: 'Bloods: wait.' } },
  });
  expect(plan.bookings).toEqual([
    { stage: 'cycles', title: 'Four cycles', ...booked, on: '2026-03-04', status: 'noshow', generation: 1 },
    {
      ...{ stage: 'surgery', title: 'Breast surgery', ...booked, on: '2026-06-02', status: 'booked' },
      ...{ generation: 2, appointment: 'a-2' },
    },
  ]);
  expect(plan.delays).toEqual([
    { stage: 'surgery', title: 'Breast surgery', until: '2026-03-09', why: 'Bloods: wait.' },
  ]);
});

const LEAVE: PlanState['leave'] = {
  exit: 'postponement',
  from: 'cycles.ready',
  at: START_OF_TEST,
  by: 'ada',
  reason: 'Pregnant.',
  closesAt: '2026-09-03T04:00:00.000Z',
  dropped: ['cycles.ready/bloods'],
};

test('a plan off its course says where it is, since when, why, and when it is closed', async () => {
  expect(await viewOf({ chart: 'postponement', leave: LEAVE })).toMatchObject({
    phase: 'postponement',
    leave: {
      exit: 'postponement',
      from: 'cycles.ready',
      since: START_OF_TEST,
      by: 'ada',
      reason: 'Pregnant.',
      closesAt: '2026-09-03T04:00:00.000Z',
      returnsTo: 'cycles.ready',
      dropped: ['cycles.ready/bloods'],
    },
  });
});

test('a plan on its course has left nothing', async () => {
  expect(await viewOf({})).not.toHaveProperty('leave');
});

describe('a decision', () => {
  const known = {
    tumourResponse: [
      {
        ...{ value: 'partial', source: 'clinician', actor: 'ada', observedAt: START_OF_TEST },
        ...{ event: 'test/o-1', step: 1 },
      },
    ],
  };
  const ada = vote('dermatologist', 'ada', 'go-on');
  const ned = vote('nurse', 'ned', 'surgery-now', { note: 'too weak' });

  test.each<[title: string, votes: PlanState['questions'][string]['votes'], stillAsked: string[]]>([
    ['nobody has voted: everybody', [], ['dermatologist', 'nurse', 'clinical-lead']],
    ['one has voted: the others', [ada], ['nurse', 'clinical-lead']],
    ['two differ: the third', [ada, ned], ['clinical-lead']],
    [
      'all have voted and there is no majority: the role that decides a tie',
      [ada, ned, vote('clinical-lead', 'lee', 'other')],
      ['clinical-lead'],
    ],
  ])('of a board is told with whom it waits for when %s', async (_title, votes, stillAsked) => {
    const waits = { 'question/decision/mid-board': wait({ kind: 'question' }) };
    const plan = await viewOf({
      questions: { 'decision/mid-board': boardAsked(votes) },
      observations: known,
      waits,
    });
    expect(plan.questions).toMatchObject([
      {
        id: 'decision/mid-board',
        decision: 'mid-board',
        by: { kind: 'board', quorum: 2, agree: 'majority', tie: 'clinical-lead' },
        votes,
        stillAsked,
        notKnown: [],
        dueAt: '2026-03-05T05:00:00.000Z',
      },
    ]);
  });

  test('of several roles who differ waits for all of them to agree', async () => {
    const said = vote('patient', 'patient-of-plan-1', 'no', { recordedBy: 'ned' });
    const both = {
      ...boardAsked([vote('dermatologist', 'ada', 'yes'), said]),
      ...{ decision: 'both', roles: ['dermatologist', 'patient'], outcomes: ['yes', 'no'] },
    };
    const plan = await viewOf({ questions: { 'decision/both': both } });
    expect(plan.questions).toMatchObject([
      { stillAsked: ['dermatologist', 'patient'], votes: [{ by: 'ada' }, { recordedBy: 'ned' }] },
    ]);
  });

  test.each([
    ['has not been told', {}, ['tumourResponse']],
    ['has been told', known, []],
  ])('names what has to be known before it, where that %s', async (_title, observations, notKnown) => {
    const plan = await viewOf({ questions: { 'decision/mid-board': boardAsked() }, observations });
    expect(plan.questions).toMatchObject([{ notKnown }]);
  });

  test('that was made is told with every vote, the dissent too', async () => {
    const answer = { outcome: 'go-on', at: START_OF_TEST, votes: [ada, ned] };
    const plan = await viewOf({
      questions: { 'decision/mid-board': { ...boardAsked([ada, ned]), answer } },
    });
    expect(plan.questions).toEqual([]);
    expect(plan.decided).toEqual([
      {
        ...{ id: 'decision/mid-board', title: 'Response after the cycles', decision: 'mid-board' },
        ...{ about: '1', outcome: 'go-on', at: START_OF_TEST, votes: [ada, ned] },
      },
    ]);
  });
});

test('work says which of a row it is, and whether it counts from a booking that there is not yet', async () => {
  const plan = await viewOf({
    tasks: {
      'cycles.ready/bloods': task({ title: 'Blood count', bookingOf: 'cycles' }),
      'surgery.recovery/dressing': task({ title: 'New dressing', repeat: 3 }),
    },
    waits: { 'task/surgery.recovery/dressing': wait({ title: 'New dressing' }) },
  });
  const [bloods, dressing] = plan.tasks as unknown[];
  expect(bloods).toMatchObject({ id: 'cycles.ready/bloods', bookingOf: 'cycles' });
  expect(bloods).not.toHaveProperty('dueAt');
  expect(dressing).toMatchObject({ repeat: 3, dueAt: '2026-03-05T05:00:00.000Z' });
});

describe('a clock that a hold has stopped', () => {
  const hold = (stage: string, rule: string): PlanState['holds'][string] => ({
    ...{ kind: 'contraindication', rule, stage, generation: 1, response: 'postponement' },
    ...{ raisedAt: START_OF_TEST, needsSignature: false },
    finding: {
      ...{ rule, ruleSet: 'rules-of-the-test', version: '1.0.0', title: rule },
      ...{ result: 'met', evidence: [], clears: [] },
    },
  });
  const stopped = {
    holds: {
      'cycles/infection': hold('cycles', 'infection'),
      'cycles/unfit': hold('cycles', 'unfit'),
      'surgery/unfit': hold('surgery', 'unfit'),
    },
    overrides: {
      'cycles/unfit#1': {
        ...{ rule: 'unfit', version: '1.0.0', stage: 'cycles', status: 'active', by: 'ada' },
        ...{ role: 'dermatologist', at: START_OF_TEST, reason: 'urgent', covers: 'one gate' },
        ...{ coversUnknown: false, endsAt: '2026-03-05T05:00:00.000Z', cites: '' },
      },
    },
    tasks: { 'cycles.ready/visit': task({ title: 'Visit' }) },
    waits: {
      'task/cycles.ready/visit': wait({
        title: 'Visit',
        stage: 'cycles',
        dueAt: '2026-03-03T05:00:00.000Z',
        pausedAt: START_OF_TEST,
      }),
      'hold/cycles/infection': wait({ kind: 'hold', title: 'Infection' }),
    },
  } satisfies Partial<PlanState>;

  test('is told with since when, and by which holds that nobody has set aside', async () => {
    const { waits, tasks } = await viewOf(stopped);
    expect(waits).toMatchObject([
      { title: 'Visit', stage: 'cycles', pausedAt: START_OF_TEST, stoppedBy: ['cycles/infection'] },
      { title: 'Infection' },
    ]);
    expect((waits as unknown[])[1]).not.toHaveProperty('stoppedBy');
    expect(tasks).toMatchObject([{ pausedAt: START_OF_TEST }]);
  });

  test('is not what is due next: that is the hold', async () => {
    await viewOf(stopped);
    const state = world.plans.get('northside/plan-1')?.last.state;
    expect(state && summaryOf(state).nextDueAt).toBe('2026-03-05T05:00:00.000Z');
  });
});

describe('the next gate', () => {
  test.each<[chart: string, leave: PlanState['leave'], stage: string, of: string, isReached: boolean]>([
    ['consultation', undefined, 'cycles', 'procedure', false],
    ['cycles.ready', undefined, 'cycles', 'procedure', true],
    ['cycles.procedure', undefined, 'cycles', 'procedure', false],
    ['cycles.recovery', undefined, 'surgery', 'prep', false],
    ['mid-board.decision', undefined, 'surgery', 'prep', false],
    ['surgery.ready', undefined, 'surgery', 'prep', true],
    ['surgery.prep', undefined, 'surgery', 'procedure', true],
    ['surgery.procedure', undefined, 'surgery', 'procedure', false],
    ['postponement', LEAVE, 'cycles', 'procedure', false],
    ['postponement', { ...LEAVE, from: 'surgery.prep' }, 'surgery', 'prep', false],
    ['postponement', { ...LEAVE, from: 'mid-board.decision' }, 'surgery', 'prep', false],
    ['further-evaluation', { ...LEAVE, from: 'surgery.prep' }, 'cycles', 'procedure', false],
  ])('of a plan in %s (left: %p) is that of %s, into its %s', async (chart, leave, stage, of, isReached) => {
    const change = leave === undefined ? { chart } : { chart, leave };
    expect(await gateOf(change)).toMatchObject({ stage, of, isReached });
  });

  test.each(['surgery.closure', 'surgery.recovery', 'completed', 'cancelled', 'declined', 'referred'])(
    'of a plan in %s there is none',
    async (chart) => {
      expect(await gateOf({ chart })).toBeUndefined();
    },
  );

  test('into prep asks consent and the rules that stop prep, and no clearance', async () => {
    const { reasons, isOpen } = await gateOf({ chart: 'surgery.ready' });
    expect(isOpen).toBe(false);
    expect(reasons).toMatchObject([{ invariant: 'S1' }, { invariant: 'S2', finding: { rule: 'infection' } }]);
    expect(reasons).toHaveLength(2);
  });

  test('into the procedure asks every rule', async () => {
    const { reasons } = await gateOf({ chart: 'surgery.prep' });
    const rules = (reasons as { finding?: { rule: string } }[]).flatMap(({ finding }) => finding?.rule ?? []);
    expect(rules).toEqual(expect.arrayContaining(['infection', 'unfit']));
  });

  test('says which day is booked for it, as long as it is', async () => {
    const booking = { on: '2026-06-02', bookedAt: START_OF_TEST, by: 'sam', generation: 1 };
    const at = (status: 'booked' | 'cancelled') => ({
      chart: 'surgery.prep',
      bookings: { surgery: { ...booking, status } },
    });
    expect(await gateOf(at('booked'))).toMatchObject({ bookedOn: '2026-06-02' });
    expect(await gateOf(at('cancelled'))).not.toHaveProperty('bookedOn');
  });

  test('names the work and the decisions that keep the plan before it, and no repeats', async () => {
    const gate = await gateOf({
      chart: 'mid-board.decision',
      tasks: {
        'mid-board.decision/letter': task({ title: 'Letter', belongsTo: 'mid-board.decision' }),
        'mid-board.decision/call': task({ title: 'Call', belongsTo: 'mid-board.decision', repeat: 2 }),
      },
      questions: { 'decision/mid-board': boardAsked() },
    });
    expect(gate.before).toEqual([{ task: 'mid-board.decision/letter', title: 'Letter', role: 'nurse' }]);
    expect(gate.undecided).toEqual([
      {
        question: 'decision/mid-board',
        title: 'Response after the cycles',
        roles: ['dermatologist', 'nurse', 'clinical-lead'],
      },
    ]);
  });
});
