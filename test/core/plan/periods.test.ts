import {
  comeBack,
  decide,
  exitTo,
  leave,
  openQuestions,
  openTasks,
  planWith,
  sleepUntil,
} from '../../support/decided.ts';
import { eligibility, factOf, for_, leaf, stageOf, taskOf } from '../../support/pathways.ts';
import { look, OVER, periodOf, watched } from '../../support/periods.ts';
import { coordinator, eventOf, lead } from '../../support/plan.ts';
import { dueOf, repeating } from '../../support/tasks.ts';
import { trackOf } from '../../support/tracks.ts';

const LOOK = 'watch.period/look';
const CALL = 'watch.period/call';
const at = (day: string): string => `${day}T16:00:00.000Z`;
const call = repeating('call', for_(2, 'week'));

describe('a stage that is a span of time', () => {
  it('is come to without a gate, and asks for its work', () => {
    const plan = watched({ tasks: [look, call] });
    expect(plan.state).toMatchObject({ chart: 'watch.period', status: 'active', gates: [] });
    expect(openTasks(plan)).toEqual([LOOK, CALL]);
    expect(dueOf(plan, LOOK)).toBe('2026-03-17T04:00:00.000Z');
    expect(dueOf(plan, CALL)).toBe('2026-03-17T04:00:00.000Z');
  });

  it.each([
    ['the second before its last day is over', '2026-04-28T03:59:59.000Z', 'watch.period'],
    ['as its last day is over', OVER, 'watch.reassessment'],
    ['when the plan looks late', '2026-06-01T04:00:00.000Z', 'watch.reassessment'],
  ])('ends by itself after its time: %s', (_says, now, chart) => {
    const plan = watched();
    plan.complete(LOOK, at('2026-03-10'));
    plan.wake(now);
    expect(plan.state.chart).toBe(chart);
  });

  it('wakes the plan for its end, though nobody owes anything until then', () => {
    const plan = watched();
    plan.complete(LOOK, at('2026-03-10'));
    expect(plan.state).toMatchObject({ status: 'active', waits: {}, wake: { at: OVER } });
    plan.wake(OVER);
    expect(openQuestions(plan)).toEqual(['decision/enough']);
  });

  it('goes on after its time while its own work is open', () => {
    const plan = watched();
    plan.wake(OVER);
    expect(plan.state.chart).toBe('watch.period');
    plan.complete(LOOK, at('2026-04-29'));
    expect(plan.state.chart).toBe('watch.reassessment');
  });

  it('asks for each call in its turn, none after its end, and lets none of them keep it', () => {
    const plan = watched({ tasks: [call] });
    const dues = [1, 2, 3, 4].map(() => {
      const due = dueOf(plan, CALL)?.slice(0, 10) ?? '';
      plan.complete(CALL, at(due));
      return due;
    });
    expect(dues).toEqual(['2026-03-17', '2026-03-31', '2026-04-14', '2026-04-28']);
    expect(plan.state.chart).toBe('watch.reassessment');
    expect(openTasks(plan)).toEqual([]);
  });

  it('that nobody decides about leads on to the next stage, whose gate is asked as ever', () => {
    const plan = planWith({ stages: [periodOf('watch', { tasks: [look] }), stageOf('operation')] });
    plan.complete(LOOK, at('2026-03-10'));
    plan.wake(OVER);
    expect(plan.state.chart).toBe('operation.ready');
    expect(plan.start('operation').outcome).toBe('refused');
  });

  it('as the last of the course ends it', () => {
    const plan = planWith({ stages: [stageOf('operation'), periodOf('brace', { tasks: [call] })] });
    plan.report('operation', '2026-03-02');
    for (const id of openTasks(plan)) if (id.startsWith('plan/')) plan.complete(id);
    expect(plan.state.chart).toBe('brace.period');
    plan.wake(OVER);
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'completed', waits: {} });
  });
});

