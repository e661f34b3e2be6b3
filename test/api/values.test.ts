import {
  asDay,
  asInstant,
  asPastProcedure,
  asWholeNumber,
  oneMore,
  readValue,
  withArea,
  withoutWait,
} from '../../src/cli/values.ts';

test.each<[title: string, given: string, options: Parameters<typeof readValue>[1], value: unknown]>([
  ['a number', '37.1', { unit: 'Cel' }, 37.1],
  ['a number below zero', '-4', { unit: 'Cel' }, -4],
  ['nothing of it', '0', { unit: 'Cel' }, 0],
  ['a grade', '2', {}, 2],
  ['yes', 'true', {}, true],
  ['no', 'false', {}, false],
  ['a day', '2026-03-02', {}, '2026-03-02'],
  ['never', 'never', {}, 'never'],
  ['a code', 'dark', {}, 'dark'],
  ['a code with a dash', 'type-2', {}, 'type-2'],
  ['a code of digits', '"2"', {}, '2'],
  ['a code that is a word for a number', 'Infinity', {}, 'Infinity'],
  ['a code that begins with a digit', '2b', {}, '2b'],
  ['none, which is a code unless a list is meant', 'none', {}, 'none'],
  ['an empty list', 'none', { list: true }, []],
  ['a list of one', 'infection', { list: true }, ['infection']],
  ['a list of several', 'infection, herpes', { list: true }, ['infection', 'herpes']],
  ['a list of what looks like numbers', '1,2', { list: true }, ['1', '2']],
  ['a list of words with spaces', 'bee venom,penicillin', { list: true }, ['bee venom', 'penicillin']],
])('%s is read', (_title, given, options, value) => {
  expect(readValue(given, options)).toEqual({ value });
});

test.each<[title: string, given: string, options: Parameters<typeof readValue>[1]]>([
  ['words where a unit asks for a number', 'high', { unit: 'Cel' }],
  ['a day where a unit asks for a number', '2026-03-02', { unit: 'Cel' }],
  ['a number with a comma', '37,1', { unit: 'Cel' }],
  ['a number with its unit', '37Cel', { unit: 'Cel' }],
  ['a number with a sign', '+37', { unit: 'Cel' }],
  ['a number that begins with a dot', '.5', { unit: 'Cel' }],
  ['a number that ends with a dot', '37.', { unit: 'Cel' }],
  ['infinity', 'Infinity', { unit: 'Cel' }],
  ['more digits than a number keeps', '1234567890.123456', {}],
  ['a day that does not exist', '2026-02-30', {}],
  ['a day with one digit', '2026-3-2', {}],
  ['a day in the order of the British', '02/03/2026', {}],
  ['a day in the order of the Germans', '2.3.26', {}],
  ['nothing', '', {}],
  ['an object', '{"a":1}', {}],
  ['a list with an empty end', 'infection,', { list: true }],
  ['a list of nothing', '', { list: true }],
])('%s is not guessed at', (_title, given, options) => {
  expect(readValue(given, options)).toEqual({ problem: expect.stringMatching(/\S/) });
});

test.each([
  ['2026-03-02', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-3-2', false],
  ['02.03.2026', false],
  ['2026-03-02T09:00:00Z', false],
  ['today', false],
  ['', false],
])('the day %s', (given, isOne) => {
  if (isOne) expect(asDay(given)).toBe(given);
  else expect(() => asDay(given)).toThrow('such as 2026-03-02');
});

test.each([
  ['2026-03-02T09:30:00-05:00', true],
  ['2026-03-02T09:30:00Z', true],
  ['2026-03-02T09:30:00', false],
  ['2026-03-02', false],
  ['9:30', false],
])('the moment %s', (given, isOne) => {
  if (isOne) expect(asInstant(given)).toBe(given);
  else expect(() => asInstant(given)).toThrow('not a moment');
});

test.each(['', ' ', '-1', '1.5', '1e3', '0x1F', 'many', '99999999999'])('%p is no whole number', (given) => {
  expect(() => asWholeNumber(given)).toThrow('not a whole number');
});
test('0 and 4300 are whole numbers', () => {
  expect([asWholeNumber('0'), asWholeNumber('4300')]).toEqual([0, 4300]);
});

test('a procedure of the past is a name, a day, and what more is known', () => {
  const surgery = { procedure: 'breast-surgery', performedOn: '2019-05-02' };
  expect(asPastProcedure('breast-surgery on 2019-05-02')).toEqual(surgery);
  expect(asPastProcedure('breast-surgery on 2019-05-02 to 2019-05-03')).toEqual({
    ...surgery,
    endedOn: '2019-05-03',
  });
  expect(asPastProcedure('breast-surgery on 2019-05-02 in left breast')).toEqual({
    ...surgery,
    area: 'left breast',
  });
  expect(asPastProcedure('breast-surgery on 2019-05-02 to 2019-05-03 in left breast')).toEqual({
    ...surgery,
    endedOn: '2019-05-03',
    area: 'left breast',
  });
});

test.each([
  'breast-surgery',
  'breast surgery on 2019-05-02',
  'breast-surgery 2019-05-02',
  'breast-surgery on',
  'breast-surgery on 2019',
  'breast-surgery on 2019-05-02 to',
  'breast-surgery on 2019-05-02 in',
  'breast-surgery on 2019-05-02 at home',
])('%s is not guessed at', (given) => {
  expect(() => asPastProcedure(given)).toThrow();
});

test('areas are given role by role, and what has several sites has commas', () => {
  const treatment = withArea('treatment=left breast, right breast');
  expect(treatment).toEqual({ treatment: ['left breast', 'right breast'] });
  expect(withArea('donor=abdomen', treatment)).toEqual({ ...treatment, donor: ['abdomen'] });
  expect(() => withArea('treatment=face', treatment)).toThrow('twice');
  expect(() => withArea('constructor=face')).toThrow('treatment=');
});

test('an option that is given again is one more', () => {
  const read = oneMore(asWholeNumber);
  expect(read('2', read('1'))).toEqual([1, 2]);
});

test('an id may be given as it stands among what the plan waits for', () => {
  expect(withoutWait('hold/exchange/nicotine', 'hold')).toBe('exchange/nicotine');
  expect(withoutWait('exchange/nicotine', 'hold')).toBe('exchange/nicotine');
  expect(withoutWait('task/hold/x', 'task')).toBe('hold/x');
});
