import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { alter, EVERYTHING, HERE, type Part, sourcesOf } from './sample.ts';

/** Items, sentences and words of the format. */
const WORDS: readonly (readonly [says: string, part: Part, from: string, to: string])[] = [
  ['a bound that a figure gives', 'ruleSet', 'at least 38 Cel', `${HERE}at least the limit`],
  [
    'a due time that a figure gives',
    'pathway',
    '7 days after plan start',
    `${HERE}the week after plan start`,
  ],
];

const refusedAlone = (part: Part, from: string, to: string): void => {
  const { texts, at } = alter(EVERYTHING, part, from, to);
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems.map(({ code, line, column }) => [code, `${line}:${column}`])).toEqual([['CC1013', at]]);
  expect(compiled).toBeUndefined();
};

describe('what this version would ignore is refused by its words:', () => {
  it.each(WORDS)('%s', (_says, part, from, to) => refusedAlone(part, from, to));
});
