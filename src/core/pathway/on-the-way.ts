import type { Action, ActionStep, OnTheWay } from './decisions.schema.ts';

export const isOnTheWay = (step: ActionStep): step is OnTheWay =>
  step.do === 'lower' || step.do === 'raise' || step.do === 'limit' || step.do === 'start';

/**
 * An outcome that goes on, whatever it changes on the way: at a gate, it lets the plan through.
 * @param isAtEnd - whether no level is left below, or above: then it is what stands under `atEnd` that counts
 */
export function goesOn(action: Action, isAtEnd: (step: OnTheWay) => boolean): boolean {
  for (const step of action) {
    if (!isOnTheWay(step)) return step.do === 'go';
    if ('atEnd' in step && step.atEnd && isAtEnd(step)) return step.atEnd[0]?.do === 'go';
  }
  return false;
}
