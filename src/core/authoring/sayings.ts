/** The keys whose words can be translated: what is said to patients, what it is called, and why it is so. */
export const SAID_BY = ['say', 'title', 'because'] as const;
export type SaidBy = (typeof SAID_BY)[number];

/** Words that a patient may read, where a file says them. */
export interface Saying {
  /** The section and the names of the items: `course.programme.month-1`. */
  readonly path: string;
  readonly key: SaidBy;
  readonly text: string;
  /** The kind of item that says it. */
  readonly kind: string;
}

/** Of what a list item begins with. */
const KINDS = [
  ...['stage', 'session', 'maintenance', 'task', 'care', 'track', 'decision', 'review', 'choice', 'pack'],
  ...['contraindication', 'alert', 'table', 'interval', 'eligibility'],
];

/** Below these, keys are names. */
const NAMED_BY_KEY = ['exits', 'values'];
/** Keys that only hold lists. */
const LISTS = ['tasks', 'sessions', 'list', 'care', 'rules'];

/**
 * All words of a file that can be translated. An item is called by its section and the names of the items that it stands in;
 * where two are called alike and say different things, by the phases between them as well.
 * @param file - as its schema reads it
 */
export function sayingsIn(file: unknown): readonly Saying[] {
  const found = [...below(file, { short: [], long: [], kind: 'pathway', by: '' })];
  const said = new Map<string, Set<string>>();
  for (const { key, short, text } of found) {
    const all = said.get(`${key} ${short}`) ?? new Set();
    said.set(`${key} ${short}`, all.add(text));
  }
  return found.map(({ short, long, key, text, kind }) => {
    const isClear = said.get(`${key} ${short}`)?.size === 1;
    return { path: isClear ? short : long, key, text, kind };
  });
}

interface Found extends Omit<Saying, 'path'> {
  readonly short: string;
  readonly long: string;
}

interface At {
  readonly short: readonly string[];
  readonly long: readonly string[];
  readonly kind: string;
  /** The key under which it stands. */
  readonly by: string;
}

function* below(value: unknown, at: At): Generator<Found> {
  if (Array.isArray(value)) {
    for (const item of value) yield* below(item, at);
    return;
  }
  if (!isGroup(value)) return;
  const kind = KINDS.find((word) => typeof value[word] === 'string');
  const name = kind === undefined ? undefined : value[kind];
  const here: At = typeof name === 'string' && kind !== undefined ? { ...called(at, name), kind } : at;
  for (const key of SAID_BY) {
    const text = value[key];
    if (typeof text !== 'string' || (key === 'because' && here.kind !== 'care')) continue;
    yield { short: pathOf(here.short), long: pathOf(here.long), key, text, kind: here.kind };
  }
  for (const [key, inner] of Object.entries(value)) yield* below(inner, { ...under(here, key), by: key });
}

const called = ({ short, long, ...at }: At, name: string): At => ({
  ...at,
  short: [...short, name],
  long: [...long, name],
});

function under(at: At, key: string): At {
  const isTop = at.short.length === 0;
  if (isTop || NAMED_BY_KEY.includes(at.by)) return called(at, key);
  return LISTS.includes(key) || NAMED_BY_KEY.includes(key) ? at : { ...at, long: [...at.long, key] };
}

/** What the file as a whole is called stands under no section. */
const pathOf = (names: readonly string[]): string => (names.length === 0 ? 'pathway' : names.join('.'));

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
