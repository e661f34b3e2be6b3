import { checkConditions } from '../../../src/core/checker/check-conditions.ts';
import { checkFlow } from '../../../src/core/checker/check-flow.ts';
import { checkGates } from '../../../src/core/checker/check-gates.ts';
import { checkHolds } from '../../../src/core/checker/check-holds.ts';
import { checkPassage } from '../../../src/core/checker/check-passage.ts';
import { checkTables } from '../../../src/core/checker/check-tables.ts';
import type { LoweredCondition } from '../../../src/core/pathway/facts.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { choiceOf, only } from '../../support/choices.ts';
import { twoStages } from '../../support/decided.ts';
import { contraindication, factOf, leaf, stageOf, tableOf } from '../../support/pathways.ts';

const HEAT = factOf('heat', { kind: 'number', unit: 'Cel', from: 30, to: 45 });
const catalogue = { facts: [HEAT], derived: [] };
const above = (value: number): LoweredCondition => ({ all: [leaf('heat', 'greaterThan', value)] });
const count = <One>(many: number, one: (index: number) => One): One[] =>
  Array.from({ length: many }, (_, index) => one(index));

describe('what would take too long is left out, and said', () => {
  it.each([
    [60, []],
    [200, [expect.stringMatching(/^not all pairs of contraindications: 39800, and 5000 are compared/)]],
  ])('of %s rules about one fact', (many, explored) => {
    const rules = count(many, (index) => contraindication(`rule-${index}`, above(30 + index / 100)));
    expect(checkHolds(rules, catalogue).explored).toEqual(explored);
  });

  it.each([
    [100, 1],
    [101, 2],
  ])('of a table of %s rows', (many, sentences) => {
    const rows = count(many, (index) => ({ when: above(30 + index / 10), answer: index % 2 ? 'a' : 'b' }));
    const { explored } = checkTables([tableOf('table', ['a', 'b'], rows)], catalogue);
    expect(explored).toHaveLength(sentences);
  });

  it.each([
    [100, ['1 condition with 100 tests']],
    [101, ['0 conditions with 0 tests', 'not 1 condition of more than 100 tests']],
  ])('of a condition of %s tests', (many, explored) => {
    const when = { any: count(many, (index) => leaf('heat', 'equal', 30 + index / 10)) };
    const asked = { at: { kind: 'alert', name: 'a' }, when, grave: [] };
    expect(checkConditions([asked], catalogue).explored).toEqual(explored);
  });

  it.each([
    [6, []],
    [7, [expect.stringMatching(/^not all of the course: .* or 64 ways$/)]],
  ])('of %s choices of two values each', (many, more) => {
    const choices = count(many, (index) => choiceOf(`choice-${index}`, ['yes', 'no']));
    const stages = choices.map(({ choice }) => stageOf(`stage-${choice}`, { onlyFor: only(choice, 'yes') }));
    const { explored, findings } = checkFlow(
      loadPathway(twoStages({ choices, stages: [...stages, stageOf('last')] })),
    );
    expect(explored.slice(1)).toEqual(more);
    expect(findings).toEqual([]);
  });

  it.each([
    [200, /^1 gate, asked about \d\d made-up plans/],
    [201, /^not who passes `first`: more than 200 rules are asked there$/],
    [1_000, /^not who passes `first`: more than 200 rules are asked there$/],
  ])('of %s rules at one gate', (many, explored) => {
    const rules = count(many, (index) => contraindication(`rule-${index}`, above(40 + index / 1_000)));
    const pathway = loadPathway(twoStages({ rules, facts: [HEAT], stages: [stageOf('first')] }));
    const looked = [checkPassage(pathway), checkGates(pathway)];
    expect(looked.flatMap(({ findings }) => findings)).toEqual([]);
    expect(looked.flatMap((one) => one.explored)[0]).toMatch(explored);
  });
});
