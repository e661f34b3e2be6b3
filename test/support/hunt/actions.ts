import type { Action, ActionStep } from '../../../src/core/pathway/decisions.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { timesOf } from '../plain.ts';
import { daysLater } from '../wall-calendar.ts';
import type { Account, AnsweredDay } from './account.ts';
import { must } from './breach.ts';
import { laterOf } from './days.ts';

/** Why a step of an action may be taken. */
export interface Cause {
  /** Where the action is written. */
  readonly written: string;
  readonly action: Action;
  /** The stage whose gate it is about, or that it ends. */
  readonly stage: string | undefined;
  /** The decision that it is an outcome of. */
  readonly name?: string;
  /** The same, where a phase does not end without it. */
  readonly decision?: string;
  /** At a gate `go` only answers, and `wait` closes the gate. */
  readonly isAtGate: boolean;
  /** It has to be seen to act. */
  readonly isDue: boolean;
  /** The stay in the phase that it ends. */
  readonly about?: string;
  /** The question whose time went out without a quorum. */
  readonly withoutQuorum?: string;
  /** The latest day that it is asked about: to go on, and to begin anew, answer that. */
  readonly late?: AnsweredDay;
}

interface Possible {
  readonly step: ActionStep;
  readonly key: string;
}

/** What became of a plan in a step. */
export interface Became {
  readonly before: PlanState;
  readonly state: PlanState;
  /** The chart states that were entered. */
  readonly hops: readonly string[];
}

/** Actions, said again: the first step that has not been done as often as it may be. */
export class Actions {
  readonly #account: Account;
  /** How often each step was taken, in all. */
  readonly #taken = new Map<string, number>();
  /** The same for one session of one round, which is as narrow as anybody may count. */
  readonly #takenHere = new Map<string, number>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** Steps that may come next: where it is open of what they are counted, the one and the other. */
  #possible(cause: Cause): Possible[] {
    const { written, action } = cause;
    const possible: Possible[] = [];
    for (const [index, step] of action.entries()) {
      const key = `${written}/${index}`;
      const atMost = 'atMost' in step ? step.atMost : undefined;
      if (atMost === undefined || atMost === 'no limit') return [...possible, { step, key }];
      const isAlways = (this.#taken.get(key) ?? 0) < timesOf(atMost);
      const isNever = (this.#takenHere.get(this.#here(key, step, cause)) ?? 0) >= timesOf(atMost);
      if (!isNever) possible.push({ step, key });
      if (isAlways) return possible;
    }
    return [...possible, { step: { do: 'go' }, key: `${written}/end` }];
  }

  /** What takes a plan back is counted once and for all. */
  #here(key: string, step: ActionStep, { stage, about }: Cause): string {
    if (step.do !== 'wait') return key;
    if (about !== undefined || stage === undefined) return `${key} ${about}`;
    const { course } = this.#account;
    return [key, stage, course.roundOf(stage), this.#account.sessionsOf(stage)].join(' ');
  }

  /** Finds the step that was taken, and takes it. @returns where it may lead */
  take(cause: Cause, became: Became, saw: (what: string) => void): ActionStep | undefined {
    const possible = this.#possible(cause);
    const taken = possible.find(({ step }) => this.#isSeen(step, cause, became));
    must(
      taken !== undefined || !cause.isDue,
      () =>
        `${cause.written} leads to ${possible.map(({ step }) => step.do).join(' or ')}, and nothing of it was done`,
    );
    if (!taken) return undefined;
    const { step, key } = taken;
    const here = this.#here(key, step, cause);
    this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
    if (here !== key) this.#takenHere.set(here, (this.#takenHere.get(here) ?? 0) + 1);
    else this.#takenHere.set(key, this.#taken.get(key) ?? 0);
    saw(`action ${step.do}`);
    this.#apply(step, cause, became);
    return step;
  }

  #isSeen(step: ActionStep, cause: Cause, { before, state, hops }: Became): boolean {
    const { stage, isAtGate, name } = cause;
    const { today } = this.#account.knowledge(state.now);
    switch (step.do) {
      case 'go':
      case 'ask':
        return true;
      case 'end':
        return hops.includes('completed');
      case 'next stage':
        return hops.includes(this.#account.course.past(stage ?? this.#account.course.item));
      case 'wait': {
        if (!isAtGate)
          return Object.values(state.questions).some((one) => one.decision === name && !one.answer);
        if (stage === undefined) return true;
        const delay = state.delays[stage];
        const [known, until] = [before.delays[stage], daysLater(today, step.for)];
        if (known === undefined || known.until <= until) return delay !== known && delay?.until === until;
        // One that was told to wait longer still waits that long.
        return delay?.until === known.until && isCounted(cause.written, before, state);
      }
      case 'again':
        return stage !== undefined && hops.includes(`${stage}.ready`) && isRaised(stage, before, state);
      case 'to':
        return hops.includes(`${step.stage}.ready`);
      case 'decide':
        return Object.values(state.questions).some((one) => one.decision === step.decision && !one.answer);
      case 'exit':
        return hops.includes(step.exit);
      default:
        return false;
    }
  }

  #apply(step: ActionStep, { written, stage, isAtGate, decision, late }: Cause, became: Became): void {
    const { state } = became;
    const { course, answered } = this.#account;
    if (late && (step.do === 'go' || step.do === 'again')) answered.push(late);
    const { today } = this.#account.knowledge(state.now);
    const raise = (name: string): void => {
      const known = course.rounds.get(name);
      if (known) course.rounds.set(name, { round: known.round + 1, skipped: [] });
      if (known) course.began.set(name, [...(course.began.get(name) ?? []), state.now]);
      course.gatesLeft.set(name, state.sequence);
      course.doubt(name);
    };
    const leaveOut = (name: string): void => {
      if (course.rounds.has(name)) course.leftOut.set(name, state.now);
      course.gatesLeft.set(name, state.sequence);
    };
    course.doubt(stage);
    if (step.do === 'go' && decision !== undefined) course.went.add(decision);
    if (step.do === 'wait' && isAtGate && stage !== undefined) {
      const delays = written.startsWith('table/') ? course.tableDelays : course.delays;
      delays.set(stage, laterOf(delays.get(stage) ?? '', daysLater(today, step.for)));
    }
    if (step.do === 'again' && stage !== undefined) raise(stage);
    if (step.do === 'next stage' && stage !== undefined) leaveOut(stage);
    if (step.do === 'to') {
      const from = course.placeOf(course.chart);
      const between =
        from < 0 ? [] : this.#account.terms.compiled.course.slice(from, course.placeOf(step.stage));
      for (const { name } of between) leaveOut(name);
      for (const name of course.stagesFrom(step.stage, leftAt(step.stage, became))) raise(name);
    }
  }
}

/** The chart state from which a plan was led to a stage. */
const leftAt = (stage: string, { before, hops }: Became): string =>
  hops[hops.indexOf(`${stage}.ready`) - 1] ?? before.chart;

const isCounted = (
  written: string,
  { actionCounts: before }: PlanState,
  { actionCounts }: PlanState,
): boolean =>
  Object.entries(actionCounts).some(
    ([key, times]) => key.startsWith(`${written}/`) && times > (before[key] ?? 0),
  );

const isRaised = (stage: string, before: PlanState, state: PlanState): boolean =>
  (state.stages[stage]?.round ?? 1) > (before.stages[stage]?.round ?? 1);
