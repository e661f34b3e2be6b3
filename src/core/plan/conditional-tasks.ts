import type { Instant } from '../model/primitives.schema.ts';
import { ALONGSIDE, goesOnAnywhere, homeOf, isEnd, placeOf } from '../pathway/chart.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import type { Judgement } from '../rules/condition.ts';
import { isFor } from './choices.ts';
import { datedBy, dateIn } from './dates-known.ts';
import type { Counted } from './due-anchors.ts';
import { performedIn } from './due-anchors.ts';
import { judgeAt, placesOf } from './judging.ts';
import type { PlanState } from './plan-state.schema.ts';

/**
 * Made unless its condition is known to be unmet, wherever its stage is done: what nobody knows may be needed. What is
 * for some only is made once it is chosen that this patient is one of them; what counts from what never was, not at all.
 */
export const isNeeded = (plan: Counted, definition: TaskDefinition, chart: string): boolean => {
  if (isFor(plan.state, definition.onlyFor) !== true) return false;
  const dated = datedBy(definition);
  if (dated !== undefined && dateIn(plan, dated) === 'never') return false;
  const all = judgementsOf(plan, definition, chart);
  return all.length === 0 || all.some(({ result }) => result !== 'unmet');
};

/** The instants at which time alone may change whether it is needed. */
export const neededEdges = (plan: Counted, definition: TaskDefinition, chart: string): Instant[] =>
  judgementsOf(plan, definition, chart).flatMap(({ validUntil }) => validUntil ?? []);

function judgementsOf(
  { pathway, state, now }: Counted,
  { onlyWhen }: TaskDefinition,
  chart: string,
): Judgement[] {
  if (!onlyWhen) return [];
  const stage = pathway.stage(placeOf(chart).stage ?? '');
  const places = stage ? placesOf(pathway, state, onlyWhen, stage) : [{}];
  return places.map((place) => judgeAt(pathway, state, now, onlyWhen, place));
}

/**
 * The lists of work whose phase lasts: of the chart state; before a procedure, all that leads to it; and what comes
 * after the last session, until its stage is left. Off the course, of where the plan left it, what goes on wherever it
 * is. And from its beginning on, what goes on alongside.
 */
export function chartsInForce(state: PlanState): readonly string[] {
  const { chart, leave, enteredAt } = state;
  const isOnItsWay = enteredAt[ALONGSIDE] !== undefined && !isEnd(homeOf(state));
  const alongside = isOnItsWay ? [ALONGSIDE] : [];
  if (leave === undefined) return [...listsAt(state, chart), ...alongside];
  return [chart, ...listsAt(state, leave.from).filter(goesOnAnywhere), ...alongside];
}

function listsAt(state: PlanState, chart: string): readonly string[] {
  const { phase, stage } = placeOf(chart);
  if (stage === undefined) return [chart];
  const before = ['ready', 'prep', 'procedure'];
  // Behind the procedure, where nothing leads to it any more, the index is -1.
  const led = before.slice(0, Math.max(0, before.indexOf(phase))).map((one) => `${stage}.${one}`);
  const session = performedIn(state, { stage }).length > 0 ? [`${stage}.session`] : [];
  return [...led, chart, ...session];
}
