import type { Alert } from '../../../src/core/pathway/rules.schema.ts';
import type { JournalEntry } from '../../../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { daysLater } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import { must } from './breach.ts';
import { afterDay } from './days.ts';
import type { Knowledge } from './knowledge.ts';
import { placesOf, type Verdict, verdictOn, worstOf } from './verdicts.ts';

interface Fired {
  times: number;
  tasks: string[];
  /** The step in which its tasks were found done. */
  answeredIn: number | undefined;
}

/** When somebody has to be called, said again. */
export class Alerts {
  readonly #account: Account;
  readonly #fired = new Map<string, Fired>();
  readonly #open = new Set<string>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** Tasks that alerts opened, and nobody has done. */
  get open(): ReadonlySet<string> {
    return this.#open;
  }

  done(task: string): void {
    this.#open.delete(task);
  }

  /** @param isJudged - the plan was under way when the event had been taken */
  look(
    { state, journal }: { readonly state: PlanState; readonly journal: readonly JournalEntry[] },
    now: string,
    isJudged: boolean,
    saw: (what: string) => void,
  ): void {
    const knowledge = this.#account.knowledge(now);
    for (const alert of this.#account.terms.compiled.alerts) {
      const raised = journal.filter(
        ({ kind, details }) => kind === 'alert.raised' && details.rule === alert.rule,
      ).length;
      const isExpected = isJudged && this.#isToFire(alert, knowledge, state.sequence);
      must(
        raised === (isExpected ? 1 : 0),
        () => `the alert ${alert.rule} ${isExpected ? 'is to fire' : 'is silent'}, and fired ${raised} times`,
      );
      if (isExpected) this.#fire(alert, state);
      if (isExpected && (this.#fired.get(alert.rule)?.times ?? 0) > 1) saw('alert fired again');
      if (isJudged) this.#lookAtStatus(alert, knowledge, { state, saw });
    }
  }

  #isToFire(alert: Alert, knowledge: Knowledge, step: number): boolean {
    const fired = this.#fired.get(alert.rule);
    if (fired && fired.answeredIn === undefined && !fired.tasks.some((id) => this.#open.has(id)))
      fired.answeredIn = step;
    if (!this.isOn(alert, knowledge.now)) return false;
    const met = this.verdicts(alert, knowledge).filter(({ opinion }) => opinion === 'met');
    if (met.length === 0) return false;
    if (!fired) return true;
    const { answeredIn } = fired;
    if (answeredIn === undefined) return false;
    return met.some(({ bearing }) => [...bearing].some((told) => told.step > answeredIn));
  }

  #fire({ rule, do: work }: Alert, state: PlanState): void {
    const times = (this.#fired.get(rule)?.times ?? 0) + 1;
    const tasks = work.map(({ task }) => `plan/alert-${rule}-${task}-${times}`);
    for (const [index, id] of tasks.entries()) {
      must(state.tasks[id]?.status === 'requested', `S6: the alert ${rule} asks somebody`);
      must(state.tasks[id]?.role === work[index]?.role, `the alert ${rule} asks whom it names`);
      this.#open.add(id);
    }
    this.#fired.set(rule, { times, tasks, answeredIn: undefined });
  }

  #lookAtStatus(
    alert: Alert,
    knowledge: Knowledge,
    { state, saw }: { readonly state: PlanState; readonly saw: (what: string) => void },
  ): void {
    const kept = state.alerts[alert.rule];
    const opinion = this.isOn(alert, knowledge.now)
      ? worstOf(this.verdicts(alert, knowledge).map((one) => one.opinion))
      : 'unmet';
    const fired = this.#fired.get(alert.rule);
    const status = opinion === 'unknown' ? 'blind' : opinion === 'met' && fired ? 'fired' : 'watching';
    must(
      (kept?.status ?? 'watching') === status,
      () => `the alert ${alert.rule} is ${status}, and shown as ${kept?.status}`,
    );
    must(
      (kept?.generation ?? 0) === (fired?.times ?? 0),
      `the alert ${alert.rule} counts how often it fired`,
    );
    saw(`alert ${status}`);
  }

  verdicts(alert: Alert, knowledge: Knowledge): Verdict[] {
    const bySite = new Map<string, Verdict>();
    for (const stage of this.#stagesOf(alert))
      for (const place of placesOf(alert.when, stage, knowledge))
        bySite.set(place.site ?? '', verdictOn(alert.when, place, knowledge));
    return [...bySite.values()];
  }

  #stagesOf({ of }: Alert) {
    return this.#account.terms.compiled.stages.filter(
      ({ procedure, traits }) => of.length === 0 || [procedure, ...traits].some((name) => of.includes(name)),
    );
  }

  /** The first instant after which it watches no longer; undefined: it does not watch, or for ever. */
  endOf({ of, within }: Alert): string | undefined {
    if (!within) return undefined;
    const { terms, reports } = this.#account;
    return reports
      .filter(
        ({ procedure }) => of.length === 0 || terms.namesOf(procedure).some((name) => of.includes(name)),
      )
      .map(({ end }) => afterDay(daysLater(end, within), terms.zone))
      .sort()
      .at(-1);
  }

  isOn(alert: Alert, now: string): boolean {
    if (!alert.within) return this.#stagesOf(alert).length > 0;
    const end = this.endOf(alert);
    return end !== undefined && now < end;
  }
}
