#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/src/cli/main.js', import.meta.url);
if (existsSync(main)) {
  const cli = await import(main.href);
  process.exitCode = await cli.main(process.argv);
} else {
  process.stderr.write('Carechart is not built yet. Run `npm run build` in its folder, then try again.\n');
  process.exitCode = 1;
}
