import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import {
  boardOf,
  decide,
  decisionOf,
  dermatologist,
  GO,
  lead,
  leave,
  openQuestions,
} from '../../support/decided.ts';
import { atStage, for_, intervalOf, stageOf, type Variation } from '../../support/pathways.ts';
import { kinds, nurse, type RunningPlan } from '../../support/plan.ts';
import { revise, whyNot } from '../../support/revised.ts';
import { planOf } from '../../support/versions.ts';

const CHANGE: Action = [{ do: 'revise' }, ...GO];
const SPACING = { ...intervalOf('spacing', atStage('end of first'), 'second'), minimum: for_(4, 'week') };
const LONGER = [{ change: 'interval' as const, interval: 'spacing', minimum: '6 weeks' }];

/** Looked at after the first operation: it may be decided that the plan is to be otherwise. */
const looked = (more: Variation = {}): Variation => ({
  stages: [stageOf('first', { reassess: 'look' }), stageOf('second')],
  decisions: [decisionOf('look', { outcomes: { fine: GO, change: CHANGE } })],
  intervals: [{ ...SPACING, to: { kind: 'stage', stage: 'second' } }],
  ...more,
});
const at = (day: string): string => `${day}T16:00:00.000Z`;

function decided(more: Variation = {}, by = dermatologist): RunningPlan {
  const plan = planOf(looked(more));
  plan.report('first', '2026-03-02');
  decide(plan, 'decision/look', 'change', { by, now: at('2026-03-04') });
  return plan;
}
const openOnes = (plan: RunningPlan): string[] => openQuestions(plan).filter((id) => id.startsWith('revise'));

describe('it was decided that a plan is to be otherwise', () => {
  it('whoever decided is asked for its revision, and the plan waits', () => {
    const plan = decided();
    expect(plan.state.chart).toBe('first.reassessment');
    expect(plan.state.questions['revise/1']).toMatchObject({
      title: 'Title of look. Decided: change. Please revise the plan.',
      roles: ['dermatologist'],
      outcomes: ['as-it-was'],
      stage: 'first',
    });
    expect(plan.state.waits['question/revise/1']).toMatchObject({
      owner: 'dermatologist',
      dueAt: '2026-03-12T04:00:00.000Z',
    });
    expect(plan.last.effects).toMatchObject([{ role: 'dermatologist' }]);
  });

  it.each([
    ['the day before its due time, a warning', '2026-03-10', 1],
    ['two working days late, another hears as well', '2026-03-14', 2],
  ])('%s', (_says, day, rung) => {
    const plan = decided();
    plan.wake(at(day));
    expect(plan.state.waits['question/revise/1']?.rung).toBe(rung);
  });

  it('goes on once it is revised', () => {
    const plan = decided();
    expect(whyNot(revise(plan, LONGER, { by: lead }))).toBeUndefined();
    expect(plan.state.chart).toBe('second.ready');
    expect(openOnes(plan)).toEqual([]);
    expect(kinds(plan.last.journal)).toEqual(
      expect.arrayContaining(['plan.revised', 'question.answered', 'action.taken', 'phase.entered']),
    );
    expect(plan.state.questions['decision/look']?.answer).toMatchObject({ outcome: 'change', took: 'go' });
  });

  it('goes on when they say that nothing is to change', () => {
    const plan = decided();
    decide(plan, 'revise/1', 'as-it-was', { note: 'seen once more' });
    expect(plan.state).toMatchObject({ chart: 'second.ready', revisions: [] });
  });

  it('waits on when the revision cannot be', () => {
    const plan = decided();
    const looser = [{ change: 'interval' as const, interval: 'spacing', minimum: '2 weeks' }];
    expect(whyNot(revise(plan, looser, { by: lead }))).toMatch(/CC3013/);
    expect(openOnes(plan)).toEqual(['revise/1']);
    expect(plan.state.chart).toBe('first.reassessment');
  });

  it('waits on when the revision changes nothing', () => {
    const plan = decided();
    const same = [{ change: 'interval' as const, interval: 'spacing', minimum: '4 weeks' }];
    expect(whyNot(revise(plan, same, { by: lead }))).toMatch(/CC2034/);
    expect(openOnes(plan)).toEqual(['revise/1']);
    expect(plan.state).toMatchObject({ chart: 'first.reassessment', revisions: [] });
  });

  it.each([
    [
      'the patient with somebody',
      { kind: 'roles' as const, roles: ['patient', 'dermatologist'] },
      'dermatologist',
    ],
    ['a board', boardOf(1), 'nurse'],
  ])('decided by %s, it is asked of one who works here', (_who, by, role) => {
    const plan = planOf(
      looked({ decisions: [decisionOf('look', { by, outcomes: { fine: GO, change: CHANGE } })] }),
    );
    plan.report('first', '2026-03-02');
    if (by.kind === 'roles') decide(plan, 'decision/look', 'change', { role: 'patient' });
    decide(plan, 'decision/look', 'change', { by: by.kind === 'board' ? nurse : dermatologist });
    expect(plan.state.questions['revise/1']?.roles).toEqual([role]);
  });

  it('decided by the patient alone, it is asked of the clinical lead', () => {
    const by = { kind: 'roles' as const, roles: ['patient'] };
    const plan = planOf(
      looked({ decisions: [decisionOf('look', { by, outcomes: { fine: GO, change: CHANGE } })] }),
    );
    plan.report('first', '2026-03-02');
    decide(plan, 'decision/look', 'change', { role: 'patient' });
    expect(plan.state.questions['revise/1']?.roles).toEqual(['clinical-lead']);
  });

  it('is asked again whether the plan is to be otherwise, once it is back from an exit', () => {
    const plan = decided();
    leave(plan, 'postponement');
    expect(openOnes(plan)).toEqual([]);
    plan.send({ ...leaveBack });
    expect(openQuestions(plan)).toEqual(['decision/look#2']);
  });

  it('by a review, nothing waits for it but whoever is asked', () => {
    const plan = planOf({
      stages: [stageOf('first'), stageOf('second')],
      reviews: [{ review: 'monthly', every: for_(1, 'month') }],
      decisions: [decisionOf('monthly', { outcomes: { fine: GO, change: CHANGE } })],
      intervals: [{ ...SPACING, to: { kind: 'stage', stage: 'second' } }],
    });
    plan.wake(at('2026-04-02'));
    decide(plan, 'decision/monthly', 'change');
    expect(openOnes(plan)).toEqual(['revise/1']);
    plan.consent('first-consent', '2026-04-02');
    expect(plan.start('first').outcome).toBe('accepted');
    plan.report('first', '2026-04-02');
    expect(openOnes(plan)).toEqual(['revise/1']);
    revise(plan, LONGER, { by: lead });
    expect(openOnes(plan)).toEqual([]);
  });
});

const leaveBack = {
  id: 'back',
  source: 'front-desk',
  type: 'returnToCourse' as const,
  data: { reason: 'the patient is back' },
  actor: lead,
};
