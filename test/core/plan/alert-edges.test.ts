import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { alertOf, factOf, for_, leaf, pathwayWith, stageOf } from '../../support/pathways.ts';
import { patient, RunningPlan } from '../../support/plan.ts';
import { BREAST, sourcesOf } from '../authoring/sample.ts';

const AREAS = { treatment: { choose: 'all' as const, sites: ['left breast', 'right breast'] } };
const wound = factOf(
  'wound',
  { kind: 'code', codes: ['clean', 'open'] },
  { byArea: true, goodFor: for_(7, 'day'), from: ['clinician', 'patient'] },
);
const openWound = alertOf('wound', { all: [leaf('wound', 'equal', 'open')] });
const fired = (plan: RunningPlan): string[] =>
  Object.keys(plan.state.tasks).filter((id) => id.startsWith('plan/alert-'));

describe('an alert about what is not so', () => {
  it('fires again on a newer observation after its task is done', () => {
    const low = alertOf('low', { not: { any: [leaf('temperature', 'greaterThanInclusive', 35)] } });
    const plan = new RunningPlan(pathwayWith({ rules: [], alerts: [low] }));
    plan.observe([{ fact: 'temperature', value: 34, unit: 'Cel' }]);
    expect(fired(plan)).toEqual(['plan/alert-low-look-1']);
    plan.complete('plan/alert-low-look-1', '2026-03-02T17:00:00.000Z');
    plan.observe([{ fact: 'temperature', value: 32, unit: 'Cel' }], '2026-03-02T18:00:00.000Z');
    expect(fired(plan)).toContain('plan/alert-low-look-2');
  });
});

describe('an alert of two sites', () => {
  it('calls for the second, though the task for the first is still open', () => {
    const plan = new RunningPlan(
      pathwayWith({
        facts: [wound],
        rules: [],
        alerts: [openWound],
        areas: AREAS,
        stages: [stageOf('excision', { in: 'treatment' })],
      }),
    );
    plan.observe([{ fact: 'wound', area: 'left breast', value: 'open' }]);
    const [first = ''] = fired(plan);
    plan.observe([{ fact: 'wound', area: 'right breast', value: 'open' }], '2026-03-02T16:00:00.000Z');
    const told = plan.last.effects.length;
    plan.complete(first, '2026-03-02T17:00:00.000Z');
    plan.wake('2026-03-02T18:00:00.000Z');
    expect(told + fired(plan).length).toBeGreaterThan(1);
  });
});

describe('an alert in a pathway of two stages', () => {
  const stages = [stageOf('first', { in: 'treatment' }), stageOf('second', { in: 'donor' })];
  const areas = {
    treatment: { choose: 'all' as const, sites: ['left breast'] },
    donor: { choose: 'all' as const, sites: ['right breast'] },
  };
  const skin = factOf('skin', { kind: 'findings', codes: ['infection'] }, { byArea: true });

  it('about any area of a stage looks at the areas of each of them', () => {
    const infected = { ...leaf('skin', 'contains', 'infection'), params: { area: 'any area of this stage' } };
    const plan = new RunningPlan(
      pathwayWith({
        facts: [skin],
        rules: [],
        stages,
        areas,
        alerts: [alertOf('infection', { all: [infected] })],
      }),
    );
    plan.observe([{ fact: 'skin', area: 'left breast', value: ['infection'] }]);
    expect(fired(plan)).toEqual(['plan/alert-infection-look-1']);
  });

  it('on a fact of this stage sees it while the plan is in the first', () => {
    const pain = factOf('pain', { kind: 'grade', from: 0, to: 10 });
    const severe = {
      ...leaf('pain', 'greaterThanInclusive', 8),
      params: { taken: { since: 'this stage' as const } },
    };
    const plan = new RunningPlan(
      pathwayWith({
        facts: [pain],
        rules: [],
        consultation: [],
        stages,
        areas,
        alerts: [alertOf('pain', { all: [severe] })],
      }),
    );
    expect(plan.state.chart).toBe('first.ready');
    plan.observe([{ fact: 'pain', value: 9 }], '2026-03-03T15:00:00.000Z');
    expect(fired(plan)).toEqual(['plan/alert-pain-look-1']);
  });
});

