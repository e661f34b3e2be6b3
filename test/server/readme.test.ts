import { execFileSync, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './support/program.ts';

jest.setTimeout(900_000);

const PORT = '4391';
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);
const verbs = commands.filter((command) => command.startsWith('npx carechart'));
/** What the README shows of the demo, as it is printed. */
const excerpt = /```text\n([\s\S]*?)```/.exec(readme)?.[1] ?? 'no excerpt';
/** What can be asked again after a restart. */
const reading = verbs.filter((verb) => /(?:show|journal) first-plan$/.test(verb));

let clone: string;
const env = { ...process.env, PORT, CARECHART_URL: `http://127.0.0.1:${PORT}` };

const run = (command: string): SpawnSyncReturns<string> =>
  spawnSync('bash', ['-c', command], { cwd: clone, env, encoding: 'utf8' });

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'carechart-readme-'));
  chmodSync(clone, 0o755);
  execFileSync('git', ['clone', '--quiet', `file://${ROOT}`, clone]);
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

/** Starts as the README says, in a process group of its own as a terminal gives one. */
function start(command: string) {
  const child = spawn('bash', ['-c', command], {
    cwd: clone,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const exited = new Promise<number | null>((done) => {
    child.once('exit', done);
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
    });
  }
  const said = (words: string): Promise<void> =>
    new Promise((done, fail) => {
      const look = (): void => {
        if (text.includes(words)) done();
      };
      look();
      child.stdout.on('data', look);
      void exited.then(() => fail(new Error(`ended without saying ${words}:\n${text}`)));
    });
  return {
    said,
    exited,
    signal: (name: NodeJS.Signals) => process.kill(-(child.pid ?? 0), name),
  };
}

test('the commands of the README do what it says, from a clean clone', async () => {
  expect(commands.slice(0, 1)).toEqual(['npm ci && npm start']);
  expect(commands).toContain('npm ci && npm test');
  const first = start('npm ci && npm start');
  await first.said('Ctrl-C stops Carechart.');
  for (const verb of verbs) expect(run(verb)).toMatchObject({ status: 0 });
  expect(commands).toContain('npm run demo');
  expect(run('npm run demo')).toMatchObject({ status: 0, stdout: expect.stringContaining(excerpt) });
  first.signal('SIGKILL');
  await first.exited;

  const second = start('npm start');
  await second.said('Ctrl-C stops Carechart.');
  expect(reading).toHaveLength(2);
  for (const verb of reading) {
    const { status, stdout } = run(verb);
    expect(status).toBe(0);
    expect(stdout).toContain('excision');
  }
  expect(run('npx carechart show first-plan --json').stdout).toContain('"excision.procedure"');
  second.signal('SIGINT');
  await second.said('Stopped. Every plan is kept.');
  await second.exited;
  expect(run('git status --porcelain').stdout).toBe('');
});
