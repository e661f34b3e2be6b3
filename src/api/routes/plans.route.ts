import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '../../core/model/actor.schema.ts';
import type { Code } from '../../core/model/codes.ts';
import { Failure } from '../../core/model/failure.ts';
import { Id } from '../../core/model/primitives.schema.ts';
import { tailored } from '../../core/pathway/tailored.ts';
import { type AskedFact, factsAsked } from '../../core/plan/asked-twice.ts';
import { type PlanState, PlanStatus } from '../../core/plan/plan-state.schema.ts';
import { fromStore } from '../../store/outage.ts';
import { explain } from '../explanation.ts';
import { HandOver } from '../hand-over.schema.ts';
import { handOverOf } from '../hand-over-view.ts';
import { journalPage } from '../journal-page.ts';
import { PatientView } from '../patient-view.schema.ts';
import { patientView } from '../patient-view.ts';
import { cursorOf, pageAfter } from '../plan-cursor.ts';
import { StartRequest, startPlan } from '../plan-start.ts';
import { Explanation, JournalPage, Pending, PlanList, PlanView, Started } from '../plan-view.schema.ts';
import { summaryOf, summaryOfRow, viewOf } from '../plan-view.ts';
import { type ApiPorts, nowOf } from '../ports.ts';
import { BODY, problems, READING } from '../problem-responses.ts';
import { assertReadsAll, mayRead } from '../reading.ts';
import { noteEvent } from '../request-log.ts';
import { actorOf } from '../sign-in.ts';
import { acceptedOf, OF_EVENTS, pending } from './events.route.ts';

/** Whatever an event of a past can be rejected with, and what a start has of its own. */
const OF_STARTS: readonly Code[] = [
  ...OF_EVENTS.filter((code) => code > 'CC2002' && code < 'CC3000'),
  ...(['CC3012', 'CC4002', 'CC4003', 'CC4004', 'CC5001'] as const),
];

const OnePlan = z.strictObject({ planId: Id });
const tags = ['plans'];

export function addPlanRoutes(scope: FastifyInstance, ports: ApiPorts): void {
  addStart(scope, ports);
  addList(scope, ports);
  addReads(scope, ports);
}

function addStart(scope: FastifyInstance, ports: ApiPorts): void {
  scope.withTypeProvider<ZodTypeProvider>().post(
    '/plans',
    {
      schema: {
        summary:
          "Start a patient's plan on a published pathway, prescribe it only, or bring in one that is under way",
        tags,
        body: StartRequest,
        response: {
          201: Started,
          202: Pending,
          ...problems(...READING, ...BODY, ...OF_STARTS),
        },
      },
    },
    async (request, reply) => {
      noteEvent(request, { type: 'startPlan' });
      const actor = actorOf(request);
      const { planId, event, stored, isReplay } = await startPlan(ports, actor, request.body);
      noteEvent(request, { plan: planId, outcome: stored?.answer.outcome ?? 'pending' });
      const waiting = () => reply.code(202).send(pending(reply, planId, event));
      if (!stored) return waiting();
      const answer = acceptedOf(reply, { stored, isReplay });
      // The start is answered: a store that goes away now takes nothing back.
      const plan = await ports.plans.read({ clinic: actor.clinic, planId }).catch(() => undefined);
      if (!plan) return waiting();
      reply.header('location', `/v1/plans/${planId}`);
      return reply.code(201).send({ planId, answer, plan: summaryOf(plan.state) });
    },
  );
}

function addList(scope: FastifyInstance, ports: ApiPorts): void {
  const query = z.strictObject({
    status: PlanStatus.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional().describe('The `next` of the page before.'),
  });
  scope.withTypeProvider<ZodTypeProvider>().get(
    '/plans',
    {
      schema: {
        summary: "The clinic's plans, soonest due first",
        tags,
        querystring: query,
        response: { 200: PlanList, ...problems(...READING, 'CC2003', 'CC2018') },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      assertReadsAll(actor);
      const { status, limit, cursor } = request.query;
      const after = cursor === undefined ? undefined : pageAfter(cursor);
      const page = {
        limit: limit + 1,
        ...(status === undefined ? {} : { status }),
        ...(after === undefined ? {} : { after }),
      };
      const rows = await fromStore(ports.plans.list(actor.clinic, page));
      const items = rows.slice(0, limit).map(summaryOfRow);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, ...(last ? { next: cursorOf(last) } : {}) };
    },
  );
}

