import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { startTemporal, type TemporalOptions } from '../../src/engine/temporal-server.ts';
import { stampOf } from '../../src/machine/processes.ts';
import { type PostgresOptions, startPostgres } from '../../src/store/embedded-postgres.ts';

jest.setTimeout(120_000);

const asRoot = process.getuid?.() === 0 ? it : it.skip;
const onProgress = () => undefined;
const started = new Set<number>();
let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'carechart-bring-up-'));
  chmodSync(root, 0o711);
});

afterEach(() => {
  for (const pid of started) if (stampOf(pid) !== undefined) process.kill(pid, 'SIGKILL');
  started.clear();
  rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

async function postgresOn(dataDir: string, options: Partial<PostgresOptions> = {}) {
  const server = await startPostgres({ dataDir, onProgress, ...options });
  started.add(server.pid);
  return server;
}

async function temporalOn(dataDir: string, options: Partial<TemporalOptions> = {}) {
  const { TEMPORAL_ADDRESS: _, ...env } = process.env;
  const server = await startTemporal({ dataDir, onProgress, env, ...options });
  if (server.pid !== undefined) started.add(server.pid);
  return server;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

type Module = 'store/embedded-postgres' | 'engine/temporal-server';

/** Another Carechart: a process of its own that brings a server up, from the built modules, and then only waits. */
function otherCarechart(module: Module, dataDir: string): ChildProcess {
  const url = `file://${resolve('dist/src', `${module}.js`)}`;
  const name = module === 'engine/temporal-server' ? 'startTemporal' : 'startPostgres';
  const options = `{ dataDir: ${JSON.stringify(dataDir)}, onProgress: () => undefined }`;
  const code = `const m = await import('${url}'); const s = await m.${name}(${options});
    process.stdout.write(s.pid + '\\n'); setInterval(() => undefined, 1000);`;
  const { TEMPORAL_ADDRESS: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.add(child.pid!);
  return child;
}

/** @returns the pid of the server whose parent is now dead */
async function orphanOn(module: Module, dataDir: string): Promise<number> {
  const child = otherCarechart(module, dataDir);
  const pid = await new Promise<number>((done, failed) => {
    child.stdout!.once('data', (chunk) => done(Number(chunk)));
    child.once('exit', () => failed(new Error('the other Carechart ended; is dist/ built?')));
  });
  started.add(pid);
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
  return pid;
}

async function occupy(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((done) => server.listen({ host: '127.0.0.1', port }, done));
  return server;
}

describe('PostgreSQL', () => {
  it('is made on the first start, and has its rows after a stop', async () => {
    const first = await postgresOn(root);
    await ask(first.superuserUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
    await first.stop();
    expect(stampOf(first.pid)).toBeUndefined();
    const second = await postgresOn(root);
    expect(second.port).toBe(first.port);
    expect(await ask(second.superuserUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    await second.stop();
  });

  it('listens on this machine only, asks for a password that only its owner reads, and syncs', async () => {
    const server = await postgresOn(root);
    const rows = await ask(
      server.superuserUrl,
      `SELECT name, setting FROM pg_settings WHERE name IN
       ('listen_addresses', 'unix_socket_directories', 'fsync', 'full_page_writes', 'data_checksums') ORDER BY name`,
    );
    expect(rows).toEqual([
      { name: 'data_checksums', setting: 'on' },
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
    const wrong = server.superuserUrl.replace(/:[^:@]+@/, ':password@');
    await expect(ask(wrong, 'SELECT 1')).rejects.toThrow('password authentication failed');
    await server.stop();
  });

  it('is taken over, with its rows, when its Carechart was killed', async () => {
    const orphan = await orphanOn('store/embedded-postgres', root);
    const server = await postgresOn(root);
    expect(server).toMatchObject({ pid: orphan, origin: 'adopted' });
    expect(await ask(server.superuserUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await server.stop();
    expect(stampOf(orphan)).toBeUndefined();
  });

  it('is stopped and started anew when its Carechart was killed and another port is demanded', async () => {
    const orphan = await orphanOn('store/embedded-postgres', root);
    const holder = await occupy(0);
    const { port } = holder.address() as { port: number };
    await new Promise((done) => holder.close(done));
    const server = await postgresOn(root, { port });
    expect(server).toMatchObject({ origin: 'started', port });
    expect(stampOf(orphan)).toBeUndefined();
    await server.stop();
  });

  it('recovers what was committed when it was killed itself', async () => {
    const first = await postgresOn(root);
    await ask(first.superuserUrl, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
    process.kill(first.pid, 'SIGKILL');
    const second = await postgresOn(root);
    expect(await ask(second.superuserUrl, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 1000 }]);
    await second.stop();
  });

  it('is made anew after a start that was killed while making it', async () => {
    const child = otherCarechart('store/embedded-postgres', root);
    const ended = new Promise((done) => child.once('exit', done));
    const isHalf = () => readdirSync(root).some((name) => name.endsWith('.partial') && hasFiles(name));
    const hasFiles = (name: string) => existsSync(join(root, name, 'data', 'PG_VERSION'));
    while (!isHalf()) await pause(5);
    child.kill('SIGKILL');
    await ended;
    const server = await postgresOn(root);
    expect(server.origin).toBe('started');
    expect(readdirSync(root).filter((name) => name.endsWith('.partial'))).toEqual([]);
    await server.stop();
  });

  it('is shared with a second start, whose stop leaves it running', async () => {
    const first = await postgresOn(root);
    const second = await postgresOn(root);
    expect(second).toMatchObject({ origin: 'shared', pid: first.pid });
    await second.stop();
    expect(await ask(first.superuserUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await first.stop();
  });

  it('takes another port when its last one is taken, and refuses when that one is demanded', async () => {
    const first = await postgresOn(root);
    await first.stop();
    const holder = await occupy(first.port);
    const second = await postgresOn(root);
    expect(second.port).not.toBe(first.port);
    await second.stop();
    await expect(postgresOn(root, { port: first.port })).rejects.toMatchObject({
      code: 'CC5002',
      message: expect.stringContaining(`port ${first.port} is taken`),
    });
    await new Promise((done) => holder.close(done));
  });

  asRoot('keeps its files where its user can reach them, says so, and finds them again', async () => {
    const shut = join(root, 'shut');
    mkdirSync(shut, { mode: 0o700 });
    const open = join(root, 'open');
    mkdirSync(open, { mode: 0o755 });
    const env = { ...process.env, CARECHART_PG_DIR: open };
    const said: string[] = [];
    const dataDir = join(shut, 'data');
    const first = await postgresOn(dataDir, { env, onProgress: (line) => said.push(line) });
    await ask(first.superuserUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
    await first.stop();
    expect(said.join('\n')).toContain(`its user cannot reach ${dataDir}`);
    const second = await postgresOn(dataDir);
    expect(await ask(second.superuserUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    await second.stop();

    rmSync(open, { recursive: true });
    await expect(postgresOn(dataDir)).rejects.toMatchObject({
      code: 'CC5004',
      message: expect.stringContaining('which is gone'),
    });
  });

  asRoot('refuses a place that others may write to', async () => {
    const shut = join(root, 'shut');
    mkdirSync(shut, { mode: 0o700 });
    const open = join(root, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    const env = { ...process.env, CARECHART_PG_DIR: open };
    await expect(postgresOn(join(shut, 'data'), { env })).rejects.toMatchObject({
      code: 'CC5002',
      message: expect.stringContaining('others may write to it'),
    });
  });

  const damages = [
    {
      name: 'another major version',
      file: 'PG_VERSION',
      text: '16\n',
      code: 'CC5003',
      says: 'PostgreSQL 16',
    },
    {
      name: 'no readable version',
      file: 'PG_VERSION',
      text: '',
      code: 'CC5004',
      says: 'does not name a version',
    },
    {
      name: 'a control file cut to nothing',
      file: 'global/pg_control',
      text: '',
      code: 'CC5004',
      says: 'pg_control',
    },
    {
      name: 'a broken setting',
      file: 'postgresql.conf',
      text: 'x y z',
      code: 'CC5002',
      says: 'syntax error',
    },
  ];
  it.each(damages)('refuses, in plain words, a folder with $name', async ({ file, text, code, says }) => {
    const first = await postgresOn(root);
    await first.stop();
    const path = join(root, 'postgres', file);
    writeFileSync(path, text);
    await expect(postgresOn(root)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('starts although its stale note now names a living process of the same user', async () => {
    const first = await postgresOn(root);
    await first.stop();
    const sleeper = spawn('sleep', ['60'], { stdio: 'ignore' });
    started.add(sleeper.pid!);
    const cluster = join(root, 'postgres');
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${sleeper.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n1 2\nready\n`,
    );
    const second = await postgresOn(root);
    expect(second.origin).toBe('started');
    await second.stop();
  });
});

describe('Temporal', () => {
  it('names each thing that was tried in vain, and what helps', async () => {
    const env = { PATH: '/nonexistent', CARECHART_TEMPORAL_DOWNLOADS: 'http://127.0.0.1:1' };
    const cacheDir = join(root, 'cache');
    const failure = await temporalOn(root, { env, cacheDir }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'CC5001' });
    const lines = String(failure).split('\n');
    expect(lines.slice(1, 5)).toEqual([
      '  - a `temporal` program on PATH: there is none',
      `  - Carechart’s cache (${cacheDir}/temporal-1.5.1): nothing there yet`,
      expect.stringMatching(/^ {2}- the download that the Temporal SDK uses: fetch failed/),
      expect.stringMatching(/^ {2}- building it from Go modules \(tools\/temporal\): no Go to build with/),
    ]);
    expect(lines[5]).toContain('TEMPORAL_ADDRESS');
  });

  it.each([
    ['127.0.0.1:1', 'ECONNREFUSED'],
    ['nowhere.invalid:7233', 'nowhere.invalid'],
    ['localhost', 'not of the form host:port'],
  ])('refuses TEMPORAL_ADDRESS %s, where there is no server', async (address, says) => {
    const env = { TEMPORAL_ADDRESS: address };
    await expect(temporalOn(root, { env })).rejects.toMatchObject({
      code: 'CC5001',
      message: expect.stringContaining(says),
    });
    expect(readdirSync(root)).toEqual([]);
  });

  it('is left alone when it is yours', async () => {
    const own = await temporalOn(root);
    const yours = await temporalOn(join(root, 'other'), { env: { TEMPORAL_ADDRESS: own.address } });
    expect(yours).toMatchObject({ origin: 'configured', address: own.address });
    await yours.stop();
    expect(stampOf(own.pid!)).toBeDefined();
    await own.stop();
    expect(stampOf(own.pid!)).toBeUndefined();
  });

  it('is taken over when its Carechart was killed', async () => {
    const orphan = await orphanOn('engine/temporal-server', root);
    const server = await temporalOn(root);
    expect(server).toMatchObject({ origin: 'adopted', pid: orphan });
    await server.stop();
    expect(stampOf(orphan)).toBeUndefined();
  });

  it('is taken over even when nothing was noted of it', async () => {
    const orphan = await orphanOn('engine/temporal-server', root);
    rmSync(join(root, 'temporal.json'));
    const server = await temporalOn(root);
    expect(server).toMatchObject({ origin: 'adopted', pid: orphan });
    await server.stop();
  });

  it('starts again at once, on its database, when it was killed itself', async () => {
    const first = await temporalOn(root);
    process.kill(first.pid!, 'SIGKILL');
    const second = await temporalOn(root);
    expect(second).toMatchObject({ origin: 'started', address: first.address });
    await second.stop();
  });

  it('never has its database open twice, however many start at once', async () => {
    const servers = await Promise.all([temporalOn(root), temporalOn(root), temporalOn(root)]);
    expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
    expect(servers.map(({ origin }) => origin).sort()).toEqual(['shared', 'shared', 'started']);
    await Promise.all(servers.map((server) => server.stop()));
  });

  it('refuses a demanded port that is taken', async () => {
    const holder = await occupy(0);
    const { port } = holder.address() as { port: number };
    await expect(temporalOn(root, { port })).rejects.toMatchObject({
      code: 'CC5001',
      message: expect.stringContaining(`port ${port} is taken`),
    });
    await new Promise((done) => holder.close(done));
  });

  it('says that its database is damaged, and to restore it', async () => {
    writeFileSync(join(root, 'temporal.db'), 'no database '.repeat(500));
    await expect(temporalOn(root)).rejects.toMatchObject({
      code: 'CC5001',
      message: expect.stringContaining('restore that file from a backup'),
    });
  });
});
