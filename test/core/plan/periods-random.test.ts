import { addDays, localDateOf } from '../../../src/core/model/calendar.ts';
import { isPeriod, placeOf } from '../../../src/core/pathway/chart.ts';
import { lastsStill } from '../../../src/core/plan/lasting.ts';
import { linesOf, viewAlong } from '../../../src/core/plan/lines.ts';
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
import { askedFor, choiceOf, only } from '../../support/choices.ts';
import { decisionOf, dermatologist, GO } from '../../support/decided.ts';
import {
  eligibility,
  factOf,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  tableOf,
  taskOf,
} from '../../support/pathways.ts';
import { periodOf } from '../../support/periods.ts';
import { coordinator, eventOf, nurse, type RunningPlan } from '../../support/plan.ts';
import { fromEnvironment } from '../../support/random.ts';
import { repeating } from '../../support/tasks.ts';
import { itemsOf, trackOf } from '../../support/tracks.ts';

const SWOLLEN = { all: [leaf('swelling', 'equal', true)] };
const consent = { form: 'consent', by: 'patient', covers: 'course', lasts: for_(2, 'year') } as const;
const CHOICE = choiceOf('way', ['short', 'long']);
const loop = [{ do: 'again' as const, atMost: 'no limit' as const }];

/** Spans of time before, between and beside operations; some only for some, and some only when they are needed. */
const PATHWAY = pathwayWith({
  facts: [
    factOf('swelling', { kind: 'yes or no' }, { goodFor: for_(20, 'day') }),
    factOf('adult', { kind: 'yes or no' }, { goodFor: for_(90, 'day') }),
  ],
  rules: [],
  eligibility: [eligibility('adult', { all: [leaf('adult', 'equal', true)] })],
  tables: [
    tableOf(
      'swollen',
      ['on', 'off'],
      [
        { when: SWOLLEN, answer: 'on' },
        { when: { all: [leaf('swelling', 'equal', false)] }, answer: 'off' },
      ],
    ),
  ],
  choices: [CHOICE],
  decidedIn: { consultation: [], assessment: ['way'] },
  consultation: [taskOf('history')],
  stages: [
    periodOf('watch', {
      lasts: for_(20, 'day'),
      tasks: [taskOf('look'), repeating('call', for_(3, 'day'))],
      reassess: 'enough',
    }),
    stageOf('drain', { consent, onlyWhen: SWOLLEN, prep: [taskOf('wash')] }),
    periodOf('garment', { tasks: [repeating('see', for_(5, 'day'))], onlyWhen: SWOLLEN, reassess: 'worn' }),
    periodOf('brace', { onlyFor: only('way', 'long'), tasks: [repeating('tighten', for_(1, 'week'))] }),
    stageOf('lift', { consent, recovery: [taskOf('visit', { onlyWhen: SWOLLEN })] }),
    periodOf('physio', { lasts: for_(1, 'month'), tasks: [repeating('train', for_(4, 'day'))] }),
  ],
  course: itemsOf('watch', 'drain', 'garment', 'brace', 'lift'),
  tracks: [trackOf('beside', ['physio'], { onlyFor: only('way', 'long') })],
  reviews: [{ review: 'progress', every: for_(15, 'day') }],
  decisions: [
    askedFor(CHOICE),
    decisionOf('enough', {
      outcomes: { on: loop, off: GO, skip: [{ do: 'next stage' }], stop: [{ do: 'end' }] },
    }),
    decisionOf('worn', {
      by: { kind: 'table', table: 'swollen', roles: [] },
      outcomes: { on: loop, off: GO },
    }),
    decisionOf('progress', {
      outcomes: {
        go: GO,
        redo: [{ do: 'again', atMost: 2 }, { do: 'go' }],
        back: [{ do: 'to', stage: 'watch', atMost: 2 }, { do: 'go' }],
        otherwise: [{ do: 'choose', choice: 'way' }],
        skip: [{ do: 'next stage' }],
        off: [{ do: 'exit', exit: 'further-evaluation' }],
      },
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
    5,
    (random) =>
      eventOf('observation.recorded', {
        observations: [
          random.chance(0.7)
            ? { fact: 'swelling', value: random.chance(0.5) }
            : { fact: 'adult', value: random.chance(0.9) },
        ],
      }),
  ],
  [6, answeredBy(dermatologist, nurse, coordinator)],
];
const EVENTS: Weighted = [
  ...WORK,
  [2, consented],
  [
    3,
    (random) => {
      const stage = random.pick(['drain', 'drain', 'lift']);
      return eventOf(
        random.pick(['startProcedure', 'startPrep'] as const),
        { stage },
        { actor: coordinator },
      );
    },
  ],
  [2, performed(['drain', 'lift', 'watch'])],
  [1, reportWithdrawn('drain')],
  [1, leftFor('postponement', 'further-evaluation')],
  [2, cameBack],
];

const play = (seed: number): RunningPlan =>
  playAtRandom(PATHWAY, seed, {
    events: 150,
    wakes: 0.4,
    choose: (sent) => (sent < 90 ? EVENTS : WORK),
    look: (plan) => {
      for (const line of linesOf(plan.pathway)) look(plan, viewAlong(plan.pathway, plan.state, line));
    },
  });

/** What holds of spans of time and of what may not be needed, beside what the core asserts of itself. */
function look({ last }: RunningPlan, { pathway, state }: Pick<RunningPlan, 'pathway' | 'state'>): void {
  const { now, chart, tasks, leave } = state;
  expect(last.answer.outcome).not.toBe('quarantined');
  const open = Object.entries(tasks).filter(([, { status }]) => status === 'requested');
  const keeps = open.some(([, { belongsTo, repeat }]) => belongsTo === chart && repeat === undefined);
  if (isPeriod(chart))
    expect([chart, lastsStill({ pathway, state, now }, chart) || keeps]).toEqual([chart, true]);
  // What comes round in it ends with it.
  for (const [id, { belongsTo, repeat }] of open) {
    const { stage = '' } = placeOf(belongsTo);
    if (!isPeriod(belongsTo) || repeat === undefined || !pathway.stages.some((one) => one.stage === stage))
      continue;
    expect([id, placeOf(chart).stage, leave]).toEqual([id, stage, undefined]);
  }
  // Nobody waits before what is known not to be needed, and whoever could tell is asked while nobody knows.
  const swelling = lastValue(state, now);
  const isWaiting = chart === 'drain.ready' && !state.waits['report/drain'];
  if (isWaiting) expect([chart, swelling === false]).toEqual([chart, false]);
  const isAsked = tasks['plan/stage-needed-drain']?.status === 'requested';
  if (isWaiting) expect([chart, isAsked]).toEqual([chart, swelling === undefined]);
}

/** Undefined: nobody knows, or not any more. */
function lastValue({ observations }: RunningPlan['state'], now: string): boolean | undefined {
  const told = observations.swelling ?? [];
  const last = told.toSorted((one, other) => (one.observedAt < other.observedAt ? -1 : 1)).at(-1);
  const zone = PATHWAY.clinic.timeZone;
  const onDay = told.filter(
    (one) => localDateOf(one.observedAt, zone) === localDateOf(last?.observedAt ?? now, zone),
  );
  const isInConflict = new Set(onDay.map(({ value }) => value)).size > 1;
  if (!last || isInConflict) return undefined;
  const isStale = addDays(localDateOf(last.observedAt, zone), 20) < localDateOf(now, zone);
  return isStale ? undefined : last.value === true;
}

describe('spans of time and stages that may not be needed, whatever comes', () => {
  it('wait for somebody, end in their time, and no step throws', () => {
    const seed = fromEnvironment('CARECHART_SEED', 1);
    const seen = new Set<string>();
    for (let index = 0; index < fromEnvironment('CARECHART_WORK_SEQUENCES', 12); index += 1)
      for (const { kind, says } of play(seed + index).journal)
        seen.add(kind === 'phase.entered' ? says : kind);
    for (const what of [
      ...[
        'watch.period',
        'watch.reassessment',
        'drain.ready',
        'garment.period',
        'brace.period',
        'completed',
      ].map((chart) => `Now in ${chart}`),
      ...['Now in physio.period', 'stage.passed', 'exit.taken', 'course.returned', 'report.withdrawn'],
    ])
      expect(seen).toContain(what);
  });

  it('a second look at the same instant changes nothing', () => {
    for (const seed of [3, 5, 8, 13, 21]) {
      const plan = play(seed);
      const { tasks, waits, questions, actionCounts, chart, tracks } = plan.state;
      plan.wake(plan.state.now, -1);
      expect(plan.state).toMatchObject({ tasks, waits, questions, actionCounts, chart, tracks });
      expect(plan.last.effects).toEqual([]);
    }
  });
});
