import { Session } from 'node:inspector';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

/**
 * Loaded into every thread of a worker before anything else: workflows run in a thread of their own, whose garbage and
 * whose profile nobody else can reach.
 */

const CHANNEL = 'carechart-bench';
/** Microseconds between two looks of the profiler. */
const INTERVAL_US = 500;

type Order = 'gc' | 'profile.start' | 'profile.stop';

let session: Session | undefined;

function obey(order: Order): unknown {
  switch (order) {
    case 'gc':
      globalThis.gc?.();
      globalThis.gc?.();
      return true;
    case 'profile.start':
      session = new Session();
      session.connect();
      session.post('Profiler.enable');
      session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
      session.post('Profiler.start');
      return true;
    case 'profile.stop': {
      let profile: unknown;
      session?.post('Profiler.stop', (_error, result) => {
        profile = result?.profile;
      });
      session?.disconnect();
      return { thread: isMainThread ? 'main' : 'workflows', profile };
    }
  }
}

const channel = new BroadcastChannel(CHANNEL);
channel.unref();

if (!isMainThread) {
  channel.onmessage = (event) => {
    const { order } = (event as { data: { order?: Order } }).data;
    if (order) channel.postMessage({ done: obey(order) });
  };
}

/** The threads of a process that run JavaScript of ours. */
export type Threads = 'main' | 'main and workflows';

/** Has every thread obey; @returns what each says */
export async function inAllThreads(order: Order, threads: Threads): Promise<unknown[]> {
  if (threads === 'main') return [obey(order)];
  const other = new Promise<unknown>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`the workflows' thread does not answer ${order}`)),
      30_000,
    );
    channel.onmessage = (event) => {
      clearTimeout(late);
      resolve((event as { data: { done: unknown } }).data.done);
    };
  });
  channel.postMessage({ order });
  return [obey(order), await other];
}
