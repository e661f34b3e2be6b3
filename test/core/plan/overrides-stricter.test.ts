import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { dermatologist, exitTo, GO, openQuestions } from '../../support/decided.ts';
import {
  at,
  blood,
  CAREFUL,
  dose,
  FULL,
  LIMITED,
  LOWERED,
  notPerformed,
  planOf,
  REDUCED,
  report,
  STOP,
  start,
} from '../../support/dosed.ts';
import { eventOf, type RunningPlan, refusalOf } from '../../support/plan.ts';

/** Whoever may set a table aside may put a more cautious answer in its place. */

const grant = (plan: RunningPlan, answer: string, day: number) =>
  plan.send(
    eventOf(
      'grantOverride',
      { stage: 'first', rule: 'counts-table', answer, reason: 'urgent' },
      { id: `g-${plan.steps.length}`, actor: dermatologist },
    ),
    at(day),
  );
const statusOf = (plan: RunningPlan): (string | undefined)[] =>
  Object.values(plan.state.overrides).map(({ status }) => status);

const atFull = (outcomes: Record<string, Action> = { reduced: LIMITED }): RunningPlan => {
  const plan = planOf(outcomes);
  blood(plan, FULL, 3);
  return plan;
};

describe('a more cautious answer in the place of the table’s own', () => {
  it.each([
    ['reduced, for full', FULL, 'reduced', 'accepted'],
    ['careful, for full', FULL, 'careful', 'accepted'],
    ['careful, for reduced', REDUCED, 'careful', 'accepted'],
    ['full, for reduced, which lets on as well', REDUCED, 'full', 'refused'],
    ['the same', REDUCED, 'reduced', 'refused'],
    ['one that does not let on', FULL, 'stop', 'refused'],
  ])('%s', (_says, counts, answer, outcome) => {
    const plan = planOf({ reduced: LIMITED });
    blood(plan, counts, 3);
    expect(grant(plan, answer, 3).answer.outcome).toBe(outcome);
  });

  it('counts at the gate, and what it changes is changed', () => {
    const plan = atFull();
    grant(plan, 'reduced', 3);
    expect(start(plan, 3)).toMatchObject({ outcome: 'accepted', figures: [{ value: 'four fifths' }] });
    expect(plan.state.gates[0]?.overrides).toEqual(['first/counts-table#1']);
    expect(statusOf(plan)).toEqual(['spent']);
    report(plan, 3);
    expect(plan.state.performed[0]?.deviation).toBe(false);
  });

  it('needs no second signature: nobody is put at risk by it', () => {
    const plan = planOf({ reduced: LIMITED }, undefined, {}, { second: 'clinical-lead' });
    blood(plan, FULL, 3);
    grant(plan, 'reduced', 3);
    expect(statusOf(plan)).toEqual(['active']);
    expect(start(plan, 3)).toMatchObject({ figures: [{ value: 'four fifths' }] });
  });

  it('a less cautious one still does', () => {
    const plan = planOf({ reduced: LIMITED }, undefined, {}, { second: 'clinical-lead' });
    blood(plan, STOP, 3);
    grant(plan, 'full', 3);
    expect(statusOf(plan)).toEqual(['requested']);
    expect(refusalOf(start(plan, 3)).code).toBe('CC3001');
  });

  it('lapses with the evidence that it was given on, and whoever gave it hears', () => {
    const plan = atFull();
    grant(plan, 'reduced', 3);
    blood(plan, FULL + 1, 4);
    expect(statusOf(plan)).toEqual(['lapsed']);
    const says = expect.stringContaining('reduced counts no more');
    expect(plan.last.effects).toMatchObject([{ role: 'dermatologist', says }]);
    expect(start(plan, 4)).toMatchObject({ figures: [{ value: 'full' }] });
  });

  it('lifts no delay that the table had told the gate', () => {
    const plan = planOf({
      careful: [{ do: 'wait', for: { count: 7, unit: 'day' }, atMost: 1 }, ...exitTo('referral')],
    });
    blood(plan, CAREFUL, 3);
    start(plan, 3);
    blood(plan, FULL, 4);
    grant(plan, 'reduced', 4);
    expect(plan.state.delays.first?.until).toBe('2026-03-10');
    expect(refusalOf(start(plan, 4)).reasons.map(({ says }) => says)).toHaveLength(1);
  });

  it('is asked for anew for a session that was not given', () => {
    const plan = atFull({ reduced: LOWERED, careful: GO });
    grant(plan, 'reduced', 3);
    start(plan, 3);
    notPerformed(plan, 3);
    expect(dose(plan)).toBe('four fifths');
    expect(start(plan, 3)).toMatchObject({ outcome: 'accepted', figures: [{ value: 'four fifths' }] });
    expect(openQuestions(plan)).toEqual([]);
  });
});
