import type { LoweredCondition } from '../../../../src/core/pathway/facts.schema.ts';
import { placesOf } from '../../../../src/core/plan/judging.ts';
import { type Around, asking, NOON, said } from '../../../support/asking.ts';
import { PARTS } from '../../../support/conditions.ts';
import { type Stated, shifted } from '../../../support/oracle.ts';
import { factOf, for_, leaf, stageOf } from '../../../support/pathways.ts';

const facts = [
  factOf(
    'skin',
    { kind: 'findings', codes: ['infection', 'herpes'] },
    { byArea: true, goodFor: for_(7, 'day') },
  ),
  factOf(
    'wound',
    { kind: 'code', codes: ['clean', 'red', 'open'] },
    { byArea: true, goodFor: for_(7, 'day') },
  ),
  factOf('pain', { kind: 'grade', from: 0, to: 4 }, { byArea: true }),
  factOf('smoker', { kind: 'yes or no' }),
];
const { ask, pathway, stateOf } = asking({ facts, parts: PARTS });
const DAY = 86_400_000;

const at = (leafOf: ReturnType<typeof leaf>, area?: string) =>
  area === undefined ? leafOf : { ...leafOf, params: { area } };
const infected = (area?: string) => at(leaf('skin', 'contains', 'infection'), area);
const open = (area?: string) => at(leaf('wound', 'equal', 'open'), area);
const skin = (area: string, value: string[], daysAgo = 0, more: Partial<Stated> = {}): Stated =>
  said('skin', value, { area, observedAt: shifted(NOON, -daysAgo * DAY), ...more });
const wound = (area: string, value: string, daysAgo = 0): Stated =>
  said('wound', value, { area, observedAt: shifted(NOON, -daysAgo * DAY) });

