import { type Duration, Name } from '../model/primitives.schema.ts';
import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import type { DecisionDefinition } from '../pathway/decisions.schema.ts';
import type { Report } from './issues.ts';
import { checkDecidedBy } from './lower-decision.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import type { Stage } from './stage.schema.ts';
import type { CourseItem } from './track.schema.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A stage that may be left out has a decision right before it: whether it is done. */

/** What is asked before a stage that may be left out. */
export const orNot = (stage: string): string => `${stage}-or-not`;

type Written = CourseItem;

/** The course as it is run: the stages and decisions of the file, and the decisions before optional stages. */
export const courseOf = (written: readonly Written[]): CompiledPathway['course'] =>
  written.flatMap((item): CompiledPathway['course'] => {
    const own = placeIn(item);
    return 'stage' in item && item.optional
      ? [{ kind: 'decision', name: orNot(item.stage), whether: item.stage }, own]
      : [own];
  });

/** An item of the file, as the course knows it. */
export function placeIn(item: Written): CompiledPathway['course'][number] {
  if ('stage' in item) return { kind: 'stage', name: item.stage };
  return 'decision' in item
    ? { kind: 'decision', name: item.decision }
    : { kind: 'maintenance', name: item.maintenance };
}

export interface OptionalPlace {
  readonly path: Path;
  readonly within: Duration;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

export function lowerOptional(
  { stage, title, optional }: Stage,
  { path, within, vocabulary, report }: OptionalPlace,
): DecisionDefinition[] {
  if (!optional) return [];
  const decision = orNot(stage);
  const at = [...path, 'optional'];
  if (!Name.safeParse(decision).success)
    report(
      [...path, 'stage'],
      new Refused('CC1015', `\`${decision}\` is to be asked before it, and is too long`),
    );
  checkDecidedBy({ by: optional }, { path: at, vocabulary, report });
  return [
    {
      decision,
      title: `${title}: shall it be done?`,
      by: optional,
      due: { to: within, after: 'asked' },
      ladder: vocabulary.ladders?.[0] ?? '',
      needs: [],
      outcomes: { 'go-ahead': [{ do: 'go' }], 'leave-out': [{ do: 'next stage', stage }] },
    },
  ];
}
