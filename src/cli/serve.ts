import { join } from 'node:path';
import { Failure } from '../core/model/failure.ts';
import { runWorker } from '../engine/run-worker.ts';
import { bringUp } from './bring-up.ts';
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
  const stopped: (() => Promise<void>)[] = [() => servers.stop()];
  try {
    const worker = await runWorker(config);
    stopped.unshift(() => worker.stop());
    const api = await runApi({ ...config, port }).catch((error: unknown) => {
      throw portTaken(error, port);
    });
    stopped.unshift(() => api.stop());
    console.log(readyText({ port: api.port, dataDir, pathway: pathways[0] ?? '' }));
    await Promise.race([stop, worker.done]);
    console.log('\nStopping.');
  } finally {
    for (const part of stopped) await part();
  }
  console.log('Stopped. Every plan is kept.');
}

function portTaken(error: unknown, port: number): unknown {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (!isTaken) return error;
  return new Failure('CC5007', `Port ${port} of 127.0.0.1 is in use by another program.`, { cause: error });
}

const readyText = ({
  port,
  dataDir,
  pathway,
}: {
  port: number;
  dataDir: string;
  pathway: string;
}): string => `
Carechart is up.

  HTTP API      http://127.0.0.1:${port}/v1   (described at /openapi.json)
  Data          ${dataDir}
  Log           ${join(dataDir, 'carechart.log')}

Start a first plan, in another terminal:

  npx carechart start ${pathway} --patient example-patient --plan first-plan
  npx carechart show first-plan

Ctrl-C stops Carechart.`;
