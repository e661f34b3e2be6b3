import type { Code } from '../model/codes.ts';
import type { Clearing } from '../model/verdict.schema.ts';
import { homeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { Draft } from './draft.ts';
import type { Answer, Reason } from './outcome.schema.ts';
import type { Task } from './plan-state.schema.ts';

/** A request that is not granted, with every reason. */
export type Refusal = Extract<Answer, { outcome: 'refused' }>;

export const refuse = (code: Code, says: string, reasons: readonly Reason[]): Refusal => ({
  outcome: 'refused',
  code,
  says,
  reasons: [...reasons],
});

/** Nothing more is carried out in a plan that is over, or was never begun. */
export const refuseOver = ({ pathway, state }: Pick<Draft, 'pathway' | 'state'>): Refusal =>
  refuse('CC3003', `The plan is ${homeOf(state)} already.`, [
    {
      invariant: 'phase',
      says: `The plan is ${homeOf(state)}: what is to be carried out takes another one.`,
      clears: [[{ kind: 'event', type: 'startPlan', needs: pathway.id, role: COORDINATOR }]],
    },
  ]);

/** That a task is done. */
export const completing = (id: string, { role }: Pick<Task, 'role'>): Clearing => ({
  kind: 'event',
  type: 'task.completed',
  needs: id,
  role,
});

/** That a question is answered. */
export const deciding = (id: string, { role }: { readonly role: string }): Clearing => ({
  kind: 'event',
  type: 'decide',
  needs: id,
  role,
});

/** What others do nothing here starts or books: what they tell moves it. */
export const refuseElsewhere = ({ stage, title }: StageDefinition): Refusal =>
  refuse('CC3002', `${title} is done elsewhere: nothing is started or booked here.`, [
    {
      invariant: 'phase',
      says: `${title} is done elsewhere: report when it has begun, and when it has ended.`,
      clears: [[{ kind: 'event', type: 'procedure.performed', needs: stage, role: COORDINATOR }]],
    },
  ]);

/** Whose chart is in hand, in words. */
export const whoseChart = (draft: Pick<Draft, 'inHand'>): string => draft.inHand?.line ?? 'The plan';
