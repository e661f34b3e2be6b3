import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySerializerCompiler } from 'fastify';
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PastEvent, SentEvent } from '../core/model/event.schema.ts';
import { Instant } from '../core/model/primitives.schema.ts';
import { Clearing, Evidence, Finding, IntervalFinding, TableFinding } from '../core/model/verdict.schema.ts';
import { Reason } from '../core/plan/outcome.schema.ts';
import { StartRequest } from './plan-start.ts';
import {
  Accepted,
  Explanation,
  JournalPage,
  Pending,
  PlanSummary,
  PlanView,
  Started,
} from './plan-view.schema.ts';
import { Problem } from './problem.ts';

/** Schemas that the description names; the rest stand where they are used. */
const named = {
  SentEvent,
  PastEvent,
  StartRequest,
  Accepted,
  Pending,
  Problem,
  Reason,
  Finding,
  IntervalFinding,
  TableFinding,
  Evidence,
  Clearing,
  PlanSummary,
  PlanView,
};
const pages = { Started, JournalPage, Explanation };

const registry = z.registry<{ id?: string }>();
for (const [id, schema] of Object.entries({ ...named, ...pages })) registry.add(schema, { id });

/**
 * An instant goes in as text and comes out as text; zod cannot know what its transform makes. The patterns that zod
 * writes beside the standard's own formats are left out: four hundred characters for a date. What schemas say of
 * themselves is in zod's own registry, where a registry of names does not look.
 */
const zodToJsonConfig = {
  override: ({
    zodSchema,
    jsonSchema,
  }: {
    zodSchema: z.core.$ZodType;
    jsonSchema: Record<string, unknown>;
  }): void => {
    if (zodSchema === Instant) Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    const { title, description } = z.globalRegistry.get(zodSchema) ?? {};
    if (title !== undefined) jsonSchema.title = title;
    if (description !== undefined) jsonSchema.description = description;
  },
};

/** What leaves is checked as what comes in is: an answer says what its schema says, and nothing more. */
export const serializerCompiler: FastifySerializerCompiler<z.ZodType> =
  ({ schema }) =>
  (body) =>
    JSON.stringify(schema.parse(body));

export async function describeApi(app: FastifyInstance): Promise<void> {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Carechart',
        version: '0.1.0',
        description:
          'Events in, plans out. Every event has an id of its own within its plan and source: the same body sent again ' +
          'gets the first answer. Errors are application/problem+json with a code; /errors/{code} explains it.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform: createJsonSchemaTransform({ schemaRegistry: registry, zodToJsonConfig }),
    transformObject: createJsonSchemaTransformObject({ schemaRegistry: registry, zodToJsonConfig }),
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => withoutUnused(app.swagger()));
}

const Components = z.looseObject({ schemas: z.record(z.string(), z.unknown()) });

/** Each schema comes in two forms, as it is sent and as it is answered; only those that something names stay. */
function withoutUnused(description: object): object {
  if (!('components' in description)) return description;
  const components = Components.parse(description.components);
  const text = JSON.stringify(description);
  const all = Object.entries(components.schemas);
  const used = all.filter(([id]) => text.includes(`"#/components/schemas/${id}"`));
  const fewer = { ...description, components: { ...components, schemas: Object.fromEntries(used) } };
  return used.length === all.length ? fewer : withoutUnused(fewer);
}
