import {
  book,
  comeBack,
  decide,
  decisionOf,
  leave,
  openQuestions,
  openTasks,
  sleepUntil,
} from '../../support/decided.ts';
import { atStage, for_, intervalOf, stageOf, taskOf } from '../../support/pathways.ts';
import { coordinator, eventOf, kinds, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { besideOperations, chartsOf, itemsOf, trackOf } from '../../support/tracks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const observeRash = (plan: RunningPlan, value: boolean, now?: string) =>
  plan.observe([{ fact: 'rash', value }], now);
const start = (plan: RunningPlan, stage: string) => {
  plan.consent(`${stage}-consent`, '2026-03-02');
  return plan.start(stage);
};

describe('a track that starts with the course', () => {
  it('begins as the plan comes to its first stage, each on a chart of its own', () => {
    const plan = besideOperations({ consultation: [taskOf('talk')] });
    expect(chartsOf(plan)).toEqual({ main: 'consultation', medicine: 'waiting' });
    plan.complete('consultation/talk', at('2026-03-03'));
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'month-1.ready' });
    expect(plan.state.tracks.medicine).toEqual({ chart: 'month-1.ready', startedAt: at('2026-03-03') });
    expect(plan.journal.filter(({ kind }) => kind === 'track.started')).toHaveLength(1);
  });

  it('has its own start to be owed, and its own work', () => {
    const plan = besideOperations();
    expect(Object.keys(plan.state.waits).filter((id) => id.startsWith('start/'))).toEqual([
      'start/first',
      'start/month-1',
    ]);
    expect(openTasks(plan)).toEqual(['month-1.ready/bloods']);
  });

  it('goes on while the main course stands, and the other way round', () => {
    const plan = besideOperations();
    observeRash(plan, false);
    expect(start(plan, 'month-1').outcome).toBe('accepted');
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'month-1.procedure' });
    plan.report('month-1', '2026-03-02');
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'month-1.recovery' });
    expect(start(plan, 'first').outcome).toBe('accepted');
    plan.report('first', '2026-03-02');
    expect(chartsOf(plan)).toEqual({ main: 'first.recovery', medicine: 'month-1.recovery' });
    plan.complete('month-1.recovery/call', at('2026-03-03'));
    expect(chartsOf(plan)).toEqual({ main: 'first.recovery', medicine: 'month-2.ready' });
    plan.complete('first.recovery/visit', at('2026-03-04'));
    expect(chartsOf(plan)).toEqual({ main: 'second.ready', medicine: 'month-2.ready' });
  });

  it('is at the gate of its own stage alone: another one is refused, and says where each is', () => {
    const plan = besideOperations();
    const { says, code, reasons } = refusalOf(start(plan, 'month-2'));
    expect(code).toBe('CC3002');
    expect(says).toMatch(/month-2 cannot start now/);
    expect(reasons[0]?.says).toBe('medicine is in ready.');
  });

  it('moves by what was done of it last, whatever was done of the main course since', () => {
    const plan = besideOperations();
    plan.report('first', '2026-03-10', at('2026-03-10'));
    plan.report('month-1', '2026-03-05', at('2026-03-11'));
    expect(chartsOf(plan)).toEqual({ main: 'first.recovery', medicine: 'month-1.recovery' });
  });
});

describe('a hold on a stage of a track', () => {
  it('holds that stage, is the plan’s to see, and leaves the gate of the main course open', () => {
    const plan = besideOperations();
    observeRash(plan, true);
    expect(Object.keys(plan.state.holds)).toEqual(['month-1/rash-stops-tablets']);
    expect(plan.state.status).toBe('on-hold');
    expect(refusalOf(start(plan, 'month-1')).code).toBe('CC3001');
    expect(start(plan, 'first').outcome).toBe('accepted');
    observeRash(plan, false, at('2026-03-03'));
    expect(plan.state.holds).toEqual({});
  });

  it('is owed to somebody, and stops the clock of the work of that stage alone', () => {
    const plan = besideOperations({
      stages: [
        stageOf('first', { beforeEach: [taskOf('wash')] }),
        stageOf('month-1', { traits: ['tablets'], beforeEach: [taskOf('bloods')] }),
      ],
      tracks: [trackOf('medicine', ['month-1'])],
    });
    observeRash(plan, true);
    const { waits } = plan.state;
    expect(waits['hold/month-1/rash-stops-tablets']).toBeDefined();
    expect(waits['task/month-1.ready/bloods']?.pausedAt).toBeDefined();
    expect(waits['task/first.ready/wash']?.pausedAt).toBeUndefined();
  });
});

