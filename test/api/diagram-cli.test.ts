import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawn } from '../../src/cli/authoring/diagram.ts';
import { placed } from '../../src/cli/authoring/diagram-layout.ts';
import { drawingOf } from '../../src/core/drawing/drawing.ts';
import type { Placed } from '../../src/core/drawing/svg.ts';
import { compileFolder } from '../../src/engine/content.ts';
import { authoringFolder } from './authoring-folder.ts';

const SHIPPED = compileFolder('.').map((one) => [one.pathway, one] as const);
const shipped = (name: string) => {
  const found = SHIPPED.find(([pathway]) => pathway === name);
  if (!found) throw new Error(name);
  return found[1];
};
const edgesOf = (name: string): string[] =>
  drawingOf(shipped(name)).edges.map(({ from, to, label = '' }) => `${from} > ${to} ${label}`.trim());

describe('what is drawn', () => {
  it('of a small pathway is its whole way, from the first visit to the end', () => {
    expect(edgesOf('mole-removal')).toEqual([
      'begin > consultation',
      'consultation > assessment',
      'assessment > excision.ready',
      'excision.ready > excision.procedure',
      'excision.procedure > excision.recovery',
      'excision.recovery > completed',
    ]);
  });

  it.each([
    ['a board that puts the plan off', 'board > postponement not-now'],
    ['what comes when it has no quorum, again and again', 'board > postponement no quorum, then'],
    [
      'a stage done once more, with its number',
      'after-expander > expander.ready revise: again, at most once',
    ],
    ['what follows when that number is used up', 'after-expander > referral revise, then'],
    ['a track that a decision starts', 'after-expander > radiotherapy.waiting radiotherapy-first'],
    ['a series of sessions', 'filling.procedure > filling.ready next session'],
    ['a stage that is left out', 'contour-or-not > long-term leave-out'],
    ['what is asked on the way and leads away', 'complication > further-evaluation look-into-it'],
  ])('shows %s', (_what, edge) => {
    expect(edgesOf('breast-reconstruction')).toContain(edge);
  });

  it('says of a gate what it asks, and for whom a stage is', () => {
    const { nodes, groups } = drawingOf(shipped('breast-reconstruction'));
    expect(nodes.find(({ id }) => id === 'flap.ready')?.lines).toEqual([
      'Gate',
      'consent',
      'general anaesthesia',
    ]);
    expect(groups.find(({ id }) => id === 'stage/flap')?.lines).toEqual([
      'A flap from the abdomen',
      'only for own-tissue',
    ]);
  });

  it.each(SHIPPED)(
    '%s has no arrow from or to nowhere, and no place that stands twice',
    (_name, compiled) => {
      const { nodes, groups, edges } = drawingOf(compiled);
      const ids = nodes.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(edges.flatMap(({ from, to }) => [from, to]).filter((id) => !ids.includes(id))).toEqual([]);
      const known = groups.map(({ id }) => id);
      expect(
        [...nodes, ...groups].flatMap(({ within = [] }) => within).filter((id) => !known.includes(id)),
      ).toEqual([]);
      const left = ids.filter((id) => !edges.some(({ from }) => from === id));
      for (const id of left)
        expect(nodes.find((one) => one.id === id)?.kind).toMatch(/^(end|exit|decision)$/);
    },
  );
});

interface Box {
  readonly id: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const leavesOf = (one: Placed): Box[] => {
  const { id, x = 0, y = 0, width = 0, height = 0, children = [] } = one;
  if (children.length > 0) return children.flatMap(leavesOf);
  return [{ id, left: x, right: x + width, top: y, bottom: y + height }];
};

describe('a picture', () => {
  it.each(SHIPPED)('of %s has every box on the page, and none upon another', async (_name, compiled) => {
    const layout = await placed(drawingOf(compiled));
    const boxes = leavesOf(layout);
    expect(boxes).toHaveLength(drawingOf(compiled).nodes.length);
    for (const one of boxes) {
      expect(one.left).toBeGreaterThanOrEqual(0);
      expect(one.right).toBeLessThanOrEqual(layout.width ?? 0);
      expect(one.bottom).toBeLessThanOrEqual(layout.height ?? 0);
      const upon = boxes.filter(
        (other) =>
          other.id !== one.id &&
          other.left < one.right &&
          one.left < other.right &&
          other.top < one.bottom &&
          one.top < other.bottom,
      );
      expect(upon).toEqual([]);
    }
  });

  it('of one pathway is the same every time, and says its title', async () => {
    const svg = await drawn(shipped('mole-removal'), 'svg');
    expect(await drawn(shipped('mole-removal'), 'svg')).toBe(svg);
    expect(svg).toContain('<title>Removal of a mole under local numbing 1.0.0</title>');
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});

describe('at the command line', () => {
  it('a drawing is printed, or written where one says', async () => {
    const clinic = authoringFolder();
    const file = 'pathways/mole-removal.pathway.yaml';
    const printed = await clinic.run('diagram', `{}/${file}`, '--format', 'mermaid');
    expect(printed.code).toBe(0);
    expect(printed.out).toContain('stateDiagram-v2');
    const into = join(clinic.path, 'mole.mmd');
    await clinic.run('diagram', `{}/${file}`, '--format', 'mermaid', '--out', into);
    expect(readFileSync(into, 'utf8').trimEnd()).toBe(printed.out);
    clinic.remove();
  });

  it('a pathway that is not there is refused, with the one that may be meant', async () => {
    const clinic = authoringFolder();
    const { code, err } = await clinic.run('diagram', 'mole-removl');
    expect(code).toBe(1);
    expect(err).toContain('did you mean mole-removal?');
    clinic.remove();
  });
});
