import { RISK } from '../pathway/tailoring.schema.ts';
import type { Draft } from './draft.ts';
import { higherLadder } from './risk.ts';
import { changeLadder } from './waits.ts';

/** As the risk is chosen, whatever waits climbs the ladder that is for it. */
export function keepRisk(draft: Draft): void {
  const { pathway } = draft;
  if (!pathway.choice(RISK)) return;
  for (const [id, wait] of Object.entries(draft.state.waits)) {
    const higher = higherLadder(pathway, draft.state, wait.ladder);
    if (higher === wait.climbs) continue;
    draft.state = {
      ...draft.state,
      waits: { ...draft.state.waits, [id]: changeLadder(draft, wait, higher) },
    };
  }
}
