import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Effect, PlanKey } from '../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../src/core/plan/plan-state.schema.ts';

/** The one way into a plan: every event, whoever sends it. The body is believed only after `advance` has looked. */
export const eventSignal = defineSignal<[body: unknown]>('event');

/** For operators and tests: what the workflow holds. Carechart's own reads come from the store. */
export const planQuery = defineQuery<PlanGlance>('plan');

export interface PlanGlance extends Pick<Carried, 'state' | 'head'> {
  readonly inbox: number;
  readonly pendingEffects: number;
}

/** One workflow a plan: its id says which. */
export const workflowIdOf = ({ clinic, planId }: PlanKey): string => `plan/${clinic}/${planId}`;

/** What waits to be taken, in the order of its coming. */
export type InboxItem =
  | { readonly kind: 'signal'; readonly body: unknown }
  | { readonly kind: 'unknown signal'; readonly name: string }
  | { readonly kind: 'wake'; readonly generation: number }
  | { readonly kind: 'effect failed'; readonly effect: Effect; readonly detail: string };

/** What a plan carries from run to run. */
export interface Carried {
  /** Null until the first step. */
  readonly state: PlanState | null;
  /** Head of the journal's chain. */
  readonly head: string;
  readonly pending: readonly Effect[];
  readonly inbox: readonly InboxItem[];
}

export interface TreatmentPlanInput {
  readonly key: PlanKey;
  readonly carried: Carried;
  readonly limits: RunLimits;
}

/** When a run hands over to the next one. */
export interface RunLimits {
  readonly events: number;
  readonly days: number;
}

/** What a payload that could not be read becomes: nothing on its way in may throw. */
export interface Undecodable {
  readonly undecodable: string;
}
