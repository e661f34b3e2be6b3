import type { PastEvent, PlanEvent } from '../../../src/core/model/event.schema.ts';
import { SentEvent } from '../../../src/core/model/event.schema.ts';
import { LIMITS } from '../../../src/core/model/limits.ts';
import type { Pathway } from '../../../src/core/pathway/pathway.ts';
import type { JournalEntry } from '../../../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { type Step, step } from '../../../src/core/plan/step.ts';
import { wakesUntil } from '../../../src/core/plan/walk.ts';
import { laterOf } from '../../support/hunt/days.ts';
import { coordinator } from '../../support/plan.ts';
import { SEED, timeFor } from '../../support/play.ts';
import { fromEnvironment } from '../../support/random.ts';
import { simulate } from '../../support/simulation.ts';
import { shifted } from '../../support/wall-calendar.ts';

/** Each is played once live and once brought in. */
const SEQUENCES = Math.min(fromEnvironment('CARECHART_SEQUENCES', 40), 40);

interface Sent {
  readonly event: PlanEvent;
  readonly now: string;
}

/** What a random sequence sends to its plan, and when; the start comes first. */
function sentIn(seed: number): { readonly pathway: Pathway; readonly sent: readonly Sent[] } {
  const sent: Sent[] = [];
  const pathways: Pathway[] = [];
  simulate(seed, (pathway, state, event, now) => {
    pathways.push(pathway);
    // The inspector asks the core more than once of each, whether it says the same.
    const isNew = sent.every((one) => one.event.id !== event.id);
    if (isNew) sent.push({ event, now: laterOf(now, state?.now ?? now) });
    return step(pathway, state, event, now);
  });
  const [pathway] = pathways;
  if (!pathway) throw new Error('nothing was sent');
  return {
    pathway,
    sent: sent.filter(({ event }) => SentEvent.options.some(({ shape }) => shape.type.value === event.type)),
  };
}

/** The plan that stands here, had all been sent as it happened; with what was not rejected at the border. */
function live(pathway: Pathway, [start, ...sent]: readonly Sent[], until: string) {
  if (!start) throw new Error('nothing was sent');
  const first = step(pathway, undefined, { ...start.event, actor: coordinator }, start.now);
  let { state } = first;
  const journal = [...first.journal];
  const take = (one: Step): void => {
    state = one.state;
    journal.push(...one.journal);
  };
  const passed = (at: string): PlanState => {
    for (const rung of wakesUntil(step, { pathway, state }, at)) take(rung);
    return state;
  };
  const taken: Sent[] = [];
  for (const { event, now } of sent) {
    const timed = { ...event, time: now };
    const one = step(pathway, passed(now), timed, now);
    if (one.answer.outcome === 'rejected') continue;
    take(one);
    taken.push({ event: timed, now });
  }
  return { state: passed(until), taken, journal };
}

function asPast({ event: { actor, sentAs: _never, ...event } }: Sent): PastEvent {
  return { event: event as PastEvent['event'], actor: { id: actor.id, roles: actor.roles } };
}

const lines = (journal: readonly JournalEntry[]): string[] =>
  journal.map(({ at, kind, actor, says }) => [at, kind, actor.id, says].join(' | '));

test(
  'a plan that is brought in stands where it would stand had all been sent here as it happened',
  () => {
    const outcomes = { events: 0, refused: 0, deviations: 0, wakes: 0 };
    for (let seed = SEED; seed < SEED + SEQUENCES; seed += 1) {
      const { pathway, sent } = sentIn(seed);
      const [start] = sent;
      const now = shifted(sent.at(-1)?.now ?? '', 3 * 86_400_000);
      const { state, taken, journal } = live(pathway, sent, now);
      if (state.sequence - taken.length > LIMITS.pastWakes) continue;
      if (start?.event.type !== 'startPlan') throw new Error('a plan begins with its start');
      const broughtIn = { startedAt: start.now, events: taken.map(asPast) };
      const event = { ...start.event, actor: coordinator, data: { ...start.event.data, broughtIn } };
      const brought = step(pathway, undefined, event, now);
      const { broughtIn: how, sequence, ...stands } = brought.state;
      expect({ seed, stands: { ...stands, now: state.now } }).toEqual({
        seed,
        stands: (({ sequence: _many, ...rest }) => rest)(state),
      });
      expect([sequence, stands.now, how?.by]).toEqual([1, now, coordinator.id]);
      // Nobody is told, but the patient's other plans look at what was performed.
      expect(brought.effects.filter(({ kind }) => kind !== 'tell-plans')).toEqual([]);
      const OWN = ['plan.broughtIn', 'effects.withheld'];
      expect(lines(brought.journal.filter(({ kind }) => !OWN.includes(kind)))).toEqual(lines(journal));
      if (brought.answer.outcome !== 'accepted') throw new Error(brought.answer.says);
      const { past } = brought.answer;
      outcomes.events += past?.events ?? 0;
      outcomes.refused += past?.refused.length ?? 0;
      outcomes.deviations += past?.deviations.length ?? 0;
      outcomes.wakes += past?.wakes ?? 0;
    }
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(0);
  },
  timeFor(SEQUENCES),
);
