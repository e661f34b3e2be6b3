import { askedFor, BY_SIZE, choiceOf, measured, OPTION, only, SIZE } from '../../support/choices.ts';
import { decide, decisionOf, GO, openQuestions, openTasks } from '../../support/decided.ts';
import { leaf, stageOf, type Variation } from '../../support/pathways.ts';
import { type RunningPlan, refusalOf } from '../../support/plan.ts';
import { besideOperations, chartsOf, trackOf } from '../../support/tracks.ts';

/** What is asked for along a track, or along the course for what a track needs, is seen from both. */

const SUPPLY = 'plan/needed/size';
const besideOption = (more: Variation): RunningPlan =>
  besideOperations({
    facts: [SIZE],
    rules: [],
    choices: [OPTION],
    decidedIn: { consultation: [], assessment: ['option'] },
    tracks: [trackOf('medicine', ['month-1'])],
    ...more,
  });

describe('a decision of a track by a table that lacks a fact', () => {
  const waiting = (): RunningPlan => {
    const by = { kind: 'table' as const, table: 'by-size', roles: [] };
    const plan = besideOperations({
      facts: [SIZE],
      tables: [BY_SIZE],
      rules: [],
      stages: [stageOf('first'), stageOf('month-1', { reassess: 'extent' }), stageOf('month-2')],
      tracks: [trackOf('medicine', ['month-1', 'month-2'])],
      decisions: [decisionOf('extent', { by, outcomes: { large: GO, small: GO } })],
    });
    plan.report('month-1', '2026-03-02');
    return plan;
  };

  it('waits for whoever supplies it, and the plan goes on', () => {
    const plan = waiting();
    expect(openQuestions(plan)).toEqual(['decision/extent']);
    expect(openTasks(plan)).toContain(SUPPLY);
  });

  it('is taken once it is known, and nobody owes it any more', () => {
    const plan = waiting();
    plan.observe(measured(9), '2026-03-03T16:00:00.000Z');
    expect(openTasks(plan)).not.toContain(SUPPLY);
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'month-2.ready' });
  });
});

it('a choice that is made again along a track asks for what an offer needs', () => {
  const option = choiceOf('option', ['implant', 'flap'], {
    offered: { flap: { all: [leaf('size', 'lessThan', 10)] } },
  });
  const plan = besideOption({
    choices: [option],
    decisions: [
      askedFor(option),
      decisionOf('after', { outcomes: { rethink: [{ do: 'choose', choice: 'option' }, ...GO] } }),
    ],
    stages: [stageOf('first'), stageOf('month-1', { decidedBefore: 'after' })],
  });
  decide(plan, 'decision/option', 'implant');
  decide(plan, 'decision/after', 'rethink');
  expect(decide(plan, 'decision/option#2', 'flap').answer.outcome).toBe('refused');
  expect(openTasks(plan)).toContain('plan/choice-option/flap');
  plan.observe(measured(9), '2026-03-03T16:00:00.000Z');
  expect(openTasks(plan)).not.toContain('plan/choice-option/flap');
});

it('the gate of a stage of a track says which question would open it, though the course asks that', () => {
  const plan = besideOption({
    decisions: [askedFor(OPTION)],
    stages: [stageOf('first'), stageOf('second'), stageOf('month-1', { onlyFor: only('option', 'flap') })],
  });
  plan.report('first', '2026-03-02');
  const { reasons } = refusalOf(plan.start('month-1'));
  const [needs = ''] = openQuestions(plan);
  expect(reasons[0]?.clears).toEqual([[{ kind: 'event', type: 'decide', needs, role: 'dermatologist' }]]);
  expect(decide(plan, needs, 'flap').answer.outcome).toBe('accepted');
  const left = refusalOf(plan.start('month-1')).reasons.map(({ invariant }) => invariant);
  expect(left).toEqual(['S1']);
});
