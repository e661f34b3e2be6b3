import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { judgeAt, readAt } from '../../../src/core/plan/judging.ts';
import { FACTS, randomCondition, randomValue, withFacts } from '../../support/conditions.ts';
import { dayOn, endOf, type Stated, shifted } from '../../support/oracle.ts';
import { pathwayWith } from '../../support/pathways.ts';
import { RunningPlan } from '../../support/plan.ts';
import { fromEnvironment, Random } from '../../support/random.ts';

const COUNT = fromEnvironment('CARECHART_CONDITIONS', 2_000);
const SEED = fromEnvironment('CARECHART_SEED', 1);
const stateWith = withFacts(new RunningPlan(pathwayWith({ facts: FACTS, rules: [] })).state);

describe('no verdict changes before its validUntil', () => {
  const DAY = 86_400_000;

  it.each([
    ['America/New_York', '2026-03-06T17:00:00.000Z', 'clocks go forward'],
    ['America/New_York', '2026-10-30T17:00:00.000Z', 'clocks go back'],
    ['America/Sao_Paulo', '2018-11-02T17:00:00.000Z', 'a day without midnight'],
    ['America/Sao_Paulo', '2018-02-16T17:00:00.000Z', 'a midnight twice'],
    ['Asia/Beirut', '2026-03-27T17:00:00.000Z', 'a day without midnight'],
    ['Pacific/Auckland', '2026-04-03T17:00:00.000Z', 'clocks go back'],
    ['Asia/Kathmandu', '2026-02-27T17:00:00.000Z', 'a quarter of an hour'],
  ])('in %s around %s (%s)', (timeZone, from) => {
    const local = loadPathway(pathwayWith({ facts: FACTS, rules: [], zone: timeZone }));
    const random = new Random(SEED + 2);
    const wrong: unknown[] = [];
    let dated = 0;
    for (let index = 0; index < COUNT / 20; index += 1) {
      const now = shifted(from, random.between(0, 3 * DAY));
      const stated = FACTS.flatMap((definition): Stated[] =>
        random.chance(0.15)
          ? []
          : [
              {
                fact: definition.fact,
                value: randomValue(random, definition, dayOn(now, timeZone)),
                unit: definition.is.kind === 'number' ? definition.is.unit : undefined,
                source: 'clinician',
                observedAt: shifted(now, -random.between(0, 40 * DAY)),
              },
            ],
      );
      const kept = stateWith(stated);
      const condition = randomCondition(random, random.between(0, 3));
      const judged = judgeAt(local, kept, now, condition);
      const resultsAt = (instant: string): string => {
        const { result, evidence } = judgeAt(local, kept, instant, condition);
        return [result, ...evidence.map((leaf) => leaf.result)].join(' ');
      };
      const first = resultsAt(now);
      const until = judged.validUntil ?? shifted(now, 1_000 * DAY);
      const span = Date.parse(until) - Date.parse(now);
      if (span <= 0) wrong.push({ index, why: 'validUntil has passed already', now, until });
      const ends = [until, ...Array.from({ length: 4 }, () => shifted(now, random.between(0, span) + 1))];
      for (const end of ends) {
        const instant = shifted(end, -1);
        if (resultsAt(instant) !== first) wrong.push({ index, now, instant, until, condition, stated });
      }
      if (judged.validUntil) {
        dated += 1;
        // At validUntil itself some leaf does change: the instant is not merely cautious.
        if (resultsAt(judged.validUntil) === first)
          wrong.push({ index, why: 'nothing changes', until, condition, stated });
      }
      for (const { fact, observedAt } of stated) {
        const definition = FACTS.find((one) => one.fact === fact);
        const staleAt = definition && endOf(definition, observedAt, timeZone);
        const reading = readAt(local, kept, now, { fact })[0];
        if (staleAt && reading?.known !== now < staleAt)
          wrong.push({ index, fact, observedAt, now, staleAt });
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(dated).toBeGreaterThan(COUNT / 80);
  });
});
