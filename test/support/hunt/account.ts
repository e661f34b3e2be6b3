import type { EventOf, PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import { numberOf } from '../plain.ts';
import { dayOn, daysLater } from '../wall-calendar.ts';
import { Consents } from './consents.ts';
import { type Asking, Course, type Leaving } from './course.ts';
import { afterDay } from './days.ts';
import { type Holdings, Knowledge, type Told } from './knowledge.ts';
import type { Done, LateDay, Past } from './spacing.ts';
import type { Terms } from './terms.ts';
import { verdictOn } from './verdicts.ts';

export interface Report extends Done {
  readonly stage: string;
  readonly isDeviation: boolean;
  readonly counts: boolean;
  readonly round: number;
  /** It was told when it ended. */
  readonly hasEnd: boolean;
  /** When it was told. */
  readonly at: string;
  /** How many steps had been taken by then. */
  readonly step: number;
  /** Where the plan stood that it moved; absent: it moved nothing. */
  readonly movedFrom?: Stood;
}

/** The chart state of the course, and how the plan had left that. */
export interface Stood {
  readonly chart: string;
  readonly leave: Leaving | undefined;
}

export interface AnsweredDay extends LateDay {
  readonly at: string;
}

/** What the inspector itself has heard of a plan: every accepted event, and nothing that the plan made of it. */
export class Account {
  readonly terms: Terms;
  readonly told = new Map<string, Told[]>();
  readonly consents: Consents;
  readonly reports: Report[] = [];
  readonly past: Done[] = [];
  readonly answered: AnsweredDay[] = [];
  readonly course: Course;
  areas: Holdings['areas'] = {};
  historyKnownAt: string | undefined;
  /** Steps that were taken. */
  steps = 0;
  #knowledge: Knowledge | undefined;
  #then: Knowledge | undefined;

  constructor(terms: Terms) {
    this.terms = terms;
    this.course = new Course(terms);
    this.consents = new Consents(terms);
  }

  get chart(): string {
    return this.course.chart;
  }

  get stage(): string | undefined {
    return this.course.stage;
  }

  get phase(): string {
    return this.course.phase;
  }

  get isOver(): boolean {
    return this.course.isOver;
  }

  /** What is known at an instant; asked again of the same, it remembers what it worked out. */
  knowledge(now: string): Knowledge {
    if (this.#knowledge?.now !== now) this.#knowledge = new Knowledge(this.terms, this.holdings(), now);
    return this.#knowledge;
  }

  /** The same, at an instant to come at which nothing new has been heard. */
  knowledgeThen(instant: string): Knowledge {
    if (this.#then?.now !== instant) this.#then = new Knowledge(this.terms, this.holdings(), instant);
    return this.#then;
  }

  /** Something was heard: what was worked out is no longer so. */
  forget(): void {
    this.#knowledge = undefined;
    this.#then = undefined;
  }

  holdings(): Holdings {
    return {
      told: this.told,
      sessions: this.reports.map(({ end }) => end),
      areas: this.areas,
      entered: (stage) => this.course.enteredStage(stage),
      stage: this.stage,
    };
  }

  history(): Past {
    return {
      done: [...this.reports, ...this.past],
      isHistoryKnown: this.historyKnownAt !== undefined,
      isAnswered: (about) => this.answered.some((one) => isSameDay(one, about)),
      isTakenBack: (stage, to) => this.#isTakenBack({ stage, to, reports: this.reports }),
    };
  }

  /** A plan as it was known to stand on a day, before a stage was performed on it. */
  asOf(day: string, now: string, performed: StageDefinition): { knowledge: Knowledge; past: Past } {
    const end = afterDay(day, this.terms.zone);
    const last = new Date(Date.parse(end) - 1).toISOString();
    const told = new Map(
      [...this.told].map(([fact, all]) => [fact, all.filter(({ observedAt }) => observedAt < end)]),
    );
    const reports = this.reports.filter(
      ({ start, stage }) => start < day || (start === day && stage !== performed.stage),
    );
    const holdings = { ...this.holdings(), told, sessions: reports.map((one) => one.end) };
    return {
      knowledge: new Knowledge(this.terms.asOf(end), holdings, last < now ? last : now),
      past: {
        done: [...reports, ...this.past.filter(({ start }) => start <= day)],
        isHistoryKnown: this.historyKnownAt !== undefined && this.historyKnownAt < end,
        isAnswered: (about) => this.answered.some((one) => one.at < end && isSameDay(one, about)),
        isTakenBack: (stage, to) => this.#isTakenBack({ stage, to, reports, by: last < now ? last : now }),
      },
    };
  }

  /** The plan has been behind a stage, and not before it since, and no report of it stands. */
  #isTakenBack(asked: { stage: string; to: string; reports: readonly Report[]; by?: string }): boolean {
    const { stage, to, reports, by } = asked;
    const [ready, closure] = ['ready', 'closure'].map((phase) => this.course.enteredAt(`${stage}.${phase}`));
    if (closure === undefined || (by !== undefined && closure > by)) return false;
    const isFurther = this.course.placeOf(stage) < this.course.placeOf(to);
    return isFurther && (ready ?? '') <= closure && !reports.some((one) => one.stage === stage);
  }

  observe(event: PlanEvent & EventOf<'observation.recorded'>, at: string): void {
    for (const { fact, area, value, unit, observedAt, from } of event.data.observations)
      this.#keep({
        fact,
        area,
        value,
        unit,
        source: this.sourceOf(event, from),
        observedAt: observedAt ?? event.time ?? at,
        event: `${event.source}/${event.id}`,
        actor: event.actor.id,
        step: this.steps,
      });
  }

  /** What a correction or a withdrawal speaks of. */
  meant({ fact, area, on, event, source }: EventOf<'fact.withdrawn'>['data']): Told[] {
    return (this.told.get(fact) ?? []).filter(
      (one) =>
        one.area === area &&
        dayOn(one.observedAt, this.terms.zone) === on &&
        (event === undefined || one.event.split('/').at(-1) === event) &&
        (source === undefined || one.event.split('/')[0] === source),
    );
  }

  correct(event: PlanEvent & EventOf<'fact.corrected'>): Told[] {
    const { fact, area, value, unit } = event.data;
    const gone = this.withdrawFact(event.data);
    const [last] = gone
      .map(({ observedAt }) => observedAt)
      .sort()
      .slice(-1);
    const source = this.sourceOf(event, event.data.from);
    const name = `${event.source}/${event.id}`;
    if (last !== undefined)
      this.#keep({
        fact,
        area,
        value,
        unit,
        source,
        observedAt: last,
        event: name,
        actor: event.actor.id,
        step: this.steps,
      });
    return gone;
  }

  withdrawFact(meant: EventOf<'fact.withdrawn'>['data']): Told[] {
    const gone = this.meant(meant);
    this.told.set(
      meant.fact,
      (this.told.get(meant.fact) ?? []).filter((one) => !gone.includes(one)),
    );
    return gone;
  }

  #keep(told: Told): void {
    this.told.set(told.fact, [...(this.told.get(told.fact) ?? []), told]);
  }

  /** Staff may say whom they have it from. */
  sourceOf({ actor, source }: PlanEvent, from?: string): string {
    if (from !== undefined) return from;
    if (actor.roles.includes('service'))
      return this.terms.compiled.clinic.sources.find((one) => one.source === source)?.is ?? 'service';
    const isFamily = actor.roles.every((role) => role === 'patient' || role === 'guardian');
    return isFamily ? 'patient' : 'clinician';
  }

  report(report: Report): void {
    this.reports.push(report);
    const stage = this.terms.stage(report.stage);
    if (stage) this.consents.use(stage, report.start, this.knowledge(report.at));
  }

  /** The last report moved the plan from there. */
  moved(movedFrom: Stood): void {
    const last = this.reports.at(-1);
    if (last) this.reports[this.reports.length - 1] = { ...last, movedFrom };
  }

  /** A report moves the plan now, as one that kept it from that is no more. */
  movedNow(report: Report, movedFrom: Stood | undefined): void {
    const index = this.reports.indexOf(report);
    if (index >= 0 && movedFrom) this.reports[index] = { ...report, movedFrom };
  }

  /** The next that moved the plan would have found it where this one did. */
  #hand({ stage, round, step, movedFrom }: Report): void {
    if (!movedFrom || !this.course.isOfNow(stage, round)) return;
    const index = this.reports.findIndex((one) => one.step > step && one.movedFrom);
    const next = this.reports[index];
    if (!next?.movedFrom) return;
    const { chart } = movedFrom;
    if (this.course.placeOf(chart) > this.course.placeOf(next.movedFrom.chart)) return;
    const leave = next.movedFrom.leave ?? movedFrom.leave;
    const stood = { chart, leave: leave && { ...leave, from: chart } };
    this.reports[index] = { ...next, movedFrom: stood };
  }

  /** A report that was wrong is no more, and nothing of it counts. */
  unreport({ stage, performedOn }: EventOf<'report.withdrawn'>['data']): Report | undefined {
    const index = this.reports.findIndex((one) => one.stage === stage && one.start === performedOn);
    const [gone] = index < 0 ? [] : this.reports.splice(index, 1);
    if (gone) {
      this.#hand(gone);
      if (gone.counts) this.course.uncount(gone);
      this.#useAnew(stage);
    }
    return gone;
  }

  /** What a report used that was wrong is free again, and used by those that stand, in the order in which they came. */
  #useAnew(name: string): void {
    const stage = this.terms.stage(name);
    this.consents.free(name);
    for (const { stage: of, start, at } of this.reports)
      if (stage && of === name) this.consents.use(stage, start, this.knowledge(at));
  }

  /** One stage on one day is one performance: told again, it may tell when it ended. */
  isTold({ stage, performedOn, endedOn }: EventOf<'procedure.performed'>['data']): boolean {
    const index = this.reports.findIndex((one) => one.stage === stage && one.start === performedOn);
    const told = this.reports[index];
    if (!told) return false;
    const isLater = endedOn !== undefined && (!told.hasEnd || endedOn > told.end);
    if (isLater) this.reports[index] = { ...told, end: endedOn, hasEnd: true };
    return true;
  }

  /** The same thing told twice is kept once. */
  remember({ data, time }: EventOf<'history.recorded'>, now: string): void {
    for (const { procedure, area, performedOn: start, endedOn } of data.procedures) {
      const areas = area === undefined ? [] : [area];
      const one: Done = { stage: undefined, procedures: [procedure], start, end: endedOn ?? start, areas };
      const word = JSON.stringify([procedure, area, start, endedOn]);
      if (this.#past.has(word)) continue;
      this.#past.add(word);
      this.past.push(one);
    }
    if (data.isComplete) this.attest(time, now);
    // Told to be incomplete, with nothing to add, it is attested no longer.
    else if (data.procedures.length === 0) this.historyKnownAt = undefined;
  }
  readonly #past = new Set<string>();

  attest(time: string | undefined, now: string): void {
    const at = time !== undefined && time < now ? time : now;
    if (this.historyKnownAt === undefined || at < this.historyKnownAt) this.historyKnownAt = at;
  }

  dayOf(instant: string): string {
    return dayOn(instant, this.terms.zone);
  }

  /** When a plan that has not come back is closed. */
  closesAt({ exit, at }: Leaving): string {
    const { exits } = this.terms.compiled;
    const definition = Object.entries(exits).find(([name]) => name === exit)?.[1];
    return definition ? afterDay(daysLater(this.dayOf(at), definition.closesAfter), this.terms.zone) : at;
  }

  /** Sessions of a stage's present round: those given, and those passed over. */
  sessionsOf(stage: string): number {
    const { round, skipped } = this.course.rounds.get(stage) ?? { round: 1, skipped: [] };
    return this.givenIn(stage, round) + skipped.length;
  }

  givenIn(stage: string, round: number): number {
    return this.reports.filter((one) => one.stage === stage && one.round === round && one.counts).length;
  }

  /** All its sessions were given or passed over, or, after one at least, it has reached what it is for. */
  isSeriesOver(stage: StageDefinition, at: string): boolean {
    if (this.sessionsOf(stage.stage) >= numberOf(stage)) return true;
    const given = this.givenIn(stage.stage, this.course.roundOf(stage.stage));
    if (!stage.untilWhen || given === 0) return false;
    return verdictOn(stage.untilWhen, { stage }, this.knowledge(at)).opinion === 'met';
  }

  enter(chart: string, at: string): void {
    this.course.enter(chart, at, this.#asking(chart, at));
  }

  request(chart: string, at: string): void {
    this.course.request(chart, this.#asking(chart, at));
  }

  #asking(chart: string, at: string): Asking {
    const [stage = ''] = chart.split('.');
    return {
      session: this.sessionsOf(stage),
      askedIn: this.steps,
      // What was done before it, and is told later, takes nothing from the work for the session to come.
      reportedIn:
        this.reports
          .filter((one) => one.stage === stage)
          .toSorted((one, other) => (one.start < other.start ? -1 : 1))
          .at(-1)?.step ?? -1,
      isWanted: (task) => this.isWanted(task, chart, at),
    };
  }

  /** Made unless its condition is known to be unmet. */
  isWanted({ onlyWhen }: TaskDefinition, chart: string, at: string): boolean {
    if (!onlyWhen) return true;
    const stage = this.terms.stage(chart.split('.')[0] ?? '');
    return verdictOn(onlyWhen, stage ? { stage } : {}, this.knowledge(at)).opinion !== 'unmet';
  }
}

const isSameDay = (one: LateDay, other: LateDay): boolean =>
  one.rule === other.rule && one.stage === other.stage && one.site === other.site && one.from === other.from;
