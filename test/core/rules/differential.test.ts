import { type ConditionProperties, Engine } from 'json-rules-engine';
import type {
  FactDefinition,
  LoweredCondition,
  LoweredLeaf,
} from '../../../src/core/pathway/facts.schema.ts';
import { judgeAt } from '../../../src/core/plan/judging.ts';
import type { Judgement } from '../../../src/core/rules/condition.ts';
import { CLINICAL_OPERATORS } from '../../../src/core/rules/operators.ts';
import { EVERYTHING, randomCondition } from '../../support/conditions.ts';
import { dayOn, leavesOf } from '../../support/oracle.ts';
import { atomsIn, knownOf, opinionOn, sitesMeant, type World } from '../../support/oracle-facts.ts';
import { fromEnvironment, Random } from '../../support/random.ts';
import { completeFacts, Everything, untidyFacts } from '../../support/situations.ts';

const COUNT = fromEnvironment('CARECHART_CONDITIONS', 100_000);
const SEED = fromEnvironment('CARECHART_SEED', 1);
/** Conditions that are asked of one patient. */
const BATCH = 50;

const NOW = '2026-03-05T15:00:00.000Z';
const zone = 'America/New_York';
const at = { now: NOW, zone };

/** What json-rules-engine says of a leaf, in the order of the leaves. */
interface LibraryLeaf {
  readonly fact: string;
  readonly result: boolean | undefined;
  readonly factResult: unknown;
}

function libraryLeaves(condition: ConditionProperties): LibraryLeaf[] {
  const node = condition as unknown as Record<string, unknown>;
  const members = node.all ?? node.any ?? (node.not === undefined ? undefined : [node.not]);
  if (Array.isArray(members)) return members.flatMap(libraryLeaves);
  return [
    {
      fact: String(node.fact),
      result: node.result as boolean | undefined,
      factResult: node.factResult,
    },
  ];
}

const isDate = ({ is }: FactDefinition): boolean => is.kind === 'date' || is.kind === 'date or never';

/** What is known of a leaf's fact, for json-rules-engine to compare: by the oracle, not by the core. */
function valueFor(world: World, leaf: Pick<LoweredLeaf, 'fact' | 'params'>): unknown {
  const base = world.derived.find(({ derived }) => derived === leaf.fact)?.of ?? leaf.fact;
  const definition = world.facts.find(({ fact }) => fact === base);
  if (!definition) throw new Error(`no fact is called ${leaf.fact}`);
  const sites = sitesMeant(world, leaf);
  const atoms = atomsIn(world.parts).filter(({ names }) => sites.some((site) => names.includes(site)));
  const known = (definition.byArea ? atoms : [undefined]).map((atom) => knownOf(world, leaf, atom));
  const values = known.map((one) => {
    if ('why' in one) throw new Error(`${leaf.fact} ${JSON.stringify(leaf.params)} is ${one.why}`);
    return one.value;
  });
  if (definition.is.kind === 'findings') return [...new Set(values.flat())];
  return isDate(definition) ? { date: values[0], today: dayOn(NOW, zone) } : values[0];
}

async function askLibrary(conditions: readonly LoweredCondition[], world: World) {
  const engine = new Engine();
  for (const operator of CLINICAL_OPERATORS) engine.addOperator(operator);
  for (const fact of new Set(conditions.flatMap(leavesOf).map((leaf) => leaf.fact)))
    engine.addFact(fact, (params) => valueFor(world, { fact, params } as LoweredLeaf));
  for (const [index, condition] of conditions.entries())
    engine.addRule({ name: String(index), conditions: condition as never, event: { type: 'met' } });
  const { results, failureResults } = await engine.run();
  const found = new Map([...results, ...failureResults].map((result) => [result.name, result]));
  return conditions.map((_condition, index) => {
    const result = found.get(String(index));
    if (!result) throw new Error('json-rules-engine gave no result');
    return { isMet: result.result === true, leaves: libraryLeaves(result.conditions as never) };
  });
}

interface OurLeaf {
  readonly result: string;
  readonly seen: unknown;
}

