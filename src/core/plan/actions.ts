import type { Action } from '../pathway/decisions.schema.ts';

/** An outcome that goes on at once: at a gate, it lets the plan through. */
export const goesOn = ([first]: Action): boolean => first?.do === 'go';
