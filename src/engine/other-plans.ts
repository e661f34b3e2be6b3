import { LOOK_AGAIN } from '../../activities/receive.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { countedAnywhere } from '../core/plan/other-plans.ts';
import type { PlanKey } from '../core/plan/outcome.schema.ts';
import type { OtherPlans, RunningOther } from '../store/other-plans.ts';
import type { Plans } from '../store/plans.ts';
import type { PlanClient } from './plan-client.ts';

export interface TellingPorts {
  running: OtherPlans['running'];
  loadPathway(clinic: string, digest: string): Promise<Pathway>;
  readonly plans: Pick<Plans, 'resume'>;
  readonly client: Pick<PlanClient, 'send'>;
}

/**
 * Has the patient's other plans look again at what this one has performed. Told twice, they look twice: it is done anew
 * until each has been told.
 */
export async function tellOtherPlans(ports: TellingPorts, key: PlanKey): Promise<void> {
  const { running, plans, client } = ports;
  const told = (await running(key)).map(async (other) => {
    const { clinic } = key;
    if (!(await counts(ports, clinic, other))) return;
    const { planId } = other;
    await client.send({ clinic, planId }, LOOK_AGAIN, () => plans.resume({ clinic, planId }));
  });
  const outcomes = await Promise.allSettled(told);
  for (const one of outcomes) if (one.status === 'rejected') throw one.reason;
}

/** One whose pathway cannot be read is told as well: it may. */
const counts = ({ loadPathway }: TellingPorts, clinic: string, { digest }: RunningOther): Promise<boolean> =>
  loadPathway(clinic, digest).then(
    (pathway) => countedAnywhere(pathway).size > 0,
    () => true,
  );
