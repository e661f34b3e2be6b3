import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { shownFigure } from '../../../src/core/plan/shown-figures.ts';
import { askedFor, IN_ASSESSMENT, OPTION } from '../../support/choices.ts';
import { decide, decisionOf, exitTo, GO, openQuestions, openTasks, planWith } from '../../support/decided.ts';
import {
  at,
  blood,
  CAREFUL,
  dose,
  FULL,
  planOf,
  report,
  STOP,
  start,
  withdrawReport,
} from '../../support/dosed.ts';
import { DOSE, limit, lower } from '../../support/figures.ts';
import { for_, stageOf } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';
import { besideOperations, chartsOf, trackOf } from '../../support/tracks.ts';

const atMost = (level: string): Action => [limit(level, { for: 'this session' }), ...GO];

describe('what is for one session, in a course with a track beside it', () => {
  const beside = (): RunningPlan =>
    besideOperations({
      figures: [DOSE],
      rules: [],
      stages: [
        stageOf('first', { decidedBefore: 'how-first', with: ['dose'] }),
        stageOf('month-1', { decidedBefore: 'how-month', with: ['dose'] }),
      ],
      tracks: [trackOf('medicine', ['month-1'])],
      decisions: [
        decisionOf('how-first', { outcomes: { less: atMost('three fifths') } }),
        decisionOf('how-month', { outcomes: { less: atMost('four fifths') } }),
      ],
    });

  it('is so still, whatever is decided along the other', () => {
    const plan = beside();
    decide(plan, 'decision/how-month', 'less');
    decide(plan, 'decision/how-first', 'less');
    expect(shownFigure(plan, 'dose', 'first')).toMatchObject({ value: 'three fifths', for: 'this session' });
    expect(shownFigure(plan, 'dose', 'month-1')).toMatchObject({ value: 'four fifths', for: 'this session' });
  });

  it('is so still for the track when the main course is over', () => {
    const plan = beside();
    decide(plan, 'decision/how-month', 'less');
    plan.report('first', '2026-03-02');
    for (const task of openTasks(plan)) plan.complete(task);
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'month-1.ready' });
    expect(shownFigure(plan, 'dose', 'month-1')).toMatchObject({ value: 'four fifths' });
  });
});

describe('an answer that lowers a figure and does not let on', () => {
  it.each<[string, Action]>([
    ['puts the session off', [{ do: 'wait', for: for_(1, 'day'), atMost: 3 }, ...exitTo('referral')]],
    ['asks somebody', [{ do: 'ask', role: 'dermatologist' }]],
  ])('lowers it once for the session, however often its gate is asked: it %s', (_says, then) => {
    const plan = planOf({ careful: [lower({ atEnd: exitTo('referral') }), ...then] });
    for (const day of [3, 5, 7]) {
      blood(plan, CAREFUL, day);
      start(plan, day);
      expect(dose(plan)).toBe('four fifths');
    }
  });
});

it('what a person limited for a session is so again when the report of that session is withdrawn', () => {
  const plan = planOf({ stop: [{ do: 'decide', decision: 'problem' }] });
  blood(plan, STOP, 3);
  start(plan, 3);
  decide(plan, 'decision/problem', 'limit', { now: at(3) });
  blood(plan, FULL, 4);
  start(plan, 4);
  report(plan, 4);
  expect(dose(plan)).toBe('full');
  withdrawReport(plan, 4);
  expect(dose(plan)).toBe('three fifths');
  expect(start(plan, 5)).toMatchObject({ figures: [{ value: 'three fifths', for: 'this session' }] });
  report(plan, 5);
  expect(dose(plan)).toBe('full');
});

describe('decided after the last session of a stage', () => {
  const decided = (outcome: string): RunningPlan => {
    const plan = planWith({
      figures: [DOSE],
      stages: [
        stageOf('first', { decidedAfter: 'after', with: ['dose'] }),
        stageOf('second', { with: ['dose'] }),
      ],
      decisions: [
        decisionOf('after', {
          outcomes: {
            redo: [limit('four fifths', { for: 'this session' }), { do: 'again', atMost: 1 }, ...GO],
            less: atMost('four fifths'),
          },
        }),
      ],
    });
    plan.report('first', '2026-03-02');
    decide(plan, openQuestions(plan)[0] ?? '', outcome);
    for (const task of openTasks(plan)) plan.complete(task);
    return plan;
  };

  it('what is for one session counts for the stage that is done again', () => {
    const plan = decided('redo');
    expect(plan.state.chart).toBe('first.ready');
    expect(shownFigure(plan, 'dose', 'first')).toMatchObject({ value: 'four fifths', for: 'this session' });
  });

  it('counts for nothing where none comes next, and is shown with no other stage', () => {
    const plan = decided('less');
    expect(plan.state.chart).toBe('second.ready');
    expect(shownFigure(plan, 'dose')).toEqual({ figure: 'dose', title: 'Dose', value: 'full' });
  });
});

describe('limited for one session, before something is chosen and the stage is done again', () => {
  const decided = (...outcomes: string[]): RunningPlan => {
    const then: Action = [{ do: 'choose', choice: 'option' }, { do: 'again', atMost: 1 }, ...GO];
    const plan = planWith({
      figures: [DOSE],
      choices: [OPTION],
      decidedIn: IN_ASSESSMENT,
      stages: [stageOf('first', { decidedAfter: 'after', with: ['dose'] }), stageOf('second')],
      decisions: [
        askedFor(OPTION),
        decisionOf('after', {
          outcomes: { redo: [limit('four fifths', { for: 'this session' }), ...then], fine: GO },
        }),
      ],
    });
    decide(plan, 'decision/option', 'implant');
    plan.report('first', '2026-03-02');
    for (const outcome of outcomes) decide(plan, openQuestions(plan)[0] ?? '', outcome);
    return plan;
  };

  it('counts for nothing before it is chosen, and then for the session that comes next', () => {
    const plan = decided('redo');
    expect(dose(plan)).toBe('full');
    decide(plan, 'decision/option#2', 'flap');
    expect(plan.state.chart).toBe('first.ready');
    expect(shownFigure(plan, 'dose', 'first')).toMatchObject({ value: 'four fifths', for: 'this session' });
  });

  it('counts for nothing where the stage is not done again: it has been as often as it may', () => {
    const plan = decided('redo', 'flap');
    plan.report('first', '2026-03-03', at(3));
    decide(plan, openQuestions(plan)[0] ?? '', 'redo');
    decide(plan, openQuestions(plan)[0] ?? '', 'flap');
    expect(plan.state.chart).toBe('second.ready');
    expect(dose(plan)).toBe('full');
  });
});
