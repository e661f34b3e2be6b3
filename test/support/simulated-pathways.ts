import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { FACTS } from './conditions.ts';
import { BOARDS } from './hunt/pathways-board.ts';
import { CYCLES } from './hunt/pathways-cycles.ts';
import { FACES } from './hunt/pathways-face.ts';
import { OPERATION, UNDER_SEDATION, YOUNG_OPERATION } from './hunt/pathways-operation.ts';
import { RECONSTRUCTION } from './hunt/pathways-reconstruction.ts';
import { SERIES } from './hunt/pathways-series.ts';
import { SESSIONS, WEEKLY } from './hunt/pathways-sessions.ts';
import { only, type Simulated, simulated } from './hunt/simulated.ts';
import { contraindication, for_, leaf, pathwayWith, stageOf, taskOf } from './pathways.ts';

const RULES = [
  contraindication('infection', { all: [leaf('infection', 'in', ['active', 'treated'])] }),
  contraindication(
    'fever',
    { any: [leaf('temperature', 'greaterThanInclusive', 38)] },
    { of: ['second-procedure'] },
  ),
  contraindication('blood-thinner', { all: [leaf('bloodThinner', 'withinTheLast', for_(7, 'day'))] }),
  contraindication(
    'kidneys',
    {
      all: [
        { any: [leaf('creatinine', 'greaterThan', 1.5), leaf('smoker', 'equal', true)] },
        leaf('skinType', 'notEqual', 'light'),
      ],
    },
    { of: ['surgery'] },
  ),
  contraindication(
    'no-capacity',
    { not: { all: [leaf('capacity', 'equal', true)] } },
    { of: ['first-procedure'] },
  ),
];

const wholesome: Simulated['wholesome'] = {
  creatinine: () => 1,
  temperature: () => 36.6,
  skinType: () => 'light',
  infection: () => 'none',
  smoker: () => false,
  capacity: () => true,
  bloodThinner: () => 'never',
  isotretinoin: () => 'never',
  lastMeal: (today) => today,
};

const numbers: Simulated['numbers'] = {
  creatinine: [0, 0.5, 1.49, 1.5, 2, 20],
  temperature: [30, 36.6, 38, 38.01, 45],
};

const staged = (zone: string, rules = RULES): Simulated => ({
  compiled: simulated({
    pathway: `staged-${zone.replaceAll(/[^A-Za-z]/g, '-')}`,
    zone,
    facts: FACTS,
    rules,
    consultation: [
      taskOf('history', { due: { to: for_(3, 'working day'), after: 'plan start' } }),
      taskOf('photographs', { due: { from: for_(1, 'day'), to: for_(2, 'week'), after: 'consultation' } }),
    ],
    assessment: [
      taskOf('plan', { role: 'dermatologist', due: { to: for_(1, 'month'), after: 'assessment' } }),
    ],
    stages: [
      stageOf('first', {
        traits: ['surgery'],
        closure: [taskOf('dressing', { ladder: 'urgent', due: { to: for_(4, 'hour'), after: 'procedure' } })],
        recovery: [
          taskOf('stitches', { due: { from: for_(7, 'day'), to: for_(10, 'day'), after: 'procedure' } }),
        ],
      }),
      stageOf('second', {
        consent: { form: 'second-consent', by: 'patient', covers: 'one procedure', lasts: for_(30, 'day') },
      }),
    ],
  }),
  wholesome,
  numbers,
});

/** Those whose stages have prep, sessions, decisions and ways off the course. */
export const COURSES: readonly (readonly [weight: number, Simulated])[] = [
  [4, OPERATION],
  [1.5, YOUNG_OPERATION],
  [1.5, UNDER_SEDATION],
  [5, SESSIONS],
  [3, WEEKLY],
  [6, BOARDS],
];

/** Those with all kinds of rules, whose stages are one procedure each. */
export const RULED: readonly (readonly [weight: number, Simulated])[] = [
  ...[RECONSTRUCTION, CYCLES, SERIES, ...FACES].map((whole) => [0.15, whole] as const),
  [1.5, only(RECONSTRUCTION, 'sides', ['infection', 'donor-trouble', 'implants', 'sepsis'])],
  [1, only(RECONSTRUCTION, 'wounds', ['open-wound', 'sore', 'radiotherapy', 'fillings', 'in-pain'])],
  [1, only(RECONSTRUCTION, 'health', ['nicotine', 'weight-loss', 'thinner', 'adult', 'after-expander'])],
  [2, only(RECONSTRUCTION, 'table', ['technique', 'anaemia', 'pain-anywhere'])],
  [1.5, only(CYCLES, 'dose', ['dose', 'fever', 'between-cycles', 'neutropenic-fever'])],
  [1, only(CYCLES, 'heart', ['heart', 'sick', 'willing', 'in-time', 'low'])],
  [1, only(CYCLES, 'sums', ['kidneys', 'enough', 'pregnancy', 'grown', 'after-vaccine'])],
  [2.5, only(SERIES, 'spacing', ['spacing', 'whole-series', 'age', 'live'])],
  [1, only(SERIES, 'reactions', ['feverish', 'reacted', 'immunoglobulin', 'severe', 'unstated'])],
  [0.7, only(SERIES, 'allergies', ['allergic', 'old-enough', 'spacing'])],
  ...FACES.flatMap((face) => [
    [0.8, only(face, 'findings', ['burnt', 'acne', 'strength', 'after-light', 'burn'])] as const,
    [0.8, only(face, 'redness', ['red', 'worsening', 'nose', 'after-sun', 'retinoid', 'calm'])] as const,
  ]),
  [1, staged('America/New_York')],
  [1, staged('America/Sao_Paulo')],
  [1, staged('Asia/Beirut', RULES.slice(0, 2))],
  [0.5, { compiled: moleRemoval, wholesome, numbers }],
  [
    0.5,
    {
      compiled: { ...pathwayWith({ zone: 'Pacific/Auckland' }), pathway: 'mole-removal-down-under' },
      wholesome,
      numbers,
    },
  ],
  [
    0.5,
    {
      compiled: {
        ...pathwayWith({ consultation: [], stages: [stageOf('only', { recovery: [] })] }),
        pathway: 'nothing-but-a-gate',
      },
      wholesome,
      numbers,
    },
  ],
];

/** Small pathways that between them use every part of the compiled form, in zones whose clocks change. */
export const PATHWAYS: readonly (readonly [weight: number, Simulated])[] = [...RULED, ...COURSES];
