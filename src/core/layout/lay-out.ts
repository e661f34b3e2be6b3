import {
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { invariant } from '../model/failure.ts';
import { inOrder } from './key-order.ts';
import { isOfLines, linesText, scalarText } from './scalar-text.ts';

/** What fits beside its key up to this column stands in one line; a comment behind it does not count. */
const WIDTH = 110;
const STEP = '  ';
const BEFORE_COMMENT = '   ';
/** Lists of mappings that read as one sentence. Every other list of mappings has a line for each. */
const JOINS: readonly string[] = ['all', 'any', 'none'];
/** Lists that are read as tables: a row is a line, however long. */
const TABLES: readonly string[] = ['cases', 'steps'];

/** One line with its comment beside it. */
interface Line {
  text: string;
  comment?: string | undefined;
}

/**
 * Lays one file out. Every comment stays with what it stands before or beside.
 * @param text - of a file that was read without a problem
 */
export function laidOut(text: string): string {
  const document = parseDocument(text, { keepSourceTokens: true, stringKeys: true, uniqueKeys: false });
  const lines: Line[] = [
    ...comments(document.commentBefore, ''),
    ...(document.commentBefore ? [{ text: '' }] : []),
    ...(document.contents ? block({ node: document.contents, indent: '', text }) : []),
    ...(document.comment ? [{ text: '' }, ...comments(document.comment, '')] : []),
  ];
  return `${lines.map(written).join('\n').trim()}\n`;
}

const written = ({ text, comment }: Line): string =>
  comment === undefined ? text : `${text}${BEFORE_COMMENT}#${comment}`;

/** Comments of their own lines; an empty line between two is kept. */
const comments = (comment: string | null | undefined, indent: string): Line[] =>
  (comment ?? '')
    .split('\n')
    .map((line) => ({ text: line === '' ? '' : `${indent}#${line === ' ' ? '' : line}` }))
    .filter(
      ({ text }, index, all) =>
        comment !== undefined && comment !== null && (text !== '' || index < all.length - 1),
    );

interface Place {
  readonly node: unknown;
  readonly indent: string;
  readonly text: string;
  /** The key that it is the value of. */
  readonly under?: string | undefined;
}

const block = (place: Place): Line[] => {
  const { node, indent } = place;
  if (isMap(node)) return blockOfMap({ ...place, node });
  if (isSeq(node)) return blockOfList({ ...place, node });
  invariant(isScalar(node), 'what was read is a mapping, a list or a scalar');
  return [{ text: `${indent}${scalarText(node, false)}`, comment: node.comment ?? undefined }];
};

function blockOfMap({ node, indent, text, under }: Place & { readonly node: YAMLMap }): Line[] {
  const pairs = sorted(node, under);
  return [
    ...pairs.flatMap((pair, index) => [
      ...(index > 0 && isSpaced(pair.key) ? [{ text: '' }] : []),
      ...pairLines(pair, { indent, text }),
    ]),
    ...(isFlow(node) ? [] : comments(node.comment, indent)),
  ];
}

/** In the grammar's order. What stands above the first stays above whichever is first. */
function sorted(node: YAMLMap, under: string | undefined): Pair[] {
  const byKey = new Map(node.items.map((pair) => [keyOf(pair), pair]));
  if (byKey.size < node.items.length) return node.items;
  return inOrder([...byKey.keys()], under).flatMap((key) => byKey.get(key) ?? []);
}

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : '');
const isSpaced = (node: unknown): boolean => isNode(node) && node.spaceBefore === true;
const isNode = (node: unknown): node is Node => isScalar(node) || isMap(node) || isSeq(node);
const isFlow = (node: YAMLMap | YAMLSeq): boolean => node.flow === true;

function pairLines(pair: Pair, { indent, text }: { readonly indent: string; readonly text: string }): Line[] {
  const { key, value } = pair;
  invariant(isScalar(key), 'keys are scalars');
  const { beside, above } = commentsOf(key, value, text);
  const front = `${indent}${scalarText(key, false)}:`;
  const under = keyOf(pair);
  const before = [...comments(key.commentBefore, indent)];
  const short = inOneLine(value, { front: front.length + 1, under });
  if (short !== undefined || isScalar(value)) {
    const behind = [key.comment, beside, ...above, isNode(value) ? value.comment : undefined];
    const [comment, ...others] = behind.filter((one) => typeof one === 'string').toReversed();
    const [said = '', ...more] = short === undefined ? linesOf(value, indent) : [short];
    return [
      ...before,
      ...others.flatMap((one) => comments(one, indent)),
      { text: `${front} ${said}`, comment },
      ...more.map((line) => ({ text: line })),
    ];
  }
  const own = isMap(value) || isSeq(value) ? (isFlow(value) ? value.comment : undefined) : undefined;
  const inner = indent + STEP;
  return [
    ...before,
    { text: front, comment: beside ?? own ?? key.comment ?? undefined },
    ...above.flatMap((one) => comments(one, inner)),
    ...block({ node: value, indent: inner, text, under }),
  ];
}

