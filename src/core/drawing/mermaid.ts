import type { Drawing, DrawnGroup, DrawnNode } from './drawing.ts';

/** The drawing in Mermaid's words: a `stateDiagram-v2`. */
export function mermaidOf({ title, version, nodes, groups, edges }: Drawing): string {
  const lines = [
    '---',
    `title: "${plain(title)} ${plain(version)}"`,
    '---',
    'stateDiagram-v2',
    '  direction TB',
    ...STYLES,
    ...within(undefined, { nodes, groups }, '  '),
    ...edges.map(({ from, to, label }) => {
      const begin = nodes.some(
        ({ id, kind, within: group }) => id === from && kind === 'begin' && group === undefined,
      );
      return `  ${begin ? '[*]' : nameOf(from)} --> ${nameOf(to)}${label === undefined ? '' : ` : ${plain(label)}`}`;
    }),
    ...nodes.flatMap(({ id, kind }) => (kind === 'end' ? [`  ${nameOf(id)} --> [*]`] : [])),
  ];
  return `${lines.join('\n')}\n`;
}

const STYLES = [
  '  classDef gate fill:#fff3cd,stroke:#8a6d00',
  '  classDef decision fill:#dbeafe,stroke:#1d4ed8',
  '  classDef exit fill:#fee2e2,stroke:#b91c1c',
];

function within(
  group: string | undefined,
  drawing: Pick<Drawing, 'nodes' | 'groups'>,
  indent: string,
): string[] {
  const { nodes, groups } = drawing;
  return [
    ...nodes
      .filter((node) => node.within === group && (node.kind !== 'begin' || group !== undefined))
      .flatMap((node) => nodeLines(node, indent)),
    ...groups
      .filter((one) => one.within === group)
      .flatMap((one) => [
        `${indent}state "${linesOf(one)}" as ${nameOf(one.id)} {`,
        ...within(one.id, drawing, `${indent}  `),
        `${indent}}`,
      ]),
  ];
}

function nodeLines(node: DrawnNode, indent: string): string[] {
  const name = nameOf(node.id);
  const isPlain = node.kind === 'phase' || node.kind === 'end' || node.kind === 'begin';
  return [
    `${indent}state "${linesOf(node)}" as ${name}`,
    ...(isPlain ? [] : [`${indent}class ${name} ${node.kind}`]),
  ];
}

const linesOf = ({ lines }: DrawnNode | DrawnGroup): string => lines.map(plain).join('<br/>');

/** Ids are words of letters and digits; a group and the decision of one name are told apart by what follows a dot. */
const nameOf = (id: string): string =>
  `s_${id.replaceAll('-', '_').replaceAll('.', '__').replaceAll('/', '___')}`;

/** Marks that would end a name or begin something else. */
const plain = (text: string): string =>
  text
    .replaceAll('"', '’')
    .replaceAll(';', ',')
    .replaceAll(':', ' –')
    .replaceAll('#', 'no. ')
    .replace(/[<>{}]/g, '');
