import type { CompiledPathway, StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
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
  taskOf,
  termsOf,
} from '../pathways.ts';
import { daysLater } from '../wall-calendar.ts';
import { asked, type Simulated, simulated } from './simulated.ts';

const dose = (number: number, more: Partial<StageDefinition> = {}): StageDefinition =>
  stageOf(`dose-${number}`, {
    procedures: ['jab'],
    traits: ['vaccine'],
    consent: { form: 'jab-consent', by: 'patient', covers: 'one procedure', lasts: for_(1, 'year') },
    ...more,
  });

const INTERVALS: CompiledPathway['intervals'] = [
  intervalOf('spacing', atEdge('end of jab'), 'jab', {
    minimum: for_(4, 'week'),
    recommended: { from: for_(1, 'month'), to: for_(2, 'month') },
    grace: for_(4, 'day'),
    ifEarly: 'does not count',
  }),
  {
    ...intervalOf('whole-series', atStage('start of dose-1'), '', {
      minimum: for_(5, 'month'),
      latest: for_(15, 'month'),
    }),
    to: { kind: 'stage', stage: 'dose-3' },
  },
  intervalOf('age', atFact('birthDate'), 'vaccine', {
    minimum: for_(9, 'year'),
    recommended: { from: for_(11, 'year'), to: for_(13, 'year') },
  }),
  intervalOf('live', atEdge('end of live'), 'vaccine', {
    counts: 'every',
    minimum: for_(28, 'day'),
    sameDay: true,
    latest: for_(3, 'year'),
    ifLate: { ask: 'nurse' },
  }),
  intervalOf('immunoglobulin', atFact('immunoglobulin'), 'jab', {
    minimum: for_(3, 'month'),
    onlyWhen: { any: [leaf('liveProduct', 'equal', true), leaf('fever', 'greaterThan', 39)] },
  }),
];

export const SERIES: Simulated = {
  compiled: simulated({
    zone: 'Asia/Beirut',
    pathway: 'series',
    facts: [
      factOf('birthDate', { kind: 'date' }, { from: ['record', 'patient'] }),
      factOf('fever', { kind: 'number', unit: 'Cel', from: 30, to: 45 }, { goodFor: for_(300, 'minute') }),
      factOf('allergies', { kind: 'list', of: 'allergies' }, { goodFor: for_(1, 'year') }),
      factOf('immunoglobulin', { kind: 'date or never' }, { goodFor: for_(2, 'week') }),
      factOf('liveProduct', { kind: 'yes or no' }),
      factOf('reaction', { kind: 'code', codes: ['none', 'mild', 'severe'] }, { goodFor: for_(1, 'month') }),
    ],
    rules: [
      contraindication(
        'feverish',
        { all: [leaf('fever', 'greaterThanInclusive', 38)] },
        { override: termsOf({ lasts: for_(5, 'hour'), coversUnknown: true }) },
      ),
      contraindication(
        'allergic',
        { any: [leaf('allergies', 'contains', 'egg'), leaf('allergies', 'contains', 'gelatine')] },
        { strength: 'absolute' },
      ),
      contraindication(
        'reacted',
        { all: [asked('reaction', 'in', ['severe', 'mild'], { taken: { since: 'this stage' } })] },
        {
          clears: { by: 'signature', of: 'nurse' },
          of: ['vaccine'],
        },
      ),
    ],
    eligibility: [
      eligibility('old-enough', { not: { any: [leaf('birthDate', 'withinTheLast', for_(9, 'year'))] } }),
    ],
    intervals: INTERVALS,
    alerts: [
      alertOf(
        'severe',
        { all: [asked('reaction', 'equal', 'severe', { taken: { within: for_(3, 'day') } })] },
        { of: ['jab'], within: for_(10, 'day') },
      ),
      alertOf('unstated', {
        not: { all: [leaf('reaction', 'in', ['none', 'mild']), leaf('fever', 'lessThan', 40)] },
      }),
    ],
    procedures: { measles: ['vaccine', 'live'], travel: ['vaccine'] },
    consultation: [taskOf('intake', { role: 'coordinator' })],
    assessment: [],
    stages: [dose(1), dose(2), dose(3, { recovery: [taskOf('history', { title: 'Ask again' })] })],
  }),
  wholesome: {
    birthDate: (today) => daysLater(today, for_(-12, 'year')),
    fever: () => 36.8,
    allergies: () => [],
    immunoglobulin: () => 'never',
    liveProduct: () => false,
    reaction: () => 'none',
  },
  words: { allergies: ['egg', 'gelatine', 'nuts'] },
  numbers: { fever: [36.8, 37.9, 38, 39.5, 40] },
};
