import type { EventOf } from '../../../src/core/model/event.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import { consentTo } from '../pathways.ts';
import { durationOf } from '../plain.ts';
import { dayOn, daysLater } from '../wall-calendar.ts';
import { afterDay } from './days.ts';
import type { Knowledge } from './knowledge.ts';
import type { Terms } from './terms.ts';

export interface Signed {
  readonly form: string;
  readonly by: string;
  readonly signedOn: string;
  isWithdrawn: boolean;
  /** The earliest withdrawal that ended it. */
  withdrawnAt: string | undefined;
  /** The stage whose performance used it up. */
  usedFor: string | undefined;
}

/** Who has to sign on a day: below an age the guardian, from that birthday on the patient; undefined: nobody knows. */
export function signerOn(stage: StageDefinition, day: string, knowledge: Knowledge): string | undefined {
  const { by, orGuardianBelow } = consentTo(stage);
  if (!orGuardianBelow) return by;
  const birth = knowledge.reading('birthDate');
  if (!birth.isKnown) return undefined;
  return day < daysLater(String(birth.value), orGuardianBelow) ? 'guardian' : by;
}

/** S1: what was signed, by whom, and what has become of it. */
export class Consents {
  readonly all: Signed[] = [];
  readonly #terms: Terms;
  readonly #withdrawals = new Map<string, string>();

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  /** A form signed before its withdrawal opens nothing, however late it comes; what is told again is not another. */
  sign({ data, time }: EventOf<'consent.recorded'>): void {
    const { form, by, signedOn } = data;
    const at = this.#withdrawals.get(form);
    const { zone } = this.#terms;
    const isWithdrawn =
      at !== undefined && (signedOn < dayOn(at, zone) || (signedOn === dayOn(at, zone) && (time ?? '') < at));
    const withdrawnAt = isWithdrawn ? at : undefined;
    const same = this.all.filter((one) => one.form === form && one.by === by && one.signedOn === signedOn);
    if (same.some((one) => isWithdrawn || !one.isWithdrawn)) return;
    this.all.push({ form, by, signedOn, isWithdrawn, withdrawnAt, usedFor: undefined });
  }

  withdraw({ data: { form }, time }: EventOf<'consent.withdrawn'>, now: string): void {
    const at = time !== undefined && time < now ? time : now;
    const last = this.#withdrawals.get(form);
    if (last === undefined || last < at) this.#withdrawals.set(form, at);
    for (const one of this.all)
      if (one.form === form && !one.isWithdrawn && one.signedOn <= dayOn(at, this.#terms.zone)) {
        one.isWithdrawn = true;
        one.withdrawnAt = at;
      }
  }

  /** Signed by whoever signs, not withdrawn, not used up, and not too old. */
  stands(stage: StageDefinition, knowledge: Knowledge): boolean {
    return this.#signedFor(stage, knowledge.today, knowledge).some(({ isWithdrawn }) => !isWithdrawn);
  }

  /** The same on an earlier day: of what was signed by then, and with the withdrawals that were known of. */
  stood(stage: StageDefinition, day: string, knowledge: Knowledge): boolean {
    const end = afterDay(day, this.#terms.zone);
    return this.#signedFor(stage, day, knowledge).some(
      ({ signedOn, withdrawnAt }) => signedOn <= day && (withdrawnAt === undefined || withdrawnAt >= end),
    );
  }

  #signedFor(stage: StageDefinition, day: string, knowledge: Knowledge): Signed[] {
    const { form, covers, lasts } = consentTo(stage);
    const by = signerOn(stage, day, knowledge);
    return this.all.filter(
      (one) =>
        one.form === form &&
        one.by === by &&
        !(covers === 'one procedure' && one.usedFor !== undefined) &&
        day <= daysLater(one.signedOn, durationOf(lasts)),
    );
  }

  /** A consent to one procedure is used up by it: of those valid on its day the one that would end first. */
  use(stage: StageDefinition, day: string, knowledge: Knowledge): void {
    if (stage.consent?.covers !== 'one procedure') return;
    const [used] = this.#signedFor(stage, day, knowledge)
      .filter(({ isWithdrawn, signedOn }) => !isWithdrawn && signedOn <= day)
      .toSorted((one, other) => (one.signedOn < other.signedOn ? -1 : 1));
    if (used) used.usedFor = stage.stage;
  }

  /** Whatever was used for a stage. */
  free(stage: string): void {
    for (const one of this.all) if (one.usedFor === stage) one.usedFor = undefined;
  }

  /** Instants at which time alone ends what was signed, or who signs. */
  ends(stages: readonly StageDefinition[], knowledge: Knowledge): string[] {
    const { zone } = this.#terms;
    return stages.flatMap(({ consent }) => {
      if (!consent) return [];
      const ends = this.all
        .filter(({ form }) => form === consent.form)
        .map(({ signedOn }) => afterDay(daysLater(signedOn, durationOf(consent.lasts)), zone));
      const birth = consent.orGuardianBelow ? knowledge.reading('birthDate') : undefined;
      const grown =
        birth?.isKnown && consent.orGuardianBelow
          ? [daysLater(String(birth.value), consent.orGuardianBelow)]
          : [];
      return [...ends, ...grown.map((day) => afterDay(daysLater(day, { count: -1, unit: 'day' }), zone))];
    });
  }
}
