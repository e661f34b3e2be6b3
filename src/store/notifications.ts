import pg from 'pg';

/** Tells waiters that an event has been committed. A cut line is mended; waiters look for themselves meanwhile. */
export interface Notifications {
  /** Resolves when the event is committed, or when it is time to look again; never rejects. */
  next(
    event: { clinic: string; planId: string; source: string; id: string },
    withinMs: number,
  ): Promise<void>;
  close(): Promise<void>;
}

const CHANNEL = 'carechart_step';
const RECONNECT_MS = 500;

export function listen(url: string): Notifications {
  const waiters = new Map<string, Set<() => void>>();
  let client: pg.Client | undefined;
  let isClosed = false;

  const wakeAll = (): void => {
    for (const set of waiters.values()) for (const wake of set) wake();
  };
  const connectAgain = (): void => {
    client = undefined;
    wakeAll();
    if (!isClosed) setTimeout(open, RECONNECT_MS).unref();
  };
  const open = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_500, keepAlive: true });
    let isLost = false;
    const lose = (): void => {
      if (isLost) return;
      isLost = true;
      connectAgain();
    };
    fresh.on('error', lose);
    fresh.on('end', lose);
    fresh.on('notification', ({ payload = '' }) => {
      for (const wake of waiters.get(payload) ?? []) wake();
    });
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      client = fresh;
      if (isClosed) await fresh.end();
    } catch {
      lose();
      await fresh.end().catch(() => undefined);
    }
  };
  void open();

  return {
    next: ({ clinic, planId, source, id }, withinMs) =>
      new Promise((resolve) => {
        const key = `["${clinic}", "${planId}", "${source}", "${id}"]`;
        const set = waiters.get(key) ?? new Set();
        const wake = (): void => {
          clearTimeout(timer);
          set.delete(wake);
          if (set.size === 0) waiters.delete(key);
          resolve();
        };
        const timer = setTimeout(wake, withinMs);
        set.add(wake);
        waiters.set(key, set);
      }),
    close: async () => {
      isClosed = true;
      await client?.end();
    },
  };
}
