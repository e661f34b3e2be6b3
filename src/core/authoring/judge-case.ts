import type { Instant } from '../model/primitives.schema.ts';
import type { Clearings, Evidence, IntervalFinding, Result } from '../model/verdict.schema.ts';
import { lookAtAlert } from '../plan/alerts.ts';
import { placedIntervals } from '../plan/intervals.ts';
import { findingsAt } from '../plan/scope.ts';
import { tableAt } from '../plan/tables.ts';
import type { SAID } from './case.schema.ts';
import type { LeastPlan } from './least-plan.ts';

/** What a rule says of a patient. */
export interface Saying extends Partial<Pick<IntervalFinding, 'earliest' | 'recommended' | 'latest'>> {
  /** `none`: a table without a row that is met. */
  readonly said: (typeof SAID)[number];
  /** Of a table. */
  readonly answer?: string;
  /** The facts that would have to be known, and `history`. */
  readonly missing: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** Asks the one rule that a least plan has, by the functions that a gate asks it by. */
export function judgeCase({ pathway, stage, state }: LeastPlan, now: Instant): Saying {
  const [alert] = pathway.alerts;
  if (alert) return sayingOfAlert({ pathway, stage }, lookAtAlert({ pathway, state, now }, alert));
  if (stage.table) return sayingOfTable(tableAt(pathway, state, stage, now)?.finding);
  if (pathway.intervals.length > 0) {
    const all = placedIntervals(pathway, state, stage, now).map(({ finding }) => finding);
    return sayingOfInterval(all);
  }
  const isEligibility = pathway.eligibility.length > 0;
  const found = findingsAt(pathway, state, { stage, now, gate: 'procedure' }).map(({ finding }) => finding);
  const said = worst(found.map(({ result }) => result));
  const speaking = found.filter(({ result }) => result === said);
  return {
    // A finding of eligibility says what is against it; a case, what the rule asks for.
    said: isEligibility && said !== 'unknown' ? (said === 'met' ? 'unmet' : 'met') : said,
    missing: missingIn(speaking.flatMap(({ clears }) => clears)),
    evidence: speaking.flatMap(({ evidence }) => evidence),
  };
}

/** Of several sites: one that is met is enough, and one that is unknown leaves the whole unknown. */
const worst = (results: readonly Result[]): Result =>
  results.includes('met') ? 'met' : results.includes('unknown') ? 'unknown' : 'unmet';

function sayingOfTable(finding: ReturnType<typeof finded>): Saying {
  if (!finding) return { said: 'unknown', missing: [], evidence: [] };
  const { answer, clears, evidence } = finding;
  const missing = missingIn(clears);
  if (answer !== undefined) return { said: 'met', answer, missing: [], evidence };
  return { said: missing.length > 0 ? 'unknown' : 'none', missing, evidence };
}

const finded = (found: ReturnType<typeof tableAt>) => found?.finding;

const CLOSEDNESS: readonly IntervalFinding['result'][] = ['unknown', 'too early', 'too late', 'open'];

function sayingOfInterval(all: readonly IntervalFinding[]): Saying {
  const [first] = all.toSorted(
    (one, other) => CLOSEDNESS.indexOf(one.result) - CLOSEDNESS.indexOf(other.result),
  );
  if (!first) return { said: 'open', missing: [], evidence: [] };
  const { result, earliest, recommended, latest, clears, evidence } = first;
  return {
    said: result,
    missing: result === 'unknown' ? missingIn(clears) : [],
    evidence,
    ...(earliest ? { earliest } : {}),
    ...(recommended ? { recommended } : {}),
    ...(latest ? { latest } : {}),
  };
}

function sayingOfAlert(
  { pathway }: Pick<LeastPlan, 'pathway' | 'stage'>,
  looked: ReturnType<typeof lookAtAlert>,
): Saying {
  if (!looked) return { said: 'not watching', missing: [], evidence: [] };
  const { result, evidence } = looked;
  const unknown = result === 'unknown' ? evidence.filter((one) => one.result === 'unknown') : [];
  const missing = [...new Set(unknown.map(({ fact }) => pathway.derived(fact)?.of ?? fact))];
  return { said: result, missing, evidence };
}

/** What nobody knows yet, among what would clear it. */
function missingIn(clears: Clearings): string[] {
  const names = clears.flat().flatMap((one) => {
    if (one.kind === 'fact') return one.cause === undefined ? [] : [one.of ?? one.fact];
    return one.kind === 'event' && one.type !== 'releaseHold' && one.type !== 'decide' ? ['history'] : [];
  });
  return [...new Set(names)];
}
