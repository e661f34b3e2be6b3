import { z } from 'zod';
import type { PlanEvent } from '../../src/core/model/event.schema.ts';
import type { Pathway } from '../../src/core/pathway/pathway.ts';
import { Answer, Effect, JournalEntry } from '../../src/core/plan/outcome.schema.ts';
import { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import type { Step } from '../../src/core/plan/step.ts';
import { Account } from './hunt/account.ts';
import { Actions, type Cause } from './hunt/actions.ts';
import { Alerts } from './hunt/alerts.ts';
import { Bookings } from './hunt/bookings.ts';
import { Border } from './hunt/border.ts';
import { Breach, must } from './hunt/breach.ts';
import { Clocks } from './hunt/clocks.ts';
import { signerOn } from './hunt/consents.ts';
import { lookAtConflicts, lookAtDebts, lookAtGateWork, lookAtLateness } from './hunt/debts.ts';
import { Decisions } from './hunt/decisions.ts';
import { lookAtDeviations } from './hunt/deviations.ts';
import { lookAtExit } from './hunt/exits.ts';
import { Gates } from './hunt/gates.ts';
import { type Heard, Hearing, NOTHING_HEARD } from './hunt/hearing.ts';
import { Holds } from './hunt/holds.ts';
import { everythingIsKept } from './hunt/kept.ts';
import { hopsIn, Moves } from './hunt/moves.ts';
import { Overrides } from './hunt/overrides.ts';
import { causesOfStep, runCauses } from './hunt/runs.ts';
import { lookAtTasks } from './hunt/tasks.ts';
import type { Terms } from './hunt/terms.ts';
import { lookAtWake, lookAtWakeStep } from './hunt/wakes.ts';
import { numberOf } from './plain.ts';
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
 * may open (S1 to S5), what is held, set aside and asked, where the plan may be, what is owed (S6), and what was kept
 * (S7). It reads the plan's state to judge it, and never to judge by it, but where the pathway leaves a thing open.
 */
export class Inspector {
  readonly seen = new Set<string>();
  readonly #step: Stepper;
  readonly #account: Account;
  readonly #holds: Holds;
  readonly #overrides: Overrides;
  readonly #gates: Gates;
  readonly #alerts: Alerts;
  readonly #bookings: Bookings;
  readonly #decisions: Decisions;
  readonly #actions: Actions;
  readonly #clocks: Clocks;
  readonly #moves: Moves;
  readonly #hearing: Hearing;
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
    this.#bookings = new Bookings(account);
    this.#decisions = new Decisions(account);
    this.#actions = new Actions(account);
    const parts = {
      account,
      holds: this.#holds,
      overrides: this.#overrides,
      gates: this.#gates,
      alerts: this.#alerts,
      bookings: this.#bookings,
      decisions: this.#decisions,
    };
    this.#clocks = new Clocks(account, parts);
    this.#moves = new Moves(account, parts);
    this.#hearing = new Hearing(parts, this.#saw);
    this.#border = new Border(parts);
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
    const account = this.#account;
    this.#saw(`${event.type} ${answer.outcome}`);
    for (const { kind } of journal) this.#saw(kind);
    must(state.sequence === (before?.sequence ?? 0) + 1, 'S7: a step is one step');
    must(state.now === at, 'no step is earlier than the one before');
    // Of the table that is asked at a gate, by what was known when it was.
    const ofStep = before
      ? causesOfStep(
          { account, overrides: this.#overrides, decisions: this.#decisions },
          { event, before, step },
        )
      : [];
    this.#isAnswered(event, before, { at, step });
    this.#effectsAreNew(step);
    this.#hasHeard = answer.outcome === 'accepted' && event.type !== 'wake';
    const heard =
      answer.outcome === 'accepted'
        ? this.#hearing.take(event, { before, state, at, journal })
        : NOTHING_HEARD;
    if (this.#hasHeard) account.forget();
    const wasOver = account.isOver;
    const hasLeft = this.#walk([...heard.causes, ...ofStep], heard, { before, step, at });
    lookAtDeviations(heard, step, this.#saw);
    this.#nothingIsLost(state);
    this.#overrides.look(state, at, this.#saw);
    this.#holds.look(state, at, hasLeft || account.isOver, this.#saw);
    this.#statusIs(state);
    this.#alerts.look({ state, journal }, at, !wasOver && !isCourseEnded(event, heard), this.#saw);
    const around = { bookings: this.#bookings, saw: this.#saw };
    lookAtTasks(account, state, around);
    this.#bookings.look(state, at, this.#saw);
    this.#decisions.look(state, at, this.#saw);
    lookAtExit(account, state, this.#saw);
    this.#clocks.look(state, event, this.#saw);
    lookAtConflicts(account, state, at, heard.touched);
    const isRefused =
      event.type === 'startProcedure' && answer.outcome === 'refused' && answer.code === 'CC3001';
    lookAtGateWork(account, state, { now: at, isRefused });
    lookAtLateness(account, state, around);
    lookAtDebts(account, state, this.#gates);
    const watching = { account, overrides: this.#overrides, alerts: this.#alerts };
    lookAtWake(watching, state, this.#isTurn(ASLEEP));
    if (before && event.type === 'wake') lookAtWakeStep(before, event.data.generation, step);
  }

  /** Runs the actions that a step set off, and follows the chart. @returns whether it left what rules bear on */
  #walk(
    causes: readonly Cause[],
    { licences }: Heard,
    {
      before,
      step,
      at,
    }: { readonly before: PlanState | undefined; readonly step: Step; readonly at: string },
  ): boolean {
    const { state, journal } = step;
    const hops = hopsIn(journal);
    const isClosed = before?.leave !== undefined && before.leave.closesAt <= state.now;
    if (isClosed && this.#account.course.leave && ENDS_OF_EXITS.includes(state.chart))
      this.#saw('exit closed');
    const led = before
      ? runCauses(
          {
            account: this.#account,
            actions: this.#actions,
            bookings: this.#bookings,
            decisions: this.#decisions,
          },
          causes,
          { before, state, hops },
          this.#saw,
        )
      : [];
    return this.#moves.follow(hops, [...licences, ...led], { state, at });
  }

  /** Facts are always taken, requests when nothing is against them; and what is not taken changes nothing. */
  #isAnswered(
    event: PlanEvent,
    before: PlanState | undefined,
    { at, step: { state, answer, journal } }: { readonly at: string; readonly step: Step },
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
    const gate = gateOf(event);
    if (gate && outcome === 'accepted') this.#gateOpens(gate, at, journal);
    const expected = this.#border.expects(event, before, at);
    const stage = this.#account.terms.stage(gate?.stage ?? '');
    const why =
      stage && gate && outcome !== 'rejected'
        ? JSON.stringify(this.#gates.opinion(stage, at, gate.of).against)
        : JSON.stringify(answer);
    if (!(gate && outcome === 'accepted') && expected !== 'either')
      must(outcome === expected, () => `${event.type} is to be ${expected}, and was ${outcome}: ${why}`);
    if (stage && gate && outcome === 'refused' && answer.code === 'CC3001') {
      for (const { invariant } of answer.reasons) this.#saw(`gate of ${gate.of} refused for ${invariant}`);
      const { until } = state.delays[stage.stage] ?? {};
      const toldNow = until === before.delays[stage.stage]?.until ? undefined : until;
      this.#gates.refuse({ stage, of: gate.of, toldNow }, at, answer.reasons);
    }
  }

  #gateOpens(
    { stage: name, of }: { readonly stage: string; readonly of: 'prep' | 'procedure' },
    at: string,
    journal: readonly JournalEntry[],
  ): void {
    const { terms, chart } = this.#account;
    const stage = terms.stage(name);
    if (!stage) throw new Breach(`there is no stage ${name}`);
    const before = stage.prep && of === 'procedure' ? 'prep' : 'ready';
    must(chart === `${name}.${before}`, 'a gate opens only where the plan stands');
    must(of === 'procedure' || stage.prep !== undefined, 'a stage without prep has no gate of it');
    must(
      of === 'prep' || this.#account.sessionsOf(name) < numberOf(stage) || numberOf(stage) === 1,
      () => `a gate opened for more than ${numberOf(stage)} sessions`,
    );
    const entry = journal.find(({ kind }) => kind === 'gate.opened');
    must(entry?.details.stage === name, 'a gate opens only when it is asked to');
    this.#gates.open({ stage, of }, at, journal, this.#saw);
    this.#saw(`gate of ${of} opened`);
    if (signerOn(stage, this.#account.dayOf(at), this.#account.knowledge(at)) === 'guardian')
      this.#saw('gate opened on the consent of a guardian');
  }

  #effectsAreNew({ effects, state }: Step): void {
    const { roles } = this.#account.terms.compiled.clinic;
    for (const effect of effects) {
      must(!this.#effects.has(effect.id), 'S7: an effect is asked for once');
      must(effect.kind !== 'tell' || roles.includes(effect.role), 'somebody of the clinic is told');
      this.#effects.add(effect.id);
    }
    must(effects.length <= 201 && state.planId !== '', 'a step is of bounded size');
  }

  /** S7: what is the same object still is the same. */
  #nothingIsLost(state: PlanState): void {
    const { observations, consents, performed, past, historyKnownAt, gates } = state;
    const all = [observations, consents, performed, past, historyKnownAt, gates.length];
    const isSame = all.every((one, index) => one === this.#kept[index]) && !this.#hasHeard;
    this.#kept = all;
    if (!isSame) everythingIsKept(this.#account, state, this.#gates.opened.length);
  }

  #kept: readonly unknown[] = [];
  #hasHeard = true;

  #statusIs({ chart, status, tasks, questions, now, leave }: PlanState): void {
    const isWatched = this.#alerts.isWatching(now);
    const isOwed =
      isWatched ||
      Object.values(tasks).some((one) => one.status === 'requested') ||
      Object.values(questions).some(({ answer }) => answer === undefined);
    const held = this.#holds.held.size;
    const ended =
      { completed: 'completed', referred: 'completed', cancelled: 'revoked', declined: 'revoked' }[chart] ??
      chart;
    const isOver = this.#account.isOver && !isOwed;
    const expected = isOver ? ended : held > 0 || leave ? 'on-hold' : 'active';
    must(status === expected, () => `a plan in ${chart} with ${held} holds is ${status}`);
  }
}

const ENDS_OF_EXITS = ['referred', 'cancelled'];

/** The event itself ended the course: what it says is judged as after it. */
const isCourseEnded = ({ type }: PlanEvent, { licences }: Heard): boolean =>
  (type === 'cancelPlan' || type === 'leaveCourse') &&
  licences.some(({ to }) => to === 'cancelled' || to === 'declined');

const gateOf = (
  event: PlanEvent,
): { readonly stage: string; readonly of: 'prep' | 'procedure' } | undefined => {
  if (event.type === 'startPrep') return { stage: event.data.stage, of: 'prep' };
  return event.type === 'startProcedure' ? { stage: event.data.stage, of: 'procedure' } : undefined;
};

const copyOf = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFrozen(member);
  }
  return value;
}
