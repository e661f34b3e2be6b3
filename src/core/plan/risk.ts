import type { LadderDefinition } from '../pathway/clinic.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { HIGH, RISK } from '../pathway/tailoring.schema.ts';
import { chosenOf } from './choices.ts';
import type { PlanState, Wait } from './plan-state.schema.ts';

/** While it is not chosen, what counts for the unknown. */
export function isOfHighRisk(pathway: Pathway, state: Pick<PlanState, 'choices'>): boolean {
  const risk = pathway.choice(RISK);
  const ifUnknown = risk?.table?.ifUnknown;
  const unknown = ifUnknown && 'value' in ifUnknown ? ifUnknown.value : undefined;
  return risk !== undefined && (chosenOf(state, RISK)?.value ?? unknown) === HIGH;
}

/** The ladder that is climbed in the place of another while the risk is high; undefined: the other itself. */
export const higherLadder = (
  pathway: Pathway,
  state: Pick<PlanState, 'choices'>,
  ladder: string,
): string | undefined => (isOfHighRisk(pathway, state) ? pathway.ladder(ladder).higherRisk : undefined);

/** The ladder that a wait climbs. */
export const ladderOf = (
  pathway: Pathway,
  { ladder, climbs }: Pick<Wait, 'ladder' | 'climbs'>,
): LadderDefinition => pathway.ladder(climbs ?? ladder);
