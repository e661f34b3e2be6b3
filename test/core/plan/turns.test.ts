import { Desk } from '../../support/appointments.ts';
import { decide, decisionOf, planWith } from '../../support/decided.ts';
import { alertOf, for_, leaf, stageOf, taskOf } from '../../support/pathways.ts';
import { eventOf, refusalOf } from '../../support/plan.ts';
import { perform } from '../../support/staged.ts';
import { repeating, until } from '../../support/tasks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const consent = {
  form: 'first-consent',
  by: 'patient' as const,
  covers: 'course' as const,
  lasts: for_(2, 'year'),
};

const rounds = () =>
  planWith({
    stages: [
      stageOf('first', {
        closure: [taskOf('drain', { due: { to: for_(2, 'day'), after: 'procedure' } })],
        prep: [taskOf('check', { due: { to: for_(3, 'day'), after: 'stage' } })],
        consent,
      }),
      stageOf('second'),
    ],
    alerts: [
      alertOf('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
    ],
    decisions: [decisionOf('result', { outcomes: { again: [{ do: 'again', atMost: 3 }] } })],
  });

describe('work that was done for the round before', () => {
  it('work told late, done in the round before, is not the work of this one', () => {
    const plan = rounds();
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.startPrep('first', at('2026-03-03'));
    plan.complete('first.prep/check', at('2026-03-03'));
    desk.start('first', at('2026-03-04'));
    plan.report('first', '2026-03-04', at('2026-03-04'));
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    decide(plan, 'decision/result', 'again', { now: at('2026-03-20') });
    desk.startPrep('first', at('2026-03-21'));
    expect(plan.state.tasks['first.prep/check']?.status).toBe('requested');
    plan.send(
      eventOf('task.completed', { task: 'first.prep/check' }, { id: 'late', time: at('2026-03-03') }),
      at('2026-03-22'),
    );
    expect(desk.start('first', at('2026-03-22')).outcome).toBe('refused');
  });

  it('a clearance of the round before, told late, clears nobody for anaesthesia in this round', () => {
    const plan = planWith({
      stages: [
        stageOf('first', {
          anaesthesia: 'general',
          consent,
          beforeEach: [taskOf('fit', { clears: 'anaesthesia' })],
          recovery: [taskOf('visit')],
        }),
      ],
      alerts: [
        alertOf('toxic', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
      ],
      decisions: [decisionOf('result', { outcomes: { again: [{ do: 'again', atMost: 2 }] } })],
    });
    plan.consent('first-consent', '2026-03-02');
    plan.complete('first.ready/fit', at('2026-03-03'));
    expect(plan.start('first', at('2026-03-04')).outcome).toBe('accepted');
    plan.report('first', '2026-03-04', at('2026-03-04'));
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at('2026-03-10'));
    decide(plan, 'decision/result', 'again', { now: at('2026-06-20') });
    expect(refusalOf(plan.start('first')).reasons.map(({ invariant }) => invariant)).toEqual(['S5']);
    plan.send(eventOf('task.completed', { task: 'first.ready/fit' }, { id: 'late', time: at('2026-03-03') }));
    expect(plan.start('first').outcome).toBe('refused');
  });
});

describe('a report of the round before that is told in the prep of this one', () => {
  const inPrep = () => {
    const plan = rounds();
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.startPrep('first', at('2026-03-03'));
    plan.complete('first.prep/check', at('2026-03-03'));
    desk.start('first', at('2026-03-04'));
    plan.report('first', '2026-03-04', at('2026-03-04'));
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    decide(plan, 'decision/result', 'again', { now: at('2026-03-20') });
    desk.startPrep('first', at('2026-03-21'));
    return { plan, desk };
  };

  it('leaves done what was done for this one', () => {
    const { plan, desk } = inPrep();
    plan.complete('first.prep/check', at('2026-03-22'));
    plan.report('first', '2026-03-10', at('2026-03-23'));
    expect(plan.state.chart).toBe('first.prep');
    expect(desk.start('first', at('2026-03-23')).outcome).toBe('accepted');
  });

  it('leaves open what can then be done', () => {
    const { plan, desk } = inPrep();
    plan.report('first', '2026-03-10', at('2026-03-22'));
    expect(desk.start('first', at('2026-03-22')).outcome).toBe('refused');
    plan.complete('first.prep/check', at('2026-03-23'));
    expect(desk.start('first', at('2026-03-23')).outcome).toBe('accepted');
  });
});

describe('when work of a second session was done', () => {
  const second = () => {
    const plan = planWith({
      stages: [
        stageOf('first', {
          sessions: 3,
          consent,
          beforeEach: [taskOf('check')],
          afterEach: [taskOf('call')],
        }),
      ],
    });
    plan.complete('first.ready/check', at('2026-03-02'));
    perform(plan, 'first', '2026-03-03');
    return plan;
  };
  const told = (task: string, time: string) => {
    const plan = second();
    plan.send(eventOf('task.completed', { task }, { id: 'late', time }), at('2026-03-06'));
    return [
      plan.state.tasks[task]?.status,
      plan.last.journal.find(({ kind }) => kind.startsWith('task.'))?.kind,
    ];
  };
  const done = ['completed', 'task.completed'];
  const doneBefore = ['requested', 'task.doneBefore'];

  it.each([
    ['a check of the day before the first', 'first.ready/check', at('2026-03-02'), doneBefore],
    ['a check of its morning', 'first.ready/check', '2026-03-03T12:00:00.000Z', doneBefore],
    ['a check of that afternoon, asked for since', 'first.ready/check', '2026-03-03T20:00:00.000Z', done],
    ['a check of the day after', 'first.ready/check', at('2026-03-04'), done],
    ['a call before the session that it follows', 'first.session/call', at('2026-03-02'), doneBefore],
    ['a call on the day of that session', 'first.session/call', '2026-03-03T12:00:00.000Z', done],
  ])('%s', (_what, task, time, expected) => {
    expect(told(task, time)).toEqual(expected);
  });
});

describe('prep whose session changes under it', () => {
  const series = () =>
    planWith({
      stages: [
        stageOf('first', {
          sessions: 3,
          consent,
          prep: [taskOf('check', { due: { to: for_(3, 'day'), after: 'stage' } })],
        }),
      ],
    });
  const toPrepOfSecond = () => {
    const plan = series();
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.startPrep('first');
    plan.complete('first.prep/check');
    expect(desk.start('first').outcome).toBe('accepted');
    plan.report('first', '2026-03-03', at('2026-03-03'));
    expect(desk.startPrep('first', at('2026-03-05')).outcome).toBe('accepted');
    expect(plan.state.tasks['first.prep/check']?.status).toBe('requested');
    return { plan, desk };
  };

  it('a report of the session before that is withdrawn leaves prep done that was done for this one', () => {
    const { plan, desk } = toPrepOfSecond();
    plan.complete('first.prep/check', at('2026-03-06'));
    desk.withdraw('first', '2026-03-03', at('2026-03-07'));
    plan.complete('first.prep/check', at('2026-03-08'));
    expect([plan.state.chart, desk.start('first', at('2026-03-09')).outcome]).toEqual([
      'first.prep',
      'accepted',
    ]);
  });

  it('and what was still open then can be done afterwards', () => {
    const { plan, desk } = toPrepOfSecond();
    desk.withdraw('first', '2026-03-03', at('2026-03-07'));
    plan.complete('first.prep/check', at('2026-03-08'));
    expect([plan.state.chart, desk.start('first', at('2026-03-09')).outcome]).toEqual([
      'first.prep',
      'accepted',
    ]);
  });
});

describe('a stage that is done again, or left out', () => {
  const fever = (outcomes: Parameters<typeof decisionOf>[1]) => ({
    alerts: [
      alertOf('toxic', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
    ],
    decisions: [decisionOf('result', outcomes)],
  });
  const again = { outcomes: { again: [{ do: 'again' as const, atMost: 3 }] } };

  it.each([
    ['before', '2026-03-19', 1],
    ['on', '2026-03-20', 2],
    ['after', '2026-03-21', 2],
  ])('what was done %s the day on which a round began is of its own round', (_when, day, round) => {
    const plan = planWith({
      stages: [stageOf('first', { sessions: 2, consent, recovery: [taskOf('visit')] })],
      ...fever(again),
    });
    perform(plan, 'first', '2026-03-03');
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at('2026-03-19'));
    decide(plan, 'decision/result', 'again', { now: at('2026-03-20') });
    expect(plan.state.stages.first?.round).toBe(2);
    plan.report('first', day, at('2026-03-21'));
    expect(plan.state.performed.at(-1)?.round).toBe(round);
  });

  it.each([
    ['before', '2026-03-09', 'second.ready'],
    ['on', '2026-03-10', 'first.ready'],
    ['after', '2026-03-11', 'first.ready'],
  ])(
    'a session done %s the day on which the rest of its stage was left out, told later',
    (_when, day, chart) => {
      const plan = planWith({
        stages: [stageOf('first', { sessions: 4, consent }), stageOf('second')],
        alerts: [
          alertOf('toxic', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
        ],
        decisions: [decisionOf('result', { outcomes: { stop: [{ do: 'next stage' }] } })],
      });
      perform(plan, 'first', '2026-03-03');
      plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at('2026-03-10'));
      decide(plan, 'decision/result', 'stop');
      expect(plan.state.chart).toBe('second.ready');
      plan.report('first', day, at('2026-03-11'));
      expect(plan.state.chart).toBe(chart);
    },
  );

  it('a row that is not begun again leaves no wait behind', () => {
    const plan = planWith({
      stages: [
        stageOf('first', {
          closure: [repeating('dressing', for_(7, 'day'), until(for_(10, 'day'), 'plan start'))],
          recovery: [taskOf('visit')],
        }),
      ],
      ...fever(again),
    });
    perform(plan, 'first', '2026-03-03');
    expect(plan.state.tasks['first.closure/dressing']?.status).toBe('requested');
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at('2026-03-10'));
    decide(plan, 'decision/result', 'again', { now: at('2026-03-20') });
    perform(plan, 'first', '2026-03-21');
    const isOpen = plan.state.tasks['first.closure/dressing']?.status === 'requested';
    expect([isOpen, 'task/first.closure/dressing' in plan.state.waits]).toEqual([isOpen, isOpen]);
  });
});

describe('care under way when its procedure is performed once more', () => {
  const twice = () => {
    const plan = planWith({
      stages: [stageOf('first', { closure: [taskOf('drain'), taskOf('dressing')], consent })],
    });
    plan.consent('first-consent', '2026-03-02');
    plan.start('first', at('2026-03-04'));
    plan.report('first', '2026-03-04', at('2026-03-04'));
    plan.complete('first.closure/drain', at('2026-03-04'));
    plan.report('first', '2026-03-05', at('2026-03-05'));
    return plan;
  };

  it('is owed for that one too: what was done of it is asked for again', () => {
    const { state } = twice();
    expect(state.chart).toBe('first.closure');
    expect(state.tasks['first.closure/drain']?.status).toBe('requested');
  });

  it('told late, what was done before it is not the care after it', () => {
    const plan = twice();
    const data = { task: 'first.closure/dressing' };
    plan.send(eventOf('task.completed', data, { id: 'late', time: at('2026-03-04') }), at('2026-03-06'));
    expect(plan.state.tasks[data.task]?.status).toBe('requested');
  });
});
