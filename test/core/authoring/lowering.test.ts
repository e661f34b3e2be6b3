import { compilePathway } from '../../../src/core/authoring/compile.ts';
import type { LoweredCondition } from '../../../src/core/pathway/facts.schema.ts';
import { alter, EVERYTHING, sourcesOf } from './sample.ts';

function lowered(condition: string): LoweredCondition | undefined {
  const { texts: narrow } = alter(EVERYTHING, 'ruleSet', 'of: [surgery, dressing]', 'of: [surgery]');
  const { texts } = alter(narrow, 'ruleSet', '{ temperature: at least 38 Cel }', condition);
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems).toEqual([]);
  return compiled?.contraindications[0]?.when;
}

const days = (count: number) => ({ count, unit: 'day' });

describe('one test becomes one question that json-rules-engine asks:', () => {
  it.each([
    ['temperature', 'below 38 Cel', 'lessThan', 38],
    ['temperature', 'at most 38.5 Cel', 'lessThanInclusive', 38.5],
    ['temperature', 'at least 38 Cel', 'greaterThanInclusive', 38],
    ['temperature', 'above 38 Cel', 'greaterThan', 38],
    ['smokes', 'is yes', 'equal', true],
    ['smokes', 'is no', 'equal', false],
    ['pregnancy', 'is pregnant', 'equal', 'pregnant'],
    ['pregnancy', 'is cannot be pregnant', 'equal', 'cannot be pregnant'],
    ['pregnancy', 'is not cannot be pregnant', 'notEqual', 'cannot be pregnant'],
    ['pregnancy', 'is one of not pregnant', 'in', ['not pregnant']],
    ['pregnancy', 'is one of pregnant, not pregnant', 'in', ['pregnant', 'not pregnant']],
    ['pregnancy', 'is not one of pregnant', 'notIn', ['pregnant']],
    ['nicotine', 'within the last 7 days', 'withinTheLast', days(7)],
    ['nicotine', 'at least 7 days ago', 'atLeastAgo', days(7)],
    ['nicotine', 'at least 7 days ago or never', 'atLeastAgoOrNever', days(7)],
    ['birthDate', 'at least 18 years ago', 'atLeastAgo', { count: 18, unit: 'year' }],
    ['neuropathy', 'below 3', 'lessThan', 3],
    ['neuropathy', 'at most 2', 'lessThanInclusive', 2],
    ['neuropathy', 'at least 3', 'greaterThanInclusive', 3],
    ['neuropathy', 'above 2', 'greaterThan', 2],
    ['wound', 'is one of red, open', 'in', ['red', 'open']],
    ['radiotherapy', 'at least 6 months ago or never', 'atLeastAgoOrNever', { count: 6, unit: 'month' }],
    ['medicines', 'includes anticoagulant', 'contains', 'anticoagulant'],
    ['medicines', 'includes vitamin of any kind', 'contains', 'vitamin of any kind'],
    ['rash', 'includes hives', 'contains', 'hives'],
    ['glucose', 'above 11 mmol/L', 'greaterThan', 11],
    ['glucoseFall', 'at least 3 mmol/L', 'greaterThanInclusive', 3],
    ['glucoseFall', 'below -3 mmol/L', 'lessThan', -3],
    ['glucosePart', 'at least 20 %', 'greaterThanInclusive', 20],
    ['glucosePart', 'below -500 %', 'lessThan', -500],
    ['glucoseTwice', 'above 11 mmol/L', 'greaterThan', 11],
    ['nadir', 'below 4 mmol/L', 'lessThan', 4],
    ['glucoseSum', 'at least 1000 mmol/L', 'greaterThanInclusive', 1000],
    ['neuropathyFall', 'at least 2', 'greaterThanInclusive', 2],
  ])('%s: %s', (fact, name, operator, value) => {
    expect(lowered(`{ ${fact}: "${name}" }`)).toEqual({ all: [{ fact, operator, value, name }] });
  });
});

const low = { fact: 'temperature', operator: 'greaterThanInclusive', value: 36, name: '36 to below 38 Cel' };
const fever = { fact: 'temperature', operator: 'greaterThan', value: 38, name: 'above 38 Cel' };
const smokes = { fact: 'smokes', operator: 'equal', value: true, name: 'is yes' };

it('from X to below Y holds at X, and no more at Y', () => {
  expect(lowered('{ temperature: 36 to below 38 Cel }')).toEqual({
    all: [low, { ...low, operator: 'lessThan', value: 38 }],
  });
});

it('above X to Y does not hold at X yet, and still holds at Y', () => {
  const name = 'above 36 to 38 Cel';
  expect(lowered(`{ temperature: ${name} }`)).toEqual({
    all: [
      { ...low, operator: 'greaterThan', value: 36, name },
      { ...low, operator: 'lessThanInclusive', value: 38, name },
    ],
  });
});

it('joins conditions as they are written, and says `none` as `not any`', () => {
  expect(lowered('{ any: [ { smokes: is yes }, { temperature: above 38 Cel } ] }')).toEqual({
    any: [smokes, fever],
  });
  expect(lowered('{ none: [ { smokes: is yes }, { all: [ { temperature: above 38 Cel } ] } ] }')).toEqual({
    not: { any: [smokes, { all: [fever] }] },
  });
});

