import { areasOf } from '../../../src/core/pathway/areas.ts';
import {
  contraindication,
  eligibility,
  factOf,
  for_,
  leaf,
  pathwayWith,
  stageOf,
} from '../../support/pathways.ts';
import { coordinator, eventOf, RunningPlan, refusalOf, startOf } from '../../support/plan.ts';

const FACE = { area: 'face', sides: [], parts: ['upper face', 'nose'] };
const BREAST = { area: 'breast', sides: ['left', 'right'], parts: [] };
const ABDOMEN = { area: 'abdomen', sides: [], parts: [] };

describe('a site', () => {
  const areas = areasOf([FACE, BREAST, ABDOMEN]);

  it.each([
    ['breast', 'left breast', true],
    ['left breast', 'left breast', true],
    ['left breast', 'right breast', false],
    ['face', 'nose', true],
    ['nose', 'upper face', false],
    ['abdomen', 'abdomen', true],
    ['abdomen', 'breast', false],
  ])('%s and %s are the same area, a part or the whole: %s', (one, other, isSame) => {
    expect(areas.isSame(one, other)).toBe(isSame);
    expect(areas.isSame(other, one)).toBe(isSame);
  });

  it('has a name for every side and part, and no other', () => {
    expect(areas.sites).toEqual([
      'face',
      'upper face',
      'nose',
      'breast',
      'left breast',
      'right breast',
      'abdomen',
    ]);
    expect(() => areas.atomsOf('left face')).toThrow('no site is called left face');
  });

  it('of an area with sides and parts is one side of one part', () => {
    const eyelids = areasOf([{ area: 'eye', sides: ['left', 'right'], parts: ['upper lid', 'lower lid'] }]);
    expect(eyelids.atomsOf('left eye')).toEqual(['left upper lid', 'left lower lid']);
    expect(eyelids.atomsOf('upper lid')).toEqual(['left upper lid', 'right upper lid']);
    expect(eyelids.isSame('left eye', 'right upper lid')).toBe(false);
  });
});

const skin = factOf(
  'skin',
  { kind: 'findings', codes: ['infection', 'eczema'] },
  { byArea: true, goodFor: for_(7, 'day') },
);
const wound = factOf('wound', { kind: 'code', codes: ['clean', 'open'] }, { byArea: true });
const infected = { ...leaf('skin', 'contains', 'infection'), params: { area: 'treatment' } };

const treated = (choose: 'any' | 'one' | 'all' = 'any') => {
  const compiled = pathwayWith({
    facts: [skin, wound],
    rules: [
      contraindication('infection', { any: [infected] }),
      contraindication('anywhere', {
        any: [{ ...leaf('skin', 'contains', 'eczema'), params: { area: 'any area of this stage' } }],
      }),
      contraindication('wound', { all: [leaf('wound', 'equal', 'open')] }),
    ],
    areas: {
      treatment: { choose, sites: ['left breast', 'right breast'] },
      donor: { choose: 'all', sites: ['abdomen'] },
    },
    stages: [stageOf('excision', { in: 'treatment', andIn: 'donor' })],
  });
  return { ...compiled, clinic: { ...compiled.clinic, areas: [BREAST, ABDOMEN, FACE] } };
};

const atGate = (sites: string[]): RunningPlan => {
  const plan = new RunningPlan(treated(), undefined, { treatment: sites });
  plan.finishPhase();
  return plan;
};
const look = (plan: RunningPlan, area: string, found: string[], now?: string) =>
  plan.observe([{ fact: 'skin', area, value: found }], now);
const heldBy = (plan: RunningPlan, rule: string) =>
  Object.entries(plan.state.holds)
    .filter(([, hold]) => hold.rule === rule)
    .map(([id, { finding }]) => `${id} ${finding.result}`);

describe('each chosen site is judged by itself', () => {
  it('and holds by itself', () => {
    const plan = atGate(['left breast', 'right breast']);
    look(plan, 'left breast', []);
    look(plan, 'right breast', ['infection']);
    expect(heldBy(plan, 'infection')).toEqual(['excision/infection/right breast met']);
    expect(plan.state.holds['excision/infection/right breast']).toMatchObject({ area: 'right breast' });
  });

  it('a site that was not chosen is no concern', () => {
    const plan = atGate(['left breast']);
    look(plan, 'left breast', []);
    look(plan, 'right breast', ['infection']);
    expect(heldBy(plan, 'infection')).toEqual([]);
  });

  it('what was not looked at is unknown, and asked for by its name', () => {
    const plan = atGate(['left breast', 'right breast']);
    look(plan, 'left breast', []);
    expect(heldBy(plan, 'infection')).toEqual(['excision/infection/right breast unknown']);
    expect(plan.state.holds['excision/infection/right breast']?.finding.clears).toMatchObject([
      [{ fact: 'skin', area: 'right breast', cause: 'missing', role: 'nurse' }],
    ]);
  });

  it('a look at the whole is a look at each side', () => {
    const plan = atGate(['left breast', 'right breast']);
    look(plan, 'breast', []);
    expect(heldBy(plan, 'infection')).toEqual([]);
  });

  it('a rule of any area of the stage looks at the donor site too, and holds once', () => {
    const plan = atGate(['left breast']);
    look(plan, 'left breast', []);
    expect(heldBy(plan, 'anywhere')).toEqual(['excision/anywhere unknown']);
    look(plan, 'abdomen', ['eczema']);
    expect(heldBy(plan, 'anywhere')).toEqual(['excision/anywhere met']);
    look(plan, 'abdomen', [], '2026-03-03T15:00:00.000Z');
    expect(heldBy(plan, 'anywhere')).toEqual([]);
  });

  it('a value of one site says nothing of another', () => {
    const plan = atGate(['left breast', 'right breast']);
    plan.observe([{ fact: 'wound', area: 'left breast', value: 'clean' }]);
    expect(heldBy(plan, 'wound')).toEqual(['excision/wound/right breast unknown']);
    plan.observe([{ fact: 'wound', area: 'right breast', value: 'open' }]);
    expect(heldBy(plan, 'wound')).toEqual(['excision/wound/right breast met']);
  });

  it('the gate gives a reason for each, naming the site', () => {
    const plan = atGate(['left breast', 'right breast']);
    look(plan, 'breast', ['infection']);
    const says = refusalOf(plan.start('excision')).reasons.map((reason) => reason.says);
    expect(says).toContain('Title of infection (left breast). Because of infection');
    expect(says).toContain('Title of infection (right breast). Because of infection');
  });
});

