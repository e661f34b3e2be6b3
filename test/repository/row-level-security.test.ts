import pg from 'pg';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { publish } from '../server/support/plans.ts';
import { System } from '../server/support/system.ts';

const TABLES = [
  ...[
    'definition',
    'offer',
    'proposal',
    'approval',
    'plan',
    'step',
    'journal',
    'effect',
    'message',
    'charge',
  ],
];

let system: System;
let app: pg.Client;

beforeAll(async () => {
  system = await System.start({ worker: false, api: false });
  await publish(system, moleRemoval);
  app = new pg.Client({ connectionString: system.addresses.databaseUrl });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await system.stop();
});

test('the app is no superuser, bypasses nothing, and owns nothing', async () => {
  const { rows } =
    await app.query(`select current_user::text as name, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb
    from pg_roles where rolname = current_user`);
  expect(rows).toEqual([
    { name: 'carechart_app', rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
  ]);
  const owned = await app.query(`select 1 from pg_class where relowner = current_user::regrole`);
  expect(owned.rowCount).toBe(0);
});

test.each(TABLES)('%s is closed to everybody by force until a clinic is set', async (table) => {
  const { rows } = await app.query(
    `select relrowsecurity, relforcerowsecurity from pg_class where oid = ('carechart.' || $1)::regclass`,
    [table],
  );
  expect(rows).toEqual([{ relrowsecurity: true, relforcerowsecurity: true }]);
  expect((await app.query(`select from carechart.${table}`)).rowCount).toBe(0);
});

test('every table of the schema that holds a clinic is among them', async () => {
  const { rows } = await app.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'carechart' and column_name = 'clinic'
     order by 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual(TABLES.toSorted());
});

test('a clinic sees its own rows and no other does', async () => {
  const count = 'select 1 from carechart.definition';
  expect((await system.rows(count, [], 'northside')).length).toBeGreaterThan(0);
  expect(await system.rows(count, [], 'southside')).toEqual([]);
  expect(await system.rows(count, [], '')).toEqual([]);
});

test('a clinic set in one transaction does not leak into the next', async () => {
  await app.query(`begin; select set_config('carechart.clinic', 'northside', true); commit`);
  expect((await app.query('select from carechart.definition')).rowCount).toBe(0);
});

test('nobody writes into another clinic', async () => {
  const write = system.rows(
    `insert into carechart.message (clinic, effect_id, plan_id, role, subject, says, level, told_at)
     values ('southside', 'e', 'p', 'nurse', 's', 's', 0, now())`,
    [],
    'northside',
  );
  await expect(write).rejects.toThrow('row-level security');
});

test.each([
  ['a step', `update carechart.step set state = '{}'`],
  ['a journal entry', `update carechart.journal set body = 'x'`],
  ['a definition', `update carechart.definition set compiled = '{}'`],
  ['a step, by deleting it', 'delete from carechart.step'],
  ['a journal entry, by deleting it', 'delete from carechart.journal'],
  ['the tables', 'drop table carechart.message'],
  ['row-level security', 'alter table carechart.plan disable row level security'],
])('the app cannot change %s', async (_what, statement) => {
  await expect(system.rows(statement)).rejects.toThrow(/permission denied|must be owner/);
});
