import {
  book,
  comeBack,
  decide,
  decisionOf,
  exitTo,
  leave,
  openQuestions,
  openTasks,
  sleepUntil,
} from '../../support/decided.ts';
import {
  alertOf,
  factOf,
  for_,
  ladderOf,
  leaf,
  rung,
  stageOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import { coordinator, eventOf, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { repeating } from '../../support/tasks.ts';
import { besideOperations, chartsOf, trackOf } from '../../support/tracks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const EXITS = ['postponement', 'further-evaluation', 'conservative', 'referral'] as const;

/** The operations are done; the tablets go on. */
const afterCourse = (more: Variation = {}): RunningPlan => {
  const plan = besideOperations(more);
  plan.observe([{ fact: 'rash', value: false }]);
  for (const stage of ['first', 'second']) {
    plan.report(stage, '2026-03-02');
    for (const task of openTasks(plan).filter((id) => /^(first|second|plan)\b/.test(id))) plan.complete(task);
  }
  expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'month-1.ready' });
  return plan;
};
const both = (chart: string) => ({ main: chart, medicine: chart });

describe('a track that runs on after the main course has ended', () => {
  it.each(EXITS)('leaves its course to %s, and returns to where it was', (exit) => {
    const plan = afterCourse();
    expect(leave(plan, exit, at('2026-03-03')).answer).toMatchObject({ outcome: 'accepted' });
    expect(chartsOf(plan)).toEqual(both(exit));
    expect(plan.state).toMatchObject({ status: 'on-hold', leave: { exit, from: 'completed' } });
    expect(comeBack(plan, at('2026-03-05')).answer).toMatchObject({ outcome: 'accepted' });
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'month-1.ready' });
    expect(plan.state).toMatchObject({ status: 'active' });
    expect(plan.state.leave).toBeUndefined();
    expect(openTasks(plan)).toContain('month-1.ready/bloods');
    plan.consent('month-1-consent', '2026-03-02');
    expect(plan.start('month-1', at('2026-03-05'))).toMatchObject({ outcome: 'accepted' });
  });

  it('returns the main course to its end, whatever phase the exit returns to', () => {
    const exit = { reviewEvery: for_(7, 'day'), closesAfter: for_(90, 'day'), tasks: [] };
    const plan = afterCourse({ exits: { postponement: { ...exit, returnsTo: 'assessment' } } });
    leave(plan, 'postponement', at('2026-03-03'));
    comeBack(plan, at('2026-03-05'));
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'month-1.ready' });
  });

  it('leaves by an outcome of its own', () => {
    const plan = afterCourse({
      tracks: [trackOf('medicine', ['month-1', 'decision on', 'month-2'])],
      stages: [stageOf('first'), stageOf('second'), stageOf('month-1'), stageOf('month-2')],
      decisions: [decisionOf('on', { outcomes: { off: exitTo('referral'), go: [{ do: 'go' }] } })],
      rules: [],
    });
    plan.report('month-1', '2026-03-03', at('2026-03-03'));
    decide(plan, openQuestions(plan)[0] ?? '', 'off');
    expect(chartsOf(plan)).toEqual(both('referral'));
    expect(openTasks(plan).filter((id) => id.includes('decided'))).toEqual([]);
    comeBack(plan, at('2026-03-05'));
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'on.decision' });
  });

  it('drops what leads to a procedure: gates, bookings, work before it', () => {
    const plan = afterCourse();
    plan.consent('month-1-consent', '2026-03-02');
    plan.start('month-1');
    book(plan, 'month-1', '2026-03-09');
    leave(plan, 'postponement', at('2026-03-03'));
    expect(plan.state.bookings['month-1']?.status).toBe('cancelled');
    expect(plan.state.gates[0]?.closedAt).toBe(at('2026-03-03'));
    expect(plan.state.tasks['month-1.ready/bloods']?.status).toBe('cancelled');
  });

  it('goes from one exit to another, and still knows where it was', () => {
    const plan = afterCourse();
    leave(plan, 'postponement', at('2026-03-03'));
    leave(plan, 'referral', at('2026-03-04'));
    expect(plan.state.leave?.from).toBe('completed');
    comeBack(plan, at('2026-03-05'));
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'month-1.ready' });
  });

  it.each([
    ['there', () => undefined],
    ['in an exit', (plan: RunningPlan) => leave(plan, 'postponement', at('2026-03-03'))],
  ])('is not declined: what was planned is done, %s', (_where, first) => {
    const plan = afterCourse();
    first(plan);
    expect(refusalOf(leave(plan, 'declined', at('2026-03-04')).answer)).toMatchObject({
      code: 'CC3003',
      says: 'The plan is completed already.',
    });
  });

  it('once it is over, leaves no more', () => {
    const plan = afterCourse();
    plan.cancel(at('2026-03-03'));
    expect(refusalOf(leave(plan, 'postponement', at('2026-03-04')).answer).code).toBe('CC3003');
  });
});

