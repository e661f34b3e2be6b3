// The simulation, with more sequences than `npm test` plays: npm run test:deep -- <count>. Each time from another seed,
// unless CARECHART_SEED says from which.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [count = '200000', ...others] = process.argv.slice(2);
if (!/^[1-9]\d{0,8}$/.test(count) || others.length > 0) {
  console.error('How many sequences? npm run test:deep -- 200000');
  process.exit(2);
}
const seed = process.env.CARECHART_SEED ?? String(Math.floor(Date.now() / 1000));
console.log(`${count} sequences from seed ${seed}`);
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/jest/bin/jest.js',
    ...['--selectProjects', 'core', '--testPathPatterns', 'plan/simulation', '--maxWorkers=100%'],
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CARECHART_SEQUENCES: count, CARECHART_SEED: seed },
  },
);
process.exitCode = status ?? 1;
