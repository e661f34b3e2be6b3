import type { EventOf, Measured, PastEvent, PlanEvent } from '../core/model/event.schema.ts';
import type { FactDefinition } from '../core/pathway/facts.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { conversionBetween, withoutNoise } from './ucum.ts';

/** What carries a value of a fact: an observation, or the value that corrects one. */
interface Stated {
  readonly fact: string;
  readonly value: unknown;
  readonly unit?: string | undefined;
}

/**
 * An event as the core takes it: every number in the unit that the catalogue gives its fact. What was sent is kept
 * beside it as `sentAs`. A number that cannot be converted stays as it was sent, and the core refuses it.
 *
 * Asked of the same event twice, it changes nothing the second time.
 */
export function inCatalogueUnits(pathway: Pathway, event: PlanEvent): PlanEvent {
  switch (event.type) {
    case 'observation.recorded': {
      const sentAs: Record<string, Measured> = {};
      const observations = event.data.observations.map((sent, index) => {
        const converted = convert(pathway, sent);
        if (!converted) return sent;
        sentAs[index] = converted.sent;
        return { ...sent, ...converted.stands };
      });
      if (Object.keys(sentAs).length === 0) return event;
      return { ...event, data: { observations }, sentAs };
    }
    case 'fact.corrected': {
      const converted = convert(pathway, event.data);
      if (!converted) return event;
      return { ...event, data: { ...event.data, ...converted.stands }, sentAs: { 0: converted.sent } };
    }
    case 'startPlan':
      return withPast(pathway, event);
    default:
      return event;
  }
}

/** Each event of a past, as it would have been taken then. */
function withPast(pathway: Pathway, event: EventOf<'startPlan'>): PlanEvent {
  const { broughtIn } = event.data;
  if (!broughtIn) return event;
  const sentAs: Record<string, Measured> = {};
  const events = broughtIn.events.map((past, index): PastEvent => {
    const taken = inCatalogueUnits(pathway, { ...past.event, actor: event.actor });
    for (const [place, sent] of Object.entries(taken.sentAs ?? {})) sentAs[`${index}.${place}`] = sent;
    return { ...past, event: measuredAs(past.event, taken) };
  });
  if (Object.keys(sentAs).length === 0) return event;
  return { ...event, data: { ...event.data, broughtIn: { ...broughtIn, events } }, sentAs };
}

/** Only what carries numbers comes back otherwise than it went. */
function measuredAs(sent: PastEvent['event'], taken: PlanEvent): PastEvent['event'] {
  if (sent.type === 'observation.recorded' && taken.type === sent.type) return { ...sent, data: taken.data };
  return sent.type === 'fact.corrected' && taken.type === sent.type ? { ...sent, data: taken.data } : sent;
}

interface Converted {
  readonly sent: Measured;
  readonly stands: Measured;
}

/** @returns undefined when the number is in the fact's own unit already, and when nobody can say what it is in it */
function convert(pathway: Pathway, { fact, value, unit }: Stated): Converted | undefined {
  const definition = pathway.fact(fact);
  if (definition?.is.kind !== 'number' || typeof value !== 'number' || unit === undefined) return undefined;
  const own = definition.is.unit;
  if (unit === own) return undefined;
  const inOwn = valueIn(own, { definition, value, unit });
  return inOwn === undefined ? undefined : { sent: { value, unit }, stands: { value: inOwn, unit: own } };
}

/** The catalogue has the first word: it knows the substance, and UCUM does not. */
function valueIn(
  own: string,
  { definition, value, unit }: Measured & { definition: FactDefinition },
): number | undefined {
  const other = definition.alsoIn.find((one) => one.unit === unit);
  return other ? withoutNoise(value * other.factor) : conversionBetween({ from: unit, to: own })?.(value);
}
