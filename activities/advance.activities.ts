import { ApplicationFailure } from '@temporalio/common';
import type { Logger } from 'pino';
import type { PlanEvent } from '../src/core/model/event.schema.ts';
import { Defect, Failure } from '../src/core/model/failure.ts';
import type { Instant } from '../src/core/model/primitives.schema.ts';
import type { Pathway } from '../src/core/pathway/pathway.ts';
import type { Effect, PlanKey } from '../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../src/core/plan/plan-state.schema.ts';
import { quarantine, type Step, step } from '../src/core/plan/step.ts';
import type { Committed } from '../src/store/commit.ts';
import type { InboxItem } from '../workflows/messages.ts';
import { type EventVerifier, receive } from './receive.ts';

/** What `advance` needs of the world. */
export interface AdvancePorts {
  loadPathway(clinic: string, digest: string): Promise<Pathway>;
  commit(event: PlanEvent, step: Step, head: string): Promise<Committed>;
  readonly verifier: EventVerifier;
  now(): Instant;
  readonly logger: Logger;
}

export interface AdvanceInput {
  readonly key: PlanKey;
  readonly state: PlanState | null;
  readonly head: string;
  readonly item: InboxItem;
  /** The workflow's own time: no step is earlier, however a worker's clock stands. */
  readonly workflowTime: Instant;
}

/** What the workflow adopts. */
export interface Advanced {
  readonly state: PlanState;
  readonly head: string;
  readonly effects: readonly Effect[];
  /** The item in hand is dealt with; otherwise another's row was adopted, and the item is tried again after it. */
  readonly isSettled: boolean;
}

/**
 * One step of a plan: from an inbox item to an event, through the core, to the commit. Runs as a local activity, as
 * often as it takes: the row that is in the store at (plan, sequence) is the step, whoever put it there.
 */
export function createAdvance(ports: AdvancePorts): (input: AdvanceInput) => Promise<Advanced> {
  return async (input) => {
    try {
      return await advance(ports, input);
    } catch (error) {
      throw asFailure(ports, input, error);
    }
  };
}

async function advance(
  ports: AdvancePorts,
  { key, state, head, item, workflowTime }: AdvanceInput,
): Promise<Advanced> {
  const clock = ports.now();
  const now = clock > workflowTime ? clock : workflowTime;
  const { event, pathway } = await received(ports, { key, state, item, now });
  const taken = stepOrQuarantine(ports, pathway, state ?? undefined, event, now);
  const committed = await ports.commit(event, taken, head);
  const isMine = committed.source === event.source && committed.event_id === event.id;
  logStep(ports.logger, key, event, taken, committed);
  if (committed.outcome === 'known') {
    if (!state) throw new Defect('a plan without a state knows no event');
    return { state, head, effects: [], isSettled: true };
  }
  const isCommitted = committed.outcome === 'committed';
  return {
    state: isCommitted ? taken.state : JSON.parse(committed.state ?? 'null'),
    head: committed.head,
    effects: isCommitted ? taken.effects : JSON.parse(committed.effects),
    isSettled: isMine,
  };
}

async function received(
  ports: AdvancePorts,
  from: { key: PlanKey; state: PlanState | null; item: InboxItem; now: Instant },
): Promise<{ event: PlanEvent; pathway: Pathway }> {
  const { key, state, item, now } = from;
  if (state) {
    const pathway = await ports.loadPathway(key.clinic, state.pathway.digest);
    const event = await receive(item, {
      key,
      sequence: state.sequence + 1,
      clinic: pathway.clinic,
      verifier: ports.verifier,
      now,
    });
    return { event, pathway };
  }
  const event = await receive(item, { key, sequence: 1, clinic: undefined, verifier: ports.verifier, now });
  if (event.type !== 'startPlan') throw new Failure('CC2022', 'The first message of a plan must start it.');
  return { event, pathway: await ports.loadPathway(key.clinic, event.data.pathway.digest) };
}

function stepOrQuarantine(
  { logger }: AdvancePorts,
  pathway: Pathway,
  state: PlanState | undefined,
  event: PlanEvent,
  now: Instant,
): Step {
  try {
    return step(pathway, state, event, now);
  } catch (error) {
    logger.error({ plan: state?.planId, type: event.type, err: error }, 'event quarantined');
    if (!state) throw error;
    return quarantine(pathway, state, event, now);
  }
}

function logStep(
  logger: Logger,
  key: PlanKey,
  event: PlanEvent,
  { answer, state }: Step,
  committed: Committed,
): void {
  const { outcome } = committed;
  logger.info(
    { plan: key.planId, type: event.type, answer: answer.outcome, sequence: state.sequence, outcome },
    'step',
  );
}

function asFailure({ logger }: AdvancePorts, { key }: AdvanceInput, error: unknown): ApplicationFailure {
  const code = error instanceof Failure ? error.code : error instanceof Defect ? 'CC9001' : 'CC5002';
  logger.warn({ plan: key.planId, code, err: error }, 'advance failed');
  const message = error instanceof Error ? error.message : String(error);
  return ApplicationFailure.create({ message, type: code, nonRetryable: false });
}
