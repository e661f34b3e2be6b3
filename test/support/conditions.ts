import type { FactValue } from '../../src/core/model/event.schema.ts';
import type { AreaDefinition } from '../../src/core/pathway/clinic.schema.ts';
import type {
  DerivedDefinition,
  FactDefinition,
  FactKind,
  LeafParams,
  LoweredCondition,
  LoweredLeaf,
} from '../../src/core/pathway/facts.schema.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { daysLater, type Stated } from './oracle.ts';
import { factOf, for_, leaf } from './pathways.ts';
import type { Random } from './random.ts';

/** Facts of every kind, some of which go stale. */
export const FACTS: FactDefinition[] = [
  factOf('creatinine', { kind: 'number', unit: 'mg/dL', from: 0, to: 20 }, { goodFor: for_(14, 'day') }),
  factOf('temperature', { kind: 'number', unit: 'Cel', from: 30, to: 45 }, { goodFor: for_(24, 'hour') }),
  factOf('skinType', { kind: 'code', codes: ['light', 'medium', 'dark'] }),
  factOf('infection', { kind: 'code', codes: ['none', 'treated', 'active'] }, { goodFor: for_(1, 'month') }),
  factOf('smoker', { kind: 'yes or no' }, { goodFor: for_(2, 'week') }),
  factOf('capacity', { kind: 'yes or no' }),
  factOf('bloodThinner', { kind: 'date or never' }, { goodFor: for_(30, 'day') }),
  factOf('isotretinoin', { kind: 'date or never' }),
  factOf('lastMeal', { kind: 'date' }, { goodFor: for_(1, 'day') }),
];

/** Kinds that a rule asks differently: grades, lists, and a number that may not be believed. */
export const OTHER_FACTS: FactDefinition[] = [
  factOf('pain', { kind: 'grade', from: 0, to: 4 }, { goodFor: for_(7, 'day') }),
  factOf('medicines', { kind: 'list', of: 'medicine classes' }, { goodFor: for_(90, 'day') }),
  factOf(
    'hba1c',
    { kind: 'number', unit: '%', from: 3, to: 20 },
    {
      goodFor: for_(120, 'day'),
      from: ['laboratory', 'clinician'],
      notValidWhen: {
        any: [
          leaf('transfusion', 'withinTheLast', for_(3, 'month')),
          leaf('pain', 'greaterThanInclusive', 3),
        ],
      },
    },
  ),
  factOf('transfusion', { kind: 'date or never' }, { goodFor: for_(90, 'day') }),
];

/** What is recorded by area. */
export const SITED_FACTS: FactDefinition[] = [
  factOf(
    'skin',
    { kind: 'findings', codes: ['infection', 'eczema', 'herpes'] },
    { byArea: true, goodFor: for_(7, 'day') },
  ),
  factOf('scars', { kind: 'findings', codes: ['raised', 'sunken'] }, { byArea: true }),
  factOf(
    'wound',
    { kind: 'code', codes: ['clean', 'red', 'open'] },
    { byArea: true, goodFor: for_(48, 'hour') },
  ),
  factOf('radiotherapy', { kind: 'date or never' }, { byArea: true }),
  factOf(
    'swelling',
    { kind: 'number', unit: 'mm', from: 0, to: 50 },
    {
      byArea: true,
      goodFor: for_(10, 'day'),
      notValidWhen: { all: [leaf('wound', 'equal', 'open')] },
    },
  ),
];

export const DERIVED: DerivedDefinition[] = [
  { derived: 'creatinineFall', of: 'creatinine', way: { kind: 'fall', percent: false }, unit: 'mg/dL' },
  { derived: 'creatininePercent', of: 'creatinine', way: { kind: 'fall', percent: true }, unit: '%' },
  { derived: 'hba1cTwice', of: 'hba1c', way: { kind: 'highest', last: 2 }, unit: '%' },
  { derived: 'nadir', of: 'creatinine', way: { kind: 'lowest', since: 'last session' }, unit: 'mg/dL' },
  { derived: 'painSum', of: 'pain', way: { kind: 'sum' } },
  { derived: 'swellingFall', of: 'swelling', way: { kind: 'fall', percent: false }, unit: 'mm' },
];

/** The parts of a small body: sides, parts, both, and neither. */
export const PARTS: AreaDefinition[] = [
  { area: 'breast', sides: ['left', 'right'], parts: [] },
  { area: 'face', sides: [], parts: ['brow', 'nose', 'chin'] },
  { area: 'hand', sides: ['left', 'right'], parts: ['palm', 'thumb'] },
  { area: 'abdomen', sides: [], parts: [] },
];
export const SITES = [
  'left breast',
  'breast',
  'face',
  'nose',
  'left hand',
  'thumb',
  'right thumb',
  'abdomen',
];

export const EVERYTHING: Askable = {
  facts: [...FACTS, ...OTHER_FACTS, ...SITED_FACTS],
  derived: DERIVED,
  hasParams: true,
};

/** What random conditions ask of. */
export interface Askable {
  readonly facts: readonly FactDefinition[];
  readonly derived?: readonly DerivedDefinition[];
  /** Whether they ask for freshness and for areas of their own. */
  readonly hasParams?: boolean;
}

const NUMBERS: Record<string, readonly number[]> = {
  creatinine: [0, 0.5, 1.49, 1.5, 2, 20],
  temperature: [30, 36.6, 38, 38.01, 45],
  hba1c: [3, 6.4, 6.5, 8, 20],
  swelling: [0, 0.3, 0.9, 1.2, 50],
};
const MEDICINES = ['anticoagulant', 'retinoid', 'steroid'];
const WINDOWS = ['day', 'week', 'month', 'year'] as const;
const COMPARED = [
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'equal',
  'notEqual',
];

