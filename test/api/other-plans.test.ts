import { pino } from 'pino';
import { type OtherPlansPorts, withOtherPlans } from '../../activities/other-plans.ts';
import { LOOK_AGAIN, receive } from '../../activities/receive.ts';
import { Failure } from '../../src/core/model/failure.ts';
import { NO_OVERLAY } from '../../src/core/pathway/overlay.schema.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import { tellOtherPlans } from '../../src/engine/other-plans.ts';
import { digestOf, eventHash } from '../../src/store/event-hash.ts';
import type { StoredOther } from '../../src/store/other-plans.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { atEdge, for_, intervalOf } from '../support/pathways.ts';
import { eventOf } from '../support/plan.ts';
import { type Caller, callerOf } from './caller.ts';
import { cliAt } from './cli-runner.ts';
import { createWorld, START_OF_TEST, type World } from './world.ts';

/** Six weeks from one mole to the next, whichever plan it is in. */
const COUNTING = {
  ...moleRemoval,
  intervals: [
    intervalOf('between-moles', atEdge('end of mole-excision'), 'mole-excision', {
      minimum: for_(6, 'week'),
      otherPlans: true,
    }),
  ],
};

describe('two plans of one patient', () => {
  let world: World;
  let nurse: Caller;

  beforeEach(async () => {
    world = await createWorld({ compiled: COUNTING });
    nurse = await callerOf(world, 'ned', 'nurse', 'coordinator');
  });
  afterEach(() => world.api.close());

  /** At the gate of the excision, all that it needs there but for the other plans. */
  async function atGate(planId: string, patient = 'p-1'): Promise<void> {
    await nurse.post('/v1/plans', { planId, patient, pathway: { id: 'mole-removal' } });
    await nurse.event(planId, 'observation.recorded', {
      observations: [{ fact: 'bloodThinner', value: 'never' }],
    });
    await nurse.event(planId, 'history.recorded', { procedures: [], isComplete: true });
    await nurse.event(planId, 'task.completed', { task: 'consultation/history' });
    await nurse.event(planId, 'consent.recorded', {
      form: 'mole-excision-consent',
      by: 'patient',
      signedOn: '2026-03-02',
    });
  }
  let asked = 0;
  const ask = (planId: string) => {
    asked += 1;
    return nurse.event(planId, 'startProcedure', { stage: 'excision' }, { id: `ask-${asked}` });
  };
  const perform = async (planId: string): Promise<void> => {
    expect((await ask(planId)).status).toBe(200);
    await nurse.event(planId, 'procedure.performed', { stage: 'excision', performedOn: '2026-03-02' });
  };
  const view = async (planId: string) => (await nurse.get(`/v1/plans/${planId}`)).body;
  const DONE = [{ plan: 'one', names: ['mole-excision'], areas: [], performedOn: '2026-03-02' }];

  it('keep their distance: what the one performed the other hears of, and its gate is closed until the day', async () => {
    await atGate('one');
    await atGate('two');
    await perform('one');
    expect(await view('two')).toMatchObject({ otherPlans: DONE });
    const refused = await ask('two');
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain(
      'on 2026-03-02 in the plan one, it may be from 2026-04-13 on',
    );
    world.now = '2026-04-13T14:00:00.000Z';
    nurse = await callerOf(world, 'ned', 'nurse', 'coordinator');
    await nurse.event('two', 'observation.recorded', {
      observations: [{ fact: 'bloodThinner', value: 'never' }],
    });
    expect((await ask('two')).status).toBe(200);
  });

  it('show what they heard of each other, and in which plan it was', async () => {
    await atGate('one');
    await perform('one');
    await atGate('two');
    const carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
    const { out } = await carechart('show', 'two');
    expect(out).toMatch(/Done before\n {2}mole-excision +Mon 2 Mar 2026 in the plan one\n/);
  });

  it('say it where both ask for the same test, until the one has it', async () => {
    for (const [planId, patient] of [
      ['one', 'p-1'],
      ['two', 'p-1'],
      ['three', 'p-2'],
    ]) {
      await nurse.post('/v1/plans', { planId, patient, pathway: { id: 'mole-removal' } });
    }
    const asked = { task: 'consultation/history', title: 'Medical history', role: 'nurse', to: '2026-03-09' };
    expect((await view('two')).askedTwice).toEqual([
      {
        ...{ fact: 'bloodThinner', title: 'Last day on which a blood thinner was taken' },
        by: [
          { planId: 'two', ...asked },
          { planId: 'one', ...asked },
        ],
      },
    ]);
    expect((await view('three')).askedTwice).toEqual([]);
    const carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
    expect((await carechart('show', 'two')).out).toContain('consultation/history of the plan one');
    await nurse.event('one', 'task.completed', { task: 'consultation/history' });
    expect((await view('two')).askedTwice).toEqual([]);
  });

  it('hear as well what was performed before they began', async () => {
    await atGate('one');
    await perform('one');
    await atGate('two');
    expect(await view('two')).toMatchObject({ otherPlans: DONE });
    expect((await ask('two')).status).toBe(422);
  });

  it('hear of what is over: a plan that was cancelled counts for what it performed', async () => {
    await atGate('one');
    await perform('one');
    await nurse.event('one', 'cancelPlan', { reason: 'moved away' });
    await atGate('two');
    expect((await ask('two')).status).toBe(422);
  });

  it('hear that a report was withdrawn: then nothing stands in the way', async () => {
    await atGate('one');
    await atGate('two');
    await perform('one');
    await nurse.event('one', 'report.withdrawn', {
      stage: 'excision',
      performedOn: '2026-03-02',
      reason: 'of another patient',
    });
    expect(await view('two')).toMatchObject({ otherPlans: [] });
    expect((await ask('two')).status).toBe(200);
  });

  it('both with an open gate: whoever is about to begin in the second hears of the first', async () => {
    await atGate('one');
    await atGate('two');
    expect((await ask('two')).status).toBe(200);
    await perform('one');
    const { tasks } = await view('two');
    expect(tasks).toContainEqual(
      expect.objectContaining({ id: 'plan/must-not-begin-excision', role: 'coordinator' }),
    );
  });

  it('of two patients are no concern of each other', async () => {
    await atGate('one');
    await perform('one');
    await atGate('two', 'p-2');
    expect(await view('two')).toMatchObject({ otherPlans: [] });
    expect((await ask('two')).status).toBe(200);
  });

  it('do not hear of each other where no interval counts that: nothing of another plan is read', async () => {
    await world.api.close();
    world = await createWorld();
    nurse = await callerOf(world, 'ned', 'nurse', 'coordinator');
    await atGate('one');
    await perform('one');
    await atGate('two');
    expect(await view('two')).toMatchObject({ otherPlans: null });
    expect((await ask('two')).status).toBe(200);
  });

  it('let one be brought in that was asked then about what the other had performed, and has answered it', async () => {
    await world.api.close();
    const [spacing] = COUNTING.intervals;
    if (!spacing) throw new Error('an interval');
    const latest = { ...spacing, minimum: for_(1, 'week'), latest: for_(4, 'week') };
    const asking = { ...latest, ifLate: { ask: 'dermatologist' } };
    world = await createWorld({ compiled: { ...COUNTING, intervals: [asking] }, answerWithinMs: 150 });
    nurse = await callerOf(world, 'ned', 'nurse', 'coordinator');
    await atGate('one');
    await perform('one');
    world.now = '2026-05-04T14:00:00.000Z';
    nurse = await callerOf(world, 'ned', 'nurse', 'coordinator');
    const past = (id: string, day: string, type: string, data: unknown, role = 'nurse') => ({
      actor: { id: `${role}-1`, roles: [role] },
      event: { id, source: 'old-system', time: `${day}T15:00:00Z`, type, data },
    });
    const question = 'late/excision/between-moles/2026-03-02';
    const { status, body } = await nurse.post('/v1/plans', {
      ...{ planId: 'two', patient: 'p-1', pathway: { id: 'mole-removal' } },
      broughtIn: {
        startedAt: '2026-03-10T14:00:00Z',
        events: [
          past('1', '2026-03-10', 'task.completed', { task: 'consultation/history' }),
          past('2', '2026-04-20', 'decide', { question, outcome: 'go-on' }, 'dermatologist'),
        ],
      },
    });
    expect([status, body.code]).toEqual([201, undefined]);
    expect(await view('two')).toMatchObject({ otherPlans: DONE });
  });

  it('are not told apart over HTTP: nobody can send what another plan performed, or have a plan look', async () => {
    await atGate('one');
    const sent = await nurse.event('one', 'otherPlans.changed', {});
    expect(sent.status).toBe(400);
    const beside = await nurse.post('/v1/plans/one/events', {
      id: 'e',
      source: 'front-desk',
      type: 'startProcedure',
      data: { stage: 'excision' },
      otherPlans: [],
    });
    expect(beside.status).toBe(400);
  });
});

