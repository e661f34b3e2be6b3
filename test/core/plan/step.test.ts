import { Defect, Failure } from '../../../src/core/model/failure.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { step } from '../../../src/core/plan/step.ts';
import { moleRemoval } from '../../fixtures/mole-removal.compiled.ts';
import { for_, pathwayWith, stageOf, taskOf } from '../../support/pathways.ts';
import { eventOf, kinds, laboratory, patient, RunningPlan, refusalOf, startOf } from '../../support/plan.ts';

describe('a plan starts', () => {
  it('in consultation, with the tasks of it, each owed by somebody by a day', () => {
    const { state, last } = new RunningPlan();
    expect(PlanState.safeParse(state).success).toBe(true);
    expect(state).toMatchObject({ chart: 'consultation', status: 'active', sequence: 1, escalation: 0 });
    expect(Object.keys(state.waits)).toEqual(['task/consultation/history']);
    expect(kinds(last.journal)).toEqual(['plan.started', 'phase.entered', 'task.requested']);
  });

  it('and passes through phases in which there is nothing to do', () => {
    const plan = new RunningPlan(pathwayWith({ consultation: [], assessment: [] }));
    expect(plan.state.chart).toBe('excision.ready');
    const entered = plan.journal.filter(({ kind }) => kind === 'phase.entered').map(({ says }) => says);
    expect(entered).toEqual(['Now in consultation', 'Now in assessment', 'Now in excision.ready']);
  });

  it('once: a second start is rejected and changes nothing', () => {
    const plan = new RunningPlan();
    const before = plan.state;
    const { answer, state } = plan.send(startOf(moleRemoval));
    expect(answer).toMatchObject({ outcome: 'rejected', code: 'CC4002' });
    expect(state).toEqual({ ...before, sequence: 2 });
  });

  it.each([
    ['by a patient', { actor: patient }, 'CC2018'],
    ['by a service', { actor: laboratory }, 'CC2018'],
    ['tomorrow', { time: '2026-03-03T15:00:00.000Z' }, 'CC2014'],
  ])('not %s: no plan is made', (_who, envelope, code) => {
    const start = () =>
      step(loadPathway(moleRemoval), undefined, startOf(moleRemoval, envelope), '2026-03-02T15:00:00.000Z');
    expect(start).toThrow(Failure);
    expect(start).toThrow(expect.objectContaining({ code }));
  });

  it('before anything else can happen', () => {
    const event = eventOf('consent.withdrawn', { form: 'mole-excision-consent' });
    expect(() => step(loadPathway(moleRemoval), undefined, event, '2026-03-02T15:00:00.000Z')).toThrow(
      Defect,
    );
  });
});

describe('phases', () => {
  it('a plan goes through them in their order, from the first question to the end', () => {
    const plan = new RunningPlan(pathwayWith({ rules: [] }));
    const charts = [plan.state.chart];
    const then = (): void => void charts.push(plan.state.chart);
    plan.finishPhase();
    then();
    plan.consent('mole-excision-consent', '2026-03-02');
    plan.start('excision');
    then();
    plan.report('excision', '2026-03-02');
    then();
    plan.finishPhase();
    then();
    expect(charts).toEqual([
      'consultation',
      'excision.ready',
      'excision.procedure',
      'excision.recovery',
      'completed',
    ]);
    expect(plan.state).toMatchObject({ status: 'completed', waits: {}, wake: { at: null } });
    expect(kinds(plan.journal).filter((kind) => kind === 'phase.entered')).toHaveLength(7);
  });

  it('of two stages the second waits at its own gate for its own consent', () => {
    const plan = new RunningPlan(pathwayWith({ rules: [], stages: [stageOf('first'), stageOf('second')] }));
    plan.finishPhase();
    plan.consent('first-consent', '2026-03-02');
    plan.start('first');
    plan.report('first', '2026-03-02');
    expect(plan.state.chart).toBe('second.ready');
    expect(plan.state.waits['start/second']).toBeDefined();
    expect(refusalOf(plan.start('second')).reasons).toMatchObject([{ invariant: 'S1' }]);
    expect(refusalOf(plan.start('first')).code).toBe('CC3002');
  });

  it('a phase is over when none of its own tasks is open, whatever else is', () => {
    const plan = new RunningPlan(pathwayWith({ consultation: [taskOf('a'), taskOf('b')] }));
    plan.send(eventOf('effect.failed', { effect: 'e', kind: 'tell', detail: 'no line' }));
    plan.complete('consultation/a');
    expect(plan.state.chart).toBe('consultation');
    plan.complete('consultation/b');
    expect(plan.state.chart).toBe('excision.ready');
    expect(plan.state.tasks['plan/failed-tell']?.status).toBe('requested');
  });

  it('a task is completed once: the second report of it is accepted and changes nothing', () => {
    const plan = new RunningPlan(pathwayWith({ consultation: [taskOf('a'), taskOf('b')] }));
    plan.complete('consultation/a', '2026-03-02T16:00:00.000Z');
    const { completedAt } = plan.state.tasks['consultation/a'] ?? {};
    plan.complete('consultation/a', '2026-03-02T17:00:00.000Z');
    expect(plan.last.answer.outcome).toBe('accepted');
    expect(plan.state.tasks['consultation/a']?.completedAt).toBe(completedAt);
  });
});

