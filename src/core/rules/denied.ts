/** What a sentence of the file says the other way round, as long as one that a clinician would write says just that. */
export function denied(sentence: string): string {
  for (const [words, opposite] of OPPOSITES) {
    if (words.test(sentence)) return sentence.replace(words, opposite);
  }
  return `not ${sentence}`;
}

/** One number or one length of time follows: a range, or a day that lies so far back, has no opposite of one word. */
const ONE = String.raw`(?= \S+(?: \S+)?$)(?!.* ago$)`;

const OPPOSITES: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^below${ONE}`), 'at least'],
  [new RegExp(`^at least${ONE}`), 'below'],
  [new RegExp(`^at most${ONE}`), 'above'],
  [new RegExp(`^above${ONE}`), 'at most'],
  [/^is not one of /, 'is one of '],
  [/^is one of /, 'is not one of '],
  [/^is (?!not )/, 'is not '],
  [/^includes /, 'does not include '],
];
