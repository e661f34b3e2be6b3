import { setTimeout as pause } from 'node:timers/promises';
import type { Ask } from './child.ts';
import { inAllThreads, type Threads } from './thread-hook.ts';

/** The worker's side of `startChild`: says that it is ready, and answers what it is asked. */
export function serveParent(stop: () => Promise<void>, threads: Threads): void {
  process.on('message', ({ ask }: { ask: Ask }) => {
    answer(ask, stop, threads).then(
      (value) => process.send?.({ to: ask, answer: value }),
      (error) => process.send?.({ to: ask, error: String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ to: 'ready' });
}

async function answer(ask: Ask, stop: () => Promise<void>, threads: Threads): Promise<unknown> {
  switch (ask) {
    case 'memory':
      await inAllThreads('gc', threads);
      await pause(200);
      await inAllThreads('gc', threads);
      return process.memoryUsage.rss();
    case 'profile.start':
    case 'profile.stop': {
      const said = await inAllThreads(ask, threads);
      return ask === 'profile.stop' ? said : true;
    }
    case 'stop':
      setTimeout(() => process.exit(0), 15_000).unref();
      await stop();
      process.exit(0);
  }
}

export const configOf = <T>(): T => JSON.parse(process.env.BENCH_CONFIG ?? '{}') as T;
