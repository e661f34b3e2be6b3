import type { PlanEvent } from './event.schema.ts';

/** An event's body with its numbers as they were sent: what the journal keeps, whatever the catalogue makes of them. */
export function bodyAsSent(event: PlanEvent): PlanEvent['data'] {
  const { sentAs } = event;
  if (!sentAs) return event.data;
  switch (event.type) {
    case 'observation.recorded':
      return { observations: event.data.observations.map((one, index) => ({ ...one, ...sentAs[index] })) };
    case 'fact.corrected':
      return { ...event.data, ...sentAs[0] };
    default:
      return event.data;
  }
}
