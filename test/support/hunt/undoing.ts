import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { numberOf } from '../plain.ts';
import type { Account, Report } from './account.ts';
import type { Gates } from './gates.ts';
import type { Licence } from './moves.ts';

interface Undone {
  readonly gone: Report;
  /** What was told, or done, since. */
  readonly since: readonly Report[];
}

interface Parts {
  readonly account: Account;
  readonly gates: Gates;
}

interface Back {
  readonly to: string;
  readonly says: string;
}

/** A report was wrong: where the plan goes for it, for it would stand there without it. */
export function undoing(
  { account, gates }: Parts,
  undone: Undone,
  { state, at }: { readonly state: PlanState; readonly at: string },
  saw: (what: string) => void,
): Licence[] {
  const { gone } = undone;
  const { course } = account;
  if (account.isOver || !course.isOfNow(gone.stage, gone.round)) return [];
  const exit = exitOf({ account, gates }, undone, at);
  if (exit && (exit.isDue || state.chart === exit.to)) {
    course.hadLeft = gone.movedFrom?.leave;
    saw('off its course again, as before a report');
    return [exit];
  }
  const kept = keptBack(account, undone);
  const back = kept ? leadsTo(account, kept, state) : backOf({ account, gates }, undone);
  if (kept) account.movedNow(kept, gone.movedFrom);
  if (!back || back.to === course.home) return [];
  const { stage } = course;
  const isSure = isSureOf(account, gone.stage) || !back.to.startsWith(`${gone.stage}.`);
  if (!isSure && (state.leave?.from ?? state.chart) !== back.to) return [{ to: back.to, isDue: false }];
  saw(`report withdrawn, ${back.says}`);
  if (course.leave) {
    course.leave = { ...course.leave, from: back.to };
    return [];
  }
  if (stage !== undefined && !back.to.startsWith(`${stage}.`)) {
    gates.close(stage, at);
    course.doubt(stage);
  }
  return [{ to: back.to, isDue: isSure }];
}

/** Whether a series had reached what it is for, the plan may know. */
function isSureOf(account: Account, name: string): boolean {
  const isLeftOpen = account.terms.stage(name)?.untilWhen !== undefined;
  return !isLeftOpen || account.givenIn(name, account.course.roundOf(name)) === 0;
}

/** Where it had been off its course; unless anything may have been built on the report since. */
function exitOf({ account, gates }: Parts, { gone, since }: Undone, at: string): Licence | undefined {
  const { course } = account;
  const leave = gone.movedFrom?.leave;
  if (!leave || course.leave || since.length > 0 || course.stage !== gone.stage) return undefined;
  if (at >= account.closesAt(leave) || gates.opened.some(({ step }) => step > gone.step)) return undefined;
  // Care that was done may have been done before it.
  const isDone = course.completions.some(({ id }) =>
    ['session', 'closure', 'recovery'].some((list) => id.startsWith(`${gone.stage}.${list}/`)),
  );
  return { to: leave.exit, isDue: !isDone };
}

/** What was done on an earlier day, and told since: it would have moved the plan, had the wrong report not been there. */
function keptBack(account: Account, { gone, since }: Undone): Report | undefined {
  const { course, reports } = account;
  if (!gone.movedFrom || course.placeOf(course.home) < course.placeOf(gone.stage)) return undefined;
  const days = reports.map(({ start }) => start).sort();
  const last = since.findLast(({ start }) => start === days.at(-1));
  if (!last || last.stage === gone.stage || !course.isOfNow(last.stage, last.round)) return undefined;
  if (last.start > gone.start || since.some(({ movedFrom }) => movedFrom)) return undefined;
  const closedAt = course.enteredAt(`${last.stage}.closure`);
  return closedAt === undefined || closedAt < last.at ? last : undefined;
}

/** To the care after it, or to the gate of what is owed of it still; where a series may be over, as the plan has it. */
function leadsTo(
  account: Account,
  { stage: name, counts }: Report,
  { leave, chart }: PlanState,
): Back | undefined {
  const stage = account.terms.stage(name);
  if (!stage) return undefined;
  const [ready, closure] = [`${name}.ready`, `${name}.closure`];
  const home = leave?.from ?? chart;
  const says = 'where another leads';
  if (stage.untilWhen && (home === ready || home === closure)) return { to: home, says };
  if (account.sessionsOf(name) < numberOf(stage)) return { to: ready, says };
  return counts ? { to: closure, says } : undefined;
}

function backOf(
  { account, gates }: Parts,
  { gone: { stage: name, movedFrom }, since }: Undone,
): Back | undefined {
  const { course, terms } = account;
  const { home } = course;
  const stage = terms.stage(name);
  if (!stage) return undefined;
  const [at, phase = ''] = home.split('.');
  const isBehind = at === name && ['closure', 'recovery', 'reassessment'].includes(phase);
  const isOwed = account.sessionsOf(name) < numberOf(stage);
  const gate = isOwed ? { to: `${name}.ready`, says: 'owed again' } : undefined;
  if (!movedFrom || since.some((one) => one.stage !== name)) return isBehind ? gate : undefined;
  if (course.placeOf(home) < course.placeOf(name)) return undefined;
  const stood = since.length > 0 ? `${name}.ready` : standing(gates, movedFrom.chart);
  if (!stood.startsWith(`${name}.`)) return { to: stood, says: 'back to where it was' };
  return at === name && !isBehind ? undefined : gate;
}

/** Behind a gate only while that stands open. */
function standing(gates: Gates, chart: string): string {
  const [stage = '', phase] = chart.split('.');
  const isOpen =
    phase === 'prep' ? gates.isPrepOpen(stage) : phase !== 'procedure' || gates.isOpen(stage) !== undefined;
  return isOpen ? chart : `${stage}.ready`;
}
