import type { Actor } from '../model/actor.schema.ts';
import type { Code } from '../model/codes.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Overlay } from '../pathway/overlay.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Draft } from './draft.ts';
import type { PlanState } from './plan-state.schema.ts';

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
  /** What the pathway asks for, and is not done: recorded as a deviation. */
  readonly leftOut?: { readonly title: string; readonly about: string };
  /** What follows from it in the plan, once all changes are made. */
  readonly follows?: (draft: Draft) => void;
}

/** The plan with so much of what it has otherwise than its pathway in the place of what it had. */
export const withOverlay = (state: PlanState, more: Partial<Overlay>): PlanState => ({
  ...state,
  overlay: { ...state.overlay, ...more },
});

export type Changed = Made | readonly Problem[];
export const isMade = (changed: Changed): changed is Made => 'says' in changed;
