import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import {
  type InternalConnectionOptions,
  InternalConnectionOptionsSymbol,
} from '@temporalio/client/lib/connection.js';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import { invariant } from '../core/model/failure.ts';
import type { Instant } from '../core/model/primitives.schema.ts';
import type { Clock } from './clock.ts';

/** The clock of a time-skipping server: it runs as ours does, and can be moved on. */
export interface SkippingClock {
  /** As it was when it was last asked, which it is all the time: a step needs its answer at once. */
  readonly clock: Clock;
  /** Asks now. While time is skipped, the moment since it was last asked may be a week. */
  look(): Promise<Instant>;
  /**
   * Lets time run until then: as fast as it can, but no faster than everything that comes due is done. What is past is
   * past: time runs forwards only.
   */
  skipTo(instant: Instant): Promise<void>;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 20;

export async function skippingClockAt(address: string): Promise<SkippingClock> {
  const options: InternalConnectionOptions = {
    address,
    [InternalConnectionOptionsSymbol]: { supportsTestService: true },
  };
  const connection = await Connection.connect(options);
  const { testService } = connection;
  invariant(testService !== undefined, 'a connection that asks for the test service has it');
  let known = '';
  const look = async (): Promise<Instant> => {
    const { time } = await testService.getCurrentTime({});
    const at = new Date(tsToMs(time)).toISOString();
    if (at > known) known = at;
    return known;
  };
  await look();
  let isOpen = true;
  const looking = (async () => {
    while (isOpen) {
      await look().catch(() => undefined);
      await pause(LOOK_EVERY_MS);
    }
  })();
  return {
    clock: { now: () => known },
    look,
    skipTo: async (instant) => {
      const by = Date.parse(instant) - Date.parse(await look());
      if (by <= 0) return;
      await testService.unlockTimeSkippingWithSleep({ duration: msToTs(by) });
      await look();
    },
    close: async () => {
      isOpen = false;
      await looking;
      await connection.close();
    },
  };
}
