import { type Believed, rememberedUntilExpiry } from '../../src/api/known-tokens.ts';
import { createLocalIssuer } from '../../src/api/local-issuer.ts';
import { generateSigningKeys } from '../../src/engine/event-signature.ts';

const actor = { id: 'sam', roles: ['nurse'], clinic: 'northside' };
const NOON = '2026-03-02T12:00:00.000Z';

/** Believes what begins with `good`, until two o'clock, and counts how often it was asked. */
function asked() {
  const clock = { now: NOON };
  const looks: string[] = [];
  const verify = rememberedUntilExpiry(
    () => clock.now,
    async (bearer): Promise<Believed | undefined> => {
      looks.push(bearer);
      const isBelieved = bearer.startsWith('good') && clock.now < '2026-03-02T14:00:00.000Z';
      return isBelieved ? { actor, expiresAtMs: Date.parse('2026-03-02T14:00:00.000Z') } : undefined;
    },
  );
  return { clock, looks, verify };
}

test('a token that was believed is looked at once', async () => {
  const { looks, verify } = asked();
  for (let times = 0; times < 3; times += 1) expect(await verify('good')).toEqual(actor);
  expect(looks).toEqual(['good']);
});

test('a token that was not believed is looked at each time', async () => {
  const { looks, verify } = asked();
  for (let times = 0; times < 3; times += 1) expect(await verify('bad')).toBeUndefined();
  expect(looks).toHaveLength(3);
});

test.each([
  ['2026-03-02T13:59:59.999Z', actor],
  ['2026-03-02T14:00:00.000Z', undefined],
  ['2026-03-02T14:00:00.001Z', undefined],
])('a token that expires at 14:00 and is known already stands at %s for %j', async (then, stands) => {
  const { clock, verify } = asked();
  expect(await verify('good')).toEqual(actor);
  clock.now = then;
  expect(await verify('good')).toEqual(stands);
});

test('another token is never taken for one that is known', async () => {
  const { looks, verify } = asked();
  await verify('good');
  expect(await verify('good ')).toEqual(actor);
  expect(await verify('goo')).toBeUndefined();
  expect(looks).toEqual(['good', 'good ', 'goo']);
});

test('however many tokens come, a thousand are kept, and the oldest goes first', async () => {
  const { looks, verify } = asked();
  for (let number = 0; number <= 1_000; number += 1) await verify(`good ${number}`);
  looks.length = 0;
  await verify('good 1');
  await verify('good 1000');
  expect(looks).toEqual([]);
  await verify('good 0');
  expect(looks).toEqual(['good 0']);
});

test.each([
  ['a second before', '2026-03-02T23:59:59.999Z', actor],
  ['at its end', '2026-03-03T00:00:00.000Z', undefined],
])('a token of twelve hours that was used before: %s', async (_title, then, stands) => {
  let clock = NOON;
  const issuer = await createLocalIssuer({
    keys: generateSigningKeys(),
    clinic: 'northside',
    now: () => clock,
  });
  const { token } = await issuer.issue(actor);
  expect(await issuer.verify(token)).toEqual(actor);
  clock = then;
  expect(await issuer.verify(token)).toEqual(stands);
  expect(await issuer.verify(`${token.slice(0, -4)}AAAA`)).toBeUndefined();
});
