import { generateKeyPairSync } from 'node:crypto';
import { CompactSign, compactVerify, importPKCS8, importSPKI } from 'jose';
import type { Actor } from '../../src/core/model/actor.schema.ts';
import type { SentEvent } from '../../src/core/model/event.schema.ts';
import {
  createSigner,
  createVerifier,
  type EventSigner,
  type EventVerifier,
  generateSigningKeys,
  type SigningKeys,
} from '../../src/engine/event-signature.ts';
import { eventHash } from '../../src/store/event-hash.ts';

const actor: Actor = { id: 'sam', roles: ['nurse'], clinic: 'northside' };
const plan = { clinic: 'northside', planId: 'plan-1' };
const event: SentEvent = { id: 'e', source: 's', type: 'startProcedure', data: { stage: 'excision' } };
const claims = { plan: 'northside/plan-1', event: eventHash(event), actor };

let keys: SigningKeys;
let signer: EventSigner;
let verifier: EventVerifier;
let token: string;

beforeAll(async () => {
  keys = generateSigningKeys();
  signer = await createSigner(keys.privateKey);
  verifier = await createVerifier(keys.publicKey);
  token = await signer.sign(plan, event, actor);
});

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const inBase64Url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signed by jose with the API's own key. */
async function byJose(
  payload: unknown,
  header: { alg: string; [name: string]: unknown } = { alg: 'EdDSA' },
): Promise<string> {
  const key = await importPKCS8(keys.privateKey, 'EdDSA');
  return new CompactSign(bytes(payload)).setProtectedHeader(header).sign(key);
}

test('jose believes what is signed here, and reads the same claims', async () => {
  const { payload, protectedHeader } = await compactVerify(token, await importSPKI(keys.publicKey, 'EdDSA'), {
    algorithms: ['EdDSA'],
  });
  expect(protectedHeader).toEqual({ alg: 'EdDSA' });
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(claims);
});

test('what jose signs is byte for byte the same token, and is believed here', async () => {
  const other = await byJose(claims);
  expect(other).toBe(token);
  expect(await verifier.verify(plan, event, other)).toEqual(actor);
});

test('what is not ASCII is signed as jose signs it', async () => {
  const named = { ...actor, id: 'Šárka Ünal 王' };
  expect(await signer.sign(plan, event, named)).toBe(await byJose({ ...claims, actor: named }));
});

test.each<[string, Partial<typeof plan>, Partial<typeof event>]>([
  ['another plan', { planId: 'plan-2' }, {}],
  ['another clinic', { clinic: 'southside' }, {}],
  ['another id', {}, { id: 'f' }],
  ['another source', {}, { source: 'other' }],
  ['another time', {}, { time: '2026-03-02T14:00:00.000Z' }],
])('a signature does not speak for %s', async (_title, otherPlan, otherEvent) => {
  expect(
    await verifier.verify({ ...plan, ...otherPlan }, { ...event, ...otherEvent }, token),
  ).toBeUndefined();
});

test('a signature does not speak for other contents under the same id', async () => {
  const other: SentEvent = { ...event, type: 'startProcedure', data: { stage: 'closure' } };
  expect(await verifier.verify(plan, other, token)).toBeUndefined();
});

/** Each character changed in turn to its neighbour in the alphabet: every bit that is written counts. */
test('a token with one character changed is not believed, wherever it is', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const believed: number[] = [];
  for (let at = 0; at < token.length; at += 1) {
    const next = alphabet[(alphabet.indexOf(token.charAt(at)) + 1) % alphabet.length];
    const changed = token.slice(0, at) + next + token.slice(at + 1);
    if ((await verifier.verify(plan, event, changed)) !== undefined) believed.push(at);
  }
  expect(believed).toEqual([]);
});

const parts = () => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return { header, payload, signature };
};

test.each<[string, () => string | Promise<string>]>([
  ['nothing', () => ''],
  ['no token', () => 'a.b.c'],
  ['a token without its signature', () => `${parts().header}.${parts().payload}.`],
  ['a token with a fourth part', () => `${token}.${parts().signature}`],
  ['padding', () => `${token}==`],
  ['a line after it', () => `${token}\n`],
  ['a space before it', () => ` ${token}`],
  ['the plain alphabet of base64', () => `${token.slice(0, -2)}+/`],
  [
    'the signature of another payload',
    () => `${parts().header}.${inBase64Url({ ...claims, plan: 'x' })}.${parts().signature}`,
  ],
  ['no algorithm', () => `${inBase64Url({ alg: 'none' })}.${parts().payload}.${parts().signature}`],
  ['no algorithm and no signature', () => `${inBase64Url({ alg: 'none' })}.${parts().payload}.`],
  [
    'the name of another algorithm',
    () => `${inBase64Url({ alg: 'HS256' })}.${parts().payload}.${parts().signature}`,
  ],
])('%s is not believed', async (_title, make) => {
  expect(await verifier.verify(plan, event, await make())).toBeUndefined();
});

test.each<[string, { alg: string; [name: string]: unknown }]>([
  ['a type', { alg: 'EdDSA', typ: 'JWT' }],
  ['a key of its own', { alg: 'EdDSA', kid: 'mine' }],
  ['what has to be understood', { alg: 'EdDSA', crit: ['b64'], b64: true }],
])('a header with %s is not ours, whoever signed it', async (_title, header) => {
  expect(await verifier.verify(plan, event, await byJose(claims, header))).toBeUndefined();
});

test.each<[string, unknown]>([
  ['a claim too few', { plan: claims.plan, event: claims.event }],
  ['a claim too many', { ...claims, admin: true }],
  ['an actor of another clinic', { ...claims, actor: { ...actor, clinic: 'southside' } }],
  ['no object', 'claims'],
])('%s is not believed, even under our key', async (_title, payload) => {
  expect(await verifier.verify(plan, event, await byJose(payload))).toBeUndefined();
});

test('the signature of another key is not believed', async () => {
  const strangers = await createSigner(generateSigningKeys().privateKey);
  expect(await verifier.verify(plan, event, await strangers.sign(plan, event, actor))).toBeUndefined();
});

test('a key of another kind is no key of ours', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = { format: 'pem' } as const;
  await expect(createSigner(String(privateKey.export({ ...pem, type: 'pkcs8' })))).rejects.toThrow('Ed25519');
  await expect(createVerifier(String(publicKey.export({ ...pem, type: 'spki' })))).rejects.toThrow('Ed25519');
});
