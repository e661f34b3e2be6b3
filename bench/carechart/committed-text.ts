import { step } from '../../src/core/plan/step.ts';
import { planWithHistory } from '../measures/p01-rules.ts';
import { ACTOR, oneObservation } from './events.ts';

/** All that one event's commit writes, as one text: the bare peers write as much, and as easily compressed. */
export function committedText(): string {
  const { pathway, state, now } = planWithHistory();
  const event = { ...oneObservation(), actor: ACTOR };
  const { state: next, answer, effects, journal } = step(pathway, state, event, now);
  return [next, event, answer, effects, journal].map((part) => JSON.stringify(part)).join('\n');
}
