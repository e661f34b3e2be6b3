import pg from 'pg';

/** Waits for PostgreSQL's notifications on one channel, each payload once; no waiter is forgotten. */
export interface Answers {
  next(payload: string, withinMs?: number): Promise<void>;
  close(): Promise<void>;
}

export async function answersOn(url: string, channel: string): Promise<Answers> {
  const waiting = new Map<string, () => void>();
  const client = new pg.Client({ connectionString: url });
  // A server that ends takes the line with it; whoever still waits hears of it by time.
  client.on('error', () => undefined);
  await client.connect();
  client.on('notification', ({ payload = '' }) => {
    waiting.get(payload)?.();
    waiting.delete(payload);
  });
  await client.query(`listen ${channel}`);
  return {
    next: (payload, withinMs = 60_000) => {
      const answer = new Promise<void>((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`no answer to ${payload} within ${withinMs / 1000} s`)),
          withinMs,
        );
        waiting.set(payload, () => {
          clearTimeout(late);
          resolve();
        });
      });
      // A measure that has failed already waits for nobody: an answer that is late then must not end the bench.
      answer.catch(() => undefined);
      return answer;
    },
    close: () => client.end(),
  };
}