describe('what is read of other plans', () => {
  const pathway = loadPathway(COUNTING);
  const key = { clinic: 'northside', planId: 'two' };
  const other: StoredOther = {
    planId: 'one',
    digest: digestOf(COUNTING),
    overlay: NO_OVERLAY,
    performed: [{ stage: 'excision', procedures: ['mole-excision'], areas: [], performedOn: '2026-03-02' }],
  };
  const ports = (more: Partial<OtherPlansPorts> = {}): OtherPlansPorts => ({
    loadPathway: async () => pathway,
    readOthers: async () => [other],
    logger: pino({ level: 'silent' }),
    ...more,
  });
  const start = eventOf('startPlan', {
    planId: 'two',
    patient: 'p-1',
    pathway: { id: 'mole-removal', version: '1.0.0', digest: 'a'.repeat(64) },
  });
  const reading = (more?: Partial<OtherPlansPorts>, of = pathway) =>
    withOtherPlans(ports(more), key, { pathway: of, state: null, event: start });

  it('is put beside the event, and is no part of what makes it the same event', async () => {
    const event = await reading();
    expect(event.otherPlans).toMatchObject([{ plan: 'one', performedOn: '2026-03-02' }]);
    expect(eventHash(event)).toBe(eventHash(start));
  });

  it('is not read where no interval counts it', async () => {
    const read = jest.fn(async () => [other]);
    expect(await reading({ readOthers: read }, loadPathway(moleRemoval))).toBe(start);
    expect(read).not.toHaveBeenCalled();
  });

  it('is unknown where what another plan runs on cannot be read, and the plan goes on', async () => {
    const unreadable = () => Promise.reject(new Failure('CC4003', 'gone'));
    expect((await reading({ loadPathway: unreadable })).otherPlans).toBeNull();
  });

  it('knows the stages that a revision has added there: what others have begun is not ended by that', async () => {
    const elsewhere = loadPathway({
      ...COUNTING,
      stages: COUNTING.stages.map((stage) => ({ ...stage, elsewhere: true as const })),
    });
    const added = { stage: 'second-mole', like: 'excision', after: 'excision' };
    const begun: StoredOther = {
      ...other,
      overlay: { ...NO_OVERLAY, addedStages: [added] },
      performed: [{ ...other.performed[0], stage: 'second-mole' } as StoredOther['performed'][number]],
    };
    const { otherPlans } = await reading({
      loadPathway: async () => elsewhere,
      readOthers: async () => [begun],
    });
    expect(otherPlans).toMatchObject([{ plan: 'one', isUnderWay: true }]);
  });

  it('is tried again later while the store is away', async () => {
    const away = () => Promise.reject(new Error('connect ECONNREFUSED'));
    await expect(reading({ readOthers: away })).rejects.toThrow('ECONNREFUSED');
  });
});

