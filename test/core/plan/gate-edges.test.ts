import {
  contraindication,
  factOf,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  taskOf,
} from '../../support/pathways.ts';
import { actor, eventOf, patient, RunningPlan } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const _FACE = [{ area: 'face', sides: [], parts: ['upper face', 'nose'] }];

describe('a list of words of no closed list', () => {
  const facts = [
    factOf('medicines', { kind: 'list', of: 'medicine classes', words: ['anticoagulant', 'other'] }),
  ];
  const rules = [contraindication('clotting', { all: [leaf('medicines', 'contains', 'anticoagulant')] })];

  it.each([['Anticoagulant'], ['anticoagulants'], ['anticoagulant '], ['warfarin 5 mg']])(
    'that says `%s` is not known to be without an anticoagulant',
    (word) => {
      const plan = new RunningPlan(pathwayWith({ facts, rules }));
      plan.finishPhase();
      plan.consent('mole-excision-consent', '2026-03-02');
      plan.observe([{ fact: 'medicines', value: [word] }], undefined, { actor: patient });
      expect(plan.start('excision').outcome).toBe('refused');
    },
  );
});

describe('a fact taken since the last session', () => {
  it('is not one of the morning before that session', () => {
    const counts = factOf('counts', { kind: 'number', unit: '10*9/L', from: 0, to: 100 });
    const low = { ...leaf('counts', 'lessThan', 1.5), params: { taken: { since: 'last session' as const } } };
    const stages = [stageOf('first'), stageOf('second')];
    const plan = new RunningPlan(
      pathwayWith({
        facts: [counts],
        stages,
        consultation: [],
        rules: [contraindication('low-counts', { all: [low] }, { of: ['second-procedure'] })],
      }),
    );
    plan.consent('first-consent', '2026-03-02');
    plan.consent('second-consent', '2026-03-02');
    plan.observe([{ fact: 'counts', value: 4, unit: '10*9/L', observedAt: '2026-03-02T12:00:00.000Z' }]);
    plan.start('first');
    plan.report('first', '2026-03-02');
    expect(plan.start('second', on('2026-03-23')).outcome).toBe('refused');
  });
});

describe('ifUnknown: accept', () => {
  const fever = contraindication(
    'fever',
    { all: [leaf('temperature', 'greaterThanInclusive', 38)] },
    { ifUnknown: 'accept' },
  );

  it('does not let pass a fever of the recovery before that nobody has measured since', () => {
    const stages = [stageOf('first', { recovery: [taskOf('visit')] }), stageOf('second')];
    const plan = new RunningPlan(pathwayWith({ rules: [fever], stages, consultation: [] }));
    plan.consent('first-consent', '2026-03-02');
    plan.consent('second-consent', '2026-03-02');
    plan.start('first');
    plan.report('first', '2026-03-02');
    plan.observe([{ fact: 'temperature', value: 40, unit: 'Cel' }], on('2026-03-03'));
    plan.finishPhase(on('2026-03-05'));
    expect(plan.state.chart).toBe('second.ready');
    expect(plan.start('second', on('2026-03-05')).outcome).toBe('refused');
  });

  it('does not let pass what one source affirms and another denies', () => {
    const smoking = contraindication(
      'smoking',
      { all: [leaf('smoker', 'equal', true)] },
      { ifUnknown: 'accept' },
    );
    const plan = new RunningPlan(pathwayWith({ rules: [smoking] }));
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    plan.observe([{ fact: 'smoker', value: false }]);
    plan.observe([{ fact: 'smoker', value: true }], undefined, { actor: actor('nurse-2', 'nurse') });
    expect(plan.start('excision').outcome).toBe('refused');
  });
});

describe('clears: by signature', () => {
  const infection = contraindication(
    'infection',
    { all: [leaf('smoker', 'equal', true)] },
    { clears: { by: 'signature', of: 'dermatologist' }, strength: 'absolute' },
  );

  it('is asked for still after a late report has taken the plan elsewhere and back', () => {
    const stages = [stageOf('first'), stageOf('second')];
    const plan = new RunningPlan(pathwayWith({ rules: [infection], stages, consultation: [] }));
    plan.observe([{ fact: 'smoker', value: false }]);
    plan.consent('first-consent', '2026-03-02');
    plan.start('first');
    plan.report('first', '2026-03-02');
    plan.consent('second-consent', '2026-03-02');
    plan.observe([{ fact: 'smoker', value: true }], on('2026-03-04'));
    plan.observe([{ fact: 'smoker', value: false }], on('2026-03-05'));
    expect(plan.state.holds['second/infection']?.needsSignature).toBe(true);
    plan.send(
      eventOf('procedure.performed', { stage: 'first', performedOn: '2026-03-02' }, { source: 'theatre' }),
      on('2026-03-06'),
    );
    expect(plan.state.chart).toBe('second.ready');
    expect(plan.start('second', on('2026-03-06')).outcome).toBe('refused');
  });
});

describe('a conflict', () => {
  it('told of a part, and settled by a word about the whole, is asked about no longer', () => {
    const scar = factOf('scar', { kind: 'yes or no' }, { byArea: true });
    const stages = [stageOf('excision', { in: 'treatment' })];
    const areas = { treatment: { choose: 'all' as const, sites: ['left breast'] } };
    const plan = new RunningPlan(pathwayWith({ facts: [scar], rules: [], stages, areas }));
    plan.observe([{ fact: 'scar', area: 'breast', value: true }]);
    plan.observe([{ fact: 'scar', area: 'left breast', value: false }]);
    expect(plan.state.tasks['plan/conflict-scar-left-breast']?.status).toBe('requested');
    plan.send(
      eventOf('fact.corrected', {
        fact: 'scar',
        area: 'breast',
        on: '2026-03-02',
        value: false,
        reason: 'x',
      }),
    );
    expect(plan.state.tasks['plan/conflict-scar-left-breast']?.status).toBe('cancelled');
  });
});

describe('a hold whose fact comes and goes', () => {
  it('is heard of by somebody else than its owner within a month', () => {
    const fever = contraindication('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] });
    const plan = new RunningPlan(pathwayWith({ rules: [fever], waits: { unbooked: for_(1, 'year') } }));
    plan.finishPhase();
    const told = new Set<string>();
    let at = Date.parse('2026-03-03T15:00:00.000Z');
    for (let day = 0; day < 30; day += 1) {
      plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], new Date(at).toISOString());
      for (const { role } of plan.last.effects) told.add(role);
      // A day later the value is too old to tell.
      plan.wake(new Date(at + 24 * 3_600_000).toISOString());
      for (const { role } of plan.last.effects) told.add(role);
      at += 25 * 3_600_000;
    }
    expect(Object.keys(plan.state.holds)).toEqual(['excision/fever']);
    expect([...told]).toContain('coordinator');
  });
});