describe('at the end of a span of time', () => {
  const decided = (outcome: string) => {
    const plan = watched();
    plan.complete(LOOK, at('2026-03-10'));
    plan.wake(OVER);
    decide(plan, 'decision/enough', outcome, { now: at('2026-04-29') });
    return plan;
  };

  it.each([
    ['operate', 'operation.ready'],
    ['watch-on', 'watch.period'],
    ['once-more', 'watch.period'],
    ['leave', 'operation.ready'],
  ])('%s leads to %s', (outcome, chart) => {
    expect(decided(outcome).state.chart).toBe(chart);
  });

  it('once more, it begins anew, with its work, from the day of the decision', () => {
    const plan = decided('watch-on');
    expect(openTasks(plan)).toEqual([LOOK]);
    expect(dueOf(plan, LOOK)).toBe('2026-05-14T04:00:00.000Z');
    plan.complete(LOOK, at('2026-05-01'));
    expect(plan.state.wake.at).toBe('2026-06-25T04:00:00.000Z');
  });

  it('it can be gone on with without a limit, and counts nothing: after twenty years the plan has grown by nothing', () => {
    const plan = watched();
    const sizes = new Map<number, number>();
    for (let round = 1; round <= 130; round += 1) {
      plan.complete(LOOK);
      plan.wake(plan.state.wake.at ?? '');
      expect(plan.state.chart).toBe('watch.reassessment');
      const [question = ''] = openQuestions(plan);
      decide(plan, question, 'watch-on');
      sizes.set(round, JSON.stringify(plan.state).length);
    }
    expect(plan.state.now.slice(0, 4)).toBe('2046');
    expect(plan.state.stages.watch?.round).toBe(1);
    expect((sizes.get(130) ?? 0) - (sizes.get(10) ?? 0)).toBeLessThan(30);
  });

  it('a number is a number: the second time that it says once more, the course goes on', () => {
    const plan = decided('once-more');
    plan.complete(LOOK);
    plan.wake(plan.state.wake.at ?? '');
    const [question = ''] = openQuestions(plan);
    decide(plan, question, 'once-more');
    expect(plan.state.chart).toBe('operation.ready');
  });
});

describe('off the course', () => {
  it('the work of a span of time stops, and its time goes on', () => {
    const plan = watched({ tasks: [look, call] });
    leave(plan, 'postponement', at('2026-03-04'));
    expect(openTasks(plan)).toEqual([]);
    comeBack(plan, at('2026-03-20'));
    expect(plan.state.chart).toBe('watch.period');
    expect(openTasks(plan)).toEqual([LOOK, CALL]);
    expect(dueOf(plan, CALL)).toBe('2026-03-31T04:00:00.000Z');
    plan.complete(LOOK, at('2026-03-21'));
    plan.wake(OVER);
    expect(plan.state.chart).toBe('watch.reassessment');
  });

  it('what was done of it stays done', () => {
    const plan = watched();
    plan.complete(LOOK, at('2026-03-03'));
    leave(plan, 'postponement', at('2026-03-04'));
    comeBack(plan, at('2026-03-20'));
    expect(openTasks(plan)).toEqual([]);
  });

  it('a plan that comes back after its time is asked to decide at once', () => {
    const plan = watched();
    plan.complete(LOOK, at('2026-03-03'));
    leave(plan, 'postponement', at('2026-03-04'));
    comeBack(plan, at('2026-05-20'));
    expect(openQuestions(plan)).toEqual(['decision/enough']);
  });

  it('it can be left for good, and for an exit by its decision', () => {
    const plan = planWith({ stages: [periodOf('watch', { tasks: [look] }), stageOf('operation')] });
    plan.cancel(at('2026-03-20'));
    expect(plan.state).toMatchObject({ chart: 'cancelled', status: 'revoked', waits: {} });
    expect(exitTo('referral')).toHaveLength(1);
  });
});

