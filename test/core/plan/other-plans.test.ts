import type { DoneInPlan } from '../../../src/core/model/event.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import { doneInOthers, type OtherPlan } from '../../../src/core/plan/other-plans.ts';
import { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { stageOf } from '../../support/pathways.ts';
import { eventOf, kinds, type RunningPlan } from '../../support/plan.ts';
import {
  answersOf,
  findingsOf,
  ONE_STAGE,
  on,
  perform,
  planOf,
  reasonsOf,
  spacing,
  staged,
  tell,
} from '../../support/staged.ts';

/** Three months from any operation of the patient, in whatever plan. */
const anywhere = (more: Partial<Interval> = {}, from = 'end of surgery'): Interval =>
  spacing({ otherPlans: true, area: 'any', ...more }, from);

const done = (performedOn: string, more: Partial<DoneInPlan> = {}): DoneInPlan => ({
  plan: 'nose-1',
  names: ['surgery'],
  areas: ['abdomen'],
  performedOn,
  ...more,
});

/** What the shell read of other plans when it took an event of this one. */
const look = (plan: RunningPlan, otherPlans: readonly DoneInPlan[] | null, now = plan.state.now) =>
  plan.send(
    { ...eventOf('otherPlans.changed', {}, { source: 'carechart:plan', id: `look-${now}` }), otherPlans },
    now,
  );

/** At the gate of the second operation, with nothing else done before. */
function atGate(intervals: Interval[], others: readonly DoneInPlan[] | null): RunningPlan {
  const plan = planOf(intervals, { stages: ONE_STAGE, from: '2026-03-02' });
  tell(plan, [], { isComplete: true });
  plan.consent('exchange-consent', '2026-03-02');
  look(plan, others);
  return plan;
}

describe('an interval over all plans of a patient', () => {
  it.each([
    ['the day before', '2026-05-09', ['too early']],
    ['the day itself', '2026-05-10', ['open']],
    ['the day after', '2026-05-11', ['open']],
  ])('counts from what another plan performed on 10 February: three months, on %s', (_name, day, answers) => {
    const plan = atGate([anywhere()], [done('2026-02-10')]);
    expect(answersOf(plan, on(day))).toEqual(answers);
    expect(reasonsOf(plan, 'exchange', on(day)).length > 0).toBe(answers[0] !== 'open');
  });

  it('says in which plan it was', () => {
    const plan = atGate([anywhere()], [done('2026-02-10')]);
    expect(reasonsOf(plan, 'exchange', on('2026-03-02'))).toMatchObject([
      {
        invariant: 'S3',
        says: 'Title of expander-to-implant: counted from end of surgery on 2026-02-10 in the plan nose-1, it may be from 2026-05-10 on.',
        interval: { anchor: '2026-02-10', inPlan: 'nose-1', earliest: '2026-05-10' },
        clears: [[{ kind: 'date', on: '2026-05-10' }]],
      },
    ]);
  });

  it('counts this plan, what history tells, and other plans alike: the last of all of them', () => {
    const plan = atGate([anywhere()], [done('2026-02-10')]);
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-02-12' }]);
    const [told] = findingsOf(plan, on('2026-03-02'));
    expect(told).toMatchObject({ anchor: '2026-02-12' });
    expect(told).not.toHaveProperty('inPlan');
    look(plan, [done('2026-02-10'), done('2026-02-13', { plan: 'hand-1' })]);
    expect(findingsOf(plan, on('2026-03-02'))).toMatchObject([{ anchor: '2026-02-13', inPlan: 'hand-1' }]);
  });

  it('without `otherPlans` takes no notice of them', () => {
    const plan = atGate([spacing({ area: 'any' }, 'end of surgery')], [done('2026-02-10')]);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['open']);
  });

  it('is unknown while nobody has looked, and unknown opens nothing', () => {
    for (const plan of [
      planOf([anywhere()], { stages: ONE_STAGE, from: '2026-03-02' }),
      atGate([anywhere()], null),
    ]) {
      const reason = reasonsOf(plan, 'exchange', on('2026-03-02')).find(
        ({ invariant }) => invariant === 'S3',
      );
      expect(reason).toMatchObject({
        says: 'Title of expander-to-implant cannot be counted from end of surgery: nobody can tell what the other plans of this patient have performed.',
        interval: { result: 'unknown' },
      });
      expect(reason?.clears).not.toEqual([]);
    }
  });

  it('is unknown as well where this plan has something to count from: another may have something later', () => {
    const plan = planOf([anywhere()], { stages: ONE_STAGE, from: '2026-03-02' });
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2025-02-12' }], { isComplete: true });
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['unknown']);
    look(plan, []);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['open']);
  });

  it('that finds nothing in any plan still waits for the history to be attested', () => {
    const plan = planOf([anywhere()], { stages: ONE_STAGE, from: '2026-03-02' });
    look(plan, []);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['unknown']);
    tell(plan, [], { isComplete: true });
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['open']);
  });

  it.each([
    ['the very site', ['left breast'], 'too early'],
    ['the whole of it', ['breast'], 'too early'],
    ['the other side', ['right breast'], 'open'],
    ['elsewhere', ['abdomen'], 'open'],
    ['several, one of which is it', ['abdomen', 'left breast'], 'too early'],
    ['nobody says where', [], 'too early'],
  ])('in the same area counts what was done in %s', (_name, areas, answer) => {
    const plan = atGate([anywhere({ area: 'same' })], [done('2026-02-10', { areas })]);
    expect(answersOf(plan, on('2026-03-02'))).toEqual([`left breast ${answer}`]);
  });

  it.each([
    ['start of surgery', 'too early', '2026-02-01'],
    ['end of surgery', 'too early', '2026-02-10'],
  ])('from %s of what took several days', (from, result, anchor) => {
    const plan = atGate([anywhere({}, from)], [done('2026-02-01', { endedOn: '2026-02-10' })]);
    expect(findingsOf(plan, on('2026-03-02'))).toMatchObject([{ result, anchor }]);
  });

  it('from the end of what another plan knows to have begun, and not to have ended, is unknown', () => {
    const plan = atGate([anywhere()], [done('2025-02-01', { isUnderWay: true })]);
    const [reason] = reasonsOf(plan, 'exchange', on('2026-03-02'));
    expect(reason).toMatchObject({
      interval: { result: 'unknown' },
      says: expect.stringContaining(
        'surgery has begun in the plan nose-1, and nobody has told when it ended',
      ),
      clears: [[{ kind: 'event', type: 'procedure.performed', needs: 'surgery in the plan nose-1' }]],
    });
    const begun = atGate([anywhere({}, 'start of surgery')], [done('2026-02-01', { isUnderWay: true })]);
    expect(answersOf(begun, on('2026-03-02'))).toEqual(['too early']);
  });
});

