import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { withOtherPlans } from '../../activities/other-plans.ts';
import type { Actor } from '../core/model/actor.schema.ts';
import { isCode } from '../core/model/codes.ts';
import {
  BroughtIn,
  Intent,
  type PathwayReference,
  PaymentReference,
  type SentEvent,
  SentFigure,
  Site,
} from '../core/model/event.schema.ts';
import { Failure } from '../core/model/failure.ts';
import { LIMITS } from '../core/model/limits.ts';
import { Digest, Id, Name } from '../core/model/primitives.schema.ts';
import { AreaRole } from '../core/pathway/compiled.schema.ts';
import type { PlanKey } from '../core/plan/outcome.schema.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import { step } from '../core/plan/step.ts';
import type { PlanMessage } from '../engine/plan-client.ts';
import { inCatalogueUnits } from '../engine/units.ts';
import { digestOf, eventHash } from '../store/event-hash.ts';
import { fromStore } from '../store/outage.ts';
import type { StoredPlan } from '../store/plans.ts';
import { type Delivery, sendAndWait } from './event-delivery.ts';
import type { ApiPorts } from './ports.ts';
import { ProblemError } from './problem.ts';

export const StartRequest = z.strictObject({
  planId: Id.optional().describe('Chosen by Carechart when absent.'),
  patient: Id,
  pathway: z.strictObject({
    id: Name,
    digest: Digest.optional().describe('The newest that is published when absent.'),
  }),
  areas: z
    .partialRecord(AreaRole, z.array(Site).min(1).max(20))
    .optional()
    .describe('The sites chosen, by role; only for the roles that leave a choice.'),
  figures: z
    .record(Name, SentFigure)
    .optional()
    .describe('Figures that are set otherwise for this patient, as they are written: `21 days`.'),
  payment: PaymentReference.optional().describe(
    'How the patient pays: the token that the provider of payments gave, and never the number of a card.',
  ),
  intent: Intent.optional().describe(
    '`plan`: prescribed only. It is documented, and nothing of it is carried out here. Absent, or `order`: it is carried out.',
  ),
  broughtIn: BroughtIn.optional().describe(
    'Of a plan that is under way elsewhere: when it began, and its events since, each with its own time, in their order. ' +
      'The plan is led through them as if they had been sent then, and nobody is told of them. All are taken, or none: a ' +
      'request that would have been refused is no reason, an event that cannot be taken is. Whoever sends it vouches for ' +
      'what others have signed and decided in it.',
  ),
  id: Id.optional().describe('With it, and without planId, the same start sent twice is one plan.'),
  source: Id.optional(),
});
export type StartRequest = z.infer<typeof StartRequest>;

const OWN_SOURCE = 'carechart:api';
const OWN_ID = 'start';

export interface Started extends Delivery {
  readonly planId: string;
  readonly event: SentEvent;
}

/**
 * Starts a plan. The start's id is the same for a plan however often it is sent, so that a repeat gets the first answer
 * and another body a 409. The core is asked first: nothing that it would not take starts a workflow.
 */
export async function startPlan(ports: ApiPorts, actor: Actor, request: StartRequest): Promise<Started> {
  const { source = OWN_SOURCE, id = OWN_ID } = request;
  if (source !== OWN_SOURCE && source.startsWith('carechart:')) {
    throw new ProblemError('CC2018', { detail: "Sources that begin with carechart: are Carechart's own." });
  }
  const planId = request.planId ?? newPlanId(request, source);
  const key = { clinic: actor.clinic, planId };
  const eventOn = (pathway: PathwayReference): SentEvent & { type: 'startPlan' } => ({
    id,
    source,
    type: 'startPlan',
    data: {
      planId,
      patient: request.patient,
      pathway,
      ...(request.areas === undefined ? {} : { areas: request.areas }),
      ...(request.figures === undefined ? {} : { figures: request.figures }),
      ...(request.payment === undefined ? {} : { payment: request.payment }),
      ...(request.intent === undefined ? {} : { intent: request.intent }),
      ...(request.broughtIn === undefined ? {} : { broughtIn: request.broughtIn }),
    },
  });
  const plan = await fromStore(ports.plans.read(key));
  if (plan) {
    const event = eventOn(startedOn(plan.state));
    return { planId, event, ...(await repeated(ports, key, event, request, plan)) };
  }
  const event = eventOn(await newest(ports, actor.clinic, request.pathway));
  await tryOut(ports, actor, event);
  const token = await ports.signer.sign(key, event, actor);
  assertFits({ event, token });
  const sent = { isOurs: true };
  const stored = await waitedFor(ports, key, event, async () => {
    sent.isOurs = (await ports.client.start(key, { event, token })) === 'started';
  });
  if (!stored && !sent.isOurs) {
    throw new Failure('CC5002', `Plan ${planId} runs, and nobody can say yet by whose start.`);
  }
  return { planId, event, stored, isReplay: false };
}

