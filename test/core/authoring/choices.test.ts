import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { CHOICES } from './choice-sample.ts';
import { alter, sourcesOf } from './sample.ts';

const compiled = (): CompiledPathway => {
  const result = compilePathway(sourcesOf(CHOICES));
  expect(result.problems).toEqual([]);
  return CompiledPathway.parse(result.compiled);
};
const decision = (name: string) => compiled().decisions.find((one) => one.decision === name);

describe('a choice of the file', () => {
  it('has its values with all that is shown of them, in their order', () => {
    expect(compiled().choices[0]).toMatchObject({
      choice: 'option',
      title: 'How to fill it',
      made: 'assessment',
      values: [
        {
          value: 'implant',
          title: 'Implant',
          mechanism: 'restore volume',
          cannot: 'Feel like own tissue.',
          benefits: ['short'],
          risks: ['infection', 'leak'],
          downtime: '3 to 6 weeks',
          cost: '14500 USD',
          offeredWhen: { all: [{ fact: 'smokes', operator: 'equal', value: false }] },
        },
        { value: 'own-tissue', title: 'Own tissue' },
      ],
    });
    expect(compiled().choices[0]).not.toHaveProperty('table');
  });

  it('that people make is a decision of its name, due by the clinic unless it says otherwise', () => {
    expect(decision('option')).toEqual({
      decision: 'option',
      title: 'How to fill it',
      by: { kind: 'roles', roles: ['patient', 'surgeon'] },
      due: { to: { count: 14, unit: 'day' }, after: 'asked' },
      ladder: 'standard',
      needs: [],
      outcomes: { implant: [{ do: 'go' }], 'own-tissue': [{ do: 'go' }] },
    });
    expect(decision('pace')).toMatchObject({
      by: { kind: 'board', roles: ['surgeon', 'nurse'] },
      due: { to: { count: 7, unit: 'day' }, after: 'assessment' },
      ladder: 'emergency',
    });
  });

  it('of a table that somebody confirms needs what the table asks', () => {
    expect(compiled().choices[1]?.table).toEqual({ table: 'risk', isConfirmed: true });
    expect(decision('risk')).toMatchObject({
      by: { kind: 'roles', roles: ['surgeon'] },
      needs: ['neuropathy', 'glucose', 'nicotine'],
      due: { to: { count: 5, unit: 'day' }, after: 'asked' },
    });
  });

  it('of a table alone is a decision only for the unknown, and of no phase', () => {
    expect(compiled().choices[2]?.table).toEqual({
      table: 'width',
      isConfirmed: false,
      ifUnknown: { ask: 'nurse' },
    });
    expect(decision('width')).toMatchObject({ by: { kind: 'roles', roles: ['nurse'] }, needs: [] });
    expect(compiled().decidedIn).toEqual({ consultation: [], assessment: ['option', 'risk', 'pace'] });
  });

  it('confirmed needs nothing to be known where the file says what counts for the unknown', () => {
    const from = 'by: { table: risk, confirm: surgeon }';
    const { texts } = alter(CHOICES, 'pathway', from, `${from}\n    ifUnknown: high`);
    const result = compilePathway(sourcesOf(texts));
    expect(result.problems).toEqual([]);
    const risk = result.compiled?.decisions.find((one) => one.decision === 'risk');
    expect(risk?.needs).toEqual([]);
    expect(result.compiled?.choices[1]?.table).toMatchObject({ ifUnknown: { value: 'high' } });
  });

  it('brings along its tables, and the facts that they and what is offered ask', () => {
    const { tables, facts } = compiled();
    expect(tables.map(({ rule }) => rule)).toEqual(['risk', 'width']);
    expect(facts.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['smokes', 'height', 'glucose']));
  });
});

describe('what is for some only', () => {
  it('names its choices by their values: all of them, and of each any', () => {
    expect(compiled().assessment[0]?.onlyFor).toEqual([
      { choice: 'option', values: ['implant'] },
      { choice: 'width', values: ['wide'] },
    ]);
    expect(compiled().stages.map(({ onlyFor }) => onlyFor)).toEqual([
      [{ choice: 'option', values: ['implant'] }],
      undefined,
      undefined,
    ]);
  });

  it('may be a task of a pack', () => {
    expect(compiled().stages[0]?.recovery[0]?.onlyFor).toEqual([{ choice: 'option', values: ['implant'] }]);
  });

  it('in a pack that the pathway does not use bears on nobody here', () => {
    const elsewhere = 'title: Stop them, onlyFor: [unheard-of],';
    const { texts } = alter(CHOICES, 'packs', 'title: Stop them,', elsewhere);
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems).toEqual([]);
  });
});

describe('a stage that may be left out', () => {
  it('has a decision right before it', () => {
    expect(compiled().course).toEqual([
      { kind: 'stage', name: 'cut' },
      { kind: 'decision', name: 'extra-or-not', whether: 'extra' },
      { kind: 'stage', name: 'extra' },
      { kind: 'stage', name: 'fill' },
    ]);
    expect(decision('extra-or-not')).toEqual({
      decision: 'extra-or-not',
      title: 'One more: shall it be done?',
      by: { kind: 'roles', roles: ['surgeon', 'patient'] },
      due: { to: { count: 14, unit: 'day' }, after: 'asked' },
      ladder: 'standard',
      needs: [],
      outcomes: { 'go-ahead': [{ do: 'go' }], 'leave-out': [{ do: 'next stage', stage: 'extra' }] },
    });
  });

  it('leaves the places of what stands behind it as they are in the file', () => {
    const { texts, at } = alter(
      CHOICES,
      'pathway',
      '  - stage: fill\n    title: Fill\n    procedure: graft\n    in: treatment\n    andIn: donor\n',
      '  - ▸stage: fill\n    title: Fill\n    procedure: graft\n',
    );
    const { problems } = compilePathway(sourcesOf(texts));
    const places = problems.map(({ code, line, column }) => `${code} ${line}:${column}`);
    expect(new Set(places)).toEqual(new Set([`CC1066 ${at}`]));
  });

  it('counts for whatever leads back over it: to a stage behind it there is need of a number', () => {
    const from = '{ choose: option, then: { to: fill } }';
    const to = '{ choose: option, then: { to: ▸extra } }';
    const { texts, at } = alter(CHOICES, 'pathway', from, to);
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([`CC1072 ${at}`]);
  });
});

describe('what else follows from choices', () => {
  it('an outcome that has one made again goes on afterwards, unless it says otherwise', () => {
    expect(decision('on')?.outcomes).toEqual({
      fine: [{ do: 'go' }],
      otherwise: [
        { do: 'choose', choice: 'option' },
        { do: 'to', stage: 'fill' },
      ],
      slower: [{ do: 'choose', choice: 'pace' }, { do: 'go' }],
    });
  });

  it('a ladder names the one for higher risk', () => {
    expect(compiled().clinic.ladders[0]).toMatchObject({ ladder: 'standard', higherRisk: 'emergency' });
  });

  it('the whole of it can be run', () => {
    expect(loadPathway(compiled()).choice('width')?.made).toBe('consultation');
  });
});
