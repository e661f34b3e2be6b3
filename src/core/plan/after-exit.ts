import type { EventOf } from '../model/event.schema.ts';
import { takeAction } from './actions.ts';
import type { Draft } from './draft.ts';
import type { Leave } from './plan-state.schema.ts';
import { keepTaken } from './questions.ts';
import { type Refusal, refuse, refuseOver } from './refusal.ts';
import { comeBack } from './returns.ts';

/** Back to the course. No gate is open: consent, eligibility, holds and intervals are asked again by it. */
export function returnToCourse(draft: Draft, { data }: EventOf<'returnToCourse'>): Refusal | undefined {
  const { chart, leave } = draft.state;
  if (draft.pathway.chart.isFinal(chart)) return refuseOver(draft);
  if (!leave) return refuse('CC3010', `The plan has not left its course: it is in ${chart}.`, []);
  goOnAfterExit(draft, data.reason);
  return undefined;
}

/**
 * Back, and on with what was decided to follow. What led to the exit is not asked again, unless what follows leads there:
 * a decision that says nothing of what comes after its exit is.
 */
export function goOnAfterExit(draft: Draft, reason: string): void {
  const follows = draft.state.leave?.follows;
  if (follows) keepTaken(draft, follows.about, 'go');
  comeBack(draft, reason);
  if (follows) take(draft, follows);
}

function take(draft: Draft, { action, ...occasion }: NonNullable<Leave['follows']>): void {
  const { about } = occasion;
  const asked = draft.state.questions[about];
  const question = asked?.decision === undefined ? undefined : questionOf(about, asked, asked.decision);
  const took = takeAction(draft, action, {
    ...occasion,
    stage: occasion.stage,
    ...(question ? { question } : {}),
  });
  keepTaken(draft, about, took);
}

const questionOf = (
  id: string,
  { about, alsoFor, track }: Draft['state']['questions'][string],
  decision: string,
) => ({ id, decision, about, alsoFor, track });
