import type { Clinic } from '../../../src/core/pathway/clinic.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { beginningOf, shifted } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import { must } from './breach.ts';
import { afterDay, nextDay } from './days.ts';
import { intervalsAt, spacingOf } from './spacing.ts';

export interface Booked {
  on: string;
  status: 'booked' | 'fulfilled' | 'cancelled' | 'noshow';
  generation: number;
}

/** The first day after another on which the clinic is open, by its first calendar. */
export function nextWorkingDay(day: string, { calendars: [calendar] }: Clinic): string {
  let next = nextDay(day);
  for (let tries = 0; tries < 800; tries += 1) {
    const weekday = ((new Date(next).getUTCDay() + 6) % 7) + 1;
    const isOpen = Object.entries(calendar?.open ?? {}).some(([one]) => one === String(weekday));
    if (isOpen && calendar?.closed.includes(next) !== true) return next;
    next = nextDay(next);
  }
  throw new Error('the clinic is never open');
}

/** What is booked, said again: on which days it may be, and what becomes of it. */
export class Bookings {
  readonly #account: Account;
  readonly all = new Map<string, Booked>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** Whether a day may be asked for: the plan has not passed the stage, nothing forbids the day. */
  expects(stage: StageDefinition, on: string, now: string): 'accepted' | 'refused' | 'either' {
    const { course, terms } = this.#account;
    const { today } = this.#account.knowledge(now);
    const until = course.waitsUntil(stage.stage);
    if (this.#isDoneOn(stage.stage, on)) return 'refused';
    if (course.isOver || on < today || (until !== undefined && on < until)) return 'refused';
    // Off its course a plan may be thought to stand where it left.
    if (course.leave) return 'either';
    const [name, phase] = course.chart.split('.');
    const isAt = name === stage.stage && (phase === 'ready' || phase === 'prep');
    const target = course.placeOf(stage.stage);
    const isBefore = name !== stage.stage && course.placeOf(course.chart) < target;
    if (!isAt && !isBefore) return 'refused';
    const then = on === today ? now : shifted(afterDay(on, terms.zone), -1);
    const spaced = spacingOf(stage, this.#account.knowledgeThen(then), this.#account.history());
    const isOpen = spaced.every(({ says }) => says === 'open');
    // Whether what is asked of facts is asked as of now or as of that day the pathway does not say.
    const isOfFacts = intervalsAt(terms, stage).some(
      ({ from, onlyWhen }) => from.kind === 'fact' || onlyWhen,
    );
    if (isOfFacts) return 'either';
    return isOpen ? 'accepted' : 'refused';
  }

  /** What has been done on a day needs no appointment for it any more, however late one is told. */
  book(stage: string, on: string): void {
    if (this.#isDoneOn(stage, on)) return;
    const known = this.all.get(stage);
    // The same day told again may be the same booking.
    const isSame = known?.status === 'booked' && known.on === on;
    this.all.set(stage, { on, status: 'booked', generation: (known?.generation ?? 0) + (isSame ? 0 : 1) });
  }

  #isDoneOn(stage: string, day: string): boolean {
    return this.#account.reports.some((one) => one.stage === stage && one.start === day);
  }

  /** Of one that stands. */
  becomes(stage: string, status: Booked['status']): void {
    const booking = this.all.get(stage);
    if (booking?.status === 'booked') booking.status = status;
  }

  /** Where the pathway leaves it open, what the plan made of one: only of these. */
  adopt(stage: string, { bookings }: PlanState, statuses: readonly Booked['status'][]): void {
    const [booking, kept] = [this.all.get(stage), bookings[stage]];
    if (booking && kept && statuses.includes(kept.status)) booking.status = kept.status;
  }

  isMissed(stage: string, on: string): boolean {
    const booking = this.all.get(stage);
    return booking?.status === 'noshow' && booking.on === on;
  }

  bookedFor(stage: string): string | undefined {
    const booking = this.all.get(stage);
    return booking?.status === 'booked' ? booking.on : undefined;
  }

  look(state: PlanState, now: string, saw: (what: string) => void): void {
    if (this.#account.isOver) for (const stage of this.all.keys()) this.adopt(stage, state, ['cancelled']);
    const kept = Object.entries(state.bookings);
    must(kept.length === this.all.size, 'S7: what is booked is kept once for each stage');
    for (const [stage, { on, status, generation }] of kept) {
      const booking = this.all.get(stage);
      must(
        booking?.on === on && booking.status === status,
        () => `S7: ${stage} is ${booking?.status} for ${booking?.on}, and not ${status} for ${on}`,
      );
      must(
        booking !== undefined && generation >= booking.generation,
        'a booking that is moved is another one',
      );
      if (booking) booking.generation = generation;
      saw(`booking ${status}`);
    }
    if (!this.#account.isOver) this.#isAskedAfter(state, now, saw);
  }

  /** A day that passed without a word is asked about, and no other. */
  #isAskedAfter(state: PlanState, now: string, saw: (what: string) => void): void {
    const { clinic } = this.#account.terms.compiled;
    const { zone } = this.#account.terms;
    for (const [stage, { on, status }] of this.all) {
      const id = `missed/${stage}/${on}`;
      const question = state.questions[id];
      const working = nextWorkingDay(on, clinic);
      const isAsked = question !== undefined && question.answer === undefined;
      if (status === 'booked' && now >= afterDay(working, zone)) {
        must(question !== undefined, () => `S6: nobody is asked what became of ${stage} on ${on}`);
        saw('asked what became of an appointment');
      }
      must(!isAsked || status === 'booked', () => `${id} is asked, and is ${status}`);
      must(!isAsked || now >= beginningOf(working, zone), () => `${id} is asked before its time`);
    }
    for (const [id, { answer }] of Object.entries(state.questions)) {
      const [kind, stage = '', day] = id.split('/');
      if (kind !== 'missed' || answer !== undefined) continue;
      must(this.bookedFor(stage) === day, () => `${id} is asked of a day that is not booked`);
    }
  }
}
