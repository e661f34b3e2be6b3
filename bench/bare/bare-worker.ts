import { readFileSync } from 'node:fs';
import { NativeConnection, Worker } from '@temporalio/worker';
import pg from 'pg';
import { configOf, serveParent } from '../serve-parent.ts';

export interface BareConfig {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly bundlePath: string;
  readonly databaseUrl: string;
  /** The text of a step of Carechart's: what the bare commit writes too. */
  readonly bodyPath: string;
}

export interface BareActivities {
  commit(planId: string, eventId: string): Promise<void>;
}

/** One row and one notification in one statement, which is one transaction. */
export const BARE_COMMIT = `with row as (
  insert into bench.step values ($1, $2, $3) on conflict do nothing)
select pg_notify('bench_answer', $1 || '/' || $2)`;

const CONNECTIONS = 12;

async function main(): Promise<void> {
  const { address, namespace, taskQueue, bundlePath, databaseUrl, bodyPath } = configOf<BareConfig>();
  const body = readFileSync(bodyPath, 'utf8');
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  const activities: BareActivities = {
    commit: async (planId, eventId) => {
      await pool.query(BARE_COMMIT, [planId, eventId, body]);
    },
  };
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    activities: { ...activities },
    workflowBundle: { codePath: bundlePath },
    stickyQueueScheduleToStartTimeout: '1s',
  });
  const done = worker.run();
  serveParent(async () => {
    worker.shutdown();
    await done;
    await pool.end();
    await connection.close();
  }, 'main and workflows');
}

if (process.env.BENCH_CONFIG !== undefined) await main();