/** One answer for each leaf: evidence has an entry for each site of those that are asked of several. */
function ourLeaves(condition: LoweredCondition, { evidence }: Judgement, world: World): OurLeaf[] {
  let from = 0;
  return leavesOf(condition).map((leaf) => {
    const isFindings = world.facts.some(({ fact, is }) => fact === leaf.fact && is.kind === 'findings');
    const count = isFindings ? sitesMeant(world, leaf).length : 1;
    const entries = evidence.slice(from, from + count);
    from += count;
    const isMet = entries.some(({ result }) => result === 'met');
    const values = entries.flatMap(({ value }) => (value === undefined ? [] : [value]));
    const result = isMet ? 'met' : entries.every((one) => one.result === 'unmet') ? 'unmet' : 'unknown';
    return { result, seen: isFindings ? [...new Set(values.flat())] : values[0] };
  });
}

const seenBy = (factResult: unknown): unknown =>
  typeof factResult === 'object' && factResult !== null && 'date' in factResult
    ? factResult.date
    : factResult;

const isSame = (one: unknown, other: unknown): boolean =>
  Array.isArray(one) && Array.isArray(other)
    ? one.toSorted().join() === other.toSorted().join()
    : one === other;

it(`agrees with json-rules-engine's own run on ${COUNT} conditions and complete facts (seed ${SEED})`, async () => {
  const random = new Random(SEED);
  const certain = EVERYTHING.facts.map(({ notValidWhen: _never, ...definition }) => definition);
  const everything = new Everything(zone, certain);
  const asked = { ...EVERYTHING, facts: certain };
  const wrong: unknown[] = [];
  const operators = new Set<string>();
  let compared = 0;
  for (let done = 0; done < COUNT; done += BATCH) {
    const site = random.pick(['left breast', 'face', 'nose', 'hand', 'right thumb']);
    const sites = { treatment: [site], donor: ['abdomen'] };
    const stated = completeFacts(random, certain, at);
    const { state, world, place } = everything.situation(random, stated, NOW, { sites, isInStage: true });
    const conditions = Array.from({ length: BATCH }, () => ({
      all: [randomCondition(random, random.pick([0, 0, 1, 1, 1, 2]), asked)],
    }));
    const theirs = await askLibrary(conditions, world);
    for (const [index, condition] of conditions.entries()) {
      const ours = judgeAt(everything.pathway, state, NOW, condition, place);
      const mine = ourLeaves(condition, ours, world);
      const differ = theirs[index]?.leaves.filter(({ result, factResult }, leaf) => {
        if (result === undefined) return false;
        compared += 1;
        return (
          mine[leaf]?.result !== (result ? 'met' : 'unmet') || !isSame(mine[leaf]?.seen, seenBy(factResult))
        );
      });
      for (const { operator } of leavesOf(condition)) operators.add(operator);
      if (ours.result !== (theirs[index]?.isMet ? 'met' : 'unmet') || differ?.length !== 0)
        wrong.push({ condition, differ, evidence: ours.evidence, stated });
    }
  }
  expect(wrong.slice(0, 2)).toEqual([]);
  expect(compared).toBeGreaterThan(COUNT);
  expect(operators.size).toBe(12);
});

it(`agrees with a second evaluator on ${COUNT / 5} conditions and facts that are missing, old, of several minds or not believed (seed ${SEED})`, () => {
  const random = new Random(SEED + 1);
  const everything = new Everything(zone);
  const seen = { met: 0, unmet: 0, unknown: 0 };
  const wrong: unknown[] = [];
  for (let done = 0; done < COUNT / 5; done += BATCH) {
    const stated = untidyFacts(random, EVERYTHING.facts, at);
    const { state, world, place } = everything.situation(random, stated, NOW);
    for (let index = 0; index < BATCH; index += 1) {
      const condition = randomCondition(random, random.between(0, 3), EVERYTHING);
      const expected = opinionOn(condition, world);
      const { result, evidence } = judgeAt(everything.pathway, state, NOW, condition, place);
      seen[expected] += 1;
      if (result !== expected) wrong.push({ condition, expected, result, evidence, place, stated });
    }
  }
  expect(wrong.slice(0, 2)).toEqual([]);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(COUNT / 100);
});
