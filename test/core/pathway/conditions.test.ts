import { Defect } from '../../../src/core/model/failure.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { LeafParams, LoweredCondition, LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { DERIVED, EVERYTHING, PARTS } from '../../support/conditions.ts';
import {
  alertOf,
  atFact,
  contraindication,
  eligibility,
  factOf,
  for_,
  intervalOf,
  leaf,
  pathwayWith,
  tableOf,
  type Variation,
} from '../../support/pathways.ts';

const facts = [...EVERYTHING.facts];
const load = (variation: Variation) => () =>
  loadPathway(pathwayWith({ facts, derived: DERIVED, parts: PARTS, rules: [], ...variation }));
const ask = (when: LoweredCondition) => load({ rules: [contraindication('rule', when)] });

describe('what each kind of fact can be asked', () => {
  it.each<[string, LoweredLeaf, boolean]>([
    ['a grade above another', leaf('pain', 'greaterThan', 2), true],
    ['a grade that is another', leaf('pain', 'equal', 2), true],
    ['a grade as a text', leaf('pain', 'equal', '2'), false],
    ['a grade that contains', leaf('pain', 'contains', '2'), false],
    ['findings that include a word of theirs', leaf('skin', 'contains', 'herpes'), true],
    ['findings that include a word of no closed list', leaf('skin', 'contains', 'warts'), false],
    ['findings that are a word', leaf('skin', 'equal', 'herpes'), false],
    ['findings in a list', leaf('skin', 'in', ['herpes']), false],
    [
      'findings that do not contain, which nobody can know of an area',
      leaf('skin', 'doesNotContain', 'herpes'),
      false,
    ],
    ['a list that includes any word', leaf('medicines', 'contains', 'anything'), true],
    ['a list that includes a number', leaf('medicines', 'contains', 3), false],
    ['a code that is no code of the fact', leaf('skinType', 'equal', 'green'), false],
    ['one of codes, one of which is none', leaf('skinType', 'in', ['dark', 'green']), false],
    ['a derived number above another', leaf('creatinineFall', 'greaterThan', 1), true],
    ['a derived number that is another', leaf('painSum', 'equal', 4), true],
    ['a derived number within the last days', leaf('creatinineFall', 'withinTheLast', for_(1, 'day')), false],
    ['a derived number as a text', leaf('creatinineFall', 'lessThan', '1'), false],
  ])('%s', (_name, one, isFit) => {
    if (isFit) expect(ask({ any: [one] })).not.toThrow();
    else expect(ask({ any: [one] })).toThrow(Defect);
  });
});

describe('what can be asked of areas and of freshness', () => {
  const skin = leaf('skin', 'contains', 'herpes');
  const smoker = leaf('smoker', 'equal', true);
  it.each<[string, LoweredLeaf, LeafParams, boolean]>([
    ['findings in treatment', skin, { area: 'treatment' }, true],
    ['findings in donor', skin, { area: 'donor' }, true],
    ['findings in any area of this stage', skin, { area: 'any area of this stage' }, true],
    ['findings in a site by name', skin, { area: 'left thumb' }, true],
    ['findings in a site that nobody knows', skin, { area: 'left ear' }, false],
    ['what is not recorded by area, in one', smoker, { area: 'nose' }, false],
    [
      'a derived number of what is recorded by area',
      leaf('swellingFall', 'lessThan', 1),
      { area: 'nose' },
      true,
    ],
    ['a derived number of what is not', leaf('creatinineFall', 'lessThan', 1), { area: 'nose' }, false],
    ['taken within days', smoker, { taken: { within: for_(3, 'day') } }, true],
    ['taken within hours', smoker, { taken: { within: for_(3, 'hour') } }, true],
    ['taken within working days', smoker, { taken: { within: for_(3, 'working day') } }, false],
    ['taken since the last session', smoker, { taken: { since: 'last session' } }, true],
  ])('%s', (_name, one, params, isFit) => {
    const condition = { all: [{ ...one, params }] };
    if (isFit) expect(ask(condition)).not.toThrow();
    else expect(ask(condition)).toThrow(Defect);
  });

  it('one sentence about one fact asks the same everywhere in a rule', () => {
    const inNose = { ...skin, params: { area: 'nose' } };
    expect(ask({ any: [skin, skin] })).not.toThrow();
    expect(ask({ any: [skin, inNose] })).toThrow(/in two ways/);
    expect(ask({ any: [skin, { ...inNose, name: 'in the nose' }] })).not.toThrow();
  });

  it('facts of one value a site are asked in two areas at most', () => {
    const open = (area: string): LoweredLeaf => ({
      ...leaf('wound', 'equal', 'open'),
      params: { area },
      name: area,
    });
    expect(ask({ any: [open('nose'), open('brow')] })).not.toThrow();
    expect(ask({ any: [open('nose'), open('brow'), open('chin')] })).toThrow(/more than two areas/);
  });
});

