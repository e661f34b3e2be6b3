import { createMachine, transition } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { Defect } from '../../../src/core/model/failure.ts';
import {
  type ChartEvent,
  chartConfig,
  chartLine,
  createChart,
  placeOf,
} from '../../../src/core/pathway/chart.ts';
import { moleRemoval } from '../../fixtures/mole-removal.compiled.ts';
import { pathwayWith, stageOf } from '../../support/pathways.ts';

const staged = pathwayWith({ stages: [stageOf('first'), stageOf('second'), stageOf('third')] });
const eventsOf = ({ stages }: typeof staged): ChartEvent[] => [
  { type: 'phase.completed' },
  { type: 'gate.opened' },
  { type: 'plan.cancelled' },
  ...stages.map(({ stage }): ChartEvent => ({ type: `performed.${stage}` })),
  ...stages.map(({ stage }): ChartEvent => ({ type: `owed.${stage}` })),
];

describe.each([
  ['one stage', moleRemoval],
  ['three stages', staged],
])('the chart of a pathway of %s', (_name, compiled) => {
  const chart = createChart(chartLine(compiled));
  const machine = createMachine(chartConfig(chartLine(compiled)) as never);
  const events = eventsOf(compiled);
  const explored = getShortestPaths(machine, { events: events as never });
  const phases = ['ready', 'procedure', 'closure', 'recovery'];
  const every = [
    'consultation',
    'assessment',
    ...compiled.stages.flatMap(({ stage }) => phases.map((phase) => `${stage}.${phase}`)),
    'completed',
    'cancelled',
  ];

  it('reaches every phase, and no state beside them', () => {
    const reached = explored.map(({ state }) => {
      const value: unknown = state.value;
      if (typeof value === 'string') return value;
      const [[outer, inner] = ['', '']] = Object.entries(value as Record<string, string>);
      return `${outer}.${inner}`;
    });
    expect([...new Set(reached)].sort()).toEqual([...every].sort());
  });

  it('performs nothing: no transition has an action, a timer or an invocation', () => {
    const snapshots = explored.map(({ state }) => state);
    const actions = snapshots.flatMap((snapshot) =>
      events.flatMap((event) => transition(machine, snapshot as never, event as never)[1]),
    );
    expect(actions).toEqual([]);
    expect(JSON.stringify(chartConfig(chartLine(compiled)))).not.toMatch(
      /"(after|invoke|always|entry|exit|guard)"/,
    );
  });

  it('lets only an opened gate or a report lead into a procedure or past it', () => {
    const led = every.flatMap((state) =>
      events.flatMap((event) => {
        const to = chart.next(state, event);
        return to !== state && /\.(procedure|closure)$/.test(to) ? [`${event.type} in ${state}: ${to}`] : [];
      }),
    );
    const allowed = led.filter(
      (one) =>
        /^gate\.opened in (\w+)\.ready: \1\.procedure$/.test(one) ||
        /^performed\.(\w+) in .*: \1\.closure$/.test(one),
    );
    expect(led).toEqual(allowed);
    expect(led.length).toBeGreaterThan(0);
  });

  it('takes a report and a cancellation in every state but the last ones', () => {
    for (const state of every) {
      const isOver = state === 'completed' || state === 'cancelled';
      expect(chart.isFinal(state)).toBe(isOver);
      expect(chart.next(state, { type: 'plan.cancelled' })).toBe(isOver ? state : 'cancelled');
      for (const { stage } of compiled.stages)
        expect(chart.next(state, { type: `performed.${stage}` })).toBe(isOver ? state : `${stage}.closure`);
    }
  });

  it('leads back to the gate of a stage that is owed again, from every state but the last ones', () => {
    for (const state of every) {
      const isOver = state === 'completed' || state === 'cancelled';
      for (const { stage } of compiled.stages)
        expect(chart.next(state, { type: `owed.${stage}` })).toBe(isOver ? state : `${stage}.ready`);
    }
  });

  it('leads from every state to the end', () => {
    for (const state of every) {
      let at = state;
      for (let step = 0; step < 4 * every.length && !chart.isFinal(at); step += 1) {
        const { phase, stage } = placeOf(at);
        const event: ChartEvent =
          phase === 'ready'
            ? { type: 'gate.opened' }
            : phase === 'procedure'
              ? { type: `performed.${stage}` }
              : { type: 'phase.completed' };
        at = chart.next(at, event);
      }
      expect(chart.isFinal(at)).toBe(true);
    }
  });

  it('does not move on an event that means nothing there', () => {
    expect(chart.next('consultation', { type: 'gate.opened' })).toBe('consultation');
    expect(chart.next('consultation', { type: 'performed.unheardOf' })).toBe('consultation');
    const [first] = compiled.stages;
    expect(chart.next(`${first?.stage}.ready`, { type: 'phase.completed' })).toBe(`${first?.stage}.ready`);
  });

  it('refuses a state that is none of its own', () => {
    expect(() => chart.next('a.b.c', { type: 'gate.opened' })).toThrow(Defect);
    expect(() => chart.next('nowhere', { type: 'gate.opened' })).toThrow();
  });
});

it('a chart state is a phase, and inside a stage a phase of that stage', () => {
  expect(placeOf('consultation')).toEqual({ phase: 'consultation' });
  expect(placeOf('excision.ready')).toEqual({ phase: 'ready', stage: 'excision' });
});
