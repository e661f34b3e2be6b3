import { placeOf } from '../../../src/core/pathway/chart.ts';
import { lastsUntil } from '../../../src/core/plan/lasting.ts';
import {
  answeredBy,
  cameBack,
  completed,
  consented,
  leftFor,
  performed,
  playAtRandom,
  reportWithdrawn,
  type Weighted,
} from '../../support/at-random.ts';
import { boardOf, decisionOf, dermatologist, lead } from '../../support/decided.ts';
import {
  contraindication,
  factOf,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  tableOf,
  taskOf,
} from '../../support/pathways.ts';
import { coordinator, eventOf, nurse, type RunningPlan } from '../../support/plan.ts';
import { fromEnvironment } from '../../support/random.ts';
import { repeating, until } from '../../support/tasks.ts';

const SMOKER = { all: [leaf('smoker', 'equal', true)] };
const consent = { form: 'consent', by: 'patient', covers: 'course', lasts: for_(2, 'year') } as const;
const RISK = tableOf(
  'risk',
  ['high', 'low'],
  [
    { when: SMOKER, answer: 'high' },
    { when: { all: [leaf('smoker', 'equal', false)] }, answer: 'low' },
  ],
);

/** All that goes on beside a course and after it, between two stages and decisions that a table takes. */
const PATHWAY = pathwayWith({
  facts: [factOf('smoker', { kind: 'yes or no' }, { goodFor: for_(20, 'day') })],
  rules: [contraindication('smoking', SMOKER, { stops: ['procedure'] })],
  tables: [RISK],
  consultation: [taskOf('history')],
  stages: [stageOf('dose', { consent, sessions: 2 }), stageOf('lift', { consent, reassess: 'result' })],
  course: [
    { kind: 'decision', name: 'weigh' },
    { kind: 'stage', name: 'dose' },
    { kind: 'maintenance', name: 'rest' },
    { kind: 'stage', name: 'lift' },
    { kind: 'maintenance', name: 'follow-up' },
  ],
  maintenance: [
    {
      maintenance: 'rest',
      title: 'Rest',
      lasts: for_(10, 'day'),
      tasks: [taskOf('ring', { onlyWhen: SMOKER })],
    },
    {
      maintenance: 'follow-up',
      title: 'Follow-up',
      lasts: for_(3, 'month'),
      tasks: [
        taskOf('hand-over', { handsTo: 'coordinator', due: { to: for_(5, 'day'), after: 'stage' } }),
        repeating('visit', for_(2, 'week')),
        repeating('scan', for_(20, 'day'), { from: { by: for_(30, 'day'), after: 'last session' } }),
      ],
    },
  ],
  alongside: [
    repeating('heart', for_(9, 'day'), {
      from: { by: for_(0, 'day'), after: 'first session' },
      ...until(for_(40, 'day'), 'last session'),
    }),
    repeating('weigh', for_(12, 'day'), { onlyWhen: SMOKER }),
    taskOf('quit', { onlyWhen: SMOKER, due: { to: for_(3, 'day'), after: 'first session' } }),
  ],
  reviews: [
    { review: 'progress', every: for_(15, 'day') },
    { review: 'by-risk', every: for_(1, 'month') },
  ],
  decisions: [
    decisionOf('weigh', {
      by: { kind: 'table', table: 'risk', roles: [], ifUnknown: 'low' },
      outcomes: { high: [{ do: 'wait', for: for_(3, 'day'), atMost: 2 }, { do: 'go' }], low: [{ do: 'go' }] },
    }),
    decisionOf('result', {
      by: { kind: 'table', table: 'risk', roles: ['dermatologist'] },
      outcomes: { high: [{ do: 'again', atMost: 2 }, { do: 'go' }], low: [{ do: 'go' }] },
    }),
    decisionOf('progress', {
      by: boardOf(2),
      noQuorum: [{ do: 'wait', for: for_(2, 'day'), atMost: 1 }, { do: 'go' }],
      outcomes: {
        go: [{ do: 'go' }],
        redo: [{ do: 'again', atMost: 2 }, { do: 'to', stage: 'dose', atMost: 2 }, { do: 'go' }],
        skip: [{ do: 'next stage' }],
        ask: [{ do: 'ask', role: 'nurse' }],
        lead: [{ do: 'decide', decision: 'what-now' }],
        off: [{ do: 'exit', exit: 'further-evaluation' }],
        end: [{ do: 'end' }],
      },
    }),
    decisionOf('by-risk', {
      by: { kind: 'table', table: 'risk', roles: [] },
      outcomes: { high: [{ do: 'to', stage: 'lift', atMost: 1 }, { do: 'go' }], low: [{ do: 'go' }] },
    }),
    decisionOf('what-now', {
      by: { kind: 'table', table: 'risk', roles: [] },
      outcomes: { high: [{ do: 'go' }], low: [{ do: 'go' }] },
    }),
  ],
  exits: {
    'further-evaluation': {
      reviewEvery: for_(7, 'day'),
      closesAfter: for_(1, 'year'),
      returnsTo: 'assessment',
      tasks: [],
    },
  },
});

