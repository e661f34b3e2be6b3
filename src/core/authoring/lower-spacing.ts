import type { IntervalRule } from '../pathway/rules.schema.ts';
import { type IntervalPlace, lowerInterval } from './lower-interval.ts';
import type { Stage } from './stage.schema.ts';

/** The rule by which the sessions of a stage keep their distance. */
export const spacingRule = ({ stage }: Stage): string => `${stage}-spacing`;

/** From each session to the next: an interval from the stage to itself. */
export function lowerSpacing(
  { stage }: Stage,
  spacing: NonNullable<Stage['spacing']>,
  place: IntervalPlace,
): IntervalRule | undefined {
  const { from: edge, source: _, ...lengths } = spacing;
  const ends = {
    from: { kind: 'stage', edge, stage },
    to: { kind: 'stage', stage },
  } as const;
  const written = { ...lengths, interval: place.header.rule, from: { edge, of: stage }, to: stage };
  return lowerInterval(written, { ...place, ends });
}
