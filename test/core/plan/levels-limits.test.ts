import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { levelOf } from '../../../src/core/plan/levels.ts';
import { decide, decisionOf, exitTo, GO, openQuestions } from '../../support/decided.ts';
import { DOSE, limit, lower, planAt } from '../../support/figures.ts';
import { stageOf } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';

/** What limits a figure limits whatever raises it later. */

const session = { for: 'this session' };
const raise = (more: object = {}): Action[number] => ({ do: 'raise', figure: 'dose', ...more });
const OUTCOMES: Record<string, Action> = {
  limit: [limit('four fifths'), ...GO],
  'limit-more': [limit('three fifths'), ...GO],
  'limit-today': [limit('three fifths', session), ...GO],
  lower: [lower(), ...GO],
  'lower-today': [lower(session), ...GO],
  raise: [raise(), ...GO],
  'raise-today': [raise(session), ...GO],
  'raise-or-leave': [raise({ atEnd: exitTo('postponement') }), ...GO],
};

/** Before each session the dermatologist says what becomes of the dose. */
const after = (startsAt: string, ...outcomes: string[]): RunningPlan => {
  const plan = planAt(
    {
      figures: [{ ...DOSE, is: { levels: ['three fifths', 'four fifths', 'full'], startsAt } }],
      stages: [stageOf('first', { sessions: 12, decidedBefore: 'dose-now', with: ['dose'] })],
      decisions: [decisionOf('dose-now', { outcomes: OUTCOMES })],
    },
    undefined,
  );
  outcomes.forEach((outcome, index) => {
    if (index > 0) plan.report('first', `2026-03-${10 + index}`, `2026-03-${10 + index}T16:00:00.000Z`);
    decide(plan, openQuestions(plan)[0] ?? '', outcome);
  });
  return plan;
};

it.each<[string, string, string[], string]>([
  ['what is raised later stays at the limit', 'full', ['limit', 'raise', 'raise'], 'four fifths'],
  ['what was lowered since comes back up to it', 'full', ['limit', 'lower', 'raise', 'raise'], 'four fifths'],
  [
    'a limit above what it is now binds what it is raised to',
    'three fifths',
    ['limit', 'raise', 'raise'],
    'four fifths',
  ],
  ['the lower of two limits binds', 'full', ['limit', 'limit-more', 'raise'], 'three fifths'],
  ['so it does when it came first', 'full', ['limit-more', 'limit', 'raise'], 'three fifths'],
  ['asked for once more it limits no further', 'full', ['limit', 'limit'], 'four fifths'],
  ['it binds what is raised for one session', 'full', ['limit', 'raise-today'], 'four fifths'],
  ['a limit of one session ends with it', 'full', ['limit-today', 'lower', 'raise'], 'full'],
  ['and leaves the lasting one as it is', 'full', ['limit', 'limit-today', 'raise'], 'four fifths'],
  ['as does what is lowered for one session', 'full', ['limit', 'lower-today', 'raise'], 'four fifths'],
])('%s', (_says, startsAt, outcomes, level) => {
  expect(levelOf(after(startsAt, ...outcomes), 'dose').level).toBe(level);
});

it('at its limit there is no level left above', () => {
  const plan = after('full', 'limit', 'raise-or-leave');
  expect(levelOf(plan, 'dose').level).toBe('four fifths');
  expect(plan.state.chart).toBe('postponement');
});
