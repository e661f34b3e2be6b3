import { decide, openQuestions, openTasks, sleepUntil } from '../../support/decided.ts';
import { givenIn, owed } from '../../support/listed.ts';
import { on } from '../../support/staged.ts';
import { begun, CONSENT, day, dermatologist, undecided } from './programme-sample.ts';

/** Work, visits and follow-up of two severities, and a review at which the other may be chosen. */
const COURSE = `course:
  - stage: programme
    title: Programme
    ${CONSENT}
    sessions:
      - { session: first, title: First, procedures: [expander-fill] }
      - { session: second-mild, title: Second, procedures: [expander-fill], onlyFor: [mild] }
      - { session: second-severe, title: Second of the severe, procedures: [expander-fill], onlyFor: [severe] }
      - { session: third-severe, title: Third of the severe, procedures: [expander-fill], onlyFor: [severe], with: [cycle] }
  - decision: and-then
    title: And then?
    by: dermatologist
    due: 14 days after last session
    outcomes: { follow: go, stop: end }
  - maintenance: follow-up
    title: Follow-up
    lasts: 3 years
    tasks:
      - { task: letter, title: Letter, role: nurse, due: 30 days after stage, onlyFor: [mild] }
      - { task: scan, title: Scan, role: nurse, every: 6 months, onlyFor: [severe] }
      - { task: call, title: Call, role: nurse, every: 1 year }
alongside:
  - { task: diary, title: Diary, role: nurse, every: 1 month, onlyFor: [severe] }
  - { task: ring, title: Ring, role: nurse, due: 14 days after first session, onlyFor: [mild] }
  - review: progress
    every: 42 days
    by: dermatologist
    due: 7 days after asked
    outcomes: { as-planned: go, other: { choose: severity } }
`;

type Plan = ReturnType<typeof begun>['plan'];

const MIDNIGHT = 'T05:00:00.000Z';

/** At the nth review another severity is chosen. */
function chooseAtReview(plan: Plan, number: number, severity: string): void {
  sleepUntil(plan, `${day(42 * number)}${MIDNIGHT}`);
  const [review = ''] = openQuestions(plan).filter((id) => id.startsWith('decision/progress'));
  decide(plan, review, 'other', { by: dermatologist });
  const [asked = ''] = openQuestions(plan).filter((id) => id.startsWith('decision/severity'));
  decide(plan, asked, severity, { by: dermatologist });
}

const DIARY = 'course/diary';
const RING = 'course/ring';
const LETTER = 'follow-up.maintenance/letter';
const SCAN = 'follow-up.maintenance/scan';
const CALL = 'follow-up.maintenance/call';

describe('what is for some patients only', () => {
  it.each([
    ['mild', [RING], ['first', 'second-mild'], [CALL, LETTER, RING]],
    ['severe', [DIARY], ['first', 'second-severe', 'third-severe'], [DIARY, CALL, SCAN]],
  ])('is done for them and nobody else, all along the course: %s', (severity, beside, given, after) => {
    const { plan, give } = begun(COURSE, { severity });
    for (const [index] of given.entries()) {
      give('programme', day(index));
      expect(openTasks(plan)).toEqual(beside);
    }
    expect(givenIn(plan)).toEqual(given);
    decide(plan, 'decision/and-then', 'follow', { by: dermatologist });
    expect(openTasks(plan).sort()).toEqual([...after].sort());
  });

  it('changes with a choice that a review led to, while sessions are owed', () => {
    const { plan, give } = begun(COURSE);
    give('programme', day(0));
    expect(openTasks(plan)).toEqual([RING]);
    chooseAtReview(plan, 1, 'severe');
    expect(openTasks(plan)).toEqual([DIARY]);
    expect(owed(plan)).toBe('Book Programme: Second of the severe, session 2 of 3');
    expect(plan.state.questions['decision/progress']?.answer?.took).toBe('go');
  });

  it('changes off a stage as well, at a decision of the course, and that stays open', () => {
    const { plan, give } = begun(COURSE);
    give('programme', day(0));
    give('programme', day(1));
    expect(plan.state.chart).toBe('and-then.decision');
    chooseAtReview(plan, 1, 'severe');
    expect(plan.state.chart).toBe('and-then.decision');
    expect(openQuestions(plan)).toEqual(['decision/and-then']);
    expect(openTasks(plan)).toEqual([DIARY]);
    decide(plan, 'decision/and-then', 'follow', { by: dermatologist });
    expect(openTasks(plan).sort()).toEqual([DIARY, CALL, SCAN].sort());
  });

  it('changes in the middle of a follow-up, there and back', () => {
    const { plan, give } = begun(COURSE);
    give('programme', day(0));
    give('programme', day(1));
    decide(plan, 'decision/and-then', 'follow', { by: dermatologist });
    chooseAtReview(plan, 1, 'severe');
    expect(openTasks(plan).sort()).toEqual([DIARY, CALL, SCAN].sort());
    chooseAtReview(plan, 2, 'mild');
    expect(openTasks(plan).sort()).toEqual([CALL, LETTER, RING].sort());
    expect(plan.state.chart).toBe('follow-up.maintenance');
  });

  it('is done once: a letter that was sent is not sent again when the choice comes back', () => {
    const { plan, give } = begun(COURSE);
    give('programme', day(0));
    give('programme', day(1));
    decide(plan, 'decision/and-then', 'follow', { by: dermatologist });
    plan.complete(LETTER, on(day(2)));
    plan.complete(RING, on(day(2)));
    chooseAtReview(plan, 1, 'severe');
    chooseAtReview(plan, 2, 'mild');
    expect(openTasks(plan)).toEqual([CALL]);
  });

  it('is not asked by a review while what the last one led to is open', () => {
    const { plan } = begun(COURSE);
    sleepUntil(plan, `${day(42)}${MIDNIGHT}`);
    decide(plan, 'decision/progress', 'other', { by: dermatologist });
    sleepUntil(plan, `${day(90)}${MIDNIGHT}`);
    expect(openQuestions(plan)).toEqual(['decision/severity#2']);
    decide(plan, 'decision/severity#2', 'mild', { by: dermatologist, now: on(day(100)) });
    sleepUntil(plan, `${day(126)}${MIDNIGHT}`);
    expect(openQuestions(plan)).toEqual(['decision/progress#2']);
  });
});

describe('a choice that a report went past', () => {
  it('is asked for in a follow-up as well, and nothing that hangs on it is done before', () => {
    const plan = undecided(COURSE);
    plan.report('programme', day(0), on(day(0)));
    expect(plan.state.chart).toBe('programme.ready');
    expect(openQuestions(plan)).toEqual(['decision/severity#2', 'decision/risk#2']);
    for (const [index, session] of ['second-mild', 'second-severe', 'third-severe'].entries())
      plan.send(
        {
          ...{ id: `told-${session}`, source: 'front-desk', actor: dermatologist },
          ...{ type: 'procedure.performed', data: { stage: 'programme', performedOn: day(index), session } },
        },
        on(day(index)),
      );
    expect(plan.state.chart).toBe('and-then.decision');
    decide(plan, 'decision/and-then', 'follow', { by: dermatologist });
    expect(plan.state.chart).toBe('follow-up.maintenance');
    expect(openQuestions(plan)).toEqual(['decision/severity#2', 'decision/risk#2']);
    expect(openTasks(plan).filter((id) => [LETTER, SCAN, DIARY, RING].includes(id))).toEqual([]);
    decide(plan, 'decision/severity#2', 'severe', { by: dermatologist });
    expect(openTasks(plan)).toEqual(expect.arrayContaining([SCAN, DIARY]));
  });
});
