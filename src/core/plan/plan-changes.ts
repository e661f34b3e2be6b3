import type { Actor } from '../model/actor.schema.ts';
import type { Code } from '../model/codes.ts';
import type { PlanChange } from '../model/plan-change.schema.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { tailored } from '../pathway/tailored.ts';
import type { Draft } from './draft.ts';
import type { PlanState } from './plan-state.schema.ts';
import { reviseFigure } from './revised-figures.ts';

/** A plan in the midst of its revision: each change is looked at with those before it made. */
export interface Revising {
  readonly pathway: Pathway;
  readonly state: PlanState;
  readonly actor: Actor;
  readonly now: Instant;
  readonly reason: string;
}

/** Why a change cannot be: it says what is not there, it is another's to make, or the plan stands against it. */
export interface Problem {
  readonly code: Code;
  readonly says: string;
}

export const unknown = (says: string): Problem => ({ code: 'CC2033', says });
export const against = (says: string): Problem => ({ code: 'CC3013', says });

/** What a change makes of a plan. */
export interface Made {
  readonly state: PlanState;
  /** What differs: before, and from then on. */
  readonly says: string;
  /** Who hears of it: whoever owed what is otherwise now. */
  readonly tell?: readonly string[];
  /** It leaves out what the pathway asks for: recorded as a deviation. */
  readonly leavesOut?: string;
  /** What follows from it in the plan, once all changes are made. */
  readonly then?: (draft: Draft) => void;
}

export type Changed = Made | readonly Problem[];
export const isMade = (changed: Changed): changed is Made => 'says' in changed;

/** What all changes of a revision make of a plan, one after another; or everything that is against any of them. */
export interface Outcome {
  readonly made: readonly Made[];
  readonly problems: readonly Problem[];
}

export function makeChanges(revising: Revising, changes: readonly PlanChange[]): Outcome {
  const made: Made[] = [];
  const problems: Problem[] = [];
  let current = revising;
  for (const change of changes) {
    const changed = makeChange(current, change);
    if (!isMade(changed)) {
      problems.push(...changed);
      continue;
    }
    made.push(changed);
    const { state } = changed;
    current = { ...current, state, pathway: tailored(current.pathway, state.overlay) };
  }
  return { made, problems };
}

function makeChange(revising: Revising, change: PlanChange): Changed {
  switch (change.change) {
    case 'figure':
      return reviseFigure(revising, change);
    default:
      return [against(`${change.change} is not executed yet.`)];
  }
}
