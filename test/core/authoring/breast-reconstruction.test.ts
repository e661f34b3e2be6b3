import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { RunningPlan, refusalOf } from '../../support/plan.ts';
import { BREAST, sourcesOf } from './sample.ts';

const compile = () => {
  const { compiled, problems } = compilePathway(sourcesOf(BREAST));
  expect(problems.map(formatProblem)).toEqual([]);
  return CompiledPathway.parse(compiled);
};

const compiled = compile();
const rule = (name: string) => compiled.contraindications.find((one) => one.rule === name);

it('is ready to run: expander, exchange, evening out', () => {
  expect(loadPathway(compiled).stages.map(({ stage }) => stage)).toEqual(['expander', 'exchange', 'contour']);
});

it('is about one breast or both, and takes fat from the abdomen', () => {
  expect(compiled.areas).toEqual({
    treatment: { choose: 'any', sites: ['left breast', 'right breast'] },
    donor: { choose: 'all', sites: ['abdomen'] },
  });
});

it('holds each operation while an infection in any of its areas is not ruled out', () => {
  expect(rule('infection-in-field')).toMatchObject({
    strength: 'absolute',
    when: {
      any: [
        { any: [{ value: 'infection', params: { area: 'any area of this stage' } }, { value: 'herpes' }] },
        { fact: 'temperature', operator: 'greaterThanInclusive', value: 38 },
      ],
    },
  });
});

it('lets surgeon and clinical lead together set nicotine aside for one gate', () => {
  expect(rule('nicotine')?.override).toMatchObject({
    by: ['surgeon'],
    second: 'clinical-lead',
    covers: 'one gate',
    coversUnknown: false,
  });
});

it('exchanges the expander after three months at the least, and asks the surgeon after nine', () => {
  expect(compiled.intervals.map((one) => [one.rule, one.minimum, one.latest, one.ifLate])).toEqual([
    ['expander-to-implant', { count: 3, unit: 'month' }, { count: 9, unit: 'month' }, { ask: 'surgeon' }],
    ['implant-after-radiotherapy', { count: 6, unit: 'month' }, undefined, undefined],
    ['contour-after-exchange', { count: 3, unit: 'month' }, undefined, undefined],
  ]);
});

it('asks the surgeon before an exchange at high risk', () => {
  expect(compiled.stages[1]?.table).toEqual({
    table: 'surgical-risk',
    outcomes: { standard: { go: true }, high: { ask: 'surgeon' } },
  });
});

it('calls for a wound on the urgent ladder, and for fever on the one for emergencies', () => {
  expect(compiled.alerts.map((alert) => [alert.rule, alert.do.map(({ ladder }) => ladder)])).toEqual([
    ['wound', ['urgent']],
    ['fever', ['emergency']],
    ['drain', ['standard']],
  ]);
});

it('is for adults', () => {
  expect(compiled.eligibility).toMatchObject([{ rule: 'adult', otherwise: 'referral' }]);
});

it('attests what was done before by the task `history`', () => {
  expect(compiled.consultation.map(({ task }) => task)).toEqual(['history']);
});

it('keeps nothing of the small operations beside it', () => {
  expect(compiled.facts.map(({ fact }) => fact)).not.toContain('bloodThinner');
  expect(compiled.contraindications.map(({ ruleSet }) => ruleSet)).not.toContain('minor-surgery');
});

it('compiles to the same text each time', () => {
  expect(JSON.stringify(compile())).toBe(JSON.stringify(compiled));
});

describe('a plan for the left breast', () => {
  const plan = new RunningPlan(compiled, '2026-03-02T15:00:00.000Z', { treatment: ['left breast'] });

  it('is refused its expander with everything that is missing, each rule by its name', () => {
    plan.finishPhase();
    plan.finishPhase();
    expect(plan.state.chart).toBe('expander.ready');
    const { reasons } = refusalOf(plan.start('expander'));
    expect(reasons.flatMap(({ finding }) => finding?.rule ?? []).sort()).toEqual([
      ...['adult', 'anaemia', 'anticoagulant', 'infection-in-field', 'nicotine'],
    ]);
  });

  it('gets it once all of that is known, and nothing is against it', () => {
    plan.observe([
      { fact: 'birthDate', value: '1980-05-01' },
      { fact: 'skin', area: 'left breast', value: [] },
      { fact: 'temperature', value: 36.6, unit: 'Cel' },
      { fact: 'nicotine', value: 'never' },
      { fact: 'medicines', value: ['other'] },
      { fact: 'transfusion', value: 'never' },
      { fact: 'haemoglobin', value: 130, unit: 'g/L' },
    ]);
    plan.consent('expander-consent', '2026-03-02');
    expect(plan.start('expander')).toMatchObject({ outcome: 'accepted' });
    plan.report('expander', '2026-03-02');
    plan.finishPhase();
    plan.finishPhase();
    expect(plan.state.chart).toBe('exchange.ready');
  });

  it('is refused the exchange before three months are over, and asked for its risk', () => {
    const { reasons } = refusalOf(plan.start('exchange', '2026-06-01T15:00:00.000Z'));
    const says = JSON.stringify(reasons);
    expect(says).toContain('expander-to-implant');
    expect(says).toContain('2026-06-02');
    expect(says).toContain('implant-after-radiotherapy');
    expect(says).toContain('surgical-risk');
  });
});
