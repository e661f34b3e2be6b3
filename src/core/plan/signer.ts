import type { Instant } from '../model/primitives.schema.ts';
import type { Clearings, Evidence } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR, GUARDIAN } from '../pathway/roles.ts';
import { judgeAt } from './judging.ts';
import type { PlanState } from './plan-state.schema.ts';

/** The fact whose date says how old the patient is. */
export const BIRTH = 'birthDate';

/** A stage that somebody consents to here; whoever does it elsewhere sees to that. */
export interface Consented extends StageDefinition {
  readonly consent: NonNullable<StageDefinition['consent']>;
}

export const isConsented = (stage: StageDefinition): stage is Consented => stage.consent !== undefined;

/** Whose signature counts on a day; `until` is when it becomes another's. */
export type Signer = { readonly until?: Instant; readonly evidence: readonly Evidence[] } & (
  | { readonly by: string }
  | { readonly unknown: string; readonly clears: Clearings }
);

/**
 * A patient of age signs; of a younger one only a guardian's signature counts, and from the birthday on only their own.
 * Who is so young is asked as every condition is, so that a birth date is believed on the same terms as any fact.
 */
export function signerOf(
  pathway: Pathway,
  state: PlanState,
  { consent }: Pick<Consented, 'consent'>,
  now: Instant,
): Signer {
  const { by } = consent;
  if (consent.orGuardianBelow === undefined) return { by, evidence: [] };
  const { result, evidence, validUntil } = judgeAt(pathway, state, now, ofAge(consent));
  if (result === 'unknown') {
    const [{ cause = 'missing', asks = '' } = {}] = evidence;
    const ask = pathway.fact(BIRTH)?.ask;
    const missing = {
      kind: 'fact' as const,
      fact: BIRTH,
      needs: asks,
      cause,
      role: ask?.role ?? COORDINATOR,
      ...(ask ? { within: ask.within } : {}),
    };
    return { unknown: cause, clears: [[missing]], evidence };
  }
  const signs = result === 'met' ? by : GUARDIAN;
  return { by: signs, evidence, ...(validUntil === undefined ? {} : { until: validUntil }) };
}

const conditions = new WeakMap<Consented['consent'], LoweredCondition>();

/** One condition for each consent, so that a question asked again is known again. */
function ofAge(consent: Consented['consent']): LoweredCondition {
  const known = conditions.get(consent);
  if (known) return known;
  const value = consent.orGuardianBelow ?? { count: 0, unit: 'year' as const };
  const name = `at least ${value.count} ${value.unit}s ago`;
  const when: LoweredCondition = { all: [{ fact: BIRTH, operator: 'atLeastAgo', value, name }] };
  conditions.set(consent, when);
  return when;
}