describe('an alert that watches for weeks after an operation', () => {
  it('is not silent because the last visit of the course is done', () => {
    const fever = alertOf(
      'fever',
      { all: [leaf('temperature', 'greaterThanInclusive', 38)] },
      { within: for_(6, 'week') },
    );
    const plan = new RunningPlan(pathwayWith({ rules: [], alerts: [fever] }));
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    plan.start('excision');
    plan.report('excision', '2026-03-02');
    plan.finishPhase('2026-03-10T15:00:00.000Z');
    expect(plan.state.chart).toBe('completed');
    plan.observe([{ fact: 'temperature', value: 40, unit: 'Cel' }], '2026-03-12T15:00:00.000Z');
    expect(fired(plan)).toEqual(['plan/alert-fever-look-1']);
  });

  it.each([
    ['before the last visit', false],
    ['after it', true],
  ])('of the breast pathway, as it is: %s', (_when, done) => {
    const { compiled } = compilePathway(sourcesOf(BREAST));
    const plan = new RunningPlan(CompiledPathway.parse(compiled), '2026-03-02T15:00:00.000Z', {
      treatment: ['left breast'],
    });
    plan.report('contour', '2026-03-02');
    if (done) plan.finishPhase('2026-03-10T15:00:00.000Z');
    plan.observe(
      [{ fact: 'woundState', area: 'left breast', value: 'draining' }],
      '2026-03-20T15:00:00.000Z',
      {
        actor: patient,
      },
    );
    expect(fired(plan)).toHaveLength(1);
  });

  it('of the breast pathway hears of a draining wound in the third week after its last operation', () => {
    const { compiled } = compilePathway(sourcesOf(BREAST));
    const plan = new RunningPlan(CompiledPathway.parse(compiled), '2026-03-02T15:00:00.000Z', {
      treatment: ['left breast'],
    });
    plan.report('contour', '2026-03-02');
    plan.finishPhase('2026-03-10T15:00:00.000Z');
    expect(plan.state.chart).toBe('completed');
    plan.observe(
      [{ fact: 'woundState', area: 'left breast', value: 'draining' }],
      '2026-03-20T15:00:00.000Z',
      {
        actor: patient,
      },
    );
    expect(fired(plan)).not.toEqual([]);
  });

  it('is not silent because the plan was cancelled after the operation', () => {
    const fever = alertOf(
      'fever',
      { all: [leaf('temperature', 'greaterThanInclusive', 38)] },
      { within: for_(6, 'week') },
    );
    const plan = new RunningPlan(pathwayWith({ rules: [], alerts: [fever] }));
    plan.report('excision', '2026-03-02');
    plan.cancel();
    plan.observe([{ fact: 'temperature', value: 40, unit: 'Cel' }], '2026-03-03T15:00:00.000Z');
    expect(fired(plan)).toEqual(['plan/alert-fever-look-1']);
  });
});

describe('an alert that has fired once', () => {
  it('leaves no task behind for each time that it was done, for years', () => {
    const fever = alertOf('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] });
    const plan = new RunningPlan(pathwayWith({ rules: [], alerts: [fever] }));
    const size = () => JSON.stringify({ ...plan.state, observations: {} }).length;
    const times = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const sizes = times.map((day) => {
      const at = `2026-04-${String(day).padStart(2, '0')}`;
      plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], `${at}T15:00:00.000Z`);
      plan.complete(fired(plan).at(-1) ?? '', `${at}T16:00:00.000Z`);
      return size();
    });
    expect(sizes.at(-1)).toBeLessThan((sizes[0] ?? 0) + 500);
  });
});
