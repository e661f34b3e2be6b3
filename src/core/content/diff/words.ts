import { readSource, type SourceFile } from '../../authoring/source.ts';
import type { Content } from '../content.ts';

/** Words that stand in one version of a clinic's files, and not so in the other. */
export interface Reworded {
  /** `ruleSet surgery › contraindication anaemia › when › haemoglobin` */
  readonly at: string;
  /** Absent: it is new. */
  readonly was?: string;
  /** Absent: it is gone. */
  readonly is?: string;
}

/** Where files say something else, wherever in them it stands and however it is laid out. */
export function reworded(before: Content, after: Content): Reworded[] {
  const [was, is] = [wordsOf(before), wordsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((at) => {
    const [old, now] = [was.get(at), is.get(at)];
    if (old === now) return [];
    return [{ at, ...(old === undefined ? {} : { was: old }), ...(now === undefined ? {} : { is: now }) }];
  });
}

/** All that plans run by: what is expected of it is asked, and not compared. */
function wordsOf({ clinic, catalogue, ruleSets, packs, pathways, texts }: Content): Map<string, string> {
  const words = new Map<string, string>();
  for (const file of [clinic, catalogue, ...ruleSets, ...(packs ? [packs] : []), ...pathways, ...texts])
    gather(readSource(file).value, [nameOf(file)], words);
  return words;
}

/** A file is what it says of itself in its first line, and not where it lies; a list of texts is where it lies. */
function nameOf(file: SourceFile): string {
  const [first] = Object.entries(readSource(file).value ?? {});
  return typeof first?.[1] === 'string' ? first.join(' ') : file.file;
}

function gather(value: unknown, path: readonly string[], words: Map<string, string>): void {
  if (Array.isArray(value)) gatherList(value, path, words);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) gather(inner, [...path, key], words);
  else words.set(path.join(' › '), String(value));
}

/** What has a name is found by it; that some of it changed places is a change of its own. */
function gatherList(list: readonly unknown[], path: readonly string[], words: Map<string, string>): void {
  const names = list.map(itemName);
  if (list.every((item) => typeof item !== 'object')) words.set(path.join(' › '), list.join(', '));
  else {
    const isNamed = names.every((name) => name !== undefined) && new Set(names).size === names.length;
    for (const [index, item] of list.entries())
      gather(item, [...path, (isNamed ? names[index] : undefined) ?? `no. ${index + 1}`], words);
    if (isNamed && list.length > 1) words.set([...path, 'order'].join(' › '), names.join(', '));
  }
}

/** `stage exchange`: an item begins with its kind and its name. */
function itemName(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const [first] = Object.entries(item);
  const [kind, name] = first ?? [];
  return typeof name === 'string' && NAME.test(name) ? `${kind} ${name}` : undefined;
}

/** A sentence about a fact is no name. */
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
