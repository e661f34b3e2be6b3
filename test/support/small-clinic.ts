import { readFileSync } from 'node:fs';
import type { SourceFile } from '../../src/core/authoring/source.ts';

/** The files of a clinic with one small pathway, as they stand in the repository. */
export const SMALL_CLINIC = [
  'pathways/mole-removal-held.scenario.yaml',
  'pathways/mole-removal-held.trace.txt',
  'pathways/mole-removal-straight.scenario.yaml',
  'pathways/mole-removal-straight.trace.txt',
  'pathways/mole-removal.pathway.yaml',
  'rules/catalogue.facts.yaml',
  'rules/clinic.yaml',
  'rules/minor-surgery.cases.yaml',
  'rules/minor-surgery.rules.yaml',
] as const;

export type SmallFile = (typeof SMALL_CLINIC)[number];

const texts = new Map(SMALL_CLINIC.map((file) => [file, readFileSync(file, 'utf8')]));

/** The same with one line changed, which stands in its file exactly once; or with files that are gone or more. */
export function smallClinic(
  change: { readonly in?: SmallFile; readonly from?: string; readonly to?: string } = {},
  {
    without = [],
    more = [],
  }: { readonly without?: readonly SmallFile[]; readonly more?: readonly SourceFile[] } = {},
): SourceFile[] {
  const files = SMALL_CLINIC.filter((file) => !without.includes(file)).map((file) => {
    const text = texts.get(file) ?? '';
    if (file !== change.in) return { file, text };
    const pieces = text.split(change.from ?? '');
    if (pieces.length !== 2) throw new Error(`${pieces.length - 1} times in ${file}: ${change.from}`);
    return { file, text: pieces.join(change.to ?? '') };
  });
  return [...files, ...more];
}
