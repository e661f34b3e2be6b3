import type { Actor } from '../core/model/actor.schema.ts';
import type { SentEvent } from '../core/model/event.schema.ts';
import { Failure } from '../core/model/failure.ts';
import { tailored } from '../core/pathway/tailored.ts';
import { admit } from '../core/plan/admit.ts';
import type { PlanKey } from '../core/plan/outcome.schema.ts';
import { inCatalogueUnits } from '../engine/units.ts';
import { eventHash } from '../store/event-hash.ts';
import { fromStore } from '../store/outage.ts';
import type { StoredAnswer, StoredPlan } from '../store/plans.ts';
import { besideOf } from '../store/version-named.ts';
import { type ApiPorts, nowOf } from './ports.ts';
import { ProblemError } from './problem.ts';

/** `stored` is undefined when the event is safe with Temporal and its answer is not there yet. */
export interface Delivery {
  readonly stored: StoredAnswer | undefined;
  readonly isReplay: boolean;
}

const ANSWER_WITHIN_MS = 10_000;
/** An event that another request brought in meanwhile is committed without a second notification: look soon. */
const FIRST_LOOK_MS = 250;
const LOOK_AGAIN_MS = 1_000;

/** Sources under which Carechart itself writes; an id of theirs taken by a caller would stop a plan's timer. */
const OWN_SOURCES = 'carechart:';

/**
 * Brings an event to its plan: an id that is known gets its first answer; what cannot be taken is refused here and
 * leaves no trace in the plan; anything else is signed, signalled, and waited for.
 * @throws Failure CC5001, CC5002 while the event is not safe yet
 */
export async function deliver(
  ports: ApiPorts,
  actor: Actor,
  planId: string,
  event: SentEvent,
): Promise<Delivery> {
  const key = { clinic: actor.clinic, planId };
  if (event.source.startsWith(OWN_SOURCES)) {
    throw new ProblemError('CC2018', {
      detail: `Sources that begin with ${OWN_SOURCES} are Carechart's own.`,
    });
  }
  // Side by side: an event that is known already is rare, and reading its plan for nothing does no harm.
  const [known, plan] = await fromStore(
    Promise.all([ports.plans.answerTo(key, event), ports.plans.read(key)]),
  );
  if (known) return { stored: sameBody(known, event), isReplay: true };
  // A plan whose start is still on its way to the store is there for Temporal: its own step asks the same question.
  if (plan) await assertAdmitted(ports, plan, actor, event);
  const token = await ports.signer.sign(key, event, actor);
  const stored = await sendAndWait(ports, key, event, async () => {
    const isThere = await ports.client.send(key, { event, token }, () => fromStore(ports.plans.resume(key)));
    if (!isThere) throw new Failure('CC4001', `Your clinic has no plan ${planId}.`);
  });
  return { stored, isReplay: false };
}

/** The very question that the plan's own step asks. */
async function assertAdmitted(ports: ApiPorts, { state }: StoredPlan, actor: Actor, event: SentEvent) {
  if (event.type === 'startPlan')
    throw new Failure('CC4002', `Plan ${state.planId} has been started already.`);
  const published = await fromStore(ports.definitions.load(state.clinic, state.pathway.digest));
  const pathway = tailored(published, state.overlay);
  const taken = inCatalogueUnits(pathway, { ...event, actor });
  const beside = await fromStore(besideOf(ports.definitions.load, state.clinic, event));
  const rejection = admit(taken, { ...beside, pathway, state, now: nowOf(ports, state.now) });
  if (rejection) throw new ProblemError(rejection.code, { detail: rejection.says });
}

/**
 * Waits for the commit's notification, registered before the event leaves so that none is missed. Once `send` has
 * returned the event is safe, whatever becomes of the store.
 */
export async function sendAndWait(
  ports: ApiPorts,
  key: PlanKey,
  event: SentEvent,
  send: () => Promise<void>,
): Promise<StoredAnswer | undefined> {
  const { notifications, answerWithinMs = ANSWER_WITHIN_MS } = ports;
  const named = { ...key, source: event.source, id: event.id };
  let woken = notifications.next(named, Math.min(FIRST_LOOK_MS, answerWithinMs));
  await send();
  const until = performance.now() + answerWithinMs;
  for (;;) {
    await woken;
    const found = await lookUp(ports, key, event);
    if (found) return sameBody(found, event);
    const left = until - performance.now();
    if (left <= 0) return undefined;
    woken = notifications.next(named, Math.min(LOOK_AGAIN_MS, left));
    const meanwhile = await lookUp(ports, key, event);
    if (meanwhile) return sameBody(meanwhile, event);
  }
}

/** A store that is away has no answer yet. */
async function lookUp({ plans, logger }: ApiPorts, key: PlanKey, event: SentEvent) {
  try {
    return await fromStore(plans.answerTo(key, event));
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'CC5002') throw error;
    logger.warn({ plan: key.planId, code: error.code }, 'answer not readable yet');
    return undefined;
  }
}

function sameBody(stored: StoredAnswer, event: SentEvent): StoredAnswer {
  if (stored.hash === eventHash(event)) return stored;
  throw new ProblemError('CC2020', {
    detail: `${event.source} has sent another event under the id ${event.id}.`,
  });
}
