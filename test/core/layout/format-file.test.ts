import { formatted } from '../../../src/core/layout/format-file.ts';

const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const laidOut = (text: string): string => formatted({ file: 'x.pathway.yaml', text }).text ?? '';

describe('what is laid out', () => {
  it.each<[string, string, string]>([
    [
      'an item begins with its kind and its name, and goes on in the order of the grammar',
      lines(
        'course:',
        '  - title: A mole out',
        '    stage: excision',
        '    say: It is cut out.',
        '    procedure: cut',
      ),
      lines('course:', '  - { stage: excision, title: A mole out, procedure: cut, say: It is cut out. }'),
    ],
    [
      'a key that the grammar does not list stays behind the one that it follows',
      lines('tasks:', '  - role: nurse', '    shoe-size: 43', '    task: walk'),
      lines('tasks:', '  - { task: walk, role: nurse, shoe-size: 43 }'),
    ],
    [
      'names that somebody gave stay in the order in which they were given',
      lines('outcomes:', '  title: go', '  by: go', '  due: go'),
      lines('outcomes: { title: go, by: go, due: go }'),
    ],
    [
      'prose with a comma is quoted where it comes into brackets',
      lines('tasks:', '  - task: history', '    title: History, scars'),
      lines('tasks:', '  - { task: history, title: "History, scars" }'),
    ],
    [
      'a condition stays in one line with what it joins',
      lines('when:', '  all:', '    - bmi: below 35', '    - age: above 18'),
      lines('when: { all: [ { bmi: below 35 }, { age: above 18 } ] }'),
    ],
    [
      'a list of tasks has a line for each',
      lines('prep: { tasks: [ { task: walk }, { task: rest } ] }'),
      lines('prep:', '  tasks:', '    - { task: walk }', '    - { task: rest }'),
    ],
    [
      'an empty line between two items stays, and is one',
      lines('a: 1', '', '', '', 'b: 2'),
      lines('a: 1', '', 'b: 2'),
    ],
    ['quotes are double', lines("version: '1.0'"), lines('version: "1.0"')],
    ['text over two lines becomes one', lines('title: A mole', '  out'), lines('title: A mole out')],
    ['lines of Windows become ours', 'a: 1\r\nb: 2\r\n', lines('a: 1', 'b: 2')],
    [
      'text with lines of its own keeps them',
      lines('say: |', '  One.', '  Two.'),
      lines('say: |', '  One.', '  Two.'),
    ],
  ])('%s', (_name, from, to) => {
    expect(laidOut(from)).toBe(to);
    expect(laidOut(to)).toBe(to);
  });
});

const ofWidth = (width: number): string => {
  const front = '  - { task: walk, title: ';
  return `${front}${'x'.repeat(width - front.length - 2)} }`;
};

it.each([
  [109, 2],
  [110, 2],
  [111, 3],
])('an item of %i columns stands in %i lines with its list', (width, count) => {
  expect(
    laidOut(lines('tasks:', ofWidth(width)))
      .trimEnd()
      .split('\n'),
  ).toHaveLength(count);
});

it('a case stands in one line, however long it is', () => {
  const one = `  - { of: fever, name: ${'hot '.repeat(40)}ever }`;
  expect(laidOut(lines('casesFor: x', 'cases:', one))).toBe(lines('casesFor: x', 'cases:', one));
});

it('a step stands in one line with all that was found on a day, wherever it was found', () => {
  const step = '  - { day: x, facts: { skin: [ { value: none, in: face }, { value: none, in: neck } ] } }';
  const asWritten = lines(
    'steps:',
    '  - day: x',
    '    facts:',
    '      skin:',
    '        - { value: none, in: face }',
    '        - { value: none, in: neck }',
  );
  expect(laidOut(asWritten)).toBe(lines('steps:', step));
  expect(laidOut(lines('steps:', step))).toBe(lines('steps:', step));
});

describe('comments', () => {
  it.each<[string, string, string]>([
    ['stand three blanks behind their line', lines('a: 1 # one'), lines('a: 1   # one')],
    [
      'above a key go with the key',
      lines('task: x', '# whose', 'role: y', 'title: z'),
      lines('task: x', 'title: z', '# whose', 'role: y'),
    ],
    [
      'beside a key stay beside it',
      lines('tasks:   # of the day', '  - { task: x }'),
      lines('tasks:   # of the day', '  - { task: x }'),
    ],
    [
      'below a key stay below it',
      lines('tasks:', '  # of the day', '  - { task: x }'),
      lines('tasks:', '  # of the day', '  - { task: x }'),
    ],
    [
      'inside an item give it lines of its own',
      lines('tasks:', '  - task: x', '    role: y   # why'),
      lines('tasks:', '  - task: x', '    role: y   # why'),
    ],
    [
      'beside an item that is too long stand beside its name',
      lines('tasks:', `  - { task: x, title: ${'x'.repeat(100)} }   # why`),
      lines('tasks:', '  - task: x   # why', `    title: ${'x'.repeat(100)}`),
    ],
    ['at the end stay at the end', lines('a: 1', '', '# the end'), lines('a: 1', '', '# the end')],
    [
      'at the top stay at the top',
      lines('# yaml-language-server: x', '', 'a: 1'),
      lines('# yaml-language-server: x', '', 'a: 1'),
    ],
    [
      'do not count to what fits',
      `${ofTasks(110)}   # ${'why '.repeat(20)}end\n`,
      `${ofTasks(110)}   # ${'why '.repeat(20)}end\n`,
    ],
  ])('%s', (_name, from, to) => {
    expect(laidOut(from)).toBe(to);
    expect(laidOut(to)).toBe(to);
  });
});

function ofTasks(width: number): string {
  return `tasks:\n${ofWidth(width)}`;
}

it('a file that cannot be read is named with what is wrong, and stays as it is', () => {
  const { text, problems } = formatted({ file: 'x.yaml', text: 'a: 1\na: 2\n' });
  expect(text).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'CC1002', line: 2, column: 1 }]);
});
