import { createMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import {
  type ChartEvent,
  chartConfig,
  chartLine,
  createChart,
  placeOf,
} from '../../../src/core/pathway/chart.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { ExitName } from '../../../src/core/pathway/rules.schema.ts';
import { decisionOf } from '../../support/decided.ts';
import { pathwayWith, stageOf, taskOf } from '../../support/pathways.ts';
import { itemsOf, trackOf } from '../../support/tracks.ts';

/** A course of two stages, with tracks beside it. */
const beside = (count: number): CompiledPathway => {
  const names = Array.from({ length: count }, (_, index) => `track-${index}`);
  return pathwayWith({
    stages: [
      stageOf('first'),
      stageOf('second'),
      ...names.flatMap((name) => [
        stageOf(`${name}-a`, { prep: [taskOf('talk')] }),
        stageOf(`${name}-b`, { elsewhere: true }),
      ]),
    ],
    tracks: names.map((name) => trackOf(name, [`${name}-a`, `decision ${name}-on`, `${name}-b`])),
    decisions: names.map((name) => decisionOf(`${name}-on`)),
    course: itemsOf('first', 'second'),
  });
};

const eventsOf = (stages: readonly string[], items: readonly string[]): ChartEvent[] => [
  ...(['track.started', 'track.waits', 'phase.completed', 'prep.opened', 'gate.opened'] as const).map(
    (type) => ({ type }),
  ),
  ...(['course.ended', 'plan.cancelled', 'plan.declined', 'referral.closed'] as const).map((type) => ({
    type,
  })),
  ...stages.flatMap((stage): ChartEvent[] => [
    { type: `performed.${stage}` },
    { type: `owed.${stage}` },
    { type: `begun.${stage}` },
    { type: `return.${stage}.ready` },
  ]),
  ...items.map((item): ChartEvent => ({ type: `passed.${item}` })),
  ...ExitName.options.map((exit): ChartEvent => ({ type: `exit.${exit}` })),
];

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (Object.entries(value as object)[0] ?? []).join('.');

const compiled = beside(1);
const events = eventsOf(
  ['track-0-a', 'track-0-b', 'first'],
  ['track-0-a', 'track-0-on', 'track-0-b', 'first'],
);
const reached = (line: Parameters<typeof chartConfig>[0]): string[] => {
  const machine = createMachine(chartConfig(line) as never);
  const explored = getShortestPaths(machine, { events: events as never });
  return [...new Set(explored.map(({ state }) => textOf(state.value)))].sort();
};

describe('the chart of a track', () => {
  const line = chartLine(compiled, compiled.tracks[0]);
  const chart = createChart(line);
  const states = reached(line);

  it('begins with waiting, and has its own stages, the exits and the ends that it can come to: no state beside them', () => {
    expect(chart.initial).toBe('waiting');
    expect(states).toEqual(
      [
        'waiting',
        ...['ready', 'prep', 'procedure', 'closure', 'recovery'].map((phase) => `track-0-a.${phase}`),
        'track-0-on.decision',
        ...['ready', 'procedure', 'closure', 'recovery'].map((phase) => `track-0-b.${phase}`),
        ...ExitName.options,
        ...['completed', 'cancelled'],
      ].sort(),
    );
  });

  it.each(['first', 'second'])('knows nothing of the stage %s of the main course', (stage) => {
    for (const state of states)
      for (const type of [`performed.${stage}`, `owed.${stage}`, `passed.${stage}`] as const)
        expect(chart.next(state, { type })).toBe(state);
  });

  it('is stopped from every state, and goes where a report of its own says', () => {
    for (const state of states) {
      const isOver = chart.isFinal(state);
      expect(chart.next(state, { type: 'plan.cancelled' })).toBe(isOver ? state : 'cancelled');
      expect(chart.next(state, { type: 'performed.track-0-a' })).toBe(isOver ? state : 'track-0-a.closure');
    }
  });

  it('lets only others’ word lead into what they do', () => {
    const led = states.flatMap((state) =>
      events.filter(
        (event) => state !== 'track-0-b.procedure' && chart.next(state, event) === 'track-0-b.procedure',
      ),
    );
    expect(new Set(led.map(({ type }) => type))).toEqual(new Set(['begun.track-0-b', 'gate.opened']));
  });

  it('leads from every state to its end', () => {
    for (const state of states) {
      let at = chart.next(state, { type: 'return.track-0-a.ready' });
      for (let step = 0; step < 30 && !chart.isFinal(at); step += 1) {
        const { phase, stage } = placeOf(at);
        const type =
          phase === 'waiting'
            ? 'track.started'
            : phase === 'ready' || phase === 'prep' || phase === 'procedure'
              ? (`performed.${stage}` as const)
              : 'phase.completed';
        at = chart.next(at, { type });
      }
      expect(chart.isFinal(at)).toBe(true);
    }
  });
});

it('the chart of the course knows nothing of its tracks', () => {
  expect(reached(chartLine(compiled)).filter((state) => state.startsWith('track-'))).toEqual([]);
});

it('is a chart of its own for each line: six tracks have six times the states of one, not its sixth power', () => {
  const six = beside(6);
  const counts = six.tracks.map((track) => Object.keys(chartConfig(chartLine(six, track)).states).length);
  expect(new Set(counts)).toEqual(new Set([1 + 3 + ExitName.options.length + 3]));
});
