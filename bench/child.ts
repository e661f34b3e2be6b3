import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Profile } from './profile.ts';

/** What a worker of a bench can be asked. */
export type Ask = 'memory' | 'profile.start' | 'profile.stop' | 'stop';

export interface Answers {
  /** Resident bytes of the process, after every thread has collected its garbage. */
  memory: number;
  'profile.start': true;
  'profile.stop': readonly Profile[];
  stop: true;
}

export interface BenchWorker {
  readonly pid: number;
  ask<A extends Ask>(ask: A): Promise<Answers[A]>;
  stop(): Promise<void>;
  /** SIGKILL, at once. */
  kill(): void;
}

const HOOK = new URL('./thread-hook.js', import.meta.url).href;

/** Starts `module` in a process of its own with `config`, and waits until it says that it is ready. */
export async function startChild(
  module: URL,
  config: object,
  options: { logPath: string; heapMiB?: number },
): Promise<BenchWorker> {
  const log = openSync(options.logPath, 'a');
  const child = fork(fileURLToPath(module), [], {
    execArgv: ['--expose-gc', '--import', HOOK, `--max-old-space-size=${options.heapMiB ?? 4096}`],
    env: { ...process.env, BENCH_CONFIG: JSON.stringify(config) },
    serialization: 'advanced',
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const { pid } = child;
  await answerOf(child, 'ready');
  if (pid === undefined) throw new Error(`${module.pathname} did not start`);
  return {
    pid,
    ask: async (ask) => {
      const answer = answerOf(child, ask);
      child.send({ ask });
      return (await answer) as never;
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send({ ask: 'stop' });
      await ended;
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

function answerOf(child: ChildProcess, ask: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: { to?: string; answer?: unknown; error?: string }): void => {
      if (message.to !== ask) return;
      done();
      if (message.error === undefined) resolve(message.answer);
      else reject(new Error(message.error));
    };
    const onExit = (code: number | null): void => {
      done();
      reject(new Error(`a worker ended with ${code} while it was asked for ${ask}; see its log`));
    };
    const done = (): void => {
      child.off('message', onMessage);
      child.off('exit', onExit);
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}
