import type { CompiledPathway } from '../core/pathway/compiled.schema.ts';

/** The command that starts a first plan: on the shortest pathway that leaves no area to choose, if there is one. */
export function firstPlanCommand(compiled: readonly CompiledPathway[]): string {
  const choicesOf = ({ areas }: CompiledPathway) =>
    Object.entries(areas).filter(([, { choose }]) => choose !== 'all');
  const shortest = compiled.toSorted((one, other) => one.stages.length - other.stages.length);
  const easiest = shortest.find((one) => choicesOf(one).length === 0) ?? shortest[0];
  const areas = easiest ? choicesOf(easiest).map(([role, { sites }]) => ` --area ${role}="${sites[0]}"`) : [];
  return `npx carechart start ${easiest?.pathway ?? '<pathway>'} --patient example-patient --plan first-plan${areas.join('')}`;
}
