import type { Table } from '../../../src/core/pathway/rules.schema.ts';
import { judgeAt } from '../../../src/core/plan/judging.ts';
import { judgeTable } from '../../../src/core/rules/table.ts';
import {
  EVERYTHING,
  FACTS,
  OTHER_FACTS,
  randomCondition,
  randomLeaf,
  randomValue,
  withFacts,
} from '../../support/conditions.ts';
import type { Stated } from '../../support/oracle.ts';
import { opinionOn, type World } from '../../support/oracle-facts.ts';
import { for_, leaf, tableOf } from '../../support/pathways.ts';
import { fromEnvironment, Random } from '../../support/random.ts';
import { Everything, type Situation, untidyFacts } from '../../support/situations.ts';

const COUNT = fromEnvironment('CARECHART_CONDITIONS', 100_000) / 50;
const SEED = fromEnvironment('CARECHART_SEED', 1);
const NOW = '2026-05-13T15:00:00.000Z';
const zone = 'America/New_York';
const ANSWERS = ['stop', 'wait', 'reduced', 'full'];

const everything = new Everything(zone);
const answerOf = (table: Table, { state, place }: Situation, now = NOW) =>
  judgeTable(everything.pathway, table, (when) => judgeAt(everything.pathway, state, now, when, place));

describe('what to do, by pain and creatinine', () => {
  const row = (when: ReturnType<typeof leaf>, answer: string) => ({ when: { all: [when] }, answer });
  const table = tableOf('what-to-do', ANSWERS, [
    row(leaf('creatinine', 'greaterThanInclusive', 2), 'wait'),
    row(leaf('creatinine', 'lessThan', 1.5), 'full'),
    row(leaf('pain', 'greaterThanInclusive', 3), 'stop'),
    row(leaf('pain', 'equal', 2), 'reduced'),
    row(leaf('pain', 'lessThan', 2), 'full'),
  ]);
  const patient = (creatinine?: number, pain?: number): Situation => {
    const by = { source: 'clinician', observedAt: NOW };
    const stated: Stated[] = [
      ...(creatinine === undefined ? [] : [{ fact: 'creatinine', value: creatinine, unit: 'mg/dL', ...by }]),
      ...(pain === undefined ? [] : [{ fact: 'pain', value: pain, ...by }]),
    ];
    return everything.situation(new Random(1), stated, NOW);
  };

  it.each<[number | undefined, number | undefined, string | undefined, string]>([
    [1.49, 1, 'full', 'both are fine'],
    [1.49, 2, 'reduced', 'the more cautious answer wins'],
    [2, 2, 'wait', 'the more cautious answer wins, whatever the order of the rows'],
    [2, 3, 'stop', 'the most cautious answer wins'],
    [undefined, 3, 'stop', 'a stop does not wait for the creatinine'],
    [2, undefined, undefined, 'the pain may be a stop'],
    [1.49, undefined, undefined, 'the pain may be a stop'],
    [undefined, 1, undefined, 'the creatinine may say wait'],
    [undefined, undefined, undefined, 'nothing is known'],
    [1.7, 1, 'full', 'a gap in the creatinine beside a pain that is met'],
  ])('creatinine %s and pain %s: %s (%s)', (creatinine, pain, answer, _why) => {
    expect(answerOf(table, patient(creatinine, pain)).answer).toBe(answer);
  });

  it('no row is met, and nothing is unknown: no answer, and any row would give one', () => {
    const gap = { ...table, rows: table.rows.slice(0, 3) };
    const { answer, evidence, clears } = answerOf(gap, patient(1.7, 1));
    expect(answer).toBeUndefined();
    expect(evidence.map(({ result }) => result)).toEqual(['unmet', 'unmet', 'unmet']);
    expect(clears.map((set) => set.map((one) => one.kind === 'fact' && [one.fact, one.needs]))).toEqual([
      [['creatinine', 'greaterThanInclusive 2']],
      [['creatinine', 'lessThan 1.5']],
      [['pain', 'greaterThanInclusive 3']],
    ]);
  });

  it('names the facts that are unknown before the first answer that is met, once each', () => {
    const facts = (creatinine?: number, pain?: number) =>
      answerOf(table, patient(creatinine, pain)).clears.map((set) =>
        set.map((one) => one.kind === 'fact' && [one.fact, one.needs, one.cause, one.role]),
      );
    expect(facts(2, undefined)).toEqual([[['pain', 'known', 'missing', 'nurse']]]);
    expect(facts(undefined, 2)).toEqual([[['creatinine', 'known', 'missing', 'nurse']]]);
    expect(facts(undefined, undefined)).toEqual([
      [
        ['creatinine', 'known', 'missing', 'nurse'],
        ['pain', 'known', 'missing', 'nurse'],
      ],
    ]);
    expect(facts(2, 3)).toEqual([]);
  });

  it('is good until the first of its facts is too old, whether or not the answer rests on it', () => {
    expect(answerOf(table, patient(1.49, 3)).validUntil).toBe('2026-05-21T04:00:00.000Z');
  });

  it.each<[string, string | undefined, string]>([
    ['2026-05-16T03:59:59.999Z', 'full', 'the last of the days'],
    ['2026-05-16T04:00:00.000Z', undefined, 'the first day after'],
  ])('with facts taken within 2 days, at %s: %s (%s)', (now, answer, _why) => {
    const params = { taken: { within: for_(2, 'day') } };
    const taken = (one: ReturnType<typeof leaf>, then: string) => row({ ...one, params }, then);
    const fresh = tableOf('fresh', ANSWERS, [
      taken(leaf('pain', 'greaterThanInclusive', 3), 'stop'),
      taken(leaf('pain', 'lessThan', 3), 'full'),
    ]);
    expect(answerOf(fresh, patient(1, 1), now).answer).toBe(answer);
  });
});

