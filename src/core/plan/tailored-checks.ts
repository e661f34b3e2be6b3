import { CompiledPathway } from '../pathway/compiled.schema.ts';
import { againstIntervals } from './revised-intervals.ts';
import { against, type Problem, type Revising } from './revising.ts';

/**
 * What is against a plan as its revision would have it: it is checked as a file would be, as far as what is compiled can
 * be.
 */
export function checkTailored(before: Revising, after: Revising): Problem[] {
  const { compiled } = after.pathway;
  const parsed = CompiledPathway.safeParse(compiled);
  const rules = [
    compiled.intervals,
    compiled.contraindications,
    compiled.eligibility,
    compiled.tables,
    compiled.alerts,
  ];
  const twice = [
    repeatedIn(rules.flat().map(({ rule }) => rule)),
    repeatedIn([
      ...compiled.decisions.map(({ decision }) => decision),
      ...compiled.stages.map(({ stage }) => stage),
    ]),
  ].filter((name) => name !== undefined);
  return [
    ...(parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) =>
          against(`${path.map(String).join('.')}: ${message}.`),
        )),
    ...twice.map((name) => against(`${name} would name two things.`)),
    ...againstIntervals(before, after),
  ];
}

const repeatedIn = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) < index);
