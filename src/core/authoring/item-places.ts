import type { Problem } from './problem.ts';
import { Refused } from './problem.ts';
import { type Path, readSource, type SourceFile } from './source.ts';

/** A line of a file, for whoever looks for it there. */
export type Place = Pick<Problem, 'file' | 'line' | 'column'>;

/** What an item can be: its kind is its first key of these, and its name the value. */
const KINDS: readonly string[] = [
  ...['fact', 'derived', 'procedure', 'calendar', 'ladder', 'area', 'source', 'pack'],
  ...['contraindication', 'eligibility', 'table', 'interval', 'alert'],
  ...['stage', 'session', 'decision', 'maintenance', 'task', 'choice', 'figure', 'track', 'review', 'goal'],
];

interface Item {
  readonly kind: string;
  readonly name: string;
  readonly path: Path;
}

/** Where the named items of a file stand. A list item begins with its kind and its name, wherever the list is. */
export interface ItemPlaces {
  readonly items: readonly Item[];
  /**
   * @param below - keys and places in lists, from the item down; what is not there, stands at the nearest that is
   * @returns undefined: the file has no such item
   */
  placeOf(kind: string, name: string, below?: Path): Place | undefined;
}

export function itemPlaces(source: SourceFile): ItemPlaces {
  const { value, problemAt } = readSource(source);
  const items: Item[] = [];
  gather(value, [], items);
  const byName = new Map(items.toReversed().map((item) => [`${item.kind} ${item.name}`, item]));
  return {
    items,
    placeOf(kind, name, below = []) {
      const item = byName.get(`${kind} ${name}`);
      if (!item) return undefined;
      const { file, line, column } = problemAt([...item.path, ...below], NOWHERE);
      return { file, line, column };
    },
  };
}

/** Of a problem that is none: only its place is looked for. */
const NOWHERE = new Refused('CC1000', '');

function gather(value: unknown, path: Path, items: Item[]): void {
  if (typeof value !== 'object' || value === null) return;
  const isList = Array.isArray(value);
  const [first] =
    isList || path.length === 0 ? [] : Object.entries(value).filter(([key]) => KINDS.includes(key));
  const [kind, name] = first ?? [];
  if (kind !== undefined && typeof name === 'string') items.push({ kind, name, path });
  for (const [key, member] of Object.entries(value))
    gather(member, [...path, isList ? Number(key) : key], items);
}
