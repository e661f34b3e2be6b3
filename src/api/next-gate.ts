import { isExit, itemAt, placeOf } from '../core/pathway/chart.ts';
import type { StageDefinition } from '../core/pathway/compiled.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { isFor } from '../core/plan/choices.ts';
import { asNext } from '../core/plan/listed-sessions.ts';
import type { OpenedGate, PlanState } from '../core/plan/plan-state.schema.ts';
import { whereTo } from '../core/plan/returns.ts';

/** A gate: into a stage's prep, or into its procedure. */
export interface Gate {
  readonly stage: StageDefinition;
  readonly of: OpenedGate['of'];
  /** The plan stands at it. */
  readonly isReached: boolean;
}

/**
 * The gate that a plan stands at, or comes to next: off its course, the one that it would come to once it returns.
 * @returns undefined when no stage is ahead, or the plan is over
 */
export function nextGate(pathway: Pathway, state: PlanState): Gate | undefined {
  const gate = gateAhead(pathway, state);
  return gate && { ...gate, stage: asNext(pathway, state, gate.stage) };
}

function gateAhead(
  pathway: Pathway,
  state: Pick<PlanState, 'chart' | 'leave' | 'choices'>,
): Gate | undefined {
  const { chart, leave, choices } = state;
  if (pathway.chart.isFinal(chart)) return undefined;
  if (isExit(chart)) {
    const gate = leave && gateAhead(pathway, { chart: whereTo(pathway, { ...leave, exit: chart }), choices });
    return gate && atReady(gate.stage, false);
  }
  const { phase, stage: name } = placeOf(chart);
  const stage = pathway.stage(name ?? '');
  if (stage && phase === 'ready') return atReady(stage, true);
  if (stage && phase === 'prep') return { stage, of: 'procedure', isReached: true };
  if (stage && phase === 'procedure') return { stage, of: 'procedure', isReached: false };
  const ahead = stageAfter(pathway, state, itemAt(chart));
  return ahead && atReady(ahead, false);
}

const atReady = (stage: StageDefinition, isReached: boolean): Gate => ({
  stage,
  of: stage.prep ? 'prep' : 'procedure',
  isReached,
});

/** The first stage of the course after one of its items, or of all of it, that may be for this patient. */
function stageAfter(
  { course, stage }: Pathway,
  state: Pick<PlanState, 'choices'>,
  item: string | undefined,
): StageDefinition | undefined {
  const from = item === undefined ? 0 : course.findIndex(({ name }) => name === item) + 1;
  return course
    .slice(from)
    .flatMap(({ name }) => stage(name) ?? [])
    .find(({ onlyFor }) => isFor(state, onlyFor) !== false);
}