function addReads(scope: FastifyInstance, ports: ApiPorts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>();
  const schemaOf = <T extends z.ZodType>(summary: string, found: T) => ({
    summary,
    tags,
    params: OnePlan,
    response: { 200: found, ...problems(...READING, 'CC2018', 'CC4001') },
  });
  app.get('/plans/:planId', { schema: schemaOf('A plan as it stands', PlanView) }, async (request) => {
    noteEvent(request, { plan: request.params.planId });
    const { state, pathway, now } = await readPlan(ports, actorOf(request), request.params.planId);
    return viewOf(pathway, state, now, await askedElsewhere(ports, state));
  });
  app.get(
    '/plans/:planId/explanation',
    { schema: schemaOf('What the next gate would say now, and every rule in scope', Explanation) },
    async (request) => {
      noteEvent(request, { plan: request.params.planId });
      const { state, pathway, now } = await readPlan(ports, actorOf(request), request.params.planId);
      return explain(pathway, state, now);
    },
  );
  app.get(
    '/plans/:planId/hand-over',
    { schema: schemaOf('What whoever takes a plan over has to know, on a page', HandOver) },
    async (request) => {
      const actor = actorOf(request);
      assertReadsAll(actor);
      noteEvent(request, { plan: request.params.planId });
      const plan = await readPlan(ports, actor, request.params.planId);
      return handOverOf(plan, await askedElsewhere(ports, plan.state));
    },
  );
  const inWords = {
    ...schemaOf('A plan in plain words, as its patient reads it', PatientView),
    querystring: z.strictObject({
      language: z.string().max(20).optional().describe('One that the clinic speaks; else its first.'),
    }),
  };
  app.get('/plans/:planId/patient', { schema: inWords }, async (request) => {
    noteEvent(request, { plan: request.params.planId });
    const { state, pathway, now } = await readPlan(ports, actorOf(request), request.params.planId);
    return patientView({ pathway, state, now }, request.query.language);
  });
  const page = z.strictObject({
    after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  });
  const schema = { ...schemaOf('What happened to a plan, in order', JournalPage), querystring: page };
  app.get('/plans/:planId/journal', { schema }, async (request) => {
    const actor = actorOf(request);
    assertReadsAll(actor);
    const key = { clinic: actor.clinic, planId: request.params.planId };
    noteEvent(request, { plan: key.planId });
    const found = await journalPage(ports.plans, key, request.query);
    const isEmpty = found.items.length === 0;
    if (isEmpty && !(await fromStore(ports.plans.read(key)))) throw new Failure('CC4001');
    return found;
  });
}

/** What the other plans of its patient that go on ask for. */
async function askedElsewhere(
  { otherPlans, plans, definitions }: ApiPorts,
  { clinic, planId }: PlanState,
): Promise<AskedFact[]> {
  const others = await fromStore(otherPlans.running({ clinic, planId }));
  const asked = await Promise.all(
    others.map(async ({ planId: other }) => {
      const plan = await fromStore(plans.read({ clinic, planId: other }));
      if (!plan) return [];
      const { state } = plan;
      const published = await fromStore(definitions.load(clinic, state.pathway.digest));
      return factsAsked(tailored(published, state.overlay), state);
    }),
  );
  return asked.flat();
}

async function readPlan(ports: ApiPorts, actor: Actor, planId: string) {
  const { clinic } = actor;
  const plan = await fromStore(ports.plans.read({ clinic, planId }));
  if (!plan || !mayRead(actor, plan.state)) throw new Failure('CC4001', `Your clinic has no plan ${planId}.`);
  const { state } = plan;
  const published = await fromStore(ports.definitions.load(clinic, state.pathway.digest));
  return { state, pathway: tailored(published, state.overlay), now: nowOf(ports, state.now) };
}
