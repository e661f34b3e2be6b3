import { z } from 'zod';
import type { PlanEvent } from '../../src/core/model/event.schema.ts';
import type { Pathway } from '../../src/core/pathway/pathway.ts';
import { Answer, Effect, JournalEntry } from '../../src/core/plan/outcome.schema.ts';
import { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import type { Step } from '../../src/core/plan/step.ts';
import { Account } from './hunt/account.ts';
import { Alerts } from './hunt/alerts.ts';
import { Border } from './hunt/border.ts';
import { Breach, must, same } from './hunt/breach.ts';
import { lookAtConflicts, lookAtDebts, lookAtGateWork, lookAtLateness, lookAtTasks } from './hunt/debts.ts';
import { Gates } from './hunt/gates.ts';
import { Holds } from './hunt/holds.ts';
import { Overrides } from './hunt/overrides.ts';
import { judgedReport } from './hunt/reports.ts';
import { scopeOf, standingsOf } from './hunt/standing.ts';
import type { Terms } from './hunt/terms.ts';
import { lookAtWake, lookAtWakeStep } from './hunt/wakes.ts';
import type { Stepper } from './simulation.ts';

const StepShape = z.strictObject({
  state: PlanState,
  answer: Answer,
  journal: z.array(JournalEntry),
  effects: z.array(Effect),
});

interface Taken {
  readonly breach: string | undefined;
  readonly step: Step | undefined;
}

/** One step in so many is looked at from all sides. */
const CLOSE = 16;
/** One step in so many is asked whether anything changes before its timer. */
const ASLEEP = 4;

/**
 * Watches a plan step by step and keeps its own account of what was stated, from which it says again whether a gate
 * may open (S1 to S4), what is held, set aside and asked, what is owed (S6), and what was kept (S7). It reads the
 * plan's state to judge it, and never to judge by it.
 */
export class Inspector {
  readonly seen = new Set<string>();
  readonly #step: Stepper;
  readonly #account: Account;
  readonly #holds: Holds;
  readonly #overrides: Overrides;
  readonly #gates: Gates;
  readonly #alerts: Alerts;
  readonly #border: Border;
  readonly #phase: number;
  readonly #effects = new Set<string>();

  constructor(terms: Terms, step: Stepper, seed: number) {
    this.#phase = seed;
    this.#step = step;
    const account = new Account(terms);
    this.#account = account;
    this.#holds = new Holds(account);
    this.#overrides = new Overrides(account);
    this.#gates = new Gates(account, this.#holds, this.#overrides);
    this.#alerts = new Alerts(account);
    this.#border = new Border(account, {
      holds: this.#holds,
      overrides: this.#overrides,
      gates: this.#gates,
    });
  }

  get gatesOpened(): number {
    return this.#gates.opened.length;
  }

  take(pathway: Pathway, state: PlanState | undefined, event: PlanEvent, now: string): Taken {
    try {
      const step = this.#twice(pathway, state, event, now);
      this.#look(state, event, now, step);
      return { breach: undefined, step };
    } catch (error) {
      const breach =
        error instanceof Breach ? error.message : `threw ${error instanceof Error ? error.stack : error}`;
      return { breach, step: undefined };
    }
  }

  readonly #saw = (what: string): void => {
    this.seen.add(what);
  };

  #isTurn = (every: number): boolean => (this.#account.steps + this.#phase) % every === 0;

  /** Looked at closely once more, with copies that went through JSON and cannot be changed: the same, byte for byte. */
  #twice(pathway: Pathway, state: PlanState | undefined, event: PlanEvent, now: string): Step {
    this.#account.steps += 1;
    const isClose = this.#isTurn(CLOSE);
    // Copied before, for the step may change what it is given.
    const [then, told] = isClose ? [deepFrozen(copyOf(state)), deepFrozen(copyOf(event))] : [state, event];
    const taken = this.#step(pathway, state, event, now);
    if (!isClose) return taken;
    const again = this.#step(pathway, then, told, now);
    const text = JSON.stringify(taken);
    must(text === JSON.stringify(again), 'pure: the same inputs give the same step');
    const copy: unknown = JSON.parse(text);
    const read = StepShape.safeParse(copy);
    must(read.success, () => `schema: ${read.error?.message}`);
    must(JSON.stringify(copy) === text, 'schema: a step survives JSON');
    return taken;
  }

  #look(before: PlanState | undefined, event: PlanEvent, now: string, step: Step): void {
    const { state, answer, journal } = step;
    const at = before && before.now > now ? before.now : now;
    this.#saw(`${event.type} ${answer.outcome}`);
    for (const { kind } of journal) this.#saw(kind);
    must(state.sequence === (before?.sequence ?? 0) + 1, 'S7: a step is one step');
    must(state.now === at, 'no step is earlier than the one before');
    this.#isAnswered(event, before, { at, step });
    this.#effectsAreNew(step);
    this.#hasHeard = answer.outcome === 'accepted' && event.type !== 'wake';
    const heard = answer.outcome === 'accepted' ? this.#hear(event, at, step) : NOTHING_HEARD;
    if (this.#hasHeard) this.#account.forget();
    must(
      state.chart === this.#account.chart,
      () => `the plan is in ${this.#account.chart}, and not in ${state.chart}`,
    );
    this.#deviationsAre(heard, step);
    this.#nothingIsLost(state);
    this.#overrides.look(state, at, this.#saw);
    this.#holds.look(state, at, heard.hasLeft, this.#saw);
    this.#statusIs(state);
    this.#alerts.look({ state, journal }, at, heard.isJudged ?? !this.#account.isOver, this.#saw);
    const isRefused =
      event.type === 'startProcedure' && answer.outcome === 'refused' && answer.code === 'CC3001';
    lookAtTasks(this.#account, state);
    lookAtConflicts(this.#account, state, at, heard.touched);
    lookAtGateWork(this.#account, state, { now: at, isRefused });
    lookAtLateness(this.#account, state, this.#saw);
    lookAtDebts(this.#account, state);
    const watching = { account: this.#account, overrides: this.#overrides, alerts: this.#alerts };
    lookAtWake(watching, state, this.#isTurn(ASLEEP));
    if (before && event.type === 'wake') lookAtWakeStep(before, event.data.generation, step);
  }

  /** Facts are always taken, requests when nothing is against them; and what is not taken changes nothing. */
  #isAnswered(
    event: PlanEvent,
    before: PlanState | undefined,
    { at, step: { answer, journal, state } }: { readonly at: string; readonly step: Step },
  ): void {
    const { outcome } = answer;
    const own = {
      accepted: 'event.accepted',
      refused: 'request.refused',
      rejected: 'event.rejected',
    } as const;
    const isQuiet = event.type === 'wake' || !before;
    if (outcome !== 'quarantined' && !isQuiet)
      must(
        journal.filter(({ kind }) => kind === own[outcome]).length === 1,
        'S7: an event is journalled once',
      );
    if (!before) return;
    if (event.type === 'startProcedure' && outcome === 'accepted')
      this.#gateOpens(event.data.stage, at, journal);
    const expected = this.#border.expects(event, before, at);
    const why =
      event.type === 'startProcedure' && outcome !== 'rejected'
        ? JSON.stringify(this.#gates.opinion(this.#stageOf(event.data.stage), at).against)
        : JSON.stringify(answer);
    if (!(event.type === 'startProcedure' && outcome === 'accepted'))
      must(outcome === expected, () => `${event.type} is to be ${expected}, and was ${outcome}: ${why}`);
    if (event.type === 'startProcedure' && outcome === 'refused' && answer.code === 'CC3001')
      this.#gates.refuse(this.#stageOf(event.data.stage), at, answer.reasons);
    if (outcome !== 'accepted') must(state.chart === before.chart, 'what is not accepted moves nothing');
  }

  #stageOf(name: string) {
    const stage = this.#account.terms.stage(name);
    if (!stage) throw new Breach(`there is no stage ${name}`);
    return stage;
  }

  #gateOpens(name: string, at: string, journal: readonly JournalEntry[]): void {
    must(this.#account.chart === `${name}.ready`, 'a gate opens only where the plan stands');
    const entry = journal.find(({ kind }) => kind === 'gate.opened');
    must(entry?.details.stage === name, 'a gate opens only when it is asked to');
    this.#gates.open(this.#stageOf(name), at, journal, this.#saw);
  }

  #effectsAreNew({ effects, state }: Step): void {
    for (const { id, role } of effects) {
      must(!this.#effects.has(id), 'S7: an effect is asked for once');
      must(this.#account.terms.compiled.clinic.roles.includes(role), 'somebody of the clinic is told');
      this.#effects.add(id);
    }
    must(effects.length <= 200 && state.planId !== '', 'a step is of bounded size');
  }

  /** Takes an accepted event into the account, and says what it ought to have set off. */
  #hear(event: PlanEvent, at: string, step: Step): Heard {
    const heard = this.#take(event, at, step);
    const isJudged = !this.#account.isOver;
    this.#account.forget();
    this.#account.walk(at);
    return { ...heard, isJudged, hasLeft: heard.hasLeft || this.#account.isOver };
  }

  #take(event: PlanEvent, at: string, { state }: Step): Heard {
    const account = this.#account;
    switch (event.type) {
      case 'startPlan':
        account.areas = sitesOf(account.terms, event.data.areas);
        account.enter('consultation', at);
        break;
      case 'observation.recorded':
        account.observe(event, at);
        return { ...NOTHING_HEARD, touched: event.data.observations };
      case 'fact.corrected':
        return { ...NOTHING_HEARD, touched: [event.data], ...this.#gates.inQuestion(account.correct(event)) };
      case 'fact.withdrawn': {
        const gone = account.withdrawFact(event.data);
        return { ...NOTHING_HEARD, touched: [event.data], ...this.#gates.inQuestion(gone) };
      }
      case 'history.recorded':
        account.remember(event, at);
        break;
      case 'task.completed':
        this.#finish(event.data.task, event.time, at);
        break;
      case 'consent.recorded':
        account.sign(event);
        break;
      case 'consent.withdrawn':
        account.withdrawConsent(event, at);
        this.#isTold(event.data.form, state);
        break;
      case 'procedure.performed':
        return this.#report(event, at, state);
      case 'startProcedure':
        account.enter(`${event.data.stage}.procedure`, at);
        break;
      case 'cancelPlan':
        account.enter('cancelled', at);
        break;
      case 'releaseHold': {
        const { stage } = scopeOf(account);
        const found = stage ? standingsOf(stage, account.knowledge(at)) : [];
        for (const one of found)
          if (one.id === event.data.hold && stage) this.#holds.release(one, stage.stage, at);
        break;
      }
      case 'grantOverride':
        this.#overrides.grant(event, at, state);
        break;
      case 'countersignOverride':
        this.#overrides.countersign(event.data.override, at);
        break;
      case 'revokeOverride':
        this.#overrides.end(event.data.override, at);
        break;
      case 'decide': {
        const { rule, stage, area: site, about: from } = state.questions[event.data.question] ?? {};
        if (rule !== undefined && stage !== undefined && from !== undefined)
          account.answered.push({ rule, stage, site, from, at });
        break;
      }
    }
    return NOTHING_HEARD;
  }

  /** Whoever is about to begin has to know that the consent is gone on which the gate opened. */
  #isTold(form: string, { tasks }: PlanState): void {
    const { phase, stage: name, terms } = this.#account;
    if (phase !== 'procedure' || terms.stage(name ?? '')?.consent.form !== form) return;
    must(
      tasks[`plan/withdrawn-${form}`]?.status === 'requested',
      'S6: somebody is told that consent is withdrawn',
    );
    this.#saw('consent withdrawn before the procedure');
  }

  #finish(id: string, time: string | undefined, at: string): void {
    const task = this.#account.tasks.get(id);
    this.#alerts.done(id);
    if (!task?.isOpen) return;
    task.isOpen = false;
    if (id.endsWith('/history')) this.#account.attest(time, at);
  }

  #report(
    { data }: Extract<PlanEvent, { type: 'procedure.performed' }>,
    at: string,
    state: PlanState,
  ): Heard {
    const account = this.#account;
    const stage = this.#stageOf(data.stage);
    if (account.isTold(data)) {
      this.#saw('report told again');
      return NOTHING_HEARD;
    }
    const judged = judgedReport(account, this.#gates, stage, { data, at });
    const isLast = account.reports.every(({ start }) => start <= data.performedOn);
    // Between what must be and what may be one the core decides.
    const isDeviation =
      judged.mustDeviate || (judged.mayDeviate && state.performed.at(-1)?.deviation === true);
    const { counts } = judged.report;
    account.report({ ...judged.report, isDeviation });
    this.#overrides.endOf(stage.stage, at);
    this.#saw(`report ${isDeviation ? 'against' : 'by'} the pathway, ${counts ? 'counts' : 'owed again'}`);
    if (judged.isExcused) this.#saw('report excused by grace');
    if (judged.isLate) this.#saw('report behind a gate that would have been closed');
    if (!isLast) this.#saw('report of an earlier day');
    const heard = { ...NOTHING_HEARD, least: Number(judged.mustDeviate), most: Number(isDeviation) };
    if (account.isOver || !isLast) return heard;
    if (counts) {
      account.enter(`${stage.stage}.closure`, at);
      return { ...heard, hasLeft: true };
    }
    for (const phase of ['closure', 'recovery']) account.request(`${stage.stage}.${phase}`);
    account.enter(`${stage.stage}.ready`, at);
    return heard;
  }

  #deviationsAre({ least, most }: Heard, { journal, state }: Step): void {
    const raised = journal.filter(({ kind }) => kind === 'deviation.raised').length;
    must(
      least <= raised && raised <= most,
      () => `deviations: ${raised} raised, and ${least} to ${most} are due`,
    );
    if (most > 0 && raised > 0 && !this.seen.has('deviation')) this.#saw('deviation');
    const asked = Object.keys(state.tasks).filter((id) => id.startsWith(`plan/deviation-${state.sequence}`));
    must(asked.length >= Math.min(raised, 1), 'S6: a deviation is looked at by somebody');
  }

  /** S7: every accepted fact is kept, in order, and nothing else. What is the same object still is the same. */
  #nothingIsLost(state: PlanState): void {
    const { observations, consents, performed, past, historyKnownAt, gates } = state;
    const all = [observations, consents, performed, past, historyKnownAt, gates.length];
    const isSame = all.every((one, index) => one === this.#kept[index]) && !this.#hasHeard;
    this.#kept = all;
    if (!isSame) this.#everythingIsKept(state);
  }

  #kept: readonly unknown[] = [];
  #hasHeard = true;

  #everythingIsKept(state: PlanState): void {
    const account = this.#account;
    const kept = Object.entries(state.observations).flatMap(([fact, all]) =>
      all.map((one) => [
        fact,
        one.area,
        one.value,
        one.unit,
        one.source,
        one.observedAt,
        one.event,
        one.step,
      ]),
    );
    const told = [...account.told].flatMap(([fact, all]) =>
      all.map((one) => [
        fact,
        one.area,
        one.value,
        one.unit,
        one.source,
        one.observedAt,
        one.event,
        one.step,
      ]),
    );
    must(
      same(kept.map(wordOf).sort(), told.map(wordOf).sort()),
      'S7: every accepted observation is kept once, corrected where it was corrected',
    );
    must(
      same(
        state.consents.map(({ form, by, signedOn, usedFor, withdrawnAt }) =>
          wordOf([form, by, signedOn, usedFor, withdrawnAt !== undefined]),
        ),
        account.consents.map(({ form, by, signedOn, usedFor, isWithdrawn }) =>
          wordOf([form, by, signedOn, usedFor, isWithdrawn]),
        ),
      ),
      'S7: every consent is kept once, as used or withdrawn as it is',
    );
    must(
      same(
        state.performed.map((one) =>
          wordOf([
            one.stage,
            one.performedOn,
            one.endedOn ?? one.performedOn,
            one.areas,
            one.deviation,
            one.counts,
          ]),
        ),
        account.reports.map((one) =>
          wordOf([one.stage, one.start, one.end, one.areas, one.isDeviation, one.counts]),
        ),
      ),
      'S7: every report is kept once, as what it was found to be',
    );
    must(
      same(
        state.past.map(({ procedure, performedOn, endedOn, area }) =>
          wordOf([procedure, performedOn, endedOn ?? performedOn, area === undefined ? [] : [area]]),
        ),
        account.past.map(({ procedure, start, end, areas }) => wordOf([procedure, start, end, areas])),
      ),
      'S7: what was done before is kept once',
    );
    must(
      state.historyKnownAt === account.historyKnownAt,
      'S7: the history is known since somebody attested it',
    );
    must(state.gates.length === this.#gates.opened.length, 'S7: every gate that opened is kept');
  }

  #statusIs({ chart, status, tasks, now }: PlanState): void {
    const isEnded = chart === 'completed' || chart === 'cancelled';
    const isWatched = this.#alerts.isWatching(now);
    const isOwed = isWatched || Object.values(tasks).some((one) => one.status === 'requested');
    const held = this.#holds.held.size;
    const expected =
      isEnded && !isOwed
        ? { completed: 'completed', cancelled: 'revoked' }[chart]
        : held > 0
          ? 'on-hold'
          : 'active';
    must(status === expected, () => `a plan in ${chart} with ${held} holds is ${status}`);
  }
}

/** What an event ought to have set off. */
interface Heard {
  /** Deviations. */
  readonly least: number;
  readonly most: number;
  readonly touched: readonly { readonly fact: string; readonly area?: string | undefined }[];
  /** The plan has been where no rule bears on it. */
  readonly hasLeft: boolean;
  /** Its course was under way when the event had been taken; absent: as it is. */
  readonly isJudged?: boolean;
}

const NOTHING_HEARD: Heard = { least: 0, most: 0, touched: [], hasLeft: false };

const wordOf = (parts: readonly unknown[]): string => JSON.stringify(parts);

/** What the pathway fixes, and what was chosen. */
const sitesOf = (
  { compiled }: Terms,
  chosen: Readonly<Partial<Record<string, readonly string[]>>> = {},
): Partial<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(compiled.areas).map(([role, offered]) => [role, chosen[role] ?? offered?.sites ?? []]),
  );

const copyOf = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFrozen(member);
  }
  return value;
}
