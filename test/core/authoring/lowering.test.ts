import { compilePathway } from '../../../src/core/authoring/compile.ts';
import type { LoweredCondition } from '../../../src/core/pathway/facts.schema.ts';
import { alter, EVERYTHING, sourcesOf } from './sample.ts';

function lowered(condition: string): LoweredCondition | undefined {
  const { texts } = alter(EVERYTHING, 'ruleSet', '{ temperature: at least 38 Cel }', condition);
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
