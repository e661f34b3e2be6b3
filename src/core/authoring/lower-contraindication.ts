import type { Contraindication as Compiled } from '../pathway/rules.schema.ts';
import type { Contraindication } from './contraindication.schema.ts';
import { lowerCondition } from './lower-condition.ts';
import { Refused } from './problem.ts';
import { checkBearers, lowerOverride, type RulePlace } from './rule-place.ts';
import type { Path } from './source.ts';
import { bearersOf, checkAllKnown, checkDecider, checkOnce } from './vocabulary.ts';

export function lowerContraindication(rule: Contraindication, place: RulePlace): Compiled | undefined {
  const { path, header, vocabulary, report } = place;
  const { strength, then: response, stops, clears, tell, say, because } = rule;
  const { of = [], ifUnknown = 'hold' } = rule;
  const when = lowerCondition(rule.when, { ...place, path: [...path, 'when'] });
  checkBearers(of, place, vocabulary.care);
  checkStops(rule, place);
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

/** What it stops is what it speaks of: of home care as much as of procedures. */
function checkStops(
  { stops, of = [], override }: Contraindication,
  { path, vocabulary, report }: RulePlace,
): void {
  const { care } = vocabulary;
  if (override && stops.every((gate) => gate === 'care')) report([...path, 'override'], NO_GATE, 'key');
  if (!care || of.length === 0) return;
  const bearers = bearersOf(vocabulary) ?? [];
  const isCare = (name: string): boolean => care.includes(name) && !bearers.includes(name);
  const wrong = (at: Path, says: string, help: string): void => report(at, new Refused('CC1069', says, help));
  for (const [index, gate] of stops.entries()) {
    const isSpokenOf = gate === 'care' ? of.some(isCare) : !of.every(isCare);
    if (isSpokenOf) continue;
    const what = gate === 'care' ? 'home care' : 'procedure';
    const says = `it stops \`${gate}\`, and \`of\` names no ${what}: it would stop none`;
    wrong([...path, 'stops', index], says, `name it in \`of\`, or leave \`${gate}\` out`);
  }
  if (stops.includes('care')) return;
  for (const [index, name] of of.entries())
    if (isCare(name))
      wrong(
        [...path, 'of', index],
        `\`${name}\` is home care, and the rule stops none`,
        'add `care` to `stops`',
      );
}

const NO_GATE = new Refused(
  'CC1069',
  'an override lets a plan through a gate, and this rule keeps none closed',
  'leave it out: what stops home care clears by facts, or by a signature',
);

const NOT_ABSOLUTE = new Refused(
  'CC1069',
  'nobody passes an absolute rule, known or unknown',
  'leave it out, or write `strength: relative`',
);