describe('findings: there as soon as one fresh look at any part shows it, absent only where all was looked at', () => {
  const CLEAR: string[] = [];
  const ILL = ['infection'];
  it.each<[string, string, Stated[], string]>([
    ['nobody looked', 'face', [], 'unknown'],
    ['the whole is clear', 'face', [skin('face', CLEAR)], 'unmet'],
    ['the whole has it', 'face', [skin('face', ILL)], 'met'],
    ['something else', 'face', [skin('face', ['herpes'])], 'unmet'],
    ['one part of three has it, nobody looked at the others', 'face', [skin('nose', ILL)], 'met'],
    ['two parts of three are clear', 'face', [skin('nose', CLEAR), skin('brow', CLEAR)], 'unknown'],
    [
      'all three parts are clear',
      'face',
      [skin('nose', CLEAR), skin('brow', CLEAR), skin('chin', CLEAR)],
      'unmet',
    ],
    [
      'two clear, the third has it',
      'face',
      [skin('nose', CLEAR), skin('brow', CLEAR), skin('chin', ILL)],
      'met',
    ],
    ['the whole is clear: so is its part', 'nose', [skin('face', CLEAR)], 'unmet'],
    ['the whole has it: so may its part', 'nose', [skin('face', ILL)], 'met'],
    ['another part has it', 'nose', [skin('brow', ILL)], 'unknown'],
    ['another part is clear', 'nose', [skin('brow', CLEAR)], 'unknown'],
    ['the other side has it', 'left breast', [skin('right breast', ILL)], 'unknown'],
    ['the other side is clear', 'left breast', [skin('right breast', CLEAR)], 'unknown'],
    ['both sides, the left has it', 'breast', [skin('left breast', ILL)], 'met'],
    ['both sides, one is clear', 'breast', [skin('left breast', CLEAR)], 'unknown'],
    [
      'both sides are clear, each looked at',
      'breast',
      [skin('left breast', CLEAR), skin('right breast', CLEAR)],
      'unmet',
    ],
    ['both looked at as one', 'left breast', [skin('breast', CLEAR)], 'unmet'],
    ['a part on one side of the same part on both', 'left thumb', [skin('thumb', CLEAR)], 'unmet'],
    ['a side of its part', 'left thumb', [skin('left hand', CLEAR)], 'unmet'],
    ['a part of the other side', 'left hand', [skin('right thumb', ILL)], 'unknown'],
    ['a part on both sides shows it on this one', 'left hand', [skin('thumb', ILL)], 'met'],
    ['another area', 'abdomen', [skin('face', ILL)], 'unknown'],
    ['a newer look at the part clears it', 'nose', [skin('face', ILL, 1), skin('nose', CLEAR)], 'unmet'],
    [
      'a newer look at one part does not clear the others',
      'face',
      [skin('face', ILL, 1), skin('nose', CLEAR)],
      'met',
    ],
    [
      'a newer look at the whole clears the part',
      'face',
      [skin('nose', ILL, 1), skin('face', CLEAR)],
      'unmet',
    ],
    [
      'the look at one part is too old',
      'face',
      [skin('face', CLEAR, 8), skin('nose', CLEAR), skin('brow', CLEAR)],
      'unknown',
    ],
    ['what was seen is too old', 'nose', [skin('nose', ILL, 8)], 'unknown'],
    [
      'what was seen is too old, beside a fresh look that shows it',
      'face',
      [skin('nose', ILL, 8), skin('chin', ILL)],
      'met',
    ],
    ['two differ about one part on one day', 'nose', [skin('nose', CLEAR), skin('nose', ILL)], 'unknown'],
    [
      'two differ about one part, another has it',
      'face',
      [skin('nose', CLEAR), skin('nose', ILL), skin('chin', ILL)],
      'met',
    ],
    ['who saw it is not believed', 'nose', [skin('nose', ILL, 0, { source: 'stranger' })], 'unknown'],
    ['who saw it clear is not believed', 'nose', [skin('nose', CLEAR, 0, { source: 'stranger' })], 'unknown'],
  ])('%s: %s', (_name, site, stated, expected) => {
    expect(ask({ all: [infected(site)] }, stated).result).toBe(expected);
    const negated = { met: 'unmet', unmet: 'met', unknown: 'unknown' }[expected];
    expect(ask({ not: infected(site) }, stated).result).toBe(negated);
  });

  it('is there until the last look that shows it is too old, absent until the first look is', () => {
    const until = (...stated: Stated[]) => ask({ all: [infected('face')] }, stated).validUntil;
    expect(until(skin('nose', ILL, 3), skin('chin', ILL, 1))).toBe('2026-03-12T04:00:00.000Z');
    expect(until(skin('nose', ILL, 3))).toBe('2026-03-10T04:00:00.000Z');
    expect(until(skin('face', CLEAR, 3), skin('chin', CLEAR, 1))).toBe('2026-03-10T04:00:00.000Z');
    expect(until(skin('nose', CLEAR, 1))).toBeUndefined();
  });

  it('says which site, all that was seen there, and by which events', () => {
    const stated = [skin('face', ['herpes'], 2), skin('nose', ['infection'], 1)];
    const [evidence] = ask({ all: [infected('face')] }, stated).evidence;
    expect(evidence).toMatchObject({
      area: 'face',
      value: ['herpes', 'infection'],
      events: ['front-desk/e-1'],
      result: 'met',
    });
    const [gap] = ask({ all: [infected('breast')] }, stated).evidence;
    expect(gap).toMatchObject({ area: 'breast', cause: 'missing', result: 'unknown' });
  });
});

