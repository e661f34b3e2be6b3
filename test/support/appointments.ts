import type { PlanEvent } from '../../src/core/model/event.schema.ts';
import type { Answer, Reason } from '../../src/core/plan/outcome.schema.ts';
import type { Step } from '../../src/core/plan/step.ts';
import { coordinator, eventOf, nurse, type RunningPlan, refusalOf } from './plan.ts';

let sent = 0;

/** What the front desk does with a stage: books it, starts it, hears that nobody came, takes a report back. */
export class Desk {
  constructor(readonly plan: RunningPlan) {}

  book(stage: string, on: string, now?: string): Answer {
    return this.#ask('bookAppointment', { stage, on }, now).answer;
  }

  booked(stage: string, on: string, now?: string): Step {
    return this.#tell('appointment.booked', { stage, on }, now);
  }

  cancelled(stage: string, now?: string): Step {
    return this.#tell('appointment.cancelled', { stage }, now);
  }

  missed(stage: string, on: string, now?: string): Step {
    return this.#tell('appointment.missed', { stage, on }, now);
  }

  startPrep(stage: string, now?: string): Answer {
    return this.#ask('startPrep', { stage }, now).answer;
  }

  start(stage: string, now?: string): Answer {
    return this.#ask('startProcedure', { stage }, now).answer;
  }

  notPerformed(stage: string, on: string, now?: string): Step {
    return this.#tell('procedure.notPerformed', { stage, on, reason: 'The theatre was closed.' }, now);
  }

  withdraw(stage: string, performedOn: string, now?: string): Step {
    return this.#tell('report.withdrawn', { stage, performedOn, reason: 'Another patient.' }, now);
  }

  answer(question: string, outcome: string, now?: string): Step {
    return this.#ask('decide', { question, outcome }, now);
  }

  #ask<Type extends Parameters<typeof eventOf>[0]>(
    type: Type,
    data: Parameters<typeof eventOf<Type>>[1],
    now?: string,
  ): Step {
    return this.plan.send(this.#event(type, data, coordinator), now);
  }

  #tell<Type extends Parameters<typeof eventOf>[0]>(
    type: Type,
    data: Parameters<typeof eventOf<Type>>[1],
    now?: string,
  ): Step {
    return this.plan.send(this.#event(type, data, nurse), now);
  }

  #event<Type extends Parameters<typeof eventOf>[0]>(
    type: Type,
    data: Parameters<typeof eventOf<Type>>[1],
    actor: typeof nurse,
  ): PlanEvent {
    sent += 1;
    return eventOf(type, data, { id: `desk-${sent}`, actor });
  }
}

/** Under which invariants something was refused, in their order; none: it was accepted. */
export const refusedBy = (answer: Answer): string[] =>
  answer.outcome === 'accepted' ? [] : refusalOf(answer).reasons.map(({ invariant }) => invariant);

export const aheadOf = (answer: Answer): readonly Reason[] => {
  if (answer.outcome !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(answer)}`);
  return answer.ahead ?? [];
};

/** Ids of the tasks that somebody still has to do. */
export const openTasks = ({ state }: RunningPlan): string[] =>
  Object.entries(state.tasks).flatMap(([id, { status }]) => (status === 'requested' ? [id] : []));

/** Ids of the questions that nobody has answered. */
export const openQuestions = ({ state }: RunningPlan): string[] =>
  Object.entries(state.questions).flatMap(([id, { answer }]) => (answer ? [] : [id]));
