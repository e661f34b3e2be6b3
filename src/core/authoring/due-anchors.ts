import type { Standing } from '../pathway/standings.ts';
import { Anchor } from '../pathway/work.schema.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Anchors that stand elsewhere, each with what to write here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  booking: 'write `before booking`; what follows that day is counted after the procedure',
  alert: 'only what an alert itself asks for is counted from it',
  'end of plan':
    'nothing is owed after a plan is over; write how long it goes on, as a `maintenance` that `lasts`',
};

/** @returns a refusal where there is no such anchor anywhere */
export function anchorOf(written: string, { anchors }: Standing, { facts }: Vocabulary): Anchor | Refused {
  const anchor = Anchor.safeParse(written);
  if (anchor.success && anchor.data !== 'date') return anchor.data;
  const elsewhere = Object.hasOwn(ELSEWHERE, written) ? ELSEWHERE[written] : undefined;
  if (elsewhere !== undefined)
    return new Refused('CC1050', `nothing is counted after \`${written}\` here`, elsewhere);
  return facts?.has(written)
    ? new Refused(
        'CC1050',
        `only work that is done once counts from \`${written}\``,
        'write a `task` with `due`',
      )
    : new Refused('CC1050', `there is no anchor \`${written}\``, didYouMean(written, anchors));
}
