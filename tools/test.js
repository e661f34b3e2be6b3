// All rings of tests, or those named: node tools/test.js [ring …] [-- jest's own options]. Builds first, and fetches
// Temporal with its progress in sight, so that no test waits minutes for it.
import { execFileSync, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const RINGS = ['core', 'api', 'repository', 'replay', 'server'];
const given = process.argv.slice(2);
const named = given.filter((word) => RINGS.includes(word));
const options = given.filter((word) => !RINGS.includes(word) && word !== '--');
const selected = named.length > 0 ? named : RINGS;

execFileSync(process.execPath, ['tools/build.js'], { cwd: root, stdio: 'inherit' });

// Servers are killed and time is counted there: one file at a time. They wait for most of theirs, and what only
// computes runs beside them and gives way; it is heard once the servers are done.
const real = selected.filter(hasServers);
const computing = selected.filter((ring) => !hasServers(ring));
const isBeside = real.length > 0 && computing.length > 0;
// By itself jest leaves one core idle: of two, half.
const core = computing.length > 0 ? jest(computing, ['--maxWorkers=100%'], { isBeside }) : undefined;
const statuses = [];
if (real.length > 0) {
  const fetched = await run(['bin/carechart.js', 'fetch-servers']).ended;
  statuses.push(fetched === 0 ? await jest(real, ['--runInBand'], { isBeside: false }).ended : fetched);
}
if (core) {
  core.listen();
  statuses.push(await core.ended);
}
process.exitCode = statuses.find((status) => status !== 0) ?? 0;

function hasServers(ring) {
  return ring === 'server' || ring === 'repository';
}

function jest(rings, how, { isBeside }) {
  return run(['node_modules/jest/bin/jest.js', '--selectProjects', ...rings, ...how, ...options], {
    isBeside,
  });
}

/** What runs beside others gives way to them, and keeps what it says until somebody listens. */
function run(words, { isBeside = false } = {}) {
  const stdio = isBeside ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const child = spawn(process.execPath, words, { cwd: root, stdio });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
  if (isBeside) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const kept = [];
  let say = (chunk) => void kept.push(chunk);
  child.stdout?.on('data', (chunk) => say(chunk));
  child.stderr?.on('data', (chunk) => say(chunk));
  return {
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    }),
    listen: () => {
      say = (chunk) => void process.stdout.write(chunk);
      for (const chunk of kept.splice(0)) say(chunk);
    },
  };
}