describe('a plan off its course, which had come to its end but for a track', () => {
  const off = (more: Variation = {}): RunningPlan => {
    const plan = afterCourse(more);
    leave(plan, 'postponement', at('2026-03-03'));
    return plan;
  };

  it('is looked at: the coordinator is asked whether it returns, and the answer brings it back', () => {
    const plan = off();
    expect(plan.state.waits['exit/postponement']?.owner).toBe('coordinator');
    for (let round = 0; openQuestions(plan).length === 0 && round < 50; round += 1)
      plan.wake(plan.state.wake.at ?? '');
    const [asked = ''] = openQuestions(plan);
    expect(asked).toMatch(/^exit\/postponement/);
    decide(plan, asked, 'return', { role: 'coordinator', by: coordinator });
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'month-1.ready' });
  });

  it.each(['postponement', 'referral'] as const)(
    'that did not return by its day from %s is closed: the track ends, the main course stays completed',
    (exit) => {
      const plan = afterCourse();
      leave(plan, exit, at('2026-03-03'));
      sleepUntil(plan, at('2027-12-01'));
      expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'cancelled' });
      const tell = openTasks(plan).filter((id) => id.includes(`closed-${exit}`));
      expect(tell).toHaveLength(1);
      for (const task of openTasks(plan)) plan.complete(task);
      expect(plan.state).toMatchObject({ status: 'completed', waits: {}, wake: { at: null } });
    },
  );

  it('that is cancelled ends the track; the main course stays completed', () => {
    const plan = off();
    expect(plan.cancel(at('2026-03-04')).answer).toMatchObject({ outcome: 'accepted' });
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'cancelled' });
    expect(plan.state.leave).toBeUndefined();
    expect(plan.state.status).toBe('completed');
  });

  it('keeps a report of the main course, which stays completed', () => {
    const plan = off();
    const { state } = plan.report('second', '2026-03-03', at('2026-03-04'));
    expect(chartsOf(plan)).toEqual(both('postponement'));
    expect(state.performed.filter(({ stage }) => stage === 'second')).toHaveLength(2);
    const data = { stage: 'second', performedOn: '2026-03-03', reason: 'of another patient' };
    plan.send(eventOf('report.withdrawn', data), at('2026-03-05'));
    expect(plan.state.leave?.from).toBe('completed');
    comeBack(plan, at('2026-03-06'));
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'month-1.ready' });
  });

  it('keeps the care after what was done of it', () => {
    const plan = afterCourse();
    plan.report('month-1', '2026-03-03', at('2026-03-03'));
    leave(plan, 'postponement', at('2026-03-04'));
    expect(openTasks(plan)).toContain('month-1.recovery/call');
    comeBack(plan, at('2026-03-05'));
    expect(openTasks(plan)).toContain('month-1.recovery/call');
  });

  it('keeps what is done in an emergency, and its hold, there and back', () => {
    const plan = afterCourse({
      ladders: [
        ladderOf([rung({ when: 'start' })]),
        ladderOf([rung({ when: 'start' })], for_(1, 'hour'), 'emergency'),
      ],
      stages: [
        stageOf('first'),
        stageOf('second'),
        stageOf('month-1', { traits: ['tablets'], beforeEach: [taskOf('bloods', { ladder: 'emergency' })] }),
        stageOf('month-2'),
      ],
    });
    plan.observe([{ fact: 'rash', value: true }], at('2026-03-03'));
    leave(plan, 'postponement', at('2026-03-03'));
    const stays = () => {
      expect(openTasks(plan)).toContain('month-1.ready/bloods');
      expect(Object.keys(plan.state.holds)).toEqual(['month-1/rash-stops-tablets']);
    };
    stays();
    comeBack(plan, at('2026-03-05'));
    stays();
  });

  it('begins nothing of the course anew: no work alongside, no care whose rows had ended, no review', () => {
    const plan = afterCourse({
      reviews: [{ review: 'look', every: for_(7, 'day') }],
      decisions: [decisionOf('look')],
      alongside: [repeating('heart-check', for_(3, 'day')), taskOf('diary')],
      stages: [
        stageOf('first', { recovery: [repeating('dressing', for_(1, 'day'))] }),
        ...['second', 'month-1', 'month-2'].map((stage) => stageOf(stage)),
      ],
    });
    const open = openTasks(plan);
    expect(open).toEqual(['course/diary']);
    leave(plan, 'postponement', at('2026-03-03'));
    sleepUntil(plan, at('2026-03-20'));
    comeBack(plan, at('2026-03-21'));
    sleepUntil(plan, at('2026-04-20'));
    expect(openTasks(plan)).toEqual(open);
    expect(openQuestions(plan)).toEqual([]);
  });

  it('is back at its end as soon as an answer has ended the last track', () => {
    const plan = afterCourse({
      facts: [factOf('rash', { kind: 'yes or no' })],
      rules: [],
      alerts: [
        alertOf('itch', { all: [leaf('rash', 'equal', true)] }, { decide: 'reaction', of: ['tablets'] }),
      ],
      decisions: [decisionOf('reaction', { outcomes: { stop: [{ do: 'end' }], fine: [{ do: 'go' }] } })],
    });
    plan.report('month-1', '2026-03-03', at('2026-03-03'));
    plan.observe([{ fact: 'rash', value: true }], at('2026-03-04'));
    leave(plan, 'postponement', at('2026-03-05'));
    decide(plan, 'decision/reaction', 'stop', { now: at('2026-03-06') });
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'completed' });
    expect(plan.state.leave).toBeUndefined();
    expect(plan.state.waits['exit/postponement']).toBeUndefined();
  });

  it('does not come back because an alert about the finished operation says that the course ends', () => {
    const plan = afterCourse({
      rules: [],
      stages: [
        stageOf('first'),
        stageOf('second', { traits: ['surgery'] }),
        stageOf('month-1'),
        stageOf('month-2'),
      ],
      alerts: [
        alertOf('itch', { all: [leaf('rash', 'equal', true)] }, { decide: 'reaction', of: ['surgery'] }),
      ],
      decisions: [decisionOf('reaction', { outcomes: { stop: [{ do: 'end' }], fine: [{ do: 'go' }] } })],
    });
    leave(plan, 'postponement', at('2026-03-03'));
    plan.observe([{ fact: 'rash', value: true }], at('2026-03-04'));
    decide(plan, 'decision/reaction', 'stop', { now: at('2026-03-05') });
    expect(chartsOf(plan)).toEqual(both('postponement'));
  });
});
