import type { LoweredCondition, LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
import { clearingsOf } from '../../../src/core/rules/clearing.ts';
import { asking, said } from '../../support/asking.ts';
import type { Stated } from '../../support/oracle.ts';
import { factOf, for_ } from '../../support/pathways.ts';
import {
  adult,
  asks,
  aspirin,
  clears,
  FACTS,
  infected,
  longAgo,
  nicotine,
  on,
  open,
  smokes,
} from '../../support/sentences.ts';

describe('a day on which time alone does it', () => {
  it.each<[string, LoweredCondition, Stated[], 'met' | 'unmet', string[][]]>([
    [
      'a window that ends',
      { all: [nicotine] },
      [on('nicotine', '2026-03-01')],
      'unmet',
      [['2026-03-29'], ['nicotine: not within the last 4 weeks']],
    ],
    [
      'a fact that is too old by then leaves an unknown behind',
      { all: [aspirin] },
      [said('aspirin', '2026-03-05', { observedAt: '2026-03-01T12:00:00.000Z' })],
      'unmet',
      [['aspirin: not within the last 7 days']],
    ],
    [
      '… also when it is too old on that very day',
      { all: [aspirin] },
      [
        on('aspirin', '2026-03-06'),
        said('aspirin', '2026-03-05', { observedAt: '2026-03-04T12:00:00.000Z' }),
      ].slice(1),
      'unmet',
      [['aspirin: not within the last 7 days']],
    ],
    [
      '… and not when it is good for one day more',
      { all: [aspirin] },
      [said('aspirin', '2026-03-05')],
      'unmet',
      [['2026-03-12'], ['aspirin: not within the last 7 days']],
    ],
    [
      'a birthday',
      { all: [adult] },
      [on('birth', '2008-06-01')],
      'met',
      [['2026-06-01'], ['birth: at least 18 years ago']],
    ],
    [
      'a birthday on the day that does not exist',
      { all: [adult] },
      [on('birth', '2008-02-29')],
      'unmet',
      [['birth: not at least 18 years ago']],
    ],
    [
      'both of two windows: the later day',
      { any: [nicotine, aspirin] },
      [on('nicotine', '2026-02-10'), on('aspirin', '2026-03-04')],
      'unmet',
      [
        ['2026-03-11'],
        ['2026-03-10', 'aspirin: not within the last 7 days'],
        ['nicotine: not within the last 4 weeks', 'aspirin: not within the last 7 days'],
      ],
    ],
    [
      'a day, once a fact is in place',
      { any: [nicotine, smokes] },
      [on('nicotine', '2026-03-01'), said('smoker', true)],
      'unmet',
      [
        ['2026-03-29', 'smoker: is not yes'],
        ['nicotine: not within the last 4 weeks', 'smoker: is not yes'],
      ],
    ],
    [
      'a day that is needed only beside another fact',
      { all: [nicotine, smokes] },
      [on('nicotine', '2026-03-01'), said('smoker', true)],
      'unmet',
      [['2026-03-29'], ['nicotine: not within the last 4 weeks'], ['smoker: is not yes']],
    ],
    [
      'never comes',
      { all: [longAgo] },
      [on('nicotine', 'never')],
      'met',
      [['nicotine: at least 4 weeks ago']],
    ],
    [
      'has come already',
      { all: [longAgo] },
      [on('nicotine', '2026-01-01')],
      'unmet',
      [['nicotine: not at least 4 weeks ago']],
    ],
  ])('%s', (_name, when, stated, wanted, expected) => {
    expect(clears(when, stated, wanted)).toEqual(expected);
  });

  it('no day, where another fact that it rests on is too old by then', () => {
    const both: LoweredCondition = { any: [nicotine, aspirin] };
    const stated = [on('nicotine', '2026-03-01'), on('aspirin', '2026-01-01')];
    expect(clears(both, stated, 'unmet')).toEqual([
      ['nicotine: not within the last 4 weeks'],
      ['2026-03-29', 'aspirin: not within the last 7 days'],
    ]);
  });

  it.each([
    ['the day before', 22, [['2026-03-29', 'bloods']]],
    ['on that very day', 23, [['2026-03-29', 'bloods']]],
    ['the day after', 24, [['2026-03-29']]],
  ])('another fact that it rests on is too old %s', (_name, days, expected) => {
    const bloods = { ...factOf('bloods', { kind: 'yes or no' }), goodFor: for_(days, 'day') };
    const other = asking({ facts: [...FACTS, bloods] });
    const when: LoweredCondition = { any: [nicotine, asks('is yes', 'bloods', 'equal', true)] };
    const { evidence } = other.ask(when, [on('nicotine', '2026-03-01'), said('bloods', false)]);
    const ofDays = clearingsOf(other.pathway, when, evidence, 'unmet').filter(
      ([first]) => first?.kind === 'date',
    );
    expect(
      ofDays.map((set) => set.map((one) => (one.kind === 'date' ? one.on : 'fact' in one && one.fact))),
    ).toEqual(expected);
  });

  it('no day, where it is asked for fresher than that', () => {
    const fresh = { ...nicotine, params: { taken: { within: for_(7, 'day') } } };
    expect(clears({ all: [fresh] }, [on('nicotine', '2026-03-01')], 'unmet')).toEqual([
      ['nicotine: not within the last 4 weeks'],
    ]);
  });
});

describe('areas', () => {
  const inFace = (one: LoweredLeaf, area = 'face'): LoweredLeaf => ({ ...one, params: { area } });
  const areas = { treatment: ['left breast', 'nose'], donor: ['abdomen'] };
  const wound = (area: string, value: string) => said('wound', value, { area });

  it('names the site', () => {
    expect(
      clears({ all: [inFace(infected)] }, [said('skin', ['infection'], { area: 'nose' })], 'unmet'),
    ).toEqual([['skin of face: does not include infection']]);
  });

  it('every site that is against it, where any is enough', () => {
    const anywhere = { all: [inFace(infected, 'any area of this stage')] };
    const around = { areas };
    expect(clears(anywhere, [said('skin', [], { area: 'abdomen' })], 'unmet', around)).toEqual([
      ['skin of left breast: does not include infection', 'skin of nose: does not include infection'],
    ]);
    expect(clears(anywhere, [], 'met', around)).toEqual([
      ['skin of left breast: includes infection'],
      ['skin of nose: includes infection'],
      ['skin of abdomen: includes infection'],
    ]);
  });

  it('what is said of a whole site is not said of its part as well', () => {
    const anywhere = { all: [inFace(infected, 'any area of this stage')] };
    const around = { areas: { treatment: ['nose', 'face'] } };
    expect(clears(anywhere, [], 'unmet', around)).toEqual([['skin of face: does not include infection']]);
    const nose = said('skin', [], { area: 'nose' });
    expect(clears(anywhere, [nose], 'unmet', around)).toEqual([['skin of face: does not include infection']]);
  });

  it('every part that is against it, where a site differs', () => {
    const stated = [wound('nose', 'open'), wound('brow', 'clean')];
    expect(clears({ all: [inFace(open)] }, stated, 'unmet')).toEqual([
      ['wound of nose: is not open', 'wound of chin: is not open'],
    ]);
    expect(clears({ all: [inFace(open)] }, stated.slice(1), 'met')).toEqual([
      ['wound of brow: is open'],
      ['wound of nose: is open'],
      ['wound of chin: is open'],
    ]);
  });
});
