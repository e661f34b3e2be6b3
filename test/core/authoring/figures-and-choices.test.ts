import { decide, openQuestions } from '../../support/decided.ts';
import { givenIn, owed } from '../../support/listed.ts';
import { on } from '../../support/staged.ts';
import { begun, CONSENT, day, dermatologist, problemsOf } from './programme-sample.ts';

const SERIES = `course:
  - stage: programme
    title: Programme
    procedure: expander-fill
    ${CONSENT}
    sessions: the count
    spacing: { from: end, minimum: the cycle }
    with: [cycle, count]
    afterEach:
      decision:
        decision: how
        title: How is it?
        by: dermatologist
        due: 3 days after session
        outcomes: { go-on: go, other: { choose: severity } }
`;

/** After the sessions of these days, of each of which was said that it went well, the other severity is chosen. */
function chosenAnew(from: string, to: string, days: readonly number[]) {
  const { plan, against, give } = begun(SERIES, { severity: from });
  for (const [index, number] of days.entries()) {
    give('programme', day(number));
    const question = index === 0 ? 'decision/how' : `decision/how#${index + 1}`;
    const isLast = index === days.length - 1;
    decide(plan, question, isLast ? 'other' : 'go-on', { by: dermatologist });
  }
  expect(openQuestions(plan)).toEqual(['decision/severity#2']);
  expect(against('programme', day(days.at(-1) ?? 0))).toContain('phase');
  decide(plan, 'decision/severity#2', to, { by: dermatologist });
  return { plan, against, give };
}

describe('figures whose choice is made again in the middle of a series', () => {
  it('lengthen the time to the next session, and shorten the series', () => {
    const { plan, against, give } = chosenAnew('severe', 'mild', [0, 14]);
    expect(owed(plan)).toBe('Book Programme, session 3 of 3');
    expect(against('programme', day(41))).toEqual(['S3']);
    give('programme', day(42));
    decide(plan, 'decision/how#3', 'go-on', { by: dermatologist });
    expect(plan.state.chart).toBe('completed');
  });

  it('shorten the time to the next session, and lengthen the series', () => {
    const { plan, against } = chosenAnew('mild', 'severe', [0]);
    expect(owed(plan)).toBe('Book Programme, session 2 of 5');
    expect(against('programme', day(13))).toEqual(['S3']);
    const answer = plan.start('programme', on(day(14)));
    expect(answer).toMatchObject({
      outcome: 'accepted',
      figures: [
        { figure: 'cycle', value: '2 weeks' },
        { figure: 'count', value: '5' },
      ],
    });
  });

  it('end a series of which more has been given than there would have been', () => {
    const { plan } = chosenAnew('severe', 'mild', [0, 14, 28, 42]);
    expect(plan.state.chart).toBe('completed');
    expect(plan.state.performed).toHaveLength(4);
  });

  it('leave a day that was booked where it is, and tell that it is too early now', () => {
    const { plan, give, desk } = begun(SERIES, { severity: 'severe' });
    give('programme', day(0));
    desk.booked('programme', day(14), on(day(1)));
    decide(plan, 'decision/how', 'other', { by: dermatologist });
    decide(plan, 'decision/severity#2', 'mild', { by: dermatologist });
    expect(plan.state.bookings.programme).toMatchObject({ on: day(14), status: 'booked' });
    expect(Object.values(plan.state.tasks).map(({ title }) => title)).toContainEqual(
      expect.stringContaining(day(14)),
    );
  });
});

describe('a number of sessions that a figure says', () => {
  const ended = (sessions: string): string =>
    SERIES.replace('sessions: the count', `sessions: ${sessions}\n    untilWhen: { expanderFull: is yes }`);

  it('is owed to its end, so that nothing ends it early', () => {
    expect(problemsOf(ended('the count')).map(({ code, help }) => [code, help])).toEqual([
      ['CC1069', 'write `sessions: up to n`'],
    ]);
  });

  it.each([
    ['not before it is full', false, 'programme.ready'],
    ['once it is full', true, 'completed'],
  ])('is one at most where the series may end early: %s', (_says, value, chart) => {
    const { plan, give } = begun(ended('up to the count'), { severity: 'severe' });
    give('programme', day(0));
    plan.observe([{ fact: 'expanderFull', value, from: 'clinician' }], on(day(0)));
    decide(plan, 'decision/how', 'go-on', { by: dermatologist });
    expect(plan.state.chart).toBe(chart);
  });
});

const LISTED = `course:
  - stage: programme
    title: Programme
    ${CONSENT}
    missed: skip
    with: [cycle]
    beforeEach:
      decision:
        decision: fit
        title: Fit today?
        by: dermatologist
        due: 1 day after asked
        outcomes:
          fit: go
          careful: { limit: { dose: low }, for: this session }
          less: { lower: dose, atEnd: { exit: conservative } }
    sessions:
      - { session: first, title: First, procedures: [expander-fill], with: [dose] }
      - { session: between, title: Between, procedures: [mole-excision], onlyFor: [severe] }
      - { session: second, title: Second, procedures: [expander-fill] }
      - { session: third, title: Third, procedures: [expander-fill], with: [dose, count] }
`;

describe('a level that is changed at a listed session', () => {
  const decided = (outcomes: readonly string[]) => {
    const { plan, give, desk } = begun(LISTED);
    const shown = outcomes.map((outcome, index) => {
      const question = index === 0 ? 'decision/fit' : `decision/fit#${index + 1}`;
      decide(plan, question, outcome, { by: dermatologist });
      const answer = plan.start('programme', on(day(index)));
      plan.report('programme', day(index), on(day(index)));
      return answer.outcome === 'accepted' ? answer.figures?.map(({ figure, value }) => [figure, value]) : [];
    });
    return { plan, shown, give, desk };
  };
  const cycle = ['cycle', '4 weeks'];
  const count = ['count', '3'];

  it('is shown at the sessions that name it, beside what the stage shows', () => {
    const { plan, shown } = decided(['fit', 'fit', 'fit']);
    expect(shown).toEqual([[cycle, ['dose', 'full']], [cycle], [cycle, ['dose', 'full'], count]]);
    expect(givenIn(plan)).toEqual(['first', 'second', 'third']);
  });

  it('is so for that session alone where it says so', () => {
    const { shown } = decided(['careful', 'fit', 'fit']);
    expect(shown[0]).toEqual([cycle, ['dose', 'low']]);
    expect(shown[2]).toEqual([cycle, ['dose', 'full'], count]);
  });

  it('stays so for those to come where it does not, also when it was lowered at one that does not show it', () => {
    const { shown } = decided(['fit', 'less', 'fit']);
    expect(shown[2]).toEqual([cycle, ['dose', 'middle'], count]);
  });

  it('ends at its last with what the file says, and that session is not given', () => {
    const { plan } = decided(['less', 'less']);
    expect(plan.state.levels.dose?.level).toBe('low');
    decide(plan, 'decision/fit#3', 'less', { by: dermatologist });
    expect(plan.state.chart).toBe('conservative');
  });

  it('is over with a session that was passed over', () => {
    const { plan, desk } = decided(['fit', 'fit']);
    decide(plan, 'decision/fit#3', 'careful', { by: dermatologist });
    desk.booked('programme', day(3), on(day(2)));
    expect(Object.keys(plan.state.levels.dose?.sessions ?? {})).toHaveLength(1);
    desk.missed('programme', day(3), on(day(4)));
    expect(plan.state.levels.dose?.sessions).toEqual({});
    expect(plan.state.chart).toBe('completed');
  });
});
