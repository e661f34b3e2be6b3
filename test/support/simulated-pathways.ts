import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { FACTS } from './conditions.ts';
import { contraindication, for_, ladderOf, leaf, pathwayWith, rung, stageOf, taskOf } from './pathways.ts';

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

const staged = (zone: string, rules = RULES): CompiledPathway => ({
  ...pathwayWith({
    zone,
    facts: FACTS,
    rules,
    ladders: [
      ladderOf(
        [
          rung({ when: 'start' }),
          rung({ when: 'before due', by: for_(1, 'working day') }),
          rung({ when: 'due' }, ['owner', 'coordinator']),
          rung({ when: 'late', by: for_(1, 'working day') }, ['coordinator'], 1),
          rung({ when: 'late', by: for_(2, 'day') }, ['clinical-lead'], 2),
        ],
        for_(3, 'day'),
      ),
      ladderOf([rung({ when: 'late', by: for_(6, 'hour') })], for_(12, 'hour'), 'urgent'),
    ],
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
  pathway: `staged-${zone.replaceAll(/[^A-Za-z]/g, '-')}`,
});

/** Small pathways that between them use every part of the compiled form, in zones whose clocks change. */
export const PATHWAYS: readonly CompiledPathway[] = [
  moleRemoval,
  { ...pathwayWith({ zone: 'Pacific/Auckland' }), pathway: 'mole-removal-down-under' },
  staged('America/New_York'),
  staged('America/Sao_Paulo'),
  staged('Asia/Beirut', RULES.slice(0, 2)),
  {
    ...pathwayWith({ consultation: [], stages: [stageOf('only', { recovery: [] })] }),
    pathway: 'nothing-but-a-gate',
  },
];
