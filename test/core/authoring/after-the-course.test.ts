import { comeBack, decide, leave, openQuestions, openTasks, sleepUntil } from '../../support/decided.ts';
import { on } from '../../support/staged.ts';
import { waitOf } from '../../support/tasks.ts';
import { begun, CONSENT, day, dermatologist } from './programme-sample.ts';

/** One session, one more for whoever wants it, and what follows. */
const COURSE = `course:
  - stage: programme
    title: Programme
    procedure: expander-fill
    ${CONSENT}
  - stage: extra
    title: One more
    optional: dermatologist
    procedure: expander-fill
    ${CONSENT}
    onlyFor: [mild]
  - maintenance: follow-up
    title: Follow-up
    lasts: 1 year
    tasks:
      - { task: letter, title: Letter, role: nurse, due: 30 days after last session }
      - { task: call, title: Call, role: nurse, every: 3 months }
alongside:
  - review: progress
    every: 42 days
    by: dermatologist
    due: 7 days after asked
    outcomes: { as-planned: go, pause: { exit: postponement }, stop: end, once-more: { to: extra, atMost: 1 }, risk: { choose: risk } }
exits:
  further-evaluation: { returnsTo: assessment }
`;
const FOLLOW_UP = 'follow-up.maintenance';
const LETTER = `${FOLLOW_UP}/letter`;
const CALL = `${FOLLOW_UP}/call`;
const MIDNIGHT = 'T05:00:00.000Z';

/** After the one session, given on the first day. */
function afterOne(more: Parameters<typeof begun>[1] = {}) {
  const begunPlan = begun(COURSE, more);
  begunPlan.give('programme', day(0));
  return begunPlan;
}

/** In the follow-up, the optional session left out on the second day. */
function followed(more: Parameters<typeof begun>[1] = {}) {
  const { plan, ...hands } = afterOne(more);
  decide(plan, 'decision/extra-or-not', 'leave-out', { by: dermatologist, now: on(day(1)) });
  expect(plan.state.chart).toBe(FOLLOW_UP);
  return { plan, ...hands };
}

describe('a stage that may be left out before a follow-up', () => {
  it('is asked first, and left out leads there', () => {
    const { plan } = afterOne();
    expect(plan.state.chart).toBe('extra-or-not.decision');
    decide(plan, 'decision/extra-or-not', 'leave-out', { by: dermatologist, now: on(day(1)) });
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(openTasks(plan)).toEqual([LETTER, CALL]);
    expect(waitOf(plan, LETTER)?.dueAt.slice(0, 10)).toBe(day(31));
  });

  it('is done where it is wanted, and the follow-up counts from it', () => {
    const { plan, give } = afterOne();
    decide(plan, 'decision/extra-or-not', 'go-ahead', { by: dermatologist });
    give('extra', day(20));
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(waitOf(plan, LETTER)?.dueAt.slice(0, 10)).toBe(day(51));
  });

  it('is not even asked of whom it is not for', () => {
    const { plan } = afterOne({ severity: 'severe' });
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(openQuestions(plan)).toEqual([]);
  });
});

describe('a report that led into a follow-up and was wrong', () => {
  it('leads back to the gate, and nothing of the follow-up is owed', () => {
    const { plan, desk, give } = afterOne({ severity: 'severe' });
    desk.withdraw('programme', day(0), on(day(1)));
    expect(plan.state.chart).toBe('programme.ready');
    expect(openTasks(plan).filter((id) => id.startsWith(FOLLOW_UP))).toEqual([]);
    give('programme', day(10));
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(openTasks(plan).filter((id) => id.startsWith(FOLLOW_UP))).toEqual([LETTER, CALL]);
    expect(waitOf(plan, LETTER)?.dueAt.slice(0, 10)).toBe(day(41));
  });

  it('leads back to the gate when the plan comes back to its course, if it was off it by then', () => {
    const { plan, desk } = afterOne({ severity: 'severe' });
    leave(plan, 'postponement', on(day(1)));
    desk.withdraw('programme', day(0), on(day(2)));
    expect(openTasks(plan).filter((id) => id.startsWith(FOLLOW_UP))).toEqual([]);
    comeBack(plan, on(day(3)));
    expect(plan.state.chart).toBe('programme.ready');
  });
});

