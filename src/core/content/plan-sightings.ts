import { z } from 'zod';
import { itemAt, placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { tailored } from '../pathway/tailored.ts';
import { type Line, linesOf, viewAlong, WAITING } from '../plan/lines.ts';
import { stageNow } from '../plan/listed-sessions.ts';
import { NOW_IN } from '../plan/phases.ts';
import type { PlanState } from '../plan/plan-state.schema.ts';
import { findingsInScope } from '../plan/scope.ts';
import type { Step } from '../plan/walk.ts';
import { ownConditions } from './own-conditions.ts';
import * as sight from './sight.ts';
import {
  sightingsOfAlerts,
  sightingsOfFinding,
  sightingsOfIntervals,
  sightingsOfOwn,
  sightingsOfTable,
  tablesOf,
} from './sightings.ts';

/** What can be seen of a plan on its way, step by step: where it goes, what it is told at its gates, what is decided. */
export function sightingsOfPlan(published: Pathway, steps: readonly Step[]): Set<string> {
  const seen = new Set<string>();
  let before: PlanState | undefined;
  for (const one of steps) {
    const pathway = tailored(published, one.state.overlay);
    const parts = [
      moves(pathway, before, one),
      answers(before, one),
      gates(pathway, one),
      rules(pathway, one),
    ];
    for (const name of parts.flat()) seen.add(name);
    before = one.state;
  }
  return seen;
}

const chartOn = ({ chart, tracks }: PlanState, line: Line): string =>
  line === undefined ? chart : (tracks[line] ?? WAITING).chart;

function moves(pathway: Pathway, before: PlanState | undefined, { state, journal }: Step): string[] {
  const entered = journal.flatMap(({ kind, says }) =>
    kind === 'phase.entered' ? [says.slice(NOW_IN.length)] : [],
  );
  return linesOf(pathway).flatMap((line) => {
    const now = chartOn(state, line);
    const isOnLine = (chart: string): boolean => {
      const item = itemAt(chart);
      return item === undefined ? chart === now || line === undefined : pathway.trackOf(item) === line;
    };
    const passed = [...(before ? [chartOn(before, line)] : []), ...entered.filter(isOnLine)];
    const way = passed.filter((chart) => !isBegunElsewhere(pathway, chart));
    return [
      sight.state(line, now),
      ...way.map((one) => sight.state(line, one)),
      ...way.slice(1).map((to, index) => sight.transition(line, way[index] ?? '', to)),
    ];
  });
}

/** What others do is told when it is over, and sometimes when it begins: that is no way of its own. */
function isBegunElsewhere(pathway: Pathway, chart: string): boolean {
  const { phase, stage } = placeOf(chart);
  return phase === 'procedure' && stage !== undefined && pathway.stage(stage)?.elsewhere === true;
}

function answers(before: PlanState | undefined, { state, journal }: Step): string[] {
  const decisionOf = (id: string): string | undefined =>
    (state.questions[id] ?? before?.questions[id])?.decision;
  const decided = journal.flatMap(({ kind, details: { id, outcome } }) => {
    const decision = kind === 'question.answered' ? decisionOf(String(id)) : undefined;
    return decision === undefined ? [] : [sight.outcome(decision, String(outcome))];
  });
  return [
    ...decided,
    ...Object.entries(state.choices).map(([choice, { value }]) => sight.outcome(choice, value)),
  ];
}

const GateAsked = z.object({
  type: z.enum(['startPrep', 'startProcedure']),
  data: z.object({ stage: z.string() }),
});

const GateOpened = z.object({ of: z.enum(['prep', 'procedure']), stage: z.string() });

interface Gate {
  readonly stage: string;
  readonly of: 'prep' | 'procedure';
  readonly answer: 'open' | 'refused';
}

function gatesIn({ journal }: Step): Gate[] {
  return journal.flatMap(({ kind, details }): Gate[] => {
    const asked = kind === 'request.refused' ? GateAsked.safeParse(details).data : undefined;
    if (asked) {
      const of = asked.type === 'startPrep' ? 'prep' : 'procedure';
      return [{ stage: asked.data.stage, of, answer: 'refused' }];
    }
    const opened = kind === 'gate.opened' ? GateOpened.safeParse(details).data : undefined;
    return opened ? [{ ...opened, answer: 'open' }] : [];
  });
}

/** Intervals and a gate's table are asked when the gate is. */
const gates = (pathway: Pathway, step: Step): string[] =>
  gatesIn(step).flatMap(({ stage: name, of, answer }) => {
    const view = viewAlong(pathway, step.state, pathway.trackOf(name));
    const at = { ...view, now: step.state.now };
    const stage = stageNow(view.pathway, view.state, name);
    return [
      sight.gate(name, of, answer),
      ...(stage ? sightingsOfIntervals(at, stage) : []),
      ...(stage?.table ? sightingsOfTable(at, stage.table.table, stage) : []),
    ];
  });

/** What is judged all along: holds and alerts, who is meant, whether there is work. */
function rules(pathway: Pathway, { state }: Step): string[] {
  const { now } = state;
  const whole = { pathway, state, now };
  const own = ownConditions(pathway.compiled);
  return [
    ...linesOf(pathway).flatMap((line) => {
      const view = viewAlong(pathway, state, line);
      const at = { ...view, now };
      const stage = stageNow(view.pathway, view.state, placeOf(view.state.chart).stage);
      const here = stage ? own.filter((one) => one.stage?.stage === stage.stage) : [];
      return [
        ...findingsInScope(view.pathway, view.state, now).flatMap(sightingsOfFinding),
        ...here.flatMap((one) => sightingsOfOwn(at, one, stage)),
      ];
    }),
    ...own.flatMap((one) => (one.stage ? [] : sightingsOfOwn(whole, one, undefined))),
    ...tablesOf(pathway).flatMap((table) => sightingsOfTable(whole, table, undefined)),
    ...sightingsOfAlerts(whole),
  ];
}
