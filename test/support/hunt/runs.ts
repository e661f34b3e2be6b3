import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import type { Step } from '../../../src/core/plan/step.ts';
import type { Account } from './account.ts';
import type { Actions, Became, Cause } from './actions.ts';
import type { Bookings } from './bookings.ts';
import { isTooSoon } from './debts.ts';
import { type Decisions, NO_QUORUM } from './decisions.ts';
import { type Licence, licencesOf } from './moves.ts';
import { type Overrides, tableStanding } from './overrides.ts';

/** What sets actions off beside an answer: a table that was asked at a gate, and a board's time that is over. */
export function causesOfStep(
  {
    account,
    overrides,
    decisions,
  }: { readonly account: Account; readonly overrides: Overrides; readonly decisions: Decisions },
  { event, before, step }: { readonly event: PlanEvent; readonly before: PlanState; readonly step: Step },
): Cause[] {
  return [
    ...causeOfTable({ account, overrides }, event, step),
    ...Object.entries(before.questions).flatMap(([id, question]) => {
      const wait = before.waits[`question/${id}`];
      const decision = account.terms.decision(question.decision ?? '');
      const isTime = wait !== undefined && wait.dueAt <= step.state.now;
      const isVoted =
        event.type === 'decide' && event.data.question === id && step.answer.outcome === 'accepted';
      if (!decision || question.answer !== undefined || !isTime) return [];
      const outcome = isVoted ? undefined : decisions.decidedAtLast(id, decision);
      // Whoever votes after that in another role of theirs may take the quorum away again.
      const isTakenAway = isVoted && step.state.questions[id]?.answer?.outcome === NO_QUORUM;
      const isQuorum = decisions.hasQuorum(id, decision) && !isTakenAway;
      const action = isQuorum ? decision.outcomes[outcome ?? ''] : decision.noQuorum;
      // It waits for what it needs to know.
      const isReady =
        step.state.questions[id]?.answer !== undefined || decisions.isReady(decision, step.state.now);
      if (!action || (outcome !== undefined && !isReady)) return [];
      const { course } = account;
      const isOfPhase = course.decisionsOf(course.chart).includes(decision.decision);
      const written = `decision/${decision.decision}/${outcome ?? 'noQuorum'}`;
      const name = decision.decision;
      const about = `${course.chart} ${course.enteredAt(course.chart)}`;
      const of = isOfPhase ? { name, decision: name, about } : { name };
      const stage = question.stage ?? course.stage;
      const lack = isQuorum ? {} : { withoutQuorum: id };
      // Somebody may have voted as time went out, and of a time that went out twice the last counts.
      return [{ written, action, stage, isAtGate: !isOfPhase, isDue: false, ...of, ...lack }];
    }),
  ];
}

function causeOfTable(
  { account, overrides }: { readonly account: Account; readonly overrides: Overrides },
  event: PlanEvent,
  { answer, state }: Step,
): Cause[] {
  if (event.type !== 'startProcedure' || answer.outcome !== 'refused' || answer.code !== 'CC3001') return [];
  const stage = account.terms.stage(event.data.stage);
  const table = stage && tableStanding(stage, account.knowledge(state.now));
  if (!stage || !table || table.isGo || table.answer === undefined) return [];
  if (isTooSoon(account, stage, state.now)) return [];
  if (overrides.counting(table.id, table, state.now) !== undefined) return [];
  const action = stage.table?.outcomes[table.answer];
  if (!action) return [];
  const written = `table/${stage.stage}/${table.answer}`;
  return [{ written, action, stage: stage.stage, isAtGate: true, isDue: false }];
}

/** Takes the steps that were taken. @returns where they lead */
export function runCauses(
  {
    account,
    actions,
    bookings,
    decisions,
  }: {
    readonly account: Account;
    readonly actions: Actions;
    readonly bookings: Bookings;
    readonly decisions: Decisions;
  },
  causes: readonly Cause[],
  became: Became,
  saw: (what: string) => void,
): Licence[] {
  return causes.flatMap((cause) => {
    if (isTogetherAfterAll({ account, decisions }, cause, became.state)) return [];
    const step = actions.take(cause, became, saw);
    const isLeft = step !== undefined && ['again', 'to', 'next stage', 'exit', 'end'].includes(step.do);
    if (isLeft && cause.stage !== undefined) bookings.adopt(cause.stage, became.state, ['cancelled']);
    return licencesOf(step, cause.stage, account);
  });
}

/** With the word that was given after its time a board has its quorum, and may go on talking of what it differs on. */
function isTogetherAfterAll(
  { account, decisions }: { readonly account: Account; readonly decisions: Decisions },
  { withoutQuorum: id }: Cause,
  { questions }: PlanState,
): boolean {
  const question = id === undefined ? undefined : questions[id];
  const decision = account.terms.decision(question?.decision ?? '');
  if (id === undefined || !question || !decision || question.answer !== undefined) return false;
  return decisions.hasQuorum(id, decision);
}
