import { join } from 'node:path';
import { Failure } from '../core/model/failure.ts';
import { runWorker } from '../engine/run-worker.ts';
import { bringUp } from './bring-up.ts';
import { firstPlanCommand } from './first-plan.ts';
import { runApi } from './run-api.ts';
import { configFrom, createLogger, stopRequested } from './runtime.ts';

/** One process for worker and API; Ctrl-C stops all of it in order. After `kill -9` the next start takes over. */
export async function serve(dataDir: string, port: number): Promise<void> {
  const stop = stopRequested();
  const say = (line: string): void => console.log(`  ${line}`);
  console.log('Carechart is starting.');
  const { servers, addresses, pathways } = await bringUp({ dataDir, onProgress: say });
  const logger = createLogger(join(dataDir, 'carechart.log'));
  const config = configFrom(addresses, servers.secrets, logger);
  const parts: (() => Promise<void>)[] = [() => servers.stop()];
  const failures: unknown[] = [];
  try {
    const worker = await runWorker(config);
    parts.unshift(() => worker.stop());
    const api = await runApi({ ...config, port }).catch((error: unknown) => {
      throw portTaken(error, port);
    });
    parts.unshift(() => api.stop());
    console.log(readyText({ port: api.port, dataDir, start: firstPlanCommand(pathways) }));
    await Promise.race([stop, endOf(worker.done)]);
    console.log('\nStopping.');
  } catch (error) {
    failures.push(error);
  }
  // Every part is stopped, whatever became of the others.
  for (const part of parts) await part().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
  console.log('Stopped. Every plan is kept.');
}

/** A worker runs until it is told to stop: one that ends of itself has failed. */
async function endOf(done: Promise<void>): Promise<never> {
  await done;
  throw new Failure('CC5001', 'The worker ended of itself; the log says why.');
}

function portTaken(error: unknown, port: number): unknown {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (!isTaken) return error;
  return new Failure('CC5007', `Port ${port} of 127.0.0.1 is in use by another program.`, { cause: error });
}

const readyText = ({ port, dataDir, start }: { port: number; dataDir: string; start: string }): string => `
Carechart is up.

  HTTP API      http://127.0.0.1:${port}/v1   (described at /openapi.json)
  Data          ${dataDir}
  Log           ${join(dataDir, 'carechart.log')}

Start a first plan, in another terminal:

  ${start}
  npx carechart show first-plan

Ctrl-C stops Carechart.`;
