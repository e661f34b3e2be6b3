import * as choices from '../../../src/core/plan/choices.ts';
import {
  book,
  comeBack,
  decide,
  decisionOf,
  leave,
  openQuestions,
  openTasks,
} from '../../support/decided.ts';
import { contraindication, factOf, leaf, stageOf } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';
import { besideOperations, chartsOf, itemsOf, trackOf } from '../../support/tracks.ts';

jest.mock('../../../src/core/plan/choices.ts', () => ({
  ...jest.requireActual('../../../src/core/plan/choices.ts'),
  isFor: jest.fn(),
}));

const at = (day: string): string => `${day}T16:00:00.000Z`;
const onlyFor = [{ choice: 'severity', values: ['severe'] }];

/** What has been chosen since; undefined: nothing yet. */
const choose = (isForThem: boolean | undefined): void => {
  jest.mocked(choices.isFor).mockImplementation((_state, only) => (only === undefined ? true : isForThem));
};
/** A wake, or any fact, after which the plan is looked at again. */
const lookAgain = (plan: RunningPlan, day: string) => plan.observe([{ fact: 'rash', value: false }], at(day));

const severeOnly = (): RunningPlan =>
  besideOperations({
    facts: [factOf('rash', { kind: 'yes or no' })],
    rules: [contraindication('rash', { all: [leaf('rash', 'equal', true)] }, { of: ['tablets'] })],
    stages: [stageOf('first'), stageOf('month-1', { sessions: 2 }), stageOf('month-2')],
    tracks: [trackOf('medicine', ['month-1', 'month-2'], { onlyFor })],
  });

describe('a track that is for some patients only', () => {
  it.each([
    ['the choice has not been made', undefined, 'waiting'],
    ['they chose otherwise', false, 'waiting'],
    ['they chose it', true, 'month-1.ready'],
  ])('when %s', (_says, isForThem, chart) => {
    choose(isForThem);
    expect(chartsOf(severeOnly())).toEqual({ main: 'first.ready', medicine: chart });
  });

  it('begins when a choice that is made again makes it theirs, while the course runs', () => {
    choose(false);
    const plan = severeOnly();
    choose(true);
    lookAgain(plan, '2026-03-03');
    expect(chartsOf(plan).medicine).toBe('month-1.ready');
  });

  it('does not begin once the course is over', () => {
    choose(false);
    const plan = severeOnly();
    plan.report('first', '2026-03-02');
    for (const task of openTasks(plan)) plan.complete(task);
    choose(true);
    lookAgain(plan, '2026-03-03');
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'waiting' });
    expect(plan.state.status).toBe('completed');
  });

  it('waits again when it is theirs no more before anything was done: nobody owes its start, and it is booked no more', () => {
    choose(true);
    const plan = severeOnly();
    book(plan, 'month-1', '2026-03-09');
    choose(false);
    lookAgain(plan, '2026-03-03');
    expect(chartsOf(plan).medicine).toBe('waiting');
    expect(Object.keys(plan.state.waits).filter((id) => id.includes('month'))).toEqual([
      'task/plan/calendar-month-1-1',
    ]);
    choose(true);
    lookAgain(plan, '2026-03-05');
    expect(chartsOf(plan).medicine).toBe('month-1.ready');
  });

  it('ends what has begun, and passes over the stages of which nothing was given', () => {
    choose(true);
    const plan = severeOnly();
    plan.report('month-1', '2026-03-02');
    choose(false);
    lookAgain(plan, '2026-03-03');
    expect(chartsOf(plan).medicine).toBe('month-1.ready');
    plan.report('month-1', '2026-03-04', at('2026-03-04'));
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'completed' });
  });

  it('of two years is passed over in one go, once it is theirs no more', () => {
    const months = Array.from({ length: 24 }, (_none, index) => `month-${index + 1}`);
    choose(true);
    const plan = besideOperations({
      facts: [factOf('rash', { kind: 'yes or no' })],
      rules: [],
      stages: [stageOf('first'), ...months.map((month) => stageOf(month))],
      tracks: [trackOf('medicine', months, { onlyFor })],
    });
    plan.report('month-1', '2026-03-02');
    choose(false);
    lookAgain(plan, '2026-03-03');
    expect(chartsOf(plan).medicine).toBe('completed');
  });

  it('stays where it was while the choice is not known, or the plan is off its course', () => {
    choose(true);
    const plan = severeOnly();
    choose(undefined);
    lookAgain(plan, '2026-03-03');
    expect(chartsOf(plan).medicine).toBe('month-1.ready');
    leave(plan, 'postponement', at('2026-03-04'));
    choose(false);
    lookAgain(plan, '2026-03-05');
    expect(chartsOf(plan).medicine).toBe('postponement');
    comeBack(plan, at('2026-03-06'));
    expect(chartsOf(plan).medicine).toBe('waiting');
  });

  it('that a decision starts for somebody whom it is not for begins once it is for them', () => {
    choose(false);
    const plan = besideOperations({
      rules: [],
      stages: [stageOf('first'), stageOf('second'), stageOf('month-1')],
      tracks: [trackOf('medicine', ['month-1'], { starts: 'by decision', onlyFor })],
      course: itemsOf('first', 'decision after', 'second'),
      decisions: [
        decisionOf('after', { outcomes: { tablets: [{ do: 'start', track: 'medicine' }, { do: 'go' }] } }),
      ],
    });
    plan.report('first', '2026-03-02');
    decide(plan, openQuestions(plan)[0] ?? '', 'tablets');
    expect(chartsOf(plan)).toEqual({ main: 'second.ready', medicine: 'waiting' });
    choose(true);
    lookAgain(plan, '2026-03-03');
    expect(chartsOf(plan).medicine).toBe('month-1.ready');
  });
});
