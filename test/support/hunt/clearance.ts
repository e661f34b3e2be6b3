import type { Duration } from '../../../src/core/model/primitives.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import { dayOn, daysLater } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import type { Work } from './course.ts';
import { daysBefore } from './days.ts';
import type { Terms } from './terms.ts';

/**
 * S5: what sedation and general anaesthesia need. A task of this stage that clears it was done in this round; where it
 * counts from the booking, not longer before the day of the gate than it may be. `asked again`: it was done, and is open
 * once more.
 */
export function clearanceOf(
  account: Account,
  stage: StageDefinition,
  day: string,
): 'given' | 'needed' | 'asked again' {
  const { anaesthesia, prep = [], beforeEach } = stage;
  if (anaesthesia !== 'sedation' && anaesthesia !== 'general') return 'given';
  const { course, terms } = account;
  const fresh = [...prep, ...beforeEach]
    .filter(({ clears }) => clears === 'anaesthesia')
    .flatMap(({ task, when }) => {
      const from = longestBefore(when);
      return course.completions.filter(
        (one) =>
          one.stage === stage.stage &&
          one.task === task &&
          one.round === course.roundOf(stage.stage) &&
          (!from || day <= daysLater(dayOn(one.at, terms.zone), from)),
      );
    });
  if (fresh.length === 0) return 'needed';
  return fresh.some(({ id }) => course.tasks.get(id)?.isOpen !== true) ? 'given' : 'asked again';
}

/**
 * Whether any task of a stage's prep that is done once is not done yet, or was done too long before today; one under a
 * condition, unless that is unmet.
 */
export function isPrepOwed(account: Account, { stage }: StageDefinition, now: string): boolean {
  const { course, terms } = account;
  const prep = `${stage}.prep`;
  return [...course.tasks.values()].some((work) => {
    const { id, belongsTo, definition, askedIn, isOpen } = work;
    if (belongsTo !== prep || !('due' in definition.when)) return false;
    const isOld = isTooOld(account, work, dayOn(now, terms.zone));
    if (!definition.onlyWhen) return isOpen || isOld;
    const isDone = course.completions.some((one) => one.id === id && one.step >= askedIn);
    return (!isDone || isOld) && account.isWanted(definition, prep, now);
  });
}

/** How long before a booked day its work may be done at most; what is due on that day, on no other. */
export function longestBefore(when: TaskDefinition['when']): Duration | undefined {
  if (!('due' in when) || !('before' in when.due)) return undefined;
  const { from, to } = when.due;
  return from === undefined && to.count === 0 ? to : from;
}

/** What was done last of it was done longer before a day than it may be. */
export function isTooOld({ course, terms }: Account, { id, round, definition }: Work, day: string): boolean {
  const from = longestBefore(definition.when);
  const done = course.completions.findLast((one) => one.id === id && one.round === round);
  return done !== undefined && from !== undefined && dayOn(done.at, terms.zone) < daysBefore(day, from);
}

/** The task of that id, where it clears for anaesthesia. */
export function clearingTask({ compiled }: Terms, id: string): TaskDefinition | undefined {
  const named = compiled.stages.flatMap(({ stage, prep = [], beforeEach }) => [
    ...prep.map((task) => [`${stage}.prep/${task.task}`, task] as const),
    ...beforeEach.map((task) => [`${stage}.ready/${task.task}`, task] as const),
  ]);
  return named.find(([one, { clears }]) => one === id && clears === 'anaesthesia')?.[1];
}
