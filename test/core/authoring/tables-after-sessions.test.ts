import { openQuestions, openTasks } from '../../support/decided.ts';
import { on } from '../../support/staged.ts';
import { begun, CONSENT, day, problemsOf } from './programme-sample.ts';

const BY_TABLE = `by: { table: borne-table }
        due: 3 days after session`;

const AFTER = `course:
  - stage: programme
    title: Programme
    procedure: expander-fill
    ${CONSENT}
    sessions: 2
    with: [dose]
    afterEach:
      decision:
        decision: borne
        title: How was it borne?
        ${BY_TABLE}
        outcomes: { well: go, badly: { lower: dose, atEnd: { exit: conservative } } }
`;

const BETWEEN = `course:
  - stage: programme
    title: Programme
    ${CONSENT}
    sessions:
      - { session: first, title: First, procedures: [expander-fill] }
      - decision: borne
        title: How was it borne?
        ${BY_TABLE}
        ifUnknown: dermatologist
        outcomes: { well: go, badly: { choose: severity, then: go } }
      - { session: mild-second, title: Second, procedures: [expander-fill], onlyFor: [mild] }
      - { session: severe-second, title: Second of the severe, procedures: [expander-fill], onlyFor: [severe] }
`;

const fitnessOf = (value: number) => [{ fact: 'fitness', value, from: 'clinician' as const }];
const told = (plan: ReturnType<typeof begun>['plan'], value: number, number: number) =>
  plan.observe(fitnessOf(value), on(day(number)));

describe('a table that decides after each session', () => {
  it('keeps the next gate closed, and asks for what it needs, until it has an answer', () => {
    const { plan, against, give } = begun(AFTER);
    give('programme', day(0));
    expect(openQuestions(plan)).toEqual(['decision/borne']);
    expect(plan.state.waits['question/decision/borne']?.owner).toBe('surgeon');
    expect(openTasks(plan)).toHaveLength(1);
    expect(against('programme', day(1))).toEqual(['phase']);
    told(plan, 2, 1);
    expect(openQuestions(plan)).toEqual([]);
    expect(openTasks(plan)).toEqual([]);
    expect(against('programme', day(1))).toEqual([]);
  });

  it('changes a level, decides again after the next, and only then lets the stage end', () => {
    const { plan, give } = begun(AFTER);
    give('programme', day(0));
    told(plan, 3, 0);
    expect(plan.state.levels.dose?.level).toBe('middle');
    give('programme', day(100));
    expect(plan.state.chart).toBe('programme.recovery');
    expect(openQuestions(plan)).toEqual(['decision/borne#2']);
    told(plan, 1, 100);
    expect(plan.state.chart).toBe('completed');
  });

  it('lets nobody decide in its place', () => {
    const { plan, desk, give } = begun(AFTER);
    give('programme', day(0));
    desk.answer('decision/borne', 'well');
    expect(openQuestions(plan)).toEqual(['decision/borne']);
  });

  it('asks no more of a report that is taken back', () => {
    const { plan, desk, give } = begun(AFTER);
    give('programme', day(0));
    desk.withdraw('programme', day(0));
    expect(openQuestions(plan)).toEqual([]);
    expect(openTasks(plan)).toEqual([]);
    expect(plan.state.chart).toBe('programme.ready');
  });
});

describe('a table that decides between two sessions', () => {
  it('lets the sessions go on that are for this patient', () => {
    const { plan, give } = begun(BETWEEN);
    told(plan, 1, 0);
    give('programme', day(0));
    expect(openQuestions(plan)).toEqual([]);
    give('programme', day(1));
    expect(plan.state.performed.map(({ session }) => session)).toEqual(['first', 'mild-second']);
    expect(plan.state.chart).toBe('completed');
  });

  it('may have them chosen anew', () => {
    const { plan, desk, give, against } = begun(BETWEEN);
    told(plan, 4, 0);
    give('programme', day(0));
    expect(openQuestions(plan)).toEqual(['decision/severity#2']);
    expect(against('programme', day(1))).toEqual(['phase']);
    desk.answer('decision/severity#2', 'severe');
    expect(openQuestions(plan)).toEqual(['decision/severity#2']);
  });

  it('leaves it to whom the file names while it cannot answer', () => {
    const { plan, give } = begun(BETWEEN);
    give('programme', day(0));
    expect(plan.state.questions['decision/borne']?.roles).toEqual(['dermatologist']);
  });
});

describe('a file whose table decides after a session is refused', () => {
  it.each([
    ['an answer of it that leads nowhere', 'well: go, badly:', 'badly:', 'CC1070'],
    ['an outcome that it does not give', 'well: go,', 'well: go, middling: go,', 'CC1053'],
    ['facts that are known by area', 'table: borne-table', 'table: wound-table', 'CC1066'],
    ['facts beside its own', BY_TABLE, `${BY_TABLE}\n        needs: [bmi]`, 'CC1069'],
  ])('for %s', (_says, from, to, code) => {
    expect(problemsOf(AFTER.replace(from, to)).map((problem) => problem.code)).toEqual([code]);
  });
});
