import { isExit, itemAt, placeOf } from '../core/pathway/chart.ts';
import type { StageDefinition } from '../core/pathway/compiled.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { isOut } from '../core/plan/choices.ts';
import type { Line } from '../core/plan/lines.ts';
import { asNext } from '../core/plan/listed-sessions.ts';
import type { OpenedGate, PlanState } from '../core/plan/plan-state.schema.ts';
import { backTo, whereTo } from '../core/plan/returns.ts';

/** A gate: into a stage's prep, or into its procedure. */
export interface Gate {
  readonly stage: StageDefinition;
  readonly of: OpenedGate['of'];
  /** The plan stands at it. */
  readonly isReached: boolean;
}

/** A plan as it looks along one of its lines. */
interface LineView {
  readonly line: Line;
  readonly pathway: Pathway;
  readonly state: PlanState;
}

/**
 * The gate that a line of a plan stands at, or comes to next: off its course, the one that it would come to once it
 * returns.
 * @returns undefined when no stage is ahead, or the line is over
 */
export function nextGate({ line, pathway, state }: LineView): Gate | undefined {
  const back = chartOnReturn({ line, pathway, state });
  const gate = gateAhead(pathway, back === undefined ? state : { chart: back, choices: state.choices });
  if (!gate) return undefined;
  const stage = asNext(pathway, state, gate.stage);
  return back === undefined ? { ...gate, stage } : atReady(stage, false);
}

/** Of a line that is off its course. The exit's phase to return to is the main course's: a track returns to where it was. */
function chartOnReturn({ line, pathway, state: { chart, leave } }: LineView): string | undefined {
  if (!leave || !isExit(chart)) return undefined;
  return line === undefined ? whereTo(pathway, { ...leave, exit: chart }) : backTo(pathway, leave.from);
}

function gateAhead(pathway: Pathway, state: Pick<PlanState, 'chart' | 'choices'>): Gate | undefined {
  const { chart } = state;
  if (pathway.chart.isFinal(chart) || isExit(chart)) return undefined;
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
    .find((one) => !one.period && !isOut(state, one));
}
