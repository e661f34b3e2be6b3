import type { FactKind, LoweredCondition, LoweredLeaf } from '../pathway/facts.schema.ts';
import type { Condition } from './condition.schema.ts';
import type { Report } from './issues.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import type { Bound, Test } from './test-sentences.ts';
import { checkKnown, keysOf, type Vocabulary } from './vocabulary.ts';

/**
 * A condition in json-rules-engine's form, each test put to its fact.
 * @returns undefined when something in it was reported, or no catalogue could be read
 */
export function lowerCondition(
  condition: Condition,
  facts: Vocabulary['facts'],
  path: Path,
  report: Report,
): LoweredCondition | undefined {
  const lowered = lower(condition, { facts, path, report });
  return lowered && 'fact' in lowered ? { all: [lowered] } : lowered;
}

interface Place {
  readonly facts: Vocabulary['facts'];
  readonly path: Path;
  readonly report: Report;
}

function lower(condition: Condition, place: Place): LoweredCondition | undefined {
  if ('fact' in condition) return lowerOne(condition, place);
  const { joined, members } = condition;
  const lowered = members.map((member, index) =>
    lower(member, { ...place, path: [...place.path, joined, index] }),
  );
  const all = lowered.filter((member) => member !== undefined);
  if (all.length < members.length) return undefined;
  return joined === 'none' ? { not: { any: all } } : joined === 'all' ? { all } : { any: all };
}

function lowerOne(
  { fact, sentence, test }: Extract<Condition, { fact: string }>,
  { facts, path, report }: Place,
): LoweredCondition | undefined {
  const place = [...path, fact];
  checkKnown('fact', { name: fact, known: keysOf(facts), path: place }, report, 'key');
  const kind = facts?.get(fact);
  if (!kind) return undefined;
  const asked = askOf(test, kind);
  if (asked instanceof Refused) {
    report(place, asked);
    return undefined;
  }
  const leaves = asked.map((leaf) => ({ fact, ...leaf, name: sentence }));
  const [only, second] = leaves;
  return only && !second ? only : { all: leaves };
}

type Asked = Pick<LoweredLeaf, 'operator' | 'value'>;

function askOf(test: Test, kind: FactKind): readonly Asked[] | Refused {
  if (test.asks === 'number' && kind.kind === 'number') return askNumber(test, kind);
  if (test.asks === 'word' && kind.kind === 'code') return askCode(test.words, kind.codes);
  if (test.asks === 'word' && kind.kind === 'yes or no') return askYesOrNo(test.words);
  const isDated = kind.kind === 'date or never' || (kind.kind === 'date' && test.asks === 'date');
  if (test.asks !== 'date' || !isDated) {
    return new Refused(
      'CC1060',
      `a fact of the kind \`${kind.kind}\` is not tested so`,
      `write ${FORMS[kind.kind]}`,
    );
  }
  return test.operator === 'atLeastAgoOrNever' && kind.kind === 'date'
    ? new Refused('CC1060', 'this fact is always a date, never `never`', 'leave out `or never`')
    : [{ operator: test.operator, value: test.duration }];
}

const FORMS: Readonly<Record<FactKind['kind'], string>> = {
  number: 'below, at most, at least or above, or X to below Y',
  code: 'is [not], or is [not] one of',
  'yes or no': 'is yes or is no',
  grade: 'below, at most, at least or above, or X to below Y',
  findings: 'includes',
  list: 'includes',
  date: 'within the last D, or at least D ago',
  'date or never': 'within the last D, or at least D ago [or never]',
};

type NumberKind = Extract<FactKind, { kind: 'number' }>;

function askNumber(
  { bounds, unit }: Extract<Test, { asks: 'number' }>,
  kind: NumberKind,
): readonly Asked[] | Refused {
  if (unit !== kind.unit) {
    const found = unit === undefined ? 'the unit is missing' : `\`${unit}\` is not the unit of this fact`;
    return new Refused('CC1061', found, `write the unit ${kind.unit}`);
  }
  const outside = bounds.find(({ value }) => value < kind.from || value > kind.to);
  if (outside) {
    return new Refused('CC1062', `${outside.value} lies outside ${kind.from} to ${kind.to} ${kind.unit}`);
  }
  return bounds.every((bound) => answerOf(bound, kind) === 'always') ||
    bounds.some((bound) => answerOf(bound, kind) === 'never')
    ? new Refused('CC1064', `from ${kind.from} to ${kind.to} ${kind.unit} the answer is always the same`)
    : bounds;
}

/** What a bound says of every number of a range. */
function answerOf({ operator, value }: Bound, { from, to }: NumberKind): 'always' | 'never' | 'depends' {
  switch (operator) {
    case 'lessThan':
      return value <= from ? 'never' : 'depends';
    case 'lessThanInclusive':
      return value >= to ? 'always' : 'depends';
    case 'greaterThanInclusive':
      return value <= from ? 'always' : 'depends';
    case 'greaterThan':
      return value >= to ? 'never' : 'depends';
  }
}

function askYesOrNo(words: string): readonly Asked[] | Refused {
  if (words === 'yes' || words === 'no') return [{ operator: 'equal', value: words === 'yes' }];
  return new Refused('CC1062', `\`${words}\` is neither yes nor no`, 'write `is yes` or `is no`');
}

/** `is not pregnant` has two meanings where `not pregnant` is a word of its own: it is refused, never guessed. */
function askCode(written: string, codes: readonly string[]): readonly Asked[] | Refused {
  const [, denied, listed] = /^(not )?one of (.+)$/.exec(written) ?? [];
  if (listed !== undefined) {
    const words = listed.split(',').map((word) => word.trim());
    return askList(words, codes, denied === undefined ? 'in' : 'notIn');
  }
  const [, other] = /^not (.+)$/.exec(written) ?? [];
  const isWord = codes.includes(written);
  if (isWord && other !== undefined && codes.includes(other)) {
    return new Refused(
      'CC1063',
      `\`is ${written}\` can mean the word \`${written}\`, or any but \`${other}\``,
      `write \`is one of ${written}\` or \`is not one of ${other}\``,
    );
  }
  if (isWord || other === undefined) return askList([written], codes, 'equal');
  return askList([other], codes, 'notEqual');
}

function askList(
  words: readonly string[],
  codes: readonly string[],
  operator: 'in' | 'notIn' | 'equal' | 'notEqual',
): readonly Asked[] | Refused {
  const unknown = words.find((word) => !codes.includes(word));
  if (unknown !== undefined) {
    return new Refused('CC1062', `\`${unknown}\` is no word of this fact`, didYouMean(unknown, codes));
  }
  const repeated = words.find((word, index) => words.indexOf(word) < index);
  if (repeated !== undefined) return new Refused('CC1047', `\`${repeated}\` stands there twice`);
  if (words.length === codes.length) {
    return new Refused('CC1064', 'these are all the words of the fact: the answer is always the same');
  }
  const [word = ''] = words;
  return [{ operator, value: operator === 'in' || operator === 'notIn' ? [...words] : word }];
}
