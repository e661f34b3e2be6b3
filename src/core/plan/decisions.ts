import type { Instant } from '../model/primitives.schema.ts';
import { isBeforeProcedure, isExit, placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { nextStep } from './actions.ts';
import { answer, breakTie, isDue } from './answers.ts';
import { askDecision, isAskedAnywhere, isBeingAsked, isDecided, REVIEWED, TABLE } from './asked-decisions.ts';
import { hasQuorum } from './boards.ts';
import { CHOICE, chosenOf, isAsked, isBehindPhase, isMadeSince } from './choices.ts';
import { type Draft, write } from './draft.ts';
import { stageNow } from './listed-sessions.ts';
import { askForNeeded, unknownOf } from './needed-facts.ts';
import { actOnDecision, occasionOf } from './outcomes.ts';
import { completePhase } from './phases.ts';
import { LATE } from './placed-interval.ts';
import type { PlanState, Question } from './plan-state.schema.ts';
import { closeQuestions, rootOf, waitOf } from './questions.ts';
import { isToBeAsked, sessionDecisionsOpen } from './session-decisions.ts';
import { decideByTables, tableDecisionEdges } from './table-decisions.ts';
import { letsOn, tableAt } from './tables.ts';
import { titled } from './titled.ts';

/**
 * The decisions of the chart state that a plan is in are open until each of them goes on. One is closed when the plan
 * has left what it is about. A board that has no quorum by its due time is acted on as the pathway says.
 */
export function keepDecisions(draft: Draft): void {
  closeQuestions(
    draft,
    (id, { decision }) => decision !== undefined && !id.startsWith(LATE) && !isWanted(draft, id),
  );
  decideInTurn(draft);
  for (const id of Object.keys(draft.state.questions)) {
    breakTie(draft, id);
    actWithoutQuorum(draft, id);
  }
  askMissing(draft);
}

/** One that is decided may lead to the next, however many follow one another. */
function decideInTurn(draft: Draft): void {
  for (let before: PlanState | undefined; before !== draft.state; ) {
    before = draft.state;
    decideByTables(draft);
    if (draft.state !== before) completePhase(draft);
  }
}

function isWanted({ pathway, state, now }: Draft, id: string): boolean {
  const rootId = rootOf(state, id);
  const { about, stage: name = '' } = state.questions[rootId] ?? { about: '' };
  if (isAskedAnywhere(state, rootId)) return true;
  if (about.startsWith(REVIEWED)) return !isExit(state.chart);
  if (about === state.chart || about.startsWith(CHOICE)) return isStillOpen(pathway, state, rootId);
  const isAtGate = isBeforeProcedure(state.chart, name);
  if (rootId.startsWith(LATE)) return isAtGate;
  if (!about.startsWith(TABLE))
    return sessionDecisionsOpen(pathway, state).some((one) => one.about === about);
  const stage = stageNow(pathway, state, name);
  if (!isAtGate || !stage) return false;
  const found = tableAt(pathway, state, stage, now);
  if (found?.finding.answer === undefined) return true;
  const { rule, answer } = found.finding;
  return !letsOn({ pathway, state }, stage, { rule, answer, outcomes: found.outcomes });
}

/** A choice that a table alone makes is asked for until the table has an answer. */
function isStillOpen(pathway: Pathway, state: PlanState, id: string): boolean {
  const { about, decision = '' } = state.questions[id] ?? { about: '' };
  const choice = pathway.choice(decision);
  if (!choice) return true;
  if (about === state.chart) return isAsked(choice) || !isMadeSince(state, choice);
  return isBehindPhase(state, choice) && !chosenOf(state, choice.choice);
}

/** What a board that did not come together is said to have answered. */
const NO_QUORUM = 'no-quorum';

/**
 * Put off, it is the same question, and keeps the votes that were cast. It does not go on while what it needs is unknown:
 * whoever supplies that is asked, and its ladder goes on.
 */
function actWithoutQuorum(draft: Draft, id: string): void {
  const question = draft.state.questions[id];
  const action = question && noQuorumOf(draft, id, question);
  if (!question || !action) return;
  const { step } = nextStep(draft, action, occasionOf(draft, id, question, NO_QUORUM));
  const needed = step.do === 'go' ? unknownFor(draft, question) : [];
  if (needed.length > 0) {
    askForNeeded(draft, needed, question.title);
    return;
  }
  if (step.do !== 'wait') {
    answer(draft, id, NO_QUORUM);
    const says = titled(question.title, 'There was no quorum by its due time.');
    write(draft, {
      kind: 'question.answered',
      says,
      details: { id, outcome: NO_QUORUM, votes: question.votes },
    });
  }
  actOnDecision(draft, id, { action, outcome: NO_QUORUM });
}

const unknownFor = (draft: Draft, question: Question) =>
  question.decision === undefined
    ? []
    : unknownOf(draft, draft.pathway.decision(question.decision), question);

function noQuorumOf(draft: Draft, id: string, { answer: given, decision: name, votes }: Question) {
  if (given || name === undefined) return undefined;
  const { noQuorum, by } = draft.pathway.decision(name);
  return isDue(draft, id) && !hasQuorum(by, votes) ? noQuorum : undefined;
}

/** One that was put off, led elsewhere and back, or asked somebody who has answered by now, is asked again. */
function askMissing(draft: Draft): void {
  const { chart } = draft.state;
  if (isExit(chart)) return;
  const { stage } = placeOf(chart);
  for (const { decision } of draft.pathway.decisionsOf(chart)) {
    if (!isBeingAsked(draft.state, chart, decision) && !isDecided(draft.state, chart, decision))
      askDecision(draft, decision, { about: chart, stage });
  }
  for (const open of sessionDecisionsOpen(draft.pathway, draft.state)) {
    const { decision, about } = open;
    if (
      !isBeingAsked(draft.state, about, decision) &&
      isToBeAsked(draft.pathway, draft.state, open, draft.now)
    )
      askDecision(draft, decision, { about, stage });
  }
}

/** When a board's time is over, and when time alone may let a table decide. */
export const decisionEdges = ({
  pathway,
  state,
  now,
}: Pick<Draft, 'pathway' | 'now'> & { readonly state: PlanState }): Instant[] => [
  ...tableDecisionEdges({ pathway, state, now }),
  ...Object.entries(state.questions).flatMap(([id, { answer: given, decision }]) => {
    const wait = state.waits[waitOf(id)];
    if (given || decision === undefined || !wait || wait.pausedAt !== undefined) return [];
    const { noQuorum, by } = pathway.decision(decision);
    const isSettledThen = noQuorum !== undefined || (by.kind === 'board' && by.tie !== undefined);
    return isSettledThen && wait.dueAt > now ? [wait.dueAt] : [];
  }),
];
