import type { Drawing, DrawnGroup, DrawnNode } from './drawing.ts';
import { LINE_HEIGHT, wrapped } from './svg-text.ts';

interface Box {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A drawing with a place for everything, from the page's corner on: as a layout of ELK has it. */
export interface Placed extends Box {
  readonly id: string;
  readonly children?: readonly Placed[];
  readonly edges?: readonly {
    readonly sections?: readonly {
      readonly startPoint: Point;
      readonly endPoint: Point;
      readonly bendPoints?: readonly Point[];
    }[];
    readonly labels?: readonly (Box & { readonly text?: string })[];
  }[];
}

const STYLE = `text{font:12px system-ui,sans-serif;fill:#111}.head{font-weight:600}.title{font-size:16px}
rect{fill:#fff;stroke:#475569}.stage{fill:#f8fafc}.track{fill:#f0fdf4;stroke-dasharray:6 3}.beside{fill:#faf5ff;stroke-dasharray:2 3}
.gate{fill:#fff3cd;stroke:#8a6d00;stroke-width:2}.decision{fill:#dbeafe;stroke:#1d4ed8}.exit{fill:#fee2e2;stroke:#b91c1c}.end{stroke-width:3}
path{fill:none;stroke:#334155}.label{font-size:11px;fill:#334155;paint-order:stroke;stroke:#fff;stroke-width:3px}`;

const MARGIN = 12;
const HEAD = 34;

/** One picture that stands for itself: no script, no font and no style from elsewhere; it prints in grey as well. */
export function svgOf(drawing: Drawing, placed: Placed): string {
  const boxes = new Map(allOf(placed).map((one) => [one.id, one]));
  const [width, height] = [whole(placed.width) + 2 * MARGIN, whole(placed.height) + HEAD + MARGIN];
  const title = escaped(`${drawing.title} ${drawing.version}`);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0,0 L8,4 L0,8 z" style="fill:#334155"/></marker></defs>',
    `<rect width="${width}" height="${height}" style="stroke:none"/>`,
    `<text class="head title" x="${MARGIN}" y="22">${title}</text>`,
    `<g transform="translate(${MARGIN} ${HEAD})">`,
    ...drawing.groups.flatMap((one) => groupLines(one, boxes.get(one.id))),
    ...(placed.edges ?? []).flatMap(edgeLines),
    ...drawing.nodes.flatMap((one) => nodeLines(one, boxes.get(one.id))),
    ...(placed.edges ?? []).flatMap(labelLines),
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

const allOf = (one: Placed): Placed[] => [one, ...(one.children ?? []).flatMap(allOf)];

const whole = (number = 0): number => Math.round(number);

const rect = (kind: string, { x, y, width, height }: Box, round: number): string =>
  `<rect class="${kind}" x="${whole(x)}" y="${whole(y)}" width="${whole(width)}" height="${whole(height)}" rx="${round}"/>`;

function groupLines({ kind, lines }: DrawnGroup, box: Box = {}): string[] {
  const left = whole(box.x) + 10;
  return [
    rect(kind, box, 6),
    ...lines
      .flatMap(wrapped)
      .map((line, index) => text(line, { x: left, y: whole(box.y) + 17 + index * LINE_HEIGHT }, 'head')),
  ];
}

function nodeLines({ kind, lines }: DrawnNode, box: Box = {}): string[] {
  const middle = whole((box.x ?? 0) + (box.width ?? 0) / 2);
  if (kind === 'begin' && lines.length === 0)
    return [`<circle cx="${middle}" cy="${whole((box.y ?? 0) + 8)}" r="8"/>`];
  const [first = '', ...others] = lines;
  const said = [
    ...wrapped(first).map((line) => [line, 'head'] as const),
    ...others.flatMap(wrapped).map((line) => [line, undefined] as const),
  ];
  return [
    rect(kind, box, kind === 'decision' ? 14 : 4),
    ...said.map(([line, style], index) =>
      text(line, { x: middle, y: whole(box.y) + 17 + index * LINE_HEIGHT }, style, true),
    ),
  ];
}

const edgeLines = ({ sections = [] }: NonNullable<Placed['edges']>[number]): string[] =>
  sections.map(({ startPoint, bendPoints = [], endPoint }) => {
    const points = [startPoint, ...bendPoints, endPoint].map(({ x, y }) => `${whole(x)},${whole(y)}`);
    return `<path d="M${points.join(' L')}" marker-end="url(#tip)"/>`;
  });

const labelLines = ({ labels = [] }: NonNullable<Placed['edges']>[number]): string[] =>
  labels.flatMap((one) =>
    wrapped(one.text ?? '').map((line, index) =>
      text(line, { x: whole(one.x), y: whole(one.y) + 11 + index * LINE_HEIGHT }, 'label'),
    ),
  );

function text(line: string, { x, y }: Point, style?: string, isCentred = false): string {
  const anchor = isCentred ? ' text-anchor="middle"' : '';
  return `<text${style === undefined ? '' : ` class="${style}"`} x="${x}" y="${y}"${anchor}>${escaped(line)}</text>`;
}

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
