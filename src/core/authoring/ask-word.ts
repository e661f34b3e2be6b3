import type { LoweredLeaf } from '../pathway/facts.schema.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';

/** One question, before it is known where it is asked. */
export type Asked = Pick<LoweredLeaf, 'operator' | 'value'>;

export function askYesOrNo(words: string): readonly Asked[] | Refused {
  if (words === 'yes' || words === 'no') return [{ operator: 'equal', value: words === 'yes' }];
  return new Refused('CC1062', `\`${words}\` is neither yes nor no`, 'write `is yes` or `is no`');
}

/** `is not pregnant` has two meanings where `not pregnant` is a word of its own: it is refused, never guessed. */
export function askCode(written: string, codes: readonly string[]): readonly Asked[] | Refused {
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
    const several = unknown.split(/ or |, /);
    const help = several.every((word) => codes.includes(word))
      ? `write "is one of ${several.join(', ')}", in quotes where it stands inside { }`
      : didYouMean(unknown, codes);
    return new Refused('CC1062', `\`${unknown}\` is no word of this fact`, help);
  }
  const repeated = words.find((word, index) => words.indexOf(word) < index);
  if (repeated !== undefined) return new Refused('CC1047', `\`${repeated}\` stands there twice`);
  if (words.length === codes.length) {
    return new Refused('CC1064', 'these are all the words of the fact: the answer is always the same');
  }
  const [word = ''] = words;
  return [{ operator, value: operator === 'in' || operator === 'notIn' ? [...words] : word }];
}
