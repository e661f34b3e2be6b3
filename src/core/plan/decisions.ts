import type { Draft } from './draft.ts';

/** Asks the decisions of the chart state that a plan is in, and acts on those whose time has come. */
export function keepDecisions(_draft: Draft): void {}
