import { sql } from 'kysely';
import { connect, type Database } from '../../src/store/database.ts';
import { isOutage } from '../../src/store/outage.ts';
import { plansOf } from '../../src/store/plans.ts';
import { System } from '../server/support/system.ts';

let system: System;
let database: Database;

beforeAll(async () => {
  system = await System.start({ worker: false, api: false });
});
afterAll(() => system.stop());

// One connection: whatever is left on it meets the next statement.
beforeEach(() => {
  database = connect(system.addresses.databaseUrl, { connections: 1 });
});
afterEach(() => database.close());

const NUMBER = { name: 'number', text: 'select $1::int as number' };
const backend = () =>
  database.once<{ pid: number }>({ name: 'pid', text: 'select pg_backend_pid() as pid' }, []);
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a statement is answered each time it is asked, on the same connection', async () => {
  const before = await backend();
  for (const number of [1, 2, 3]) expect(await database.once(NUMBER, [number])).toEqual([{ number }]);
  expect(await backend()).toEqual(before);
});

test('many at once are all answered', async () => {
  const numbers = Array.from({ length: 40 }, (_, index) => index);
  const rows = await Promise.all(numbers.map((number) => database.once(NUMBER, [number])));
  expect(rows.flat()).toEqual(numbers.map((number) => ({ number })));
});

test('the clinic that a statement sets ends with it', async () => {
  expect(await plansOf(database).read({ clinic: 'northside', planId: 'none' })).toBeUndefined();
  const { rows } = await sql`select current_setting('carechart.clinic', true) as clinic`.execute(database.db);
  expect([null, '']).toContain((rows[0] as { clinic: string | null }).clinic);
});

test('a connection on which a statement failed is not used again', async () => {
  const before = await backend();
  const error = await failure(database.once({ name: 'wrong', text: 'select 1 / $1::int' }, [0]));
  expect(error).toMatchObject({ code: '22012' });
  expect(isOutage(error)).toBe(false);
  expect(await backend()).not.toEqual(before);
});

test('a line that is cut under a statement is an outage, and the next statement has a new one', async () => {
  const cut = { name: 'cut', text: 'select pg_terminate_backend(pg_backend_pid())' };
  expect(isOutage(await failure(database.once(cut, [])))).toBe(true);
  expect(await database.once(NUMBER, [1])).toEqual([{ number: 1 }]);
});

test('a line that is cut while nobody uses it is replaced', async () => {
  const [idle] = await backend();
  await system.rows(`select pg_terminate_backend(${idle?.pid})`);
  const again = await failure(database.once(NUMBER, [1]));
  expect(again === undefined || isOutage(again)).toBe(true);
  expect(await database.once(NUMBER, [2])).toEqual([{ number: 2 }]);
});
