import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { PlanState, Wait } from '../../../src/core/plan/plan-state.schema.ts';
import { beginningOf, dayOn, daysLater, shifted } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import { must } from './breach.ts';
import type { Holds } from './holds.ts';
import type { Overrides } from './overrides.ts';
import { standingsOf } from './standing.ts';

/** A clock as it stood when it was last looked at. */
interface Clock {
  readonly generation: number;
  readonly dueAt: string;
  readonly pausedAt: string | undefined;
}

/** Clocks stop while a hold keeps a stage from being done, and for no other reason; and no due time is lost by it. */
export class Clocks {
  readonly #account: Account;
  readonly #holds: Holds;
  readonly #overrides: Overrides;
  readonly #clocks = new Map<string, Clock>();

  constructor(account: Account, { holds, overrides }: { holds: Holds; overrides: Overrides }) {
    this.#account = account;
    this.#holds = holds;
    this.#overrides = overrides;
  }

  look(state: PlanState, event: PlanEvent, saw: (what: string) => void): void {
    const stopped = this.#stopped(state);
    let isAhead = Object.keys(state.waits).length === 0;
    for (const [id, wait] of Object.entries(state.waits)) {
      this.#isRight(id, wait, { state, event, stopped, saw });
      if (wait.pausedAt === undefined) isAhead = true;
    }
    must(isAhead, 'S6: something that is owed lies ahead, and its clock runs');
    for (const id of this.#clocks.keys()) if (!Object.hasOwn(state.waits, id)) this.#clocks.delete(id);
    for (const [id, { dueAt, pausedAt, generation }] of Object.entries(state.waits))
      this.#clocks.set(id, { dueAt, pausedAt, generation });
  }

  /** Stages that a hold keeps from being done which nobody has set aside. */
  #stopped({ holds, now }: PlanState): ReadonlySet<string> {
    const { terms } = this.#account;
    const stages = Object.values(holds).flatMap(({ stage: name, finding }) => {
      const stage = terms.stage(name);
      const standing = stage && standingsOf(stage, this.#account.knowledge(now));
      const found = standing?.find(
        ({ holder, site }) => holder.rule.rule === finding.rule && site === finding.area,
      );
      if (!found || !this.#holds.held.has(found.id)) return [];
      const words = { result: found.result, coarse: found.verdict.coarse };
      return this.#overrides.counting(found.id, words, now) === undefined ? [name] : [];
    });
    return new Set(stages);
  }

  #isRight(
    id: string,
    wait: Wait,
    {
      state,
      event,
      stopped,
      saw,
    }: {
      readonly state: PlanState;
      readonly event: PlanEvent;
      readonly stopped: ReadonlySet<string>;
      readonly saw: (what: string) => void;
    },
  ): void {
    const isPaused = wait.pausedAt !== undefined;
    const stage = wait.stage ?? '';
    if (isPaused) {
      saw('clock paused');
      must(wait.kind === 'task' || wait.kind === 'question', () => `the clock of ${id} never stops`);
      must(stopped.has(stage), () => `the clock of ${id} stands still, and nothing holds ${stage}`);
      must(wait.ladder !== 'emergency', () => `${id} is an emergency, and its clock stands still`);
      must(!id.startsWith('question/late/'), () => `${id} is about an interval, which never waits`);
      const task = this.#account.course.tasks.get(id.replace('task/', ''));
      const when = task?.definition.when;
      must(
        !(when && 'due' in when && 'before' in when.due),
        () => `the clock of ${id} stands still, and the day that is booked comes`,
      );
    } else if (stopped.has(stage) && this.#pauses(id, wait))
      must(false, () => `the clock of ${id} runs, and ${stage} is held`);
    const before = this.#clocks.get(id);
    if (before) this.#isKept(id, { before, wait, state, event, saw });
  }

  /** Everything but what would clear the hold, what is an emergency, and what counts from a booking. */
  #pauses(id: string, { kind, ladder }: Wait): boolean {
    if (ladder === 'emergency' || kind !== 'task') return false;
    const work = this.#account.course.tasks.get(id.replace('task/', ''));
    if (!work) return false;
    const { when, records } = work.definition;
    return !('due' in when && 'before' in when.due) && records.length === 0;
  }

  /** A report that was wrong is gone, and one of an earlier day stands: what is open counts from that. */
  #isToldRight({ type, data }: PlanEvent): boolean {
    if (type !== 'report.withdrawn') return false;
    return this.#account.reports.some(({ stage, start }) => stage === data.stage && start < data.performedOn);
  }

  /** A due time stays where it is, and after a pause lies as much later as that was long. */
  #isKept(
    id: string,
    {
      before,
      wait,
      state,
      event,
      saw,
    }: {
      readonly before: Clock;
      readonly wait: Wait;
      readonly state: PlanState;
      readonly event: PlanEvent;
      readonly saw: (what: string) => void;
    },
  ): void {
    const work = this.#account.course.tasks.get(id.replace('task/', ''));
    if (!work || wait.kind !== 'task') return;
    const { when } = work.definition;
    if (!('due' in when) || 'before' in when.due || state.tasks[work.id]?.createdAt === state.now) return;
    if (before.pausedAt === undefined || wait.pausedAt !== undefined) {
      must(
        wait.dueAt === before.dueAt || (wait.dueAt < before.dueAt && this.#isToldRight(event)),
        () => `${id} was due at ${before.dueAt}, and now is at ${wait.dueAt}`,
      );
      return;
    }
    saw('clock resumed');
    const { unit } = when.due.to;
    const { zone } = this.#account.terms;
    const due =
      unit === 'hour' || unit === 'minute'
        ? shifted(before.dueAt, Date.parse(state.now) - Date.parse(before.pausedAt))
        : this.#daysOn(before.dueAt, daysBetween(dayOn(before.pausedAt, zone), dayOn(state.now, zone)));
    must(wait.dueAt === due, () => `after its pause ${id} is due at ${due}, and not at ${wait.dueAt}`);
  }

  /** A thing is due at the end of a day, which is the beginning of the next. */
  #daysOn(dueAt: string, days: number): string {
    const { zone } = this.#account.terms;
    return beginningOf(daysLater(dayOn(dueAt, zone), { count: days, unit: 'day' }), zone);
  }
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
