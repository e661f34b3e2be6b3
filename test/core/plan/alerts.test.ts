import { alertOf, for_, ladderOf, leaf, pathwayWith, rung, type Variation } from '../../support/pathways.ts';
import { kinds, RunningPlan } from '../../support/plan.ts';

const FEVER = { any: [leaf('temperature', 'greaterThanInclusive', 38), leaf('smoker', 'equal', true)] };
const FIRST = 'plan/alert-fever-look-1';
const SECOND = 'plan/alert-fever-look-2';

const watched = (more: Parameters<typeof alertOf>[2] = {}, variation: Variation = {}): RunningPlan =>
  new RunningPlan(pathwayWith({ rules: [], alerts: [alertOf('fever', FEVER, more)], ...variation }));
const observe = (plan: RunningPlan, celsius: number, now?: string) =>
  plan.observe([{ fact: 'temperature', value: celsius, unit: 'Cel' }], now);

describe('an alert', () => {
  it('calls somebody when it becomes met, with a due time and a ladder, and holds nothing', () => {
    const plan = watched({ say: 'Call us at once.' });
    observe(plan, 38);
    expect(plan.state.tasks[FIRST]).toMatchObject({ role: 'nurse', status: 'requested' });
    expect(plan.state.waits[`task/${FIRST}`]).toMatchObject({
      owner: 'nurse',
      dueAt: '2026-03-02T16:00:00.000Z',
    });
    expect(plan.last.effects).toMatchObject([
      { role: 'nurse', level: 1 },
      { role: 'patient', says: 'Call us at once.' },
    ]);
    expect(plan.state.holds).toEqual({});
    expect(plan.state.status).toBe('active');
    expect(plan.state.alerts.fever).toMatchObject({ status: 'fired', generation: 1 });
  });

  it('climbs the ladder of its own', () => {
    const emergency = ladderOf(
      [rung({ when: 'start' }, ['owner', 'coordinator'])],
      for_(30, 'minute'),
      'emergency',
    );
    const standard = ladderOf([rung({ when: 'due' })]);
    const task = {
      task: 'look',
      title: 'Look',
      role: 'nurse',
      due: for_(1, 'hour'),
      ladder: 'emergency',
      records: [],
    };
    const plan = watched({ do: [task] }, { ladders: [standard, emergency] });
    observe(plan, 39);
    expect(plan.last.effects.map(({ role }) => role)).toEqual(['nurse', 'nurse', 'coordinator']);
    plan.wake('2026-03-02T16:30:00.000Z');
    expect(plan.last.effects.map(({ role }) => role)).toEqual(['nurse', 'coordinator']);
  });

  it.each([
    ['below', 37.9, 'blind', 0],
    ['at', 38, 'fired', 1],
    ['above', 38.1, 'fired', 1],
  ])('%s its threshold', (_where, celsius, status, generation) => {
    const plan = watched();
    observe(plan, celsius);
    expect(plan.state.alerts.fever).toMatchObject({ status, generation });
  });

  it('is silent and shown as blind while it cannot be told', () => {
    const plan = watched();
    expect(plan.state.alerts.fever).toMatchObject({ status: 'blind', generation: 0 });
    expect(plan.last.effects).toEqual([]);
    plan.observe([
      { fact: 'temperature', value: 37, unit: 'Cel' },
      { fact: 'smoker', value: false },
    ]);
    expect(plan.state.alerts.fever?.status).toBe('watching');
    plan.wake('2026-03-03T15:00:00.000Z');
    expect(plan.state.alerts.fever?.status).toBe('blind');
  });
});

describe('an alert that has fired', () => {
  it('is not repeated while its task is open', () => {
    const plan = watched();
    observe(plan, 38);
    observe(plan, 40, '2026-03-02T16:00:00.000Z');
    expect(plan.state.tasks[SECOND]).toBeUndefined();
  });

  it('is not repeated by what was known when its task was done', () => {
    const plan = watched();
    observe(plan, 38);
    observe(plan, 40, '2026-03-02T16:00:00.000Z');
    plan.complete(FIRST, '2026-03-02T17:00:00.000Z');
    plan.wake('2026-03-02T18:00:00.000Z');
    expect(plan.state.tasks[SECOND]).toBeUndefined();
  });

  it('fires again on a newer observation after its task is done', () => {
    const plan = watched();
    observe(plan, 38);
    plan.complete(FIRST, '2026-03-02T17:00:00.000Z');
    observe(plan, 38.2, '2026-03-02T18:00:00.000Z');
    expect(plan.state.tasks[SECOND]).toMatchObject({ status: 'requested' });
    expect(plan.state.alerts.fever).toMatchObject({ generation: 2 });
  });

  it('does not fire again on a newer observation of something that is not met', () => {
    const plan = watched();
    observe(plan, 38);
    plan.complete(FIRST, '2026-03-02T17:00:00.000Z');
    plan.observe([{ fact: 'smoker', value: false }], '2026-03-02T18:00:00.000Z');
    expect(plan.state.tasks[SECOND]).toBeUndefined();
  });

  it('keeps its task when the plan ends: emergency work stays', () => {
    const plan = watched();
    observe(plan, 38);
    plan.cancel();
    expect(plan.state.tasks[FIRST]?.status).toBe('requested');
    expect(plan.state.status).not.toBe('revoked');
  });
});

describe('an alert of procedures', () => {
  const after = { of: ['mole-excision'], within: for_(7, 'day') };
  const done = (): RunningPlan => {
    const plan = watched(after);
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    plan.start('excision');
    plan.report('excision', '2026-03-02');
    return plan;
  };

  it('does not watch before the procedure', () => {
    const plan = watched(after);
    observe(plan, 40);
    expect(plan.state.alerts).toEqual({});
  });

  it.each([
    ['on the last day', '2026-03-09T22:00:00.000Z', true],
    ['on the day after', '2026-03-10T15:00:00.000Z', false],
  ])('watches until so long after the last one: %s', (_when, now, isFired) => {
    const plan = done();
    observe(plan, 40, now);
    expect(FIRST in plan.state.tasks).toBe(isFired);
  });

  it('wakes when it stops watching, so that nobody is shown a blind one for ever', () => {
    const plan = done();
    expect(plan.state.alerts.fever?.status).toBe('blind');
    plan.wake('2026-03-10T05:00:00.000Z');
    expect(plan.state.alerts.fever?.status ?? 'watching').toBe('watching');
  });

  it('never watches in a pathway without such a procedure', () => {
    const plan = watched({ of: ['chemotherapy'] });
    observe(plan, 40);
    expect(plan.state.alerts).toEqual({});
  });

  it('says in the journal what it rests on', () => {
    const plan = done();
    observe(plan, 40);
    expect(kinds(plan.last.journal)).toContain('alert.raised');
    expect(plan.last.journal.find(({ kind }) => kind === 'alert.raised')?.details).toMatchObject({
      evidence: [{ fact: 'temperature', value: 40 }, { fact: 'smoker' }],
    });
  });
});
