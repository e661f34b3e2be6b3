import { Kysely, PostgresDialect, type PostgresPool, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

export interface Database {
  readonly db: Kysely<Tables>;
  /**
   * The only way to a transaction: the clinic is set inside it and ends with it, so that row-level security shows
   * this clinic's rows and no others.
   */
  withClinic<T>(clinic: string, work: (connection: Connection) => Promise<T>): Promise<T>;
  /**
   * The other way: one statement that is a transaction of its own, and sets its clinic itself. For what every event
   * needs: PostgreSQL reads and plans it once a connection.
   */
  once<Row extends pg.QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
  /** @throws when PostgreSQL does not answer */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A call of one of the functions that are a transaction each; `name` is its own on every connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export type Connection = Pick<
  Kysely<Tables> | Transaction<Tables>,
  'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom' | 'getExecutor'
>;

const TIMESTAMPTZ = 1184;
const BIGINT = 20;

/** @param options.connections - most that are open at once */
export function connect(url: string, options: { connections: number }): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections,
    connectionTimeoutMillis: 1_500,
    statement_timeout: 2_500,
    query_timeout: 3_500,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    types: { getTypeParser: parserOf },
  });
  // A connection that breaks while idle is replaced; the query that needs it reports what is wrong.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: discardingBroken(pool) }) });
  return {
    db,
    withClinic: (clinic, work) =>
      db.connection().execute(async (connection) => {
        const begin = `begin; select set_config('carechart.clinic', ${pg.escapeLiteral(clinic)}, true)`;
        try {
          await sql.raw(begin).execute(connection);
          const result = await work(connection);
          await sql`commit`.execute(connection);
          return result;
        } catch (error) {
          await sql`rollback`.execute(connection).catch(() => undefined);
          throw error;
        }
      }),
    // The pool ends a connection on which a statement failed, for whatever reason.
    once: async <Row extends pg.QueryResultRow>(statement: Statement, values: readonly unknown[]) =>
      (await pool.query<Row>({ ...statement, values: [...values] })).rows,
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close: () => db.destroy(),
  };
}

/** A connection on which a query failed without PostgreSQL's own word (a time-out, a cut line) is never used again. */
function discardingBroken(pool: pg.Pool): PostgresPool {
  return { connect: async () => guarded(await pool.connect()), end: () => pool.end() };
}

function guarded(client: pg.PoolClient): pg.PoolClient {
  let isBroken = false;
  // While a connection is out of its pool nobody else listens, and an unheard 'error' ends the process.
  const breakDown = (): void => {
    isBroken = true;
  };
  client.on('error', breakDown);
  const query = async (text: string, values: readonly unknown[]) => {
    try {
      return await client.query(text, [...values]);
    } catch (error) {
      // A transaction that is aborted still, when the next begins, has not been rolled back.
      const isSane =
        error instanceof pg.DatabaseError && error.severity !== 'FATAL' && error.code !== '25P02';
      isBroken ||= !isSane;
      throw error;
    }
  };
  const release = (): void => {
    client.off('error', breakDown);
    client.release(isBroken);
  };
  return new Proxy(client, {
    get: (target, property) =>
      property === 'query' ? query : property === 'release' ? release : Reflect.get(target, property),
  });
}

function parserOf(oid: number, format?: 'text' | 'binary') {
  if (oid === TIMESTAMPTZ) return (text: string) => new Date(text).toISOString();
  if (oid === BIGINT) return Number;
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}
