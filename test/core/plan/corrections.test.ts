import type { EventOf } from '../../../src/core/model/event.schema.ts';
import { contraindication, factOf, for_, leaf, pathwayWith } from '../../support/pathways.ts';
import { eventOf, kinds, laboratory, nurse, RunningPlan } from '../../support/plan.ts';

const HOLD = 'excision/fever';
const FEVER = { fact: 'temperature', unit: 'Cel' };
const pathway = pathwayWith({
  facts: [
    factOf(
      'temperature',
      { kind: 'number', unit: 'Cel', from: 30, to: 45 },
      { goodFor: for_(7, 'day'), from: ['laboratory', 'clinician', 'patient'] },
    ),
  ],
  rules: [contraindication('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] })],
});

const measured = (celsius: number, envelope: Parameters<typeof eventOf>[2] = {}): RunningPlan => {
  const plan = new RunningPlan(pathway);
  plan.finishPhase();
  plan.consent('mole-excision-consent', '2026-03-02');
  observe(plan, celsius, envelope);
  return plan;
};
const observe = (plan: RunningPlan, celsius: number, envelope: Parameters<typeof eventOf>[2] = {}) =>
  plan.observe([{ ...FEVER, value: celsius }], undefined, envelope);
const correct = (plan: RunningPlan, more: Partial<EventOf<'fact.corrected'>['data']> = {}) =>
  plan.send(
    eventOf(
      'fact.corrected',
      { ...FEVER, on: '2026-03-02', value: 37, reason: 'typed wrong', ...more },
      { id: 'c-1' },
    ),
  );
const withdraw = (plan: RunningPlan, more: Partial<EventOf<'fact.withdrawn'>['data']> = {}) =>
  plan.send(
    eventOf('fact.withdrawn', {
      fact: 'temperature',
      on: '2026-03-02',
      reason: 'another patient',
      ...more,
    }),
  );

describe('a correction', () => {
  it('replaces what was observed at its own time, and the hold clears', () => {
    const plan = measured(39);
    const [wrong] = plan.state.observations.temperature ?? [];
    expect(HOLD in plan.state.holds).toBe(true);
    correct(plan);
    expect(plan.state.observations.temperature).toMatchObject([
      { value: 37, observedAt: wrong?.observedAt, event: 'front-desk/c-1', source: 'clinician' },
    ]);
    expect(plan.state.holds).toEqual({});
    expect(plan.journal.find(({ kind }) => kind === 'fact.corrected')?.details).toMatchObject({
      was: [{ value: 39 }],
      is: { value: 37 },
    });
  });

  it('re-arms the hold where it makes the rule met', () => {
    const plan = measured(39);
    observe(plan, 37, { id: 'e-2', time: '2026-03-03T15:00:00.000Z' });
    const later = plan.send(
      eventOf('fact.corrected', { ...FEVER, on: '2026-03-02', value: 40, reason: 'x' }),
    );
    expect(later.answer.outcome).toBe('accepted');
    expect(plan.state.holds[HOLD]).toBeDefined();
  });

  it('of a day with several settles the conflict between them', () => {
    const plan = measured(39, { id: 'a' });
    observe(plan, 37, { id: 'b' });
    expect(plan.state.holds[HOLD]?.finding).toMatchObject({
      result: 'unknown',
      evidence: [{ cause: 'in conflict' }],
    });
    correct(plan, { value: 37.5 });
    expect(plan.state.observations.temperature).toHaveLength(1);
    expect(plan.state.holds).toEqual({});
  });

  it.each([
    ['another day', { on: '2026-03-01' }, 'CC2024'],
    ['an event that did not state it', { event: 'e-9' }, 'CC2024'],
    ['a fact that there is not', { fact: 'fever' }, 'CC2010'],
    ['an area, of a fact without', { area: 'left breast' }, 'CC2025'],
    ['a value out of range', { value: 99 }, 'CC2012'],
    ['a value of another kind', { value: 'high' }, 'CC2013'],
    ['another unit', { unit: 'furlong' }, 'CC2011'],
  ])('of %s is turned back and changes nothing', (_what, more, code) => {
    const plan = measured(39);
    const before = plan.state.observations;
    expect(correct(plan, more).answer).toMatchObject({ outcome: 'rejected', code });
    expect(plan.state.observations).toBe(before);
  });

  it('says what was observed when it finds nothing', () => {
    const { answer } = correct(measured(39), { on: '2026-03-01' });
    expect(answer.says).toContain('2026-03-02 (front-desk/observed-');
  });
});

describe('a withdrawal', () => {
  it('removes the observation: what is left is unknown, and held', () => {
    const plan = measured(37);
    expect(plan.state.holds).toEqual({});
    withdraw(plan);
    expect(plan.state.observations.temperature).toEqual([]);
    expect(plan.state.holds[HOLD]?.finding).toMatchObject({
      result: 'unknown',
      evidence: [{ cause: 'missing' }],
    });
  });

  it('brings back what was known before', () => {
    const plan = measured(37, { id: 'old', time: '2026-03-01T15:00:00.000Z' });
    observe(plan, 40, { id: 'new' });
    expect(HOLD in plan.state.holds).toBe(true);
    withdraw(plan);
    expect(plan.state.holds).toEqual({});
  });

  it('can mean one event of several on a day', () => {
    const plan = measured(37, { id: 'a' });
    observe(plan, 40, { id: 'b' });
    withdraw(plan, { event: 'b' });
    expect(plan.state.observations.temperature).toMatchObject([{ value: 37 }]);
    expect(plan.state.holds).toEqual({});
  });
});

describe('a gate that opened on it', () => {
  it.each([
    ['withdrawn', (plan: RunningPlan) => withdraw(plan)],
    ['corrected', (plan: RunningPlan) => correct(plan, { value: 38.5 })],
  ])('becomes a deviation when the fact is %s, whether or not the procedure is done', (how, change) => {
    const plan = measured(37);
    plan.start('excision');
    expect(plan.state.gates).toMatchObject([{ cites: [{ fact: 'temperature' }] }]);
    change(plan);
    expect(kinds(plan.last.journal)).toContain('deviation.raised');
    const deviation = Object.values(plan.state.tasks).find(({ title }) => title.includes('deviation'));
    expect(deviation).toMatchObject({
      role: 'clinical-lead',
      title: expect.stringContaining(`since ${how}`),
    });
    expect(plan.state.holds[HOLD]).toBeDefined();
  });

  it('is not in question when it rested on another observation', () => {
    const plan = measured(37, { id: 'old', time: '2026-03-01T15:00:00.000Z' });
    observe(plan, 36.5, { id: 'new' });
    plan.start('excision');
    withdraw(plan, { on: '2026-03-01' });
    expect(kinds(plan.last.journal)).not.toContain('deviation.raised');
  });
});

describe('sources that differ', () => {
  it('of equal trust on one day make the fact unknown, and somebody is asked which is right', () => {
    const plan = measured(37, { id: 'a' });
    observe(plan, 39, { id: 'b' });
    expect(plan.state.tasks['plan/conflict-temperature']).toMatchObject({
      role: 'nurse',
      status: 'requested',
    });
    expect(kinds(plan.last.journal)).toContain('fact.conflicted');
    withdraw(plan, { event: 'b' });
    expect(plan.state.tasks['plan/conflict-temperature']?.status).toBe('cancelled');
    expect(plan.state.waits['task/plan/conflict-temperature']).toBeUndefined();
  });

  it('are asked once, however often they differ', () => {
    const plan = measured(37, { id: 'a' });
    observe(plan, 39, { id: 'b' });
    observe(plan, 40, { id: 'c' });
    expect(kinds(plan.last.journal)).not.toContain('fact.conflicted');
  });

  it('are no conflict when they agree, or one is trusted more', () => {
    const plan = measured(37, { id: 'a' });
    observe(plan, 37, { id: 'b', actor: { ...nurse, id: 'nurse-2' } });
    observe(plan, 38.5, { id: 'c', actor: laboratory, source: 'north-lab' });
    expect(plan.state.tasks['plan/conflict-temperature']).toBeUndefined();
    expect(plan.state.holds[HOLD]?.finding.result).toBe('met');
  });
});
