import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { alter, EVERYTHING, HERE, sourcesOf, type Texts } from './sample.ts';

function compile(texts: Texts = EVERYTHING): CompiledPathway {
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems).toEqual([]);
  return CompiledPathway.parse(compiled);
}

const factOf = (name: string, texts?: Texts) => compile(texts).facts.find(({ fact }) => fact === name);

/** The compiled form of everything, with a rule about one fact more. */
const asking = (condition: string): Texts =>
  alter(EVERYTHING, 'ruleSet', '{ temperature: at least 38 Cel }', condition).texts;

describe('a fact of the catalogue', () => {
  it.each([
    ['neuropathy', { kind: 'grade', from: 0, to: 4 }],
    [
      'medicines',
      {
        kind: 'list',
        of: 'medicine classes',
        words: ['anticoagulant', 'steroid', 'aspirin', 'insulin', 'lithium', 'vitamin of any kind'],
      },
    ],
    ['skin', { kind: 'findings', codes: ['infection', 'eczema', 'herpes'] }],
    ['radiotherapy', { kind: 'date or never' }],
    ['glucose', { kind: 'number', unit: 'mmol/L', from: 0, to: 60 }],
  ])('%s is of its kind', (fact, is) => {
    expect(factOf(fact)?.is).toEqual(is);
  });

  it('is flagged for everyone, or recorded by area, only where the file says so', () => {
    const marks = compile().facts.map(({ fact, flag, byArea }) => [fact, flag, byArea]);
    expect(marks.filter(([, flag]) => flag)).toEqual([['medicines', true, false]]);
    expect(marks.filter(([, , byArea]) => byArea)).toEqual([
      ['skin', false, true],
      ['wound', false, true],
      ['radiotherapy', false, true],
    ]);
  });

  it('carries its code, its other units, and when it is not to be believed', () => {
    expect(factOf('glucose')).toMatchObject({
      code: 'loinc 14749-6',
      alsoIn: [{ unit: 'mg/dL', factor: 0.0555, source: '180.16 g in a mole' }],
      notValidWhen: {
        all: [{ fact: 'transfusion', operator: 'withinTheLast', value: { count: 3, unit: 'month' } }],
      },
    });
  });

  it('brings along the facts that could make it invalid, and those that could make these so', () => {
    const { texts } = alter(
      asking('{ height: above 200 cm }'),
      'catalogue',
      'title: Height,',
      'title: Height, notValidWhen: { rash: includes hives },',
    );
    const { texts: further } = alter(
      texts,
      'catalogue',
      'title: Rash,',
      'title: Rash, notValidWhen: { pregnancy: is pregnant },',
    );
    const names = compile(further).facts.map(({ fact }) => fact);
    expect(names).toEqual(expect.arrayContaining(['height', 'rash', 'pregnancy']));
  });

  it('may depend on no fact that depends on it: both are named', () => {
    const { texts, at } = alter(
      EVERYTHING,
      'catalogue',
      'title: Last transfusion,',
      `title: Last transfusion, ${HERE}notValidWhen: { glucose: above 50 mmol/L },`,
    );
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems.map(({ code, line, column }) => [code, `${line}:${column}`])).toEqual([
      ['CC1068', at],
      ['CC1068', '40:5'],
    ]);
  });
});

describe('what is derived', () => {
  it.each([
    ['{ glucoseFall: above 3 mmol/L }', { kind: 'fall', percent: false }, 'mmol/L', 'glucose'],
    ['{ glucosePart: above 3 % }', { kind: 'fall', percent: true }, '%', 'glucose'],
    ['{ glucoseTwice: above 3 mmol/L }', { kind: 'highest', last: 2 }, 'mmol/L', 'glucose'],
    ['{ nadir: above 3 mmol/L }', { kind: 'lowest', since: 'last session' }, 'mmol/L', 'glucose'],
    ['{ glucoseSum: above 3 mmol/L }', { kind: 'sum' }, 'mmol/L', 'glucose'],
    ['{ neuropathyFall: above 2 }', { kind: 'fall', percent: false }, undefined, 'neuropathy'],
  ])('%s says how, of what, and in which unit', (condition, way, unit, of) => {
    const { derived, facts } = compile(asking(condition));
    expect(derived).toEqual([
      { derived: expect.any(String), of, way, ...(unit === undefined ? {} : { unit }) },
    ]);
    expect(facts.map(({ fact }) => fact)).toContain(of);
  });

  it('is left out where no rule asks for it; an age is never kept, as the date of birth is asked', () => {
    const { derived, facts } = compile(asking('{ age: below 18 years }'));
    expect(derived).toEqual([]);
    expect(facts.map(({ fact }) => fact)).toContain('birthDate');
  });

  it.each([
    [
      'a fact by area',
      'sum of neuropathy',
      'title: Neuropathy grade,',
      'title: Neuropathy grade, byArea: yes,',
    ],
    [
      'a percentage of what can be less than nothing',
      'percent fall from baseline of glucose',
      'range: 0 to 60',
      'range: -1 to 60',
    ],
  ])('cannot be taken of %s', (_says, way, from, to) => {
    const { texts } = alter(EVERYTHING, 'catalogue', 'is: sum of glucose', `is: ${way}`);
    const { problems } = compilePathway(sourcesOf(alter(texts, 'catalogue', from, to).texts));
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['CC1060']));
  });
});
