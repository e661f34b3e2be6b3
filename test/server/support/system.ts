import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { clientDataConverter } from '../../../src/engine/data-converter.ts';
import { carechart, Program, ROOT } from './program.ts';

interface Ready {
  readonly temporalPid: number;
  readonly postgresPid: number;
}

/** Open enough for the user that PostgreSQL runs as. */
function newDataDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'carechart-test-'));
  chmodSync(path, 0o711);
  return path;
}

/** A whole Carechart of processes that can be killed one by one: servers, a worker, an API. */
export class System {
  readonly dataDir = newDataDir();
  #servers: Program | undefined;
  #ready: Ready | undefined;
  #worker: Program | undefined;
  #api: Program | undefined;
  #apiPort = 0;

  static async start(options: { worker?: boolean; api?: boolean } = {}): Promise<System> {
    const system = new System();
    try {
      await system.startServers();
      if (options.api !== false) await system.startApi();
      if (options.worker !== false) await system.startWorker();
      return system;
    } catch (error) {
      // What is left running would keep the whole run of tests from ending.
      await system.#stopPrograms();
      throw error;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.#apiPort}`;
  }

  get pids(): Ready {
    if (!this.#ready) throw new Error('the servers are not up');
    return this.#ready;
  }

  get addresses(): { databaseUrl: string; temporalAddress: string; namespace: string } {
    return JSON.parse(readFileSync(join(this.dataDir, 'addresses.json'), 'utf8'));
  }

  async startServers(): Promise<void> {
    this.#servers = new Program({
      run: carechart('servers', '--data', this.dataDir),
      log: this.#log('servers'),
      readyWithinMs: 600_000,
    });
    const ready = await this.#servers.ready;
    this.#ready = { temporalPid: Number(ready.temporalPid), postgresPid: Number(ready.postgresPid) };
  }

  async startWorker(): Promise<void> {
    this.#worker = new Program({
      run: carechart('worker', '--data', this.dataDir),
      log: this.#log('worker'),
    });
    await this.#worker.ready;
  }

  /** A worker that kills itself after so many commits, and before that the processes named. */
  async startFaultyWorker(commits: number, alsoKilled: readonly number[] = []): Promise<Program> {
    this.#worker = new Program({
      run: [join(ROOT, 'test/server/support/faulty-worker.mjs'), this.dataDir],
      env: { FAULT_AFTER_COMMITS: String(commits), FAULT_KILLS: alsoKilled.join(',') },
      log: this.#log('worker'),
    });
    await this.#worker.ready;
    return this.#worker;
  }

  async startApi(): Promise<void> {
    this.#api = new Program({
      run: carechart('api', '--data', this.dataDir, '--port', String(this.#apiPort)),
      log: this.#log('api'),
    });
    this.#apiPort = Number((await this.#api.ready).port);
  }

  killWorker(): Promise<void> {
    return this.#worker?.kill() ?? Promise.resolve();
  }

  /** Kills one of the servers, and whoever would start it again. */
  async takeAway(server: keyof Ready): Promise<void> {
    await this.#servers?.kill('SIGKILL');
    process.kill(this.pids[server], 'SIGKILL');
  }

  /** Kills Temporal as hard as can be, and brings it up again on the same database file and port. */
  async crashTemporal(): Promise<void> {
    await this.takeAway('temporalPid');
    await this.startServers();
  }

  /** `carechart servers` again, on the same folder: it takes over what still runs. */
  async restartServers(): Promise<void> {
    await this.#servers?.kill('SIGKILL');
    await this.startServers();
  }

  async client(): Promise<{ client: Client; connection: Connection }> {
    const { temporalAddress, namespace } = this.addresses;
    const connection = await Connection.connect({ address: temporalAddress });
    return { client: new Client({ connection, namespace, dataConverter: clientDataConverter }), connection };
  }

  /** Queries as the app role, inside one clinic. */
  async rows<T extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
    clinic = 'northside',
  ): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.addresses.databaseUrl });
    await client.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('carechart.clinic', $1, true)`, [clinic]);
      return (await client.query<T>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await this.#stopPrograms();
    if (process.env.CARECHART_KEEP === undefined) rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #stopPrograms(): Promise<void> {
    await this.#api?.kill('SIGTERM');
    await this.#worker?.kill('SIGTERM');
    await this.#servers?.kill('SIGTERM');
  }

  #log(name: string): string {
    return join(this.dataDir, `${name}.log`);
  }
}
