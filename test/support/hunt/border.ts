import type { EventOf, FactValue, PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { FactKind } from '../../../src/core/pathway/facts.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { plainly } from '../plain.ts';
import { dayOn, daysLater, shifted } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import type { Bookings } from './bookings.ts';
import { clearingTask } from './clearance.ts';
import { type Decisions, rolesOf } from './decisions.ts';
import type { Gates } from './gates.ts';
import type { Parts } from './hearing.ts';
import type { Holds } from './holds.ts';
import type { Overrides } from './overrides.ts';
import { asked, isInOrder } from './revising.ts';
import { intervalsAt } from './spacing.ts';
import { scopeOf, signerOf, standingsOf } from './standing.ts';

/** `either`: the pathway leaves it open. */
export type Expected = 'accepted' | 'refused' | 'rejected' | 'either';

/** What an event ought to be answered: facts that are well formed are always taken; requests may be refused. */
export class Border {
  readonly #account: Account;
  readonly #holds: Holds;
  readonly #overrides: Overrides;
  readonly #gates: Gates;
  readonly #bookings: Bookings;
  readonly #decisions: Decisions;

  constructor({ account, holds, overrides, gates, bookings, decisions }: Parts) {
    this.#account = account;
    this.#holds = holds;
    this.#overrides = overrides;
    this.#gates = gates;
    this.#bookings = bookings;
    this.#decisions = decisions;
  }

  expects(event: PlanEvent, before: PlanState, now: string): Expected {
    const { sources } = this.#account.terms.compiled.clinic;
    if (this.#isAhead(event.time, now)) return 'rejected';
    if (sources.some(({ source }) => source === event.source) && event.actor.id !== event.source)
      return 'rejected';
    if (!this.#maySend(event, before)) return 'rejected';
    switch (event.type) {
      case 'startPlan':
        return 'rejected';
      case 'wake':
      case 'effect.failed':
      case 'message.refused':
        return 'accepted';
      case 'task.completed':
        return taken(Object.hasOwn(before.tasks, event.data.task) && this.#mayClear(event, before));
      case 'observation.recorded':
        return taken(
          event.data.observations.every(
            (sent) =>
              !this.#isAhead(sent.observedAt, now) && this.#isFact(sent, now) && this.#isFrom(sent, event),
          ),
        );
      case 'fact.corrected':
        return taken(
          this.#isFact(event.data, now) &&
            this.#isFrom(event.data, event) &&
            this.#account.meant(event.data).length > 0,
        );
      case 'fact.withdrawn':
        return taken(this.#isPlaced(event.data) && this.#account.meant(event.data).length > 0);
      case 'history.recorded':
        return taken(event.data.procedures.every((one) => this.#isPast(one, now)));
      case 'consent.recorded':
        return taken(this.#isConsent(event.data, now));
      case 'consent.withdrawn':
        return taken(this.#forms(event.data.form).length > 0);
      case 'procedure.performed':
        return taken(this.#isStage(event.data.stage) && this.#areDays(event.data, now));
      case 'procedure.notPerformed':
        return taken(this.#isStage(event.data.stage) && !this.#isToCome(event.data.on, now));
      case 'report.withdrawn':
        return taken(this.#isStage(event.data.stage) && !this.#isToCome(event.data.performedOn, now));
      case 'appointment.cancelled':
        return taken(this.#isStage(event.data.stage));
      case 'appointment.missed':
        return taken(
          this.#isStage(event.data.stage) &&
            this.#isBookable(event.data.on, before, now) &&
            !this.#isToCome(event.data.on, now),
        );
      case 'appointment.booked':
        return taken(this.#isStage(event.data.stage) && this.#isBookable(event.data.on, before, now));
      default:
        return this.#expectsRequest(event, before, now);
    }
  }

  /** Nobody is cleared for anaesthesia by themselves, nor by somebody of another role than the task's. */
  #mayClear({ actor, data }: PlanEvent & EventOf<'task.completed'>, { patient }: PlanState): boolean {
    const task = clearingTask(this.#account.terms, data.task);
    return !task || (actor.id !== patient && actor.roles.includes(task.role));
  }

  /** Staff state what they know; a service what it is registered for; a patient what is theirs to state. */
  #maySend(event: PlanEvent, before: PlanState): boolean {
    const { actor, type, source } = event;
    if (type === 'wake' || type === 'effect.failed' || type === 'message.refused' || isStaff(event))
      return true;
    const isOwn =
      (type !== 'fact.corrected' && type !== 'fact.withdrawn') ||
      this.#account.meant(event.data).every((one) => one.actor === actor.id);
    if (actor.roles.includes('service')) {
      const { sources } = this.#account.terms.compiled.clinic;
      const known = sources.find((one) => one.source === actor.id);
      return isOwn && source === actor.id && known?.states.includes(type) === true;
    }
    if (actor.roles.every((role) => role === 'patient') && actor.id !== before.patient) return false;
    switch (type) {
      case 'task.completed': {
        const task = Object.hasOwn(before.tasks, event.data.task) ? before.tasks[event.data.task] : undefined;
        return task === undefined || actor.roles.includes(task.role);
      }
      case 'consent.recorded':
        return actor.roles.includes(event.data.by);
      case 'history.recorded':
        return !event.data.isComplete;
      case 'procedure.performed':
      case 'procedure.notPerformed':
      case 'report.withdrawn':
      case 'appointment.booked':
      case 'appointment.missed':
        return false;
      default:
        return isOwn;
    }
  }

  #expectsRequest(event: PlanEvent, before: PlanState, now: string): Expected {
    if (!isStaff(event)) return 'rejected';
    const isForOneself = event.actor.id === before.patient;
    if (isForOneself && SIGNED.includes(event.type)) return 'rejected';
    switch (event.type) {
      case 'cancelPlan':
        return granted(!this.#account.isOver);
      case 'startPrep':
        return this.#expectsStart(event.data.stage, 'prep', now);
      case 'startProcedure':
        return this.#expectsStart(event.data.stage, 'procedure', now);
      case 'bookAppointment': {
        const stage = this.#account.terms.stage(event.data.stage);
        if (!stage || !this.#isBookable(event.data.on, before, now)) return 'rejected';
        return this.#bookings.expects(stage, event.data.on, now);
      }
      case 'leaveCourse':
        if (this.#account.isOver) return 'refused';
        // From one exit to another, or for good: that a plan is off its course already need not matter.
        return this.#account.course.leave ? 'either' : 'accepted';
      case 'returnToCourse':
        return granted(this.#account.course.leave !== undefined);
      case 'releaseHold':
        return this.#expectsRelease(event, now);
      case 'grantOverride':
        return this.#expectsGrant(event, now);
      case 'countersignOverride':
        if (!this.#overrides.has(event.data.override)) return 'rejected';
        return granted(this.#overrides.countersignRefusal(event.data.override, event) === undefined);
      case 'revokeOverride':
        if (!this.#overrides.has(event.data.override)) return 'rejected';
        return granted(this.#overrides.isLive(event.data.override));
      case 'decide':
        return this.#expectsDecision(event, before, now);
      case 'revisePlan':
        return this.#expectsRevision(event);
      default:
        throw new Error(`nobody requests ${event.type}`);
    }
  }

  /**
   * By the lead, or by whoever decides in the pathway, and otherwise than it is; longer than the pathway has it, and not
   * behind an open gate.
   */
  #expectsRevision(event: PlanEvent & EventOf<'revisePlan'>): Expected {
    const { terms, isOver } = this.#account;
    const of = asked(terms, event);
    const deciders = terms.compiled.decisions.flatMap(({ by }) => by.roles);
    const mayRevise = event.actor.roles.some((role) => role === 'clinical-lead' || deciders.includes(role));
    if (!of || !mayRevise) return 'rejected';
    const known = terms.compiled.intervals.find(({ rule }) => rule === of.rule);
    if (known && plainly(known).minimum.count === of.minimum.count) return 'rejected';
    const open = terms.compiled.stages.filter(({ stage }) => this.#gates.isOpen(stage) !== undefined);
    const bearsOn = open.some((stage) => intervalsAt(terms, stage).some(({ rule }) => rule === of.rule));
    const inOrder = isInOrder(of.written, of.minimum);
    if (isOver || bearsOn) return 'refused';
    return inOrder === 'unsure' ? 'either' : granted(inOrder);
  }

  #expectsStart(name: string, of: 'prep' | 'procedure', now: string): Expected {
    const stage = this.#account.terms.stage(name);
    if (!stage) return 'rejected';
    const { chart } = this.#account;
    const before = stage.prep && of === 'procedure' ? 'prep' : 'ready';
    if ((of === 'prep' && !stage.prep) || chart !== `${name}.${before}`) return 'refused';
    const { against, unsure } = this.#gates.opinion(stage, now, of);
    if (against.length > 0) return 'refused';
    return unsure.length > 0 ? 'either' : 'accepted';
  }

  /** Whoever is asked answers with what there is; a decision once its facts are known. */
  #expectsDecision(event: PlanEvent & EventOf<'decide'>, { questions }: PlanState, now: string): Expected {
    const { question: id, outcome } = event.data;
    const question = Object.hasOwn(questions, id) ? questions[id] : undefined;
    if (!question?.outcomes.includes(outcome)) return 'rejected';
    const decision = this.#account.terms.decision(question.decision ?? '');
    const isAsked = rolesOf(event, question).length > 0;
    // What is answered already nobody is asked any more, whoever they are.
    if (!isAsked) return question.answer === undefined ? 'rejected' : 'either';
    if (question.answer !== undefined) return 'refused';
    return granted(!decision || this.#decisions.isReady(decision, now));
  }

  /** Not before the plan began, and not beyond five years. */
  #isBookable(on: string, { startedAt }: PlanState, now: string): boolean {
    const { zone } = this.#account.terms;
    const last = daysLater(dayOn(now, zone), { count: 5, unit: 'year' });
    return on >= dayOn(startedAt, zone) && on <= last;
  }

  /** Signed is what once was met: not while nobody knows, and not an absolute one that is met. */
  #expectsRelease({ data, actor }: PlanEvent & EventOf<'releaseHold'>, now: string): Expected {
    if (!this.#holds.held.has(data.hold)) return 'rejected';
    const { stage } = scopeOf(this.#account);
    const standing =
      stage && standingsOf(stage, this.#account.knowledge(now)).find(({ id }) => id === data.hold);
    const signer = standing && signerOf(standing.holder);
    if (!standing || signer === undefined) return 'refused';
    if (!actor.roles.includes(signer)) return 'rejected';
    const { holder, result } = standing;
    const isAbsolute = holder.kind === 'contraindication' && holder.rule.strength === 'absolute';
    return granted(result === 'unmet' || (result === 'met' && !isAbsolute));
  }

  #expectsGrant({ data, actor }: PlanEvent & EventOf<'grantOverride'>, now: string): Expected {
    const { compiled } = this.#account.terms;
    if (!this.#isStage(data.stage)) return 'rejected';
    const isTable = compiled.stages.some(({ table }) => table?.table === data.rule);
    const others = [...compiled.contraindications, ...compiled.eligibility, ...compiled.intervals];
    if (!isTable && !others.some(({ rule }) => rule === data.rule)) return 'rejected';
    const terms = this.#overrides.termsOf(data.rule);
    if (!terms) return 'refused';
    const isSound =
      terms.reasons.includes(data.reason) &&
      isTable === (data.answer !== undefined) &&
      !(isTable && data.area !== undefined) &&
      terms.by.some((role) => actor.roles.includes(role));
    if (!isSound) return 'rejected';
    return granted(!this.#account.isOver && this.#overrides.refusalOf(data, now) === undefined);
  }

  #isAhead = (time: string | undefined, now: string): boolean =>
    time !== undefined && time > shifted(now, 300_000);

  #isStage = (name: string): boolean => this.#account.terms.stage(name) !== undefined;

  #forms = (name: string) =>
    this.#account.terms.compiled.stages.filter(({ consent }) => consent?.form === name);

  #isConsent({ form, by, signedOn }: EventOf<'consent.recorded'>['data'], now: string): boolean {
    const signers = this.#forms(form).flatMap(({ consent }) => [
      consent?.by,
      ...(consent?.orGuardianBelow ? ['guardian'] : []),
    ]);
    return signers.includes(by) && !this.#isToCome(signedOn, now);
  }

  #isToCome = (day: string, now: string): boolean => day > dayOn(now, this.#account.terms.zone);

  #areDays(
    { performedOn, endedOn }: { performedOn: string; endedOn?: string | undefined },
    now: string,
  ): boolean {
    const days = endedOn === undefined ? [performedOn] : [performedOn, endedOn];
    return days.every((day) => !this.#isToCome(day, now)) && days.toSorted()[0] === performedOn;
  }

  #isPast(one: EventOf<'history.recorded'>['data']['procedures'][number], now: string): boolean {
    const { terms } = this.#account;
    const isKnown = Object.hasOwn(terms.compiled.procedures, one.procedure);
    const isPlaced = one.area === undefined || terms.sites.includes(one.area);
    return isKnown && isPlaced && this.#areDays(one, now);
  }

  #isPlaced({ fact, area }: { fact: string; area?: string | undefined }): boolean {
    const { terms } = this.#account;
    const definition = terms.fact(fact);
    if (!definition) return false;
    return definition.byArea ? area !== undefined && terms.sites.includes(area) : area === undefined;
  }

  /** Staff may pass on what somebody said who is believed; nobody else speaks for another. */
  #isFrom({ fact, from }: { fact: string; from?: string | undefined }, event: PlanEvent): boolean {
    return (
      from === undefined || (isStaff(event) && this.#account.terms.fact(fact)?.from.includes(from) === true)
    );
  }

  #isFact(
    sent: { fact: string; area?: string | undefined; value: FactValue; unit?: string | undefined },
    now: string,
  ): boolean {
    const definition = this.#account.terms.fact(sent.fact);
    return (
      definition !== undefined &&
      this.#isPlaced(sent) &&
      isOfKind(sent, definition.is, (day) => this.#isToCome(day, now))
    );
  }
}

const isStaff = ({ actor }: PlanEvent): boolean =>
  actor.roles.some((role) => !['patient', 'guardian', 'service'].includes(role));

/** What nobody signs or decides for themselves. */
const SIGNED: readonly string[] = [
  'releaseHold',
  'grantOverride',
  'countersignOverride',
  'revokeOverride',
  'decide',
  'revisePlan',
];

const taken = (isSound: boolean): Expected => (isSound ? 'accepted' : 'rejected');
const granted = (isRight: boolean): Expected => (isRight ? 'accepted' : 'refused');

function isOfKind(
  { value, unit }: { value: FactValue; unit?: string | undefined },
  is: FactKind,
  isToCome: (day: string) => boolean,
): boolean {
  if (unit !== (is.kind === 'number' ? is.unit : undefined)) return false;
  switch (is.kind) {
    case 'number':
      return typeof value === 'number' && value >= is.from && value <= is.to;
    case 'grade':
      return typeof value === 'number' && value % 1 === 0 && value >= is.from && value <= is.to;
    case 'code':
      return is.codes.some((code) => code === value);
    case 'yes or no':
      return typeof value === 'boolean';
    case 'findings':
      return Array.isArray(value) && value.every((word) => is.codes.includes(word));
    case 'list':
      return Array.isArray(value) && value.every((word) => is.words === undefined || is.words.includes(word));
    case 'date or never':
      return value === 'never' || isDay(value, isToCome);
    case 'date':
      return isDay(value, isToCome);
  }
}

/** A day that there is, and that has come. */
const isDay = (value: FactValue, isToCome: (day: string) => boolean): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().startsWith(value) &&
  !isToCome(value);
