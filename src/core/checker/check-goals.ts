import { tasksIn } from '../pathway/conditions.ts';
import type { ObjectiveDefinition } from '../pathway/goals.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { counted, type Finding, type Looked } from './finding.ts';
import { Space } from './space.ts';

/** What the treatment is for is measured, and what reaches it is not what shows that it has no effect. */
export function checkGoals(pathway: Pathway): Looked {
  const objectives = pathway.compiled.goals.flatMap((goal) => goal.objectives);
  return {
    findings: objectives.flatMap((one) => [...unmeasured(one, pathway), ...contradictory(one, pathway)]),
    explored: objectives.length === 0 ? [] : [counted(objectives.length, 'objective')],
  };
}

/** Whoever supplies it is asked on the day that it is due: until then nobody sees how it goes. */
function unmeasured({ objective, measure }: ObjectiveDefinition, pathway: Pathway): Finding[] {
  const fact = pathway.derived(measure)?.of ?? measure;
  if (tasksIn(pathway.compiled).some(({ records }) => records.includes(fact))) return [];
  const role = pathway.fact(fact)?.ask.role;
  const says = `no task records \`${fact}\`, by which \`${objective}\` is measured: the ${role} is asked only when it is due, and nobody knows before how it goes`;
  const at = { kind: 'objective', name: objective, path: ['measure'] };
  return [{ code: 'CC1237', severity: 'warning', at, says }];
}

function contradictory(
  { objective, target, ineffectiveWhen }: ObjectiveDefinition,
  { compiled }: Pathway,
): Finding[] {
  if (!ineffectiveWhen) return [];
  const space = new Space([target, ineffectiveWhen], compiled);
  if (space.isImpossible([{ when: target, is: 'met' }]) || !space.implies(target, ineffectiveWhen)) return [];
  const says = `whoever reaches \`${objective}\` is said to be treated without effect: \`ineffectiveWhen\` holds of all whom the target holds of`;
  const at = { kind: 'objective', name: objective, path: ['ineffectiveWhen'] };
  return [{ code: 'CC1238', severity: 'error', at, says }];
}
