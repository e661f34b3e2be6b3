import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { Opinion } from '../oracle.ts';
import type { Account } from './account.ts';
import type { Knowledge } from './knowledge.ts';
import type { Holder } from './terms.ts';
import { placesOf, type Verdict, verdictOn } from './verdicts.ts';

/** A rule that can hold a stage, as it stands in one place of it. */
export interface Standing {
  readonly id: string;
  readonly holder: Holder;
  readonly site: string | undefined;
  /** Of eligibility, met means that it is not given. */
  readonly result: Opinion;
  readonly verdict: Verdict;
}

const OTHERWISE = { met: 'unmet', unmet: 'met', unknown: 'unknown' } as const;

export function standingsOf(stage: StageDefinition, knowledge: Knowledge): Standing[] {
  return knowledge.terms.holdersOf(stage).flatMap((holder) =>
    placesOf(holder.rule.when, stage, knowledge).map((place): Standing => {
      const verdict = verdictOn(holder.rule.when, place, knowledge);
      const { opinion } = verdict;
      return {
        id: [stage.stage, holder.rule.rule, ...(place.site === undefined ? [] : [place.site])].join('/'),
        holder,
        site: place.site,
        result: holder.kind === 'eligibility' ? OTHERWISE[opinion] : opinion,
        verdict,
      };
    }),
  );
}

export type GateOf = 'prep' | 'procedure';

/** Eligibility keeps every gate closed; a contraindication those that it names. */
export const stops = ({ kind, rule }: Holder, gate: GateOf): boolean =>
  kind === 'eligibility' || rule.stops.includes(gate);

/**
 * The stage that a plan is at or comes to first, and the gate before it, or that it went through last. Off its course
 * it is where it left, and before no gate.
 */
export function scopeOf({
  terms,
  stage,
  phase,
  course,
}: Pick<Account, 'terms' | 'stage' | 'phase' | 'course'>): {
  readonly stage: StageDefinition | undefined;
  readonly gate: GateOf | undefined;
} {
  if (phase === 'consultation' || phase === 'assessment')
    return { stage: terms.compiled.stages[0], gate: undefined };
  const at = stage === undefined ? undefined : terms.stage(stage);
  // What nobody asks for then holds nothing anew.
  if (course.leave)
    return { stage: ['ready', 'prep', 'procedure'].includes(phase) ? at : undefined, gate: undefined };
  if (phase === 'ready') return { stage: at, gate: at?.prep ? 'prep' : 'procedure' };
  const isAtStage = phase === 'prep' || phase === 'procedure';
  return { stage: isAtStage ? at : undefined, gate: isAtStage ? 'procedure' : undefined };
}

/** A rule that accepts what is unknown does so while nothing of it differs, is doubted, or last spoke for it. */
export const isAccepted = ({ holder: { kind, rule }, verdict }: Standing): boolean =>
  kind === 'contraindication' && rule.ifUnknown === 'accept' && verdict.isHarmless;

/** Who signs a hold away, where its rule clears by signature. */
export const signerOf = ({ kind, rule }: Holder): string | undefined =>
  kind === 'contraindication' && rule.clears.by === 'signature' ? rule.clears.of : undefined;
