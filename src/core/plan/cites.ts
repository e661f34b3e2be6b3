import type { Evidence } from '../model/verdict.schema.ts';
import type { Draft } from './draft.ts';
import { validityOn } from './judging.ts';
import type { OpenedGate } from './plan-state.schema.ts';

/**
 * The observations behind the evidence, each once: a derived fact rests on those of its base, and a value that could
 * have been invalid on those that say that it is not.
 */
export function citesOf({ pathway, state }: Draft, evidence: readonly Evidence[]): OpenedGate['cites'] {
  const cites: OpenedGate['cites'] = [];
  const known = new Map<string, Set<string>>();
  const cite = ({ fact: name, area, events = [] }: Evidence): void => {
    const place = area === undefined ? name : `${name} ${area}`;
    const cited = known.get(place) ?? new Set();
    known.set(place, cited);
    for (const event of events) {
      if (cited.has(event)) continue;
      cited.add(event);
      const fact = pathway.derived(name)?.of ?? name;
      cites.push(area === undefined ? { fact, event } : { fact, area, event });
    }
  };
  for (const one of evidence) {
    cite(one);
    for (const support of validityOn(pathway, state, one)) cite(support);
  }
  return cites;
}
