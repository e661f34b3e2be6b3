import { condition, defineSignal, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import type { BareActivities } from './bare-worker.ts';

const { commit } = proxyLocalActivities<BareActivities>({
  startToCloseTimeout: '5s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumAttempts: 3 },
});

/** The least that answers: each event's local activity commits one row, and that is all. */
export async function bare(planId: string): Promise<void> {
  const inbox: string[] = [];
  setHandler(defineSignal<[string]>('event'), (eventId) => {
    inbox.push(eventId);
  });
  await commit(planId, 'start');
  for (;;) {
    await condition(() => inbox.length > 0);
    const [eventId] = inbox;
    if (eventId !== undefined) await commit(planId, eventId);
    inbox.shift();
  }
}

/** The least that waits, for its memory: no activity, no state. */
export async function idle(): Promise<void> {
  let isOver = false;
  setHandler(defineSignal('end'), () => {
    isOver = true;
  });
  await condition(() => isOver);
}
