import { readdirSync } from 'node:fs';
import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import type { SourceFile } from '../../../src/core/authoring/source.ts';
import { formatted } from '../../../src/core/layout/format-file.ts';
import { digestOf } from '../../../src/store/event-hash.ts';
import { BOOK, filesEnding, sourcesFor } from '../../support/content-files.ts';

const FILES = ['rules', 'pathways'].flatMap((folder) => filesEnding(folder, '.yaml'));

const laidOut = (file: SourceFile): SourceFile => {
  const { text, problems } = formatted(file);
  expect(problems.map(formatProblem)).toEqual([]);
  return { file: file.file, text: text ?? '' };
};

it('looks at every file that is shipped', () => {
  expect(FILES).toHaveLength(
    ['rules', 'pathways'].flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.yaml')))
      .length,
  );
});

it.each(FILES.map((file) => [file.file, file] as const))('%s is laid out as every file is', (_name, file) => {
  expect(laidOut(file).text).toBe(file.text);
});

it.each(filesEnding('pathways', '.pathway.yaml').map((file) => [file.file, file] as const))(
  '%s is the same pathway, to the digest, once all files that it rests on are laid out',
  (_name, pathway) => {
    const sources = sourcesFor(pathway);
    const digest = (of: typeof sources): string => {
      const { compiled, problems } = compilePathway(of);
      expect(problems.map(formatProblem)).toEqual([]);
      return digestOf(compiled);
    };
    const again = {
      clinic: laidOut(BOOK.clinic),
      catalogue: laidOut(BOOK.catalogue),
      ruleSets: BOOK.ruleSets.map(laidOut),
      ...(sources.packs ? { packs: laidOut(sources.packs) } : {}),
      ...(sources.texts ? { texts: sources.texts.map(laidOut) } : {}),
      pathway: laidOut(pathway),
    };
    expect(digest(again)).toBe(digest(sources));
  },
);

/** Comments of their own lines, and at the ends of others: wherever YAML lets one stand. */
function commented({ file, text }: SourceFile, from: number): SourceFile {
  const lines = text.split('\n').flatMap((line, index) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    const isPlain = line.trim() !== '' && !line.includes('#') && !line.includes('"');
    if (index % 7 === from) return [`${indent}# above ${index}`, line];
    return isPlain && index % 5 === from % 5 ? [`${line} # beside ${index}`] : [line];
  });
  return { file, text: lines.join('\n') };
}

it.each(FILES.map((file) => [file.file, file] as const))(
  '%s keeps its comments, wherever somebody puts them',
  (_name, file) => {
    for (const from of [1, 4]) {
      const once = laidOut(commented(file, from));
      expect(laidOut(once).text).toBe(once.text);
    }
  },
);