/** The same by brute force: for each answer, in all words of the format. */
function expected(table: Table, world: World): string | undefined {
  const of = (answer: string) =>
    table.rows.filter((row) => row.answer === answer).map(({ when }) => opinionOn(when, world));
  const winner = table.answers.find((answer) => of(answer).includes('met'));
  const earlier = table.answers.slice(0, winner === undefined ? undefined : table.answers.indexOf(winner));
  return earlier.some((answer) => of(answer).includes('unknown')) ? undefined : winner;
}

it(`answers as a table is read by brute force (${COUNT} tables, seed ${SEED})`, () => {
  const random = new Random(SEED + 7);
  const wrong: unknown[] = [];
  const seen = new Map<string, number>();
  const tally = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  for (let done = 0; done < COUNT; done += 1) {
    const stated = untidyFacts(random, EVERYTHING.facts, { now: NOW, zone });
    const patient = everything.situation(random, stated, NOW);
    const rows = Array.from({ length: random.between(1, 8) }, () => ({
      when: { all: [randomCondition(random, random.pick([0, 0, 0, 1]), EVERYTHING)] },
      answer: random.pick(ANSWERS),
    }));
    const table = tableOf('random', ANSWERS, rows);
    const { answer, clears, evidence } = answerOf(table, patient);
    const right = expected(table, patient.world);
    const isGap = answer === undefined && evidence.every(({ result }) => result !== 'unknown');
    tally(isGap ? 'gap' : (answer ?? 'unknown'));
    if (answer !== right) wrong.push({ rows, answer, right, evidence });
    if (answer !== undefined && clears.length > 0) wrong.push({ rows, answer, clears });
    const backwards = { ...table, rows: rows.toReversed() };
    if (answerOf(backwards, patient).answer !== right) wrong.push({ why: 'the order matters', rows });
  }
  expect(wrong.slice(0, 1)).toEqual([]);
  for (const what of [...ANSWERS, 'gap', 'unknown'])
    expect(seen.get(what) ?? 0).toBeGreaterThanOrEqual(Math.floor(COUNT / 200));
});

it(`once the facts that are named are known, whatever they are, there is an answer (${COUNT} tables, seed ${SEED})`, () => {
  const random = new Random(SEED + 8);
  const facts = [...FACTS, ...OTHER_FACTS.slice(0, 2)];
  const wrong: unknown[] = [];
  let asked = 0;
  for (let done = 0; done < COUNT; done += 1) {
    const stated = untidyFacts(random, facts, { now: NOW, zone }).map((one) => ({
      ...one,
      source: 'patient',
    }));
    const patient = everything.situation(random, stated, NOW);
    const leaves = Array.from({ length: random.between(1, 4) }, () => randomLeaf(random, { facts }));
    // A row for what it asks and one for the contrary: no gap.
    const rows = leaves.flatMap((one) => [
      { when: { all: [one] }, answer: random.pick(ANSWERS) },
      { when: { not: one }, answer: random.pick(ANSWERS) },
    ]);
    const table = tableOf('random', ANSWERS, rows);
    const { answer, clears } = answerOf(table, patient);
    if (answer !== undefined) continue;
    asked += 1;
    const named = clears.flat().flatMap((one) => (one.kind === 'fact' ? [one.fact] : []));
    const supplied = facts.flatMap((definition): Stated[] => {
      const { fact, is } = definition;
      const unit = is.kind === 'number' ? is.unit : undefined;
      const value = randomValue(random, definition, '2026-05-13');
      return named.includes(fact) ? [{ fact, value, unit, source: 'clinician', observedAt: NOW }] : [];
    });
    const { observations } = withFacts(patient.state)([...stated, ...supplied]);
    const then = answerOf(table, { ...patient, state: { ...patient.state, observations } });
    if (clears.length !== 1 || then.answer === undefined) wrong.push({ rows, clears, supplied });
  }
  expect(wrong.slice(0, 1)).toEqual([]);
  expect(asked).toBeGreaterThan(COUNT / 4);
});
