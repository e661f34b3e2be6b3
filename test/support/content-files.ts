import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PathwaySources } from '../../src/core/authoring/compile.ts';
import type { SourceFile } from '../../src/core/authoring/source.ts';

const file = (path: string): SourceFile => ({ file: path, text: readFileSync(path, 'utf8') });

/** The files of a folder of the repository that end so, in their order. */
export const filesEnding = (folder: string, ending: string): SourceFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => file(join(folder, name)));

/** What every pathway and every case of the repository may name. */
export const BOOK = {
  clinic: file('rules/clinic.yaml'),
  catalogue: file('rules/catalogue.facts.yaml'),
  ruleSets: filesEnding('rules', '.rules.yaml'),
};

export const sourcesFor = (pathway: SourceFile): PathwaySources => ({
  ...BOOK,
  packs: file('rules/packs.yaml'),
  texts: [...filesEnding('rules', '.texts.yaml'), ...filesEnding('pathways', '.texts.yaml')],
  pathway,
});
