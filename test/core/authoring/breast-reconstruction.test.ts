import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { BREAST, sourcesOf } from './sample.ts';

const compile = () => {
  const { compiled, problems } = compilePathway(sourcesOf(BREAST));
  expect(problems.map(formatProblem)).toEqual([]);
  return CompiledPathway.parse(compiled);
};

const compiled = compile();
const rule = (name: string) => compiled.contraindications.find((one) => one.rule === name);

const stage = (name: string) => compiled.stages.find((one) => one.stage === name);
const decision = (name: string) => compiled.decisions.find((one) => one.decision === name);

it('is ready to run: expander, fillings, exchange, evening out', () => {
  expect(loadPathway(compiled).stages.map((one) => one.stage)).toEqual([
    ...['expander', 'filling', 'exchange', 'contour'],
  ]);
});

it('begins only when two of a board of three have found it suitable', () => {
  expect(compiled.decidedIn.assessment).toEqual(['board']);
  expect(decision('board')?.by).toMatchObject({ quorum: 2, agree: 'majority', tie: 'surgeon' });
  expect(decision('board')?.noQuorum).toMatchObject([{ do: 'wait', atMost: 2 }, { do: 'exit' }]);
});

it('has each operation under general anaesthesia cleared three to thirty days before it', () => {
  const operations = compiled.stages.filter(({ anaesthesia }) => anaesthesia === 'general');
  expect(operations.map((one) => one.stage)).toEqual(['expander', 'exchange', 'contour']);
  for (const { prep } of operations) {
    expect(prep?.[0]).toMatchObject({
      clears: 'anaesthesia',
      when: { due: { from: { count: 30, unit: 'day' }, to: { count: 3, unit: 'day' }, before: 'booking' } },
    });
  }
});

it('fills up to ten times, at least a week apart, until the expander is full', () => {
  expect(stage('filling')).toMatchObject({
    sessions: 10,
    missed: 'wait',
    untilWhen: { all: [{ fact: 'expanderFull', value: true }] },
  });
});

it('does each operation again as often as is written, and then refers', () => {
  for (const name of ['after-expander', 'after-exchange', 'complication']) {
    const chains = Object.values(decision(name)?.outcomes ?? {});
    expect(chains).toContainEqual([
      { do: 'again', atMost: 1 },
      { do: 'exit', exit: 'referral' },
    ]);
  }
});

it('asks the surgeon about a wound that does not heal, beside the task to see it', () => {
  expect(compiled.alerts.map((alert) => [alert.rule, alert.decide])).toEqual([
    ['wound', 'complication'],
    ['fever', undefined],
    ['drain', undefined],
  ]);
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

it('exchanges the expander after three months at the least, and has the surgeon decide after nine', () => {
  const late = { decide: 'late' };
  expect(compiled.intervals.map((one) => [one.rule, one.minimum, one.latest, one.ifLate])).toEqual([
    ['expander-to-implant', { count: 3, unit: 'month' }, { count: 9, unit: 'month' }, late],
    ['implant-after-radiotherapy', { count: 6, unit: 'month' }, undefined, undefined],
    ['filling-spacing', { count: 1, unit: 'week' }, { count: 6, unit: 'week' }, late],
    ['filling-after-expander', { count: 2, unit: 'week' }, undefined, undefined],
    ['contour-after-exchange', { count: 3, unit: 'month' }, undefined, undefined],
  ]);
});

it('asks the surgeon before an exchange at high risk', () => {
  expect(stage('exchange')?.table).toEqual({
    table: 'surgical-risk',
    outcomes: { standard: [{ do: 'go' }], high: [{ do: 'ask', role: 'surgeon' }] },
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
