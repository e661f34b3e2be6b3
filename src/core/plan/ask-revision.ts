import type { Action } from '../pathway/decisions.schema.ts';
import { CLINICAL_LEAD, PATIENT_ROLES } from '../pathway/roles.ts';
import type { Draft } from './draft.ts';
import type { PlanState } from './plan-state.schema.ts';
import { askQuestion } from './questions.ts';
import { dueAfter } from './waits.ts';

/**
 * Whoever decided that a plan is to be otherwise is asked how: the plan waits for its revision, or for their word that
 * nothing is to change.
 */

const REVISION = 'revise';
/** Looked at once more, nothing is to change. */
const AS_IT_WAS = 'as-it-was';

interface RevisionAsker {
  /** What led to it: a question, or a table's answer. */
  readonly about: string;
  readonly stage: string | undefined;
  /** What was decided, in words. */
  readonly why: string;
  /** What is taken once it is revised. */
  readonly rest: { readonly action: Action; readonly written: string };
}

/** Asked once for what led to it. */
export function askRevision(draft: Draft, { about, stage, why, rest }: RevisionAsker): void {
  const { state, pathway, now } = draft;
  if (openRevisions(state).some((id) => state.questions[id]?.about === about)) return;
  const times = (state.actionCounts[REVISION] ?? 0) + 1;
  draft.state = { ...state, actionCounts: { ...state.actionCounts, [REVISION]: times } };
  const question = {
    title: `${why} Please revise the plan.`,
    about,
    ...(stage === undefined ? {} : { stage }),
    rest,
    roles: [deciderOf(state, about)],
    outcomes: [AS_IT_WAS],
  };
  askQuestion(draft, `${REVISION}/${times}`, question, dueAfter(pathway, now, pathway.clinic.waits.revision));
}

/** What a table decided, or patients alone, the clinical lead makes something of. */
function deciderOf({ questions }: PlanState, about: string): string {
  const votes = questions[about]?.answer?.votes ?? [];
  return votes.find(({ role }) => !PATIENT_ROLES.includes(role))?.role ?? CLINICAL_LEAD;
}

/** Revisions that somebody is asked for. */
export const openRevisions = ({ questions }: Pick<PlanState, 'questions'>): string[] =>
  Object.keys(questions).filter((id) => id.startsWith(`${REVISION}/`) && !questions[id]?.answer);
