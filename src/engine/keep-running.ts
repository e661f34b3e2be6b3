import { stampOf } from '../machine/processes.ts';

export interface ServerProcess {
  /** Absent for a server that is not ours to keep. */
  readonly pid?: number;
  stop(): Promise<void>;
}

export interface KeptServer<T extends ServerProcess> {
  readonly current: T;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 500;
const AFTER_FAILURE_MS = 5_000;

/**
 * Starts a server and starts it again whenever its process has gone, for as long as we run: what stands on it waits
 * meanwhile and goes on.
 * @param start - brings the server up; given what was there before, at the same address
 */
export async function keepRunning<T extends ServerProcess>(
  name: string,
  start: (before: T | undefined) => Promise<T>,
  onProgress: (line: string) => void,
): Promise<KeptServer<T>> {
  let current = await start(undefined);
  let isStopping = false;
  let restart: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;

  const look = (): void => {
    timer = setTimeout(() => {
      const { pid } = current;
      const isGone = pid !== undefined && stampOf(pid) === undefined;
      restart = isGone && !isStopping ? again() : Promise.resolve();
      void restart.then(() => (isStopping ? undefined : look()));
    }, LOOK_EVERY_MS);
  };
  const again = async (): Promise<void> => {
    onProgress(`${name} has gone; starting it again.`);
    try {
      current = await start(current);
    } catch (error) {
      onProgress(`${name} does not start: ${error instanceof Error ? error.message : String(error)}`);
      await new Promise((done) => setTimeout(done, AFTER_FAILURE_MS));
    }
  };
  look();
  return {
    get current() {
      return current;
    },
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      await restart;
      await current.stop();
    },
  };
}
