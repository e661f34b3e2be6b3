import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../core/model/failure.ts';
import { openLog, tailOf } from '../machine/files.ts';
import { choosePort } from '../machine/ports.ts';
import { awaitEnd, type ProcessStamp, stampOf, stopProcess } from '../machine/processes.ts';
import { type SkippingClock, skippingClockAt } from './skipping-clock.ts';
import { STOP_STEPS, whyNotServing } from './temporal-process.ts';
import { ensureTimeSkippingServer, type TimeSkippingOptions } from './time-skipping-server.ts';

/** A Temporal server with a clock of its own, for a whole system to run on. */
export interface SkippingServer extends SkippingClock {
  readonly address: string;
  readonly namespace: string;
  stop(): Promise<void>;
}

const NAMESPACE = 'default';
const READY_TIMEOUT_MS = 60_000;
const LOG_LINES = 12;
const ENDS_WITHIN_MS = 10_000;

/** Its standard input is its lifeline: that ends with us, however we end. */
const WITH_US = '"$0" "$1" & server=$!; cat > /dev/null; kill "$server"; wait "$server"';

/** @throws Failure CC5001, CC5005 */
export async function startSkippingServer(
  options: TimeSkippingOptions & { readonly dataDir: string },
): Promise<SkippingServer> {
  const program = await ensureTimeSkippingServer(options);
  const port = await choosePort([]);
  const running = run(program, { port, log: join(options.dataDir, 'temporal.log') });
  try {
    await serving(running, port);
    options.onProgress(`Temporal serves on 127.0.0.1:${port}, with a clock of its own.`);
    const address = `127.0.0.1:${port}`;
    const clock = await skippingClockAt(address);
    const stop = () => clock.close().finally(() => running.stop());
    return { ...clock, address, namespace: NAMESPACE, stop };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

interface Running {
  readonly stamp: ProcessStamp;
  readonly words: () => string;
  stop(): Promise<void>;
}

/** In a session of its own, so that Ctrl-C in a terminal reaches only Carechart, which stops its servers in order. */
function run(program: string, { port, log }: { readonly port: number; readonly log: string }): Running {
  const { descriptor, fromByte } = openLog(log);
  const child = spawn('sh', ['-c', WITH_US, program, `${port}`], {
    detached: true,
    stdio: ['pipe', descriptor, descriptor],
  });
  closeSync(descriptor);
  child.on('error', () => undefined);
  const stamp = child.pid === undefined ? undefined : stampOf(child.pid);
  if (stamp === undefined) throw new Failure('CC5001', 'The time-skipping server could not be started.');
  return {
    stamp,
    words: () => tailOf(log, { lines: LOG_LINES, fromByte }),
    stop: async () => {
      child.stdin?.end();
      if (!(await awaitEnd(stamp, ENDS_WITHIN_MS))) await stopProcess(stamp, STOP_STEPS);
    },
  };
}

async function serving({ stamp, words }: Running, port: number): Promise<void> {
  const until = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    const reason = await whyNotServing({ host: '127.0.0.1', port, timeoutMs: 5_000 });
    if (reason === undefined) return;
    const hasEnded = stampOf(stamp.pid)?.startedAt !== stamp.startedAt;
    if (hasEnded || performance.now() > until)
      throw new Failure('CC5001', `The time-skipping server does not serve: ${reason}. It said:\n${words()}`);
    await pause(50);
  }
}
