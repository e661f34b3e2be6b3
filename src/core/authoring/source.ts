import { type Document, LineCounter, parseDocument } from 'yaml';
import { LIMITS } from '../model/limits.ts';
import { firstTooDeep } from './depth.ts';
import { type Problem, Refused } from './problem.ts';
import { offsetOf, plainValue, tooDeep } from './yaml-values.ts';

/** A file as it was handed over; reading it from a disk is somebody else's work. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** Keys and places in lists, from the top of a file. */
export type Path = readonly PropertyKey[];

export interface Source {
  /** Plain JSON; undefined when the file could not be read. With problems, whatever is there. */
  readonly value?: unknown;
  readonly problems: readonly Problem[];
  /** Places a refusal at the value of a path, or at its key; at what it is missing from when it is not there. */
  problemAt(path: Path, refused: Refused, at?: 'key' | 'value'): Problem;
}

/** Each pathway is compiled with all rules and facts: of one file, they all share what was read. */
const read = new WeakMap<SourceFile, Source>();

/**
 * Reads YAML 1.2, less what would let a line mean something else than it says: no duplicate keys, anchors, aliases,
 * tags, directives or second documents, no number but a plain decimal, no empty value.
 */
export function readSource(file: SourceFile): Source {
  const known = read.get(file) ?? readAnew(file);
  read.set(file, known);
  return known;
}

function readAnew({ file, text }: SourceFile): Source {
  const written = text.replace(/^\uFEFF/, '');
  const lines = linesOf(written);
  const place = ([offset, { code, message, help }]: Found): Problem => {
    const { line, col } = lines.linePos(offset);
    const shown = { file, line, column: col, code, message: oneLine(message) };
    return help === undefined ? shown : { ...shown, help: oneLine(help) };
  };
  const tooMuch = tooMuchToRead(written);
  const document = tooMuch ? undefined : parseDocument(written, YAML_OPTIONS);
  const unreadable = tooMuch ? [tooMuch] : document ? syntaxErrors(document) : [];
  const root = document?.contents;
  if (unreadable.length > 0 || !root) {
    return { problems: unreadable.map(place), problemAt: (_path, refused) => place([0, refused]) };
  }
  const found: Found[] = [];
  const value = plainValue(root, (offset, refused) => {
    if (found.length < PROBLEMS_SHOWN) found.push([offset, refused]);
  });
  return {
    value,
    problems: found.map(place),
    problemAt: (path, refused, at = 'value') => place([offsetOf(root, path, at), refused]),
  };
}

/** Of one file. Nobody mends more at a time, and each costs a search for its place. */
export const PROBLEMS_SHOWN = 100;

/** What a message quotes may be of any length, and of many lines. */
const oneLine = (message: string): string => {
  const line = message.replace(/\s+/g, ' ');
  return line.length > MESSAGE_SHOWN ? `${line.slice(0, MESSAGE_SHOWN)}…` : line;
};

const MESSAGE_SHOWN = 400;

type Found = readonly [offset: number, refused: Refused];

const YAML_OPTIONS = {
  version: '1.2',
  schema: 'core',
  stringKeys: true,
  prettyErrors: false,
  // The library would compare every key with every other: plainValue looks each one up.
  uniqueKeys: false,
} as const;

const SYNTAX_ERRORS_SHOWN = 10;

function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return lines;
}

function tooMuchToRead(text: string): Found | undefined {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > LIMITS.fileBytes) {
    return [0, new Refused('CC1005', `the file has ${bytes} bytes, and may have ${LIMITS.fileBytes}`)];
  }
  const deep = firstTooDeep(text);
  return deep === undefined ? undefined : [deep, tooDeep()];
}

/** What keeps a file from being read; the first of each place. */
function syntaxErrors({ errors, directives, contents }: Document.Parsed): Found[] {
  const byOffset = new Map<number, Refused>();
  for (const { code, message, pos } of errors) {
    const refused = new Refused(code === 'MULTIPLE_DOCS' ? 'CC1003' : 'CC1001', message);
    if (!byOffset.has(pos[0])) byOffset.set(pos[0], refused);
  }
  if (directives.yaml.explicit)
    byOffset.set(0, new Refused('CC1007', 'a directive says how to read the file'));
  if (byOffset.size === 0 && contents === null) byOffset.set(0, new Refused('CC1008', 'the file is empty'));
  return [...byOffset].slice(0, SYNTAX_ERRORS_SHOWN);
}
