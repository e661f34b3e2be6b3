import { heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Logger } from 'pino';
import { Failure } from '../src/core/model/failure.ts';
import type { Effect, PlanKey } from '../src/core/plan/outcome.schema.ts';

/** Where effects go. Each is done once per effect id, however often it is asked for. */
export interface EffectPorts {
  tell(key: PlanKey, effect: Extract<Effect, { kind: 'tell' }>): Promise<void>;
  /** Has the patient's other plans look again at what this one has performed. */
  tellPlans(key: PlanKey, effect: Extract<Effect, { kind: 'tell-plans' }>): Promise<void>;
  /** Has the payment service collect a charge, or give it back. */
  charge(key: PlanKey, effect: Extract<Effect, { kind: 'charge' }>): Promise<void>;
  readonly logger: Logger;
}

/** So that the effect of a killed worker is taken up again in seconds. */
const HEARTBEAT_MS = 1_000;

export type PerformEffect = (key: PlanKey, effect: Effect) => Promise<void>;

export function createPerformEffect({ tell, tellPlans, charge, logger }: EffectPorts): PerformEffect {
  return async (key, effect) => {
    const beating = setInterval(heartbeat, HEARTBEAT_MS);
    try {
      switch (effect.kind) {
        case 'tell':
          await tell(key, effect);
          break;
        case 'tell-plans':
          await tellPlans(key, effect);
          break;
        case 'charge':
          await charge(key, effect);
      }
      logger.info({ plan: key.planId, effect: effect.id, kind: effect.kind }, 'effect');
    } catch (error) {
      logger.warn({ plan: key.planId, effect: effect.id, kind: effect.kind, err: error }, 'effect failed');
      const code = error instanceof Failure ? error.code : 'CC5002';
      throw ApplicationFailure.create({ message: code, type: code, nonRetryable: code === 'CC4005' });
    } finally {
      clearInterval(beating);
    }
  };
}
