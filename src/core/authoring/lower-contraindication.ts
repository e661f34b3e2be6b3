import type { Contraindication as Compiled } from '../pathway/rules.schema.ts';
import type { Contraindication } from './contraindication.schema.ts';
import { lowerCondition } from './lower-condition.ts';
import { Refused } from './problem.ts';
import { checkBearers, lowerOverride, type RulePlace } from './rule-place.ts';
import { checkAllKnown, checkDecider, checkOnce } from './vocabulary.ts';

export function lowerContraindication(rule: Contraindication, place: RulePlace): Compiled | undefined {
  const { path, header, vocabulary, report } = place;
  const { strength, then: response, stops, clears, tell, say, because } = rule;
  const { of = [], ifUnknown = 'hold' } = rule;
  const when = lowerCondition(rule.when, { ...place, path: [...path, 'when'] });
  checkBearers(of, place);
  checkOnce('gate', { names: stops, path: [...path, 'stops'] }, report);
  checkAllKnown('role', { names: tell, known: vocabulary.roles, path: [...path, 'tell'] }, report);
  if (clears.by === 'signature') {
    checkDecider(clears.of, { roles: vocabulary.roles, path: [...path, 'clears'] }, report);
  }
  const override = rule.override && lowerOverride(rule.override, place);
  if (strength === 'absolute') {
    if (override) report([...path, 'override'], NOT_ABSOLUTE, 'key');
    if (ifUnknown === 'accept') report([...path, 'ifUnknown'], NOT_ABSOLUTE);
  }
  return (
    when && {
      ...header,
      when,
      of,
      stops,
      strength,
      response,
      clears,
      ...(override ? { override } : {}),
      ifUnknown,
      tell,
      ...(say === undefined ? {} : { say }),
      because,
    }
  );
}

const NOT_ABSOLUTE = new Refused(
  'CC1069',
  'nobody passes an absolute rule, known or unknown',
  'leave it out, or write `strength: relative`',
);
