import { CODES } from '../../src/core/model/codes.ts';
import { SentEvent } from '../../src/core/model/event.schema.ts';
import { createWorld, type World } from './world.ts';

interface Operation {
  readonly summary?: string;
  readonly requestBody?: { content: Record<string, { schema: unknown }> };
  readonly responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

let world: World;
let text: string;
let paths: Record<string, Record<string, Operation>>;
beforeAll(async () => {
  world = await createWorld();
  text = (await world.api.inject('/openapi.json')).body;
  paths = JSON.parse(text).paths;
});
afterAll(() => world.api.close());

test('every address is described', () => {
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual([
    'GET /errors/{code}',
    'GET /livez',
    'GET /readyz',
    'GET /v1/charges',
    'GET /v1/pathways',
    'GET /v1/pathways/{pathway}/proposals',
    'GET /v1/pathways/{pathway}/versions',
    'GET /v1/plans',
    'GET /v1/plans/{planId}',
    'GET /v1/plans/{planId}/events/{source}/{eventId}',
    'GET /v1/plans/{planId}/explanation',
    'GET /v1/plans/{planId}/hand-over',
    'GET /v1/plans/{planId}/journal',
    'GET /v1/plans/{planId}/patient',
    'POST /v1/pathways/{pathway}/proposals',
    'POST /v1/pathways/{pathway}/proposals/{digest}/approval',
    'POST /v1/plans',
    'POST /v1/plans/{planId}/events',
    'POST /v1/tokens',
  ]);
});

test('each says what it is for, what it takes, what it answers, and how it fails', () => {
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { summary, requestBody, responses }] of Object.entries(methods)) {
      expect(summary).toMatch(/^[A-Z]/);
      if (method === 'post') expect(requestBody?.content['application/json']?.schema).toBeDefined();
      for (const [status, { content }] of Object.entries(responses)) {
        const type = Number(status) < 400 ? 'application/json' : 'application/problem+json';
        expect(Object.keys(content ?? {})).toEqual([type]);
        expect(Object.keys(content?.[type]?.schema ?? {})).not.toEqual([]);
      }
      if (path.startsWith('/v1')) expect(Object.keys(responses)).toContain('500');
    }
  }
});

test('every name that it refers to is there, and every name that is there is referred to', () => {
  const { schemas } = JSON.parse(text).components;
  const referred = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
  expect([...referred].sort()).toEqual(Object.keys(schemas).sort());
});

test('instants are date-times, in and out', () => {
  const { schemas } = JSON.parse(text).components;
  expect(schemas.PlanView.properties.since).toEqual({ type: 'string', format: 'date-time' });
  expect(schemas.SentEventInput.oneOf[0].properties.time).toEqual({ type: 'string', format: 'date-time' });
});

test('whatever is called by its instant or its day has the form of one', () => {
  const wrong: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      if (key === 'properties') {
        for (const [name, { format, anyOf }] of Object.entries<{ format?: string; anyOf?: object[] }>(
          inner,
        )) {
          const formats = JSON.stringify([format, anyOf]);
          if (/At$/.test(name) && !formats.includes('"date-time"')) wrong.push(`${path}.${name}`);
          if (/On$/.test(name) && !formats.includes('"date"')) wrong.push(`${path}.${name}`);
        }
      }
      walk(inner, `${path}.${key}`);
    }
  };
  walk(JSON.parse(text), '');
  expect(wrong).toEqual([]);
});

test('every type of event says what it states or asks for', () => {
  const { schemas } = JSON.parse(text).components;
  const events: { title: string; description: string; properties: { type: { const: string } } }[] =
    schemas.SentEventInput.oneOf;
  expect(events).toHaveLength(SentEvent.options.length);
  for (const { title, description, properties } of events) {
    expect(title).toBe(properties.type.const);
    expect(description).toMatch(/^[A-Z].*\.$/);
  }
});

test.each([
  ['startPrep', ['stage'], []],
  ['bookAppointment', ['stage', 'on'], ['appointment']],
  ['leaveCourse', ['exit', 'reason'], []],
  ['returnToCourse', ['reason'], []],
  ['revisePlan', ['reason', 'changes'], []],
  ['appointment.booked', ['stage', 'on'], ['appointment']],
  ['appointment.cancelled', ['stage'], ['note']],
  ['appointment.missed', ['stage', 'on'], ['note']],
  ['procedure.notPerformed', ['stage', 'on', 'reason'], []],
  ['report.withdrawn', ['stage', 'performedOn', 'reason'], ['session']],
  ['decide', ['question', 'outcome'], ['role', 'note']],
])('%s is described with %p, and perhaps %p', (type, required, optional) => {
  const { schemas } = JSON.parse(text).components;
  const event = schemas.SentEventInput.oneOf.find((one: { title: string }) => one.title === type);
  const { data } = event.properties;
  expect(data.required).toEqual(required);
  expect(Object.keys(data.properties)).toEqual([...required, ...optional]);
});

test('what a booking is told of its day, and a plan of its course, is described', () => {
  const { schemas } = JSON.parse(text).components;
  expect(schemas.Accepted.properties.ahead.description).toContain('Of a booking');
  const told = ['leave', 'stages', 'bookings', 'delays', 'questions', 'decided'];
  expect(Object.keys(schemas.PlanView.properties)).toEqual(expect.arrayContaining(told));
  expect(Object.keys(schemas.Explanation.properties.gate.properties)).toEqual(
    expect.arrayContaining(['of', 'bookedOn', 'undecided']),
  );
});

test('what a field means stands beside it', () => {
  const { schemas } = JSON.parse(text).components;
  expect(schemas.StartRequestInput.properties.areas.description).toContain('by role');
  expect(schemas.PlanView.properties.historyKnownAt.description).toContain('attested');
});

test('a past is described by the events that a plan takes, without a start in it', () => {
  const { schemas } = JSON.parse(text).components;
  expect(schemas.StartRequestInput.properties.broughtIn.description).toContain('under way elsewhere');
  const types = schemas.PastEventInput.properties.event.oneOf.map(({ title }: { title: string }) => title);
  expect(types).toContain('procedure.performed');
  expect(types).not.toContain('startPlan');
});

test('an event can be refused with every code that the core refuses with', () => {
  const { responses } = paths['/v1/plans/{planId}/events']?.post ?? { responses: {} };
  const described = JSON.stringify(responses);
  for (const code of Object.keys(CODES).filter((one) => one.startsWith('CC3'))) {
    expect(described).toContain(code);
  }
  for (const code of ['CC2024', 'CC2025', 'CC2026', 'CC2027', 'CC2028', 'CC2029']) {
    expect(described).toContain(code);
  }
});

test('the type of a problem leads to what its code means', async () => {
  for (const [code, entry] of Object.entries(CODES)) {
    expect((await world.api.inject(`/errors/${code}`)).json()).toEqual({ code, ...entry });
  }
  expect((await world.api.inject('/errors/CC0000')).statusCode).toBe(404);
});
