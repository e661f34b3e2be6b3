import { proxySinks, type Sinks, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import type { Advanced, AdvanceInput } from '../../../activities/advance.activities.ts';
import type { Effect, PlanKey } from '../../../src/core/plan/outcome.schema.ts';
import type { TreatmentPlanInput } from '../../../workflows/messages.ts';

/** What a workflow says to the world, with everything that it says: Temporal itself compares little more than names. */
export type Report =
  | { readonly kind: 'advance'; readonly seq: number; readonly input: AdvanceInput }
  | { readonly kind: 'advanced'; readonly seq: number; readonly output: Advanced }
  | { readonly kind: 'failed'; readonly seq: number; readonly says: string }
  | { readonly kind: 'timer'; readonly seq: number; readonly durationMs: number }
  | { readonly kind: 'effect'; readonly seq: number; readonly args: readonly [PlanKey, Effect] }
  | { readonly kind: 'handed over'; readonly input: TreatmentPlanInput };

export interface ReportSinks extends Sinks {
  reports: { say(text: string): void };
}

/**
 * In the workflow's sandbox, for tests only. Promises are passed on as they are, not awaited: what is replayed runs in
 * the same order as without it.
 *
 * @public found by this name in the bundle
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  const { reports } = proxySinks<ReportSinks>();
  // As text, at once: what it holds may change later.
  const say = (report: object): void => reports.say(JSON.stringify(report));
  return {
    outbound: [
      {
        scheduleLocalActivity(input, next) {
          const { seq } = input;
          say({ kind: 'advance', seq, input: input.args[0] });
          const result = next(input);
          result.then(
            (output) => say({ kind: 'advanced', seq, output }),
            (error) => say({ kind: 'failed', seq, says: String(error) }),
          );
          return result;
        },
        startTimer(input, next) {
          say({ kind: 'timer', seq: input.seq, durationMs: input.durationMs });
          return next(input);
        },
        scheduleActivity(input, next) {
          say({ kind: 'effect', seq: input.seq, args: input.args });
          return next(input);
        },
        continueAsNew(input, next) {
          say({ kind: 'handed over', input: input.args[0] });
          return next(input);
        },
      },
    ],
  };
};
