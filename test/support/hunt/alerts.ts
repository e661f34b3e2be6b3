import type { Alert } from '../../../src/core/pathway/rules.schema.ts';
import type { JournalEntry } from '../../../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import type { Opinion } from '../oracle.ts';
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

/** An alert at one site; without one where it asks of none. */
interface Sited {
  readonly id: string;
  readonly alert: Alert;
  readonly site: string | undefined;
  readonly verdicts: readonly Verdict[];
}

/** When somebody has to be called, said again. */
export class Alerts {
  readonly #account: Account;
  readonly #fired = new Map<string, Fired>();
  readonly #open = new Set<string>();

  constructor(account: Account) {
    this.#account = account;
  }

  done(task: string): void {
    this.#open.delete(task);
  }

  /** @param wasUnderWay - the course had not ended when the event had been taken */
  look(
    { state, journal }: { readonly state: PlanState; readonly journal: readonly JournalEntry[] },
    now: string,
    wasUnderWay: boolean,
    saw: (what: string) => void,
  ): void {
    const knowledge = this.#account.knowledge(now);
    for (const alert of this.#account.terms.compiled.alerts) {
      const couldFire = this.#watches(alert, now, !wasUnderWay);
      for (const sited of this.sited(alert, knowledge)) {
        const raised = journal.filter(
          ({ kind, details }) =>
            kind === 'alert.raised' &&
            details.rule === alert.rule &&
            (details.area || undefined) === sited.site,
        ).length;
        const isExpected = this.#isToFire(sited, couldFire, state.sequence);
        must(
          raised === (isExpected ? 1 : 0),
          () => `the alert ${sited.id} ${isExpected ? 'is to fire' : 'is silent'}, and fired ${raised} times`,
        );
        if (isExpected) this.#fire(sited, state);
        if (isExpected && (this.#fired.get(sited.id)?.times ?? 0) > 1) saw('alert fired again');
        if (isExpected && !wasUnderWay) saw('alert fired after the course');
        this.#lookAtStatus(sited, this.isOn(alert, now), { state, saw });
      }
    }
  }

  #isToFire({ id, verdicts }: Sited, couldFire: boolean, step: number): boolean {
    const fired = this.#fired.get(id);
    if (fired && fired.answeredIn === undefined && !fired.tasks.some((task) => this.#open.has(task)))
      fired.answeredIn = step;
    const met = verdicts.filter(({ opinion }) => opinion === 'met');
    if (!couldFire || met.length === 0) return false;
    if (!fired) return true;
    const { answeredIn } = fired;
    if (answeredIn === undefined) return false;
    return met.some(({ bearing }) => [...bearing].some((told) => told.step > answeredIn));
  }

  #fire({ id, alert: { rule, do: work }, site }: Sited, state: PlanState): void {
    const times = (this.#fired.get(id)?.times ?? 0) + 1;
    const name = site === undefined ? rule : `${rule}-${site.replaceAll(' ', '-')}`;
    const tasks = work.map(({ task }) => `plan/alert-${name}-${task}-${times}`);
    for (const [index, task] of tasks.entries()) {
      must(state.tasks[task]?.status === 'requested', `S6: the alert ${id} asks somebody`);
      must(state.tasks[task]?.role === work[index]?.role, `the alert ${id} asks whom it names`);
      this.#open.add(task);
    }
    this.#fired.set(id, { times, tasks, answeredIn: undefined });
  }

  #lookAtStatus(
    { id, verdicts }: Sited,
    isOn: boolean,
    { state, saw }: { readonly state: PlanState; readonly saw: (what: string) => void },
  ): void {
    const kept = state.alerts[id];
    const opinion = isOn ? worstOf(verdicts.map((one) => one.opinion)) : 'unmet';
    const fired = this.#fired.get(id);
    const status = opinion === 'unknown' ? 'blind' : opinion === 'met' && fired ? 'fired' : 'watching';
    must(
      (kept?.status ?? 'watching') === status,
      () => `the alert ${id} is ${status}, and shown as ${kept?.status}`,
    );
    must((kept?.generation ?? 0) === (fired?.times ?? 0), `the alert ${id} counts how often it fired`);
    saw(`alert ${status}`);
  }

  sited(alert: Alert, knowledge: Knowledge): Sited[] {
    const bySite = new Map<string | undefined, Verdict[]>();
    for (const stage of this.#stagesOf(alert))
      for (const place of placesOf(alert.when, stage, knowledge)) {
        const verdict = verdictOn(alert.when, place, knowledge);
        bySite.set(place.site, [...(bySite.get(place.site) ?? []), verdict]);
      }
    return [...bySite].map(([site, verdicts]) => ({
      id: site === undefined ? alert.rule : `${alert.rule}/${site}`,
      alert,
      site,
      verdicts,
    }));
  }

  /** What each alert says, site by site; nothing while it does not watch. */
  opinions(knowledge: Knowledge): Map<string, Opinion> {
    const { alerts } = this.#account.terms.compiled;
    const watching = alerts.filter((alert) => this.isOn(alert, knowledge.now));
    const all = watching.flatMap((alert) => this.sited(alert, knowledge));
    return new Map(all.map(({ id, verdicts }) => [id, worstOf(verdicts.map(({ opinion }) => opinion))]));
  }

  #stagesOf({ of }: Alert) {
    return this.#account.terms.compiled.stages.filter(
      ({ procedures, traits }) =>
        of.length === 0 || [...procedures, ...traits].some((name) => of.includes(name)),
    );
  }

  /** The first instant after which it watches no longer; undefined: it does not watch, or for as long as the course. */
  endOf({ of, within }: Alert): string | undefined {
    if (!within) return undefined;
    const { terms, reports } = this.#account;
    return reports
      .filter(
        ({ procedures }) => of.length === 0 || terms.namesOf(procedures).some((name) => of.includes(name)),
      )
      .map(({ end }) => afterDay(daysLater(end, within), terms.zone))
      .sort()
      .at(-1);
  }

  isOn(alert: Alert, now: string): boolean {
    return this.#watches(alert, now, this.#account.isOver);
  }

  /** One that watches for a time after a procedure goes on when the course is over. */
  #watches(alert: Alert, now: string, isOver: boolean): boolean {
    if (!alert.within) return !isOver && this.#stagesOf(alert).length > 0;
    const end = this.endOf(alert);
    return end !== undefined && now < end;
  }

  isWatching(now: string): boolean {
    return this.#account.terms.compiled.alerts.some((alert) => this.isOn(alert, now));
  }
}
