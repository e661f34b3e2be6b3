import type { PathwaySources } from '../authoring/compile.ts';
import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import { loadPathway, type Pathway } from '../pathway/pathway.ts';
import { conditionsOfPathway } from './asked-conditions.ts';
import { checkConditions } from './check-conditions.ts';
import { checkFlow } from './check-flow.ts';
import { checkGates } from './check-gates.ts';
import { checkGoals } from './check-goals.ts';
import { checkIntervals } from './check-intervals.ts';
import { checkPassage } from './check-passage.ts';
import { checkSupply } from './check-supply.ts';
import { checkWaits } from './check-waits.ts';
import type { Looked } from './finding.ts';
import { type Meaning, meaningOf } from './meaning.ts';

/** Each looks at one thing; what a new part of the format can say wrong gets one of its own here. */
const CHECKS: readonly ((pathway: Pathway) => Looked)[] = [
  checkFlow,
  (pathway) => checkWaits(pathway.compiled, pathway),
  ({ compiled }) => checkConditions(conditionsOfPathway(compiled), compiled),
  checkPassage,
  (pathway) => checkGates(pathway),
  checkIntervals,
  checkSupply,
  checkGoals,
];

/**
 * What a pathway that compiles says and cannot mean: over all states of its course and each of its tracks, the gates that
 * the engine itself decides, the network of its intervals, and the supply of what it asks. What its rule sets say by
 * themselves is `checkRuleBook`'s.
 */
export function checkMeaning(sources: PathwaySources, compiled: CompiledPathway): Meaning {
  const pathway = loadPathway(compiled);
  return meaningOf(
    sources,
    CHECKS.map((check) => check(pathway)),
  );
}
