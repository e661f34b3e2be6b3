import type { z } from 'zod';
import type { FactKind } from '../pathway/facts.schema.ts';
import { SOURCE_KINDS } from './clinic.schema.ts';
import { CONDITION_WORDS } from './condition.schema.ts';
import { ANY_TIME, duration, PASSING, readDurationIn } from './durations.ts';
import { notExecuted, Refused } from './problem.ts';
import { readNumber } from './sentences.ts';
import { group, list, name, oneOf, sentence, text } from './words.ts';

/** A fact's kind before its range is put to it. */
type WrittenKind = Exclude<FactKind, { kind: 'number' }> | { readonly kind: 'number'; readonly unit: string };

const kind = sentence((written): WrittenKind | Refused => {
  if (written === 'yes or no' || written === 'date' || written === 'date or never') return { kind: written };
  const [, unit] = /^number in (\S{1,40})$/.exec(written) ?? [];
  if (unit !== undefined) return { kind: 'number', unit };
  const [, codes] = /^one of (.+)$/.exec(written) ?? [];
  if (codes !== undefined) return readCodes(codes);
  return /^(?:grade|findings of|list of) /.test(written)
    ? notExecuted(written)
    : new Refused('CC1025', `\`${written}\` is no kind of fact`);
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

const range = sentence((written) => {
  if (/^any (?:past|future)$/.test(written)) return notExecuted(written);
  const [, low = '', high = ''] = /^(\S+) to (\S+)$/.exec(written) ?? [];
  if (low === '') return new Refused('CC1026', `\`${written}\` is no range`);
  const [from, to] = [readNumber(low), readNumber(high)];
  if (from instanceof Refused) return from;
  if (to instanceof Refused) return to;
  return from < to ? { from, to } : new Refused('CC1026', `${from} to ${to} does not go from less to more`);
});

const goodFor = sentence((written) => (written === 'ever' ? written : readDurationIn(PASSING, written, 0)));

const Fact = group(
  {
    fact: name(CONDITION_WORDS),
    title: text(200),
    is: kind,
    range: range.optional(),
    goodFor,
    from: list(oneOf(SOURCE_KINDS)),
    ask: group({ role: text(), within: duration(ANY_TIME) }),
    code: text(200).optional(),
  },
  ['byArea', 'flag', 'notValidWhen', 'alsoIn'],
);

const Procedure = group({ procedure: name(), traits: list(name()).optional() });

export const CatalogueFile = group({ catalogue: name(), facts: list(Fact), procedures: list(Procedure) }, [
  'derived',
  'care',
]);
export type CatalogueFile = z.infer<typeof CatalogueFile>;

type WrittenFact = CatalogueFile['facts'][number];

/** A fact's kind with its range; undefined when they do not fit each other. */
export function factKindOf({ is, range }: Pick<WrittenFact, 'is' | 'range'>): FactKind | undefined {
  if (is.kind !== 'number') return range === undefined ? is : undefined;
  return range && { ...is, ...range };
}