describe('the sites of a plan are chosen when it starts', () => {
  const startWith = (choose: 'any' | 'one' | 'all', areas: Record<string, string[]> | undefined) => {
    const compiled = treated(choose);
    return () => new RunningPlan(compiled, undefined, areas).state.areas;
  };

  it.each<['any' | 'one' | 'all', string[] | undefined, string]>([
    ['all', undefined, 'left breast, right breast'],
    ['all', ['right breast', 'left breast'], 'right breast, left breast'],
    ['all', ['left breast'], 'Choose the treatment area: exactly left breast, right breast.'],
    ['one', ['left breast'], 'left breast'],
    ['one', undefined, 'Choose the treatment area: one of left breast, right breast.'],
    ['one', ['left breast', 'right breast'], 'Choose the treatment area: one of left breast, right breast.'],
    ['any', ['left breast', 'right breast'], 'left breast, right breast'],
    [
      'any',
      ['left breast', 'left breast'],
      'Choose the treatment area: one or more of left breast, right breast.',
    ],
    ['any', ['nose'], 'Choose the treatment area: one or more of left breast, right breast.'],
    ['any', undefined, 'Choose the treatment area: one or more of left breast, right breast.'],
  ])('%s of them, chosen %j: %s', (choose, treatment, says) => {
    const start = startWith(choose, treatment && { treatment });
    if (says.startsWith('Choose')) expect(start).toThrow(says);
    else expect(start().treatment?.join(', ')).toBe(says);
  });

  it('a role that the pathway does not have cannot be chosen', () => {
    expect(() => new RunningPlan(pathwayWith(), undefined, { treatment: ['left breast'] })).toThrow(
      'This pathway has no treatment area to choose.',
    );
  });

  it('and the start is the only event that chooses', () => {
    const plan = atGate(['left breast']);
    const again = { ...startOf(treated()), id: 'again' };
    expect(plan.send(again).answer).toMatchObject({ outcome: 'rejected', code: 'CC4002' });
    expect(plan.state.areas.treatment).toEqual(['left breast']);
  });
});

describe('eligibility', () => {
  const adult = eligibility('adult', { all: [leaf('birthDate', 'atLeastAgo', for_(18, 'year'))] });
  const facts = [factOf('birthDate', { kind: 'date' })];
  const born = (date?: string) => {
    const plan = new RunningPlan(pathwayWith({ facts, rules: [], eligibility: [adult] }));
    if (date !== undefined) plan.observe([{ fact: 'birthDate', value: date }]);
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    return plan;
  };

  it.each([
    ['a day before their 18th birthday', '2008-03-03', 'refused'],
    ['on it', '2008-03-02', 'accepted'],
    ['a day after it', '2008-03-01', 'accepted'],
    ['of unknown age', undefined, 'refused'],
  ])('of a patient %s (%s): %s', (_who, date, outcome) => {
    expect(born(date).start('excision').outcome).toBe(outcome);
  });

  it('that is not given holds the plan with the response that the rule names, under S4', () => {
    const plan = born('2010-01-01');
    expect(plan.state.holds['excision/adult']).toMatchObject({ kind: 'eligibility', response: 'referral' });
    expect(refusalOf(plan.start('excision')).reasons).toMatchObject([
      {
        invariant: 'S4',
        clears: [[{ kind: 'date', on: '2028-01-01' }], [{ kind: 'fact', fact: 'birthDate' }]],
      },
    ]);
  });

  it('that nobody knows is asked for', () => {
    const plan = born();
    expect(plan.state.waits['hold/excision/adult']).toMatchObject({ owner: 'nurse' });
    expect(refusalOf(plan.start('excision')).reasons[0]?.says).toBe(
      'Title of adult is not known to be given: birthDate is missing.',
    );
  });

  it('is known in time: born on 29 February, of age on 1 March', () => {
    const plan = new RunningPlan(
      pathwayWith({ facts, rules: [], eligibility: [adult] }),
      '2026-02-27T15:00:00.000Z',
    );
    plan.observe([{ fact: 'birthDate', value: '2008-02-29' }]);
    plan.finishPhase();
    expect(Object.keys(plan.state.holds)).toEqual(['excision/adult']);
    plan.wake('2026-03-01T04:59:59.999Z');
    expect(Object.keys(plan.state.holds)).toEqual(['excision/adult']);
    plan.wake('2026-03-01T05:00:00.000Z');
    expect(plan.state.holds).toEqual({});
  });

  it('is not released, and a request to do so says why', () => {
    const plan = born('2010-01-01');
    const event = eventOf('releaseHold', { hold: 'excision/adult' }, { actor: coordinator });
    expect(plan.send(event).answer).toMatchObject({ outcome: 'refused', code: 'CC3004' });
  });
});
