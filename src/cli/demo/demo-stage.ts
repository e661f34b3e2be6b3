import { setTimeout as pause } from 'node:timers/promises';
import type { Accepted, Pending, Started } from '../../api/plan-view.schema.ts';
import type { Problem } from '../../api/problem.ts';
import type { Sight } from '../../core/authoring/play-scenario.ts';
import { type EventOf, type PlanEvent, SentEvent } from '../../core/model/event.schema.ts';
import { Failure } from '../../core/model/failure.ts';
import type { Instant } from '../../core/model/primitives.schema.ts';
import { type Answer, JournalEntry } from '../../core/plan/outcome.schema.ts';
import type { PlanState } from '../../core/plan/plan-state.schema.ts';
import { type Message, messagesOf } from '../../store/messages.ts';
import { type JournalRow, plansOf } from '../../store/plans.ts';
import { ApiClient, ApiProblem } from '../api-client.ts';
import type { DemoSystem } from './demo-system.ts';

export const PLAN = 'demo';

/** One step of the plan: what it wrote into its journal, and whom it told what. */
export interface SeenStep {
  readonly at: Instant;
  readonly entries: readonly (JournalRow & Pick<JournalEntry, 'kind' | 'details'>)[];
  readonly told: readonly Message[];
}

/** What became of a move: as a scenario judges it, and as people are told of it. */
export interface Happening extends Sight {
  readonly steps: readonly SeenStep[];
  /** The API's own words for a refusal. */
  readonly problem?: Problem;
}

export interface DemoStage {
  start(event: EventOf<'startPlan'>): Promise<Happening>;
  passTime(until: Instant): Promise<Happening>;
  send(event: PlanEvent): Promise<Happening>;
}

/** Where a scenario's moves are made on a whole system: what is sent goes over HTTP, and its time is the server's. */
export function demoStage(system: DemoSystem): DemoStage {
  const happened = watchPlan(system);
  const clientOf = ({ actor: { id, roles } }: PlanEvent): ApiClient =>
    new ApiClient({ url: system.url, person: id, roles });
  return {
    start: async (event) => {
      const { patient, pathway, areas, figures } = event.data;
      const request = { planId: PLAN, patient, pathway: { id: pathway.id }, areas, figures };
      await answered(() => clientOf(event).start(request));
      return happened({ answer: undefined });
    },
    passTime: async (until) => {
      await system.server.skipTo(until);
      return happened({ answer: undefined });
    },
    send: async (event) => {
      const { actor: _signedIn, ...sent } = event;
      try {
        const answer = await answered(() => clientOf(event).send(PLAN, SentEvent.parse(sent)));
        const { sequence: _step, ...accepted } = answer;
        return await happened({ answer: accepted });
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        const { problem } = error;
        return await happened({ answer: answerOf(problem), problem });
      }
    },
  };
}

const ANSWERED_WITHIN_MS = 60_000;
const ASK_AGAIN_MS = 1_000;

/** As the API asks of its callers: what has no answer yet, or found a server busy, is sent again, with the same id. */
async function answered<Answered extends Accepted | Started>(
  send: () => Promise<Answered | Pending>,
): Promise<Answered> {
  const until = performance.now() + ANSWERED_WITHIN_MS;
  for (;;) {
    const isLast = performance.now() > until;
    try {
      const answer = await send();
      if (!isPending(answer)) return answer;
      if (isLast) throw new Failure('CC5010', `There is no answer yet: ${answer.says}`);
    } catch (error) {
      if (isLast || !(error instanceof ApiProblem) || error.problem.status !== BUSY) throw error;
    }
    await pause(ASK_AGAIN_MS);
  }
}

const BUSY = 503;
const isPending = (answer: Accepted | Started | Pending): answer is Pending => 'ask' in answer;

function answerOf({ outcome, code, detail, reasons = [] }: Problem): Answer {
  return outcome === 'refused'
    ? { outcome, code, says: detail, reasons }
    : { outcome: 'rejected', code, says: detail };
}

const AT_REST_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 10;
const PAGE = 500;

/** Tells what has happened to the plan since it was last asked, once all of it has. */
function watchPlan({ server, database, clinic }: DemoSystem) {
  const plans = plansOf(database);
  const key = { clinic, planId: PLAN };
  let seen = { sequence: 0, message: 0 };

  const atRest = async (): Promise<PlanState> => {
    const until = performance.now() + AT_REST_WITHIN_MS;
    while (performance.now() < until) {
      const plan = await plans.resume(key);
      if (
        plan &&
        plan.pending.length === 0 &&
        !(plan.state.wake.at && plan.state.wake.at <= (await server.look()))
      )
        return plan.state;
      await pause(LOOK_EVERY_MS);
    }
    throw new Failure('CC5010', 'The plan does not come to rest; the log says why.');
  };

  const journal = async (): Promise<JournalRow[]> => {
    const rows: JournalRow[] = [];
    for (let from = seen.sequence; ; ) {
      const page = await plans.journal(key, { limit: PAGE, afterSequence: from });
      // A page may end within a step, which the next one would not begin with.
      const last = page.at(-1)?.sequence ?? from;
      const isWhole = page.length < PAGE;
      rows.push(...page.filter(({ sequence }) => isWhole || sequence < last));
      if (isWhole) return rows;
      from = last - 1;
    }
  };

  return async (outcome: Pick<Happening, 'answer' | 'problem'>): Promise<Happening> => {
    const state = await atRest();
    const rows = await journal();
    const messages = await messagesOf(database, key, { afterNumber: seen.message });
    seen = {
      sequence: rows.at(-1)?.sequence ?? seen.sequence,
      message: messages.at(-1)?.number ?? seen.message,
    };
    const steps = stepsOf(rows, messages);
    return {
      ...outcome,
      state,
      steps,
      journal: steps.flatMap(({ entries }) => entries),
      told: messages.map(({ role }) => role),
    };
  };
}

/** In its step: they are told side by side, and arrive in any order. */
const placeOf = ({ effectId }: Message): number => Number(effectId.slice(effectId.lastIndexOf('/') + 1));

const Written = JournalEntry.pick({ kind: true, details: true });

function stepsOf(rows: readonly JournalRow[], messages: readonly Message[]): SeenStep[] {
  const sequences = [...new Set(rows.map(({ sequence }) => sequence))];
  return sequences.map((step) => {
    const entries = rows
      .filter(({ sequence }) => sequence === step)
      .map((row) => ({ ...row, ...Written.parse({ kind: row.kind, details: row.details }) }));
    const told = messages
      .filter(({ effectId }) => effectId.startsWith(`${PLAN}/${step}/`))
      .sort((one, other) => placeOf(one) - placeOf(other));
    return { at: entries[0]?.at ?? '', entries, told };
  });
}