it('keeps a range inside an any together', () => {
  expect(lowered('{ any: [ { smokes: is yes }, { temperature: 36 to below 38 Cel } ] }')).toEqual({
    any: [smokes, { all: [low, { ...low, operator: 'lessThan', value: 38 }] }],
  });
});

it('reads a sentence that is broken over two lines as one', () => {
  expect(lowered('{ temperature: above\n        38   Cel }')).toEqual({ all: [fever] });
});

describe('an age is asked of the date of birth, so that it is the same day for everybody:', () => {
  const birth = (operator: string, count: number, unit: string, name: string) => ({
    fact: 'birthDate',
    operator,
    value: { count, unit },
    name,
  });
  it.each([
    ['at least 18 years', [['atLeastAgo', 18, 'year']]],
    ['below 45 years', [['withinTheLast', 45, 'year']]],
    ['below 1 year', [['withinTheLast', 1, 'year']]],
    ['at least 6 weeks', [['atLeastAgo', 6, 'week']]],
    [
      '18 to below 45 years',
      [
        ['atLeastAgo', 18, 'year'],
        ['withinTheLast', 45, 'year'],
      ],
    ],
  ] as const)('%s', (name, asked) => {
    expect(lowered(`{ age: ${name} }`)).toEqual({
      all: asked.map(([operator, count, unit]) => birth(operator, count, unit, name)),
    });
  });
});

describe('another unit is turned into the one of the fact, and the sentence kept:', () => {
  it.each([
    ['glucose', 'above 200 mg/dL', 11.1],
    ['glucose', 'above 70 mg/dL', 3.885],
    ['glucoseFall', 'above 36 mg/dL', 1.998],
    ['glucoseTwice', 'above 180 mg/dL', 9.99],
    ['glucose', 'above 201.3 mg/dL', 11.17215],
  ])('%s: %s', (fact, name, value) => {
    expect(lowered(`{ ${fact}: ${name} }`)).toEqual({
      all: [{ fact, operator: 'greaterThan', value, name }],
    });
  });
});

describe('where findings are looked for goes with the question:', () => {
  const asked = (value: string, name: string, params: object) => ({
    fact: 'skin',
    operator: 'contains',
    value,
    params,
    name,
  });
  it.each([
    ['includes infection in treatment', 'treatment'],
    ['includes infection in donor', 'donor'],
    ['includes infection in any area of this stage', 'any area of this stage'],
    ['includes infection in left breast', 'left breast'],
    ['includes infection in upper face', 'upper face'],
  ])('%s', (name, area) => {
    expect(lowered(`{ skin: ${name} }`)).toEqual({ all: [asked('infection', name, { area })] });
  });

  it.each(['includes infection or herpes in treatment', 'includes infection, herpes in treatment'])(
    'any of several is enough: %s',
    (name) => {
      const params = { area: 'treatment' };
      expect(lowered(`{ skin: "${name}" }`)).toEqual({
        any: [asked('infection', name, params), asked('herpes', name, params)],
      });
    },
  );

  it.each([
    'includes infection, eczema or herpes in treatment',
    'includes infection, eczema, or herpes in treatment',
  ])('any of three: %s', (name) => {
    expect(lowered(`{ skin: "${name}" }`)).toMatchObject({
      any: [{ value: 'infection' }, { value: 'eczema' }, { value: 'herpes' }],
    });
  });

  it('none of several is `not any`, as every none is', () => {
    expect(lowered('{ none: [ { rash: includes hives or blisters } ] }')).toMatchObject({
      not: { any: [{ any: [{ value: 'hives' }, { value: 'blisters' }] }] },
    });
  });
});

describe('how fresh a fact has to be goes with every question of the test:', () => {
  it.each([
    ['within 7 days', { within: { count: 7, unit: 'day' } }],
    ['within 48 hours', { within: { count: 48, unit: 'hour' } }],
    ['within 90 minutes', { within: { count: 90, unit: 'minute' } }],
    ['since last session', { since: 'last session' }],
    ['since this stage', { since: 'this stage' }],
  ])('%s', (words, taken) => {
    const condition = lowered(`{ temperature: 36 to below 38 Cel, taken: ${words} }`);
    expect(condition).toEqual({
      all: [
        { ...low, params: { taken } },
        { ...low, operator: 'lessThan', value: 38, params: { taken } },
      ],
    });
  });

  it('beside the area, of findings', () => {
    expect(lowered('{ skin: includes herpes in donor, taken: within 2 days }')).toMatchObject({
      all: [{ params: { taken: { within: { count: 2, unit: 'day' } }, area: 'donor' } }],
    });
  });

  it('of one test among several, and of no other', () => {
    expect(
      lowered('{ any: [ { smokes: is yes, taken: within 7 days }, { temperature: above 38 Cel } ] }'),
    ).toEqual({ any: [{ ...smokes, params: { taken: { within: days(7) } } }, fever] });
  });
});