describe('a plan is told to look again', () => {
  const key = { clinic: 'northside', planId: 'one' };
  const counting = loadPathway(COUNTING);

  it('by a message that states nothing, so that nobody has to be believed', async () => {
    const border = {
      ...{ key, sequence: 7, clinic: counting.clinic, now: START_OF_TEST },
      verifier: { verify: async () => undefined },
    };
    const event = await receive({ kind: 'signal', body: LOOK_AGAIN }, border);
    expect(event).toMatchObject({
      type: 'otherPlans.changed',
      id: 'other-plans-7',
      source: 'carechart:plan',
    });
    expect(event).not.toHaveProperty('otherPlans');
    const forged = { event: { ...LOOK_AGAIN.event, otherPlans: [] } };
    expect(await receive({ kind: 'signal', body: forged }, border)).toMatchObject({
      type: 'message.refused',
    });
  });

  it('where its pathway counts other plans, or cannot be read; a plan that cannot be reached keeps no other from it', async () => {
    const told: string[] = [];
    const telling = tellOtherPlans(
      {
        running: async () =>
          ['away', 'counts', 'takes-no-notice', 'unreadable'].map((planId) => ({ planId, digest: planId })),
        loadPathway: async (_clinic, digest) => {
          if (digest === 'unreadable') throw new Failure('CC4003', 'gone');
          return digest === 'takes-no-notice' ? loadPathway(moleRemoval) : counting;
        },
        plans: { resume: async () => undefined },
        client: {
          send: async ({ planId }, message) => {
            if (planId === 'away') throw new Failure('CC5001', 'away');
            expect(message).toBe(LOOK_AGAIN);
            told.push(planId);
            return true;
          },
        },
      },
      key,
    );
    await expect(telling).rejects.toThrow('away');
    expect(told.toSorted()).toEqual(['counts', 'unreadable']);
  });
});
