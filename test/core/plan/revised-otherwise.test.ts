import type { PlanChange } from '../../../src/core/model/plan-change.schema.ts';
import { decide, decisionOf, GO, openQuestions, planWith } from '../../support/decided.ts';
import { CYCLE, DOSE, days, lower } from '../../support/figures.ts';
import { atStage, for_, intervalOf, stageOf, taskOf } from '../../support/pathways.ts';
import { actor, kinds, type RunningPlan } from '../../support/plan.ts';
import { revise, whyNot } from '../../support/revised.ts';

/** A revision makes a plan otherwise: one that does not is none, and answers nobody who asked for one. */

const by = actor('lead-1', 'clinical-lead', 'dermatologist');
const VISIT = 'first.recovery/visit';

const planned = (): RunningPlan =>
  planWith({
    figures: [
      { ...CYCLE, adjust: { by: ['dermatologist'], from: days(14), to: days(21), when: 'any time' } },
      DOSE,
    ],
    stages: [
      stageOf('first', {
        sessions: 2,
        with: ['cycle', 'dose'],
        decidedBefore: 'dose-now',
        recovery: [taskOf('visit', { due: { to: for_(7, 'day'), after: 'procedure' } })],
      }),
      stageOf('second'),
    ],
    decisions: [decisionOf('dose-now', { outcomes: { lower: [lower(), ...GO] } })],
    intervals: [
      {
        ...intervalOf('spacing', atStage('end of first'), 'second', { minimum: for_(6, 'week') }),
        to: { kind: 'stage', stage: 'second' },
      },
    ],
  });

const cycle = (value: string): PlanChange => ({ change: 'figure', figure: 'cycle', value });
const dose = (value: string): PlanChange => ({ change: 'figure', figure: 'dose', value });
const apart = (minimum: string): PlanChange => ({ change: 'interval', interval: 'spacing', minimum });
const due = (text: string): PlanChange => ({ change: 'task', task: VISIT, due: text });
const done = (role: string): PlanChange => ({ change: 'task', task: VISIT, role });

describe('a revision after which nothing is otherwise', () => {
  it.each<[string, PlanChange[]]>([
    ['a figure that is so already', [cycle('14 days')]],
    ['a level that is so already', [dose('full')]],
    ['an interval as long as it is', [apart('6 weeks')]],
    ['work that is due then already', [due('7 days after procedure')]],
    ['work that is theirs already', [done('nurse')]],
    ['several of these', [cycle('14 days'), apart('6 weeks'), done('nurse')]],
    ['one change that undoes another', [due('9 days after procedure'), due('7 days after procedure')]],
    [
      'work that is added and left out again',
      [
        {
          change: 'task-added',
          in: 'first.recovery',
          task: 'call',
          title: 'Call',
          role: 'nurse',
          due: '1 day after procedure',
        },
        { change: 'task-dropped', task: 'first.recovery/call' },
      ],
    ],
  ])('is turned away, and leaves no trace: %s', (_says, changes) => {
    const plan = planned();
    const { overlay, figures } = plan.state;
    const step = revise(plan, changes, { by });
    expect(whyNot(step)).toMatch(/^CC2034 /);
    expect(kinds(step.journal)).toEqual(['event.rejected']);
    expect(plan.state).toMatchObject({ overlay, figures, revisions: [] });
  });

  it.each<[string, PlanChange[]]>([
    ['something is otherwise beside it', [cycle('14 days'), apart('7 weeks')]],
    ['it is somebody else’s', [done('coordinator')]],
    ['a level is', [dose('four fifths')]],
  ])('is taken where %s', (_says, changes) => {
    const plan = planned();
    expect(whyNot(revise(plan, changes, { by }))).toBeUndefined();
    expect(plan.state.revisions).toHaveLength(1);
  });

  it.each([
    ['as the pathway has it, is taken', '6 weeks', undefined],
    ['as it is for this patient, is none', '8 weeks', /CC2034/],
  ])('once it was revised: %s', (_says, minimum, why) => {
    const plan = planned();
    revise(plan, [apart('8 weeks')], { by });
    const said = whyNot(revise(plan, [apart(minimum)], { by }));
    if (why) expect(said).toMatch(why);
    else expect(said).toBeUndefined();
  });

  it.each([
    ['to what it was before, is taken', 'full', undefined],
    ['to what it is by now, is none', 'four fifths', /CC2034/],
  ])('of a level that was decided on since: %s', (_says, level, why) => {
    const plan = planned();
    decide(plan, openQuestions(plan)[0] ?? '', 'lower');
    const said = whyNot(revise(plan, [dose(level)], { by }));
    if (why) expect(said).toMatch(why);
    else expect(said).toBeUndefined();
  });
});
