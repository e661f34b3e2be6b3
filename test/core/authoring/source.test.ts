import { readSource } from '../../../src/core/authoring/source.ts';
import { LIMITS } from '../../../src/core/model/limits.ts';

const read = (text: string) => readSource({ file: 'a.yaml', text });
const found = (text: string) =>
  read(text).problems.map(({ line, column, code }) => `${line}:${column} ${code}`);

describe('a file', () => {
  it.each([
    ['a byte order mark', '\uFEFFa: 1\n', { a: 1 }],
    ["another system's ends of lines", 'a: x\r\nb: [y]\r\n', { a: 'x', b: ['y'] }],
    ['yes and no as the words they are', 'a: yes\nno: b', { a: 'yes', no: 'b' }],
    ['dates as text', 'a: 2026-12-25', { a: '2026-12-25' }],
    ['a comment and an explicit start', '# a\n---\na: b\n', { a: 'b' }],
    ['negative and decimal numbers', 'a: [-1, 0.5, 0]', { a: [-1, 0.5, 0] }],
    ['numbers as keys, as text', '1: a', { '1': 'a' }],
  ])('is read with %s', (_says, text, value) => {
    expect(read(text)).toMatchObject({ value, problems: [] });
  });

  it.each([
    ['nothing in it', '', ['1:1 CC1008']],
    ['only a comment', '# nothing\n', ['1:1 CC1008']],
    ['an octal number', 'a: 010', ['1:4 CC1004']],
    ['a hexadecimal number', 'a: 0x1F', ['1:4 CC1004']],
    ['a number with a plus', 'a: +1', ['1:4 CC1004']],
    ['a number with an exponent', 'a: 1e3', ['1:4 CC1004']],
    ['a number that ends with its dot', 'a: 5.', ['1:4 CC1004']],
    ['no number at all', 'a: .nan', ['1:4 CC1004']],
    ['more digits than are kept', 'a: 0.12345678901234567', ['1:4 CC1004']],
    ['null by another name', 'a: ~\nb: null', ['1:1 CC1008', '2:1 CC1008']],
    ['an empty text', 'a: ""', ['1:4 CC1008']],
    ['an empty item', 'a:\n  - b\n  -\n', ['3:4 CC1008']],
    ['an empty group', 'a: {}', ['1:4 CC1008']],
    ['a key twice, once in quotes', 'a: 1\n"a": 2', ['2:1 CC1002']],
    ['a list as a key', '? [a]\n: b', ['1:3 CC1001']],
    ['a merge key', '<<: &x { a: 1 }', ['1:8 CC1007']],
    ['tabs for indentation', 'a:\n\tb: c', ['2:1 CC1001']],
    ['two mistakes in two places', 'a: 010\nb:\nc: "', ['3:5 CC1001']],
    ['two things that can be read, and mean nothing', 'a: 010\nb:\nc: d', ['1:4 CC1004', '2:1 CC1008']],
  ])('is refused with %s', (_says, text, problems) => {
    expect(found(text)).toEqual(problems);
  });
});

describe('a file that would exhaust the machine is refused in time:', () => {
  const MOST = LIMITS.fileBytes;
  it.each([
    ['brackets', '['.repeat(MOST - 1), '1:25 CC1006'],
    ['braces', '{a: '.repeat(MOST / 4), '1:97 CC1006'],
    ['dashes', '- '.repeat(MOST / 2), /^1:\d+ CC1006$/],
    ['question marks', '? '.repeat(MOST / 2), /^1:\d+ CC1006$/],
    [
      'indentation',
      Array.from({ length: 1_000 }, (_, at) => `${' '.repeat(at)}a:\n`).join(''),
      /^\d+:\d+ CC1006$/,
    ],
    ['aliases of aliases', `a: &a [x]\n${'b: [*a, *a]\n'}`, /CC1007$/],
    ['a file of a byte too many', `#${'x'.repeat(MOST)}`, '1:1 CC1005'],
  ])(
    '%s',
    (_says, text, problem) => {
      const [first = ''] = found(text);
      expect(first).toMatch(problem);
    },
    60_000,
  );

  it('reads as much of different keys as a file may hold', () => {
    const keys = Array.from({ length: 45_000 }, (_, at) => `k${at}: v\n`).join('');
    expect(read(keys).problems).toEqual([]);
  }, 60_000);

  it.each([
    [24, []],
    [25, ['1:25 CC1006']],
  ])('%i levels', (levels, problems) => {
    expect(found(`${'['.repeat(levels)}a${']'.repeat(levels)}`)).toEqual(problems);
  });
});
