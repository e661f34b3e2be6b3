import { step } from '../../src/core/plan/step.ts';
import { chain } from '../../src/store/chain.ts';
import { planWithHistory } from '../measures/p01-rules.ts';
import { ACTOR, oneObservation } from './events.ts';

/** All that one event's commit writes, as one text: the bare peers write as much, and as easily compressed. */
export function committedText(): string {
  const { pathway, state, now } = planWithHistory();
  const taken = step(pathway, state, { ...oneObservation(), actor: ACTOR }, now);
  const entries = chain('', taken.state.sequence, taken.journal);
  return [taken.state, taken.answer, taken.effects, entries].map((part) => JSON.stringify(part)).join('\n');
}
