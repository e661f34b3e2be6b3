import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { daysLater } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import { must } from './breach.ts';

/** A plan off its course is looked at, and does not stay off it for ever. */
export function lookAtExit(account: Account, state: PlanState, saw: (what: string) => void): void {
  const { course, terms } = account;
  const { leave } = state;
  must(
    leave?.exit === course.leave?.exit &&
      leave?.from === course.leave?.from &&
      leave?.at === course.leave?.at,
    () => `S7: the plan left ${JSON.stringify(course.leave)}, and not ${JSON.stringify(leave)}`,
  );
  if (!leave || !course.leave) return;
  saw(`exit ${leave.exit}`);
  const { reviewEvery } = terms.compiled.exits[leave.exit];
  const today = account.knowledge(state.now).today;
  const leftOn = account.dayOf(leave.at);
  // Back there after a report that was wrong, it is looked at from that day on.
  const [since = leftOn] = [leftOn, account.dayOf(state.enteredAt[leave.exit] ?? leave.at)]
    .toSorted()
    .reverse();
  const closes = account.closesAt(course.leave);
  must(leave.closesAt === closes, () => `${leave.exit} closes at ${closes}, and not at ${leave.closesAt}`);
  must(state.now < closes, () => `${leave.exit} was to be closed at ${closes}`);
  const asked = Object.entries(state.questions).filter(([id]) => id.startsWith(`exit/${leave.exit}`));
  const ofThis = asked.filter(([, { askedAt }]) => askedAt >= leave.at);
  const isOwed = Object.keys(state.waits).some((id) => id.startsWith('exit/'));
  must(
    isOwed || ofThis.some(([, { answer }]) => answer === undefined),
    'S6: somebody looks at whether a plan returns',
  );
  must(
    today <= daysLater(since, reviewEvery) || ofThis.length > 0,
    () => `S6: in ${leave.exit} since ${leave.at}, nobody was asked whether the plan returns`,
  );
  if (ofThis.length > 0) saw('asked whether a plan returns');
}
