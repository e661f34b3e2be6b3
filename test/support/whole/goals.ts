import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { must } from '../hunt/breach.ts';
import { eventOf, laboratory, patient } from '../plan.ts';
import type { Random } from '../random.ts';
import { opinionAt, type Seen } from './second-look.ts';

const ENDS: readonly string[] = ['completed', 'cancelled', 'declined', 'referred'];
const REACHED: readonly string[] = ['achieved', 'sustaining'];

/** As long as a plan goes on, its goals are where the facts say, and whoever is asked is asked for a reason. */
export function lookAtGoals(seen: Seen, saw: (what: string) => void): void {
  const { compiled, state } = seen;
  if (ENDS.includes(state.chart)) return;
  const objectives = compiled.goals.flatMap((goal) => goal.objectives);
  for (const { objective, target } of objectives) {
    const { achievement = 'none', concern } = state.objectives[objective] ?? {};
    const said = opinionAt(seen, target);
    const isReached = REACHED.includes(achievement);
    must(
      said === 'unknown' || (said === 'met') === isReached,
      () => `goals: ${objective} is ${said}, and called ${achievement}`,
    );
    must(!isReached || concern === undefined, () => `goals: ${objective} is reached, and somebody is asked`);
    const asked = Object.keys(state.tasks).filter(
      (id) => id.startsWith(`plan/goal/${objective}/`) && state.tasks[id]?.status === 'requested',
    );
    const own = `plan/goal/${objective}/${concern}`;
    must(
      asked.every((id) => id === own),
      () => `goals: ${asked} asked about ${objective}, which is ${concern}`,
    );
    must(concern !== 'unknown' || asked.includes(own), () => `goals: nobody is asked for ${objective}`);
    saw(`goal ${achievement}`);
    if (concern) saw(`goal ${concern}`);
  }
}

/** What a patient says of a goal; and now and then somebody who may not. */
export function wished({
  random,
  compiled,
}: {
  readonly random: Random;
  readonly compiled: CompiledPathway;
}): PlanEvent {
  const { goal } = random.pick([...compiled.goals, { goal: 'none' }]);
  const by = { actor: random.pick([patient, patient, patient, laboratory]) };
  return random.chance(0.5)
    ? eventOf('barrier.recorded', { goal, barrier: random.pick(['It stings.', 'It is far.']) }, by)
    : eventOf('priority.stated', { goal, priority: random.pick(['high', 'low']) }, by);
}
