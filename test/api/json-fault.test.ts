import fc from 'fast-check';
import { findJsonFault } from '../../src/api/json-fault.ts';

describe('the place at which reading a body stopped', () => {
  test.each([
    ['', 1, 1, 'a value'],
    ['abc', 1, 1, 'a value'],
    ['{"a":}', 1, 6, 'a value'],
    ['{"a" 1}', 1, 6, 'a colon'],
    ['{"a":1', 1, 7, 'a comma or an end'],
    ['{"a":1 "b":2}', 1, 8, 'a comma or an end'],
    ['{"a":1,}', 1, 8, 'a key'],
    ['{,}', 1, 2, 'a key or }'],
    ['{a:1}', 1, 2, 'a key or }'],
    ["{'a':1}", 1, 2, 'a key or }'],
    ['[1,]', 1, 4, 'a value'],
    ['[1 2]', 1, 4, 'a comma or an end'],
    ['[,]', 1, 2, 'a value or ]'],
    ['[1}', 1, 3, 'a comma or an end'],
    ['[]]', 1, 3, 'the end'],
    ['{} x', 1, 4, 'the end'],
    ['{\n\t"a": tru\n}', 2, 7, 'a value'],
    ['["a\nb"]', 1, 2, 'a value or ]'],
    ['["\\x"]', 1, 2, 'a value or ]'],
    ['[01]', 1, 3, 'a comma or an end'],
    ['["ü\u0085", x]', 1, 8, 'a value'],
  ])('%j: line %i, column %i, expected %s', (text, line, column, expected) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(findJsonFault(text)).toEqual({ line, column, expected });
  });

  test('of a text cut anywhere is its end or the token that was cut, never further', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        const cut = text.slice(0, at % (text.length + 1));
        const isWhole = isJson(cut);
        const { column, expected } = findJsonFault(cut);
        expect(column).toBeLessThanOrEqual(cut.length + 1);
        if (isWhole) expect(expected).toBe('the end');
      }),
    );
  });

  test('of a body of 256 KiB is found in no time', () => {
    const text = `{"a":"${'x'.repeat(200_000)}","b":[${'1,'.repeat(25_000)}]}`;
    const start = performance.now();
    expect(findJsonFault(text)).toMatchObject({ expected: 'a value' });
    expect(performance.now() - start).toBeLessThan(500);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
