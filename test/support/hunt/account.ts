import type { EventOf, PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import { dayOn, daysLater } from '../wall-calendar.ts';
import { afterDay } from './days.ts';
import { type Holdings, Knowledge, type Told } from './knowledge.ts';
import type { Done, LateDay, Past } from './spacing.ts';
import type { Terms } from './terms.ts';

export interface Signed {
  readonly form: string;
  readonly by: string;
  readonly signedOn: string;
  isWithdrawn: boolean;
  /** The earliest withdrawal that ended it. */
  withdrawnAt: string | undefined;
  usedFor: string | undefined;
}

export interface Report extends Done {
  readonly stage: string;
  readonly isDeviation: boolean;
  readonly counts: boolean;
  /** It was told when it ended. */
  readonly hasEnd: boolean;
  /** When it was told. */
  readonly at: string;
}

interface AnsweredDay extends LateDay {
  readonly at: string;
}

interface Work {
  readonly belongsTo: string;
  isOpen: boolean;
}

/** What the inspector itself has heard of a plan: every accepted event, and nothing that the plan made of it. */
export class Account {
  readonly terms: Terms;
  readonly told = new Map<string, Told[]>();
  readonly consents: Signed[] = [];
  readonly reports: Report[] = [];
  readonly past: Done[] = [];
  readonly answered: AnsweredDay[] = [];
  readonly tasks = new Map<string, Work>();
  areas: Holdings['areas'] = {};
  historyKnownAt: string | undefined;
  chart = 'consultation';
  /** Steps that were taken. */
  steps = 0;
  readonly #withdrawals = new Map<string, string>();
  readonly #entered = new Map<string, string>();
  #knowledge: Knowledge | undefined;
  #then: Knowledge | undefined;

  constructor(terms: Terms) {
    this.terms = terms;
  }

  get stage(): string | undefined {
    return this.chart.includes('.') ? this.chart.split('.')[0] : undefined;
  }

  get phase(): string {
    return this.chart.split('.').at(-1) ?? '';
  }

  get isOver(): boolean {
    return this.chart === 'completed' || this.chart === 'cancelled';
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
      entered: (stage) => this.enteredStage(stage),
      stage: this.stage,
    };
  }

  enteredStage(stage: string): string | undefined {
    const reached = ['procedure', 'closure', 'recovery'].flatMap(
      (phase) => this.#entered.get(`${stage}.${phase}`) ?? [],
    );
    return this.#entered.get(`${stage}.ready`) ?? reached.sort()[0];
  }

  enteredAt(chart: string): string | undefined {
    return this.#entered.get(chart);
  }

  history(): Past {
    return {
      done: [...this.reports, ...this.past],
      isHistoryKnown: this.historyKnownAt !== undefined,
      isAnswered: (about) => this.answered.some((one) => isSameDay(one, about)),
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
      knowledge: new Knowledge(this.terms, holdings, last < now ? last : now),
      past: {
        done: [...reports, ...this.past.filter(({ start }) => start <= day)],
        isHistoryKnown: this.historyKnownAt !== undefined && this.historyKnownAt < end,
        isAnswered: (about) => this.answered.some((one) => one.at < end && isSameDay(one, about)),
      },
    };
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

  /** A form signed before its withdrawal opens nothing, however late it comes. */
  sign({ data, time }: EventOf<'consent.recorded'>): void {
    const { form, by, signedOn } = data;
    const withdrawnAt = this.#withdrawals.get(form);
    const isWithdrawn =
      withdrawnAt !== undefined &&
      (signedOn < dayOn(withdrawnAt, this.terms.zone) ||
        (signedOn === dayOn(withdrawnAt, this.terms.zone) && (time ?? '') < withdrawnAt));
    this.consents.push({
      form,
      by,
      signedOn,
      isWithdrawn,
      withdrawnAt: isWithdrawn ? withdrawnAt : undefined,
      usedFor: undefined,
    });
  }

  withdrawConsent({ data: { form }, time }: EventOf<'consent.withdrawn'>, now: string): void {
    const at = time !== undefined && time < now ? time : now;
    const last = this.#withdrawals.get(form);
    if (last === undefined || last < at) this.#withdrawals.set(form, at);
    for (const one of this.consents)
      if (one.form === form && !one.isWithdrawn && one.signedOn <= dayOn(at, this.terms.zone)) {
        one.isWithdrawn = true;
        one.withdrawnAt = at;
      }
  }

  /** S1: signed by whoever signs, not withdrawn, not used up, and not too old. */
  consentStands(stage: StageDefinition, now: string): boolean {
    return this.#signedFor(stage, dayOn(now, this.terms.zone)).some(({ isWithdrawn }) => !isWithdrawn);
  }

  /** The same on an earlier day: of what was signed by then, and with the withdrawals that were known of. */
  consentStood(stage: StageDefinition, day: string): boolean {
    const end = afterDay(day, this.terms.zone);
    return this.#signedFor(stage, day).some(
      ({ signedOn, withdrawnAt }) => signedOn <= day && (withdrawnAt === undefined || withdrawnAt >= end),
    );
  }

  #signedFor(stage: StageDefinition, day: string): Signed[] {
    const { form, by, covers, lasts } = stage.consent;
    return this.consents.filter(
      (one) =>
        one.form === form &&
        one.by === by &&
        !(covers === 'one procedure' && one.usedFor !== undefined) &&
        day <= daysLater(one.signedOn, lasts),
    );
  }

  /** A consent to one procedure is used up by it: of those valid on its day the one that would end first. */
  report(report: Report): void {
    this.reports.push(report);
    const stage = this.terms.stage(report.stage);
    if (stage?.consent.covers !== 'one procedure') return;
    const [used] = this.#signedFor(stage, report.start)
      .filter(({ isWithdrawn, signedOn }) => !isWithdrawn && signedOn <= report.start)
      .toSorted((one, other) => (one.signedOn < other.signedOn ? -1 : 1));
    if (used) used.usedFor = report.stage;
  }

  /** One stage on one day is one performance: told again, it may tell when it ended. */
  isTold({ stage, performedOn, endedOn }: EventOf<'procedure.performed'>['data']): boolean {
    const index = this.reports.findIndex((one) => one.stage === stage && one.start === performedOn);
    const told = this.reports[index];
    if (!told) return false;
    if (endedOn !== undefined && !told.hasEnd) this.reports[index] = { ...told, end: endedOn, hasEnd: true };
    return true;
  }

  /** The same thing told twice is kept once. */
  remember({ data, time }: EventOf<'history.recorded'>, now: string): void {
    for (const { procedure, area, performedOn: start, endedOn } of data.procedures) {
      const areas = area === undefined ? [] : [area];
      const one: Done = { stage: undefined, procedure, start, end: endedOn ?? start, areas };
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

  /** The chart moves, and what belongs to the new phase is asked for. */
  enter(chart: string, at: string): void {
    this.chart = chart;
    this.#entered.set(chart, at);
    this.request(chart);
    if (this.isOver) for (const work of this.tasks.values()) work.isOpen = false;
  }

  request(chart: string): void {
    for (const { task } of this.definitionsOf(chart))
      this.tasks.set(`${chart}/${task}`, { belongsTo: chart, isOpen: true });
  }

  definitionsOf(chart: string): readonly TaskDefinition[] {
    const { consultation, assessment } = this.terms.compiled;
    if (chart === 'consultation') return consultation;
    if (chart === 'assessment') return assessment;
    const [name = '', phase] = chart.split('.');
    const stage = this.terms.stage(name);
    return (phase === 'closure' ? stage?.closure : phase === 'recovery' ? stage?.recovery : undefined) ?? [];
  }

  /** Phases of work whose work is done are over. */
  walk(at: string): void {
    for (;;) {
      const isWork = ['consultation', 'assessment', 'closure', 'recovery'].includes(this.phase);
      const isOpen = [...this.tasks.values()].some((one) => one.isOpen && one.belongsTo === this.chart);
      if (!isWork || isOpen) return;
      this.enter(this.#next(), at);
    }
  }

  #next(): string {
    const { stages } = this.terms.compiled;
    if (this.chart === 'consultation') return 'assessment';
    if (this.chart === 'assessment') return `${stages[0]?.stage}.ready`;
    if (this.phase === 'closure') return `${this.stage}.recovery`;
    const next = stages[stages.findIndex(({ stage }) => stage === this.stage) + 1];
    return next ? `${next.stage}.ready` : 'completed';
  }
}

const isSameDay = (one: LateDay, other: LateDay): boolean =>
  one.rule === other.rule && one.stage === other.stage && one.site === other.site && one.from === other.from;
