import { readdirSync, readFileSync } from 'node:fs';
import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import type { SourceFile } from '../../../src/core/authoring/source.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';

const file = (path: string): SourceFile => ({ file: path, text: readFileSync(path, 'utf8') });
const ending = (folder: string, name: string): SourceFile[] =>
  readdirSync(folder)
    .filter((one) => one.endsWith(name))
    .sort()
    .map((one) => file(`${folder}/${one}`));

/** Every pathway that stands in the repository. */
export const REPOSITORY: readonly CompiledPathway[] = ending('pathways', '.pathway.yaml').map((pathway) => {
  const { compiled, problems } = compilePathway({
    clinic: file('rules/clinic.yaml'),
    catalogue: file('rules/catalogue.facts.yaml'),
    packs: file('rules/packs.yaml'),
    ruleSets: ending('rules', '.rules.yaml'),
    pathway,
  });
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return CompiledPathway.parse(compiled);
});
