import type { Pathway } from '../pathway/pathway.ts';
import { isDecided } from './asked-decisions.ts';
import type { PlanState } from './plan-state.schema.ts';
import { openWorkOf } from './tasks.ts';

/** Nothing of the phase is to be done any more, and whatever is decided in it goes on. */
export const isWorkDone = (pathway: Pathway, state: PlanState): boolean =>
  openWorkOf(state).length === 0 &&
  pathway.decisionsOf(state.chart).every(({ decision }) => isDecided(state, state.chart, decision));