const askableOf = (asked: readonly FactDefinition[] | Askable): Askable =>
  'facts' in asked ? asked : { facts: asked };

export function randomLeaf(random: Random, asked: readonly FactDefinition[] | Askable = FACTS): LoweredLeaf {
  const { facts, derived = [], hasParams = false } = askableOf(asked);
  const isDerived = derived.length > 0 && random.chance(0.15);
  const worked = isDerived ? random.pick(derived) : undefined;
  const base = worked ? facts.find(({ fact }) => fact === worked.of) : random.pick(facts);
  if (!base) throw new Error(`nothing to derive ${worked?.derived} from`);
  const bare = worked ? numberLeaf(random, worked.derived, [-1, 0, 0.3, 1, 5, 25]) : leafOf(random, base);
  return hasParams ? withParams(random, bare, base) : bare;
}

const numberLeaf = (random: Random, fact: string, values: readonly number[]): LoweredLeaf =>
  leaf(fact, random.pick(COMPARED), random.pick(values));

function leafOf(random: Random, { fact, is }: FactDefinition): LoweredLeaf {
  switch (is.kind) {
    case 'number':
      return numberLeaf(random, fact, NUMBERS[fact] ?? [is.from, is.to]);
    case 'grade':
      return numberLeaf(random, fact, gradesOf(is));
    case 'code':
      return random.chance(0.5)
        ? leaf(fact, random.pick(['equal', 'notEqual']), random.pick(is.codes))
        : leaf(
            fact,
            random.pick(['in', 'notIn']),
            is.codes.filter(() => random.chance(0.5)),
          );
    case 'yes or no':
      return leaf(fact, random.pick(['equal', 'notEqual']), random.chance(0.5));
    case 'findings':
      return leaf(fact, 'contains', random.pick(is.codes));
    case 'list':
      return leaf(fact, 'contains', random.pick(MEDICINES));
    case 'date':
    case 'date or never': {
      const operators = ['withinTheLast', 'atLeastAgo', 'atLeastAgoOrNever'];
      return leaf(fact, random.pick(operators), for_(random.between(1, 9), random.pick(WINDOWS)));
    }
  }
}

const gradesOf = ({ from, to }: Extract<FactKind, { kind: 'grade' }>): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The same sentence about the same fact always asks the same: its name says it all. */
function withParams(random: Random, bare: LoweredLeaf, { byArea, is }: FactDefinition): LoweredLeaf {
  const taken = random.weighted<() => LeafParams['taken']>([
    [7, () => undefined],
    [
      2,
      () => ({ within: random.pick([for_(12, 'hour'), for_(2, 'day'), for_(1, 'week'), for_(1, 'month')]) }),
    ],
    [1, () => ({ since: random.pick(['last session', 'this stage'] as const) })],
  ])();
  const own = ['', '', 'treatment'];
  const sites =
    is.kind === 'findings' ? [...own, 'donor', 'any area of this stage', random.pick(SITES)] : own;
  const area = byArea ? random.pick(sites) : '';
  if (taken === undefined && area === '') return bare;
  const params = { ...(taken === undefined ? {} : { taken }), ...(area === '' ? {} : { area }) };
  return { ...bare, params, name: `${bare.name} ${JSON.stringify(params)}` };
}

export function randomCondition(
  random: Random,
  depth: number,
  asked: readonly FactDefinition[] | Askable = FACTS,
): LoweredCondition {
  if (depth <= 0) return randomLeaf(random, asked);
  const member = () => randomCondition(random, random.chance(0.4) ? 0 : depth - 1, asked);
  const members = () => Array.from({ length: random.between(1, 4) }, member);
  return random.weighted<() => LoweredCondition>([
    [4, () => ({ all: members() })],
    [4, () => ({ any: members() })],
    [2, () => ({ not: member() })],
  ])();
}

/** A value of the fact's kind, often one of those that conditions ask about. */
export function randomValue(random: Random, { fact, is }: FactDefinition, today: string): FactValue {
  switch (is.kind) {
    case 'number':
      return random.pick([...(NUMBERS[fact] ?? []), is.from, is.to]);
    case 'grade':
      return random.pick(gradesOf(is));
    case 'code':
      return random.pick(is.codes);
    case 'yes or no':
      return random.chance(0.5);
    case 'findings':
      return is.codes.filter(() => random.chance(0.25));
    case 'list':
      return MEDICINES.filter(() => random.chance(0.4));
    case 'date':
    case 'date or never':
      if (is.kind === 'date or never' && random.chance(0.2)) return 'never';
      return daysLater(today, for_(-random.pick([0, 1, 6, 7, 8, 27, 28, 30, 31, 89, 90, 365, 730]), 'day'));
  }
}

/** The same plan, with these observations and no others. */
export const withFacts =
  (state: PlanState) =>
  (stated: readonly Stated[]): PlanState => {
    const observations: PlanState['observations'] = {};
    for (const [index, { fact, unit, area, ...kept }] of stated.entries()) {
      const one = {
        ...kept,
        actor: 'nurse-1',
        event: `front-desk/e-${index}`,
        step: 1,
        ...(unit === undefined ? {} : { unit }),
        ...(area === undefined ? {} : { area }),
      };
      observations[fact] = [...(observations[fact] ?? []), one];
    }
    return { ...state, observations };
  };