describe('one value a site: judged for each part in which it differs', () => {
  it.each<[string, string, Stated[], string, string[]]>([
    ['one value for the whole', 'face', [wound('face', 'open')], 'met', ['face']],
    ['one value for the whole', 'face', [wound('face', 'red')], 'unmet', ['face']],
    ['nothing known', 'face', [], 'unknown', ['face']],
    [
      'one part differs, and meets it',
      'face',
      [wound('face', 'red', 1), wound('nose', 'open')],
      'met',
      ['brow', 'nose', 'chin'],
    ],
    [
      'one part differs, and does not',
      'face',
      [wound('face', 'red', 1), wound('nose', 'clean')],
      'unmet',
      ['brow', 'nose', 'chin'],
    ],
    [
      'one part meets it, the others are not known',
      'face',
      [wound('nose', 'open')],
      'met',
      ['brow', 'nose', 'chin'],
    ],
    [
      'one part does not, the others are not known',
      'face',
      [wound('nose', 'red')],
      'unknown',
      ['brow', 'nose', 'chin'],
    ],
    ['a part of a whole', 'nose', [wound('face', 'open')], 'met', ['nose']],
    [
      'the same value, told of each part',
      'face',
      [wound('nose', 'red'), wound('brow', 'red'), wound('chin', 'red')],
      'unmet',
      ['brow', 'nose', 'chin'],
    ],
    ['the other side', 'left breast', [wound('right breast', 'open')], 'unknown', ['left breast']],
  ])('%s: %s', (_name, site, stated, expected, areas) => {
    const { result, evidence } = ask({ all: [open(site)] }, stated);
    expect(result).toBe(expected);
    expect(evidence.map(({ area }) => area)).toEqual(areas);
  });

  it('the condition as a whole is met for one part, not one half of it here and one there', () => {
    const both: LoweredCondition = { all: [open('face'), at(leaf('pain', 'greaterThan', 2), 'face')] };
    const pain = (area: string, value: number) => said('pain', value, { area });
    const stated = [
      wound('face', 'red', 1),
      wound('nose', 'open'),
      { ...pain('face', 0), observedAt: shifted(NOON, -DAY) },
    ];
    expect(ask(both, [...stated, pain('chin', 4)]).result).toBe('unmet');
    expect(ask(both, [...stated, pain('nose', 4)]).result).toBe('met');
  });

  it('a not is judged for each part as well: some part is not open', () => {
    const stated = [wound('face', 'open', 1), wound('nose', 'clean')];
    expect(ask({ not: open('face') }, stated).result).toBe('met');
    expect(ask({ not: open('face') }, [wound('face', 'open')]).result).toBe('unmet');
  });

  it('the evidence has every leaf for one part after those for another', () => {
    const condition: LoweredCondition = { any: [leaf('smoker', 'equal', true), open('face')] };
    const { evidence } = ask(condition, [
      wound('face', 'red', 1),
      wound('nose', 'clean'),
      said('smoker', false),
    ]);
    expect(evidence.map(({ fact, area }) => [fact, area])).toEqual([
      ['smoker', undefined],
      ['wound', 'brow'],
      ['smoker', undefined],
      ['wound', 'nose'],
      ['smoker', undefined],
      ['wound', 'chin'],
    ]);
  });
});

