import { Defect } from '../../../src/core/model/failure.ts';
import type { LoweredCondition, LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { FACTS } from '../../support/conditions.ts';
import { contraindication, for_, leaf, pathwayWith, stageOf } from '../../support/pathways.ts';

const load = (when: LoweredCondition) =>
  loadPathway(pathwayWith({ facts: FACTS, rules: [contraindication('rule', when)] }));

describe('a rule that cannot be asked is refused when the pathway is loaded', () => {
  const ofNumber = (operator: string, value: LoweredLeaf['value']) => leaf('creatinine', operator, value);
  it.each<[string, LoweredLeaf, boolean]>([
    ['a number below another', ofNumber('lessThan', 2), true],
    ['a number below a text', ofNumber('lessThan', '2'), false],
    ['a number that is a code', ofNumber('equal', 'high'), false],
    ['a number in a list', ofNumber('in', ['1', '2']), false],
    ['a number within the last days', ofNumber('withinTheLast', for_(2, 'day')), false],
    ['a code that is another', leaf('skinType', 'notEqual', 'dark'), true],
    ['a code in a list', leaf('skinType', 'in', ['dark']), true],
    ['a code in a text, of which it may be a part', leaf('skinType', 'in', 'darkest'), false],
    ['a code above another', leaf('skinType', 'greaterThan', 'dark'), false],
    ['a code in a number', leaf('skinType', 'in', 3), false],
    ['yes or no', leaf('smoker', 'equal', true), true],
    ['yes or no as a text', leaf('smoker', 'equal', 'yes'), false],
    ['a date within the last weeks', leaf('lastMeal', 'withinTheLast', for_(2, 'week')), true],
    ['a date within the last hours', leaf('lastMeal', 'withinTheLast', for_(2, 'hour')), false],
    ['a date within the last working days', leaf('lastMeal', 'atLeastAgo', for_(2, 'working day')), false],
    ['a date that equals a text', leaf('lastMeal', 'equal', '2026-03-05'), false],
    ['a date below a text', leaf('bloodThinner', 'lessThan', '2026-03-05'), false],
    ['an operator that nobody knows', leaf('smoker', 'resembles', true), false],
    ['an operator of lists', leaf('skinType', 'contains', 'a'), false],
    ['a fact that nobody knows', leaf('smokes', 'equal', true), false],
  ])('%s: %#', (_name, condition, isFit) => {
    const nested = () => load({ any: [{ not: { all: [condition] } }] });
    if (isFit) expect(nested).not.toThrow();
    else expect(nested).toThrow(Defect);
  });

  it('a condition that is one leaf: json-rules-engine knows only all, any and not', () => {
    expect(() => load(leaf('smoker', 'equal', true))).toThrow(Defect);
  });
});

describe('what a pathway knows', () => {
  it('a rule bears on the stages of its procedures and traits; without any, on all', () => {
    const rules = [
      contraindication('all', { all: [leaf('smoker', 'equal', true)] }),
      contraindication('by-procedure', { all: [leaf('smoker', 'equal', true)] }, { of: ['first-procedure'] }),
      contraindication('by-trait', { all: [leaf('smoker', 'equal', true)] }, { of: ['laser'] }),
    ];
    const stages = [stageOf('first'), stageOf('second', { traits: ['laser'] })];
    const pathway = loadPathway(pathwayWith({ facts: FACTS, rules, stages }));
    const rulesOf = (name: string) => {
      const stage = pathway.stage(name);
      return stage ? pathway.contraindicationsOf(stage).map(({ rule }) => rule) : [];
    };
    expect(rulesOf('first')).toEqual(['all', 'by-procedure']);
    expect(rulesOf('second')).toEqual(['all', 'by-trait']);
  });

  it('a ladder or calendar that is not there is a defect', () => {
    const pathway = loadPathway(pathwayWith());
    expect(() => pathway.ladder('unheard-of')).toThrow(Defect);
    expect(() => pathway.calendarOf({ ...pathway.ladder('standard'), calendar: 'unheard-of' })).toThrow(
      Defect,
    );
  });
});
