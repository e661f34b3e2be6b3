// Compiles the TypeScript into dist/, and bundles the workflow code beside it.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

rmSync(at('dist'), { recursive: true, force: true });
execFileSync(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});

const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
const { code } = await bundleWorkflowCode({
  workflowsPath: at('dist/workflows/treatment-plan.workflow.js'),
  payloadConverterPath: at('dist/workflows/payload-converter.js'),
  logger: new DefaultLogger('ERROR'),
});
writeFileSync(at('dist/workflow-bundle.js'), code);
