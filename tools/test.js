// All rings of tests, or those named: node tools/test.js [ring …] [-- jest's own options]. Builds first, and fetches
// Temporal with its progress in sight, so that no test waits minutes for it.
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const RINGS = ['core', 'api', 'repository', 'replay', 'server'];
const given = process.argv.slice(2);
const rings = given.filter((word) => RINGS.includes(word));
const options = given.filter((word) => !RINGS.includes(word) && word !== '--');

execFileSync(process.execPath, ['tools/build.js'], { cwd: root, stdio: 'inherit' });
const selected = rings.length > 0 ? rings : RINGS;
if (selected.includes('server') || selected.includes('repository')) {
  execFileSync(process.execPath, ['bin/carechart.js', 'fetch-servers'], { cwd: root, stdio: 'inherit' });
}

let status = 0;
// Servers are killed and time is counted there: one file at a time, and nothing beside it.
for (const group of [selected.filter((ring) => !isAlone(ring)), selected.filter(isAlone)]) {
  if (group.length === 0) continue;
  // By itself jest leaves one core idle: of two, half.
  const parallel = group.every(isAlone) ? ['--runInBand'] : ['--maxWorkers=100%'];
  const { status: code } = spawnSync(
    process.execPath,
    ['node_modules/jest/bin/jest.js', '--selectProjects', ...group, ...parallel, ...options],
    { cwd: root, stdio: 'inherit' },
  );
  status ||= code ?? 1;
}
process.exitCode = status;

function isAlone(ring) {
  return ring === 'server' || ring === 'repository';
}