describe('what reality does to a span of time', () => {
  it('a report of the operation after it takes the plan there; what is open of the watch is owed still', () => {
    const plan = watched({ tasks: [look, call] });
    plan.report('operation', '2026-03-10', at('2026-03-10'));
    expect(plan.state.chart).toBe('completed');
    expect(openTasks(plan)).not.toContain(CALL);
  });

  it('that report withdrawn, the plan is in the watch again, since when it was', () => {
    const plan = watched(
      { tasks: [look, call] },
      {
        stages: [
          periodOf('watch', { tasks: [look, call], reassess: 'enough' }),
          stageOf('operation', { recovery: [taskOf('visit')] }),
        ],
      },
    );
    plan.report('operation', '2026-03-10', at('2026-03-10'));
    expect(plan.state.chart).toBe('operation.recovery');
    const data = { stage: 'operation', performedOn: '2026-03-10', reason: 'another patient' };
    plan.send(eventOf('report.withdrawn', data), at('2026-03-11'));
    expect(plan.state.chart).toBe('watch.period');
    expect(openTasks(plan)).toEqual(expect.arrayContaining([LOOK, CALL]));
  });

  it.each([
    ['procedure.performed', { stage: 'watch', performedOn: '2026-03-02' }],
    ['procedure.notPerformed', { stage: 'watch', on: '2026-03-02', reason: 'away' }],
    ['bookAppointment', { stage: 'watch', on: '2026-03-20' }],
    ['startProcedure', { stage: 'watch' }],
    ['startPrep', { stage: 'watch' }],
  ] as const)('nobody performs, books or starts it: %s', (type, data) => {
    const plan = watched();
    const { answer } = plan.send(eventOf(type, data, { actor: coordinator }));
    expect(answer).toMatchObject({ outcome: 'rejected', code: 'CC2065' });
  });
});

describe('whoever is in a span of time', () => {
  const ADULT = eligibility('adult', { all: [leaf('adult', 'equal', true)] });
  const asked = () => watched({}, { facts: [factOf('adult', { kind: 'yes or no' })], eligibility: [ADULT] });

  it('is asked whether they are eligible, though no gate asks it', () => {
    const plan = asked();
    expect(plan.state.status).toBe('on-hold');
    expect(Object.keys(plan.state.holds)).toEqual(['watch/adult']);
    plan.observe([{ fact: 'adult', value: true }]);
    expect(plan.state).toMatchObject({ status: 'active', holds: {} });
  });

  it('is held where they are not', () => {
    const plan = asked();
    plan.observe([{ fact: 'adult', value: false }]);
    expect(plan.state.holds['watch/adult']?.finding.result).toBe('met');
  });
});

describe('beside the course', () => {
  it('a span of time goes on after the course has come to its end, and the plan with it', () => {
    const plan = planWith({
      stages: [stageOf('operation'), periodOf('physio', { tasks: [call] })],
      tracks: [trackOf('beside', ['physio'])],
    });
    plan.report('operation', '2026-03-02');
    for (const id of openTasks(plan)) if (id.startsWith('plan/')) plan.complete(id);
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'active' });
    expect(plan.state.tracks.beside?.chart).toBe('physio.period');
    sleepUntil(plan, OVER);
    expect(plan.state.tracks.beside?.chart).toBe('completed');
    expect(plan.state.status).toBe('completed');
  });

  it('a span of time that nobody owes anything in keeps the plan awake until its end', () => {
    const plan = planWith({
      stages: [stageOf('operation'), periodOf('physio', { tasks: [taskOf('plan-it')] })],
      tracks: [trackOf('beside', ['physio'])],
    });
    plan.report('operation', '2026-03-02');
    for (const id of openTasks(plan)) plan.complete(id);
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'active', waits: {}, wake: { at: OVER } });
    plan.wake(OVER);
    expect(plan.state.status).toBe('completed');
  });
});

it('a revision gives one patient more to do in it, and leaves a watch ahead out', () => {
  const plan = watched();
  const added = { change: 'task-added', in: 'watch.period', task: 'weigh', title: 'Weigh', role: 'nurse' };
  const change = { ...added, due: '20 days after stage' } as const;
  const { answer } = plan.send(
    eventOf(
      'revisePlan',
      { reason: 'losing weight', changes: [{ ...change, change: 'task-added' }] },
      { actor: lead },
    ),
  );
  expect(answer.outcome).toBe('accepted');
  expect(dueOf(plan, 'watch.period/weigh')).toBe('2026-03-23T04:00:00.000Z');
});
