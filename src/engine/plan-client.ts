import {
  Client,
  Connection,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import {
  type Carried,
  eventSignal,
  type RunLimits,
  type TreatmentPlanInput,
  workflowIdOf,
} from '../../workflows/messages.ts';
import type { treatmentPlan } from '../../workflows/treatment-plan.workflow.ts';
import { Failure } from '../core/model/failure.ts';
import type { PlanKey } from '../core/plan/outcome.schema.ts';
import type { ResumedPlan } from '../store/plans.ts';
import { clientDataConverter } from './data-converter.ts';

/** What a plan's workflow is told: an event, and the API's word for who sent it. */
export interface PlanMessage {
  readonly event: unknown;
  readonly token?: string;
}

/** The way to running plans. When a call returns, Temporal has the message, in order, for good. */
export interface PlanClient {
  /**
   * Starts a plan's workflow with its first message.
   * @returns `running` when a workflow of this plan runs already: then this message went nowhere
   * @throws Failure CC5001
   */
  start(key: PlanKey, message: PlanMessage): Promise<'started' | 'running'>;
  /**
   * Signals a plan. A plan whose workflow has ended or is lost is taken up again from what the store has of it.
   * @param stored - read only then; undefined: there is no such plan
   * @returns false when there is no such plan
   * @throws Failure CC5001
   */
  send(key: PlanKey, message: PlanMessage, stored: () => Promise<ResumedPlan | undefined>): Promise<boolean>;
  /** Starts the workflow of a plan that lost it; does nothing to one that runs. @throws Failure CC5001 */
  resume(key: PlanKey, plan: ResumedPlan): Promise<'started' | 'running'>;
  /** @throws Failure CC5001 */
  ping(): Promise<void>;
  /** Waits for calls in flight: a connection that is closed under them ends the process. */
  close(): Promise<void>;
}

export interface PlanClientOptions {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly limits: RunLimits;
}

const DEADLINE_MS = 4_000;

export async function createPlanClient(options: PlanClientOptions): Promise<PlanClient> {
  const { address, namespace, taskQueue, limits } = options;
  const connection = Connection.lazy({ address });
  const client = new Client({ connection, namespace, dataConverter: clientDataConverter });
  const inFlight = new Set<Promise<unknown>>();

  const inTime = <T>(work: () => Promise<T>): Promise<T> => {
    const call = connection.withDeadline(Date.now() + DEADLINE_MS, work);
    inFlight.add(call);
    return call.catch(asFailure).finally(() => inFlight.delete(call));
  };
  const startOptions = (key: PlanKey, carried: Carried) => ({
    workflowId: workflowIdOf(key),
    taskQueue,
    workflowTaskTimeout: '3s' as const,
    // A run that ended is no reason against another: the store has the plan, and its first step meets its row.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    args: [{ key, carried, limits }] satisfies [TreatmentPlanInput],
  });
  const startWith = (key: PlanKey, carried: Carried) =>
    inTime(async () => {
      try {
        await client.workflow.start<typeof treatmentPlan>('treatmentPlan', startOptions(key, carried));
        return 'started' as const;
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'running' as const;
        throw error;
      }
    });

  return {
    start: (key, message) =>
      startWith(key, { state: null, head: '', pending: [], inbox: [{ kind: 'signal', body: message }] }),
    resume: (key, plan) => startWith(key, { ...plan, inbox: [] }),
    send: (key, message, stored) =>
      inTime(async () => {
        try {
          await client.workflow.getHandle(workflowIdOf(key)).signal(eventSignal, message);
          return true;
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }
        const plan = await stored();
        if (!plan) return false;
        await client.workflow.signalWithStart<typeof treatmentPlan, [unknown]>('treatmentPlan', {
          ...startOptions(key, { ...plan, inbox: [] }),
          signal: eventSignal,
          signalArgs: [message],
        });
        return true;
      }),
    ping: () => inTime(async () => void (await connection.workflowService.getSystemInfo({}))),
    close: async () => {
      await Promise.allSettled(inFlight);
      await connection.close();
    },
  };
}

function asFailure(error: unknown): never {
  if (error instanceof Failure) throw error;
  throw new Failure('CC5001', 'Temporal did not answer.', { cause: error });
}
