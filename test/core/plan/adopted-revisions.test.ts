import type { PlanChange } from '../../../src/core/model/plan-change.schema.ts';
import { decisionOf } from '../../support/decided.ts';
import { LIGHT, PEEL, programmeOf } from '../../support/listed.ts';
import {
  atStage,
  factOf,
  for_,
  intervalOf,
  stageOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';
import { whyNot as notRevised, revise } from '../../support/revised.ts';
import { itemsOf } from '../../support/tracks.ts';
import { planOf, versionOf, whyNot } from '../../support/versions.ts';

const spaced = (minimum: ReturnType<typeof for_>, more: Variation = {}): Variation => ({
  consultation: [taskOf('talk')],
  stages: [
    stageOf('first', { recovery: [taskOf('visit', { due: { to: for_(7, 'day'), after: 'procedure' } })] }),
    stageOf('second'),
  ],
  intervals: [
    {
      ...intervalOf('spacing', atStage('end of first'), 'second', { minimum }),
      to: { kind: 'stage', stage: 'second' },
    },
  ],
  ...more,
});
const WEEKS = spaced(for_(4, 'week'));

function revised(change: PlanChange, variation: Variation = WEEKS): RunningPlan {
  const plan = planOf(variation);
  expect(notRevised(revise(plan, [change]))).toBeUndefined();
  return plan;
}
const LOOKED_AT: Variation = {
  ...WEEKS,
  course: itemsOf('first', 'decision look', 'second'),
  decisions: [decisionOf('look')],
};
const longer: PlanChange = { change: 'interval', interval: 'spacing', minimum: '6 weeks' };
const minimumOf = ({ state }: RunningPlan) => state.overlay.intervals.spacing?.minimum;

describe('what was made otherwise for this patient goes with the plan', () => {
  it.each([
    ['stays where it is stricter than the version', 5, { count: 6, unit: 'week' }],
    ['stays where the version is as strict', 6, { count: 6, unit: 'week' }],
    ['gives way where the version is stricter', 7, undefined],
  ])('a minimum %s', (_says, weeks, minimum) => {
    const plan = revised(longer);
    expect(whyNot(plan, versionOf(spaced(for_(weeks, 'week'))))).toBeUndefined();
    expect(minimumOf(plan)).toEqual(minimum);
  });

  it('a minimum of which nobody can tell whether it is stricter is for somebody to look at', () => {
    const plan = revised({ ...longer, minimum: '90 days' });
    expect(whyNot(plan, versionOf(spaced(for_(3, 'month'))))).toEqual([
      'Title of spacing: nobody can tell whether the minimum of this patient is stricter than that of the version.',
    ]);
  });

  const rows: [string, PlanChange, Variation, string, Variation?][] = [
    [
      'an interval that there is no more',
      longer,
      { ...WEEKS, intervals: [] },
      'It has no interval spacing, which is stricter for this patient.',
    ],
    [
      'a task that there is no more',
      { change: 'task', task: 'first.recovery/visit', due: '9 days after procedure' },
      { ...WEEKS, stages: [stageOf('first'), stageOf('second')] },
      'It has no task first.recovery/visit, which is otherwise in this plan.',
    ],
    [
      'a task that is left out and clears for anaesthesia there',
      { change: 'task-dropped', task: 'first.recovery/visit' },
      {
        ...WEEKS,
        stages: [
          stageOf('first', { recovery: [taskOf('visit', { clears: 'anaesthesia' })] }),
          stageOf('second'),
        ],
      },
      'Title of visit clears for anaesthesia, and a gate rests on that.',
    ],
    [
      'an added task of whose name it has one',
      {
        change: 'task-added',
        in: 'first.recovery',
        task: 'call',
        title: 'Call',
        role: 'nurse',
        due: '2 days after procedure',
      },
      {
        ...WEEKS,
        stages: [stageOf('first', { recovery: [taskOf('visit'), taskOf('call')] }), stageOf('second')],
      },
      'It has a task first.recovery/call of its own, and one was added to this plan.',
    ],
    [
      'a stage that is left out, and there is no more',
      { change: 'stage-skipped', stage: 'second' },
      { ...WEEKS, stages: [stageOf('first')], intervals: [] },
      'It has no stage second, which is left out of this plan.',
    ],
    [
      'an added stage that is done as one that there is no more',
      { change: 'stage-added', stage: 'third', like: 'second', after: 'first' },
      { ...WEEKS, stages: [stageOf('first')], intervals: [] },
      'It has no stage second, which third is done as.',
    ],
    [
      'an added stage that is done as one whose sessions differ there',
      { change: 'stage-added', stage: 'third', like: 'second', after: 'first' },
      {
        ...WEEKS,
        stages: [
          stageOf('first', { recovery: [taskOf('visit')] }),
          { ...programmeOf([PEEL, LIGHT]), stage: 'second' },
        ],
      },
      'The sessions of second differ there, and third is done as it is.',
    ],
    [
      'an added stage of whose name it has a fact',
      { change: 'stage-added', stage: 'third', like: 'second', after: 'first' },
      { ...WEEKS, facts: [factOf('third', { kind: 'yes or no' })] },
      'It has a third of its own, and one was added to this plan.',
    ],
    [
      'an added stage that would come between a question and the stage that it is about',
      { change: 'stage-added', stage: 'third', like: 'second', after: 'look' },
      {
        ...LOOKED_AT,
        course: [
          { kind: 'stage', name: 'first' },
          { kind: 'decision', name: 'look', whether: 'second' },
          { kind: 'stage', name: 'second' },
        ],
      },
      'look decides there whether second is done, and third comes after it.',
      LOOKED_AT,
    ],
  ];
  it.each(rows)('not %s', (_what, change, there, says, here = WEEKS) => {
    const plan = revised(change, here);
    expect(whyNot(plan, versionOf(there))).toContain(says);
    expect(plan.state.pathway.version).toBe('1.0.0');
  });

  it('an added stage, and the work of it', () => {
    const plan = revised({ change: 'stage-added', stage: 'third', like: 'second', after: 'first' });
    expect(whyNot(plan, versionOf(spaced(for_(5, 'week'))))).toBeUndefined();
    plan.complete('consultation/talk');
    plan.report('first', '2026-03-02');
    plan.complete('first.recovery/visit');
    expect(plan.state.chart).toBe('third.ready');
  });

  it.each<[string, PlanChange]>([
    ['is due otherwise', { change: 'task', task: 'first.recovery/call', due: '5 days after procedure' }],
    ['is left out again', { change: 'task-dropped', task: 'first.recovery/call' }],
  ])('added work that %s', (_says, change) => {
    const plan = revised({
      ...{ change: 'task-added', in: 'first.recovery', task: 'call', title: 'Call', role: 'nurse' },
      due: '2 days after procedure',
    });
    revise(plan, [change]);
    const { overlay } = plan.state;
    expect(whyNot(plan, versionOf(spaced(for_(5, 'week'))))).toBeUndefined();
    expect(plan.state.overlay).toEqual(overlay);
  });
});
