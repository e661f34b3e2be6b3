// Makes the kept histories of test/replay anew, from plans that really run: node tools/keep-histories.js [-- jest's own
// options]. Takes some minutes. When to, and which to keep beside the old ones: docs/decisions/workflow-changes.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import config from '../jest.config.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const [shared] = config.projects;
const keeping = {
  ...shared,
  rootDir: root,
  displayName: 'keep',
  testMatch: [fileURLToPath(import.meta.resolve('../test/replay/keep-histories.ts'))],
};

execFileSync(process.execPath, ['tools/build.js'], { cwd: root, stdio: 'inherit' });
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/jest/bin/jest.js',
    '--config',
    JSON.stringify(keeping),
    '--runInBand',
    ...process.argv.slice(2).filter((word) => word !== '--'),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