describe('what a track waits for', () => {
  const deciding = () =>
    besideOperations({
      stages: [stageOf('first'), stageOf('month-1'), stageOf('month-2')],
      tracks: [trackOf('medicine', ['month-1', 'decision on-or-not', 'month-2'])],
      decisions: [
        decisionOf('on-or-not', {
          outcomes: {
            on: [{ do: 'go' }],
            stop: [{ do: 'end' }],
            off: [{ do: 'exit', exit: 'referral' }],
            later: [{ do: 'wait', for: for_(7, 'day'), atMost: 1 }, { do: 'go' }],
            again: [{ do: 'to', stage: 'month-1', atMost: 1 }, { do: 'go' }],
          },
        }),
      ],
      rules: [],
    });
  const asked = (): RunningPlan => {
    const plan = deciding();
    plan.report('month-1', '2026-03-02');
    return plan;
  };

  it('is asked as of the main course, and its answer moves the track alone', () => {
    const plan = asked();
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'on-or-not.decision' });
    expect(openQuestions(plan)).toEqual(['decision/on-or-not']);
    decide(plan, 'decision/on-or-not', 'on');
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'month-2.ready' });
  });

  it.each([
    ['stop', { main: 'first.ready', medicine: 'completed' }],
    ['again', { main: 'first.ready', medicine: 'month-1.ready' }],
    ['later', { main: 'first.ready', medicine: 'on-or-not.decision' }],
    ['off', { main: 'referral', medicine: 'referral' }],
  ])('%s leads there', (outcome, charts) => {
    const plan = asked();
    decide(plan, 'decision/on-or-not', outcome);
    expect(chartsOf(plan)).toEqual(charts);
  });

  it('is closed when the plan leaves its course, and asked again as it returns', () => {
    const plan = asked();
    leave(plan, 'postponement', at('2026-03-03'));
    expect(openQuestions(plan)).toEqual([]);
    comeBack(plan, at('2026-03-05'));
    expect(openQuestions(plan)).toEqual(['decision/on-or-not#2']);
  });
});

describe('a plan that leaves its course with a track beside it', () => {
  it('takes the track along: its work before the procedure falls away, its gates close, its booking ends', () => {
    const plan = besideOperations();
    observeRash(plan, false);
    start(plan, 'month-1');
    book(plan, 'month-1', '2026-03-09');
    leave(plan, 'postponement', at('2026-03-03'));
    expect(chartsOf(plan)).toEqual({ main: 'postponement', medicine: 'postponement' });
    expect(plan.state.tracks.medicine?.leftFrom).toBe('month-1.procedure');
    expect(plan.state.bookings['month-1']?.status).toBe('cancelled');
    expect(plan.state.gates[0]?.closedAt).toBe(at('2026-03-03'));
    expect(plan.state.tasks['month-1.ready/bloods']?.status).toBe('cancelled');
    expect(Object.keys(plan.state.waits).filter((id) => /^(start|report)/.test(id))).toEqual([]);
  });

  it('brings it back to its gate, which is asked anew, wherever the main course returns to', () => {
    const exit = { reviewEvery: for_(7, 'day'), closesAfter: for_(90, 'day'), tasks: [] };
    const plan = besideOperations({
      assessment: [taskOf('look')],
      exits: { postponement: { ...exit, returnsTo: 'assessment' } },
    });
    plan.complete('assessment/look');
    observeRash(plan, false);
    start(plan, 'month-1');
    leave(plan, 'postponement', at('2026-03-03'));
    comeBack(plan, at('2026-03-06'));
    expect(chartsOf(plan).medicine).toBe('month-1.ready');
    expect(plan.state.tracks.medicine?.leftFrom).toBeUndefined();
    expect(openTasks(plan)).toContain('month-1.ready/bloods');
    expect(refusalOf(start(plan, 'month-2')).code).toBe('CC3002');
  });

  it('does not come back for a report of the track: that is kept, and its care is asked for', () => {
    const plan = besideOperations();
    leave(plan, 'postponement', at('2026-03-03'));
    const { state } = plan.report('month-1', '2026-03-04', at('2026-03-04'));
    expect(chartsOf(plan)).toEqual({ main: 'postponement', medicine: 'postponement' });
    expect(state.performed).toHaveLength(1);
    expect(state.performed[0]?.movedFrom?.leave).toBeUndefined();
    expect(state.leave?.exit).toBe('postponement');
    comeBack(plan, at('2026-03-06'));
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'month-1.recovery' });
    expect(openTasks(plan)).toContain('month-1.recovery/call');
  });

  it('comes back whole by a report of its main course', () => {
    const plan = besideOperations();
    leave(plan, 'postponement', at('2026-03-03'));
    plan.report('first', '2026-03-04', at('2026-03-04'));
    expect(chartsOf(plan)).toEqual({ main: 'first.recovery', medicine: 'month-1.ready' });
  });

  it('goes with it from one exit to another, and still knows where it was', () => {
    const plan = besideOperations();
    leave(plan, 'postponement', at('2026-03-03'));
    leave(plan, 'conservative', at('2026-03-04'));
    expect(plan.state.tracks.medicine).toMatchObject({ chart: 'conservative', leftFrom: 'month-1.ready' });
    comeBack(plan, at('2026-03-05'));
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'month-1.ready' });
  });

  it('does not ask for the tasks of the exit twice', () => {
    const plan = besideOperations({
      exits: {
        postponement: {
          ...{ reviewEvery: for_(7, 'day'), closesAfter: for_(90, 'day'), returnsTo: 'where it left' },
          tasks: [taskOf('talk', { due: { to: for_(3, 'day'), after: 'exit' } })],
        },
      },
    });
    leave(plan, 'postponement', at('2026-03-03'));
    plan.complete('postponement/talk');
    plan.report('month-1', '2026-03-04', at('2026-03-05'));
    expect(plan.state.tasks['postponement/talk']?.status).toBe('completed');
  });
});

