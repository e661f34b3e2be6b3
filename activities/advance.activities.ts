import { ApplicationFailure } from '@temporalio/common';
import type { Code } from '../src/core/model/codes.ts';
import type { PlanEvent } from '../src/core/model/event.schema.ts';
import { Failure } from '../src/core/model/failure.ts';
import type { Instant } from '../src/core/model/primitives.schema.ts';
import type { Pathway } from '../src/core/pathway/pathway.ts';
import type { Effect, PlanKey } from '../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../src/core/plan/plan-state.schema.ts';
import { type Beside, quarantine, type Step, step } from '../src/core/plan/step.ts';
import { inCatalogueUnits } from '../src/engine/units.ts';
import type { Base, Committed } from '../src/store/commit.ts';
import { eventHash } from '../src/store/event-hash.ts';
import { hasNoGround, isOutage } from '../src/store/outage.ts';
import type { StoredPlan } from '../src/store/plans.ts';
import { besideOf } from '../src/store/version-named.ts';
import type { InboxItem } from '../workflows/messages.ts';
import { latestOf } from './latest.ts';
import { type OtherPlansPorts, withOtherPlans } from './other-plans.ts';
import { type EventVerifier, receive, refusal } from './receive.ts';

/** What `advance` needs of the world. */
export interface AdvancePorts extends OtherPlansPorts {
  commit(event: PlanEvent, step: Step, base: Base): Promise<Committed>;
  /** The last step that the store has of a plan. */
  readLast(key: PlanKey): Promise<StoredPlan | undefined>;
  readonly verifier: EventVerifier;
  now(): Instant;
}

export interface AdvanceInput {
  readonly key: PlanKey;
  readonly state: PlanState | null;
  readonly head: string;
  readonly item: InboxItem;
  /** The workflow's own time. */
  readonly workflowTime: Instant;
}

/** What the workflow adopts. */
export interface Advanced {
  /** The item in hand is dealt with; otherwise another's row was adopted, and the item is tried again after it. */
  readonly isSettled: boolean;
  /** Absent when the event was known already: nothing is adopted. */
  readonly next?: {
    readonly state: PlanState;
    readonly head: string;
    readonly effects: readonly Effect[];
    /** Size of the state as text. */
    readonly bytes: number;
  };
}

/**
 * One step of a plan: from an inbox item to an event, through the core, to the commit. Runs as a local activity, as
 * often as it takes: the row that is in the store at (plan, sequence) is the step, whoever put it there.
 *
 * Only a store that is away makes it fail. Whatever else goes wrong with an item becomes a step that says so.
 */
export function createAdvance(ports: AdvancePorts): (input: AdvanceInput) => Promise<Advanced> {
  return async (input) => {
    const now = latestOf(ports, input);
    try {
      return await advance(ports, input, now).catch((error: unknown) => setAside(ports, input, now, error));
    } catch (error) {
      throw asFailure(ports, input, error);
    }
  };
}

async function advance(ports: AdvancePorts, input: AdvanceInput, now: Instant): Promise<Advanced> {
  const { key, state, item } = input;
  const pathway = state && (await ports.loadPathway(key.clinic, state.pathway.digest));
  const { verifier } = ports;
  const border = { key, sequence: (state?.sequence ?? 0) + 1, clinic: pathway?.clinic, verifier, now };
  const event = await receive(item, border);
  if (pathway) return take(ports, input, { pathway, event, now });
  if (event.type !== 'startPlan') throw new Failure('CC2022', 'The first message of a plan must start it.');
  return take(ports, input, {
    pathway: await ports.loadPathway(key.clinic, event.data.pathway.digest),
    event,
    now,
  });
}

/** An item on which Carechart fails, in whatever way, is put aside for a person; the plan goes on. */
async function setAside(
  ports: AdvancePorts,
  input: AdvanceInput,
  now: Instant,
  error: unknown,
): Promise<Advanced> {
  const { key, state } = input;
  if (isOutage(error) || !state) throw error;
  if (hasNoGround(error)) return backToTheStore(ports, input, now, error);
  ports.logger.error({ plan: key.planId, err: error }, 'message set aside');
  const pathway = await ports.loadPathway(key.clinic, state.pathway.digest);
  const event = refusal({ key, sequence: state.sequence + 1 }, 'CC9001', 'event', 'Carechart failed on it.');
  return take(ports, input, { pathway, event, now });
}

