import type { TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import { dayOn } from '../wall-calendar.ts';
import type { Terms } from './terms.ts';

/** A task of a chart state, as the inspector thinks of it. */
export interface Work {
  readonly id: string;
  readonly definition: TaskDefinition;
  /** The chart state that asked for it; `<stage>.session` for what follows each session. */
  readonly belongsTo: string;
  readonly stage: string | undefined;
  isOpen: boolean;
  /** Nothing that the pathway leaves open decides whether it is owed. */
  isSure: boolean;
  /** Of its stage, when it was asked for. */
  readonly round: number;
  /** The step in which it was asked for. */
  readonly askedIn: number;
  /** Of a row: which one was open when it was last looked at, and when it was due. */
  lookedAt?: string;
}

/** In which situation the work of a chart state is asked for. */
export interface Asking {
  /** How many sessions of the stage's round have been given. */
  readonly session: number;
  /** The step. */
  readonly askedIn: number;
  /** The step in which its stage was last reported: what was done until then is to be done anew. */
  readonly reportedIn: number;
  /** Of a task that is made under a condition. */
  isWanted(task: TaskDefinition): boolean;
}

/** A task that somebody said was done. */
export interface Completion {
  readonly id: string;
  readonly task: string;
  readonly stage: string | undefined;
  readonly round: number;
  /** How many sessions of the round had been given by then. */
  readonly session: number;
  readonly at: string;
  /** How many steps had been taken by then. */
  readonly step: number;
}

export interface Leaving {
  readonly exit: string;
  readonly from: string;
  readonly at: string;
  /** What had been decided in the phase that it left: on the way back it need not be decided again. */
  readonly went: readonly string[];
}

const ENDS = ['completed', 'cancelled', 'declined', 'referred'];
const EXITS = ['further-evaluation', 'conservative', 'referral', 'postponement'];

export const isExit = (chart: string): boolean => EXITS.includes(chart);

/** What follows a procedure goes on wherever the plan is: neither an exit nor the end of the course undoes it. */
export const isCare = ({ belongsTo }: Pick<Work, 'belongsTo'>): boolean =>
  ['session', 'closure', 'recovery'].some((list) => belongsTo.endsWith(`.${list}`));

/** Where a plan is on its course, which time it does a stage, and what its phases ask for. */
export class Course {
  readonly terms: Terms;
  chart = 'consultation';
  leave: Leaving | undefined;
  /** How it had left, where what brought it back turns out not to be so. */
  hadLeft: Leaving | undefined;
  /** By stage: its round, and the days of the sessions of it that were passed over. */
  readonly rounds = new Map<string, { readonly round: number; readonly skipped: readonly string[] }>();
  /** By stage: when each round after the first began. */
  readonly began = new Map<string, string[]>();
  /** By stage: when what was left of it was left out; until it is come to again. */
  readonly leftOut = new Map<string, string>();
  /** The step in which an action led away from a stage, or back to it: its gates have to be asked again. */
  readonly gatesLeft = new Map<string, number>();
  readonly tasks = new Map<string, Work>();
  completions: readonly Completion[] = [];
  /** By stage: the first day on which its gate may be asked again, as people decided. */
  readonly delays = new Map<string, string>();
  /** The same, as its table said; until that is set aside. */
  readonly tableDelays = new Map<string, string>();
  /** Decisions of a chart state that were decided to go on, since it was entered. */
  readonly went = new Set<string>();
  readonly #entered = new Map<string, string>();
  /** Sessions passed over that were told to have been given, by stage, round and day. */
  readonly #givenAfterAll = new Set<string>();

  constructor(terms: Terms) {
    this.terms = terms;
  }

  /** The first day on which a stage's gate may be asked again. */
  waitsUntil(stage: string): string | undefined {
    const [first, second = first] = [this.delays.get(stage), this.tableDelays.get(stage)];
    return first === undefined || (second ?? '') > first ? second : first;
  }

  /** The chart state in which the plan stands, or from which it left its course. */
  get home(): string {
    return this.leave?.from ?? this.chart;
  }

  get stage(): string | undefined {
    const [name = '', phase] = this.home.split('.');
    return phase !== undefined && this.terms.stage(name) ? name : undefined;
  }

  /** The stage or the decision of the course at which the plan stands. */
  get item(): string {
    return this.home.split('.')[0] ?? '';
  }

  get phase(): string {
    return this.home.split('.').at(-1) ?? '';
  }

  get isOver(): boolean {
    return ENDS.includes(this.chart);
  }

  roundOf(stage: string): number {
    return this.rounds.get(stage)?.round ?? 1;
  }

  /** Given on a day on which it was thought to be missed: passed over it was not. */
  isGivenAfterAll(stage: string, day: string): boolean {
    const progress = this.rounds.get(stage);
    const index = progress?.skipped.indexOf(day) ?? -1;
    if (!progress || index < 0) return false;
    const skipped = progress.skipped.filter((_one, at) => at !== index);
    this.rounds.set(stage, { ...progress, skipped });
    this.#givenAfterAll.add(`${stage} ${progress.round} ${day}`);
    return true;
  }

  /** What was told of that day is withdrawn: where its session had been passed over before, it is so again. */
  isPassedOverAgain(stage: string, day: string): boolean {
    const progress = this.rounds.get(stage);
    if (!progress || !this.#givenAfterAll.delete(`${stage} ${progress.round} ${day}`)) return false;
    this.rounds.set(stage, { ...progress, skipped: [...progress.skipped, day] });
    return true;
  }

  /** The round that ran on a day; before all of them, the first. */
  roundOn(stage: string, day: string): number {
    const began = this.began.get(stage) ?? [];
    return 1 + began.filter((at) => dayOn(at, this.terms.zone) <= day).length;
  }

  /** What is told late of a round that is over, or of a stage that was left out since, moves nothing. */
  isBygone(stage: string, day: string): boolean {
    const leftOut = this.leftOut.get(stage);
    if (this.roundOn(stage, day) < this.roundOf(stage)) return true;
    return leftOut !== undefined && day < dayOn(leftOut, this.terms.zone);
  }

  /** Nobody has decided that the stage is done once more, or left out. */
  isOfNow(stage: string, round: number): boolean {
    return round === this.roundOf(stage) && !this.leftOut.has(stage);
  }

  enteredAt(chart: string): string | undefined {
    return this.#entered.get(chart);
  }

  /** The gate comes first; a report may lead past it. */
  enteredStage(stage: string): string | undefined {
    const reached = ['procedure', 'closure', 'recovery'].flatMap(
      (phase) => this.#entered.get(`${stage}.${phase}`) ?? [],
    );
    return this.#entered.get(`${stage}.ready`) ?? reached.sort()[0];
  }

  /** The chart moves, and what belongs to the new phase is asked for. */
  enter(chart: string, at: string, asking: Asking): void {
    this.chart = chart;
    this.#entered.set(chart, at);
    this.went.clear();
    if (this.leave?.from === chart) for (const decision of this.leave.went) this.went.add(decision);
    const [name = ''] = chart.split('.');
    this.leftOut.delete(name);
    if (this.terms.stage(name) && !this.rounds.has(name)) this.rounds.set(name, { round: 1, skipped: [] });
    if (!isExit(chart)) this.leave = undefined;
    this.request(chart, asking);
    if (!this.isOver) return;
    for (const work of this.tasks.values())
      if (chart !== 'completed' || !isCare(work)) Object.assign(work, { isOpen: false });
  }

  /** What was done in this round and session already need not be done again; it may be asked for again. */
  request(chart: string, { session, askedIn, reportedIn, isWanted }: Asking): void {
    const [name = ''] = chart.split('.');
    const stage = this.terms.stage(name) ? name : undefined;
    const round = stage === undefined ? 1 : this.roundOf(stage);
    for (const definition of this.definitionsOf(chart)) {
      const id = `${chart}/${definition.task}`;
      const isDone = this.completions.some(
        (one) =>
          one.id === id && one.round === round && (one.session === session || !chart.endsWith('.ready')),
      );
      const isOpen = isWanted(definition);
      // Come back to, without its procedure having been done, it was asked for when it was.
      const isSame = this.completions.some(
        (one) => one.id === id && one.round === round && one.step > reportedIn,
      );
      const known = isSame ? this.tasks.get(id) : undefined;
      this.tasks.set(id, {
        id,
        definition,
        belongsTo: chart,
        stage,
        isOpen,
        isSure: !isDone && !isSame,
        round,
        askedIn: known?.askedIn ?? askedIn,
      });
    }
  }

  /** What a chart state may or may not have asked for. */
  expect(chart: string, askedIn: number): void {
    const [stage = ''] = chart.split('.');
    for (const definition of this.definitionsOf(chart)) {
      const id = `${chart}/${definition.task}`;
      const round = this.roundOf(stage);
      const isOpen = this.tasks.get(id)?.isOpen === true;
      this.tasks.set(id, {
        id,
        definition,
        belongsTo: chart,
        stage,
        isOpen,
        isSure: false,
        round,
        askedIn,
      });
    }
  }

  definitionsOf(chart: string): readonly TaskDefinition[] {
    const { consultation, assessment, exits } = this.terms.compiled;
    if (chart === 'consultation') return consultation;
    if (chart === 'assessment') return assessment;
    const exit = Object.entries(exits).find(([one]) => one === chart);
    if (exit) return exit[1].tasks;
    const [name = '', phase] = chart.split('.');
    const stage = this.terms.stage(name);
    if (!stage) return [];
    const { beforeEach, afterEach, prep, closure, recovery } = stage;
    const byPhase: Readonly<Record<string, readonly TaskDefinition[] | undefined>> = {
      ready: beforeEach,
      prep,
      session: afterEach,
      closure,
      recovery,
    };
    return byPhase[phase ?? ''] ?? [];
  }

  /** Decisions without which a chart state does not end. */
  decisionsOf(chart: string): readonly string[] {
    const { decidedIn } = this.terms.compiled;
    if (chart === 'consultation' || chart === 'assessment') return decidedIn[chart];
    const [name = '', phase] = chart.split('.');
    if (phase === 'decision') return [name];
    const reassess = this.terms.stage(name)?.reassess;
    return phase === 'reassessment' && reassess !== undefined ? [reassess] : [];
  }

  /** A phase of work whose work is done, and whose decisions go on. Rows of repeats keep none. */
  isFinished(chart: string): boolean {
    const phase = chart.split('.').at(-1) ?? '';
    if (!['consultation', 'assessment', 'closure', 'recovery', 'reassessment', 'decision'].includes(phase))
      return false;
    const isOwed = [...this.tasks.values()].some(
      (work) => work.belongsTo === chart && work.isOpen && 'due' in work.definition.when,
    );
    return !isOwed && this.decisionsOf(chart).every((decision) => this.went.has(decision));
  }

  /** What the order of the course puts after a phase that is over. */
  next(chart: string): string {
    const { course } = this.terms.compiled;
    if (chart === 'consultation') return 'assessment';
    const itemAt = (index: number): string => {
      const item = course[index];
      if (!item) return 'completed';
      return item.kind === 'stage' ? `${item.name}.ready` : `${item.name}.decision`;
    };
    if (chart === 'assessment') return itemAt(0);
    const [name = '', phase] = chart.split('.');
    if (phase === 'closure') return `${name}.recovery`;
    if (phase === 'recovery' && this.terms.stage(name)?.reassess !== undefined) return `${name}.reassessment`;
    return itemAt(course.findIndex((item) => item.name === name) + 1);
  }

  /** What comes after a stage or a decision of the course when the rest of it is left out. */
  past(name: string): string {
    return this.next(`${name}.decision`);
  }

  /** How far along the course a chart state lies; -1 before it. */
  placeOf(chart: string): number {
    const [name = ''] = chart.split('.');
    return this.terms.compiled.course.findIndex((item) => item.name === name);
  }

  /** A stage, and those of the course after it up to where a chart state lies. */
  stagesFrom(stage: string, chart: string): readonly string[] {
    const names = this.terms.compiled.course.map(({ name }) => name);
    const last = Math.max(this.placeOf(chart), names.indexOf(stage));
    return names.slice(names.indexOf(stage), last + 1).filter((name) => this.terms.stage(name));
  }

  complete(one: Completion): void {
    this.completions = [...this.completions, one];
  }

  /** What was thought to be done for the session after one that was not given was done for that. */
  uncount({ stage, round, step }: Pick<Completion, 'round' | 'step'> & { readonly stage: string }): void {
    const isSince = (one: Completion): boolean =>
      one.stage === stage && one.round === round && one.step > step && one.session > 0;
    this.completions = this.completions.map((one) =>
      isSince(one) ? { ...one, session: one.session - 1 } : one,
    );
  }

  /** Whatever a stage still asks for may be owed no more. */
  doubt(stage: string | undefined): void {
    for (const work of this.tasks.values()) if (work.stage === stage) work.isSure = false;
  }
}
