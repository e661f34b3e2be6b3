import type { CompiledPathway, StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import {
  alertOf,
  atEdge,
  atFact,
  contraindication,
  eligibility,
  factOf,
  for_,
  intervalOf,
  leaf,
  stageOf,
  tableOf,
  taskOf,
  termsOf,
} from '../pathways.ts';
import { daysLater } from '../wall-calendar.ts';
import { asked, type Simulated, simulated } from './simulated.ts';

const cycle = (number: number): StageDefinition =>
  stageOf(`cycle-${number}`, {
    procedures: ['infusion'],
    traits: ['chemotherapy'],
    consent: { form: 'infusion-consent', by: 'patient', covers: 'course', lasts: for_(4, 'month') },
    table: {
      table: 'dose',
      outcomes: {
        stop: [{ do: 'ask' as const, role: 'clinical-lead' }],
        delay: [{ do: 'ask' as const, role: 'nurse' }],
        reduced: [{ do: 'go' as const }],
        full: [{ do: 'go' as const }],
      },
    },
    recovery: number === 1 ? [taskOf('call', { due: { to: for_(2, 'day'), after: 'procedure' } })] : [],
  });

const FACTS: CompiledPathway['facts'] = [
  factOf(
    'neutrophils',
    { kind: 'number', unit: '10*9/L', from: 0, to: 40 },
    {
      goodFor: for_(3, 'day'),
      from: ['laboratory', 'record'],
      notValidWhen: { any: [leaf('growthFactor', 'withinTheLast', for_(2, 'day'))] },
    },
  ),
  factOf('growthFactor', { kind: 'date or never' }, { goodFor: for_(2, 'week') }),
  factOf('temperature', { kind: 'number', unit: 'Cel', from: 30, to: 45 }, { goodFor: for_(24, 'hour') }),
  factOf(
    'vomiting',
    { kind: 'grade', from: 0, to: 4 },
    { goodFor: for_(30, 'day'), from: ['patient', 'clinician'] },
  ),
  factOf('creatinine', { kind: 'number', unit: 'mg/dL', from: 0, to: 20 }, { goodFor: for_(2, 'week') }),
  factOf('ejection', { kind: 'number', unit: '%', from: 5, to: 90 }, { goodFor: for_(3, 'month') }),
  factOf('pregnant', { kind: 'yes or no' }, { goodFor: for_(2, 'week') }),
  factOf('birthDate', { kind: 'date' }),
  factOf('lastVaccination', { kind: 'date or never' }, { goodFor: for_(6, 'month') }),
  factOf('liveVaccine', { kind: 'yes or no' }),
  factOf('dose', { kind: 'number', unit: 'mg', from: 0, to: 500 }),
];

const RULES: CompiledPathway['contraindications'] = [
  contraindication(
    'fever',
    { any: [leaf('temperature', 'greaterThanInclusive', 38)] },
    { override: termsOf() },
  ),
  contraindication(
    'heart',
    { all: [leaf('ejection', 'lessThan', 50)] },
    {
      strength: 'absolute',
      clears: { by: 'signature', of: 'dermatologist' },
      of: ['chemotherapy'],
    },
  ),
  contraindication(
    'kidneys',
    { all: [leaf('creatinineRise', 'lessThanInclusive', -50)] },
    { ifUnknown: 'accept', override: termsOf({ second: 'clinical-lead' }) },
  ),
  contraindication(
    'pregnancy',
    { not: { all: [leaf('pregnant', 'equal', false)] } },
    { strength: 'absolute' },
  ),
  contraindication(
    'sick',
    { all: [leaf('worstVomiting', 'greaterThan', 2)] },
    {
      clears: { by: 'signature', of: 'nurse' },
      ifUnknown: 'accept',
    },
  ),
  contraindication(
    'enough',
    { any: [leaf('totalDose', 'greaterThan', 550)] },
    { ifUnknown: 'accept', override: termsOf({ covers: 'stage', lasts: for_(1, 'month') }) },
  ),
];

const TABLE = tableOf(
  'dose',
  ['stop', 'delay', 'reduced', 'full'],
  [
    { when: { all: [leaf('neutrophils', 'greaterThanInclusive', 1.5)] }, answer: 'full' },
    {
      when: { all: [leaf('neutrophils', 'greaterThanInclusive', 1), leaf('neutrophils', 'lessThan', 1.5)] },
      answer: 'reduced',
    },
    { when: { all: [leaf('neutrophils', 'lessThan', 1)] }, answer: 'delay' },
    {
      when: {
        all: [
          leaf('lowestNeutrophils', 'lessThan', 0.5),
          asked('temperature', 'greaterThanInclusive', 38, { taken: { since: 'last session' } }),
        ],
      },
      answer: 'stop',
    },
    { when: { any: [leaf('vomiting', 'equal', 4)] }, answer: 'delay' },
  ],
  { override: termsOf({ by: ['dermatologist', 'nurse'], covers: 'stage', lasts: for_(3, 'day') }) },
);

export const CYCLES: Simulated = {
  compiled: simulated({
    zone: 'Pacific/Auckland',
    pathway: 'cycles',
    facts: FACTS,
    derived: [
      { derived: 'lowestNeutrophils', of: 'neutrophils', way: { kind: 'lowest', last: 2 }, unit: '10*9/L' },
      { derived: 'worstVomiting', of: 'vomiting', way: { kind: 'highest', since: 'last session' } },
      { derived: 'creatinineRise', of: 'creatinine', way: { kind: 'fall', percent: true }, unit: '%' },
      { derived: 'totalDose', of: 'dose', way: { kind: 'sum' }, unit: 'mg' },
    ],
    rules: RULES,
    eligibility: [
      eligibility('grown', { all: [leaf('birthDate', 'atLeastAgo', for_(18, 'year'))] }),
      eligibility('willing', {
        any: [leaf('pregnant', 'equal', false), leaf('ejection', 'greaterThan', 60)],
      }),
    ],
    tables: [TABLE],
    intervals: [
      intervalOf('between-cycles', atEdge('end of infusion'), 'infusion', {
        minimum: for_(2, 'week'),
        recommended: { from: for_(3, 'week'), to: for_(4, 'week') },
        grace: for_(1, 'day'),
      }),
      intervalOf('in-time', atEdge('start of chemotherapy'), 'chemotherapy', {
        counts: 'first',
        latest: for_(10, 'week'),
      }),
      intervalOf('after-vaccine', atFact('lastVaccination'), 'chemotherapy', {
        minimum: for_(2, 'week'),
        onlyWhen: { all: [leaf('liveVaccine', 'equal', true)] },
      }),
    ],
    alerts: [
      alertOf(
        'neutropenic-fever',
        { all: [asked('temperature', 'greaterThanInclusive', 38, { taken: { within: for_(12, 'hour') } })] },
        { of: ['chemotherapy'], within: for_(2, 'week'), say: 'Come at once.' },
      ),
      alertOf('low', { any: [leaf('lowestNeutrophils', 'lessThan', 0.5)] }),
    ],
    procedures: { transplant: ['chemotherapy'] },
    consultation: [taskOf('history', { due: { to: for_(3, 'working day'), after: 'plan start' } })],
    assessment: [],
    stages: [cycle(1), cycle(2), cycle(3)],
  }),
  wholesome: {
    neutrophils: () => 3,
    growthFactor: () => 'never',
    temperature: () => 36.6,
    vomiting: () => 0,
    creatinine: () => 1,
    ejection: () => 65,
    pregnant: () => false,
    birthDate: () => '1980-05-05',
    lastVaccination: (today) => daysLater(today, for_(-20, 'day')),
    liveVaccine: () => true,
    dose: () => 100,
  },
  numbers: {
    neutrophils: [0.4, 0.5, 0.9, 1, 1.49, 1.5, 2],
    temperature: [36.6, 37.9, 38, 39],
    creatinine: [0.9, 1, 1.2, 1.5, 1.8],
    ejection: [45, 49.9, 50, 61],
    dose: [100, 250, 300, 0.1],
  },
};
