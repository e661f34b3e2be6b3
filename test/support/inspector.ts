import { z } from 'zod';
import type { PlanEvent } from '../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import type { Pathway } from '../../src/core/pathway/pathway.ts';
import { Answer, Effect, JournalEntry } from '../../src/core/plan/outcome.schema.ts';
import { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import type { Step } from '../../src/core/plan/step.ts';
import {
  beginningOf,
  dayOn,
  daysLater,
  edgesOf,
  leavesOf,
  type Opinion,
  opinionOnRule,
  rulesOf,
  type Stated,
  shifted,
} from './oracle.ts';
import type { Stepper } from './simulation.ts';

const StepShape = z.strictObject({
  state: PlanState,
  answer: Answer,
  journal: z.array(JournalEntry),
  effects: z.array(Effect),
});

interface Consent {
  readonly form: string;
  readonly by: string;
  readonly signedOn: string;
  isWithdrawn: boolean;
}

interface Taken {
  readonly breach: string | undefined;
  readonly state: PlanState | undefined;
  readonly saw: readonly string[];
}

/** Something that must never be. */
class Breach extends Error {}

const must = (holds: boolean, promise: string): void => {
  if (!holds) throw new Breach(promise);
};

/**
 * Watches a plan step by step and keeps its own account of what was stated, from which it says again whether a gate
 * may open (S1, S2), what is held, what is owed (S6), and what was kept (S7). It reads the plan's state to judge it,
 * and never to judge by it.
 */
export class Inspector {
  gatesOpened = 0;
  readonly #compiled: CompiledPathway;
  readonly #step: Stepper;
  readonly #stated: Stated[] = [];
  readonly #consents: Consent[] = [];
  readonly #withdrawals: { form: string; at: string }[] = [];
  readonly #performed: string[] = [];
  readonly #raised = new Map<string, number>();
  #held = new Set<string>();
  readonly #answered = new Map<string, Map<string, Opinion>>();
  #taken = 0;
  readonly #phase: number;
  #open: { stage: string; on: string } | undefined;
  #effects = new Set<string>();

  constructor(compiled: CompiledPathway, step: Stepper, seed: number) {
    this.#phase = seed % 8;
    this.#compiled = compiled;
    this.#step = step;
  }

  take(pathway: Pathway, state: PlanState | undefined, event: PlanEvent, now: string): Taken {
    const saw: string[] = [];
    try {
      const taken = this.#twice(pathway, state, event, now);
      this.#look(state, event, now, taken, saw);
      return { breach: undefined, state: taken.state, saw };
    } catch (error) {
      if (error instanceof Breach) return { breach: error.message, state: undefined, saw };
      return { breach: `threw ${error}`, state: undefined, saw };
    }
  }

  /** One step in eight, another one in each sequence. */
  #isLookedAtClosely(): boolean {
    this.#taken += 1;
    return this.#taken % 8 === this.#phase;
  }

  /** Once with inputs that cannot be changed, once with copies that went through JSON: the same, byte for byte. */
  #twice(pathway: Pathway, state: PlanState | undefined, event: PlanEvent, now: string): Step {
    const frozen = this.#step(pathway, deepFrozen(state), deepFrozen(event), now);
    if (!this.#isLookedAtClosely()) return frozen;
    const copied = this.#step(pathway, copyOf(state), copyOf(event), now);
    must(JSON.stringify(frozen) === JSON.stringify(copied), 'pure: the same inputs give the same step');
    const read = StepShape.safeParse(copyOf(frozen));
    must(read.success, `schema: ${read.error?.message}`);
    must(JSON.stringify(copyOf(frozen)) === JSON.stringify(frozen), 'schema: a step survives JSON');
    return frozen;
  }

  #look(before: PlanState | undefined, event: PlanEvent, now: string, step: Step, saw: string[]): void {
    const { state, answer, journal } = step;
    const at = before && before.now > now ? before.now : now;
    must(state.sequence === (before?.sequence ?? 0) + 1, 'S7: a step is one step');
    must(state.now === at, 'no step is earlier than the one before');
    saw.push(`${event.type} ${answer.outcome}`, ...journal.map(({ kind }) => kind));
    this.#effectsAreNew(step);
    if (answer.outcome === 'accepted') this.#note(event, at, state, journal);
    else must(before === undefined || state.chart === before.chart, 'what is not accepted moves nothing');
    this.#nothingIsLost(state);
    this.#gates(event, at, journal);
    this.#holds(state);
    this.#debts(state);
    this.#wakes(state);
    if (before && event.type === 'wake') this.#wakesAreTame(before, event.data.generation, step);
  }

  #effectsAreNew({ effects, state }: Step): void {
    for (const { id, role } of effects) {
      must(!this.#effects.has(id), 'S7: an effect is asked for once');
      must(this.#compiled.clinic.roles.includes(role), 'somebody of the clinic is told');
      this.#effects.add(id);
    }
    must(effects.length <= 200 && state.planId !== '', 'a step is of bounded size');
  }

  #note(event: PlanEvent, now: string, state: PlanState, journal: readonly JournalEntry[]): void {
    const zone = this.#compiled.clinic.timeZone;
    if (event.type === 'observation.recorded') {
      for (const { fact, value, unit, observedAt } of event.data.observations)
        this.#stated.push({
          fact,
          value,
          unit,
          source: this.#sourceOf(event),
          observedAt: observedAt ?? event.time ?? now,
        });
    } else if (event.type === 'consent.recorded') {
      const { form, by, signedOn } = event.data;
      const isWithdrawn = this.#withdrawals.some(
        (one) => one.form === form && (signedOn < dayOn(one.at, zone) || (event.time ?? '9999') < one.at),
      );
      this.#consents.push({ form, by, signedOn, isWithdrawn });
    } else if (event.type === 'consent.withdrawn') {
      const at = event.time !== undefined && event.time < now ? event.time : now;
      this.#withdrawals.push({ form: event.data.form, at });
      for (const one of this.#consents)
        if (one.form === event.data.form && one.signedOn <= dayOn(at, zone)) one.isWithdrawn = true;
    } else if (event.type === 'procedure.performed') {
      this.#report(event.data.stage, event.data.performedOn, journal);
    } else if (event.type === 'task.completed') {
      must(state.tasks[event.data.task]?.status !== 'requested', 'a task that is done is done');
    }
  }

  #report(stage: string, performedOn: string, journal: readonly JournalEntry[]): void {
    const isExpected = this.#open?.stage === stage && this.#open.on <= performedOn;
    const isRaised = journal.some(({ kind }) => kind === 'deviation.raised');
    must(
      isRaised === !isExpected,
      `a report ${isExpected ? 'through' : 'without'} an open gate, deviation ${isRaised}`,
    );
    this.#performed.push(`${stage} ${performedOn} ${!isExpected}`);
    this.#open = undefined;
  }

  #sourceOf({ actor, source }: PlanEvent): string {
    if (actor.roles.includes('service'))
      return this.#compiled.clinic.sources.find((one) => one.source === source)?.is ?? 'record';
    return actor.roles.includes('patient') ? 'patient' : 'clinician';
  }

  /** S7: every accepted fact is kept, in order, and nothing else. */
  #nothingIsLost(state: PlanState): void {
    const kept = Object.entries(state.observations).flatMap(([fact, all]) =>
      all.map(({ value, unit, source, observedAt }) => ({ fact, value, unit, source, observedAt })),
    );
    const order = (list: readonly Stated[]) =>
      list.map((one) => JSON.stringify([one.fact, one.value, one.unit, one.source, one.observedAt])).sort();
    must(same(order(kept), order(this.#stated)), 'S7: every accepted observation is kept once');
    const consents = (list: readonly { form: string; by: string; signedOn: string }[]) =>
      list.map(({ form, by, signedOn }) => `${form} ${by} ${signedOn}`);
    must(same(consents(state.consents), consents(this.#consents)), 'S7: every consent is kept once');
    must(
      same(
        state.performed.map((one) => `${one.stage} ${one.performedOn} ${one.deviation}`),
        this.#performed,
      ),
      'S7: every report is kept once',
    );
  }

  #opinions(stageName: string, now: string): Map<string, Opinion> {
    const question = `${stageName} ${now} ${this.#stated.length}`;
    const known = this.#answered.get(question);
    if (known) return known;
    const stage = this.#compiled.stages.find((one) => one.stage === stageName);
    const opinions = new Map(
      (stage ? rulesOf(this.#compiled, stage) : []).map((rule): [string, Opinion] => [
        `${stageName}/${rule.rule}`,
        opinionOnRule(this.#compiled, rule, this.#stated, now),
      ]),
    );
    this.#answered.set(question, opinions);
    return opinions;
  }

  #consentStands(stageName: string, now: string): boolean {
    const stage = this.#compiled.stages.find((one) => one.stage === stageName);
    const today = dayOn(now, this.#compiled.clinic.timeZone);
    return this.#consents.some(
      ({ form, by, signedOn, isWithdrawn }) =>
        stage !== undefined &&
        form === stage.consent.form &&
        by === stage.consent.by &&
        !isWithdrawn &&
        today <= daysLater(signedOn, stage.consent.lasts),
    );
  }

  /** S1 and S2, at the moment that a gate opened; and that it opens when nothing is against it. */
  #gates(event: PlanEvent, now: string, journal: readonly JournalEntry[]): void {
    const opened = journal.find(({ kind }) => kind === 'gate.opened');
    const asked = event.type === 'startProcedure' ? event.data.stage : undefined;
    must(opened === undefined || asked === opened.details.stage, 'a gate opens only when it is asked to');
    if (asked === undefined) return;
    const isConsented = this.#consentStands(asked, now);
    const against = [...this.#opinions(asked, now)].filter(([, opinion]) => opinion !== 'unmet');
    if (opened) {
      this.gatesOpened += 1;
      must(isConsented, 'S1: a gate opened without consent');
      must(
        against.length === 0,
        `S2: a gate opened against ${against.map(([id, opinion]) => `${id} (${opinion})`)}`,
      );
      this.#open = { stage: asked, on: dayOn(now, this.#compiled.clinic.timeZone) };
    } else {
      const refused = journal.find(({ kind }) => kind === 'request.refused');
      if (refused?.details.code === 'CC3001')
        must(!isConsented || against.length > 0, 'a gate stayed closed without a reason');
    }
  }

  #holds({ chart, holds, holdGenerations, status, now, tasks }: PlanState): void {
    const [stage = '', phase] = chart.split('.');
    const held = new Set(Object.keys(holds));
    const isAtStage = phase === 'ready' || phase === 'procedure';
    const isBefore = chart === 'consultation' || chart === 'assessment';
    const scope = isBefore ? (this.#compiled.stages[0]?.stage ?? '') : isAtStage ? stage : '';
    const opinions = this.#opinions(scope, now);
    for (const [id, opinion] of opinions) {
      const mustHold = opinion === 'met' || (opinion === 'unknown' && (isAtStage || this.#held.has(id)));
      must(
        held.has(id) === mustHold,
        `S2: ${id} is ${opinion}, and ${held.has(id) ? 'held' : 'not held'} in ${chart}`,
      );
      if (mustHold) must(holds[id]?.finding.result === opinion, 'a hold says what its rule says');
    }
    for (const id of held) must(opinions.has(id), `${id} is held in ${chart}, where no rule bears on it`);
    for (const id of held) if (!this.#held.has(id)) this.#raised.set(id, (this.#raised.get(id) ?? 0) + 1);
    for (const id of held) {
      must(holds[id]?.generation === this.#raised.get(id), 'a hold that re-arms is a new one');
      must(holdGenerations[id] === this.#raised.get(id), 'generations are counted');
    }
    this.#held = held;
    const isEnded = chart === 'completed' || chart === 'cancelled';
    const isOwed = Object.entries(tasks).some(([, one]) => one.status === 'requested');
    const expected =
      isEnded && !isOwed
        ? { completed: 'completed', cancelled: 'revoked' }[chart]
        : held.size > 0
          ? 'on-hold'
          : 'active';
    must(status === expected, `a plan in ${chart} with ${held.size} holds is ${status}`);
    if (phase !== 'procedure') this.#open = undefined;
  }

  /** S6: somebody owes, by when, and who hears next. */
  #debts({ chart, waits, tasks, holds, now, escalation }: PlanState): void {
    const all = Object.entries(waits);
    const isEnded = chart === 'completed' || chart === 'cancelled';
    must(isEnded || all.length > 0, 'S6: a plan that goes on waits for somebody');
    must(
      !isEnded || all.every(([id]) => id.startsWith('task/plan/')),
      'S6: after its course a plan owes only what belongs to no phase',
    );
    const [stage, phase] = chart.split('.');
    const owed = [
      ...Object.entries(tasks).flatMap(([id, { status }]) => (status === 'requested' ? [`task/${id}`] : [])),
      ...Object.keys(holds).map((id) => `hold/${id}`),
      ...(phase === 'ready' ? [`start/${stage}`] : phase === 'procedure' ? [`report/${stage}`] : []),
    ];
    must(
      same(Object.keys(waits).sort(), owed.sort()),
      'S6: there is a wait for each debt, and for nothing else',
    );
    let level = 0;
    for (const [id, wait] of all) {
      const ladder = this.#compiled.clinic.ladders.find((one) => one.ladder === wait.ladder);
      must(this.#compiled.clinic.roles.includes(wait.owner), `S6: ${id} has an owner`);
      must(wait.nextAt > now, `S6: ${id} has its next rung ahead`);
      const late = wait.dueAt > now ? wait.dueAt : now;
      must(wait.nextAt <= shifted(late, 40 * 86_400_000), `S6: ${id} is not forgotten for ever`);
      for (const passed of ladder?.rungs.slice(0, wait.rung) ?? []) level = Math.max(level, passed.raise);
    }
    must(escalation === level, 'the plan stands on the highest rung that was passed');
  }

  /** The timer waits for the earliest of everything that time alone changes, and for nothing that changes nothing. */
  #wakes({ chart, wake, waits, now }: PlanState): void {
    if (chart === 'completed' || chart === 'cancelled') {
      const rungsLeft = Object.values(waits).map(({ nextAt }) => nextAt);
      must(
        wake.at === (rungsLeft.sort()[0] ?? null),
        'after its course a plan wakes for what is owed, or sleeps',
      );
      return;
    }
    const at = wake.at ?? '';
    must(at > now, 'a plan wakes in the future');
    const rungs = Object.values(waits).map(({ nextAt }) => nextAt);
    must(
      rungs.every((one) => one >= at),
      'a plan wakes by its next rung',
    );
    const [outer = '', phase] = chart.split('.');
    const scope = phase === undefined ? (this.#compiled.stages[0]?.stage ?? '') : outer;
    if (phase === undefined || phase === 'ready' || phase === 'procedure') {
      const asleep = shifted(at, -1);
      const [first, last] = [this.#opinions(scope, now), this.#opinions(scope, asleep)];
      for (const [id, opinion] of first) must(last.get(id) === opinion, `a plan wakes before ${id} changes`);
      if (phase !== undefined)
        must(
          this.#consentStands(scope, now) === this.#consentStands(scope, asleep),
          'a plan wakes before its consent ends',
        );
    }
    const leaves = this.#compiled.contraindications.flatMap(({ when }) => leavesOf(when));
    const isReason =
      rungs.includes(at) ||
      leaves.some((leaf) => edgesOf(this.#compiled, leaf, this.#stated).includes(at)) ||
      this.#consentEnds().includes(at);
    must(isReason, `a plan wakes for a reason, and not at ${at}`);
  }

  #consentEnds(): string[] {
    const zone = this.#compiled.clinic.timeZone;
    return this.#compiled.stages.flatMap(({ consent }) =>
      this.#consents
        .filter(({ form }) => form === consent.form)
        .map(({ signedOn }) =>
          beginningOf(daysLater(daysLater(signedOn, consent.lasts), { count: 1, unit: 'day' }), zone),
        ),
    );
  }

  /** A stale wake changes nothing, and a wake before its time nothing but the generation. */
  #wakesAreTame(before: PlanState, generation: number, { state, journal, effects }: Step): void {
    const isCurrent = generation === before.wake.generation;
    must(
      state.wake.generation === before.wake.generation + (isCurrent ? 1 : 0),
      'a wake raises its own generation',
    );
    if (before.wake.at !== null && before.wake.at <= state.now) return;
    const { sequence: _number, now: _now, wake: _wake, ...rest } = state;
    const { sequence: _otherNumber, now: _otherNow, wake: _otherWake, ...otherRest } = before;
    must(JSON.stringify(rest) === JSON.stringify(otherRest), 'a wake before its time changes nothing');
    must(state.wake.at === before.wake.at, 'a wake before its time leaves the timer where it is');
    must(journal.length === 0 && effects.length === 0, 'a wake before its time says nothing');
  }
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, index) => text === other[index]);

const copyOf = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFrozen(member);
  }
  return value;
}
