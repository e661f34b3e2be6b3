import {
  comeBack,
  decide,
  decisionOf,
  leave,
  openQuestions,
  planWith,
  sleepUntil,
} from '../../support/decided.ts';
import { for_, type Variation } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';

const LOOK = 'decision/look';
const at = (day: string): string => `${day}T16:00:00.000Z`;

/** A plan whose course began on 2 March 2026, looked at each 42 days. */
const reviewed = (more: Variation = {}): RunningPlan =>
  planWith({
    reviews: [{ review: 'look', every: for_(42, 'day') }],
    decisions: [
      decisionOf('look', {
        outcomes: {
          'as-planned': [{ do: 'go' }],
          later: [{ do: 'wait', for: for_(7, 'day'), atMost: 1 }, { do: 'go' }],
          stop: [{ do: 'exit', exit: 'conservative' }],
        },
      }),
    ],
    ...more,
  });

describe('a review', () => {
  it.each([
    ['the day before', '2026-04-13T03:59:59.000Z', []],
    ['as its day begins', '2026-04-13T04:00:00.000Z', [LOOK]],
    ['the day after', '2026-04-14T12:00:00.000Z', [LOOK]],
  ])('is asked so long after the course began: %s', (_says, now, asked) => {
    const plan = reviewed();
    expect(plan.state.wake.at).not.toBeNull();
    plan.wake(now);
    expect(openQuestions(plan)).toEqual(asked);
  });

  it('has an owner and a due time of its own', () => {
    const plan = reviewed();
    sleepUntil(plan, '2026-04-13T04:00:00.000Z');
    expect(plan.state.waits[`question/${LOOK}`]).toMatchObject({
      owner: 'dermatologist',
      dueAt: '2026-04-21T04:00:00.000Z',
    });
    expect(plan.state.questions[LOOK]?.about).toBe('review/look/1');
  });

  it('keeps nothing from going on', () => {
    const plan = reviewed();
    sleepUntil(plan, at('2026-04-13'));
    plan.consent('first-consent', '2026-04-13');
    expect(plan.start('first').outcome).toBe('accepted');
    plan.report('first', '2026-04-13', '2026-04-13T20:00:00.000Z');
    expect(plan.state.chart).toBe('second.ready');
    expect(openQuestions(plan)).toEqual([LOOK]);
  });

  it('counts the next from the beginning, however late it was answered', () => {
    const plan = reviewed();
    sleepUntil(plan, at('2026-04-13'));
    decide(plan, LOOK, 'as-planned', { now: at('2026-04-30') });
    sleepUntil(plan, '2026-05-25T03:59:59.000Z');
    expect(openQuestions(plan)).toEqual([]);
    sleepUntil(plan, '2026-05-25T04:00:00.000Z');
    expect(openQuestions(plan)).toEqual([`${LOOK}#2`]);
  });

  it.each([
    ['the second day for it passes while the first is open', '2026-06-01'],
    ['it is answered on that very day', '2026-05-25'],
  ])('is asked once at a time: %s', (_says, answeredOn) => {
    const plan = reviewed();
    sleepUntil(plan, at(answeredOn));
    expect(openQuestions(plan)).toEqual([LOOK]);
    decide(plan, LOOK, 'as-planned', { now: at(answeredOn) });
    sleepUntil(plan, '2026-07-06T03:59:59.000Z');
    expect(openQuestions(plan)).toEqual([]);
    sleepUntil(plan, '2026-07-06T04:00:00.000Z');
    expect(plan.state.questions[`${LOOK}#2`]?.about).toBe('review/look/3');
  });

  it('keeps the last that was answered, and the journal the others', () => {
    const plan = reviewed();
    sleepUntil(plan, at('2026-04-13'));
    decide(plan, LOOK, 'as-planned', { now: at('2026-04-14') });
    sleepUntil(plan, at('2026-05-25'));
    expect(Object.keys(plan.state.questions)).toEqual([`${LOOK}#2`]);
  });

  it('that is put off is asked once more, in its time', () => {
    const plan = reviewed();
    sleepUntil(plan, at('2026-04-13'));
    decide(plan, LOOK, 'later', { now: at('2026-04-14') });
    expect(openQuestions(plan)).toEqual([`${LOOK}#2`]);
    expect(plan.state.waits[`question/${LOOK}#2`]?.dueAt).toBe('2026-04-22T04:00:00.000Z');
    decide(plan, `${LOOK}#2`, 'later', { now: at('2026-04-20') });
    expect(openQuestions(plan)).toEqual([]);
    expect(plan.state.chart).toBe('first.ready');
  });

  it('can end what it looks at', () => {
    const plan = reviewed();
    sleepUntil(plan, at('2026-04-13'));
    decide(plan, LOOK, 'stop', { now: at('2026-04-14') });
    expect(plan.state.leave).toMatchObject({ exit: 'conservative', from: 'first.ready' });
  });
});

describe('off its course a plan', () => {
  it('is not asked about: the question falls away, and what came round meanwhile is left out', () => {
    const plan = reviewed();
    sleepUntil(plan, at('2026-04-13'));
    leave(plan, 'conservative', at('2026-04-14'));
    expect(openQuestions(plan)).toEqual([]);
    sleepUntil(plan, at('2026-05-26'));
    expect(openQuestions(plan).filter((id) => id.startsWith(LOOK))).toEqual([]);
    comeBack(plan, at('2026-05-27'));
    expect(openQuestions(plan)).toEqual([]);
    sleepUntil(plan, '2026-07-06T04:00:00.000Z');
    expect(plan.state.questions[`${LOOK}#2`]?.about).toBe('review/look/3');
  });

  it('and over, is not looked at any more', () => {
    const plan = reviewed();
    sleepUntil(plan, at('2026-04-13'));
    plan.cancel(at('2026-04-14'));
    expect(plan.state).toMatchObject({ status: 'revoked', waits: {}, wake: { at: null } });
  });
});

it('before its course has begun a plan has no review', () => {
  const plan = reviewed({
    decidedIn: { consultation: ['begin'], assessment: [] },
    decisions: [decisionOf('look'), decisionOf('begin')],
  });
  sleepUntil(plan, at('2026-04-20'));
  expect(openQuestions(plan)).toEqual(['decision/begin']);
  decide(plan, 'decision/begin', 'yes', { now: at('2026-04-20') });
  sleepUntil(plan, '2026-06-01T04:00:00.000Z');
  expect(openQuestions(plan)).toEqual([LOOK]);
});
