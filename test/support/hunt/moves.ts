import type { ActionStep } from '../../../src/core/pathway/decisions.schema.ts';
import type { JournalEntry } from '../../../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import type { Account } from './account.ts';
import type { Bookings } from './bookings.ts';
import { must, same } from './breach.ts';
import { isCare, isExit } from './course.ts';
import type { Gates } from './gates.ts';
import { scopeOf } from './standing.ts';

/** Why the chart may move, and whether it has to. */
export interface Licence {
  readonly to: string;
  /** Only from there; absent: from everywhere. */
  readonly from?: string;
  readonly isDue: boolean;
}

const WORDS = 'Now in ';

/** The chart states that a step entered, in their order. */
export const hopsIn = (journal: readonly JournalEntry[]): string[] =>
  journal.flatMap(({ kind, says }) =>
    kind === 'phase.entered' && says.startsWith(WORDS) ? [says.slice(WORDS.length)] : [],
  );

/** Where the actions of an outcome may lead. */
export function licencesOf(
  step: ActionStep | undefined,
  stage: string | undefined,
  account: Account,
): Licence[] {
  const to = (chart: string): Licence[] => [{ to: chart, isDue: true }];
  switch (step?.do) {
    case 'end':
      return to('completed');
    case 'next stage':
      return to(account.course.past(stage ?? account.course.item));
    case 'again':
      return stage === undefined ? [] : to(`${stage}.ready`);
    case 'to':
      return to(`${step.stage}.ready`);
    case 'exit':
      return to(step.exit);
    default:
      return [];
  }
}

/** Phases in which a plan stands before a procedure. */
const AHEAD = ['ready', 'prep', 'procedure'];

/** The chart goes only where something leads, and goes there when it has to. */
export class Moves {
  readonly #account: Account;
  readonly #gates: Gates;
  readonly #bookings: Bookings;

  constructor(account: Account, { gates, bookings }: { gates: Gates; bookings: Bookings }) {
    this.#account = account;
    this.#gates = gates;
    this.#bookings = bookings;
  }

  /** @returns whether the plan has been where no rule bears on it, if only in passing */
  follow(
    hops: readonly string[],
    licences: readonly Licence[],
    { state, at }: { readonly state: PlanState; readonly at: string },
  ): boolean {
    const { course } = this.#account;
    let hasLeft = false;
    const unused = [...licences];
    for (const to of hops) {
      const from = course.chart;
      this.#adopt(state);
      const index = unused.findIndex((one) => one.to === to && (one.from ?? from) === from);
      const isLed = index >= 0 || this.#isOver(from, to, at) || this.#isClosed(from, to, state);
      must(isLed, () => `the plan went from ${from} to ${to}, and nothing led there`);
      if (index >= 0) unused.splice(index, 1);
      if (index < 0 && course.stage !== undefined && AHEAD.includes(course.phase) && !isExit(to)) {
        this.#bookings.becomes(course.stage, 'cancelled');
        this.#gates.close(course.stage, at);
        course.doubt(course.stage);
      }
      this.#leaves(from, to, at, state);
      this.#account.enter(to, at);
      if (course.isOver)
        for (const stage of this.#bookings.all.keys()) this.#bookings.becomes(stage, 'cancelled');
      if (scopeOf(this.#account).stage === undefined) hasLeft = true;
    }
    for (const { to, isDue } of unused)
      must(!isDue || course.chart === to, () => `the plan was to go to ${to}, and is in ${state.chart}`);
    must(state.chart === course.chart, () => `the plan is in ${course.chart}, and not in ${state.chart}`);
    this.#adopt(state);
    must(!course.isFinished(course.chart), () => `${course.chart} is over, and the plan stays in it`);
    must(
      !this.#isSeriesOver(at),
      () => `the series of ${course.stage} is over, and the plan waits for more of it`,
    );
    this.#roundsAre(state);
    return hasLeft;
  }

  /** What the pathway leaves open is as the plan has it. */
  #adopt({ tasks }: PlanState): void {
    for (const [id, work] of this.#account.course.tasks)
      if (!work.isSure || work.definition.onlyWhen) work.isOpen = tasks[id]?.status === 'requested';
  }

  #isOver(from: string, to: string, at: string): boolean {
    const { course } = this.#account;
    if (course.isFinished(from) && to === course.next(from)) return true;
    return this.#isSeriesOver(at) && to === this.#afterSeries(course.stage ?? '');
  }

  /** Of what was never given, or has had its aftercare, nothing is to be closed. */
  #afterSeries(stage: string): string {
    const { course, reports } = this.#account;
    const last = reports.findLast((one) => one.stage === stage && one.counts);
    const isReassessed = this.#account.terms.stage(stage)?.reassess !== undefined;
    const cameAt = course.enteredAt(`${stage}.${isReassessed ? 'reassessment' : 'recovery'}`);
    const isNew = last !== undefined && this.#account.givenIn(stage, course.roundOf(stage)) > 0;
    return isNew && (cameAt === undefined || cameAt < last.at)
      ? `${stage}.closure`
      : course.next(`${stage}.ready`);
  }

  /** Nothing more of a series is owed: all its sessions were given or passed over, or it has reached what it is for. */
  #isSeriesOver(at: string): boolean {
    const { course, terms } = this.#account;
    const stage = terms.stage(course.stage ?? '');
    if (!stage || course.leave || !AHEAD.includes(course.phase)) return false;
    if (this.#gates.isOpen(stage.stage) !== undefined) return false;
    return this.#account.isSeriesOver(stage, at);
  }

  /** An exit that was not left in its time ends the plan. */
  #isClosed(from: string, to: string, { now }: PlanState): boolean {
    const { leave } = this.#account.course;
    if (!leave || !isExit(from)) return false;
    return now >= this.#account.closesAt(leave) && to === (from === 'referral' ? 'referred' : 'cancelled');
  }

  #leaves(from: string, to: string, at: string, { leave }: PlanState): void {
    const { course } = this.#account;
    const { stage } = course;
    if (isExit(from))
      for (const work of course.tasks.values()) if (work.belongsTo === from) work.isSure = false;
    if (!isExit(to) || isExit(from)) {
      if (isExit(to) && course.leave)
        course.leave = { ...course.leave, exit: to, from: leave?.from ?? course.leave.from, at };
      return;
    }
    course.leave = course.hadLeft ?? { exit: to, from, at, went: [...course.went] };
    course.hadLeft = undefined;
    for (const work of course.tasks.values()) {
      const isEmergency = work.definition.ladder === 'emergency';
      if (
        work.stage === stage &&
        stage !== undefined &&
        !isEmergency &&
        [`${stage}.ready`, `${stage}.prep`].includes(work.belongsTo)
      )
        Object.assign(work, { isOpen: false, isSure: false });
      else if (!isCare(work)) work.isSure = false;
    }
    for (const booked of this.#bookings.all.keys()) this.#bookings.becomes(booked, 'cancelled');
    if (stage !== undefined) this.#gates.close(stage, at);
  }

  #roundsAre({ stages }: PlanState): void {
    const word = (
      all: Iterable<readonly [string, { round: number; skipped: readonly string[] }]>,
    ): string[] =>
      [...all].map(([stage, { round, skipped }]) => `${stage} ${round} ${[...skipped].sort()}`).sort();
    const [kept, told] = [word(Object.entries(stages)), word(this.#account.course.rounds)];
    must(same(kept, told), () => `S7: rounds are ${told}, and not ${kept}`);
  }
}