describe('the end', () => {
  const ended = (): RunningPlan => {
    const plan = besideOperations();
    observeRash(plan, false);
    plan.report('first', '2026-03-02');
    plan.complete('first.recovery/visit');
    plan.report('second', '2026-03-03', at('2026-03-03'));
    for (const task of openTasks(plan).filter((id) => id.startsWith('plan/'))) plan.complete(task);
    return plan;
  };

  it('of the main course leaves a track running, whose start somebody owes; the plan is not over', () => {
    const plan = ended();
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'month-1.ready' });
    expect(plan.state.status).toBe('active');
    expect(plan.state.waits['start/month-1']).toBeDefined();
    expect(plan.state.wake.at).not.toBeNull();
  });

  it('of the last track ends the plan', () => {
    const plan = ended();
    plan.report('month-1', '2026-03-04', at('2026-03-04'));
    plan.complete('month-1.recovery/call');
    plan.report('month-2', '2026-03-05', at('2026-03-05'));
    for (const task of openTasks(plan)) plan.complete(task);
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'completed' });
    expect(plan.state).toMatchObject({ status: 'completed', waits: {}, wake: { at: null } });
  });

  it('by whoever cancels stops what still runs beside a course that was completed', () => {
    const plan = ended();
    expect(plan.cancel(at('2026-03-05')).answer.outcome).toBe('accepted');
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'cancelled' });
    expect(plan.state.status).toBe('completed');
    expect(refusalOf(plan.cancel(at('2026-03-06')).answer).code).toBe('CC3003');
  });

  it.each(['cancelled', 'declined'] as const)('of a plan that is %s is that of its tracks', (how) => {
    const plan = besideOperations();
    book(plan, 'month-1', '2026-03-09');
    if (how === 'cancelled') plan.cancel(at('2026-03-03'));
    else leave(plan, 'declined', at('2026-03-03'));
    expect(chartsOf(plan)).toEqual({ main: how, medicine: 'cancelled' });
    expect(openTasks(plan)).toEqual(['plan/calendar-month-1-1']);
    plan.complete('plan/calendar-month-1-1');
    expect(plan.state).toMatchObject({ status: 'revoked', waits: {} });
  });

  it('of an exit that is closed is that of its tracks', () => {
    const plan = besideOperations();
    leave(plan, 'postponement', at('2026-03-03'));
    sleepUntil(plan, at('2027-12-01'));
    expect(chartsOf(plan)).toEqual({ main: 'cancelled', medicine: 'cancelled' });
  });

  it('is not undone by a report of a track, which is kept', () => {
    const plan = besideOperations();
    plan.cancel(at('2026-03-03'));
    plan.report('month-1', '2026-03-04', at('2026-03-04'));
    expect(chartsOf(plan)).toEqual({ main: 'cancelled', medicine: 'cancelled' });
    expect(plan.state.performed).toHaveLength(1);
  });
});

