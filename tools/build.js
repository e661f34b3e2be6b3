// Compiles the TypeScript into dist/, and bundles the workflow code beside it. Does nothing when dist/ is what the
// sources would make; otherwise builds beside it and puts the whole in its place.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const stamp = stampOf([
  'src',
  'workflows',
  'activities',
  'tools/build.js',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
]);
if (!existsSync(at('dist/build-stamp')) || readFileSync(at('dist/build-stamp'), 'utf8') !== stamp) {
  // Inside node_modules' reach, so that what is built finds its dependencies.
  const partial = `dist-partial-${process.pid}`;
  try {
    await build(partial);
    writeFileSync(at(`${partial}/build-stamp`), stamp);
    rmSync(at('dist'), { recursive: true, force: true });
    renameSync(at(partial), at('dist'));
  } finally {
    rmSync(at(partial), { recursive: true, force: true });
  }
}

async function build(outDir) {
  mkdirSync(at(outDir));
  execFileSync(
    process.execPath,
    [at('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', outDir],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: at(`${outDir}/workflows/treatment-plan.workflow.js`),
    workflowInterceptorModules: [at(`${outDir}/workflows/interceptors.js`)],
    payloadConverterPath: at(`${outDir}/workflows/payload-converter.js`),
    logger: new DefaultLogger('ERROR'),
  });
  writeFileSync(at(`${outDir}/workflow-bundle.js`), code);
}

function stampOf(paths) {
  const hash = createHash('sha256').update(process.version);
  const files = paths.flatMap((path) =>
    /\.\w+$/.test(path)
      ? [path]
      : readdirSync(at(path), { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.ts'))
          .sort()
          .map((file) => `${path}/${file}`),
  );
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(at(file)))
      .update('\0');
  return hash.digest('hex');
}
