import { sql } from 'kysely';
import { connect, type Database } from '../../src/store/database.ts';
import { definitionsOf } from '../../src/store/definitions.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { System } from '../server/support/system.ts';

const AT = '2026-03-02T14:00:00.000Z';

let system: System;
let database: Database;

beforeAll(async () => {
  system = await System.start({ worker: false, api: false });
  database = connect(system.addresses.databaseUrl, { connections: 2 });
});
afterAll(async () => {
  await database.close();
  await system.stop();
});

test('a build refuses the data that another format was written in, before any plan runs on it', async () => {
  const definitions = definitionsOf(database);
  await definitions.publish(moleRemoval, 'test', AT);
  await definitions.assertReadable('northside');
  const old = JSON.stringify({ ...moleRemoval, format: 1 });
  await database.withClinic('northside', (connection) =>
    sql`insert into carechart.definition
      (clinic, digest, pathway, version, title, compiled, published_at, published_by)
      values ('northside', ${'b'.repeat(64)}, 'mole-removal', '0.9.0', 'Old', ${old}, ${AT}, 'test')`.execute(
      connection,
    ),
  );
  await expect(definitions.assertReadable('northside')).rejects.toMatchObject({ code: 'CC5009' });
  await definitions.assertReadable('southside');
});