describe('which sites a rule asks of', () => {
  const areas = { treatment: ['left breast', 'nose'], donor: ['abdomen'] };
  const stage = stageOf('graft', { in: 'treatment', andIn: 'donor' });
  const nowhere = stageOf('talk');
  const CHOSEN = ['left breast', 'nose', 'abdomen'];
  it.each<[string, string | undefined, Around, string[]]>([
    ['the site that is judged', undefined, { place: { stage, site: 'nose' } }, ['nose']],
    [
      'in treatment, judged for one of its sites: that site',
      'treatment',
      { place: { stage, site: 'nose' } },
      ['nose'],
    ],
    [
      'in donor, judged for a site of treatment: all donor sites',
      'donor',
      { place: { stage, site: 'nose' } },
      ['abdomen'],
    ],
    ['any area of this stage', 'any area of this stage', { place: { stage, site: 'nose' } }, CHOSEN],
    ['a site by name', 'chin', { place: { stage, site: 'nose' } }, ['chin']],
    ['of no site: all that were chosen', undefined, { place: { stage } }, CHOSEN],
    ['of no stage: all that were chosen', undefined, {}, CHOSEN],
    ['of no stage, any area: all that were chosen', 'any area of this stage', {}, CHOSEN],
    ['of no stage, treatment', 'treatment', {}, ['left breast', 'nose']],
    ['a stage in no area', 'any area of this stage', { place: { stage: nowhere } }, []],
    [
      'a stage in one role only',
      'any area of this stage',
      { place: { stage: stageOf('take', { in: 'donor' }) } },
      ['abdomen'],
    ],
    [
      'a donor stage, in treatment',
      'treatment',
      { place: { stage: stageOf('take', { in: 'donor' }), site: 'abdomen' } },
      ['left breast', 'nose'],
    ],
  ])('%s', (_name, area, around, expected) => {
    for (const leafOf of [infected, open]) {
      const { result, evidence } = ask({ all: [leafOf(area)] }, [], { areas, ...around });
      expect(result).toBe('unknown');
      expect(evidence.flatMap((one) => one.area ?? [])).toEqual(expected);
      expect(evidence.length).toBe(Math.max(1, expected.length));
    }
  });

  it('any area of the stage: met in any of them, clear only when all were looked at', () => {
    const all = { all: [infected('any area of this stage')] };
    const around = { areas, place: { stage, site: 'nose' } };
    const looked = (abdomen: string[]) => [skin('breast', []), skin('face', []), skin('abdomen', abdomen)];
    expect(ask(all, looked([]), around).result).toBe('unmet');
    expect(ask(all, looked(['infection']), around).result).toBe('met');
    expect(ask(all, looked([]).slice(0, 2), around).result).toBe('unknown');
    expect(ask(all, looked(['infection']).slice(2), around).result).toBe('met');
  });

  it('where no site was chosen, what is recorded by area cannot be known', () => {
    const { result, evidence } = ask({ all: [infected(), open()] }, [skin('face', []), wound('face', 'red')]);
    expect(result).toBe('unknown');
    expect(evidence.map(({ cause, area }) => [cause, area])).toEqual([
      ['missing', undefined],
      ['missing', undefined],
    ]);
  });

  it.each<[string, LoweredCondition, (string | undefined)[]]>([
    ['a fact by area: each site of the stage', { all: [open()] }, ['left breast', 'nose']],
    ['in treatment: each of its sites', { any: [infected('treatment')] }, ['left breast', 'nose']],
    ['in donor: each site of the stage all the same', { any: [infected('donor')] }, ['left breast', 'nose']],
    [
      'deep inside',
      { any: [leaf('smoker', 'equal', true), { not: { all: [open()] } }] },
      ['left breast', 'nose'],
    ],
    ['any area of this stage: once', { all: [infected('any area of this stage')] }, [undefined]],
    ['a site by name: once', { all: [infected('chin')] }, [undefined]],
    ['nothing by area: once', { all: [leaf('smoker', 'equal', true)] }, [undefined]],
  ])('is judged for: %s', (_name, when, sites) => {
    const state = stateOf([], { areas });
    expect(placesOf(pathway, state, when, stage).map(({ site }) => site)).toEqual(sites);
    expect(placesOf(pathway, state, when, stage).every((place) => place.stage === stage)).toBe(true);
    expect(placesOf(pathway, state, when, nowhere)).toEqual([{ stage: nowhere }]);
    expect(placesOf(pathway, stateOf([], {}), when, stage)).toEqual([{ stage }]);
  });

  it('each site has an answer of its own', () => {
    const state = stateOf([], { areas });
    const results = placesOf(pathway, state, { all: [open()] }, stage).map((place) =>
      ask({ all: [open()] }, [wound('left breast', 'open'), wound('nose', 'clean')], { areas, place }),
    );
    expect(results.map(({ result }) => result)).toEqual(['met', 'unmet']);
  });
});
