import { z } from 'zod';
import { CODES, type Code } from '../model/codes.ts';
import { didYouMean, nearest } from './nearest.ts';
import { notExecuted, type Problem, Refused } from './problem.ts';
import { type Path, PROBLEMS_SHOWN, readSource, type Source, type SourceFile } from './source.ts';
import { Unlisted } from './words.ts';

/** Puts a refusal at a path of the file. */
export type Report = (path: Path, refused: Refused, at?: 'key' | 'value') => void;

/** A file as its schema reads it. */
export interface Opened<File> {
  /** Undefined when there are problems. */
  readonly value: File | undefined;
  readonly problems: Problem[];
  readonly report: Report;
  /** The same, of what is found only once the file is run. */
  readonly problemAt: Source['problemAt'];
}

/** Reads a file by its schema. Of one place, only the first layer that minds it speaks. */
export function open<File>(schema: z.ZodType<File>, file: SourceFile): Opened<File> {
  const { value, problems: found } = readBy(schema, file);
  const { problemAt } = readSource(file);
  const problems = [...found];
  const report: Report = (path, refused, at) => {
    if (problems.length < PROBLEMS_SHOWN) problems.push(problemAt(path, refused, at));
  };
  return { value, problems, report, problemAt };
}

type ReadFile<File> = Pick<Opened<File>, 'value'> & { readonly problems: readonly Problem[] };

/** Every pathway of a clinic names the same rules and facts: they are read once, and reading costs the most. */
const known = new WeakMap<z.ZodType, WeakMap<SourceFile, ReadFile<unknown>>>();

function readBy<File>(schema: z.ZodType<File>, file: SourceFile): ReadFile<File> {
  const bySource = known.get(schema) ?? new WeakMap<SourceFile, ReadFile<unknown>>();
  known.set(schema, bySource);
  // What a schema has read is of its type.
  const read = (bySource.get(file) as ReadFile<File> | undefined) ?? readAnew(schema, file);
  bySource.set(file, read);
  return read;
}

function readAnew<File>(schema: z.ZodType<File>, file: SourceFile): ReadFile<File> {
  const source = readSource(file);
  const problems = [...source.problems];
  if (source.value === undefined) return { value: undefined, problems };
  const taken = new Set(problems.map(placeOf));
  const read = schema.safeParse(source.value, { reportInput: true });
  for (const issue of explained(read.error?.issues.slice(0, PROBLEMS_SHOWN) ?? [])) {
    const problem = source.problemAt(...translated(issue));
    if (!taken.has(placeOf(problem))) problems.push(problem);
  }
  return { value: problems.length === 0 ? read.data : undefined, problems };
}

const placeOf = ({ line, column }: Problem): string => `${line}:${column}`;

/** Less each missing key that stands there misspelt: one mistake is one problem. */
function explained(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const meant = new Set(issues.map((issue) => JSON.stringify(meantBy(issue))));
  return issues.filter((issue) => !(isMissing(issue) && meant.has(JSON.stringify(issue.path))));
}

/** The path that an unknown key would have in its likeliest spelling. */
function meantBy({ code, path, ...issue }: z.core.$ZodIssue): PropertyKey[] | undefined {
  const unlisted = code === 'custom' && 'params' in issue ? Unlisted.safeParse(issue.params).data : undefined;
  const written = String(path.at(-1));
  if (!unlisted || unlisted.later.includes(written)) return undefined;
  const key = nearest(written, unlisted.known);
  return key === undefined ? undefined : [...path.slice(0, -1), key];
}

const isMissing = (issue: z.core.$ZodIssue): boolean =>
  issue.code === 'invalid_type' && issue.input === undefined;

const Coded = z.object({
  code: z.custom<Code>((code) => typeof code === 'string' && code in CODES),
  help: z.string().optional(),
  at: z.enum(['key', 'value']),
});

/** Where an issue of zod's stands, and what it says to somebody who never heard of zod. */
function translated(issue: z.core.$ZodIssue): [Path, Refused, 'key' | 'value' | undefined] {
  const { path } = issue;
  const key = String(path.at(-1) ?? '');
  switch (issue.code) {
    case 'custom': {
      const unlisted = Unlisted.safeParse(issue.params);
      if (unlisted.success) return [path, refusedKey(key, unlisted.data), 'key'];
      const coded = Coded.safeParse(issue.params);
      return [
        path,
        new Refused(coded.data?.code ?? 'CC1012', issue.message, coded.data?.help),
        coded.data?.at,
      ];
    }
    case 'invalid_type':
      if (isMissing(issue)) {
        return [
          path.slice(0, -1),
          new Refused('CC1011', `\`${key}\` is missing`, `add \`${key}:\``),
          'value',
        ];
      }
      return [path, wrongKind(issue.expected, issue.input), 'value'];
    case 'too_big':
      return [path, new Refused('CC1016', `at most ${issue.maximum} can stand here`), 'value'];
    case 'too_small':
      return [path, tooFew(issue.minimum), 'value'];
    default:
      return [path, new Refused('CC1012', issue.message), 'value'];
  }
}

function refusedKey(key: string, { known, later }: z.infer<typeof Unlisted>): Refused {
  if (later.includes(key)) return notExecuted(key);
  return new Refused('CC1010', `there is no key \`${key}\` here`, didYouMean(key, [...known, ...later]));
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
  int: 'a whole number',
};

const tooFew = (least: number | bigint): Refused =>
  new Refused('CC1016', `at least ${least} must stand here`, 'add what is missing');

function wrongKind(expected: string, input: unknown): Refused {
  const found = Array.isArray(input) ? 'array' : typeof input;
  return new Refused(
    'CC1012',
    `expected ${KINDS[expected] ?? expected}, found ${KINDS[found] ?? `a ${found}`}`,
    helpWith(expected, found, input),
  );
}

/** A list that was meant is short; of prose, the beginning tells enough. */
const MOST_ECHOED = 80;

function helpWith(expected: string, found: string, input: unknown): string | undefined {
  const isWord = found === 'number' || found === 'boolean' || found === 'string';
  if (expected === 'string' && isWord) return `write "${input}"`;
  if (expected === 'array' && isWord) return `write it in brackets: [${String(input).slice(0, MOST_ECHOED)}]`;
  if (expected === 'object' || expected === 'record') return 'write keys with their values: { key: value }';
  return undefined;
}
