import type { CompiledPathway, TrackDefinition } from '../../src/core/pathway/compiled.schema.ts';
import { decisionOf, planWith } from './decided.ts';
import { contraindication, factOf, leaf, stageOf, taskOf, type Variation } from './pathways.ts';
import type { RunningPlan } from './plan.ts';

type Item = CompiledPathway['course'][number];

/** `itemsOf('skin', 'decision look')`: a stage where no kind is named. */
export const itemsOf = (...names: string[]): Item[] =>
  names.map((text): Item => {
    const [kind, name] = text.split(' ');
    return kind === 'decision' && name ? { kind, name } : { kind: 'stage', name: text };
  });

export const trackOf = (
  track: string,
  names: string[],
  more: Partial<TrackDefinition> = {},
): TrackDefinition => ({
  track,
  title: `Track ${track}`,
  starts: 'with course',
  course: itemsOf(...names),
  ...more,
});

/** Two operations, and beside them a course of tablets that begins with them: each month of it is a stage. */
export const besideOperations = (more: Variation = {}): RunningPlan =>
  planWith({
    facts: [factOf('rash', { kind: 'yes or no' })],
    rules: [
      contraindication('rash-stops-tablets', { all: [leaf('rash', 'equal', true)] }, { of: ['tablets'] }),
    ],
    tracks: [trackOf('medicine', ['month-1', 'month-2'])],
    stages: [
      stageOf('first', { recovery: [taskOf('visit')] }),
      stageOf('second'),
      stageOf('month-1', { traits: ['tablets'], beforeEach: [taskOf('bloods')], recovery: [taskOf('call')] }),
      stageOf('month-2', { traits: ['tablets'] }),
    ],
    decisions: [decisionOf('after')],
    ...more,
  });

/** The main course, and each track. */
export const chartsOf = ({ state }: RunningPlan): Record<string, string> => ({
  main: state.chart,
  ...Object.fromEntries(Object.entries(state.tracks).map(([track, { chart }]) => [track, chart])),
});