/**
 * The store does not have the state that the workflow stands on: it was restored from a backup, or somebody made the
 * state up. The store is the truth; a person hears of it, and the item in hand is tried again on that ground.
 */
async function backToTheStore(
  ports: AdvancePorts,
  input: AdvanceInput,
  now: Instant,
  error: unknown,
): Promise<Advanced> {
  const { key } = input;
  const last = await ports.readLast(key);
  if (!last) throw error;
  ports.logger.error(
    { plan: key.planId, sequence: last.state.sequence },
    'a plan goes back to what the store has',
  );
  const pathway = await ports.loadPathway(key.clinic, last.state.pathway.digest);
  const sequence = last.state.sequence + 1;
  const event = refusal(
    { key, sequence },
    'CC4006',
    'event',
    'The plan went back to what the store has of it.',
  );
  return { ...(await take(ports, { ...input, ...last }, { pathway, event, now })), isSettled: false };
}

interface Taking {
  readonly pathway: Pathway;
  readonly event: PlanEvent;
  readonly now: Instant;
}

async function take(
  ports: AdvancePorts,
  input: AdvanceInput,
  { pathway, event: sent, now }: Taking,
): Promise<Advanced> {
  const { key, state, head } = input;
  const event = await withOtherPlans(ports, key, { pathway, state, event: sent });
  const beside = await besideOf(ports.loadPathway, key.clinic, event);
  const taken = stepOrQuarantine(ports, { pathway, event, now }, state ?? undefined, beside);
  const committed = await ports.commit(event, taken, { state, head });
  const { outcome } = committed;
  ports.logger.info(
    {
      plan: key.planId,
      type: event.type,
      answer: taken.answer.outcome,
      sequence: taken.state.sequence,
      outcome,
    },
    'step',
  );
  const { head: next, state: text } = committed;
  const bytes = text?.length ?? 0;
  if (outcome === 'committed')
    return { isSettled: true, next: { state: taken.state, head: next, effects: taken.effects, bytes } };
  const isMine = committed.source === event.source && committed.event_id === event.id;
  if (isMine && committed.event_hash !== eventHash(event))
    return noteConflict(ports, input, { pathway, event, now });
  if (outcome === 'known') return { isSettled: true };
  const effects = JSON.parse(committed.effects);
  return { isSettled: isMine, next: { state: JSON.parse(text ?? 'null'), head: next, effects, bytes } };
}

/** Another event has this id: the second one is not applied, and a person hears of it. Its own hash makes the id. */
function noteConflict(
  ports: AdvancePorts,
  input: AdvanceInput,
  { pathway, event, now }: Taking,
): Promise<Advanced> {
  const { key, state } = input;
  if (!state) throw new Failure('CC4002', `Plan ${key.planId} was started by another message.`);
  const detail = `${event.source} sent another event under the id ${event.id}; it was not applied.`;
  const noted = refusal({ key, sequence: state.sequence + 1 }, 'CC2020', 'event', detail);
  return take(ports, input, { pathway, event: { ...noted, id: `conflict-${eventHash(event)}` }, now });
}

function stepOrQuarantine(
  { logger }: AdvancePorts,
  { pathway, event, now }: Taking,
  state: PlanState | undefined,
  beside: Beside,
): Step {
  try {
    return step(pathway, state, inCatalogueUnits(pathway, event), now, beside);
  } catch (error) {
    logger.error({ plan: state?.planId, type: event.type, err: error }, 'event quarantined');
    if (!state) throw error;
    return quarantine(pathway, state, event, now);
  }
}

/** History keeps the code and no more: what an error says may quote what it failed on. */
function asFailure({ logger }: AdvancePorts, { key }: AdvanceInput, error: unknown): ApplicationFailure {
  const code: Code = isOutage(error) ? 'CC5002' : error instanceof Failure ? error.code : 'CC9001';
  logger.warn({ plan: key.planId, code, err: error }, 'advance failed');
  return ApplicationFailure.create({ message: code, type: code, nonRetryable: false });
}
