import type { FactDefinition, LoweredLeaf } from '../../../../src/core/pathway/facts.schema.ts';
import { asking, NOON, said } from '../../../support/asking.ts';
import { DERIVED, FACTS, OTHER_FACTS, PARTS, SITED_FACTS } from '../../../support/conditions.ts';
import { type Stated, shifted } from '../../../support/oracle.ts';
import { for_, leaf } from '../../../support/pathways.ts';

const facts = [...FACTS, ...OTHER_FACTS, ...SITED_FACTS].map(
  ({ notValidWhen: _never, ...definition }): FactDefinition => ({
    ...definition,
    from: ['laboratory', 'clinician', 'patient'],
    goodFor: for_(10, 'day'),
  }),
);
const { ask, leafOf, wordOf } = asking({ facts, derived: DERIVED, parts: PARTS });
const DAY = 86_400_000;

interface Kind {
  readonly of: string;
  readonly asks: LoweredLeaf;
  /** A value by which it is met, and another by which it is not. */
  readonly met: Stated['value'];
  readonly unmet: Stated['value'];
  readonly unit?: string;
  readonly area?: string;
  /** Values that no such fact can have. */
  readonly wrong: readonly unknown[];
}

const inNose = (asks: LoweredLeaf): LoweredLeaf => ({ ...asks, params: { area: 'nose' } });

const KINDS: Kind[] = [
  {
    of: 'a number',
    asks: leaf('creatinine', 'greaterThan', 1.5),
    met: 2,
    unmet: 1.5,
    unit: 'mg/dL',
    wrong: ['2', true, ['2'], '2026-03-01', null, Number.NaN],
  },
  {
    of: 'a grade',
    asks: leaf('pain', 'greaterThanInclusive', 3),
    met: 3,
    unmet: 2,
    wrong: ['3', 2.5, true, [], null],
  },
  {
    of: 'a code',
    asks: leaf('skinType', 'notEqual', 'dark'),
    met: 'light',
    unmet: 'dark',
    wrong: ['green', 1, true, ['light'], null],
  },
  {
    of: 'yes or no',
    asks: leaf('capacity', 'equal', false),
    met: false,
    unmet: true,
    wrong: ['no', 0, [], null],
  },
  {
    of: 'a date',
    asks: leaf('lastMeal', 'withinTheLast', for_(7, 'day')),
    met: '2026-03-01',
    unmet: '2026-02-26',
    wrong: ['never', 'yesterday', '2026-02-30', 20260301, null],
  },
  {
    of: 'a date or never',
    asks: leaf('isotretinoin', 'atLeastAgoOrNever', for_(7, 'day')),
    met: 'never',
    unmet: '2026-03-01',
    wrong: ['ever', '2026-3-1', 0, false, null],
  },
  {
    of: 'a list',
    asks: leaf('medicines', 'contains', 'retinoid'),
    met: ['retinoid'],
    unmet: [],
    wrong: ['retinoid', 1, true, null],
  },
  {
    of: 'findings',
    asks: inNose(leaf('skin', 'contains', 'herpes')),
    met: ['eczema', 'herpes'],
    unmet: [],
    area: 'nose',
    wrong: ['herpes', ['warts'], true, null],
  },
  {
    of: 'a code by area',
    asks: inNose(leaf('wound', 'equal', 'open')),
    met: 'open',
    unmet: 'red',
    area: 'nose',
    wrong: ['ajar', ['open'], 1, null],
  },
];

describe.each(KINDS)('$of', ({ asks, met, unmet, unit, area, wrong }) => {
  const { fact } = asks;
  const stated = (value: unknown, more: Partial<Stated> = {}): Stated =>
    said(fact, value as Stated['value'], { unit, area, ...more });
  const word = (...all: Stated[]): string => wordOf(asks, all);

  it('is known when it is there', () => {
    expect([word(stated(met)), word(stated(unmet))]).toEqual(['met', 'unmet']);
  });

  it('is missing when nobody said it', () => {
    expect(wordOf(asks, [])).toBe('missing');
    expect(ask({ not: asks }, []).result).toBe('unknown');
  });

  it.each(wrong.map((value) => [JSON.stringify(value), value]))(
    'is of a wrong type as %s',
    (_text, value) => {
      expect(word(stated(value))).toBe('wrong type');
      expect(ask({ not: asks }, [stated(value)]).result).toBe('unknown');
    },
  );

  it('is stale from the eleventh day', () => {
    const at = (now: string) => wordOf(asks, [stated(met)], { now });
    const dated = typeof met === 'string' && met.startsWith('2026');
    expect([at('2026-03-16T03:59:59.999Z'), at('2026-03-16T04:00:00.000Z')]).toEqual([
      dated ? 'unmet' : 'met',
      'stale',
    ]);
  });

  it('is not believed from a source that the catalogue does not name, however new', () => {
    expect(word(stated(met, { source: 'stranger' }))).toBe('not believed');
    const old = stated(unmet, { observedAt: shifted(NOON, -DAY) });
    expect(word(old, stated(met, { source: 'stranger' }))).toBe('unmet');
  });

  it('is in conflict when two of equal trust differ about one day', () => {
    const morning = shifted(NOON, -3_600_000);
    expect(word(stated(met), stated(unmet, { observedAt: morning }))).toBe('in conflict');
    expect(word(stated(met), stated(met, { observedAt: morning }))).toBe('met');
    expect(word(stated(met), stated(unmet, { observedAt: shifted(NOON, -DAY) }))).toBe('met');
  });

  it('says what it was, of what, from whom and by which event', () => {
    const evidence = leafOf(asks, [stated(met)]);
    expect(evidence).toMatchObject({
      fact,
      value: met,
      source: 'clinician',
      observedAt: NOON,
      events: ['front-desk/e-0'],
    });
    expect(evidence.unit).toBe(unit);
    expect(evidence.area).toBe(area);
  });
});

describe('units', () => {
  const high = leaf('creatinine', 'greaterThan', 1.5);
  it.each([
    ['another unit', 'umol/L'],
    ['no unit', undefined],
    ['the unit in other letters', 'mg/dl'],
  ])('a number in %s is of the wrong unit', (_name, unit) => {
    expect(wordOf(high, [said('creatinine', 2, { unit })])).toBe('wrong unit');
  });

  it('a grade has none', () => {
    expect(wordOf(leaf('pain', 'equal', 2), [said('pain', 2, { unit: '1' })])).toBe('wrong unit');
  });
});

describe('what nobody can know', () => {
  it('a fact that the catalogue does not have is missing, also when somebody stated it', () => {
    expect(wordOf(leaf('shoeSize', 'equal', 40), [said('shoeSize', 40)])).toBe('missing');
  });

  it.each(['constructor', 'toString', 'hasOwnProperty'])('a fact that is called %s is missing', (name) => {
    const odd = asking({ facts: [{ ...facts[0], fact: name } as FactDefinition] });
    expect(odd.wordOf(leaf(name, 'greaterThan', 1), [])).toBe('missing');
  });

  it('an observation of no site says nothing of a fact that is recorded by area', () => {
    const open = inNose(leaf('wound', 'equal', 'open'));
    expect(wordOf(open, [said('wound', 'open')])).toBe('missing');
    expect(wordOf(open, [said('wound', 'open', { area: 'tail' })])).toBe('missing');
  });
});
