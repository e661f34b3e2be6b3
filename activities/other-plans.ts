import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { DoneInPlan, PlanEvent } from '../src/core/model/event.schema.ts';
import type { Pathway } from '../src/core/pathway/pathway.ts';
import { tailored } from '../src/core/pathway/tailored.ts';
import { countedAnywhere, doneInOthers } from '../src/core/plan/other-plans.ts';
import type { PlanKey } from '../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../src/core/plan/plan-state.schema.ts';
import type { StoredOther } from '../src/store/other-plans.ts';
import { isOutage } from '../src/store/outage.ts';

/** What it takes to read of the other plans of a patient. */
export interface OtherPlansPorts {
  loadPathway(clinic: string, digest: string): Promise<Pathway>;
  /** What every other plan of the patient in this clinic has performed. */
  readOthers(key: PlanKey, patient: string): Promise<readonly StoredOther[]>;
  readonly logger: Logger;
}

interface Taken {
  readonly pathway: Pathway;
  readonly state: PlanState | null;
  readonly event: PlanEvent;
}

/**
 * Puts beside an event what the patient's other plans have performed, where the plan counts from it and it is not what
 * the plan knows already. It is read anew for each event, so that no gate opens on what was so an hour ago; it is kept
 * with the event, and nobody asks the store for it again.
 */
export async function withOtherPlans(
  ports: OtherPlansPorts,
  key: PlanKey,
  { pathway, state, event }: Taken,
): Promise<PlanEvent> {
  if (countedAnywhere(pathway).size === 0) return event;
  const patient = state?.patient ?? (event.type === 'startPlan' ? event.data.patient : undefined);
  if (patient === undefined) return event;
  const otherPlans = await readAll(ports, key, { pathway, patient });
  return isDeepStrictEqual(otherPlans, state?.otherPlans) ? event : { ...event, otherPlans };
}

/** @returns null where it cannot be told: then the interval is unknown, and the plan goes on */
async function readAll(
  { readOthers, loadPathway, logger }: OtherPlansPorts,
  key: PlanKey,
  { pathway, patient }: { readonly pathway: Pathway; readonly patient: string },
): Promise<DoneInPlan[] | null> {
  try {
    const others = (await readOthers(key, patient)).filter(({ performed }) => performed.length > 0);
    const known = others.map(async ({ planId, digest, overlay, performed }) => ({
      plan: planId,
      pathway: tailored(await loadPathway(key.clinic, digest), overlay),
      performed,
    }));
    return doneInOthers(pathway, await Promise.all(known));
  } catch (error) {
    if (isOutage(error)) throw error;
    logger.error({ plan: key.planId, err: error }, 'what other plans have performed cannot be told');
    return null;
  }
}