function linesOf(value: unknown, indent: string): string[] {
  if (!isScalar(value)) return [];
  return isOfLines(value) ? linesText(value, indent) : [scalarText(value, false)];
}

/** What stands behind a key in its own line, and what stands between it and its value. */
function commentsOf(key: Scalar, value: unknown, text: string): { beside?: string; above: string[] } {
  const comment = isNode(value) ? value.commentBefore : undefined;
  if (!comment) return { above: [] };
  const rest = text.slice(key.range?.[1] ?? 0).split('\n', 1)[0] ?? '';
  const [first = '', ...others] = comment.split('\n');
  if (!rest.includes(`#${first}`)) return { above: [comment] };
  return { beside: first, above: others.length > 0 ? [others.join('\n')] : [] };
}

function blockOfList({ node, indent, text, under }: Place & { readonly node: YAMLSeq }): Line[] {
  return [
    ...node.items.flatMap((item, index) => [
      ...(index > 0 && isItemSpaced(item) ? [{ text: '' }] : []),
      ...itemLines(item, {
        indent,
        text,
        width: TABLES.includes(under ?? '') ? Number.POSITIVE_INFINITY : WIDTH,
      }),
    ]),
    ...(isFlow(node) ? [] : comments(node.comment, indent)),
  ];
}

const isItemSpaced = (item: unknown): boolean =>
  isSpaced(item) || (isMap(item) && isSpaced(item.items[0]?.key));

function itemLines(
  item: unknown,
  { indent, text, width }: { readonly indent: string; readonly text: string; readonly width: number },
): Line[] {
  invariant(isNode(item), 'an item is a node');
  const before = comments(item.commentBefore, indent);
  const short = inOneLine(item, { front: indent.length + STEP.length, width });
  if (short !== undefined)
    return [...before, { text: `${indent}- ${short}`, comment: item.comment ?? undefined }];
  const [first, ...others] = block({ node: item, indent: indent + STEP, text });
  invariant(first !== undefined, 'an item is not empty');
  const front = `${indent}- ${first.text.slice(indent.length + STEP.length)}`;
  const beside = (isMap(item) || isSeq(item)) && isFlow(item) ? item.comment : undefined;
  const comment = first.comment ?? beside ?? undefined;
  const lost = first.comment !== undefined && beside ? comments(beside, indent) : [];
  return [...before, ...lost, { text: front, comment }, ...others];
}

/** @returns undefined of what does not fit, or has something in it that needs lines of its own */
function inOneLine(
  node: unknown,
  {
    front,
    under,
    width = WIDTH,
  }: { readonly front: number; readonly under?: string; readonly width?: number },
): string | undefined {
  const isRow = width > WIDTH;
  const said = isScalar(node) ? undefined : flowText(node, { isRow, under });
  return said !== undefined && front + said.length <= width ? said : undefined;
}

interface Flow {
  /** It is, or stands in, a row of a table: whatever is in it stands in the row's line. */
  readonly isRow: boolean;
  readonly under?: string | undefined;
}

function flowText(node: unknown, flow: Flow): string | undefined {
  if (isScalar(node)) return isOfLines(node) ? undefined : scalarText(node, true);
  if (!isMap(node) && !isSeq(node)) return undefined;
  if (!isFlow(node) && node.comment) return undefined;
  if (isSeq(node)) return flowOfList(node, flow);
  const pairs = sorted(node, flow.under).map((pair) => {
    const { key, value } = pair;
    if (!isScalar(key) || hasComment(key) || hasComment(value)) return undefined;
    const said = flowText(value, { ...flow, under: keyOf(pair) });
    return said === undefined ? undefined : `${scalarText(key, true)}: ${said}`;
  });
  return pairs.includes(undefined) ? undefined : pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

function flowOfList({ items }: YAMLSeq, { isRow, under = '' }: Flow): string | undefined {
  const isOfMaps = items.some((item) => isMap(item));
  if (isOfMaps && !isRow && !JOINS.includes(under)) return undefined;
  const said = items.map((item) => (hasComment(item) ? undefined : flowText(item, { isRow })));
  if (said.includes(undefined)) return undefined;
  return isOfMaps ? `[ ${said.join(', ')} ]` : `[${said.join(', ')}]`;
}

const hasComment = (node: unknown): boolean => isNode(node) && Boolean(node.comment || node.commentBefore);
