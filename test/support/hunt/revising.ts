import type { EventOf, PlanEvent } from '../../../src/core/model/event.schema.ts';
import { DurationUnit } from '../../../src/core/model/primitives.schema.ts';
import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import { plainly } from '../plain.ts';
import { coordinator, eventOf, nurse, patient } from '../plan.ts';
import type { Situation } from './observing.ts';
import { lead } from './people.ts';
import type { Terms } from './terms.ts';

/** Mostly longer than the pathway has it, sometimes as it is, too short, too long, or of nothing that there is. */
export function revised({ random, terms }: Situation): PlanEvent {
  const { intervals } = terms.compiled;
  const rule = random.chance(0.95) && intervals.length > 0 ? random.pick(intervals) : undefined;
  const { count, unit } = rule ? plainly(rule).minimum : { count: 1, unit: 'day' };
  const more = random.pick([1, 1, 2, 3, 5, 8, 0, -1, 60]);
  const minimum = `${Math.max(0, count + more)} ${unit}s`;
  const changes = [{ change: 'interval' as const, interval: rule?.rule ?? 'no-such-rule', minimum }];
  const by = random.pick([lead, lead, lead, lead, nurse, coordinator, patient]);
  return eventOf('revisePlan', { reason: 'slow healing', changes }, { actor: by });
}

/** The one interval that a revision of the simulation is about, and the minimum that it asks for. */
export function asked(terms: Terms, { data }: EventOf<'revisePlan'>) {
  const [change] = data.changes;
  if (change?.change !== 'interval') throw new Error('the simulation revises intervals');
  const [count = '', unit = ''] = (change.minimum ?? '').split(/ |s$/);
  const written = terms.published.intervals.find(({ rule }) => rule === change.interval);
  return (
    written && {
      rule: change.interval,
      written: plainly(written),
      minimum: { count: Number(count), unit: DurationUnit.parse(unit) },
    }
  );
}

/** Longer than the pathway has it, and not beyond what is recommended or allowed. */
export function isInOrder(
  { minimum: least, recommended, latest }: Interval,
  minimum: { readonly count: number; readonly unit: string },
): boolean | 'unsure' {
  if (minimum.count < least.count) return false;
  const ends = [recommended?.from, latest].flatMap((one) => one ?? []);
  if (ends.some(({ unit }) => unit !== minimum.unit)) return 'unsure';
  return ends.every(({ count }) => minimum.count <= count);
}
