import type { Standing } from '../pathway/standings.ts';
import { Anchor } from '../pathway/work.schema.ts';
import { didYouMean } from './nearest.ts';
import { notExecuted, Refused } from './problem.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Anchors of the format beside those that are executed; a date fact is one more. */
const LATER = ['booking', 'alert', 'end of plan'];

/** @returns a refusal where there is no such anchor anywhere */
export function anchorOf(written: string, { anchors }: Standing, { facts }: Vocabulary): Anchor | Refused {
  const anchor = Anchor.safeParse(written);
  if (anchor.success) return anchor.data;
  return LATER.includes(written) || facts?.has(written)
    ? notExecuted(`after ${written}`)
    : new Refused('CC1050', `there is no anchor \`${written}\``, didYouMean(written, anchors));
}
