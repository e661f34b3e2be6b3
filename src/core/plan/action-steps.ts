import type { Action, ActionStep, Ending, OnTheWay } from '../pathway/decisions.schema.ts';
import type { FigureReference } from '../pathway/figures.schema.ts';
import { isOnTheWay } from '../pathway/on-the-way.ts';
import type { PlanState } from './plan-state.schema.ts';

/** Where an action is written, and what it is about: its waits are counted for that, its returns for the plan. */
export interface Counted {
  /** `decision/mid-board/surgery-now`, `table/ac-day-1/wait`. */
  readonly written: string;
  /** The gate of one session, the phase, or the alert. */
  readonly about: string;
  /** Without one, nothing can be done again. */
  readonly stage: string | undefined;
  /** It is decided wherever the plan is: that there is no stage here is for a person to look at, and not passed by. */
  readonly isAnywhere: boolean;
}

/** How an action is taken now. */
export interface NextStep {
  readonly step: Ending;
  /** What is changed before. */
  readonly before: readonly OnTheWay[];
  /** What it is counted under, where it is. */
  readonly key?: string;
  /** What follows the step, once it has been answered. */
  readonly rest: Action;
}

interface Asked extends Counted {
  /** Whether no level is left below, or above. */
  readonly isAtEnd: (step: OnTheWay) => boolean;
  /** How often, for this plan. */
  readonly timesOf: (times: number | FigureReference) => number;
}

/**
 * The first ending of an action that has not been done as often as it may be; with nothing left of it, the plan goes on.
 */
export function stepOf(
  { actionCounts }: Pick<PlanState, 'actionCounts'>,
  action: Action,
  { isAtEnd, timesOf, ...counted }: Asked,
): NextStep {
  const before: OnTheWay[] = [];
  for (const [index, step] of action.entries()) {
    if (isOnTheWay(step)) {
      if ('atEnd' in step && step.atEnd && isAtEnd(step)) {
        const written = `${counted.written}/${index}`;
        const instead = stepOf({ actionCounts }, step.atEnd, { ...counted, written, isAtEnd, timesOf });
        return { ...instead, before };
      }
      before.push(step);
      continue;
    }
    const isNowhere = step.do === 'again' && counted.stage === undefined;
    if (isNowhere && !counted.isAnywhere) continue;
    const rest = action.slice(index + 1);
    const atMost = 'atMost' in step ? step.atMost : undefined;
    if (atMost === undefined || atMost === 'no limit' || isNowhere) return { step, before, rest };
    const key = keyOf(step, index, counted);
    if ((actionCounts[key] ?? 0) < timesOf(atMost)) return { step, before, key, rest };
  }
  return { step: { do: 'go' }, before, rest: [] };
}

/** What takes the plan back is counted over all its rounds: a count that began anew with each of them would not end. */
function keyOf(step: Ending, index: number, { written, about, stage }: Counted): string {
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
      return step.stage === undefined ? 'the rest of the stage is left out' : `${step.stage} is left out`;
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
    case 'choose':
      return `${step.choice} is to be chosen again`;
    case 'revise':
      return 'the plan is to be revised';
    case 'lower':
    case 'raise':
      return `${step.figure} is ${step.do === 'lower' ? 'lowered' : 'raised'}${forOf(step)}`;
    case 'limit':
      return `${step.figure} is at most ${step.level}${forOf(step)}`;
    case 'start':
      return `${step.track} starts`;
  }
}

const forOf = (step: { readonly for?: string | undefined }): string => (step.for ? `, for ${step.for}` : '');
