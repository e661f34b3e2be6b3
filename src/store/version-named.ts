import type { PlanEvent, SentEvent } from '../core/model/event.schema.ts';
import { Failure } from '../core/model/failure.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import type { Beside } from '../core/plan/step.ts';

/**
 * What an event needs beside its plan's own pathway. A version that is not published is for the core to refuse; only a
 * store that is away fails.
 */
export async function besideOf(
  load: (clinic: string, digest: string) => Promise<Pathway>,
  clinic: string,
  event: PlanEvent | SentEvent,
): Promise<Beside> {
  if (event.type !== 'adoptVersion') return {};
  try {
    return { next: await load(clinic, event.data.pathway.digest) };
  } catch (error) {
    if (error instanceof Failure && error.code === 'CC4003') return {};
    throw error;
  }
}
