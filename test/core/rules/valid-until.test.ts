import { judgeAt } from '../../../src/core/plan/judging.ts';
import { EVERYTHING, randomCondition } from '../../support/conditions.ts';
import { shifted } from '../../support/oracle.ts';
import { opinionOn } from '../../support/oracle-facts.ts';
import { fromEnvironment, Random } from '../../support/random.ts';
import { Everything, untidyFacts } from '../../support/situations.ts';

const COUNT = fromEnvironment('CARECHART_CONDITIONS', 100_000) / 200;
const SEED = fromEnvironment('CARECHART_SEED', 1);
const DAY = 86_400_000;
/** Conditions that are asked of one patient. */
const BATCH = 5;

describe('no verdict changes before its validUntil, and something does at it', () => {
  it.each([
    ['America/New_York', '2026-03-06T17:00:00.000Z', 'clocks go forward'],
    ['America/New_York', '2026-10-30T17:00:00.000Z', 'clocks go back'],
    ['America/Sao_Paulo', '2018-11-02T17:00:00.000Z', 'a day without midnight'],
    ['America/Sao_Paulo', '2018-02-16T17:00:00.000Z', 'a midnight twice'],
    ['Asia/Beirut', '2026-03-27T17:00:00.000Z', 'a day without midnight'],
    ['Pacific/Auckland', '2026-04-03T17:00:00.000Z', 'clocks go back'],
    ['Asia/Kathmandu', '2026-02-27T17:00:00.000Z', 'a quarter of an hour'],
  ])('in %s around %s (%s)', (zone, from) => {
    const everything = new Everything(zone);
    const { pathway } = everything;
    const random = new Random(SEED + 2);
    const wrong: unknown[] = [];
    let dated = 0;
    for (let done = 0; done < COUNT; done += BATCH) {
      const now = shifted(from, random.between(0, 3 * DAY));
      const stated = untidyFacts(random, EVERYTHING.facts, { now, zone });
      const { state, world, place } = everything.situation(random, stated, now);
      for (let index = 0; index < BATCH; index += 1) {
        const condition = randomCondition(random, random.between(0, 3), EVERYTHING);
        const { validUntil } = judgeAt(pathway, state, now, condition, place);
        const saysAt = (instant: string): string => {
          const { result, evidence } = judgeAt(pathway, state, instant, condition, place);
          return [result, ...evidence.map((leaf) => leaf.result)].join(' ');
        };
        const first = saysAt(now);
        const until = validUntil ?? shifted(now, 1_000 * DAY);
        const span = Date.parse(until) - Date.parse(now);
        if (span <= 0) wrong.push({ why: 'validUntil has passed already', now, until });
        const ends = [until, ...Array.from({ length: 3 }, () => shifted(now, random.between(0, span) + 1))];
        for (const end of ends) {
          const instant = shifted(end, -1);
          if (saysAt(instant) !== first)
            wrong.push({ why: 'another word', now, instant, until, condition, stated });
        }
        if (validUntil === undefined) continue;
        dated += 1;
        if (saysAt(validUntil) === first)
          wrong.push({ why: 'nothing changes', now, until, condition, stated, place });
        for (const instant of [shifted(validUntil, -1), validUntil]) {
          const { result } = judgeAt(pathway, state, instant, condition, place);
          if (result !== opinionOn(condition, { ...world, now: instant }))
            wrong.push({ why: 'a second opinion', instant, result, condition, stated, place });
        }
      }
    }
    expect(wrong.slice(0, 2)).toEqual([]);
    expect(dated).toBeGreaterThan(COUNT / 5);
  });
});
