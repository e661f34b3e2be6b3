import type { Actor } from '../../src/core/model/actor.schema.ts';
import type { EventOf } from '../../src/core/model/event.schema.ts';
import type { Instant } from '../../src/core/model/primitives.schema.ts';
import type { Action, DecisionDefinition } from '../../src/core/pathway/decisions.schema.ts';
import type { Step } from '../../src/core/plan/step.ts';
import { for_, pathwayWith, stageOf, type Variation } from './pathways.ts';
import { actor, coordinator, eventOf, RunningPlan } from './plan.ts';

export const GO: Action = [{ do: 'go' }];
export const exitTo = (exit: 'postponement' | 'referral' | 'further-evaluation' | 'conservative'): Action => [
  { do: 'exit', exit },
];

/** Asked of the dermatologist, due a week after it was asked. */
export const decisionOf = (decision: string, more: Partial<DecisionDefinition> = {}): DecisionDefinition => ({
  decision,
  title: `Title of ${decision}.`,
  by: { kind: 'roles', roles: ['dermatologist'] },
  due: { to: for_(7, 'day'), after: 'asked' },
  ladder: 'standard',
  needs: [],
  outcomes: { yes: GO, no: exitTo('postponement') },
  ...more,
});

export const BOARD = ['dermatologist', 'nurse', 'clinical-lead'];
export const boardOf = (
  quorum: number | 'every role',
  more: { agree?: 'majority' | 'all'; tie?: string } = {},
): DecisionDefinition['by'] => ({ kind: 'board', roles: BOARD, quorum, agree: 'majority', ...more });

/** Two operations, no rules: what stands in the way is what a test puts there. */
export const twoStages = (variation: Variation = {}) =>
  pathwayWith({ rules: [], consultation: [], stages: [stageOf('first'), stageOf('second')], ...variation });

export const START = '2026-03-02T15:00:00.000Z';
export const planWith = (variation: Variation = {}): RunningPlan =>
  new RunningPlan(twoStages(variation), START);

export const dermatologist = actor('dermatologist-1', 'dermatologist');
export { lead } from './plan.ts';

type Word = { by?: Actor; role?: string; note?: string; now?: Instant };

export const decide = (plan: RunningPlan, question: string, outcome: string, word: Word = {}): Step => {
  const { by = dermatologist, role, note, now } = word;
  const data = { question, outcome, ...(role ? { role } : {}), ...(note ? { note } : {}) };
  return plan.send(eventOf('decide', data, { id: `decide-${plan.steps.length}`, actor: by }), now);
};

export const leave = (plan: RunningPlan, exit: EventOf<'leaveCourse'>['data']['exit'], now?: Instant): Step =>
  plan.send(eventOf('leaveCourse', { exit, reason: 'the patient travels' }, { actor: coordinator }), now);

export const comeBack = (plan: RunningPlan, now?: Instant): Step =>
  plan.send(eventOf('returnToCourse', { reason: 'the patient is back' }, { actor: coordinator }), now);

export const book = (plan: RunningPlan, stage: string, on: string): Step =>
  plan.send(
    eventOf('appointment.booked', { stage, on }, { id: `book-${plan.steps.length}`, actor: coordinator }),
  );

export const openQuestions = ({ state }: RunningPlan): string[] =>
  Object.keys(state.questions).filter((id) => state.questions[id]?.answer === undefined);

export const openTasks = ({ state }: RunningPlan): string[] =>
  Object.keys(state.tasks).filter((id) => state.tasks[id]?.status === 'requested');

/** Lets the plan's own timer come back until a day. */
export function sleepUntil(plan: RunningPlan, until: Instant): void {
  for (let round = 0; round < 400; round += 1) {
    const at = plan.state.wake.at;
    if (at === null || at > until) return;
    plan.wake(at);
  }
  throw new Error('the plan wakes too often');
}