describe('a report of a procedure', () => {
  const opened = (now = '2026-03-05T15:00:00.000Z'): RunningPlan => {
    const plan = new RunningPlan(pathwayWith({ rules: [] }));
    plan.finishPhase(now);
    plan.consent('mole-excision-consent', '2026-03-04');
    expect(plan.start('excision').outcome).toBe('accepted');
    return plan;
  };

  it.each([
    ['the day before the gate opened', '2026-03-04', true],
    ['the day on which it opened', '2026-03-05', false],
    ['the day after', '2026-03-06', false],
  ])('of %s is a deviation: %s %s', (_when, performedOn, isDeviation) => {
    const plan = opened();
    plan.report('excision', performedOn, '2026-03-06T15:00:00.000Z');
    expect(plan.state.performed).toMatchObject([{ deviation: isDeviation, performedOn }]);
    expect(plan.state.chart).toBe('excision.recovery');
    expect(kinds(plan.last.journal).includes('deviation.raised')).toBe(isDeviation);
  });

  it.each(['consultation', 'excision.ready'])(
    'in %s is taken: the plan goes where reality is, and the lead hears',
    (chart) => {
      const plan = new RunningPlan();
      if (chart !== 'consultation') plan.finishPhase();
      expect(plan.state.chart).toBe(chart);
      const { answer, journal, effects } = plan.report('excision', '2026-03-02');
      expect(answer).toMatchObject({ outcome: 'accepted', phase: 'excision.recovery' });
      expect(effects.map(({ role }) => role)).toContain('clinical-lead');
      const reasons = journal.find(({ kind }) => kind === 'deviation.raised')?.details.reasons;
      expect(reasons).toMatchObject([{ invariant: 'S1' }, { invariant: 'S2' }]);
      expect(plan.state.tasks[`plan/deviation-${plan.state.sequence}`]).toMatchObject({
        role: 'clinical-lead',
      });
    },
  );

  it('leaves the work of the phase that it leaves still owed', () => {
    const plan = new RunningPlan();
    plan.report('excision', '2026-03-02');
    expect(plan.state.tasks['consultation/history']?.status).toBe('requested');
    plan.finishPhase();
    expect(plan.state.chart).toBe('completed');
    expect(plan.state.tasks['consultation/history']?.status).toBe('cancelled');
  });

  it('a second time, in recovery, is a second procedure: work that is still open stays due where it was', () => {
    const plan = opened();
    plan.report('excision', '2026-03-05');
    plan.report('excision', '2026-03-06', '2026-03-07T15:00:00.000Z');
    expect(plan.state.performed).toHaveLength(2);
    expect(plan.state.chart).toBe('excision.recovery');
    expect(plan.state.waits['task/excision.recovery/stitches']?.dueAt).toBe('2026-03-16T04:00:00.000Z');
  });

  it('of a later stage skips what lies between', () => {
    const plan = new RunningPlan(pathwayWith({ rules: [], stages: [stageOf('first'), stageOf('second')] }));
    plan.report('second', '2026-03-02');
    expect(plan.state.chart).toBe('completed');
  });

  it('after the plan was cancelled is kept, and the plan is not over until the clinical lead has looked at it', () => {
    const plan = new RunningPlan();
    plan.cancel();
    const { answer, effects, state } = plan.report('excision', '2026-03-02');
    expect(answer.outcome).toBe('accepted');
    expect(state).toMatchObject({
      chart: 'cancelled',
      status: 'active',
      performed: [{ deviation: true }],
    });
    expect(effects.map(({ role }) => role)).toEqual(['clinical-lead']);
    const [owed = ''] = Object.keys(state.waits);
    expect(state.wake.at).toBe(state.waits[owed]?.nextAt);
    plan.complete(owed.slice('task/'.length));
    expect(plan.state).toMatchObject({
      chart: 'cancelled',
      status: 'revoked',
      waits: {},
      wake: { at: null },
    });
  });

  it('is judged as of the day on which it was performed: a consent signed since then clears nothing', () => {
    const plan = new RunningPlan(pathwayWith({ rules: [] }));
    plan.consent('mole-excision-consent', '2026-03-05', '2026-03-05T15:00:00.000Z');
    const { journal } = plan.report('excision', '2026-03-03');
    const reasons = journal.find(({ kind }) => kind === 'deviation.raised')?.details.reasons;
    expect(reasons).toMatchObject([{ invariant: 'S1' }]);
  });
});