const WORK: Weighted = [
  [6, completed],
  [
    3,
    (random) =>
      eventOf('observation.recorded', { observations: [{ fact: 'smoker', value: random.chance(0.4) }] }),
  ],
  [6, answeredBy(dermatologist, lead, nurse, coordinator)],
];
const EVENTS: Weighted = [
  ...WORK,
  [2, consented],
  [
    2,
    (random) => eventOf('startProcedure', { stage: random.pick(['dose', 'lift']) }, { actor: coordinator }),
  ],
  [4, performed(['dose', 'dose', 'lift'])],
  [1, reportWithdrawn('dose')],
  [1, leftFor('postponement', 'further-evaluation', 'conservative')],
  [2, cameBack],
];

/** In the end nothing but work, facts and answers comes, and the plan gets to where it is over. */
const play = (seed: number): RunningPlan =>
  playAtRandom(PATHWAY, seed, {
    events: 150,
    wakes: 0.4,
    choose: (sent) => (sent < 90 ? EVENTS : WORK),
    look,
  });

/** What holds of what goes on beside a course, beside what the core asserts of itself. */
function look({ pathway, state, last }: RunningPlan): void {
  const { now, chart, leave, questions, tasks } = state;
  const isOver = pathway.chart.isFinal(chart);
  expect(last.answer.outcome).not.toBe('quarantined');
  const asked = Object.values(questions).filter(
    ({ about, answer }) => about.startsWith('review/') && !answer,
  );
  // One of each is open at a time, and none off the course or after it.
  expect(new Set(asked.map(({ decision }) => decision)).size).toBe(asked.length);
  if (leave || isOver) expect(asked).toEqual([]);
  // A maintenance is not over before its time, unless a decision left it out or took the plan elsewhere.
  const ends = lastsUntil({ pathway, state, now }, chart);
  const isOpen = (of: string): boolean =>
    Object.values(tasks).some((task) => task.belongsTo === of && task.status === 'requested' && !task.repeat);
  if (ends !== undefined) expect(now < ends || isOpen(chart)).toBe(true);
  for (const [id, { status, belongsTo }] of Object.entries(tasks)) {
    const { maintenance } = placeOf(belongsTo);
    // Its visits end with it; what alongside counts from the first session is not owed before that.
    if (status === 'requested' && maintenance !== undefined && tasks[id]?.repeat !== undefined)
      expect([id, leave?.from ?? chart]).toEqual([id, belongsTo]);
    if (status === 'requested' && (id === 'course/heart' || id === 'course/quit'))
      expect([id, state.performed.length > 0]).toEqual([id, true]);
  }
}

describe('what goes on beside a course and after it, whatever comes', () => {
  it('waits for somebody, ends in its time, and no step throws', () => {
    const seed = fromEnvironment('CARECHART_SEED', 1);
    const seen = new Set<string>();
    for (let index = 0; index < fromEnvironment('CARECHART_WORK_SEQUENCES', 12); index += 1) {
      const plan = play(seed + index);
      for (const { kind, says } of plan.journal) seen.add(kind === 'phase.entered' ? says : kind);
    }
    for (const what of [
      'Now in rest.maintenance',
      'Now in follow-up.maintenance',
      'Now in completed',
      'exit.taken',
      'course.returned',
      'question.answered',
    ])
      expect(seen).toContain(what);
  });

  it('a second look at the same instant changes nothing', () => {
    for (const seed of [3, 5, 8, 13, 21]) {
      const plan = play(seed);
      const { tasks, waits, questions, actionCounts, chart } = plan.state;
      plan.wake(plan.state.now, -1);
      expect(plan.state).toMatchObject({ tasks, waits, questions, actionCounts, chart });
      expect(plan.last.effects).toEqual([]);
    }
  });
});
