/** Where reading stopped, both counted from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
}

const TOKEN =
  /[ \t\n\r]*(?:(?<text>"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?<plain>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|(?<mark>[[\]{},:]))/uy;
const SPACE = /[ \t\n\r]*/y;

type Expected =
  | 'a value'
  | 'a value or ]'
  | 'a key or }'
  | 'a key'
  | 'a colon'
  | 'a comma or an end'
  | 'the end';

/**
 * Finds the place in a text that `JSON.parse` has refused. Its own messages quote the text, which holds health data,
 * and often leave the place out.
 */
export function findJsonFault(text: string): JsonFault {
  const open: string[] = [];
  let expected: Expected = 'a value';
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups;
    const next: Expected | undefined = groups && advance(expected, groups, open);
    if (!next) break;
    at = TOKEN.lastIndex;
    expected = next;
  }
  SPACE.lastIndex = at;
  SPACE.exec(text);
  const lines = text.slice(0, SPACE.lastIndex).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, expected };
}

/** @returns what may follow the token; undefined when it may not stand here */
function advance(
  expected: Expected,
  { text, mark }: Readonly<Record<string, string | undefined>>,
  open: string[],
): Expected | undefined {
  const afterValue = (): Expected => (open.length === 0 ? 'the end' : 'a comma or an end');
  const mayBeValue = expected === 'a value' || expected === 'a value or ]';
  switch (mark) {
    case '[':
    case '{':
      if (!mayBeValue) return undefined;
      open.push(mark);
      return mark === '[' ? 'a value or ]' : 'a key or }';
    case ']':
    case '}': {
      const isEmpty = expected === (mark === ']' ? 'a value or ]' : 'a key or }');
      if (!isEmpty && expected !== 'a comma or an end') return undefined;
      if (open.pop() !== (mark === ']' ? '[' : '{')) return undefined;
      return afterValue();
    }
    case ',':
      if (expected !== 'a comma or an end') return undefined;
      return open.at(-1) === '{' ? 'a key' : 'a value';
    case ':':
      return expected === 'a colon' ? 'a value' : undefined;
    default:
      if (mayBeValue) return afterValue();
      return text !== undefined && (expected === 'a key' || expected === 'a key or }')
        ? 'a colon'
        : undefined;
  }
}
