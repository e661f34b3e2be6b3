import { readNumber } from '../model/sentences.ts';
import type { FactKind } from '../pathway/facts.schema.ts';
import { notExecuted, Refused } from './problem.ts';
import { sentence } from './words.ts';

/** A fact's kind before its range is put to it. */
export type WrittenKind =
  | Exclude<FactKind, { kind: 'number' }>
  | { readonly kind: 'number'; readonly unit: string };

/** What stands beside the kind: the ends of a number, or that a date lies in the past, as every date does. */
export type WrittenRange = { readonly from: number; readonly to: number } | 'any past';

export const factKind = sentence((written): WrittenKind | Refused => {
  if (written === 'yes or no' || written === 'date' || written === 'date or never') return { kind: written };
  const [, unit] = /^number in (\S{1,40})$/.exec(written) ?? [];
  if (unit !== undefined) return { kind: 'number', unit };
  const [, codes] = /^one of (.+)$/.exec(written) ?? [];
  if (codes !== undefined) return readCodes(codes);
  const [, low, high] = /^grade (\S+) to (\S+)$/.exec(written) ?? [];
  if (low !== undefined && high !== undefined) return readGrades(low, high);
  const [, findings] = /^findings of (.+)$/.exec(written) ?? [];
  if (findings !== undefined) return readFindings(findings);
  const [, of] = /^list of (\S.{0,79})$/.exec(written) ?? [];
  return of === undefined ? new Refused('CC1025', `\`${written}\` is no kind of fact`) : { kind: 'list', of };
});

/** Words between commas. None begins as a test does, so that a test of them reads in one way. */
function readCodes(written: string): WrittenKind | Refused {
  const codes = written.split(',').map((code) => code.trim());
  const bad = codes.find((code) => !/^(?!(?:not )?one of )\S.{0,79}$/.test(code));
  if (bad !== undefined) return new Refused('CC1025', `\`${bad}\` cannot be one of the words of a fact`);
  return codes.length > 1 && new Set(codes).size === codes.length
    ? { kind: 'code', codes }
    : new Refused('CC1025', `\`${written}\` does not give two words or more, each once`);
}

function readGrades(low: string, high: string): WrittenKind | Refused {
  const [from, to] = [readNumber(low), readNumber(high)];
  if (from instanceof Refused) return from;
  if (to instanceof Refused) return to;
  return Number.isInteger(from) && Number.isInteger(to) && from < to
    ? { kind: 'grade', from, to }
    : new Refused('CC1025', `grades are whole numbers, from less to more: not ${low} to ${high}`);
}

/** Words between commas. A test joins them by `or`, and says `in` which area: neither stands inside one. */
const isIncludable = (code: string): boolean =>
  /^\S.{0,79}$/.test(code) && !/(?:^| )(?:or|in)(?: |$)|,/.test(code);

/** One of the words that a list is made of. */
export const factWord = sentence((written) =>
  isIncludable(written)
    ? written
    : new Refused('CC1025', `\`${written}\` cannot be one of the words of a list`),
);

function readFindings(written: string): WrittenKind | Refused {
  const codes = written.split(',').map((code) => code.trim());
  const bad = codes.find((code) => !isIncludable(code));
  if (bad !== undefined) return new Refused('CC1025', `\`${bad}\` cannot be one of the findings of a fact`);
  return new Set(codes).size === codes.length
    ? { kind: 'findings', codes }
    : new Refused('CC1025', `\`${written}\` names a finding twice`);
}

export const factRange = sentence((written): WrittenRange | Refused => {
  if (written === 'any past') return written;
  if (written === 'any future') return notExecuted(written);
  const [, low = '', high = ''] = /^(\S+) to (\S+)$/.exec(written) ?? [];
  if (low === '') return new Refused('CC1026', `\`${written}\` is no range`);
  const [from, to] = [readNumber(low), readNumber(high)];
  if (from instanceof Refused) return from;
  if (to instanceof Refused) return to;
  return from < to ? { from, to } : new Refused('CC1026', `${from} to ${to} does not go from less to more`);
});

/** A fact's kind with its range, or why they do not fit each other. */
export function kindWithRange(
  is: WrittenKind,
  {
    range,
    words,
  }: { readonly range?: WrittenRange | undefined; readonly words?: readonly string[] | undefined },
): FactKind | Refused {
  if (is.kind === 'list' && range === undefined) {
    return words ? { ...is, words: [...words] } : NO_WORDS;
  }
  if (words) return new Refused('CC1026', `a fact that is ${is.kind} has its words there, or none`);
  if (is.kind === 'number') {
    return typeof range === 'object' ? { ...is, ...range } : NO_RANGE;
  }
  const isDate = is.kind === 'date' || is.kind === 'date or never';
  return range === undefined || (range === 'any past' && isDate)
    ? is
    : new Refused('CC1026', `a fact that is ${is.kind} has no such range`);
}

/** A word that no rule knows would count as the absence of those that it may mean. */
const NO_WORDS = new Refused(
  'CC1026',
  'a list fact says which words it is made of',
  'add `words:`, a list of them',
);

const NO_RANGE = new Refused('CC1026', 'a number fact has a range', 'add `range:`, from low to high');
