import type { Actor } from '../../src/core/model/actor.schema.ts';
import type { PlanChange } from '../../src/core/model/plan-change.schema.ts';
import type { Instant } from '../../src/core/model/primitives.schema.ts';
import { lead } from './decided.ts';
import { eventOf, type RunningPlan, refusalOf, type ToldStep } from './plan.ts';

/** Sends a revision, by the clinical lead unless somebody else is named. */
export function revise(
  plan: RunningPlan,
  changes: PlanChange[],
  { by = lead, now }: { by?: Actor; now?: Instant } = {},
): ToldStep {
  const id = `revise-${plan.steps.length}`;
  return plan.send(eventOf('revisePlan', { reason: 'slow healing', changes }, { id, actor: by }), now);
}

/** Why a revision was refused, or turned away at the border; undefined: it was made. */
export function whyNot({ answer }: ToldStep): string | undefined {
  if (answer.outcome === 'accepted') return undefined;
  if (answer.outcome !== 'refused') return `${answer.code} ${answer.says}`;
  const { code, reasons, says } = refusalOf(answer);
  return [code, ...(reasons.length > 0 ? reasons.map((one) => one.says) : [says])].join(' ');
}
