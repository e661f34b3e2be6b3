import type { FactValue, PlanEvent, SentObservation } from '../../../src/core/model/event.schema.ts';
import type { FactDefinition } from '../../../src/core/pathway/facts.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { for_ } from '../pathways.ts';
import { eventOf, laboratory, nurse, patient } from '../plan.ts';
import type { Random } from '../random.ts';
import { dayOn, daysLater, shifted } from '../wall-calendar.ts';
import { guardian } from './people.ts';
import type { Simulated } from './simulated.ts';
import type { Terms } from './terms.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** All that whoever sends the next event knows. */
export interface Situation {
  readonly random: Random;
  readonly patient: Simulated;
  readonly terms: Terms;
  readonly state: PlanState;
  /** When the step will take place: no earlier than the one before. */
  readonly at: string;
  readonly today: string;
}

const AGO = [0, 1, 6, 7, 8, 13, 14, 27, 28, 30, 31, 89, 90, 182, 365, 730, 3300, 6600];

/** A value of the fact's kind, often one of those that rules ask about. */
export function anyValue(
  { random, patient: { numbers, words }, today }: Situation,
  { fact, is }: FactDefinition,
) {
  const some = (of: readonly string[]): string[] => of.filter(() => random.chance(0.35));
  switch (is.kind) {
    case 'number':
      return random.pick([...(numbers?.[fact] ?? []), is.from, is.to]);
    case 'grade':
      return random.between(is.from, is.to);
    case 'code':
      return random.pick(is.codes);
    case 'yes or no':
      return random.chance(0.5);
    case 'findings':
      return some(is.codes);
    case 'list':
      return some(words?.[fact] ?? []);
    case 'date':
    case 'date or never':
      if (is.kind === 'date or never' && random.chance(0.2)) return 'never';
      return daysLater(today, for_(-random.pick(AGO), 'day'));
  }
}

/** Most of the time a value with which gates open. */
export function likelyValue(situation: Situation, definition: FactDefinition, wholesome: number): FactValue {
  const { random, patient: simulated, today } = situation;
  const well = simulated.wholesome[definition.fact];
  return well && random.chance(wholesome) ? well(today) : anyValue(situation, definition);
}

/** Where somebody looks: mostly at the sites that were chosen, or at their parts. */
export function anySite({ random, terms, state }: Situation): string {
  const chosen = Object.values(state.areas).flat();
  if (chosen.length === 0 || random.chance(0.1)) return random.pick(terms.sites);
  const site = random.pick(chosen);
  return random.chance(0.7) ? site : random.pick(terms.sites.filter((one) => terms.isSamePlace(one, site)));
}

export const sent = (
  { fact, is }: FactDefinition,
  value: FactValue,
  more: Partial<SentObservation>,
): SentObservation => ({ fact, value, ...(is.kind === 'number' ? { unit: is.unit } : {}), ...more });

/** Who sends a fact, and whom they have it from. */
export interface Sender {
  readonly who: NonNullable<Parameters<typeof eventOf>[2]>;
  readonly from?: string;
}

/** Whoever the catalogue trusts with a fact, or staff who pass it on: often, and not always, the most trusted. */
export function senderOf(random: Random, { from }: FactDefinition): Sender {
  const kind = random.chance(0.8) ? from[0] : random.pick(from);
  if (kind === undefined || kind === 'clinician') return { who: { actor: nurse } };
  if (kind === 'laboratory' && random.chance(0.7)) return { who: { actor: laboratory, source: 'north-lab' } };
  if (kind === 'patient' && random.chance(0.5)) return { who: { actor: patient } };
  return { who: { actor: nurse }, from: kind };
}

export function observed(situation: Situation, wholesome: number): PlanEvent {
  const { random, terms, at } = situation;
  const { facts } = terms.compiled;
  const one = (): SentObservation => {
    const definition = random.pick(facts);
    const late = random.chance(0.3) ? { observedAt: shifted(at, -random.between(0, 60) * 6 * HOUR) } : {};
    const area = definition.byArea ? { area: anySite(situation) } : {};
    const by = random.chance(0.08) ? { from: random.pick([...definition.from, 'rumour']) } : {};
    return sent(definition, likelyValue(situation, definition, wholesome), { ...area, ...late, ...by });
  };
  const observations = Array.from({ length: random.between(1, 3) }, one);
  const first = facts.find(({ fact }) => fact === observations[0]?.fact);
  const { who, from } =
    first && random.chance(0.6)
      ? senderOf(random, first)
      : { who: { actor: random.pick([nurse, nurse, patient, laboratory, guardian]) }, from: undefined };
  const passed = from === undefined ? observations : observations.map((one) => ({ ...one, from }));
  const time = random.chance(0.15) ? { time: shifted(at, random.between(-3 * DAY, 4 * MINUTE)) } : {};
  return eventOf('observation.recorded', { observations: passed }, { ...who, ...time });
}

/** What no one should send. */
export function misstated(situation: Situation): PlanEvent {
  const { random, terms, at, today } = situation;
  const definition = random.pick(terms.compiled.facts);
  const area = definition.byArea ? { area: anySite(situation) } : {};
  const right = sent(definition, anyValue(situation, definition), area);
  const { area: _area, ...nowhere } = right;
  const wrong = random.pick<SentObservation>([
    { ...right, fact: 'unheardOf' },
    { ...right, value: random.pick<FactValue>([1e9, 'nonsense', [], ['a'], '2026-02-30', 0.5]) },
    { ...right, unit: 'furlong', value: 1e9 },
    { ...right, observedAt: shifted(at, random.between(6, 600) * MINUTE) },
    { ...right, value: daysLater(today, for_(2, 'day')) },
    definition.byArea ? nowhere : { ...right, area: 'left breast' },
    { ...right, area: 'the moon' },
  ]);
  return eventOf('observation.recorded', { observations: [wrong] });
}

/** Something that was observed turns out otherwise: mostly what there is, sometimes what nobody said. */
export function corrected(situation: Situation): PlanEvent {
  const { random, terms, state, today } = situation;
  const kept = Object.entries(state.observations).flatMap(([fact, all]) =>
    all.map((one) => ({ fact, ...one })),
  );
  const reason = 'typed wrong';
  if (kept.length === 0 || random.chance(0.05))
    return eventOf('fact.withdrawn', { fact: random.pick(terms.compiled.facts).fact, on: today, reason });
  // Old mistakes are found as well, but those of the last days more often.
  const one = random.chance(0.6) ? random.pick(kept.slice(-4)) : random.pick(kept);
  const meant = {
    fact: one.fact,
    on: dayOn(one.observedAt, terms.zone),
    ...(one.area === undefined ? {} : { area: one.area }),
    ...(random.chance(0.5) ? { event: one.event.split('/').at(-1) ?? '' } : {}),
    reason,
  };
  const definition = terms.fact(one.fact);
  const sender: Sender = random.chance(0.5) && definition ? senderOf(random, definition) : { who: {} };
  const { who } = sender;
  if (!definition || random.chance(0.4)) return eventOf('fact.withdrawn', meant, who);
  const value = random.chance(0.3) ? one.value : likelyValue(situation, definition, 0.5);
  const unit = definition.is.kind === 'number' ? { unit: definition.is.unit } : {};
  const from = sender.from === undefined ? {} : { from: sender.from };
  return eventOf('fact.corrected', { ...meant, value, ...unit, ...from }, who);
}