describe('a plan that is over', () => {
  it('is cancelled once', () => {
    const plan = new RunningPlan();
    plan.cancel();
    expect(plan.state).toMatchObject({
      chart: 'cancelled',
      status: 'revoked',
      holds: {},
      waits: {},
      escalation: 0,
    });
    expect(kinds(plan.last.journal)).toEqual([
      'event.accepted',
      'phase.entered',
      'task.cancelled',
      'plan.ended',
    ]);
    expect(refusalOf(plan.cancel().answer).code).toBe('CC3003');
  });

  it('keeps what is stated about the patient, and asks nobody for it', () => {
    const plan = new RunningPlan();
    plan.cancel();
    plan.observe([{ fact: 'bloodThinner', value: '2026-03-01' }]);
    plan.consent('mole-excision-consent', '2026-03-02');
    plan.withdraw('mole-excision-consent');
    plan.complete('consultation/history');
    expect(plan.steps.slice(-4).map(({ answer }) => answer.outcome)).toEqual(Array(4).fill('accepted'));
    expect(plan.state.observations.bloodThinner).toHaveLength(1);
    expect(plan.state).toMatchObject({ holds: {}, waits: {}, wake: { at: null }, status: 'revoked' });
  });

  it('is taken up again for what belongs to no phase, and only for that', () => {
    const plan = new RunningPlan();
    plan.report('excision', '2026-03-02');
    plan.cancel();
    expect(plan.state).toMatchObject({ chart: 'cancelled', status: 'active' });
    expect(Object.keys(plan.state.waits)).toEqual(['task/plan/deviation-2']);
    plan.complete('plan/deviation-2');
    expect(plan.state).toMatchObject({ status: 'revoked', waits: {} });
    plan.send(eventOf('effect.failed', { effect: 'e', kind: 'tell', detail: 'no line' }));
    expect(Object.keys(plan.state.waits)).toEqual(['task/plan/failed-tell']);
  });
});

describe('time', () => {
  it("never goes backwards: a clock behind the plan takes the plan's own", () => {
    const plan = new RunningPlan();
    plan.observe([{ fact: 'smoker', value: false }], '2026-03-05T15:00:00.000Z');
    plan.observe([{ fact: 'smoker', value: true }], '2026-03-04T15:00:00.000Z');
    expect(plan.state.now).toBe('2026-03-05T15:00:00.000Z');
    expect(plan.state.observations.smoker?.[1]?.observedAt).toBe('2026-03-05T15:00:00.000Z');
  });

  it.each([
    ['of this generation', 0, 1],
    ['of one that never was', 7, 0],
    ['of one before', -1, 0],
  ])('a wake %s before its time changes nothing but its own generation', (_which, generation, raised) => {
    const plan = new RunningPlan();
    const before = plan.state;
    const { state, journal, effects } = plan.wake('2026-03-02T16:00:00.000Z', generation);
    expect(journal).toEqual([]);
    expect(effects).toEqual([]);
    expect(state).toEqual({
      ...before,
      sequence: 2,
      now: '2026-03-02T16:00:00.000Z',
      wake: { ...before.wake, generation: raised },
    });
  });

  it('a wake of a generation that has passed does no harm when something is due', () => {
    const plan = new RunningPlan();
    const at = plan.state.wake.at ?? '';
    plan.wake(at);
    const told = plan.last.effects.length;
    expect(told).toBe(1);
    plan.wake(at, 0);
    expect(plan.last.effects).toEqual([]);
    expect(plan.state.wake.generation).toBe(1);
  });

  it('what came due is done by whatever event comes first', () => {
    const plan = new RunningPlan();
    plan.observe([{ fact: 'smoker', value: false }], plan.state.wake.at ?? '');
    expect(plan.last.effects).toHaveLength(1);
  });

  it('a plan at its gate wakes when its consent ends', () => {
    const plan = new RunningPlan(pathwayWith({ rules: [], waits: { unbooked: for_(1, 'year') } }));
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    expect(plan.state.wake.at).toBe('2026-09-03T04:00:00.000Z');
  });
});
