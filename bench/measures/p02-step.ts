import { createMachine, transition } from 'xstate';
import { chartConfig, chartLine } from '../../src/core/pathway/chart.ts';
import { step } from '../../src/core/plan/step.ts';
import { ACTOR, oneObservation, startProcedure, toTheGate } from '../carechart/events.ts';
import { benchPathway } from '../carechart/pathway.ts';
import { type MeasureReport, ratioAtMost, rowsOf } from '../report.ts';
import type { Settings } from '../settings.ts';
import { alternate } from '../statistics.ts';
import { asItArrives, judgeAll, plainReader, planWithHistory, timed, warmUp } from './p01-rules.ts';

export async function measureStep({ rounds, quick }: Settings): Promise<MeasureReport> {
  const { pathway, state: before, now } = planWithHistory();
  let state = before;
  for (const event of toTheGate()) state = step(pathway, state, { ...event, actor: ACTOR }, now).state;
  const request = { ...startProcedure(), actor: ACTOR };
  const fact = { ...oneObservation(), actor: ACTOR };
  const opened = step(pathway, state, request, now);

  const machine = createMachine(chartConfig(chartLine(benchPathway)));
  const ready = machine.resolveState({ value: { excision: 'ready' }, context: {} });
  const reader = plainReader(
    Object.fromEntries(Object.entries(state.observations).map(([name, [first]]) => [name, first?.value])),
  );
  const forMs = quick ? 150 : 400;
  const ours = async () => ({
    gate: await timed(forMs, () => step(pathway, asItArrives(state), request, now)),
    fact: await timed(forMs, () => step(pathway, asItArrives(before), fact, now)),
  });
  const bare = async () => {
    const us = await timed(forMs, () => {
      judgeAll(reader);
      transition(machine, ready, { type: 'gate.opened' });
    });
    return { gate: us, fact: us };
  };
  await warmUp(quick, [ours, bare]);
  const measured = await alternate(rounds, { ours, bare });
  return {
    id: 'P2',
    title: '`step` whole',
    work: 'one event into a plan with 74 observations, 50 rules in scope; explanation, ledger and journal made',
    bare: 'P1’s judgement of the 50 rules, and one xstate `transition`',
    rounds,
    rows: rowsOf(measured, [
      {
        name: 'gate',
        what: 'a request that opens the gate: the chart moves',
        unit: 'µs',
        goals: [ratioAtMost(3)],
      },
      {
        name: 'fact',
        what: 'a fact that changes no verdict: the chart stays',
        unit: 'µs',
        goals: [ratioAtMost(3)],
      },
    ]),
    checks: {
      'the gate opened': opened.state.chart === 'excision.procedure' || JSON.stringify(opened.answer),
    },
    details: { stateBytes: JSON.stringify(state).length, pathwayBytes: JSON.stringify(benchPathway).length },
    notMeasured: ['stages and tracks beside each other', 'eligibility, intervals and tables'],
  };
}
