import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { atMost, type MeasureReport, rowsOf } from '../report.ts';
import type { Settings } from '../settings.ts';
import { alternate } from '../statistics.ts';
import type { System } from '../system.ts';

const OURS = fileURLToPath(new URL('../carechart/serve.js', import.meta.url));
const BARE = fileURLToPath(new URL('../bare/bare-serve.js', import.meta.url));

/** Starts a program, waits for the line that says it is ready, and stops it. @returns seconds until ready */
async function secondsToReady(args: readonly string[], ready: RegExp): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const said: string[] = [];
  let seconds: number | undefined;
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (seconds === undefined && ready.test(line)) {
      seconds = (performance.now() - begun) / 1000;
      child.kill('SIGINT');
    }
  }
  await ended;
  if (seconds === undefined) throw new Error(`it was never ready: ${said.slice(-10).join('\n')}`);
  return seconds;
}

export async function measureColdStart({ rounds }: Settings, system: System): Promise<MeasureReport> {
  const dataDir = system.logPath('cold-start').replace(/\.log$/, '');
  const serve = () => secondsToReady([OURS, 'serve', '--data', dataDir, '--port', '0'], /^Carechart is up\./);
  const bare = () => secondsToReady([BARE, dataDir, system.bareBundle], /^ready$/);
  // Makes the database and its schema: everything is installed before anything is measured.
  await serve();
  await bare();
  const measured = await alternate(rounds, {
    ours: async () => ({ seconds: await serve() }),
    bare: async () => ({ seconds: await bare() }),
  });
  return {
    id: 'P9',
    title: 'cold start to ready, everything installed and built',
    work: '`carechart serve` on a data folder that exists, as a new process: files compiled, PostgreSQL and Temporal started, schema looked at, pathways published, worker and API up',
    bare: 'one process that starts the same two programs side by side, waits until PostgreSQL takes connections and Temporal has its namespace, and starts a worker with nothing else',
    rounds,
    rows: rowsOf(measured, [{ name: 'seconds', what: 'start → ready', unit: 's', goals: [atMost(4)] }]),
    checks: {},
    notMeasured: ['cold disk caches', 'the very first start, which makes the database'],
  };
}