describe('what is read of other plans', () => {
  it('takes the place of what was read before: what another plan takes back counts no more', () => {
    const plan = atGate([anywhere()], [done('2026-02-10')]);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['too early']);
    look(plan, []);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['open']);
    expect(plan.start('exchange', on('2026-03-02')).outcome).toBe('accepted');
  });

  it('comes beside any event, before that is decided: a request for a gate is refused on it', () => {
    const plan = atGate([anywhere()], []);
    const ask = eventOf('startProcedure', { stage: 'exchange' }, { actor: plan.state.startedBy });
    const { answer, journal, state } = plan.send({ ...ask, otherPlans: [done('2026-02-10')] });
    expect(answer.outcome).toBe('refused');
    expect(kinds(journal)).toEqual(['otherPlans.read', 'request.refused']);
    expect(state.otherPlans).toEqual([done('2026-02-10')]);
    expect(PlanState.safeParse(state).success).toBe(true);
  });

  it('wakes the plan when the window of the other procedure opens', () => {
    const plan = atGate([anywhere()], [done('2026-02-10')]);
    expect(plan.state.wake.at).not.toBeNull();
    const wakes: string[] = [];
    for (let at = plan.state.wake.at; at !== null && at < on('2026-05-11'); at = plan.state.wake.at) {
      wakes.push(at);
      plan.wake(at);
    }
    expect(wakes).toContain('2026-05-10T04:00:00.000Z');
  });

  it('forbids a booking before its day', () => {
    const plan = atGate([anywhere()], [done('2026-02-10')]);
    const book = (day: string) =>
      plan.send(eventOf('bookAppointment', { stage: 'exchange', on: day }, { id: `book-${day}` })).answer;
    expect(book('2026-05-09').outcome).toBe('refused');
    expect(book('2026-05-10').outcome).toBe('accepted');
  });

  it('is told to whoever is about to begin, where the gate has opened: the procedure must not begin', () => {
    const plan = atGate([anywhere()], []);
    expect(plan.start('exchange', on('2026-03-02')).outcome).toBe('accepted');
    look(plan, [done('2026-03-01')], on('2026-03-03'));
    const task = plan.state.tasks['plan/must-not-begin-exchange'];
    expect(task).toMatchObject({ role: 'coordinator', status: 'requested' });
    expect(task?.title).toBe(
      'Implant must not begin: Title of expander-to-implant: counted from end of surgery on 2026-03-01 in the plan nose-1, it may be from 2026-06-01 on.',
    );
    expect(plan.state.waits['task/plan/must-not-begin-exchange']).toBeDefined();
    expect(plan.last.effects).toMatchObject([{ role: 'coordinator' }]);
    look(plan, [done('2026-03-02')], on('2026-03-03'));
    expect(plan.last.effects).toEqual([]);
  });

  it('that was taken back keeps nobody from beginning any more', () => {
    const plan = atGate([anywhere()], []);
    plan.start('exchange', on('2026-03-02'));
    look(plan, [done('2026-03-01')], on('2026-03-03'));
    look(plan, [], on('2026-03-04'));
    expect(plan.state.tasks['plan/must-not-begin-exchange']?.status).toBe('cancelled');
    expect(plan.state.waits).not.toHaveProperty('task/plan/must-not-begin-exchange');
    look(plan, [done('2026-03-04')], on('2026-03-05'));
    expect(plan.state.tasks['plan/must-not-begin-exchange']?.status).toBe('requested');
  });

  it.each<[what: string, tell: (plan: RunningPlan) => unknown]>([
    ['has been done all the same', (plan) => plan.report('exchange', '2026-03-03', on('2026-03-03'))],
    [
      'was not done',
      (plan) =>
        plan.send(
          eventOf('procedure.notPerformed', { stage: 'exchange', on: '2026-03-03', reason: 'too early' }),
          on('2026-03-03'),
        ),
    ],
  ])('keeps nobody from what %s', (_what, tellIt) => {
    const plan = atGate([anywhere()], []);
    plan.start('exchange', on('2026-03-02'));
    look(plan, [done('2026-03-01')], on('2026-03-03'));
    tellIt(plan);
    expect(plan.state.tasks['plan/must-not-begin-exchange']?.status).toBe('cancelled');
  });

  it('makes a deviation of what is done all the same behind the open gate', () => {
    const plan = atGate([anywhere()], []);
    plan.start('exchange', on('2026-03-02'));
    look(plan, [done('2026-03-01')], on('2026-03-03'));
    const { journal, state } = plan.report('exchange', '2026-03-03', on('2026-03-03'));
    expect(journal.find(({ kind }) => kind === 'deviation.raised')?.details).toMatchObject({
      code: 'too-early',
    });
    expect(state.performed).toMatchObject([{ deviation: true }]);
  });

  it('of a later day accuses nobody of what was done before it', () => {
    const plan = atGate([anywhere()], []);
    plan.start('exchange', on('2026-03-02'));
    look(plan, [done('2026-03-04')], on('2026-03-04'));
    plan.report('exchange', '2026-03-03', on('2026-03-04'));
    expect(plan.state.performed).toMatchObject([{ deviation: false }]);
  });

  it('says nothing where it stands in the way of nothing', () => {
    const plan = atGate([anywhere()], []);
    plan.start('exchange', on('2026-03-02'));
    look(plan, [done('2025-12-01')], on('2026-03-03'));
    expect(plan.state.tasks).not.toHaveProperty('plan/must-not-begin-exchange');
  });

  it('taken again gives the same state, byte for byte', () => {
    const one = atGate([anywhere()], [done('2026-02-10')]);
    const again = atGate([anywhere()], [done('2026-02-10')]);
    expect(JSON.stringify(again.state)).toBe(JSON.stringify(one.state));
  });
});

