import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { loadPathway, type Pathway } from '../../../src/core/pathway/pathway.ts';
import type { Answer } from '../../../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { wakeEvent } from '../../../src/core/plan/step.ts';
import { Breach } from '../hunt/breach.ts';
import { Random } from '../random.ts';
import type { Stepper } from '../simulation.ts';
import { later, nextEvent, starting } from './sends.ts';
import { Values } from './values.ts';
import { Watch } from './watch.ts';

export interface Played {
  /** What must never be, and what led to it. */
  readonly breach: string | undefined;
  readonly last: PlanEvent | undefined;
  readonly seen: ReadonlyMap<string, number>;
  readonly steps: number;
}

const STARTS = ['2026-03-02T15:00:00.000Z', '2026-10-29T14:00:00.000Z', '2027-12-22T14:00:00.000Z'];
const EVENTS = 150;
const ALONE = 12;

const loaded = new Map<CompiledPathway, { readonly pathway: Pathway; readonly values: Values }>();

function ready(compiled: CompiledPathway) {
  const known = loaded.get(compiled) ?? { pathway: loadPathway(compiled), values: new Values(compiled) };
  loaded.set(compiled, known);
  return known;
}

/** One plan of one pathway under random events, and then left alone with its timer; the same seed plays the same. */
export function playWhole(seed: number, compiled: CompiledPathway, step: Stepper): Played {
  const random = new Random(seed);
  const { pathway, values } = ready(compiled);
  const watch = new Watch(compiled, pathway, step);
  let last: PlanEvent | undefined;
  let steps = 0;
  const send = (state: PlanState | undefined, event: PlanEvent, now: string) => {
    last = { ...event, id: `e-${steps}` };
    steps += 1;
    return watch.take(state, last, now);
  };
  try {
    let at = random.pick(STARTS);
    let { state } = send(undefined, starting(random, compiled), at);
    let answer: Answer | undefined;
    const willing = random.pick([0, 60, EVENTS, EVENTS]);
    for (let index = 0; index < EVENTS; index += 1) {
      const scene = { random, state, at, answer };
      at = later(scene);
      const due = state.wake.at;
      const event =
        due !== null && due <= at && random.chance(0.8)
          ? wakeEvent('northside', state.wake.generation)
          : nextEvent({ ...scene, at, compiled, values, isWilling: index < willing });
      const taken = send(state, event, random.chance(0.03) ? state.now : at);
      state = taken.state;
      if (at < state.now) at = state.now;
      if (event.type.startsWith('start') || event.type === 'bookAppointment') answer = taken.answer;
      watch.saw(`in ${state.chart}`);
    }
    for (let index = 0; index < ALONE && state.wake.at !== null; index += 1)
      state = send(state, wakeEvent('northside', state.wake.generation), state.wake.at).state;
    return { breach: undefined, last, seen: watch.seen, steps };
  } catch (error) {
    const breach =
      error instanceof Breach ? error.message : `threw ${error instanceof Error ? error.stack : error}`;
    return { breach, last, seen: watch.seen, steps };
  }
}
