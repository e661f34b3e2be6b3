import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

const RESERVED = '__temporal_';

/**
 * Signals whose names Temporal keeps for itself reach a default handler as an error of the workflow task, for ever.
 * They are renamed before they get there, and then noted like any signal that plans do not take.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  internals: [
    {
      activate(input, next) {
        for (const { signalWorkflow } of input.activation.jobs ?? []) {
          if (signalWorkflow?.signalName?.startsWith(RESERVED)) {
            signalWorkflow.signalName = `reserved:${signalWorkflow.signalName}`;
          }
        }
        return next(input);
      },
    },
  ],
});
