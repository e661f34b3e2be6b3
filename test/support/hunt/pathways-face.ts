import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import {
  alertOf,
  atEdge,
  contraindication,
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

const FACTS: CompiledPathway['facts'] = [
  factOf(
    'skin',
    { kind: 'findings', codes: ['acne', 'scar', 'burn'] },
    { byArea: true, goodFor: for_(2, 'week'), from: ['clinician', 'record'] },
  ),
  factOf(
    'redness',
    { kind: 'grade', from: 0, to: 4 },
    {
      byArea: true,
      goodFor: for_(2, 'day'),
      from: ['clinician', 'patient'],
      notValidWhen: { any: [leaf('cream', 'withinTheLast', for_(1, 'day'))] },
    },
  ),
  factOf('cream', { kind: 'date or never' }, { byArea: true, goodFor: for_(1, 'month') }),
  factOf('sun', { kind: 'date or never' }, { byArea: true, goodFor: for_(1, 'week') }),
  factOf('tone', { kind: 'code', codes: ['light', 'medium', 'dark'] }),
  factOf('retinoid', { kind: 'date or never' }, { goodFor: for_(30, 'day') }),
];

const RULES: CompiledPathway['contraindications'] = [
  contraindication(
    'burnt',
    { any: [asked('skin', 'contains', 'burn', { area: 'any area of this stage' })] },
    { strength: 'absolute' },
  ),
  contraindication(
    'acne',
    { any: [leaf('skin', 'contains', 'acne')] },
    { override: termsOf({ covers: 'stage' }), of: ['light'] },
  ),
  contraindication(
    'red',
    { all: [leaf('redness', 'greaterThan', 2)] },
    { clears: { by: 'signature', of: 'dermatologist' } },
  ),
  contraindication(
    'nose',
    {
      all: [
        asked('sun', 'withinTheLast', for_(2, 'week'), { area: 'nose' }),
        leaf('tone', 'notEqual', 'dark'),
      ],
    },
    { override: termsOf({ second: 'clinical-lead', coversUnknown: true, lasts: for_(1, 'day') }) },
  ),
  contraindication(
    'worsening',
    { all: [leaf('highestRedness', 'greaterThan', 3)] },
    { ifUnknown: 'accept', of: ['peel'] },
  ),
  contraindication(
    'retinoid',
    { any: [leaf('retinoid', 'withinTheLast', for_(6, 'month'))] },
    { of: ['peel'], override: termsOf({ by: ['nurse'] }) },
  ),
];

const face = (zone: string, sites: string[], choose: 'all' | 'one'): CompiledPathway =>
  simulated({
    zone,
    pathway: `face-${choose}`,
    parts: [
      { area: 'face', sides: [], parts: ['nose', 'cheek', 'chin'] },
      { area: 'hand', sides: ['left', 'right'], parts: [] },
    ],
    areas: { treatment: { choose, sites } },
    facts: FACTS,
    derived: [{ derived: 'highestRedness', of: 'redness', way: { kind: 'highest', last: 2 } }],
    rules: RULES,
    tables: [
      tableOf(
        'strength',
        ['none', 'mild', 'strong'],
        [
          {
            when: { any: [leaf('tone', 'equal', 'dark'), leaf('skin', 'contains', 'scar')] },
            answer: 'mild',
          },
          { when: { all: [leaf('redness', 'greaterThanInclusive', 4)] }, answer: 'none' },
          { when: { all: [leaf('tone', 'in', ['light', 'medium'])] }, answer: 'strong' },
        ],
      ),
    ],
    intervals: [
      intervalOf('after-light', atEdge('end of light'), 'peel', {
        area: 'same',
        minimum: for_(1, 'month'),
        grace: for_(2, 'day'),
        latest: for_(1, 'year'),
      }),
      intervalOf('after-sun', { kind: 'fact', fact: 'sun' }, 'light', {
        area: 'any',
        counts: 'every',
        minimum: for_(1, 'week'),
        ifEarly: 'does not count',
        grace: for_(1, 'day'),
      }),
    ],
    alerts: [
      alertOf(
        'burn',
        { any: [leaf('skin', 'contains', 'burn')] },
        { of: ['light', 'peel'], within: for_(1, 'week') },
      ),
      alertOf('calm', { all: [leaf('redness', 'greaterThan', 3)] }),
    ],
    procedures: { laser: ['light'], scrub: ['peel'] },
    consultation: [
      taskOf('photographs', { due: { from: for_(1, 'day'), to: for_(2, 'week'), after: 'consultation' } }),
    ],
    assessment: [],
    stages: [
      stageOf('patch', { procedures: ['flash'], traits: ['light'], in: 'treatment' }),
      stageOf('peel', {
        procedures: ['acid'],
        traits: ['peel'],
        in: 'treatment',
        table: {
          table: 'strength',
          outcomes: {
            none: [{ do: 'ask' as const, role: 'dermatologist' }],
            mild: [{ do: 'go' as const }],
            strong: [{ do: 'go' as const }],
          },
        },
        recovery: [taskOf('look', { due: { to: for_(3, 'day'), after: 'procedure' } })],
      }),
    ],
  });

const wholesome: Simulated['wholesome'] = {
  skin: () => [],
  redness: () => 1,
  cream: () => 'never',
  sun: (today) => daysLater(today, for_(-20, 'day')),
  tone: () => 'medium',
  retinoid: () => 'never',
};

/** The whole face at once, whose parts may differ; and one site of several that share parts. */
export const FACES: readonly Simulated[] = [
  { compiled: face('America/Sao_Paulo', ['face'], 'all'), wholesome },
  { compiled: face('Europe/Berlin', ['face', 'nose', 'left hand'], 'one'), wholesome },
];
