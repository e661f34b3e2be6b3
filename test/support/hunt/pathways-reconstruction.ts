import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import {
  alertOf,
  atEdge,
  atFact,
  atStage,
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
import { asked, type Simulated, simulated } from './simulated.ts';

const FACTS: CompiledPathway['facts'] = [
  factOf(
    'wound',
    { kind: 'code', codes: ['closed', 'healing', 'open'] },
    { byArea: true, goodFor: for_(10, 'day'), from: ['clinician', 'patient'] },
  ),
  factOf(
    'signs',
    { kind: 'findings', codes: ['redness', 'swelling', 'discharge'] },
    { byArea: true, goodFor: for_(5, 'day'), from: ['clinician', 'patient'] },
  ),
  factOf(
    'pain',
    { kind: 'grade', from: 0, to: 10 },
    { byArea: true, goodFor: for_(30, 'hour'), from: ['patient', 'clinician'] },
  ),
  factOf(
    'haemoglobin',
    { kind: 'number', unit: 'g/dL', from: 3, to: 20 },
    {
      goodFor: for_(2, 'week'),
      from: ['laboratory', 'clinician'],
      notValidWhen: { any: [leaf('transfusion', 'withinTheLast', for_(1, 'week'))] },
    },
  ),
  factOf('transfusion', { kind: 'date or never' }, { goodFor: for_(2, 'month') }),
  factOf(
    'nicotine',
    { kind: 'date or never' },
    { goodFor: for_(30, 'day'), from: ['laboratory', 'patient'] },
  ),
  factOf('weight', { kind: 'number', unit: 'kg', from: 30, to: 200 }, { goodFor: for_(3, 'month') }),
  factOf(
    'medicines',
    { kind: 'list', of: 'medicines', words: ['warfarin', 'aspirin'] },
    { goodFor: for_(1, 'month') },
  ),
  factOf('birthDate', { kind: 'date' }),
  factOf('radiotherapyEnded', { kind: 'date or never' }, { byArea: true }),
];

const RULES: CompiledPathway['contraindications'] = [
  contraindication(
    'infection',
    { any: [leaf('signs', 'contains', 'redness'), leaf('signs', 'contains', 'discharge')] },
    { override: termsOf({ second: 'clinical-lead' }) },
  ),
  contraindication(
    'open-wound',
    { all: [leaf('wound', 'equal', 'open')] },
    { strength: 'absolute', clears: { by: 'signature', of: 'dermatologist' }, of: ['surgery'] },
  ),
  contraindication(
    'donor-trouble',
    { any: [asked('signs', 'contains', 'swelling', { area: 'donor' })] },
    { of: ['exchange'], clears: { by: 'signature', of: 'dermatologist' } },
  ),
  contraindication(
    'pain-anywhere',
    { all: [asked('pain', 'greaterThan', 7, { area: 'any area of this stage' })] },
    { of: ['implant'], override: termsOf({ covers: 'stage', coversUnknown: true, lasts: for_(36, 'hour') }) },
  ),
  contraindication(
    'nicotine',
    { any: [leaf('nicotine', 'withinTheLast', for_(4, 'week'))] },
    { of: ['surgery'], override: termsOf({ covers: 'stage', coversUnknown: true, lasts: for_(10, 'day') }) },
  ),
  contraindication(
    'anaemia',
    { all: [leaf('haemoglobin', 'lessThan', 10)] },
    { strength: 'absolute', of: ['surgery'] },
  ),
  contraindication('thinner', { any: [leaf('medicines', 'contains', 'warfarin')] }, { ifUnknown: 'accept' }),
  contraindication(
    'weight-loss',
    { all: [leaf('weightLoss', 'greaterThanInclusive', 10)] },
    { ifUnknown: 'accept', clears: { by: 'signature', of: 'dermatologist' }, override: termsOf() },
  ),
  contraindication(
    'sore',
    {
      all: [
        leaf('worstPain', 'greaterThan', 8),
        asked('wound', 'notEqual', 'closed', { taken: { within: for_(4, 'day') } }),
      ],
    },
    { of: ['filling'] },
  ),
];

const TABLE = tableOf(
  'technique',
  ['stop', 'refer', 'graft', 'implant'],
  [
    {
      when: { all: [leaf('haemoglobin', 'greaterThanInclusive', 8), leaf('wound', 'equal', 'closed')] },
      answer: 'implant',
    },
    { when: { any: [leaf('haemoglobin', 'lessThan', 8), leaf('wound', 'equal', 'open')] }, answer: 'stop' },
    { when: { all: [asked('pain', 'greaterThan', 5, { area: 'donor' })] }, answer: 'refer' },
    {
      when: { all: [leaf('haemoglobin', 'greaterThanInclusive', 8), leaf('wound', 'equal', 'healing')] },
      answer: 'graft',
    },
  ],
  { override: termsOf({ second: 'clinical-lead', coversUnknown: true }) },
);

const compiled = (zone: string): CompiledPathway =>
  simulated({
    zone,
    pathway: 'reconstruction',
    parts: [
      { area: 'breast', sides: ['left', 'right'], parts: [] },
      { area: 'abdomen', sides: [], parts: [] },
      { area: 'thigh', sides: ['left', 'right'], parts: [] },
    ],
    areas: {
      treatment: { choose: 'any', sites: ['left breast', 'right breast', 'breast'] },
      donor: { choose: 'one', sites: ['abdomen', 'left thigh'] },
    },
    facts: FACTS,
    derived: [
      { derived: 'weightLoss', of: 'weight', way: { kind: 'fall', percent: true }, unit: '%' },
      { derived: 'worstPain', of: 'pain', way: { kind: 'highest', last: 2 } },
    ],
    rules: RULES,
    eligibility: [eligibility('adult', { all: [leaf('birthDate', 'atLeastAgo', for_(18, 'year'))] })],
    tables: [TABLE],
    intervals: [
      intervalOf('after-expander', atStage('end of expander'), 'exchange', {
        minimum: for_(3, 'month'),
        recommended: { from: for_(4, 'month'), to: for_(6, 'month') },
        latest: for_(9, 'month'),
        ifLate: { ask: 'dermatologist' },
        grace: for_(4, 'day'),
      }),
      intervalOf('implants', atEdge('start of implant'), 'implant', {
        area: 'same',
        counts: 'every',
        minimum: for_(2, 'week'),
        onlyWhen: {
          any: [leaf('wound', 'notEqual', 'closed'), leaf('nicotine', 'withinTheLast', for_(6, 'month'))],
        },
      }),
      intervalOf('radiotherapy', atFact('radiotherapyEnded'), 'surgery', {
        area: 'same',
        minimum: for_(6, 'month'),
      }),
      intervalOf('fillings', atEdge('end of surgery'), 'filling', {
        area: 'same',
        minimum: for_(10, 'day'),
        sameDay: true,
      }),
    ],
    alerts: [
      alertOf(
        'sepsis',
        { any: [leaf('signs', 'contains', 'discharge')] },
        { of: ['surgery'], within: for_(30, 'day') },
      ),
      alertOf('in-pain', { not: { any: [leaf('pain', 'lessThan', 8)] } }, { say: 'Call us.' }),
    ],
    procedures: { 'implant-elsewhere': ['implant'] },
    consultation: [taskOf('history')],
    assessment: [
      taskOf('plan', { role: 'dermatologist', due: { to: for_(1, 'month'), after: 'assessment' } }),
    ],
    stages: [
      stageOf('expander', {
        traits: ['surgery', 'implant'],
        in: 'treatment',
        consent: { form: 'implant-consent', by: 'patient', covers: 'one procedure', lasts: for_(6, 'month') },
        closure: [taskOf('dressing', { ladder: 'urgent', due: { to: for_(4, 'hour'), after: 'procedure' } })],
      }),
      stageOf('filling', {
        procedures: ['filling'],
        in: 'treatment',
        consent: { form: 'filling-consent', by: 'patient', covers: 'course', lasts: for_(3, 'month') },
      }),
      stageOf('exchange', {
        procedures: ['exchange'],
        traits: ['surgery', 'implant'],
        in: 'treatment',
        andIn: 'donor',
        consent: { form: 'implant-consent', by: 'patient', covers: 'one procedure', lasts: for_(6, 'month') },
        table: {
          table: 'technique',
          outcomes: {
            stop: [{ do: 'ask' as const, role: 'dermatologist' }],
            refer: [{ do: 'ask' as const, role: 'clinical-lead' }],
            graft: [{ do: 'go' as const }],
            implant: [{ do: 'go' as const }],
          },
        },
        recovery: [
          taskOf('drain', { due: { from: for_(2, 'day'), to: for_(5, 'day'), after: 'procedure' } }),
        ],
      }),
    ],
  });

export const RECONSTRUCTION: Simulated = {
  compiled: compiled('America/New_York'),
  wholesome: {
    wound: () => 'closed',
    signs: () => [],
    pain: () => 1,
    haemoglobin: () => 13,
    transfusion: () => 'never',
    nicotine: () => 'never',
    weight: () => 70,
    medicines: () => [],
    birthDate: () => '1980-02-29',
    radiotherapyEnded: () => 'never',
  },
  words: { medicines: ['warfarin', 'aspirin'] },
  numbers: { haemoglobin: [7.9, 8, 9.9, 10, 12], weight: [62.9, 63, 63.1, 70] },
};
