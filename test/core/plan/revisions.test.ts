import { LIMITS } from '../../../src/core/model/limits.ts';
import type { PlanChange } from '../../../src/core/model/plan-change.schema.ts';
import { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { BY_SIZE, measured, ofSize, SIZE, TWO_WAYS, twoWays } from '../../support/choices.ts';
import {
  decide,
  dermatologist,
  leave,
  openQuestions,
  openTasks,
  planWith,
  sleepUntil,
} from '../../support/decided.ts';
import { contraindication, factOf, leaf, stageOf, termsOf, type Variation } from '../../support/pathways.ts';
import { kinds, nurse, type RunningPlan } from '../../support/plan.ts';
import { revise, whyNot } from '../../support/revised.ts';

const ANEW: PlanChange = { change: 'choice', choice: 'option' };
const ASKED = 'decision/option#2';

function chosen(): RunningPlan {
  const plan = twoWays();
  decide(plan, 'decision/option', 'implant');
  return plan;
}

describe('a choice that is made anew for one patient', () => {
  it.each([
    ['flap', 'flap-stage.ready'],
    ['implant', 'implant-stage.ready'],
  ])('is asked of whoever makes it, and the plan goes by it: %s', (value, chart) => {
    const plan = chosen();
    expect(whyNot(revise(plan, [ANEW], { by: dermatologist }))).toBeUndefined();
    expect(openQuestions(plan)).toEqual([ASKED]);
    expect(plan.state.chart).toBe('implant-stage.ready');
    decide(plan, ASKED, value);
    expect(plan.state.chart).toBe(chart);
    expect(openQuestions(plan)).toEqual([]);
  });

  it('is asked still when the plan leaves its course, and ends with the plan', () => {
    const plan = chosen();
    revise(plan, [ANEW], { by: dermatologist });
    leave(plan, 'postponement');
    expect(openQuestions(plan)).toContain(ASKED);
    plan.cancel();
    expect(openQuestions(plan)).toEqual([]);
  });

  it('is made at once by a table', () => {
    const plan = planWith({ facts: [SIZE], tables: [BY_SIZE], choices: [ofSize()], decisions: [] });
    plan.observe(measured(12));
    expect(plan.state.choices.extent?.value).toBe('large');
    plan.observe(measured(5), '2026-03-03T16:00:00.000Z');
    revise(plan, [{ change: 'choice', choice: 'extent' }]);
    expect(plan.state.choices.extent?.value).toBe('small');
  });

  it.each([
    ['by somebody else', ANEW, nurse, /CC2018 .*chosen by the dermatologist/],
    [
      'that is not there',
      { ...ANEW, choice: 'size' } as PlanChange,
      dermatologist,
      /CC2033 .*no choice size; it has: option/,
    ],
  ])('but not %s', (_says, change, by, why) => {
    expect(whyNot(revise(chosen(), [change], { by }))).toMatch(why);
  });

  it('but not before it is made, nor while it is asked', () => {
    const plan = twoWays();
    expect(whyNot(revise(plan, [ANEW], { by: dermatologist }))).toMatch(/has not been chosen yet/);
    decide(plan, 'decision/option', 'implant');
    revise(plan, [ANEW], { by: dermatologist });
    expect(whyNot(revise(plan, [ANEW], { by: dermatologist }))).toMatch(/is being asked already/);
  });
});

const HELD: Variation = {
  facts: [factOf('fever', { kind: 'yes or no' })],
  rules: [contraindication('hot', { all: [leaf('fever', 'equal', true)] }, { override: termsOf() })],
};
const SKIP: PlanChange = { change: 'stage-skipped', stage: 'second' };

describe('with a new version of the plan', () => {
  it('an override lapses, and the gate is closed again', () => {
    const plan = planWith(HELD);
    plan.finishPhase();
    plan.observe([{ fact: 'fever', value: true }]);
    plan.consent('first-consent', '2026-03-02');
    plan.send({
      ...{ id: 'set-aside', source: 'front-desk', actor: dermatologist, type: 'grantOverride' },
      data: { rule: 'hot', stage: 'first', reason: 'urgent' },
    });
    expect(Object.values(plan.state.overrides)[0]?.status).toBe('active');
    const { journal } = revise(plan, [SKIP]);
    expect(Object.values(plan.state.overrides)[0]).toMatchObject({
      status: 'lapsed',
      ended: { why: 'the plan was revised' },
    });
    expect(kinds(journal)).toContain('override.ended');
    expect(plan.start('first').outcome).toBe('refused');
  });

  it('consent stays, and what is done', () => {
    const plan = planWith();
    plan.consent('first-consent', '2026-03-02');
    const { consents } = plan.state;
    revise(plan, [SKIP]);
    expect(plan.state.consents).toEqual(consents);
    expect(plan.start('first').outcome).toBe('accepted');
  });

  it('the plan survives JSON, and goes on as it would have', () => {
    const plan = planWith({ stages: [stageOf('first'), stageOf('second'), stageOf('third')] });
    revise(plan, [
      SKIP,
      { change: 'stage-added', stage: 'again', like: 'third', after: 'third', title: 'Once more' },
    ]);
    const copy: unknown = JSON.parse(JSON.stringify(plan.state));
    expect(PlanState.parse(copy)).toEqual(plan.state);
    expect(plan.state.revisions.map(({ number }) => number)).toEqual([2]);
    for (const stage of ['first', 'third', 'again']) plan.report(stage, '2026-03-02');
    expect(plan.state.chart).toBe('completed');
    expect(plan.state.performed.map(({ stage }) => stage)).toEqual(['first', 'third', 'again']);
  });

  it('nothing is changed by one that is refused, and each reason is given', () => {
    const plan = planWith({
      stages: [stageOf('first', { sessions: 3 }), stageOf('second'), stageOf('third')],
    });
    plan.report('first', '2026-03-02');
    const { overlay, revisions, tasks } = plan.state;
    const step = revise(plan, [
      SKIP,
      { ...SKIP, stage: 'first' },
      { change: 'stage-added', stage: 'x', like: 'third', after: 'third' },
      SKIP,
    ]);
    expect(whyNot(step)).toMatch(/CC3013 .*first.*has begun.*second is left out already/i);
    expect(plan.state).toMatchObject({ overlay, revisions, tasks });
    expect(kinds(step.journal)).toContain('request.refused');
  });
});

it('says everything that is not there at once, and leaves no trace in the plan', () => {
  const plan = planWith();
  const step = revise(plan, [
    { ...SKIP, stage: 'third' },
    { change: 'interval', interval: 'rest', minimum: '3 weeks' },
  ]);
  expect(whyNot(step)).toMatch(/CC2033 .*no stage third.*No interval .* called rest/);
  expect(kinds(step.journal)).toEqual(['event.rejected']);
});

it('a plan keeps so many revisions, and no more', () => {
  const plan = planWith();
  const [known] = planWith().state.revisions;
  expect(known).toBeUndefined();
  revise(plan, [SKIP]);
  const [one] = plan.state.revisions;
  if (!one) throw new Error('no revision');
  plan.steps.push({
    ...plan.last,
    state: { ...plan.state, revisions: Array.from({ length: LIMITS.revisionsPerPlan }, () => one) },
  });
  expect(whyNot(revise(plan, [{ ...SKIP, stage: 'first' }]))).toMatch(/CC4004/);
});

it('a revised plan is looked after until its end', () => {
  const plan = planWith(TWO_WAYS);
  decide(plan, 'decision/option', 'implant');
  revise(plan, [{ change: 'stage-added', stage: 'again', like: 'both', after: 'both' }]);
  for (const stage of ['implant-stage', 'both']) plan.report(stage, '2026-03-02');
  expect(plan.state.chart).toBe('again.ready');
  expect(Object.keys(plan.state.waits)).toContain('start/again');
  sleepUntil(plan, '2026-06-01T00:00:00.000Z');
  plan.report('again', '2026-06-01', '2026-06-01T16:00:00.000Z');
  expect(plan.state.chart).toBe('completed');
  expect(openTasks(plan)).toEqual(expect.arrayContaining([expect.stringMatching(/^plan\/deviation/)]));
});
