import { randomUUID } from 'node:crypto';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import { LIMITS } from '../core/model/limits.ts';
import { readBody } from './body.ts';
import { sendError } from './error-handler.ts';
import { describeApi } from './openapi.ts';
import type { ApiPorts } from './ports.ts';
import { logRequests } from './request-log.ts';
import { addChargeRoutes } from './routes/charges.route.ts';
import { addEventRoutes } from './routes/events.route.ts';
import { addCodeRoute, addHealthRoutes } from './routes/health.route.ts';
import { addPathwayRoutes } from './routes/pathways.route.ts';
import { addPlanRoutes } from './routes/plans.route.ts';
import { addPublicationRoutes } from './routes/publications.route.ts';
import { addTokenRoute } from './routes/tokens.route.ts';
import { requireSignIn } from './sign-in.ts';
import { answerUnknownAddresses } from './unknown-address.ts';

/** A request whose headers and body take longer than this to arrive is dropped. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Plan, source and event ids have up to 128 characters, and some are percent-encoded. */
const LONGEST_PARAMETER = 512;

/** The HTTP API: events in, plans out. It decides nothing; it asks the core, the store and Temporal. */
export async function createApi(ports: ApiPorts): Promise<FastifyInstance> {
  const { issuer, clinic, signIn } = ports;
  const loggerInstance: FastifyBaseLogger = ports.logger;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    bodyLimit: LIMITS.eventBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => {
      request.noted = {};
      sendError(error, request, reply);
    },
  });
  app.setErrorHandler(sendError);
  logRequests(app);
  answerUnknownAddresses(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => readBody(body),
  );
  await describeApi(app);
  addHealthRoutes(app, ports);
  addCodeRoute(app);
  await app.register(
    async (v1) => {
      if (issuer) addTokenRoute(v1, { issuer, clinic });
      await v1.register(async (scope) => {
        requireSignIn(scope, signIn);
        addPlanRoutes(scope, ports);
        addEventRoutes(scope, ports);
        addPathwayRoutes(scope, ports);
        addChargeRoutes(scope, ports);
        addPublicationRoutes(scope, ports);
      });
    },
    { prefix: '/v1' },
  );
  await app.ready();
  return app;
}
