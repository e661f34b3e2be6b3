import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Code } from '../core/model/codes.ts';
import { Failure } from '../core/model/failure.ts';
import { LIMITS } from '../core/model/limits.ts';
import { fieldProblems } from './field-problems.ts';
import { ProblemError, problemOf } from './problem.ts';

/** Seconds after which a caller may try an outage again. */
const RETRY_AFTER = '5';
const FIELDS_SHOWN = 20;

/** The one place where anything that went wrong becomes an answer (RFC 9457). A defect's message stays in the log. */
export function sendError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = asProblem(thrown, request);
  const problem = problemOf(error.code, { instance: `urn:uuid:${request.id}`, ...error.extras });
  request.noted.code = error.code;
  if (problem.status === 500) request.log.error({ err: thrown }, 'request failed');
  if (problem.status === 503) reply.header('retry-after', RETRY_AFTER);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(problem.status).headers(error.headers).type('application/problem+json').send(problem);
}

function asProblem(thrown: unknown, request: FastifyRequest): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  if (thrown instanceof Failure) return fromFailure(thrown);
  if (hasZodFastifySchemaValidationErrors(thrown)) return fromValidation(thrown, request);
  const code = thrown instanceof Error && 'code' in thrown ? FROM_FASTIFY[String(thrown.code)] : undefined;
  return code ? new ProblemError(...code) : new ProblemError('CC9002');
}

const SAFE_AGAIN =
  'Send it again after the seconds that Retry-After names, with the same id: the same id is never applied twice.';

/** What was tried, and at which address, is for whoever runs Carechart; it is in the log. */
function fromFailure({ code, message }: Failure): ProblemError {
  if (code === 'CC5001') return new ProblemError(code, { detail: 'Temporal is away.', remedy: SAFE_AGAIN });
  if (code === 'CC5002') return new ProblemError(code, { detail: 'PostgreSQL is away.', remedy: SAFE_AGAIN });
  return new ProblemError(code, { detail: message });
}

const FROM_FASTIFY: Readonly<Record<string, ConstructorParameters<typeof ProblemError> | undefined>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['CC2004', { detail: `The body is over ${LIMITS.eventBytes} bytes.` }],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['CC2006'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['CC2001', { detail: 'The body is shorter than Content-Length says.' }],
  FST_ERR_MAX_PARAM_LENGTH: ['CC2008', { detail: 'A part of the address is too long.' }],
  FST_ERR_BAD_URL: ['CC2008', { detail: 'The address cannot be decoded.' }],
};

/** An id in an address that no id can be is the id of nothing. */
function fromValidation(
  error: Pick<FastifyError, 'validation' | 'validationContext'>,
  request: FastifyRequest,
) {
  const fields = fieldProblems(error.validation ?? []).slice(0, FIELDS_SHOWN);
  if (error.validationContext === 'params') {
    const code: Code = request.routeOptions.url?.includes(':planId') ? 'CC4001' : 'CC2008';
    return new ProblemError(code);
  }
  const detail = fields.map(({ field, says }) => `${field} ${says}`).join('; ');
  return new ProblemError('CC2003', { detail, fields });
}
