import type { PlanState } from './plan-state.schema.ts';

/** Which time a stage is on: 1 before it was ever come to. */
export const roundOf = ({ stages }: Pick<PlanState, 'stages'>, stage: string): number =>
  stages[stage]?.round ?? 1;
