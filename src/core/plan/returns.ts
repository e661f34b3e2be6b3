import { isEnd, placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { type Draft, write } from './draft.ts';
import { moveChart } from './phases.ts';
import type { Leave } from './plan-state.schema.ts';

/** To where it left, or to the phase that the exit names, whose work that fell away is asked for as it is entered. */
export function comeBack(draft: Draft, reason: string): void {
  const { leave } = draft.state;
  if (!leave) return;
  const to = whereTo(draft.pathway, leave);
  moveChart(draft, { type: isEnd(to) ? 'course.ended' : `return.${to}` }, { from: leave.from });
  const says = `Back from ${leave.exit}, in ${to}: ${reason}`;
  write(draft, { kind: 'course.returned', says, details: { exit: leave.exit, to, reason } });
}

/**
 * The chart state to come back to: of a course that had come to its end, that. Never behind a gate, and not into a prep that
 * its gate let the plan into.
 */
export function whereTo(pathway: Pathway, { exit, from }: Pick<Leave, 'exit' | 'from'>): string {
  const { returnsTo } = pathway.exit(exit);
  return returnsTo === 'where it left' || isEnd(from) ? backTo(pathway, from) : returnsTo;
}

/** What others have begun goes on: no gate of this plan let them in. */
export function backTo(pathway: Pick<Pathway, 'stage'>, from: string): string {
  const { phase, stage } = placeOf(from);
  if (stage === undefined || pathway.stage(stage)?.elsewhere) return from;
  return phase === 'prep' || phase === 'procedure' ? `${stage}.ready` : from;
}
