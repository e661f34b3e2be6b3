import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '../../core/model/actor.schema.ts';
import { localDateOf, startOfDay } from '../../core/model/calendar.ts';
import { LIMITS } from '../../core/model/limits.ts';
import { Digest, LocalDate, Name } from '../../core/model/primitives.schema.ts';
import { CLINICAL_LEAD, PATIENT_ROLES, SERVICE } from '../../core/pathway/roles.ts';
import { fromStore } from '../../store/outage.ts';
import type { Proposal } from '../../store/publications.ts';
import { Approved, Proposed, ProposedList } from '../plan-view.schema.ts';
import type { ApiPorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { BODY, problems, READING } from '../problem-responses.ts';
import { publishable } from '../publication.ts';
import { actorOf } from '../sign-in.ts';

/** A clinic's whole folder, as text in JSON. */
export const PROPOSAL_BYTES = 8 * 1024 * 1024;

export const ProposalRequest = z.strictObject({
  files: z
    .array(z.strictObject({ file: z.string().min(1).max(400), text: z.string() }))
    .min(1)
    .max(LIMITS.contentFiles)
    .describe('The whole of `rules/` and `pathways/`, each file named from the folder above them on.'),
});

export const ApprovalRequest = z.strictObject({
  effectiveOn: LocalDate.optional().describe('The day from which new plans start on it; today when absent.'),
});

/** A version is proposed by one person and approved by another; both are kept with it for good. */
export function addPublicationRoutes(scope: FastifyInstance, { publications, now }: ApiPorts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>();
  app.post(
    '/pathways/:pathway/proposals',
    {
      bodyLimit: PROPOSAL_BYTES,
      schema: {
        summary: 'Proposes a version of a pathway: its files are checked, and all their examples tried',
        tags: ['pathways'],
        params: z.strictObject({ pathway: Name }),
        body: ProposalRequest,
        response: { 201: Proposed, ...problems(...READING, ...BODY, 'CC1181', 'CC1182', 'CC2018', 'CC4003') },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      assertStaff(actor);
      const { pathway } = request.params;
      const compiled = await publishable(request.body.files, { pathway, clinic: actor.clinic });
      const proposal = await fromStore(publications.propose(compiled, actor.id, now()));
      return reply.code(201).send(proposedOf(proposal));
    },
  );
  app.get(
    '/pathways/:pathway/proposals',
    {
      schema: {
        summary: 'What waits for the approval of another clinical lead, the newest first',
        tags: ['pathways'],
        params: z.strictObject({ pathway: Name }),
        response: { 200: ProposedList, ...problems(...READING) },
      },
    },
    async (request) => {
      const waiting = await fromStore(publications.waiting(actorOf(request).clinic, request.params.pathway));
      return { items: waiting.map(proposedOf) };
    },
  );
  app.post(
    '/pathways/:pathway/proposals/:digest/approval',
    {
      schema: {
        summary: 'Approves what another person has proposed: new plans start on it from its day on',
        tags: ['pathways'],
        params: z.strictObject({ pathway: Name, digest: Digest }),
        body: ApprovalRequest,
        response: {
          201: Approved,
          ...problems(...READING, ...BODY, 'CC1183', 'CC1184', 'CC1185', 'CC1186'),
        },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { pathway, digest } = request.params;
      if (!actor.roles.includes(CLINICAL_LEAD)) throw new ProblemError('CC1186');
      const waiting = await fromStore(publications.waiting(actor.clinic, pathway));
      const proposal = waiting.find((one) => one.digest === digest);
      if (!proposal) throw new ProblemError('CC1184', { detail: `Of ${pathway} nothing ${digest} waits.` });
      if (proposal.author === actor.id)
        throw new ProblemError('CC1183', { detail: `${proposal.version} was proposed by ${actor.id}.` });
      const approvedAt = now();
      const effectiveAt = effectiveFrom(request.body.effectiveOn, approvedAt, proposal.zone);
      const approval = { approver: actor.id, approvedAt, effectiveAt };
      await fromStore(publications.approve(actor.clinic, digest, approval));
      return reply.code(201).send({ ...proposedOf(proposal), ...approval });
    },
  );
}

const proposedOf = ({ id, version, digest, title, author, proposedAt }: Proposal): Proposed => ({
  ...{ id, version, digest, title, author, proposedAt },
});

function assertStaff({ roles }: Actor): void {
  const isStaff = roles.some((role) => role !== SERVICE && !PATIENT_ROLES.includes(role));
  if (!isStaff) throw new ProblemError('CC2018', { detail: 'Only people of the clinic propose a pathway.' });
}

/** From the first instant of that day, in the clinic's zone; of today, from now on. */
function effectiveFrom(day: string | undefined, at: string, zone: string): string {
  const today = localDateOf(at, zone);
  if (day === undefined || day === today) return at;
  if (day < today) throw new ProblemError('CC1185', { detail: `${day} is past: today is ${today}.` });
  return startOfDay(day, zone);
}
