import { isSurelyLonger } from '../model/durations.ts';
import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import type { ExitDefinition } from '../pathway/decisions.schema.ts';
import type { ExitName } from '../pathway/rules.schema.ts';
import { STANDINGS } from '../pathway/standings.ts';
import type { ClinicFile } from './clinic.schema.ts';
import type { Report } from './issues.ts';
import { lowerTasks } from './lower-tasks.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import type { Vocabulary } from './vocabulary.ts';

type Terms = Omit<ExitDefinition, 'tasks'>;

/** Every pathway has all of them, on the clinic's terms where it says nothing else. */
export function lowerExits(
  { exits = {} }: Pick<PathwayFile, 'exits'>,
  clinic: ClinicFile | undefined,
  { vocabulary, report }: { readonly vocabulary: Vocabulary; readonly report: Report },
): CompiledPathway['exits'] {
  const lower = (exit: ExitName): ExitDefinition => {
    const { reviewEvery, closesAfter, returnsTo, tasks = [] } = exits[exit] ?? {};
    const terms = {
      reviewEvery: reviewEvery ?? clinic?.exits.reviewEvery ?? UNREAD.reviewEvery,
      closesAfter: closesAfter ?? clinic?.exits.closesAfter ?? UNREAD.closesAfter,
      returnsTo: returnsTo ?? clinic?.exits.returnsTo ?? UNREAD.returnsTo,
    };
    const path = ['exits', exit];
    if (clinic && (reviewEvery ?? closesAfter)) checkReviews(terms, path, report);
    const place = { path: [...path, 'tasks'], where: STANDINGS.exit, vocabulary, report };
    return { ...terms, tasks: lowerTasks(tasks, place) };
  };
  return {
    'further-evaluation': lower('further-evaluation'),
    conservative: lower('conservative'),
    referral: lower('referral'),
    postponement: lower('postponement'),
  };
}

/** Nothing is compiled of a clinic that cannot be read. */
const UNREAD: Terms = {
  reviewEvery: { count: 1, unit: 'day' },
  closesAfter: { count: 1, unit: 'day' },
  returnsTo: 'where it left',
};

/** Somebody looks at a plan in an exit once before it is closed. */
export function checkReviews({ reviewEvery, closesAfter }: Terms, path: Path, report: Report): void {
  if (!isSurelyLonger(reviewEvery, closesAfter)) return;
  const says = 'the plan would be closed before anybody looks at whether it returns';
  report(path, new Refused('CC1069', says, 'let `reviewEvery` be no longer than `closesAfter`'));
}