describe('what a plan performs', () => {
  it('is told to the other plans of the patient, and so is that it was withdrawn', () => {
    const plan = planOf([], { stages: ONE_STAGE, from: '2026-03-02' });
    expect(plan.last.tellsPlans).toBe(false);
    expect(perform(plan, 'exchange', '2026-03-02').tellsPlans).toBe(true);
    expect(plan.report('exchange', '2026-03-02').tellsPlans).toBe(false);
    const report = { stage: 'exchange', performedOn: '2026-03-02' };
    expect(plan.send(eventOf('procedure.performed', { ...report, endedOn: '2026-03-02' })).tellsPlans).toBe(
      true,
    );
    expect(plan.send(eventOf('report.withdrawn', { ...report, reason: 'of another' })).tellsPlans).toBe(true);
    expect(plan.cancel().tellsPlans).toBe(false);
  });
});

describe('of another plan', () => {
  const own = loadPathway(staged([anywhere()], { stages: ONE_STAGE }));
  const its = loadPathway(
    staged([], {
      stages: [
        stageOf('nose', { procedures: ['nose-correction'], traits: ['surgery'], in: 'treatment' }),
        stageOf('rays', { procedures: ['radiotherapy'], elsewhere: true }),
      ],
      procedures: { 'nose-correction': ['surgery', 'face'], radiotherapy: [] },
    }),
  );
  const other = (more: Partial<OtherPlan['performed'][number]> = {}): OtherPlan => ({
    plan: 'nose-1',
    pathway: its,
    performed: [
      {
        stage: 'nose',
        procedures: ['nose-correction'],
        areas: ['left breast'],
        performedOn: '2026-02-10',
        ...more,
      },
    ],
  });

  it('a procedure that this pathway has never heard of counts by the traits that its own gives it, and no more is read', () => {
    expect(own.traitsOf('nose-correction')).toBeUndefined();
    expect(doneInOthers(own, [other()])).toEqual([
      { plan: 'nose-1', names: ['surgery'], areas: ['left breast'], performedOn: '2026-02-10' },
    ]);
  });

  it('what this plan does not count from is not read at all', () => {
    expect(doneInOthers(own, [other({ procedures: ['radiotherapy'] })])).toEqual([]);
    expect(doneInOthers(loadPathway(staged([spacing()])), [other()])).toEqual([]);
  });

  it('a site for which this clinic has no word any more may be anywhere', () => {
    expect(doneInOthers(own, [other({ areas: ['left breast', 'old word'] })])).toMatchObject([{ areas: [] }]);
  });

  it('what others have begun is under way until they tell of its end', () => {
    const rays = loadPathway(staged([anywhere({}, 'end of radiotherapy')], { stages: ONE_STAGE }));
    const begun = { stage: 'rays', procedures: ['radiotherapy'] };
    expect(doneInOthers(rays, [other(begun)])).toMatchObject([{ isUnderWay: true }]);
    const [ended] = doneInOthers(rays, [other({ ...begun, endedOn: '2026-02-20' })]);
    expect(ended).toMatchObject({ endedOn: '2026-02-20' });
    expect(ended).not.toHaveProperty('isUnderWay');
  });
});
