import type { CompiledPathway, StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { DecisionDefinition } from '../../../src/core/pathway/decisions.schema.ts';
import {
  alertOf,
  atStage,
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
import { beforeBooking } from './pathways-operation.ts';
import { type Simulated, simulated, withGuardian } from './simulated.ts';

const DECISIONS: readonly DecisionDefinition[] = [
  {
    decision: 'problem',
    title: 'It cannot go on as planned',
    by: { kind: 'roles', roles: ['dermatologist', 'patient'] },
    due: { to: for_(2, 'working day'), after: 'asked' },
    ladder: 'urgent',
    needs: [],
    outcomes: {
      'try-again': [
        { do: 'wait', for: for_(2, 'day'), atMost: 1 },
        { do: 'exit', exit: 'further-evaluation' },
      ],
      'go-on': [{ do: 'go' }],
      'end-this': [{ do: 'next stage' }],
      skip: [{ do: 'to', stage: 'weekly' }],
      stop: [{ do: 'exit', exit: 'postponement' }],
    },
  },
  {
    decision: 'late',
    title: 'Later than planned',
    by: { kind: 'roles', roles: ['nurse'] },
    due: { to: for_(3, 'working day'), after: 'asked' },
    ladder: 'standard',
    needs: [],
    outcomes: {
      'go-on': [{ do: 'go' }],
      'start-over': [
        { do: 'again', atMost: 1 },
        { do: 'exit', exit: 'postponement' },
      ],
      later: [
        { do: 'wait', for: for_(3, 'day'), atMost: 1 },
        { do: 'exit', exit: 'postponement' },
      ],
      pause: [{ do: 'exit', exit: 'postponement' }],
    },
  },
  {
    decision: 'half-way',
    title: 'Does it work?',
    by: { kind: 'roles', roles: ['dermatologist', 'patient'] },
    due: { to: for_(1, 'week'), after: 'session' },
    ladder: 'standard',
    needs: ['lesions'],
    outcomes: {
      yes: [{ do: 'go' }],
      'once-more': [
        { do: 'to', stage: 'cycle', atMost: 1 },
        { do: 'exit', exit: 'referral' },
      ],
      wait: [{ do: 'wait', for: for_(5, 'day'), atMost: 1 }, { do: 'go' }],
      done: [{ do: 'end' }],
    },
  },
];

const cycle: StageDefinition = stageOf('cycle', {
  procedures: ['infusion'],
  traits: ['treatment'],
  consent: { form: 'infusion-consent', by: 'patient', covers: 'course', lasts: for_(6, 'month') },
  sessions: 4,
  untilWhen: { all: [leaf('lesions', 'lessThan', 3)] },
  missed: 'wait',
  table: {
    table: 'dose',
    outcomes: {
      stop: [{ do: 'decide', decision: 'problem' }],
      delay: [
        { do: 'wait', for: for_(3, 'day'), atMost: 2 },
        { do: 'decide', decision: 'problem' },
      ],
      full: [{ do: 'go' }],
    },
  },
  beforeEach: [beforeBooking('bloods', { from: 3, to: 1, ladder: 'urgent' })],
  afterEach: [
    taskOf('call', { due: { from: for_(1, 'day'), to: for_(2, 'day'), after: 'session' } }),
    taskOf('cream', {
      due: { to: for_(1, 'day'), after: 'session' },
      onlyWhen: { any: [leaf('rash', 'equal', true)] },
    }),
  ],
  recovery: [taskOf('count', { due: { to: for_(1, 'week'), after: 'last session' } })],
});

const weekly: StageDefinition = stageOf('weekly', {
  procedures: ['light'],
  traits: ['treatment'],
  consent: { form: 'infusion-consent', by: 'patient', covers: 'course', lasts: for_(6, 'month') },
  sessions: 3,
  missed: 'skip',
  afterEach: [{ ...taskOf('diary'), when: { every: for_(4, 'day') } }],
  recovery: [
    {
      ...taskOf('photograph'),
      when: { every: for_(3, 'day'), until: { by: for_(2, 'week'), after: 'last session' } },
    },
    taskOf('last-look', { due: { to: for_(10, 'day'), after: 'last session' } }),
  ],
});

const RULES: CompiledPathway['contraindications'] = [
  contraindication('rash', { all: [leaf('rash', 'equal', true)] }, { of: ['infusion'], override: termsOf() }),
];

const spacing = (stage: string, minimum: number, latest: number) => ({
  ...intervalOf(`${stage}-spacing`, atStage(`start of ${stage}`), stage, {
    minimum: for_(minimum, 'day'),
    recommended: { from: for_(minimum, 'day'), to: for_(minimum + 2, 'day') },
    latest: for_(latest, 'day'),
    ifLate: { decide: 'late' },
  }),
  to: { kind: 'stage' as const, stage },
});

/** Two stages of several sessions, with a table and a decision about how to go on. */
export const SESSIONS: Simulated = {
  compiled: withGuardian(
    simulated({
      zone: 'Europe/Berlin',
      pathway: 'sessions',
      facts: [
        factOf(
          'neutrophils',
          { kind: 'number', unit: '10*9/L', from: 0, to: 40 },
          { goodFor: for_(4, 'day') },
        ),
        factOf('rash', { kind: 'yes or no' }, { goodFor: for_(2, 'week') }),
        factOf('lesions', { kind: 'number', unit: '1', from: 0, to: 100 }, { goodFor: for_(20, 'day') }),
      ],
      rules: RULES,
      tables: [
        tableOf(
          'dose',
          ['stop', 'delay', 'full'],
          [
            { when: { all: [leaf('neutrophils', 'lessThan', 0.5)] }, answer: 'stop' },
            {
              when: {
                all: [leaf('neutrophils', 'greaterThanInclusive', 0.5), leaf('neutrophils', 'lessThan', 1.5)],
              },
              answer: 'delay',
            },
            { when: { all: [leaf('neutrophils', 'greaterThanInclusive', 1.5)] }, answer: 'full' },
          ],
          { override: termsOf() },
        ),
      ],
      intervals: [
        spacing('cycle', 7, 21),
        spacing('weekly', 3, 14),
        {
          ...intervalOf('weekly-after-cycle', atStage('end of cycle'), 'weekly', { minimum: for_(5, 'day') }),
          to: { kind: 'stage', stage: 'weekly' },
        },
      ],
      alerts: [
        alertOf('severe-rash', { all: [leaf('rash', 'equal', true)] }, { of: ['light'], decide: 'problem' }),
      ],
      consultation: [],
      assessment: [taskOf('plan', { due: { to: for_(1, 'week'), after: 'assessment' } })],
      stages: [cycle, weekly],
      course: [
        { kind: 'stage', name: 'cycle' },
        { kind: 'decision', name: 'half-way' },
        { kind: 'stage', name: 'weekly' },
      ],
      decisions: [...DECISIONS],
      exits: {
        postponement: {
          reviewEvery: for_(4, 'day'),
          closesAfter: for_(3, 'week'),
          returnsTo: 'where it left',
          tasks: [],
        },
        'further-evaluation': {
          reviewEvery: for_(1, 'week'),
          closesAfter: for_(6, 'week'),
          returnsTo: 'assessment',
          tasks: [taskOf('scan', { due: { to: for_(1, 'week'), after: 'exit' } })],
        },
      },
    }),
  ),
  wholesome: { neutrophils: () => 3, rash: () => false, lesions: () => 10 },
  numbers: { neutrophils: [0.4, 0.5, 1, 1.49, 1.5, 3], lesions: [2, 3, 10] },
};

const { compiled } = SESSIONS;

/** The second of them alone, whose sessions are passed over when they are missed. */
export const WEEKLY: Simulated = {
  ...SESSIONS,
  compiled: {
    ...compiled,
    pathway: 'sessions-weekly',
    tables: [],
    stages: compiled.stages.filter(({ stage }) => stage === 'weekly'),
    course: [
      { kind: 'stage', name: 'weekly' },
      { kind: 'decision', name: 'half-way' },
    ],
    intervals: compiled.intervals.filter(({ rule }) => rule === 'weekly-spacing'),
    decisions: compiled.decisions.map((decision) =>
      decision.decision === 'half-way'
        ? {
            ...decision,
            outcomes: { ...decision.outcomes, 'once-more': [{ do: 'to', stage: 'weekly', atMost: 1 }] },
          }
        : decision,
    ),
  },
};
