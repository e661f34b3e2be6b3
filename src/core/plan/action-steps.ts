import type { Action, ActionStep } from '../pathway/decisions.schema.ts';
import type { PlanState } from './plan-state.schema.ts';

/** An outcome that goes on at once: at a gate, it lets the plan through. */
export const goesOn = ([first]: Action): boolean => first?.do === 'go';

/** Where an action is written, and what it is about: its waits are counted for that, its returns for the plan. */
export interface Counted {
  /** `decision/mid-board/surgery-now`, `table/ac-day-1/wait`. */
  readonly written: string;
  /** The gate of one session, the phase, or the alert. */
  readonly about: string;
  /** Without one, nothing can be done again. */
  readonly stage: string | undefined;
}

/**
 * The first step of an action that has not been done as often as it may be; with nothing left of it, the plan goes on.
 * @returns with what it is counted under, where it is
 */
export function stepOf(
  { actionCounts }: Pick<PlanState, 'actionCounts'>,
  action: Action,
  counted: Counted,
): { readonly step: ActionStep; readonly key?: string } {
  for (const [index, step] of action.entries()) {
    if (step.do === 'again' && counted.stage === undefined) continue;
    const atMost = 'atMost' in step ? step.atMost : undefined;
    if (atMost === undefined) return { step };
    const key = keyOf(step, index, counted);
    if ((actionCounts[key] ?? 0) < atMost) return { step, key };
  }
  return { step: { do: 'go' } };
}

/** What takes the plan back is counted over all its rounds: a count that began anew with each of them would not end. */
function keyOf(step: ActionStep, index: number, { written, about, stage }: Counted): string {
  const of = step.do === 'wait' ? `/${about}` : step.do === 'again' ? `/${stage}` : '';
  return `${written}/${index}${of}`;
}

/** A step in words, for the journal and for whoever is told. */
export function wordsOf(step: ActionStep): string {
  switch (step.do) {
    case 'go':
      return 'go on';
    case 'end':
      return 'the course ends';
    case 'next stage':
      return 'the rest of the stage is left out';
    case 'wait':
      return `wait ${step.for.count} ${step.for.unit}${step.for.count === 1 ? '' : 's'}`;
    case 'again':
      return 'the stage is done again';
    case 'to':
      return `on to ${step.stage}`;
    case 'decide':
      return `${step.decision} is to be decided`;
    case 'ask':
      return `the ${step.role} is asked`;
    case 'exit':
      return `off the course, to ${step.exit}`;
  }
}
