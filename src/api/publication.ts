import { setImmediate } from 'node:timers/promises';
import { formatProblem, type Problem, severityOf } from '../core/authoring/problem.ts';
import type { SourceFile } from '../core/authoring/source.ts';
import { checkContent } from '../core/content/check-content.ts';
import { tryExamples } from '../core/content/try-content.ts';
import type { CompiledPathway } from '../core/pathway/compiled.schema.ts';
import { ProblemError } from './problem.ts';

const SHOWN = 20;

/**
 * Checks a clinic's files and tries all their examples, as `carechart check` and `carechart test` do.
 * @returns the pathway that is asked for
 * @throws ProblemError CC1182 with what is wrong, CC4003 where the files hold no such pathway
 */
export async function publishable(
  files: readonly SourceFile[],
  { pathway, clinic }: { readonly pathway: string; readonly clinic: string },
): Promise<CompiledPathway> {
  const { problems, pathways, examples } = checkContent(files);
  refuseOn(problems);
  const compiled = pathways.find((one) => one.compiled.pathway === pathway)?.compiled;
  if (!compiled || !examples) {
    const known = pathways.map((one) => one.compiled.pathway).join(', ') || 'none';
    throw new ProblemError('CC4003', {
      detail: `The files hold no pathway ${pathway}; they hold: ${known}.`,
    });
  }
  const { clinic: own } = compiled.clinic;
  if (own !== clinic) throw unfit(`The files are of the clinic ${own}, and this one is ${clinic}.`);
  if (!examples.scenarios.some(({ scenario }) => scenario.of === pathway))
    throw unfit(`No scenario shows what ${pathway} does: add one, pathways/${pathway}-….scenario.yaml.`);
  for (const tried of tryExamples(examples)) {
    refuseOn(tried.problems);
    // Everybody else's requests come between two examples.
    await setImmediate();
  }
  return compiled;
}

function refuseOn(problems: readonly Problem[]): void {
  const errors = problems.filter((one) => severityOf(one) === 'error');
  if (errors.length === 0) return;
  const shown = errors.slice(0, SHOWN).map(formatProblem);
  const more = errors.length > SHOWN ? [`and ${errors.length - SHOWN} more`] : [];
  throw unfit([...shown, ...more].join('\n\n'));
}

const unfit = (detail: string): ProblemError => new ProblemError('CC1182', { detail });
