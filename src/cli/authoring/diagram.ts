import { join } from 'node:path';
import { nearest } from '../../core/authoring/nearest.ts';
import { drawingOf } from '../../core/drawing/drawing.ts';
import { mermaidOf } from '../../core/drawing/mermaid.ts';
import { svgOf } from '../../core/drawing/svg.ts';
import { Failure } from '../../core/model/failure.ts';
import type { CompiledPathway } from '../../core/pathway/compiled.schema.ts';
import { compileFolder } from '../../engine/content.ts';
import { writeWhole } from '../../machine/files.ts';
import type { Terminal } from '../terminal.ts';
import { contentAsked } from './content-asked.ts';
import { placed } from './diagram-layout.ts';

export type DiagramFormat = 'svg' | 'mermaid';

/** One pathway as a picture, or as the words of one. */
export async function drawn(compiled: CompiledPathway, format: DiagramFormat): Promise<string> {
  const drawing = drawingOf(compiled);
  return format === 'mermaid' ? mermaidOf(drawing) : svgOf(drawing, await placed(drawing));
}

/** @param into - a file; absent: it is printed */
export async function diagram(
  name: string,
  { format, into }: { readonly format: DiagramFormat; readonly into?: string | undefined },
  { out }: Terminal,
): Promise<void> {
  const text = await drawn(pathwayNamed(name), format);
  if (into === undefined) return out(text.trimEnd());
  await writeWhole(into, text);
  out(`Drawn: ${into}`);
}

/** A pathway of the clinic's folder that somebody stands in, by its name or its file. */
export function pathwayNamed(name: string, root = contentAsked([]).root): CompiledPathway {
  const isFile = name.endsWith('.yaml');
  const folder = isFile ? contentAsked([name]).root : root;
  const all = compileFolder(folder);
  const asked = isFile ? name.replace(/^.*\//, '').replace(/\.pathway\.yaml$/, '') : name;
  const found = all.find(({ pathway }) => pathway === asked);
  if (found) return found;
  const known = all.map(({ pathway }) => pathway);
  const meant = nearest(asked, known);
  const help = meant === undefined ? `known: ${known.join(', ')}` : `did you mean ${meant}?`;
  throw new Failure('CC1167', `There is no pathway ${asked} in ${join(folder, 'pathways')}; ${help}`);
}
