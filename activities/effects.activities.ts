import { heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Logger } from 'pino';
import type { Effect, PlanKey } from '../src/core/plan/outcome.schema.ts';

/** Where effects go. Each is done once per effect id, however often it is asked for. */
export interface EffectPorts {
  tell(key: PlanKey, effect: Extract<Effect, { kind: 'tell' }>): Promise<void>;
  readonly logger: Logger;
}

/** So that the effect of a killed worker is taken up again in seconds. */
const HEARTBEAT_MS = 1_000;

export type PerformEffect = (key: PlanKey, effect: Effect) => Promise<void>;

export function createPerformEffect({ tell, logger }: EffectPorts): PerformEffect {
  return async (key, effect) => {
    const beating = setInterval(heartbeat, HEARTBEAT_MS);
    try {
      switch (effect.kind) {
        case 'tell':
          await tell(key, effect);
      }
      logger.info({ plan: key.planId, effect: effect.id, kind: effect.kind }, 'effect');
    } catch (error) {
      logger.warn({ plan: key.planId, effect: effect.id, kind: effect.kind, err: error }, 'effect failed');
      throw ApplicationFailure.create({
        message: error instanceof Error ? error.message : String(error),
        type: 'CC5002',
      });
    } finally {
      clearInterval(beating);
    }
  };
}
