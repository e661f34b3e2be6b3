import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../src/store/database.ts';
import { definitionsOf } from '../src/store/definitions.ts';
import { answersOn } from './answers.ts';
import { historyEvents, oneObservation } from './carechart/events.ts';
import { httpCaller } from './carechart/http-caller.ts';
import { benchPathway, CLINIC } from './carechart/pathway.ts';
import { runConfig } from './carechart/run-config.ts';
import { type BenchWorker, startChild } from './child.ts';
import { BARE_CHANNEL, type System } from './system.ts';

/** Carechart and its bare peer, seen alike: plans that are started, and events that are answered. */
export interface Side {
  readonly name: 'ours' | 'bare';
  readonly worker: BenchWorker;
  /** Stands between the client and Temporal; on the bare side the client speaks to Temporal itself. */
  readonly api?: BenchWorker;
  /** Resolves with the answer to the start. */
  start(planId: string): Promise<void>;
  /** Sends a plan what makes it an ordinary one: about 10 KB of state on our side, nothing on the bare one. */
  furnish(planId: string): Promise<void>;
  /** One clinical event, until its answer is there. @returns the event's id */
  event(planId: string, number: number): Promise<string>;
  /** The rows that the plans have in the store: (plan, event) each. */
  rows(planIds: readonly string[]): Promise<readonly { planId: string; eventId: string }[]>;
  restartWorker(): Promise<BenchWorker>;
  close(): Promise<void>;
}

export async function carechartSide(system: System, taskQueue: string): Promise<Side> {
  const { servers } = system;
  const config = runConfig(servers, taskQueue);
  const start = (): Promise<BenchWorker> =>
    startChild(new URL('./carechart/carechart-worker.js', import.meta.url), config, {
      logPath: system.logPath(taskQueue),
    });
  let worker = await start();
  const database = connect(servers.databaseUrl, { connections: 4 });
  const reference = await definitionsOf(database).publish(benchPathway, 'bench', new Date().toISOString());
  const caller = await httpCaller(system, taskQueue);
  return {
    name: 'ours',
    get worker() {
      return worker;
    },
    api: caller.api,
    start: (planId) => caller.start(planId, reference),
    furnish: async (planId) => {
      for (const event of historyEvents()) await caller.send(planId, event);
    },
    event: async (planId, number) => {
      const event = oneObservation(number);
      await caller.send(planId, event);
      return event.id;
    },
    rows: (planIds) =>
      database.withClinic(CLINIC, async (connection) => {
        return connection
          .selectFrom('carechart.step')
          .select(['plan_id as planId', 'event_id as eventId'])
          .where('clinic', '=', CLINIC)
          .where('plan_id', 'in', [...planIds])
          .orderBy('sequence')
          .execute();
      }),
    restartWorker: async () => {
      worker = await start();
      return worker;
    },
    close: async () => {
      await worker.stop();
      await caller.close();
      await database.close();
    },
  };
}

export async function bareSide(system: System, taskQueue: string, body: string): Promise<Side> {
  const { servers, bareClient, sql, bareBundle } = system;
  const bodyPath = join(system.dataDir, 'bare-body.json');
  writeFileSync(bodyPath, body);
  const config = {
    address: servers.temporalAddress,
    namespace: servers.namespace,
    taskQueue,
    bundlePath: bareBundle,
    databaseUrl: servers.databaseUrl,
    bodyPath,
  };
  const startWorker = (): Promise<BenchWorker> =>
    startChild(new URL('./bare/bare-worker.js', import.meta.url), config, {
      logPath: system.logPath(taskQueue),
    });
  let worker = await startWorker();
  const answers = await answersOn(servers.databaseUrl, BARE_CHANNEL);
  let made = 0;
  return {
    name: 'bare',
    get worker() {
      return worker;
    },
    start: async (planId) => {
      const answered = answers.next(`${planId}/start`);
      await bareClient.workflow.start('bare', {
        taskQueue,
        workflowId: planId,
        workflowTaskTimeout: '3s',
        args: [planId],
      });
      await answered;
    },
    furnish: () => Promise.resolve(),
    event: async (planId) => {
      made += 1;
      const eventId = `e${made}`;
      const answered = answers.next(`${planId}/${eventId}`);
      await bareClient.workflow.getHandle(planId).signal('event', eventId);
      await answered;
      return eventId;
    },
    rows: async (planIds) => {
      const { rows } = await sql.query<{ planId: string; eventId: string }>(
        `select plan_id as "planId", event_id as "eventId" from bench.step where plan_id = any($1)`,
        [planIds],
      );
      return rows;
    },
    restartWorker: async () => {
      worker = await startWorker();
      return worker;
    },
    close: async () => {
      await worker.stop();
      await answers.close();
    },
  };
}
