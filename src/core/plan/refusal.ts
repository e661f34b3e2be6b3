import type { Code } from '../model/codes.ts';
import type { Clearing } from '../model/verdict.schema.ts';
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

/** That a task is done. */
export const completing = (id: string, { role }: Pick<Task, 'role'>): Clearing => ({
  kind: 'event',
  type: 'task.completed',
  needs: id,
  role,
});
