import type { EventOf } from '../model/event.schema.ts';
import { observationsMeant } from './admit-observation.ts';
import { raiseDeviation } from './deviation.ts';
import { type Draft, stepNumber, write } from './draft.ts';
import { sourceKind } from './observations.ts';
import type { Observation, OpenedGate } from './plan-state.schema.ts';

/**
 * What was observed turns out otherwise. The present is judged again; the past is not rewritten: a gate that opened on
 * what is gone becomes a deviation.
 */
export function correctFact(draft: Draft, event: EventOf<'fact.corrected'>): undefined {
  const { fact, value, unit, area, reason } = event.data;
  const wrong = observationsMeant(draft.pathway, draft.state, event.data);
  const [last] = wrong.toSorted((one, other) => (one.observedAt < other.observedAt ? 1 : -1));
  if (!last) return;
  const sentAs = draft.event.sentAs?.[0];
  const right: Observation = {
    value,
    ...(unit === undefined ? {} : { unit }),
    ...(area === undefined ? {} : { area }),
    ...(sentAs === undefined ? {} : { sentAs }),
    source: sourceKind(draft, event.data.from),
    actor: draft.event.actor.id,
    observedAt: last.observedAt,
    event: `${event.source}/${event.id}`,
    step: stepNumber(draft.state),
  };
  replace(draft, fact, { wrong, by: [right] });
  const says = `Corrected: ${fact} of ${event.data.on}. ${reason}`;
  write(draft, { kind: 'fact.corrected', says, details: { fact, area, was: wrong, is: right } });
  questionGates(draft, { fact, wrong, says: `${fact} of ${event.data.on}, since corrected` });
}

export function withdrawFact(draft: Draft, { data }: EventOf<'fact.withdrawn'>): undefined {
  const { fact, area, on, reason } = data;
  const wrong = observationsMeant(draft.pathway, draft.state, data);
  replace(draft, fact, { wrong, by: [] });
  const says = `Withdrawn: ${fact} of ${on}. ${reason}`;
  write(draft, { kind: 'fact.withdrawn', says, details: { fact, area, was: wrong } });
  questionGates(draft, { fact, wrong, says: `${fact} of ${on}, since withdrawn` });
}

interface Replaced {
  readonly wrong: readonly Observation[];
  readonly by: readonly Observation[];
}

function replace(draft: Draft, fact: string, { wrong, by }: Replaced): void {
  const kept = (draft.state.observations[fact] ?? []).filter((one) => !wrong.includes(one));
  const observations = { ...draft.state.observations, [fact]: [...kept, ...by] };
  draft.state = { ...draft.state, observations };
}

function questionGates(
  draft: Draft,
  { fact, wrong, says }: { fact: string; wrong: readonly Observation[]; says: string },
): void {
  const { areas } = draft.pathway;
  // One event may tell of several sites: a gate rests on what it told of its own.
  const isWrong = (cited: OpenedGate['cites'][number]): boolean =>
    cited.fact === fact &&
    wrong.some(
      ({ event, area }) =>
        event === cited.event &&
        (area === undefined || cited.area === undefined || areas.isSame(area, cited.area)),
    );
  for (const { stage, openedAt, cites } of draft.state.gates) {
    if (!cites.some(isWrong)) continue;
    const title = draft.pathway.stage(stage)?.title ?? stage;
    raiseDeviation(draft, {
      code: 'evidence-changed',
      says: `${title} was let through at ${openedAt} on ${says}`,
      reasons: [],
      about: `${stage}/${openedAt}/${says}`,
    });
  }
}
