import { step } from '../../src/core/plan/step.ts';
import { fromEnvironment } from './random.ts';
import { simulate } from './simulation.ts';

/** Sequence n is played from seed + n: one that fails is played alone by its own seed and a count of 1. */
export const SEQUENCES = fromEnvironment('CARECHART_SEQUENCES', 20_000);
export const SEED = fromEnvironment('CARECHART_SEED', 1);

/** Milliseconds that so many sequences may take, on a machine that does much else besides. */
export const timeFor = (sequences: number): number => 60_000 + 500 * sequences;

/** The sequences of one of several test files, which are run beside each other. */
export function shareOf(file: number, files: number): { readonly first: number; readonly count: number } {
  const share = Math.ceil(SEQUENCES / files);
  const first = Math.min(file * share, SEQUENCES);
  return { first, count: Math.min(share, SEQUENCES - first) };
}

/** In how many sequences each thing happened, over all of them. */
export interface Played {
  readonly opened: number;
  readonly seen: ReadonlyMap<string, number>;
}

/**
 * Plays random sequences of events through the core.
 * @throws Error with the first breach, and how to see it again
 */
export function play({ first, count }: { readonly first: number; readonly count: number }): Played {
  const seen = new Map<string, number>();
  let opened = 0;
  for (let index = first; index < first + count; index += 1) {
    const outcome = simulate(SEED + index, step);
    if (outcome.violation) {
      const { seed, breach } = outcome.violation;
      const again = `CARECHART_SEED=${seed} CARECHART_SEQUENCES=1`;
      throw new Error(`${breach}\nagain: ${again}\n${JSON.stringify(outcome.violation, null, 2)}`);
    }
    opened += outcome.gatesOpened;
    for (const one of outcome.seen) seen.set(one, (seen.get(one) ?? 0) + 1);
  }
  return { opened, seen };
}
