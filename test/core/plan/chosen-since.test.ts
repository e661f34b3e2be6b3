import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { askedFor, choiceOf, only } from '../../support/choices.ts';
import { decide, decisionOf, GO, planWith } from '../../support/decided.ts';
import { byTier, days } from '../../support/figures.ts';
import { programmeOf, sessionOf } from '../../support/listed.ts';
import { atStage, intervalOf, stageOf, type Variation } from '../../support/pathways.ts';
import { eventOf, type RunningPlan } from '../../support/plan.ts';

const TIER = choiceOf('tier', ['mild', 'severe']);
const rethink: Action = [{ do: 'choose', choice: 'tier' }, ...GO];
const at = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T16:00:00.000Z`;

/** Chosen when the plan starts, on 2 March; chosen again, later. */
const chosen = (value: string, more: Variation): RunningPlan => {
  const plan = planWith({
    choices: [TIER],
    decisions: [askedFor(TIER), decisionOf('again', { outcomes: { yes: rethink, no: GO } })],
    decidedIn: { consultation: [], assessment: ['tier'] },
    ...more,
  });
  decide(plan, 'decision/tier', value);
  return plan;
};
const deviations = (plan: RunningPlan): unknown[] =>
  plan.journal.filter(({ kind }) => kind === 'deviation.raised').map(({ details }) => details.code);

describe('a report of a day before it was chosen otherwise', () => {
  const spaced = (value: string): RunningPlan => {
    const plan = chosen(value, {
      figures: [byTier('gap', days(14), days(28))],
      stages: [stageOf('first', { reassess: 'again' }), stageOf('second', { sessions: 2 })],
      intervals: [
        {
          ...intervalOf('gap-between', atStage('end of first'), 'second', { ifEarly: 'does not count' }),
          to: { kind: 'stage', stage: 'second' },
          minimum: { figure: 'gap' },
        },
      ],
    });
    plan.report('first', '2026-03-02', at(2));
    return plan;
  };
  const rechosen = (from: string, to: string): RunningPlan => {
    const plan = spaced(from);
    decide(plan, 'decision/again', 'yes', { now: at(25) });
    decide(plan, 'decision/tier#2', to, { now: at(25) });
    plan.report('second', '2026-03-20', at(26));
    return plan;
  };

  it('is not too early by the figure that counts since, and is not owed again', () => {
    const plan = rechosen('mild', 'severe');
    expect(plan.state.performed.at(-1)).toMatchObject({ stage: 'second', counts: true });
    expect(deviations(plan).at(-1)).not.toBe('too-early');
  });

  it('is too early by the figure that counted then, whatever was chosen since', () => {
    const plan = rechosen('severe', 'mild');
    expect(plan.state.performed.at(-1)).toMatchObject({ stage: 'second', counts: false });
  });
});

it('a session that was for this patient on its day is no deviation because of what was chosen since', () => {
  const plan = chosen('severe', {
    stages: [
      stageOf('first', { reassess: 'again' }),
      programmeOf([sessionOf('laser', { onlyFor: only('tier', 'severe') }), sessionOf('peel')]),
    ],
  });
  plan.report('first', '2026-03-02', at(2));
  decide(plan, 'decision/again', 'yes', { now: at(25) });
  decide(plan, 'decision/tier#2', 'mild', { now: at(25) });
  const laser = { stage: 'programme', performedOn: '2026-03-20', session: 'laser' };
  plan.send(eventOf('procedure.performed', laser), at(26));
  expect(plan.state.performed.at(-1)).toMatchObject({ session: 'laser' });
  expect(deviations(plan)).not.toContain('out-of-order');
});
