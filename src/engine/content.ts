import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compilePathway } from '../core/authoring/compile.ts';
import { formatProblem } from '../core/authoring/problem.ts';
import type { SourceFile } from '../core/authoring/source.ts';
import { Failure } from '../core/model/failure.ts';
import type { CompiledPathway } from '../core/pathway/compiled.schema.ts';

/**
 * Compiles every pathway of a clinic's folder: `rules/` (clinic, catalogue, rule sets) and `pathways/`.
 * @throws Failure CC1000 with every problem of every file
 */
export function compileFolder(root: string): CompiledPathway[] {
  const rules = sourcesIn(root, 'rules');
  const ending = (suffix: string): SourceFile[] => rules.filter(({ file }) => file.endsWith(suffix));
  const [clinic] = ending('clinic.yaml');
  const [catalogue] = ending('.facts.yaml');
  if (!clinic || !catalogue) {
    throw new Failure('CC1000', `${join(root, 'rules')} has no clinic.yaml, or no catalogue (*.facts.yaml).`);
  }
  const shared = { clinic, catalogue, ruleSets: ending('.rules.yaml') };
  const compilations = sourcesIn(root, 'pathways')
    .filter(({ file }) => file.endsWith('.pathway.yaml'))
    .map((pathway) => compilePathway({ ...shared, pathway }));
  const problems = new Set(compilations.flatMap(({ problems }) => problems.map(formatProblem)));
  if (problems.size > 0) throw new Failure('CC1000', [...problems].join('\n\n'));
  return compilations.flatMap(({ compiled }) => compiled ?? []);
}

function sourcesIn(root: string, folder: string): SourceFile[] {
  const path = join(root, folder);
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      file: relative(root, join(path, file)),
      text: readFileSync(join(path, file), 'utf8'),
    }));
}
