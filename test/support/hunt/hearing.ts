import type { EventOf, PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { JournalEntry } from '../../../src/core/plan/outcome.schema.ts';
import type { PlanState, Task } from '../../../src/core/plan/plan-state.schema.ts';
import { numberOf } from '../plain.ts';
import { dayOn } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import type { Cause } from './actions.ts';
import type { Alerts } from './alerts.ts';
import type { Bookings } from './bookings.ts';
import { Breach, must } from './breach.ts';
import type { Work } from './course.ts';
import type { Decisions } from './decisions.ts';
import type { Gates } from './gates.ts';
import type { Holds } from './holds.ts';
import type { Licence } from './moves.ts';
import type { Overrides } from './overrides.ts';
import { judgedReport } from './reports.ts';
import { asked } from './revising.ts';
import { scopeOf, standingsOf } from './standing.ts';
import type { Terms } from './terms.ts';
import { undoing } from './undoing.ts';
import { verdictOn } from './verdicts.ts';

/** What an event ought to have set off. */
export interface Heard {
  /** Deviations. */
  readonly least: number;
  readonly most: number;
  readonly touched: readonly { readonly fact: string; readonly area?: string | undefined }[];
  /** Where the chart may or must go for it. */
  readonly licences: readonly Licence[];
  /** Actions that it sets off. */
  readonly causes: readonly Cause[];
}

export const NOTHING_HEARD: Heard = { least: 0, most: 0, touched: [], licences: [], causes: [] };

export interface Parts {
  readonly account: Account;
  readonly holds: Holds;
  readonly overrides: Overrides;
  readonly gates: Gates;
  readonly alerts: Alerts;
  readonly bookings: Bookings;
  readonly decisions: Decisions;
}

interface Step {
  readonly before: PlanState | undefined;
  readonly state: PlanState;
  readonly at: string;
  readonly journal: readonly JournalEntry[];
}

type Saw = (what: string) => void;

const due = (to: string): Licence => ({ to, isDue: true });
const maybe = (to: string): Licence => ({ to, isDue: false });

/** Takes an accepted event into the account, and says what it ought to have set off. */
export class Hearing {
  readonly #parts: Parts;
  readonly #account: Account;
  readonly #saw: Saw;

  constructor(parts: Parts, saw: Saw) {
    this.#parts = parts;
    this.#account = parts.account;
    this.#saw = saw;
  }

  take(event: PlanEvent, step: Step): Heard {
    const account = this.#account;
    const { gates } = this.#parts;
    const { at } = step;
    switch (event.type) {
      case 'startPlan':
        account.areas = sitesOf(account.terms, event.data.areas);
        return led(due('consultation'));
      case 'observation.recorded':
        account.observe(event, at);
        return { ...NOTHING_HEARD, touched: event.data.observations };
      case 'fact.corrected':
        return { ...NOTHING_HEARD, touched: [event.data], ...gates.inQuestion(account.correct(event)) };
      case 'fact.withdrawn': {
        const gone = account.withdrawFact(event.data);
        return { ...NOTHING_HEARD, touched: [event.data], ...gates.inQuestion(gone) };
      }
      case 'history.recorded':
        account.remember(event, at);
        return NOTHING_HEARD;
      case 'task.completed':
        return this.#finish(event, step);
      case 'consent.recorded':
        account.consents.sign(event);
        return NOTHING_HEARD;
      case 'consent.withdrawn':
        account.consents.withdraw(event, at);
        this.#isTold(event.data.form, step.state);
        return NOTHING_HEARD;
      case 'procedure.performed':
        return this.#report(event, step);
      case 'procedure.notPerformed':
        return this.#notPerformed(event.data, step);
      case 'report.withdrawn':
        return this.#unreport(event, step);
      default:
        return this.#takeRequest(event, step);
    }
  }

  #takeRequest(event: PlanEvent, step: Step): Heard {
    const { holds, overrides, bookings } = this.#parts;
    const { at, state } = step;
    const account = this.#account;
    switch (event.type) {
      case 'bookAppointment':
      case 'appointment.booked':
        if (![undefined, event.data.on].includes(bookings.bookedFor(event.data.stage)))
          this.#saw('booking moved to another day');
        bookings.book(event.data.stage, event.data.on);
        // What was answered of it at the same instant may be of this one.
        if (state.questions[`missed/${event.data.stage}/${event.data.on}`]?.answer?.at === at)
          bookings.adopt(event.data.stage, state, ['noshow']);
        return NOTHING_HEARD;
      case 'appointment.cancelled':
        bookings.becomes(event.data.stage, 'cancelled');
        return NOTHING_HEARD;
      case 'appointment.missed':
        return this.#missed(event.data.stage, event.data.on, step);
      case 'startPrep':
        return led(due(`${event.data.stage}.prep`));
      case 'startProcedure':
        return led(due(`${event.data.stage}.procedure`));
      case 'cancelPlan':
        return led(due('cancelled'));
      case 'leaveCourse':
        return led(due(event.data.exit));
      case 'returnToCourse':
        return this.#return();
      case 'releaseHold': {
        const { stage } = scopeOf(account);
        const found = stage ? standingsOf(stage, account.knowledge(at)) : [];
        for (const one of found) if (one.id === event.data.hold && stage) holds.release(one, stage.stage, at);
        return NOTHING_HEARD;
      }
      case 'grantOverride':
        overrides.grant(event, at, state);
        return NOTHING_HEARD;
      case 'countersignOverride':
        overrides.countersign(event.data.override, at);
        return NOTHING_HEARD;
      case 'revokeOverride':
        overrides.end(event.data.override, at);
        return NOTHING_HEARD;
      case 'decide':
        return this.#decide(event, step);
      case 'revisePlan':
        return this.#revise(event, step);
      default:
        return NOTHING_HEARD;
    }
  }

  /** Longer from now on; what was set aside for the plan as it was is so no more. */
  #revise(event: EventOf<'revisePlan'>, { at, before, state }: Step): Heard {
    const of = asked(this.#account.terms, event);
    if (of) this.#account.terms.lengthen(of.rule, of.minimum, at);
    this.#parts.overrides.endAll(at);
    must(state.revisions.length === (before?.revisions.length ?? 0) + 1, 'S7: a revision is kept');
    return NOTHING_HEARD;
  }

  /** Whoever is about to begin has to know that the consent is gone on which the gate opened. */
  #isTold(form: string, { tasks }: PlanState): void {
    const { phase, stage: name, terms, course } = this.#account;
    if (course.leave || phase !== 'procedure' || terms.stage(name ?? '')?.consent?.form !== form) return;
    must(
      tasks[`plan/withdrawn-${form}`]?.status === 'requested',
      'S6: somebody is told that consent is withdrawn',
    );
    this.#saw('consent withdrawn before the procedure');
  }

  /** What was done although what it needs was not so is a deviation; what is handed on is somebody else's now. */
  #finish({ data, time }: EventOf<'task.completed'>, { before, state, at, journal }: Step): Heard {
    const id = data.task;
    const account = this.#account;
    this.#parts.alerts.done(id);
    const task = before?.tasks[id];
    if (task?.status !== 'requested') return NOTHING_HEARD;
    const work = account.course.tasks.get(id);
    if (work && time !== undefined && time < at) {
      const isDone = journal.some(({ kind, details }) => kind === 'task.completed' && details.task === id);
      if (this.#isBygone(work, { time, task: task, isDone })) return NOTHING_HEARD;
    }
    if (id.endsWith('/history')) account.attest(time, at);
    if (!work) return NOTHING_HEARD;
    work.isOpen = false;
    work.isSure = true;
    const { definition, stage, round } = work;
    account.course.complete({
      id,
      task: definition.task,
      stage,
      round,
      session: stage === undefined ? 0 : account.sessionsOf(stage),
      at: time ?? at,
      step: account.steps,
    });
    if (definition.handsTo !== undefined) {
      const handed = Object.entries(state.tasks).find(
        ([other, { status }]) => status === 'requested' && other.endsWith(`${id}/hand-over`),
      );
      must(handed?.[1].role === definition.handsTo, () => `S6: nobody takes ${id} over`);
      this.#saw('task handed over');
    }
    if (!definition.needs) return NOTHING_HEARD;
    const of = account.terms.stage(stage ?? '');
    const isMet =
      verdictOn(definition.needs, of ? { stage: of } : {}, account.knowledge(at)).opinion === 'met';
    this.#saw(`task done ${isMet ? 'as' : 'against what'} it needs`);
    return isMet ? NOTHING_HEARD : { ...NOTHING_HEARD, least: 1, most: 1 };
  }

  /** Told late, it was done for the session or the round before, or is the one of its row before: it is owed still. */
  #isBygone(
    { id, stage, belongsTo }: Work,
    { time, task, isDone }: { time: string; task: Task; isDone: boolean },
  ): boolean {
    const { course, reports, terms, phase } = this.#account;
    const day = dayOn(time, terms.zone);
    const last = reports
      .flatMap((one) => (one.stage === stage ? [one.start] : []))
      .sort()
      .at(-1);
    const isBefore = ['ready', 'prep'].some((one) => belongsTo === `${stage}.${one}`);
    const began = stage === undefined ? undefined : course.began.get(stage)?.at(-1);
    const isRowBefore = (task.repeat ?? 0) > 1 && time < task.createdAt;
    const isAhead = this.#account.stage === stage && ['ready', 'prep', 'procedure'].includes(phase);
    // Behind the procedure, what is left of the work that led to it was for that one.
    const isLeftOver = isBefore && !isAhead;
    const isTurnBefore =
      !isLeftOver &&
      ((last !== undefined && day < last) || (isBefore && began !== undefined && time < began));
    // On the very day of the session it may be of that or of the next.
    const isEither = isLeftOver || (isBefore && day === last);
    const isBygone = isRowBefore || isTurnBefore || (isEither && !isDone);
    must(
      isBygone !== isDone,
      () => `${id}, done at ${time}, is ${isBygone ? 'of the time before' : 'of this time'}`,
    );
    this.#saw(`task done earlier${isBygone ? ', for the time before' : ''}`);
    return isBygone;
  }

  #report({ data }: EventOf<'procedure.performed'>, { state, at }: Step): Heard {
    const { gates, overrides } = this.#parts;
    const account = this.#account;
    const stage = stageOf(account, data.stage);
    if (account.isTold(data)) {
      this.#saw('report told again');
      return NOTHING_HEARD;
    }
    const judged = judgedReport(account, gates, stage, { data, at });
    const isBygone = account.course.isBygone(stage.stage, data.performedOn);
    const isLast = !isBygone && account.reports.every(({ start }) => start <= data.performedOn);
    const isPresent = judged.report.round === account.course.roundOf(stage.stage);
    // Between what must be and what may be one the core decides.
    const isDeviation =
      judged.mustDeviate || (judged.mayDeviate && state.performed.at(-1)?.deviation === true);
    const { counts } = judged.report;
    const stood = { chart: account.course.home, leave: account.course.leave };
    account.report({ ...judged.report, isDeviation });
    if (isPresent && account.course.isGivenAfterAll(stage.stage, data.performedOn))
      this.#saw('session passed over was given after all');
    const isDone = numberOf(stage) === 1 || account.sessionsOf(stage.stage) >= numberOf(stage);
    if (isPresent) overrides.endOf(stage.stage, at, isDone ? undefined : state);
    const isEnough = account.sessionsOf(stage.stage) >= numberOf(stage);
    if (isPresent) this.#endBooking(stage, data.performedOn, isEnough, state);
    const isLastOfStage = account.reports.every(
      (one) => one.stage !== stage.stage || one.start <= data.performedOn,
    );
    if (isLastOfStage && isPresent) {
      account.course.delays.delete(stage.stage);
      account.course.tableDelays.delete(stage.stage);
    }
    if (isBygone) this.#saw('report of what is over');
    this.#saw(`report ${isDeviation ? 'against' : 'by'} the pathway, ${counts ? 'counts' : 'owed again'}`);
    if (judged.isExcused) this.#saw('report excused by grace');
    if (judged.isLate) this.#saw('report behind a gate that would have been closed');
    if (!isLast) this.#saw('report of an earlier day');
    const heard = { ...NOTHING_HEARD, least: Number(judged.mustDeviate), most: Number(isDeviation) };
    account.forget();
    if (account.isOver) return heard;
    this.#follow(stage, { counts, isLast, isLastOfStage, at });
    if (!isLast) return heard;
    const licences = this.#after(stage, counts, at);
    // Whether a series had reached what it is for, the plan may know.
    const isSure = licences.some(({ isDue }) => isDue);
    if (isSure || state.performed.at(-1)?.movedFrom) account.moved(stood);
    return { ...heard, licences };
  }

  /** An appointment on a later day is for the next session; where there is none, it is taken out of the calendar. */
  #endBooking({ stage, untilWhen }: StageDefinition, day: string, isOver: boolean, state: PlanState): void {
    const { bookings } = this.#parts;
    const on = bookings.bookedFor(stage);
    if (on === undefined) return;
    if (on <= day) bookings.becomes(stage, 'fulfilled');
    else if (isOver) bookings.becomes(stage, 'cancelled');
    else if (untilWhen) bookings.adopt(stage, state, ['cancelled']);
  }

  /**
   * Work that follows a session, and the care after what has to be done once more, or was done before something else: the
   * plan does not go for it.
   */
  #follow(
    { stage, sessions }: StageDefinition,
    {
      counts,
      isLast,
      isLastOfStage,
      at,
    }: {
      readonly counts: boolean;
      readonly isLast: boolean;
      readonly isLastOfStage: boolean;
      readonly at: string;
    },
  ): void {
    const account = this.#account;
    const isSingle = sessions === 1;
    const isCared = isSingle && isLastOfStage && !(isLast && counts);
    const isSure = isLast && (counts || isSingle);
    const asked = [
      ...(isLastOfStage && (counts || !isLast || isSingle) ? ['session'] : []),
      ...(isCared ? ['closure', 'recovery'] : []),
    ];
    if (!isSure) account.course.doubt(stage);
    for (const phase of ['session', 'closure', 'recovery'])
      if (asked.includes(phase)) account.request(`${stage}.${phase}`, at);
      else if (!isSure) account.course.expect(`${stage}.${phase}`, account.steps);
    if (isCared && !isLast) this.#saw('care after what was told late');
  }

  /** The last session of the round leads on, as does one after which the series has reached what it is for. */
  #after(stage: StageDefinition, counts: boolean, at: string): Licence[] {
    const account = this.#account;
    const [ready, closure] = [`${stage.stage}.ready`, `${stage.stage}.closure`];
    const isFull = account.sessionsOf(stage.stage) >= numberOf(stage);
    const isOver = account.isSeriesOver(stage, at);
    if (!counts && isOver) {
      this.#saw('report of more than was owed, too early to count');
      return isFull ? [] : [maybe(ready)];
    }
    if (!counts) return [due(ready)];
    if (isFull) {
      // Performed once more while the care after it is under way: that is owed for this time as well.
      if (account.course.chart === closure) account.request(closure, at);
      return [due(closure)];
    }
    if (isOver) {
      this.#saw('series ended before its number');
      return [maybe(ready), due(closure)];
    }
    this.#saw('session of several');
    return [due(ready)];
  }

  /** A gate that nobody went through is closed, and the plan is back before it. */
  #notPerformed({ stage, on }: EventOf<'procedure.notPerformed'>['data'], { state, at }: Step): Heard {
    const { gates, bookings } = this.#parts;
    const { chart } = this.#account;
    const openedAt = gates.isOpen(stage);
    if (openedAt === undefined || this.#account.dayOf(openedAt) > on) return NOTHING_HEARD;
    bookings.adopt(stage, state, ['cancelled', 'noshow']);
    gates.close(stage, at);
    this.#saw('gate closed again');
    return led(chart === `${stage}.procedure` ? due(`${stage}.ready`) : maybe(`${stage}.ready`));
  }

  #unreport({ data }: EventOf<'report.withdrawn'>, { state, at }: Step): Heard {
    const account = this.#account;
    const { course } = account;
    const told = [...account.reports];
    const gone = account.unreport(data);
    if (!gone) return NOTHING_HEARD;
    this.#saw('report withdrawn');
    if (course.isPassedOverAgain(gone.stage, gone.start)) this.#saw('session passed over again');
    this.#parts.bookings.adopt(data.stage, state, ['booked']);
    this.#parts.gates.closeBehind(gone, at);
    account.forget();
    course.doubt(gone.stage);
    const since = told.filter((one) => one !== gone && (one.step > gone.step || one.start > gone.start));
    return {
      ...NOTHING_HEARD,
      most: 1,
      licences: undoing(this.#parts, { gone, since }, { state, at }, this.#saw),
    };
  }

  /** Still owed, or passed over. */
  #missed(stage: string, on: string, { at, state }: Step): Heard {
    const { bookings, gates } = this.#parts;
    const { course, terms } = this.#account;
    const booked = bookings.bookedFor(stage);
    // One that nobody had told of: the plan may take it for one, or not.
    const isNews =
      booked === undefined && state.bookings[stage]?.status === 'noshow' && !bookings.isMissed(stage, on);
    if (isNews && state.bookings[stage]?.on === on) bookings.book(stage, on);
    else if (booked !== on) return NOTHING_HEARD;
    bookings.becomes(stage, 'noshow');
    const isHere = ['ready', 'prep', 'procedure'].some((phase) => course.chart === `${stage}.${phase}`);
    const progress = course.rounds.get(stage);
    const isSkipped = terms.stage(stage)?.missed === 'skip';
    if (
      isSkipped &&
      progress &&
      (isHere || state.stages[stage]?.skipped.length === progress.skipped.length + 1)
    ) {
      course.rounds.set(stage, { ...progress, skipped: [...progress.skipped, on] });
      course.doubt(stage);
      this.#saw('session skipped');
    }
    if (isHere) this.#saw('appointment missed');
    const openedAt = gates.isOpen(stage);
    // Whoever came since went through a gate of a later day.
    if (openedAt !== undefined && this.#account.dayOf(openedAt) > on) return NOTHING_HEARD;
    const isOpen = openedAt !== undefined;
    // Wherever the plan has been led meanwhile: nobody went through it.
    gates.close(stage, at);
    if (!isHere) return NOTHING_HEARD;
    return led(isOpen && course.chart !== `${stage}.ready` ? due(`${stage}.ready`) : maybe(`${stage}.ready`));
  }

  #return(): Heard {
    const { course, terms } = this.#account;
    if (!course.leave) return NOTHING_HEARD;
    const { from, exit } = course.leave;
    const { returnsTo } = Object.entries(terms.compiled.exits).find(([one]) => one === exit)?.[1] ?? {};
    if (returnsTo !== 'where it left') return led(due(returnsTo ?? ''));
    const [stage, phase] = from.split('.');
    this.#saw('returned to where it left');
    return led(due(phase === 'prep' || phase === 'procedure' ? `${stage}.ready` : from));
  }

  #decide(event: PlanEvent & EventOf<'decide'>, step: Step): Heard {
    const { question: id, outcome } = event.data;
    const question = step.before?.questions[id];
    const account = this.#account;
    if (!question) return NOTHING_HEARD;
    if (question.decision !== undefined) return this.#decided(event, step);
    const { rule, stage, area: site, about: from } = question;
    if (id.startsWith('late/') && rule !== undefined && stage !== undefined)
      account.answered.push({ rule, stage, site, from, at: step.at });
    const [kind, name = '', day = ''] = id.split('/');
    if (kind === 'missed' && outcome === 'missed') {
      const heard = this.#missed(name, day, step);
      // What led away at the same time may have come first.
      if (step.state.chart !== step.before?.chart)
        this.#parts.bookings.adopt(name, step.state, ['cancelled']);
      return heard;
    }
    if (kind === 'exit' && outcome === 'return') {
      this.#saw('returned by an answer');
      return this.#return();
    }
    return NOTHING_HEARD;
  }

  #decided(event: PlanEvent & EventOf<'decide'>, { before, state, at }: Step): Heard {
    const { question: id } = event.data;
    const account = this.#account;
    const outcome = before && this.#parts.decisions.vote(event, { before, state }, this.#saw);
    const question = before?.questions[id];
    const decision = account.terms.decision(question?.decision ?? '');
    const action = outcome === undefined ? undefined : decision?.outcomes[outcome];
    if (!action || !decision || !question) return NOTHING_HEARD;
    const { course } = account;
    const isOfPhase = course.decisionsOf(course.chart).includes(decision.decision);
    const { rule, stage, area: site, about: from } = question;
    const late = rule !== undefined && stage !== undefined ? { late: { rule, stage, site, from, at } } : {};
    const isAtGate = !isOfPhase && stage !== undefined;
    const written = `decision/${decision.decision}/${outcome}`;
    const name = decision.decision;
    const about = `${course.chart} ${course.enteredAt(course.chart)}`;
    // What an alert asks is counted for each time that it fired.
    const ofAlert = stage === undefined ? { name, about: from } : { name };
    const of = isOfPhase ? { name, decision: name, about } : ofAlert;
    // What an alert asks may have nothing left to act on.
    const isDue = (isOfPhase || isAtGate) && !course.leave && !course.isOver;
    return {
      ...NOTHING_HEARD,
      causes: [{ written, action, stage: stage ?? course.stage, isAtGate, isDue, ...of, ...late }],
    };
  }
}

const led = (...licences: Licence[]): Heard => ({ ...NOTHING_HEARD, licences });

function stageOf({ terms }: Account, name: string): StageDefinition {
  const stage = terms.stage(name);
  if (!stage) throw new Breach(`there is no stage ${name}`);
  return stage;
}

/** What the pathway fixes, and what was chosen. */
const sitesOf = (
  { compiled }: Terms,
  chosen: Readonly<Partial<Record<string, readonly string[]>>> = {},
): Partial<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(compiled.areas).map(([role, offered]) => [role, chosen[role] ?? offered?.sites ?? []]),
  );
