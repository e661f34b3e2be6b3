import { Failure } from '../../src/core/model/failure.ts';
import { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import type { Answer } from '../../src/core/plan/outcome.schema.ts';
import { type Step, step, wakeEvent } from '../../src/core/plan/step.ts';
import { startOf } from './plan.ts';
import { Random } from './random.ts';
import { later, nextEvent, starting } from './whole/sends.ts';
import { Values } from './whole/values.ts';

const START = '2026-03-02T15:00:00.000Z';
const EVENTS = 6;
const ALONE = 3;

/**
 * A patient on a pathway for a few events, and then a plan left alone with its timer: whatever is compiled has to run.
 * @throws whatever the core throws; after each step it asserts its own invariants
 */
export function runShortly(written: CompiledPathway, seed: number): void {
  const compiled = CompiledPathway.parse(written);
  const pathway = loadPathway(compiled);
  const random = new Random(seed);
  const values = new Values(compiled);
  let { state } = begun();
  let answer: Answer | undefined;
  let at = START;
  for (let index = 0; index < EVENTS && compiled.contraindications.length > 0; index += 1) {
    at = later({ random, state, at, answer });
    const event = nextEvent({ random, compiled, values, state, at, answer, isWilling: seed % 2 === 0 });
    const taken = step(pathway, state, { ...event, id: `e-${index}` }, at);
    if (event.type.startsWith('start')) answer = taken.answer;
    state = taken.state;
  }
  for (let index = 0; index < ALONE && state.wake.at !== null; index += 1)
    state = step(pathway, state, wakeEvent('northside', state.wake.generation), state.wake.at).state;

  /** Where a figure was set as it may not be, it is started as it is written. */
  function begun(): Step {
    const event = starting(random, compiled);
    try {
      return step(pathway, undefined, event, START);
    } catch (error) {
      if (!(error instanceof Failure) || event.type !== 'startPlan') throw error;
      const { areas = {} } = event.data;
      const plain = startOf(compiled, { actor: event.actor });
      if (plain.type !== 'startPlan') throw error;
      return step(pathway, undefined, { ...plain, data: { ...plain.data, areas } }, START);
    }
  }
}
