import { type Advanced, type AdvanceInput, type AdvancePorts, createAdvance } from './advance.activities.ts';
import { createPerformEffect, type EffectPorts, type PerformEffect } from './effects.activities.ts';

/** All activities of the worker, by the names under which history knows them. */
export interface Activities {
  advance(input: AdvanceInput): Promise<Advanced>;
  performEffect: PerformEffect;
}

export function createActivities(ports: AdvancePorts & EffectPorts): Activities {
  return { advance: createAdvance(ports), performEffect: createPerformEffect(ports) };
}
