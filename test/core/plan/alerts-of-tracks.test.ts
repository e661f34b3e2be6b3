import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { decide, decisionOf, GO, leave, openQuestions, openTasks } from '../../support/decided.ts';
import { alertOf, factOf, for_, leaf, stageOf, type Variation } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';
import { besideOperations, chartsOf, itemsOf, trackOf } from '../../support/tracks.ts';

/** An alert about what is done along a track asks along that track. */

const HOT = { all: [leaf('temperature', 'greaterThanInclusive', 38)] };
const at = (day: string): string => `${day}T16:00:00.000Z`;
const fever = (plan: RunningPlan, day = '2026-03-04'): void => {
  plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at(day), { id: `fever-${day}` });
};
const ASKED = 'decision/reaction';
const again: Action = [{ do: 'again', atMost: 1 }, ...GO];
const OUTCOMES: Record<string, Action> = {
  again,
  'leave-out': [{ do: 'next stage' }],
  stop: [{ do: 'end' }],
  later: [{ do: 'wait', for: for_(1, 'day'), atMost: 2 }, ...GO],
  fine: GO,
};

const alerted = (more: Variation & { of?: string[] } = {}): RunningPlan => {
  const { of = ['tablets'], ...variation } = more;
  return besideOperations({
    facts: [factOf('temperature', { kind: 'number', unit: 'Cel', from: 30, to: 45 })],
    rules: [],
    alerts: [alertOf('fever', HOT, { decide: 'reaction', of })],
    stages: [
      stageOf('first', { traits: ['surgery'] }),
      stageOf('second', { traits: ['surgery'] }),
      stageOf('month-1', { traits: ['tablets'] }),
      stageOf('month-2', { traits: ['tablets'] }),
    ],
    decisions: [decisionOf('reaction', { outcomes: OUTCOMES })],
    ...variation,
  });
};

describe('a decision that an alert about a procedure of a track asks', () => {
  it.each([
    ['again', { main: 'second.ready', medicine: 'month-2.ready' }],
    ['leave-out', { main: 'second.ready', medicine: 'completed' }],
    ['stop', { main: 'second.ready', medicine: 'completed' }],
    ['fine', { main: 'second.ready', medicine: 'month-2.ready' }],
  ])('%s: moves that track, and not the operation', (outcome, charts) => {
    const plan = alerted();
    plan.report('first', '2026-03-02');
    plan.report('month-1', '2026-03-03', at('2026-03-03'));
    fever(plan);
    expect(plan.state.questions[ASKED]).toMatchObject({ about: 'alert/fever/1', track: 'medicine' });
    decide(plan, ASKED, outcome);
    expect(chartsOf(plan)).toEqual(charts);
    const round = outcome === 'again' ? 2 : 1;
    expect(plan.state.stages['month-2']?.round).toBe(round);
    expect(plan.state.stages.second?.round).toBe(1);
  });

  it('put off, is asked again along the track', () => {
    const plan = alerted();
    fever(plan);
    decide(plan, ASKED, 'later');
    decide(plan, `${ASKED}#2`, 'stop');
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'completed' });
  });

  it('outlives the exit of the plan and the end of the track; what would move it then is handed to the coordinator', () => {
    const plan = alerted();
    fever(plan);
    plan.report('month-2', '2026-03-04', at('2026-03-05'));
    leave(plan, 'postponement');
    expect(chartsOf(plan)).toEqual({ main: 'postponement', medicine: 'completed' });
    expect(openQuestions(plan)).toEqual([ASKED]);
    decide(plan, ASKED, 'again');
    expect(chartsOf(plan)).toEqual({ main: 'postponement', medicine: 'completed' });
    const handed = openTasks(plan).find((id) => id.startsWith('plan/decided-')) ?? '';
    expect(plan.state.tasks[handed]?.title).toMatch(/medicine is in completed/);
  });

  it('before the track has begun moves nothing: the coordinator is asked', () => {
    const plan = alerted({
      tracks: [trackOf('medicine', ['month-1', 'month-2'], { starts: 'by decision' })],
    });
    fever(plan);
    decide(plan, ASKED, 'stop');
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'waiting' });
    decide(plan, ASKED, 'stop');
    expect(plan.state.tracks.medicine).toEqual({ chart: 'waiting' });
  });
});

describe('a decision that an alert about procedures of both asks', () => {
  const both = ['tablets', 'surgery'];

  it('is about the one that was done last', () => {
    const plan = alerted({ of: both });
    plan.report('first', '2026-03-02');
    plan.report('month-1', '2026-03-03', at('2026-03-03'));
    fever(plan);
    expect(plan.state.questions[ASKED]?.track).toBe('medicine');
  });

  it('is about the one that was done last, however late the other is told', () => {
    const plan = alerted({ of: both });
    plan.report('first', '2026-03-03', at('2026-03-03'));
    plan.report('month-1', '2026-03-02', at('2026-03-04'));
    fever(plan, '2026-03-05');
    expect(plan.state.questions[ASKED]?.track).toBeUndefined();
  });

  it.each([
    ['done of neither, the main course', both],
    ['of no procedure, the main course', []],
  ])('%s', (_what, of) => {
    const plan = alerted({ of });
    fever(plan);
    expect(plan.state.questions[ASKED]?.track).toBeUndefined();
  });
});

describe('a decision that an alert and a track both ask', () => {
  const shared = (of: string[]): RunningPlan =>
    alerted({
      of,
      tracks: [
        { ...trackOf('medicine', ['month-1']), course: itemsOf('month-1', 'decision reaction', 'month-2') },
      ],
    });

  const reported = (plan: RunningPlan, day: string): void => {
    plan.report('month-1', day, at(day));
  };
  const BOTH: [string, (plan: RunningPlan) => void][] = [
    [
      'the alert first',
      (plan) => {
        fever(plan);
        reported(plan, '2026-03-05');
      },
    ],
    [
      'the track first',
      (plan) => {
        reported(plan, '2026-03-03');
        fever(plan);
      },
    ],
  ];

  it.each(BOTH)('is asked once, where the alert is about the track: %s', (_who, both) => {
    const plan = shared(['tablets']);
    both(plan);
    expect(openQuestions(plan)).toEqual([ASKED]);
    decide(plan, ASKED, 'fine');
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'month-2.ready' });
  });

  it('shared with the track, is the alert’s of that track again when the plan leaves its course', () => {
    const plan = shared(['tablets']);
    plan.report('month-1', '2026-03-03', at('2026-03-03'));
    fever(plan);
    leave(plan, 'postponement');
    expect(plan.state.questions[ASKED]).toMatchObject({ about: 'alert/fever/1', track: 'medicine' });
    decide(plan, ASKED, 'stop');
    expect(chartsOf(plan)).toEqual({ main: 'postponement', medicine: 'completed' });
  });

  it.each(BOTH)(
    'is two, where the alert is about an operation: each is answered for itself: %s',
    (_who, both) => {
      const plan = shared(['surgery']);
      both(plan);
      expect(openQuestions(plan)).toHaveLength(2);
      const ofAlert = openQuestions(plan).find((id) => plan.state.questions[id]?.rule === 'fever') ?? '';
      decide(plan, ofAlert, 'leave-out');
      expect(chartsOf(plan)).toEqual({ main: 'second.ready', medicine: 'reaction.decision' });
      decide(plan, openQuestions(plan)[0] ?? '', 'fine');
      expect(chartsOf(plan)).toEqual({ main: 'second.ready', medicine: 'month-2.ready' });
    },
  );
});
