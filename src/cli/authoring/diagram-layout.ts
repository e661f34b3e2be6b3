import Elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Drawing, DrawnGroup, DrawnNode } from '../../core/drawing/drawing.ts';
import { LINE_HEIGHT, wrapped } from '../../core/drawing/svg-text.ts';

const LAYERS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeLabel': '4',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.randomSeed': '1',
};

const CHARACTER = 6.6;
const widthOf = (lines: readonly string[]): number =>
  Math.max(...lines.map(({ length }) => length), 4) * CHARACTER;

/** Places every box, arrow and word of a drawing. The same drawing is placed the same way every time. */
export async function placed(drawing: Drawing): Promise<ElkNode> {
  const edges = drawing.edges.map(({ from, to, label }, index): ElkExtendedEdge => {
    const lines = label === undefined ? [] : wrapped(label);
    const text = { text: label ?? '', width: widthOf(lines), height: lines.length * LINE_HEIGHT };
    return { id: `e${index}`, sources: [from], targets: [to], labels: label === undefined ? [] : [text] };
  });
  return new Elk.default().layout({
    id: 'root',
    layoutOptions: LAYERS,
    children: childrenOf(undefined, drawing),
    edges,
  });
}

function childrenOf(group: string | undefined, drawing: Drawing): ElkNode[] {
  return [
    ...drawing.nodes.filter(({ within }) => within === group).map(boxOf),
    ...drawing.groups.filter(({ within }) => within === group).map((one) => groupOf(one, drawing)),
  ];
}

function boxOf({ id, kind, lines }: DrawnNode): ElkNode {
  if (kind === 'begin' && lines.length === 0) return { id, width: 16, height: 16 };
  const all = lines.flatMap(wrapped);
  return { id, width: Math.round(widthOf(all) + 20), height: all.length * LINE_HEIGHT + 12 };
}

function groupOf(group: DrawnGroup, drawing: Drawing): ElkNode {
  const all = group.lines.flatMap(wrapped);
  const top = all.length * LINE_HEIGHT + 14;
  return {
    id: group.id,
    layoutOptions: {
      'elk.padding': `[top=${top},left=14,bottom=14,right=14]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${Math.round(widthOf(all) + 28)},${top})`,
    },
    children: childrenOf(group.id, drawing),
  };
}