describe('a follow-up', () => {
  it('goes on in an exit that a review leads to, asks no review there, and is come back to as it was', () => {
    const { plan } = followed();
    sleepUntil(plan, `${day(42)}${MIDNIGHT}`);
    decide(plan, 'decision/progress', 'pause', { by: dermatologist });
    expect(plan.state.chart).toBe('postponement');
    expect(openTasks(plan)).toEqual(expect.arrayContaining([LETTER, CALL]));
    const due = waitOf(plan, CALL)?.dueAt;
    plan.complete(LETTER);
    sleepUntil(plan, `${day(85)}${MIDNIGHT}`);
    expect(openQuestions(plan).filter((id) => id.startsWith('decision/progress'))).toEqual([]);
    comeBack(plan, on(day(90)));
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(openTasks(plan)).toEqual([CALL]);
    expect(waitOf(plan, CALL)?.dueAt).toBe(due);
    sleepUntil(plan, `${day(126)}${MIDNIGHT}`);
    expect(openQuestions(plan)).toEqual(['decision/progress#2']);
  });

  it('is come back to as it was by way of the assessment, whose choices are made anew', () => {
    const { plan } = followed();
    plan.complete(LETTER, on(day(2)));
    const due = waitOf(plan, CALL)?.dueAt;
    leave(plan, 'further-evaluation', on(day(10)));
    comeBack(plan, on(day(20)));
    expect(plan.state.chart).toBe('assessment');
    for (const [choice, value] of Object.entries({ severity: 'mild', risk: 'high' }))
      decide(plan, `decision/${choice}#2`, value, { by: dermatologist });
    expect(openQuestions(plan)).toEqual(['decision/extra-or-not#2']);
    decide(plan, 'decision/extra-or-not#2', 'leave-out', { by: dermatologist });
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(openTasks(plan)).toEqual([CALL]);
    expect(waitOf(plan, CALL)).toMatchObject({ dueAt: due, climbs: 'urgent' });
  });

  it('ends with the plan where a review ends that', () => {
    const { plan } = followed();
    sleepUntil(plan, `${day(42)}${MIDNIGHT}`);
    decide(plan, 'decision/progress', 'stop', { by: dermatologist });
    expect(plan.state).toMatchObject({ chart: 'completed' });
    expect(openTasks(plan)).toEqual([LETTER]);
    plan.complete(LETTER);
    expect(plan.state).toMatchObject({ status: 'completed', waits: {}, wake: { at: null } });
  });

  it('is over by itself on its last day, whatever review is open then', () => {
    const { plan } = followed();
    plan.complete(LETTER, on(day(1)));
    sleepUntil(plan, '2027-03-05T04:59:59.000Z');
    expect(plan.state.chart).toBe('completed');
    expect(openQuestions(plan)).toEqual([]);
  });

  it('falls away where a review leads back to a stage, and begins anew behind that', () => {
    const { plan, give } = followed();
    plan.complete(LETTER, on(day(2)));
    sleepUntil(plan, `${day(42)}${MIDNIGHT}`);
    decide(plan, 'decision/progress', 'once-more', { by: dermatologist });
    expect(plan.state.chart).toBe('extra.ready');
    expect(openTasks(plan)).toEqual([]);
    give('extra', day(50));
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(openTasks(plan)).toEqual([LETTER, CALL]);
    expect(waitOf(plan, LETTER)?.dueAt.slice(0, 10)).toBe(day(81));
  });
});

describe('a review of a plan of high risk', () => {
  it.each([
    ['high', 'urgent'],
    ['standard', undefined],
  ])('climbs the ladder for it, in a follow-up too: %s', (risk, climbs) => {
    const { plan } = followed({ risk });
    sleepUntil(plan, `${day(42)}${MIDNIGHT}`);
    expect(plan.state.waits['question/decision/progress']).toMatchObject({
      ladder: 'standard',
      ...(climbs ? { climbs } : {}),
    });
    expect(plan.state.waits['question/decision/progress']?.climbs).toBe(climbs);
  });

  it('may raise the risk, and from then on all that waits climbs that ladder, the next review too', () => {
    const { plan } = followed();
    sleepUntil(plan, `${day(42)}${MIDNIGHT}`);
    decide(plan, 'decision/progress', 'risk', { by: dermatologist });
    decide(plan, 'decision/risk#2', 'high', { by: dermatologist });
    expect(waitOf(plan, CALL)?.climbs).toBe('urgent');
    sleepUntil(plan, `${day(84)}${MIDNIGHT}`);
    expect(plan.state.waits['question/decision/progress#2']?.climbs).toBe('urgent');
  });
});
