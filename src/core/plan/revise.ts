import type { EventOf, PathwayReference, PlanEvent } from '../model/event.schema.ts';
import { LIMITS } from '../model/limits.ts';
import type { PlanChange } from '../model/plan-change.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { tailored } from '../pathway/tailored.ts';
import { answer } from './answers.ts';
import { openRevisions } from './ask-revision.ts';
import { type Border, overLimit, type Rejection } from './border.ts';
import { raiseDeviation } from './deviation.ts';
import { type Draft, tell, write } from './draft.ts';
import { along, lineOfQuestion, onEachLine } from './lines.ts';
import { actOn } from './outcomes.ts';
import { lapseWithRevision } from './overrides.ts';
import { makeChanges, type Outcome } from './plan-changes.ts';
import type { PlanState } from './plan-state.schema.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Made, Revising } from './revising.ts';
import { titled } from './titled.ts';

/**
 * Adjusting a running plan for its patient makes a new version of it. What is done stays as it is; what is to come is as
 * the new version has it, all of it or nothing. What rested on the version before, an override, ends with it.
 */

type Sent = EventOf<'revisePlan'> & Pick<PlanEvent, 'actor'>;

/** @returns what is not there, cannot be read, or is not this person's to change: of all changes */
export function admitRevision({ data, actor }: Sent, { pathway, state, now }: Border): Rejection | undefined {
  if (!state) return undefined;
  if (state.revisions.length >= LIMITS.revisionsPerPlan)
    return overLimit('revisions', LIMITS.revisionsPerPlan);
  const { problems } = outcomeOf(data, { pathway, state, now, actor });
  const [first, ...others] = problems.filter(({ code }) => code !== 'CC3013');
  return first && { code: first.code, says: [first, ...others].map(({ says }) => says).join(' ') };
}

export function revisePlan(draft: Draft, { data }: EventOf<'revisePlan'>): Refusal | undefined {
  const { pathway, state, now, event } = draft;
  const { made, problems } = outcomeOf(data, { pathway, state, now, actor: event.actor });
  const last = made.at(-1);
  if (problems.length > 0 || !last) {
    const reasons = problems.map(({ says }) => ({ invariant: 'phase' as const, says, clears: [] }));
    return refuse('CC3013', 'The plan stays as it was: not all of this can be.', reasons);
  }
  revise(draft, { ...data, made });
  for (const id of openRevisions(draft.state)) concludeRevision(draft, id);
  return undefined;
}

/** Whoever was asked for a revision has it. */
function concludeRevision(draft: Draft, id: string): void {
  const title = draft.state.questions[id]?.title ?? id;
  along(draft, lineOfQuestion(draft.pathway, draft.state, id), () => {
    answer(draft, id, WAS_REVISED);
    write(draft, {
      kind: 'question.answered',
      says: titled(title, 'It was revised.'),
      details: { id, outcome: WAS_REVISED },
    });
    actOn(draft, id, WAS_REVISED);
  });
}

const WAS_REVISED = 'revised';

const outcomeOf = ({ reason, changes }: Sent['data'], plan: Omit<Revising, 'reason'>): Outcome =>
  makeChanges({ ...plan, reason }, changes);

/** What a new version of a plan is made of. */
export interface NewVersion {
  readonly reason: string;
  readonly changes: readonly PlanChange[];
  readonly made: readonly Made[];
  /** The version of its pathway that it takes over, made ready to run; absent: it stays. */
  readonly adopts?: { readonly pathway: Pathway; readonly reference: PathwayReference };
}

/** Makes the plan's next version, of changes that can be. */
export function revise(draft: Draft, { reason, changes, made, adopts }: NewVersion): void {
  const { event, now } = draft;
  const { figures, levels, overlay }: PlanState = made.at(-1)?.state ?? draft.state;
  const number = draft.state.revisions.length + 2;
  const says = made.map((one) => one.says);
  const { id: by, roles } = event.actor;
  const revision = {
    ...{ number, at: now, by, roles, reason },
    changes: [...changes],
    says,
    before: { overlay: draft.state.overlay, figures: draft.state.figures },
    ...(adopts ? { pathway: { from: draft.state.pathway, to: adopts.reference } } : {}),
  };
  draft.pathway = tailored(adopts?.pathway ?? draft.pathway, overlay);
  draft.state = {
    ...draft.state,
    ...(adopts ? { pathway: adopts.reference } : {}),
    ...{ figures, levels, overlay },
    revisions: [...draft.state.revisions, revision],
  };
  write(draft, {
    kind: 'plan.revised',
    says: `Version ${number} of the plan: ${says.join('; ')}`,
    details: { number, reason, says },
  });
  onEachLine(draft, (line) => lapseWithRevision(line));
  for (const one of made) follow(draft, one, reason);
}

function follow(draft: Draft, { says, tell: roles, leftOut, follows }: Made, reason: string): void {
  const told = `${says}. Reason: ${reason}`;
  if (roles) tell(draft, { roles, subject: 'The plan was revised', says: told });
  follows?.(draft);
  if (!leftOut) return;
  const { title, about } = leftOut;
  const reasons = [{ invariant: 'phase' as const, says: told, clears: [] }];
  raiseDeviation(draft, { code: 'left-out', says: `${title} is left out for this patient`, reasons, about });
}