/** As the plan takes it, a start is a little longer than it was sent; one that it could not take must not leave. */
function assertFits(message: PlanMessage): void {
  const bytes = Buffer.byteLength(JSON.stringify(message));
  if (bytes <= LIMITS.eventBytes) return;
  throw new ProblemError('CC2004', { detail: `The start is ${bytes} bytes, over ${LIMITS.eventBytes}.` });
}

const newPlanId = ({ id }: StartRequest, source: string): string =>
  `plan-${id === undefined ? randomUUID() : digestOf({ source, id }).slice(0, 32)}`;

const taken = (planId: string): Failure =>
  new Failure('CC4002', `Plan ${planId} exists, and was started with another body or id.`);

/** The plan may have adopted another version since. */
const startedOn = ({ revisions, pathway }: PlanState): PathwayReference =>
  revisions.find((one) => one.pathway)?.pathway?.from ?? pathway;

/** A newer version may have been published since: what the plan was started on is what a repeat means. */
async function repeated(
  ports: ApiPorts,
  key: PlanKey,
  event: SentEvent,
  { pathway }: StartRequest,
  { state }: StoredPlan,
): Promise<Delivery> {
  const { id, digest } = startedOn(state);
  const isSamePathway = pathway.id === id && (pathway.digest === undefined || pathway.digest === digest);
  const known = isSamePathway ? await fromStore(ports.plans.answerTo(key, event)) : undefined;
  if (known?.hash !== eventHash(event)) throw taken(key.planId);
  return { stored: known, isReplay: true };
}

async function newest(
  { definitions, now }: ApiPorts,
  clinic: string,
  { id, digest }: StartRequest['pathway'],
): Promise<PathwayReference> {
  if (digest !== undefined) {
    const pathway = await fromStore(definitions.load(clinic, digest));
    if (pathway.id !== id) throw new Failure('CC4003', `The digest is one of ${pathway.id}, not of ${id}.`);
    const versions = await fromStore(definitions.versions(clinic, id));
    const { effectiveAt } = versions.find((one) => one.digest === digest) ?? {};
    if (effectiveAt === undefined || effectiveAt <= now()) return { id, version: pathway.version, digest };
    throw new Failure('CC4003', `${id} ${pathway.version} is effective from ${effectiveAt} on.`);
  }
  const published = await fromStore(definitions.list(clinic, now()));
  const found = published.find((one) => one.id === id);
  if (found) return { id: found.id, version: found.version, digest: found.digest };
  const names = published.map((one) => one.id).join(', ') || 'none';
  throw new Failure('CC4003', `No pathway ${id} is published; published are: ${names}.`);
}

/**
 * The plan's own step has four seconds, and shares its worker with all others: one that takes longer would be tried
 * again and again, and its plan never begin.
 */
const LONGEST_PAST_MS = 2_500;

/** With all that the plan's own step will know: a past may answer what only other plans have made somebody ask. */
async function tryOut(
  ports: ApiPorts,
  actor: Actor,
  event: SentEvent & { type: 'startPlan' },
): Promise<void> {
  const { definitions, otherPlans, logger } = ports;
  const key = { clinic: actor.clinic, planId: event.data.planId };
  const pathway = await fromStore(definitions.load(actor.clinic, event.data.pathway.digest));
  const reading = { loadPathway: definitions.load, readOthers: otherPlans.performed, logger };
  const sent = { pathway, state: null, event: { ...event, actor } };
  const beside = await fromStore(withOtherPlans(reading, key, sent));
  const begun = performance.now();
  const { answer } = step(pathway, undefined, inCatalogueUnits(pathway, beside), ports.now());
  const took = Math.round(performance.now() - begun);
  if (event.data.broughtIn && took > LONGEST_PAST_MS) {
    const detail = `To go through it took ${took} ms; a step of a plan may take ${LONGEST_PAST_MS}.`;
    throw new ProblemError('CC2037', { detail });
  }
  if (answer.outcome === 'accepted') return;
  throw new ProblemError(isCode(answer.code) ? answer.code : 'CC9002', { detail: answer.says });
}

/** Another start may have won the plan's first step meanwhile; then ours never comes. */
async function waitedFor(ports: ApiPorts, key: PlanKey, event: SentEvent, send: () => Promise<void>) {
  try {
    const stored = await sendAndWait(ports, key, event, send);
    if (stored) return stored;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'CC2020') throw taken(key.planId);
    throw error;
  }
  const winner = await ports.plans.read(key).catch(() => undefined);
  const ours = winner && (await ports.plans.answerTo(key, event).catch(() => undefined));
  if (winner && !ours) throw taken(key.planId);
  return ours;
}