describe('a track that an outcome starts', () => {
  const starting = () =>
    besideOperations({
      stages: [stageOf('first'), stageOf('second'), stageOf('month-1')],
      tracks: [trackOf('medicine', ['month-1'], { starts: 'by decision' })],
      course: itemsOf('first', 'decision after', 'second'),
      decisions: [
        decisionOf('after', {
          outcomes: {
            plain: [{ do: 'go' }],
            tablets: [{ do: 'start', track: 'medicine' }, { do: 'go' }],
            later: [
              { do: 'start', track: 'medicine' },
              { do: 'wait', for: for_(7, 'day'), atMost: 2 },
            ],
            off: [
              { do: 'start', track: 'medicine' },
              { do: 'exit', exit: 'referral' },
            ],
            done: [{ do: 'start', track: 'medicine' }, { do: 'end' }],
          },
        }),
      ],
      rules: [],
    });
  const decided = (...outcomes: string[]): RunningPlan => {
    const plan = starting();
    plan.report('first', '2026-03-02');
    for (const outcome of outcomes) decide(plan, openQuestions(plan)[0] ?? '', outcome);
    return plan;
  };

  it.each([
    ['plain', { main: 'second.ready', medicine: 'waiting' }],
    ['tablets', { main: 'second.ready', medicine: 'month-1.ready' }],
    ['off', { main: 'referral', medicine: 'referral' }],
    ['done', { main: 'completed', medicine: 'month-1.ready' }],
  ])('%s leads there', (outcome, charts) => expect(chartsOf(decided(outcome))).toEqual(charts));

  it('started twice, has begun once', () => {
    const plan = decided('later', 'later', 'tablets');
    expect(chartsOf(plan)).toEqual({ main: 'second.ready', medicine: 'month-1.ready' });
    expect(kinds(plan.journal).filter((kind) => kind === 'track.started')).toHaveLength(1);
  });

  it('begins, too, by a report of what it is', () => {
    const plan = starting();
    plan.report('month-1', '2026-03-02');
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'completed' });
  });

  it('is not booked before it has begun; an appointment that stands is taken, and is to be moved', () => {
    const plan = starting();
    const asked = plan.send(
      eventOf('bookAppointment', { stage: 'month-1', on: '2026-03-09' }, { actor: coordinator }),
    );
    expect(refusalOf(asked.answer).reasons[0]?.says).toMatch(
      /Track medicine has not begun: it begins once that is decided/,
    );
    book(plan, 'month-1', '2026-03-09');
    expect(plan.state.bookings['month-1']?.status).toBe('booked');
    expect(openTasks(plan)).toContain('plan/move-month-1');
  });
});

describe('intervals between a track and the main course', () => {
  it('close the gate of either until the other is long enough ago', () => {
    const plan = besideOperations({
      rules: [],
      intervals: [
        intervalOf('after-tablets', atStage('end of month-1'), 'second-procedure', {
          minimum: for_(28, 'day'),
        }),
      ],
    });
    plan.report('month-1', '2026-03-02');
    plan.report('first', '2026-03-02');
    plan.complete('first.recovery/visit');
    plan.consent('second-consent', '2026-03-02');
    expect(refusalOf(plan.start('second', at('2026-03-29'))).reasons[0]).toMatchObject({ invariant: 'S3' });
    expect(plan.start('second', at('2026-03-30')).outcome).toBe('accepted');
  });
});

describe('three tracks at once', () => {
  it('settle in a step, and each is on its own', () => {
    const names = ['one', 'two', 'three'];
    const plan = besideOperations({
      rules: [],
      stages: [stageOf('first'), ...names.flatMap((name) => [stageOf(`${name}-a`), stageOf(`${name}-b`)])],
      tracks: names.map((name) => trackOf(name, [`${name}-a`, `${name}-b`])),
    });
    plan.report('two-a', '2026-03-02');
    expect(chartsOf(plan)).toEqual({
      main: 'first.ready',
      one: 'one-a.ready',
      two: 'two-b.ready',
      three: 'three-a.ready',
    });
    leave(plan, 'postponement', at('2026-03-03'));
    comeBack(plan, at('2026-03-04'));
    expect(chartsOf(plan).two).toBe('two-b.ready');
    plan.cancel(at('2026-03-05'));
    expect(new Set(Object.values(chartsOf(plan)))).toEqual(new Set(['cancelled']));
  });
});
