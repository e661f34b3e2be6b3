// What CI runs: every check of this repository, each to its end, so that all that is wrong is seen at once.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isWithoutTests = process.argv.includes('--without-tests');
const CHECKS = [
  ['build', ['node', 'tools/build.js']],
  ['format, lint and layers', ['npx', 'biome', 'check', '--error-on-warnings', '.']],
  ['types', ['npx', 'tsc', '--noEmit']],
  ['layout of what a clinical lead writes', ['node', 'bin/carechart.js', 'fmt', '--check']],
  ['generated files', ['node', 'tools/generated.js', '--check']],
  ['dead code', ['npx', 'knip']],
  ...(isWithoutTests ? [] : [['tests', ['node', 'tools/test.js']]]),
];

let failed = 0;
for (const [name, [program, ...args]] of CHECKS) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  if (status !== 0) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
