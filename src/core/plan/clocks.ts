import type { Draft } from './draft.ts';

/** Stops and starts the clocks of what a hold keeps from being done. */
export function keepClocks(_draft: Draft): void {}
