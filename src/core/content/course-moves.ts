import { type ChartEvent, type ChartLine, createChart, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';

/** How a plan gets through a line of its course when nothing calls it off. */
export interface CourseMoves {
  readonly states: readonly string[];
  readonly transitions: readonly (readonly [from: string, to: string])[];
}

/**
 * From the beginning of a line to its end, by what moves a plan on: work that is done, gates that open, reports. Exits,
 * cancellations and what is told out of turn lead from everywhere to everywhere, whatever a file says: they are none of
 * a pathway's own.
 */
export function courseMoves(line: ChartLine): CourseMoves {
  const chart = createChart(line);
  const stages = new Map(line.stages.map((stage) => [stage.stage, stage]));
  const states: string[] = [chart.initial];
  const transitions: [string, string][] = [];
  for (const from of states) {
    const { stage: name, phase } = placeOf(from);
    const stage = name === undefined ? undefined : stages.get(name);
    for (const event of eventsAt(phase, stage)) {
      const to = chart.next(from, event);
      if (to === from) continue;
      transitions.push([from, to]);
      if (!states.includes(to)) states.push(to);
    }
  }
  return { states, transitions };
}

const ON: readonly ChartEvent[] = [{ type: 'phase.completed' }, { type: 'track.started' }];
const GATES: readonly ChartEvent[] = [{ type: 'prep.opened' }, { type: 'gate.opened' }];

/** What others do has no gate here: it is reported where the plan waits for it. */
function eventsAt(phase: string, stage: StageDefinition | undefined): readonly ChartEvent[] {
  if (!stage) return ON;
  const { stage: name, elsewhere } = stage;
  const done: ChartEvent = { type: `performed.${name}` };
  const owed: ChartEvent = { type: `owed.${name}` };
  const isSeries = stage.sessions !== 1 || stage.list !== undefined;
  if (phase === 'ready' && elsewhere) return [done];
  if (phase === 'ready' || phase === 'prep') return GATES;
  return phase === 'procedure' ? [done, ...(isSeries ? [owed] : [])] : ON;
}
