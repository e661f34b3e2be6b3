import { createLocalIssuer } from '../../src/api/local-issuer.ts';
import { createSigner, createVerifier, generateSigningKeys } from '../../src/engine/event-signature.ts';
import { createWorld, type World } from './world.ts';

const now = () => '2026-03-02T14:00:00.000Z';
const actor = { id: 'sam', roles: ['nurse'], clinic: 'northside' };
const key = { clinic: 'northside', planId: 'plan-1' };
const event = { id: 'e', source: 's', type: 'startProcedure', data: { stage: 'excision' } } as const;

test('says who somebody is, in its own clinic only', async () => {
  const keys = generateSigningKeys();
  const north = await createLocalIssuer({ keys, clinic: 'northside', now });
  const south = await createLocalIssuer({ keys, clinic: 'southside', now });
  const { token, expiresAt } = await north.issue(actor);
  expect(expiresAt).toBe('2026-03-03T02:00:00.000Z');
  expect(await north.verify(token)).toEqual(actor);
  expect(await south.verify(token)).toBeUndefined();
  expect(await north.verify(`${token}x`)).toBeUndefined();
});

test('with one key for both, a token never passes as a signature, nor a signature as a token', async () => {
  const keys = generateSigningKeys();
  const issuer = await createLocalIssuer({ keys, clinic: 'northside', now });
  const signer = await createSigner(keys.privateKey);
  const verifier = await createVerifier(keys.publicKey);
  const { token } = await issuer.issue(actor);
  const signature = await signer.sign(key, event, actor);
  expect(await verifier.verify(key, event, signature)).toEqual(actor);
  expect(await verifier.verify(key, event, token)).toBeUndefined();
  expect(await issuer.verify(signature)).toBeUndefined();
});

describe('the address that hands out tokens', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.api.close());

  const ask = (payload: object, more: { remoteAddress?: string; headers?: Record<string, string> } = {}) =>
    world.api.inject({ method: 'POST', url: '/v1/tokens', payload, ...more });
  const sam = { person: 'sam', roles: ['nurse'] };

  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('serves this machine: %s', async (remoteAddress) => {
    const response = await ask(sam, { remoteAddress });
    expect(response.statusCode).toBe(201);
    expect(await world.issuer.verify(response.json().token)).toEqual(actor);
  });

  test.each<[string, Parameters<typeof ask>[1]]>([
    ['another machine', { remoteAddress: '192.168.1.20' }],
    ['a proxy on this machine', { headers: { 'x-forwarded-for': '192.168.1.20' } }],
    ['a web page whose name points here', { headers: { host: 'pages.example' } }],
  ])('refuses %s', async (_title, more) => {
    const response = await ask(sam, more);
    expect(response.statusCode).toBe(403);
    expect(response.json().code).toBe('CC2018');
  });

  test.each<[string, object, string]>([
    ['a role that the clinic lacks', { person: 'sam', roles: ['king'] }, 'dermatologist'],
    ['a service that is a person too', { person: 'lab', roles: ['service', 'nurse'] }, 'one role'],
    ['no role', { person: 'sam', roles: [] }, 'roles'],
    ['no person', { roles: ['nurse'] }, 'person'],
  ])('refuses %s', async (_title, payload, says) => {
    const response = await ask(payload);
    expect(response.statusCode).toBe(400);
    expect(response.json().detail).toContain(says);
  });

  test('a service has a token too', async () => {
    expect((await ask({ person: 'north-lab', roles: ['service'] })).statusCode).toBe(201);
  });

  test('is not there where the API has no local issuer', async () => {
    const open = await createWorld({ issuer: false });
    const response = await open.api.inject({ method: 'POST', url: '/v1/tokens', payload: sam });
    expect(response.statusCode).toBe(404);
    await open.api.close();
  });
});
