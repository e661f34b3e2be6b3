import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { readNumber } from '../model/sentences.ts';
import { LEVELS } from './depth.ts';
import { Refused } from './problem.ts';

type Refuse = (offset: number, refused: Refused) => void;

export const tooDeep = (): Refused => new Refused('CC1006', `nested more than ${LEVELS} levels deep`);

/** Plain JSON of a node, with a refusal of whatever would let a line mean something else than it says. */
export function plainValue(node: unknown, refuse: Refuse, level = 1): unknown {
  const offset = startOf(node);
  if (isAlias(node)) {
    refuse(offset, new Refused('CC1007', `\`*${node.source}\` stands for something written elsewhere`));
    return null;
  }
  const label = labelOf(node);
  if (label !== undefined) {
    refuse(offset, new Refused('CC1007', `\`${label}\` is an instruction to YAML, no value`));
  }
  if (isScalar(node)) return plainScalar(node.value, node.source, offset, refuse);
  if (level > LEVELS) {
    refuse(offset, tooDeep());
    return null;
  }
  if (isMap(node)) return plainGroup(node, refuse, level);
  if (isSeq(node)) {
    if (node.items.length === 0) refuse(offset, new Refused('CC1008', 'the list is empty'));
    return node.items.map((item) => {
      if (isEmpty(item)) refuse(startOf(item, offset), new Refused('CC1008', 'an item of the list is empty'));
      return plainValue(item, refuse, level + 1);
    });
  }
  return null;
}

function plainGroup(node: YAMLMap<unknown, unknown>, refuse: Refuse, level: number): object {
  const group = new Map<string, unknown>();
  if (node.items.length === 0) refuse(startOf(node), new Refused('CC1008', 'the group is empty'));
  for (const { key, value } of node.items) {
    const name = keyOf(key);
    const refusal = group.has(name)
      ? new Refused('CC1002', `\`${name}\` stands twice in one place`)
      : (refusedKey(name, key) ?? refusedMember(name, value));
    const isAtValue = refusal?.code === 'CC1009';
    if (refusal) refuse(startOf(isAtValue ? value : key), refusal);
    if (!group.has(name) && name !== '__proto__') group.set(name, plainValue(value, refuse, level + 1));
  }
  return Object.fromEntries(group);
}

function refusedKey(name: string, key: unknown): Refused | undefined {
  if (name === '__proto__') return new Refused('CC1010', `there is no key \`${name}\``);
  const label = labelOf(key);
  return label === undefined && !isAlias(key)
    ? undefined
    : new Refused('CC1007', `\`${label ?? name}\` is an instruction to YAML, no key`);
}

function refusedMember(name: string, value: unknown): Refused | undefined {
  if (isEmpty(value)) return new Refused('CC1008', `\`${name}\` has no value`);
  const isQuoted = isScalar(value) && value.type !== 'PLAIN';
  return name === 'version' && isScalar(value) && !isQuoted
    ? new Refused('CC1009', `the version is not quoted`, `write "${value.source}"`)
    : undefined;
}

function plainScalar(value: unknown, source: string | undefined, offset: number, refuse: Refuse): unknown {
  if (value === '') refuse(offset, new Refused('CC1008', 'the text is empty'));
  if (typeof value !== 'number') return value;
  const number = readNumber(source ?? '');
  if (!(number instanceof Refused)) return number;
  refuse(offset, number);
  return value;
}

const keyOf = (key: unknown): string => (isScalar(key) ? String(key.value) : '');

/** Nothing, `~` or `null`. */
const isEmpty = (node: unknown): boolean =>
  node === null || node === undefined || (isScalar(node) && node.value === null);

const startOf = (node: unknown, otherwise = 0): number =>
  isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node.range?.[0] ?? otherwise) : otherwise;

const labelOf = (node: unknown): string | undefined => {
  if (!(isScalar(node) || isMap(node) || isSeq(node))) return undefined;
  return node.tag ?? (node.anchor === undefined ? undefined : `&${node.anchor}`);
};

/** Where a path stands: its value, or its key where that is asked for or the value is empty. */
export function offsetOf(root: Node, path: readonly PropertyKey[], at: 'key' | 'value'): number {
  let node: unknown = root;
  let offset = startOf(root);
  for (const [index, step] of path.entries()) {
    const isLast = index === path.length - 1;
    const pair: Pair | undefined = isMap(node)
      ? node.items.find(({ key }) => keyOf(key) === step)
      : undefined;
    const item: unknown = isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;
    if (pair === undefined && item === undefined) return offset;
    const isKey = pair !== undefined && ((isLast && at === 'key') || isEmpty(pair.value));
    node = pair === undefined ? item : pair.value;
    offset = isKey ? startOf(pair?.key, offset) : startOf(node, offset);
  }
  return offset;
}
