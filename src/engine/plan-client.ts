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
} from '../../workflows/messages.ts';
import type { treatmentPlan } from '../../workflows/treatment-plan.workflow.ts';
import { Failure } from '../core/model/failure.ts';
import type { PlanKey } from '../core/plan/outcome.schema.ts';
import { clientDataConverter } from './data-converter.ts';

/** What a plan's workflow is told: an event, and the API's word for who sent it. */
export interface PlanMessage {
  readonly event: unknown;
  readonly token?: string;
}

/** The way to running plans. When a call returns, Temporal has the message, in order, for good. */
export interface PlanClient {
  /** Starts a plan's workflow with its first message; does nothing when it runs already. @throws Failure CC5001 */
  start(key: PlanKey, message: PlanMessage): Promise<void>;
  /**
   * Signals a plan. A plan whose workflow has ended or is lost is taken up again from what the store has of it.
   * @param stored - read only then; undefined: there is no such plan
   * @returns false when there is no such plan
   * @throws Failure CC5001
   */
  send(
    key: PlanKey,
    message: PlanMessage,
    stored: () => Promise<Pick<Carried, 'state' | 'head'> | undefined>,
  ): Promise<boolean>;
  /** @throws Failure CC5001 */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface PlanClientOptions {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly limits: RunLimits;
}

const DEADLINE_MS = 4_000;

export const workflowIdOf = ({ clinic, planId }: PlanKey): string => `plan/${clinic}/${planId}`;

export async function createPlanClient(options: PlanClientOptions): Promise<PlanClient> {
  const { address, namespace, taskQueue, limits } = options;
  const connection = Connection.lazy({ address });
  const client = new Client({ connection, namespace, dataConverter: clientDataConverter });
  const inTime = <T>(work: () => Promise<T>): Promise<T> =>
    connection.withDeadline(Date.now() + DEADLINE_MS, work).catch(asFailure);
  const startOptions = (key: PlanKey, carried: Carried) => ({
    workflowId: workflowIdOf(key),
    taskQueue,
    workflowTaskTimeout: '3s' as const,
    args: [{ key, carried, limits }] satisfies [TreatmentPlanInput],
  });
  return {
    async start(key, message) {
      const carried: Carried = {
        state: null,
        head: '',
        pending: [],
        inbox: [{ kind: 'signal', body: message }],
      };
      await inTime(async () => {
        try {
          await client.workflow.start<typeof treatmentPlan>('treatmentPlan', {
            ...startOptions(key, carried),
            workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          });
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        }
      });
    },
    send: (key, message, stored) =>
      inTime(async () => {
        try {
          await client.workflow.getHandle(workflowIdOf(key)).signal(eventSignal, message);
          return true;
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }
        const found = await stored();
        if (!found) return false;
        await client.workflow.signalWithStart<typeof treatmentPlan, [unknown]>('treatmentPlan', {
          ...startOptions(key, { ...found, pending: [], inbox: [] }),
          signal: eventSignal,
          signalArgs: [message],
        });
        return true;
      }),
    ping: () => inTime(async () => void (await connection.workflowService.getSystemInfo({}))),
    close: () => connection.close(),
  };
}

function asFailure(error: unknown): never {
  if (error instanceof Failure) throw error;
  const said = error instanceof Error ? error.message : String(error);
  throw new Failure('CC5001', `Temporal did not answer: ${said}`, { cause: error });
}
