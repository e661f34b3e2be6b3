import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { DecisionDefinition } from '../../../src/core/pathway/decisions.schema.ts';
import { contraindication, factOf, for_, leaf, stageOf, taskOf, termsOf } from '../pathways.ts';
import { type Simulated, simulated, withGuardian } from './simulated.ts';

const BOARD = ['dermatologist', 'nurse', 'clinical-lead'];

const DECISIONS: readonly DecisionDefinition[] = [
  {
    decision: 'first-board',
    title: 'Board before treatment',
    by: { kind: 'board', roles: BOARD, quorum: 2, agree: 'majority', tie: 'dermatologist' },
    due: { to: for_(4, 'day'), after: 'assessment' },
    ladder: 'standard',
    needs: ['stain'],
    outcomes: {
      treat: [{ do: 'go' }],
      'look-again': [{ do: 'exit', exit: 'further-evaluation' }],
      refer: [{ do: 'exit', exit: 'referral' }],
    },
    noQuorum: [
      { do: 'wait', for: for_(3, 'day'), atMost: 2 },
      { do: 'exit', exit: 'referral' },
    ],
  },
  {
    decision: 'mid-board',
    title: 'Response',
    by: { kind: 'board', roles: BOARD, quorum: 'every role', agree: 'all' },
    due: { to: for_(1, 'week'), after: 'last session' },
    ladder: 'standard',
    needs: [],
    outcomes: {
      on: [{ do: 'go' }],
      back: [
        { do: 'to', stage: 'first', atMost: 1 },
        { do: 'exit', exit: 'conservative' },
      ],
      last: [{ do: 'to', stage: 'third' }],
      end: [{ do: 'end' }],
    },
    noQuorum: [{ do: 'wait', for: for_(2, 'day'), atMost: 1 }, { do: 'go' }],
  },
  {
    decision: 'agreed',
    title: 'Does the patient want it?',
    by: { kind: 'roles', roles: ['patient'] },
    due: { to: for_(1, 'week'), after: 'consultation' },
    ladder: 'standard',
    needs: [],
    outcomes: { yes: [{ do: 'go' }], no: [{ do: 'exit', exit: 'postponement' }] },
  },
  {
    decision: 'outcome',
    title: 'Outcome of a stage',
    by: { kind: 'roles', roles: ['dermatologist'] },
    due: { to: for_(5, 'day'), after: 'stage end' },
    ladder: 'urgent',
    needs: [],
    outcomes: {
      good: [{ do: 'go' }],
      repeat: [{ do: 'again', atMost: 1 }, { do: 'again', atMost: 1 }, { do: 'end' }],
      skip: [{ do: 'next stage' }],
    },
  },
];

const session = (stage: string, more: Partial<StageDefinition> = {}): StageDefinition =>
  stageOf(stage, {
    procedures: ['laser'],
    consent: { form: 'laser-consent', by: 'patient', covers: 'course', lasts: for_(1, 'year') },
    reassess: 'outcome',
    ...more,
  });

/** Boards and joint decisions, in phases, in the course and after each stage; on to a stage, and back to one. */
export const BOARDS: Simulated = {
  compiled: withGuardian(
    simulated({
      zone: 'Pacific/Auckland',
      pathway: 'boards',
      facts: [
        factOf('stain', { kind: 'code', codes: ['light', 'deep'] }, { goodFor: for_(3, 'week') }),
        factOf('sunburn', { kind: 'yes or no' }, { goodFor: for_(1, 'week') }),
      ],
      rules: [
        contraindication(
          'sunburn',
          { all: [leaf('sunburn', 'equal', true)] },
          { override: termsOf({ second: 'clinical-lead', coversUnknown: true }) },
        ),
      ],
      consultation: [taskOf('intake', { due: { to: for_(2, 'working day'), after: 'plan start' } })],
      assessment: [
        taskOf('photograph', {
          due: { to: for_(3, 'day'), after: 'assessment' },
          onlyWhen: { all: [leaf('stain', 'equal', 'deep')] },
        }),
        { ...taskOf('weekly-call'), when: { every: for_(1, 'week') } },
      ],
      decidedIn: { consultation: ['agreed'], assessment: ['first-board'] },
      stages: [
        session('first', { closure: [taskOf('cool')] }),
        session('second'),
        session('third', { sessions: 2 }),
      ],
      course: [
        { kind: 'stage', name: 'first' },
        { kind: 'decision', name: 'mid-board' },
        { kind: 'stage', name: 'second' },
        { kind: 'stage', name: 'third' },
      ],
      decisions: [...DECISIONS],
      exits: {
        'further-evaluation': {
          reviewEvery: for_(3, 'day'),
          closesAfter: for_(10, 'day'),
          returnsTo: 'assessment',
          tasks: [],
        },
        postponement: {
          reviewEvery: for_(6, 'day'),
          closesAfter: for_(1, 'month'),
          returnsTo: 'consultation',
          tasks: [taskOf('call', { due: { to: for_(1, 'day'), after: 'exit' } })],
        },
      },
    }),
  ),
  wholesome: { stain: () => 'light', sunburn: () => false },
};
