import type { Eligibility as Compiled } from '../pathway/rules.schema.ts';
import type { Eligibility } from './eligibility.schema.ts';
import { lowerCondition } from './lower-condition.ts';
import type { RulePlace } from './rule-place.ts';

export function lowerEligibility(rule: Eligibility, place: RulePlace): Compiled | undefined {
  const path = [...place.path, 'when'];
  const when = lowerCondition(rule.when, { ...place, path, ofPatient: 'eligibility' });
  return when && { ...place.header, when, otherwise: rule.otherwise };
}
