import type { CompiledPathway, StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { DecisionDefinition } from '../../../src/core/pathway/decisions.schema.ts';
import type { TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import {
  atEdge,
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
import { type Simulated, simulated, withGuardian } from './simulated.ts';

/** Due so long before the day that is booked, and not done earlier than `from` before it. */
export const beforeBooking = (
  task: string,
  { from, to, ...more }: { from?: number; to: number } & Partial<TaskDefinition>,
): TaskDefinition => ({
  ...taskOf(task, more),
  when: {
    due: {
      ...(from === undefined ? {} : { from: for_(from, 'day') }),
      to: for_(to, 'day'),
      before: 'booking',
    },
  },
});

const result: DecisionDefinition = {
  decision: 'result',
  title: 'Result',
  by: { kind: 'roles', roles: ['dermatologist', 'patient'] },
  due: { to: for_(3, 'week'), after: 'procedure' },
  ladder: 'standard',
  needs: ['swelling'],
  outcomes: {
    content: [{ do: 'go' }],
    revise: [
      { do: 'again', atMost: 1 },
      { do: 'exit', exit: 'referral' },
    ],
    later: [{ do: 'wait', for: for_(1, 'week'), atMost: 2 }, { do: 'end' }],
    stop: [{ do: 'exit', exit: 'conservative' }],
  },
};

const lift: StageDefinition = stageOf('lift', {
  procedures: ['facelift'],
  traits: ['surgery', 'under-general'],
  anaesthesia: 'general',
  consent: {
    form: 'lift-consent',
    by: 'patient',
    covers: 'one procedure',
    lasts: for_(6, 'month'),
    orGuardianBelow: for_(16, 'year'),
  },
  prep: [
    beforeBooking('clearance', { from: 30, to: 3, role: 'dermatologist', clears: 'anaesthesia' }),
    beforeBooking('bloods', { from: 7, to: 1, ladder: 'urgent' }),
    taskOf('talk', { due: { to: for_(2, 'week'), after: 'stage' } }),
    taskOf('compression', {
      due: { to: for_(3, 'day'), after: 'asked' },
      onlyWhen: { all: [leaf('smoker', 'equal', true)] },
    }),
  ],
  closure: [taskOf('dressing', { due: { to: for_(6, 'hour'), after: 'procedure' }, ladder: 'urgent' })],
  recovery: [
    taskOf('drains', {
      due: { from: for_(2, 'day'), to: for_(5, 'day'), after: 'procedure' },
      needs: { all: [leaf('swelling', 'lessThan', 5)] },
    }),
    {
      ...taskOf('wound-visit'),
      when: {
        every: for_(7, 'day'),
        from: { by: for_(3, 'day'), after: 'procedure' },
        until: { by: for_(4, 'week'), after: 'procedure' },
      },
    },
  ],
  reassess: 'result',
});

const touchUp: StageDefinition = stageOf('touch-up', {
  procedures: ['filler'],
  anaesthesia: 'sedation',
  consent: { form: 'filler-consent', by: 'patient', covers: 'course', lasts: for_(2, 'month') },
  beforeEach: [
    taskOf('sedation-check', {
      role: 'dermatologist',
      clears: 'anaesthesia',
      due: { to: for_(1, 'week'), after: 'stage' },
    }),
    beforeBooking('skin-check', { to: 0 }),
  ],
  recovery: [
    taskOf('hand-over', { due: { to: for_(1, 'week'), after: 'procedure' }, handsTo: 'coordinator' }),
  ],
});

const RULES: CompiledPathway['contraindications'] = [
  contraindication(
    'fever',
    { any: [leaf('temperature', 'greaterThanInclusive', 38)] },
    { stops: ['prep', 'procedure'], override: termsOf({ coversUnknown: true }) },
  ),
  contraindication(
    'smokes',
    { all: [leaf('smoker', 'equal', true)] },
    { of: ['surgery'], stops: ['procedure'] },
  ),
  contraindication(
    'anxious',
    { all: [leaf('anxiety', 'greaterThan', 6)] },
    { of: ['surgery'], stops: ['prep'], clears: { by: 'signature', of: 'dermatologist' } },
  ),
];

const compiled = simulated({
  zone: 'America/New_York',
  pathway: 'operation',
  facts: [
    factOf('temperature', { kind: 'number', unit: 'Cel', from: 30, to: 45 }, { goodFor: for_(3, 'day') }),
    factOf('smoker', { kind: 'yes or no' }, { goodFor: for_(3, 'week') }),
    factOf('anxiety', { kind: 'grade', from: 0, to: 10 }, { goodFor: for_(10, 'day') }),
    factOf('swelling', { kind: 'grade', from: 0, to: 10 }, { goodFor: for_(10, 'day') }),
    factOf('birthDate', { kind: 'date' }, { from: ['record', 'patient'] }),
  ],
  rules: RULES,
  eligibility: [eligibility('twelve', { all: [leaf('birthDate', 'atLeastAgo', for_(12, 'year'))] })],
  intervals: [
    intervalOf('after-surgery', atEdge('end of surgery'), 'surgery', {
      minimum: for_(3, 'week'),
      latest: for_(6, 'month'),
      ifLate: { ask: 'dermatologist' },
    }),
    intervalOf('filler-after-surgery', atEdge('end of surgery'), 'filler', {
      minimum: for_(10, 'day'),
      recommended: { from: for_(2, 'week'), to: for_(4, 'week') },
      latest: for_(2, 'month'),
      ifLate: { ask: 'nurse' },
    }),
  ],
  consultation: [taskOf('history', { due: { to: for_(3, 'working day'), after: 'plan start' } })],
  assessment: [],
  stages: [lift, touchUp],
  decisions: [result],
  exits: {
    referral: {
      reviewEvery: for_(5, 'day'),
      closesAfter: for_(3, 'week'),
      returnsTo: 'assessment',
      tasks: [],
    },
    conservative: {
      reviewEvery: for_(2, 'week'),
      closesAfter: for_(2, 'month'),
      returnsTo: 'where it left',
      tasks: [
        taskOf('call', { due: { to: for_(3, 'day'), after: 'exit' } }),
        { ...taskOf('look'), when: { every: for_(5, 'day') } },
      ],
    },
  },
});

/** A stage with prep under general anaesthesia and one under sedation; prep that counts from a booking. */
export const OPERATION: Simulated = {
  compiled: withGuardian(compiled),
  wholesome: {
    temperature: () => 36.6,
    smoker: () => false,
    anxiety: () => 2,
    swelling: () => 1,
    birthDate: (today) => daysLater(today, for_(-40, 'year')),
  },
  numbers: { temperature: [36.6, 37.9, 38, 39] },
};

/** The same for those who are about to be old enough to sign for themselves. */
export const YOUNG_OPERATION: Simulated = {
  ...OPERATION,
  compiled: { ...OPERATION.compiled, pathway: 'operation-young' },
  wholesome: {
    ...OPERATION.wholesome,
    birthDate: (today) => daysLater(daysLater(today, for_(-16, 'year')), for_(12, 'day')),
  },
};

/** The second stage alone: what it needs for its sedation stands before a gate without prep. */
export const UNDER_SEDATION: Simulated = {
  ...OPERATION,
  compiled: {
    ...OPERATION.compiled,
    pathway: 'operation-under-sedation',
    contraindications: RULES.filter(({ rule }) => rule === 'fever'),
    intervals: [],
    stages: [touchUp],
    course: [{ kind: 'stage', name: 'touch-up' }],
  },
};