describe('a condition is checked wherever it stands', () => {
  const unheardOf: LoweredCondition = { all: [leaf('unheardOf', 'equal', true)] };
  const bare: LoweredCondition = leaf('smoker', 'equal', true);
  const row = (when: LoweredCondition) => ({ when, answer: 'stop' });
  const late = (onlyWhen: LoweredCondition) => intervalOf('late', atFact('isotretinoin'), 'x', { onlyWhen });
  const strange = (notValidWhen: LoweredCondition) => [
    ...facts,
    factOf('strange', { kind: 'yes or no' }, { notValidWhen }),
  ];
  it.each<[string, (when: LoweredCondition) => Variation]>([
    ['a contraindication', (when) => ({ rules: [contraindication('one', when)] })],
    ['eligibility', (when) => ({ eligibility: [eligibility('one', when)] })],
    ['a row of a table', (when) => ({ tables: [tableOf('one', ['stop', 'go'], [row(when)])] })],
    ['an alert', (when) => ({ alerts: [alertOf('one', when)] })],
    ["an interval's onlyWhen", (when) => ({ intervals: [late(when)] })],
    ["a fact's notValidWhen", (when) => ({ facts: strange(when) })],
  ])('in %s', (_name, variationOf) => {
    expect(load(variationOf({ all: [bare] }))).not.toThrow();
    expect(load(variationOf(unheardOf))).toThrow(/no fact is called unheardOf/);
    expect(load(variationOf(bare))).toThrow(/begins with all, any or not/);
  });
});

describe('the catalogue', () => {
  const yes = { kind: 'yes or no' } as const;
  const when = (fact: string): LoweredCondition => ({ all: [leaf(fact, 'equal', true)] });
  it('whether a fact is valid never hangs on itself', () => {
    const one = factOf('one', yes, { notValidWhen: when('two') });
    expect(load({ facts: [...facts, one, factOf('two', yes)] })).not.toThrow();
    expect(load({ facts: [...facts, one, factOf('two', yes, { notValidWhen: when('one') })] })).toThrow(
      /hangs on itself/,
    );
    expect(load({ facts: [...facts, factOf('one', yes, { notValidWhen: when('one') })] })).toThrow(
      /hangs on itself/,
    );
  });

  it('nor through a number that is derived of it', () => {
    const grade = factOf(
      'own',
      { kind: 'grade', from: 0, to: 4 },
      { notValidWhen: { all: [leaf('ownSum', 'greaterThan', 3)] } },
    );
    const derived = [...DERIVED, { derived: 'ownSum', of: 'own', way: { kind: 'sum' as const } }];
    expect(load({ facts: [...facts, grade], derived })).toThrow(/hangs on itself/);
  });

  it.each<[string, CompiledPathway['derived'][number]]>([
    ['of a fact that nobody knows', { derived: 'x', of: 'unheardOf', way: { kind: 'sum' } }],
    ['of a code', { derived: 'x', of: 'skinType', way: { kind: 'sum' } }],
    ['of another derived number', { derived: 'x', of: 'painSum', way: { kind: 'sum' } }],
    ['that bears the name of a fact', { derived: 'smoker', of: 'pain', way: { kind: 'sum' } }],
  ])('a derived number %s is refused', (_name, one) => {
    expect(load({ derived: [...DERIVED, one] })).toThrow(Defect);
  });

  it('the age of a fact is not counted in working days', () => {
    const odd = factOf('odd', yes, { goodFor: for_(3, 'working day') });
    expect(load({ facts: [...facts, odd] })).toThrow(/working days/);
  });

  it('knows its derived numbers and its areas', () => {
    const pathway = load({})();
    expect(pathway.derived('nadir')).toMatchObject({ of: 'creatinine' });
    expect(pathway.derived('unheardOf')).toBeUndefined();
    expect(pathway.areas.atomsOf('face')).toEqual(['brow', 'nose', 'chin']);
  });
});
