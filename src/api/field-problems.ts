import { z } from 'zod';
import type { FieldProblem } from './problem.ts';

/** What a schema minds, as fastify hands it on; `params` is the rest of zod's issue. */
export interface ValidationIssue {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string | undefined;
  readonly params?: unknown;
}

const Minded = z.object({
  expected: z.string().optional(),
  origin: z.string().optional(),
  format: z.string().optional(),
  maximum: z.number().optional(),
  minimum: z.number().optional(),
  keys: z.array(z.string()).optional(),
  values: z.array(z.unknown()).optional(),
  options: z.array(z.unknown()).optional(),
  errors: z.array(z.array(z.object({ expected: z.string().optional() }))).optional(),
});
type Minded = z.infer<typeof Minded>;

/** Says it to somebody who never heard of zod. Of one field, only what is minded first. */
export function fieldProblems(issues: readonly ValidationIssue[]): FieldProblem[] {
  const first = new Map<string, FieldProblem>();
  for (const problem of issues.flatMap(problemsOf))
    if (!first.has(problem.field)) first.set(problem.field, problem);
  return [...first.values()];
}

function problemsOf({ keyword, instancePath, message = 'is not valid', params }: ValidationIssue) {
  const path = instancePath.slice(1).replaceAll('/', '.');
  const problem = (field: string, says: string): FieldProblem => ({
    field: field.slice(0, MOST_OF_A_FIELD) || 'body',
    says: says.slice(0, MOST_OF_A_TEXT),
  });
  const minded = Minded.safeParse(params).data ?? {};
  if (keyword === 'unrecognized_keys' && minded.keys) {
    return minded.keys.map((key) =>
      problem(path === '' ? key : `${path}.${key}`, 'is not a key of this form'),
    );
  }
  return [problem(path, wordsFor(keyword, minded, message))];
}

const MOST_OF_A_FIELD = 200;
const MOST_OF_A_TEXT = 500;

function wordsFor(keyword: string, minded: Minded, message: string): string {
  switch (keyword) {
    case 'invalid_type':
      return message.endsWith('received undefined') ? 'is missing' : `must be ${kindOf(minded.expected)}`;
    case 'invalid_union':
      return unionText(minded) ?? message;
    case 'invalid_value':
      return `must be one of: ${(minded.values ?? []).join(', ')}`;
    case 'too_big':
      return `must be at most ${amount(minded.maximum, minded.origin)}`;
    case 'too_small':
      return `must be at least ${amount(minded.minimum, minded.origin)}`;
    case 'invalid_format':
      return FORMATS[minded.format ?? ''] ?? `must be ${message}`;
    case 'custom':
      return `must be ${message}`;
    default:
      return message;
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'must be a moment with its zone, such as 2026-03-02T09:30:00-05:00',
  date: 'must be a day, such as 2026-03-02',
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const kindOf = (expected = 'something else'): string => KINDS[expected] ?? expected;

/** One of several forms: told apart by a word, or by the kind of value. */
function unionText({ options, errors = [] }: Minded): string | undefined {
  if (options) return `must be one of: ${options.join(', ')}`;
  const kinds = errors.flatMap(([first]) => (first?.expected === undefined ? [] : [kindOf(first.expected)]));
  return kinds.length === 0 ? undefined : `must be ${kinds.join(', or ')}`;
}

const AMOUNTS: Readonly<Record<string, string>> = { string: 'character', array: 'item' };

function amount(count = 0, origin = ''): string {
  const one = AMOUNTS[origin];
  if (one === undefined) return `${count}`;
  return `${count} ${count === 1 ? one : `${one}s`} long`;
}
