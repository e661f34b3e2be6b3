import type { Cause, Clearing, Evidence } from '../model/verdict.schema.ts';
import type { Reason } from '../plan/outcome.schema.ts';

/** A reason, and what would clear it, in the few words in which a scenario names them. */

const CAUSES: Readonly<Record<Cause, string>> = {
  missing: 'missing',
  stale: 'too old',
  'wrong type': 'of the wrong type',
  'wrong unit': 'in the wrong unit',
  'not believed': 'not believed',
  'in conflict': 'in conflict',
};

/** Under which invariant no rule stands, and what the reason is called then. */
const PLAIN: Readonly<Record<Reason['invariant'], string>> = {
  S1: 'consent',
  S2: 'full',
  S3: 'interval',
  S4: 'wait',
  S5: 'anaesthesia',
  S6: 'owner',
  phase: 'phase',
};

/**
 * What a reason may be called: by its rule, by its rule and what that says, or by each fact that it lacks. The first is
 * the most telling.
 */
export function namesOf({ invariant, finding, interval, table, clears }: Reason): string[] {
  const lacking = clears
    .flat()
    .flatMap((one) =>
      one.kind === 'fact' && one.cause !== undefined ? [`${one.of ?? one.fact} ${CAUSES[one.cause]}`] : [],
    );
  if (table) return [`${table.rule} ${table.answer ?? 'unknown'}`, table.rule, ...lacking];
  if (interval) return [`${interval.rule} ${interval.result}`, interval.rule, ...lacking];
  if (finding) {
    const site = finding.area === undefined ? [] : [`${finding.rule} in ${finding.area}`];
    const said = finding.result === 'unknown' ? [`${finding.rule} unknown`] : [];
    return [finding.rule, ...said, ...site, ...lacking, ...unknownIn(finding.evidence)];
  }
  return [...new Set([PLAIN[invariant], ...lacking, ...askedFor(clears)])];
}

/** By the facts alone, where it is not said what they lack. */
const askedFor = (clears: Reason['clears']): string[] =>
  clears.flat().flatMap((one) => (one.kind === 'fact' && one.cause === undefined ? [one.fact] : []));

const unknownIn = (evidence: readonly Evidence[]): string[] =>
  evidence.flatMap(({ fact, cause }) => (cause === undefined ? [] : [`${fact} ${CAUSES[cause]}`]));

/** `neutrophils at least 1.0 10*9/L`, `not before 2026-04-06`, `override by oncologist and clinical-lead`. */
export function clearingWords(one: Clearing): string {
  switch (one.kind) {
    case 'fact': {
      const site = one.area === undefined ? '' : ` of the ${one.area}`;
      return `${one.fact}${site} ${one.needs}`;
    }
    case 'date':
      return `not before ${one.on}`;
    case 'override': {
      const by = `override by ${one.by.join(' or ')}`;
      return one.second === undefined ? by : `${by} and ${one.second}`;
    }
    case 'event':
      return eventWords(one);
  }
}

function eventWords({ type, needs, role }: Extract<Clearing, { kind: 'event' }>): string {
  switch (type) {
    case 'task.completed':
      return `task ${needs.slice(needs.indexOf('/') + 1)} by ${role}`;
    case 'consent.recorded':
      return `consent by ${role}`;
    case 'history.recorded':
      return 'history complete';
    case 'decide':
      return `decision by ${role}`;
    case 'releaseHold':
      return `signature of ${role}`;
    default:
      return `${type} by ${role}`;
  }
}
