import { lineDifference } from '../../../src/core/content/line-difference.ts';

const text = (lines: string): string => lines.split('').join('\n');

describe('what differs between two texts is shown with two lines around it', () => {
  it.each([
    ['abc', 'abc', []],
    ['abc', 'abd', ['  a', '  b', '- c', '+ d']],
    ['abc', 'ac', ['  a', '- b', '  c']],
    ['ac', 'abc', ['  a', '+ b', '  c']],
    ['', 'a', ['- ', '+ a']],
    ['abcdefgh', 'abcdXfgh', ['…', '  c', '  d', '- e', '+ X', '  f', '  g', '…']],
    ['abcdefghijk', 'Xbcdefghijk', ['- a', '+ X', '  b', '  c', '…']],
    ['abcdefghijk', 'XbcdefghijY', ['- a', '+ X', '  b', '  c', '…', '  i', '  j', '- k', '+ Y']],
    ['aaa', 'aa', ['  a', '  a', '- a']],
  ])('%s, then %s', (was, is, lines) => {
    expect(lineDifference(text(was), text(is))).toEqual(lines);
  });

  it('of two long texts that have nothing in common, the one after the other', () => {
    const all = (mark: string): string => Array.from({ length: 2_000 }, (_, at) => `${mark}${at}`).join('\n');
    const lines = lineDifference(all('was '), all('is '));
    expect([lines[0], lines[1_999], lines[2_000], lines.length]).toEqual([
      '- was 0',
      '- was 1999',
      '+ is 0',
      4_000,
    ]);
  });
});
