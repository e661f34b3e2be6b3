import type { Logger } from 'pino';
import { addElapsed } from '../core/model/calendar.ts';
import type { Plans } from '../store/plans.ts';
import type { Clock } from './clock.ts';
import type { PlanClient } from './plan-client.ts';

export interface RecoveryPorts {
  readonly clinic: string;
  readonly plans: Pick<Plans, 'overslept' | 'resume'>;
  readonly client: Pick<PlanClient, 'resume'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const EVERY_MS = 60_000;
/** A plan that wakes late by less than this is being worked on. */
const GRACE = { count: 2, unit: 'minute' } as const;

/**
 * A plan whose timer should have fired and did not has lost its workflow (its server's data, an operator's hand): it
 * is taken up again from the store, so that its deadlines do not fall silent.
 */
export function startRecovery(ports: RecoveryPorts): { stop(): Promise<void> } {
  let round: Promise<void> = Promise.resolve();
  const look = (): void => {
    round = recover(ports).catch((error: unknown) =>
      ports.logger.warn({ err: error }, 'recovery will look again'),
    );
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
    },
  };
}

async function recover({ clinic, plans, client, clock, logger }: RecoveryPorts): Promise<void> {
  const before = addElapsed(clock.now(), { ...GRACE, count: -GRACE.count });
  for (const planId of await plans.overslept(clinic, before)) {
    const plan = await plans.resume({ clinic, planId });
    if (!plan) continue;
    const outcome = await client.resume({ clinic, planId }, plan);
    if (outcome === 'started') logger.warn({ plan: planId }, 'a plan without its workflow is taken up again');
  }
}
