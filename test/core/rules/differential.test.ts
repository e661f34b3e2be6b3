import { type ConditionProperties, Engine } from 'json-rules-engine';
import type { LoweredCondition } from '../../../src/core/pathway/facts.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { judgeAt, readAt } from '../../../src/core/plan/judging.ts';
import { CLINICAL_OPERATORS } from '../../../src/core/rules/operators.ts';
import { FACTS, randomCondition, randomValue, withFacts } from '../../support/conditions.ts';
import { answers, believed, dayOn, opinionOn, type Stated, shifted } from '../../support/oracle.ts';
import { pathwayWith } from '../../support/pathways.ts';
import { RunningPlan } from '../../support/plan.ts';
import { fromEnvironment, Random } from '../../support/random.ts';

const COUNT = fromEnvironment('CARECHART_CONDITIONS', 2_000);
const SEED = fromEnvironment('CARECHART_SEED', 1);
const NOW = '2026-03-20T15:30:00.000Z';
const compiled = pathwayWith({ facts: FACTS, rules: [] });
const pathway = loadPathway(compiled);
const zone = pathway.zone;
const stateWith = withFacts(new RunningPlan(compiled, '2026-03-01T15:00:00.000Z').state);

const factsFor = (random: Random, { isComplete }: { isComplete: boolean }): Stated[] =>
  FACTS.flatMap((definition): Stated[] => {
    if (!isComplete && random.chance(0.3)) return [];
    const hours = isComplete ? random.pick([0, 1, 5, 23]) : random.pick([0, 1, 23, 24, 25, 200, 400, 800]);
    return [
      {
        fact: definition.fact,
        value: randomValue(random, definition, dayOn(NOW, zone)),
        unit: definition.is.kind === 'number' ? definition.is.unit : undefined,
        source: 'clinician',
        observedAt: shifted(NOW, -hours * 3_600_000),
      },
    ];
  });

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

async function askLibrary(conditions: LoweredCondition, facts: Record<string, unknown>) {
  const engine = new Engine();
  for (const operator of CLINICAL_OPERATORS) engine.addOperator(operator);
  engine.addRule({ conditions: conditions as never, event: { type: 'met' } });
  const { results, failureResults } = await engine.run(facts);
  const [result] = [...results, ...failureResults];
  if (!result) throw new Error('json-rules-engine gave no result');
  return { isMet: results.length === 1, leaves: libraryLeaves(result.conditions as never) };
}

it(`agrees with json-rules-engine's own run on ${COUNT} conditions and complete facts (seed ${SEED})`, async () => {
  const random = new Random(SEED);
  let compared = 0;
  const wrong: unknown[] = [];
  for (let index = 0; index < COUNT; index += 1) {
    const condition = { all: [randomCondition(random, random.between(0, 2))] };
    const stated = factsFor(random, { isComplete: true });
    const kept = stateWith(stated);
    const facts = Object.fromEntries(
      stated.map(({ fact }) => {
        const reading = readAt(pathway, kept, NOW, { fact })[0];
        return [fact, reading?.known ? reading.comparable : undefined];
      }),
    );
    const ours = judgeAt(pathway, kept, NOW, condition);
    const theirs = await askLibrary(condition, facts);
    const differ = theirs.leaves.filter(({ fact, result, factResult }, at) => {
      if (result === undefined) return false;
      compared += 1;
      const leaf = ours.evidence[at];
      const seen =
        typeof factResult === 'object' && factResult !== null && 'date' in factResult
          ? factResult.date
          : factResult;
      return leaf?.fact !== fact || leaf.value !== seen || leaf.result !== (result ? 'met' : 'unmet');
    });
    if (ours.result !== (theirs.isMet ? 'met' : 'unmet') || differ.length > 0)
      wrong.push({ index, condition, stated, differ });
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(compared).toBeGreaterThan(COUNT);
});

it(`agrees with a second evaluator on ${COUNT} conditions and facts that are missing or stale (seed ${SEED})`, () => {
  const random = new Random(SEED + 1);
  const seen = { met: 0, unmet: 0, unknown: 0 };
  const wrong: unknown[] = [];
  for (let index = 0; index < COUNT; index += 1) {
    const condition = randomCondition(random, random.between(0, 3));
    const stated = factsFor(random, { isComplete: false });
    const expected = opinionOn(condition, (leaf) => {
      const definition = FACTS.find(({ fact }) => fact === leaf.fact);
      return answers(leaf, believed(definition, stated, { now: NOW, zone }), dayOn(NOW, zone));
    });
    const { result } = judgeAt(pathway, stateWith(stated), NOW, condition);
    seen[expected] += 1;
    if (result !== expected) wrong.push({ index, condition, stated, result, expected });
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(COUNT / 20);
});
