import { connect, type Database } from '../../src/store/database.ts';
import { type Definitions, definitionsOf } from '../../src/store/definitions.ts';
import { digestOf } from '../../src/store/event-hash.ts';
import { type Publications, publicationsOf } from '../../src/store/publications.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { System } from '../server/support/system.ts';

const [AT, LATER, LATEST] = [
  '2026-03-02T14:00:00.000Z',
  '2026-03-05T05:00:00.000Z',
  '2026-03-09T05:00:00.000Z',
];
const version = (name: string) => ({ ...moleRemoval, version: name });

let system: System;
let database: Database;
let publications: Publications;
let definitions: Definitions;

beforeAll(async () => {
  system = await System.start({ worker: false, api: false });
  database = connect(system.addresses.databaseUrl, { connections: 2 });
  publications = publicationsOf(database);
  definitions = definitionsOf(database);
});
afterAll(async () => {
  await database.close();
  await system.stop();
});

const offered = async (at: string): Promise<string | undefined> =>
  (await definitions.list('northside', at)).find(({ id }) => id === 'mole-removal')?.version;

test('a plan starts on the version that is effective on its day', async () => {
  await definitions.publish(version('1.0.0'), 'carechart', AT);
  const second = await publications.propose(version('2.0.0'), 'silva', AT);
  expect(await offered(LATEST)).toBe('1.0.0');
  await expect(definitions.load('northside', second.digest)).rejects.toMatchObject({ code: 'CC4003' });
  expect(await publications.waiting('northside', 'mole-removal')).toEqual([second]);
  await publications.approve('northside', second.digest, {
    approver: 'haas',
    approvedAt: AT,
    effectiveAt: LATER,
  });
  expect(await publications.waiting('northside', 'mole-removal')).toEqual([]);
  expect(await offered('2026-03-05T04:59:59.999Z')).toBe('1.0.0');
  expect(await offered(LATER)).toBe('2.0.0');

  // Carechart starts anew, and publishes what came with it: what the clinic approved goes before that.
  await definitions.publish(version('1.0.0'), 'carechart', LATEST);
  await definitions.offerOnly('northside', ['another']);
  expect(await offered(LATEST)).toBe('2.0.0');

  const third = await publications.propose(version('3.0.0'), 'haas', AT);
  await publications.approve('northside', third.digest, {
    approver: 'silva',
    approvedAt: AT,
    effectiveAt: LATEST,
  });
  expect(await offered(LATER)).toBe('2.0.0');
  expect(await offered(LATEST)).toBe('3.0.0');

  const versions = await definitions.versions('northside', 'mole-removal');
  expect(
    versions.map(({ version: name, author, approver, effectiveAt, plans }) => [
      name,
      author,
      approver,
      effectiveAt,
      plans,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['1.0.0', 'carechart', undefined, undefined, 0],
      ['2.0.0', 'silva', 'haas', LATER, 0],
      ['3.0.0', 'haas', 'silva', LATEST, 0],
    ]),
  );
});

test('what was approved is not approved again, and what was never proposed not at all', async () => {
  const approval = { approver: 'haas', approvedAt: AT, effectiveAt: AT };
  const { digest } = await publications.propose(version('4.0.0'), 'silva', AT);
  await publications.approve('northside', digest, approval);
  await expect(publications.approve('northside', digest, approval)).rejects.toMatchObject({ code: 'CC1184' });
  await expect(publications.approve('northside', 'c'.repeat(64), approval)).rejects.toMatchObject({
    code: 'CC1184',
  });
});

test('another text under a version that is taken is refused, whether it was proposed or came with Carechart', async () => {
  const first = await publications.propose(version('5.0.0'), 'silva', AT);
  expect(await publications.propose(version('5.0.0'), 'haas', LATER)).toEqual(first);
  const others = { ...version('5.0.0'), title: 'Another' };
  await expect(publications.propose(others, 'silva', AT)).rejects.toMatchObject({ code: 'CC1181' });
  await definitions.publish(version('6.0.0'), 'carechart', AT);
  await expect(
    publications.propose({ ...version('6.0.0'), title: 'Another' }, 'silva', AT),
  ).rejects.toMatchObject({ code: 'CC1181' });
});

test('another clinic sees nothing of it, and nothing is ever changed or taken away', async () => {
  await publications.propose(version('7.0.0'), 'silva', AT);
  expect(await publications.waiting('southside', 'mole-removal')).toEqual([]);
  const digest = digestOf(version('7.0.0'));
  await expect(
    publications.approve('southside', digest, { approver: 'x', approvedAt: AT, effectiveAt: AT }),
  ).rejects.toMatchObject({ code: 'CC1184' });
  for (const table of ['carechart.proposal', 'carechart.approval'] as const) {
    await expect(
      database.withClinic('northside', (connection) => connection.deleteFrom(table).execute()),
    ).rejects.toThrow('permission denied');
  }
});
