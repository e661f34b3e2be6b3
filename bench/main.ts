import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageRoot } from '../src/machine/files.ts';
import { committedText } from './carechart/committed-text.ts';
import { measureRules } from './measures/p01-rules.ts';
import { measureStep } from './measures/p02-step.ts';
import { measureAdvance } from './measures/p03-advance.ts';
import { measureStart } from './measures/p04-start.ts';
import { measureEvent } from './measures/p05-event.ts';
import { measureThroughput } from './measures/p06-throughput.ts';
import { measureMemory } from './measures/p07-memory.ts';
import { measureKill } from './measures/p08-kill.ts';
import { measureColdStart } from './measures/p09-cold-start.ts';
import { measureHistory } from './measures/p12-history.ts';
import { type MeasureReport, machine, markdownOf } from './report.ts';
import type { Settings } from './settings.ts';
import { bareSide, carechartSide, type Side } from './sides.ts';
import { type System, startSystem } from './system.ts';

const TASK_QUEUE = 'bench-ours';
const BUNDLE = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

interface Sides {
  readonly system: System;
  readonly ours: Side;
  readonly bare: Side;
}

/** What a measure needs to stand on; servers and workers are brought up once, and only when one needs them. */
interface Grounds {
  system(): Promise<System>;
  sides(): Promise<Sides>;
}

const MEASURES: Readonly<Record<string, (settings: Settings, grounds: Grounds) => Promise<MeasureReport>>> = {
  P1: (settings) => measureRules(settings),
  P2: (settings) => measureStep(settings),
  P3: async (settings, { system }) => measureAdvance(settings, await system()),
  P4: async (settings, { sides }) => measureStart(settings, await sides()),
  P5: async (settings, { sides }) => measureEvent(settings, await sides()),
  P6: async (settings, { sides }) => measureThroughput(settings, { ...(await sides()), bundlePath: BUNDLE }),
  P7: async (settings, { system }) => measureMemory(settings, await system()),
  P8: async (settings, { sides }) => measureKill(settings, await sides()),
  P9: async (settings, { system }) => measureColdStart(settings, await system()),
  P12: async (settings, { sides }) => measureHistory(settings, { ...(await sides()), taskQueue: TASK_QUEUE }),
};

function grounds(dataDir: string | undefined): Grounds & { stop(): Promise<void> } {
  let system: Promise<System> | undefined;
  let sides: Promise<Sides> | undefined;
  const up = () => (system ??= startSystem(dataDir));
  const both = async (): Promise<Sides> => {
    const ground = await up();
    const ours = await carechartSide(ground, TASK_QUEUE);
    const bare = await bareSide(ground, 'bench-bare', committedText());
    return { system: ground, ours, bare };
  };
  return {
    system: up,
    sides: () => (sides ??= both()),
    stop: async () => {
      const running = await sides?.catch(() => undefined);
      await running?.ours.close();
      await running?.bare.close();
      await (await system?.catch(() => undefined))?.stop();
    },
  };
}

const commitOf = (root: string): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean' },
      rounds: { type: 'string' },
      data: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const quick = values.quick === true;
  const settings: Settings = { quick, rounds: Number(values.rounds ?? (quick ? 2 : 5)) };
  const asked = positionals.map((name) => name.toUpperCase());
  const unknown = asked.filter((name) => !(name in MEASURES));
  if (unknown.length > 0) {
    throw new Error(
      `No measure is called ${unknown.join(', ')}; there are ${Object.keys(MEASURES).join(', ')}.`,
    );
  }
  const root = packageRoot();
  const startedAt = new Date().toISOString();
  const ground = grounds(values.data);
  const reports: MeasureReport[] = [];
  const failed: string[] = [];
  try {
    for (const [id, measure] of Object.entries(MEASURES)) {
      if (asked.length > 0 && !asked.includes(id)) continue;
      const begun = performance.now();
      try {
        const report = await measure(settings, ground);
        reports.push(report);
        console.log(
          `\n${id} ${report.title}: ${Math.round((performance.now() - begun) / 1000)} s\n${markdownOf([report])}`,
        );
        for (const [what, said] of Object.entries(report.checks)) {
          console.log(`- ${what}: ${said === true ? 'yes' : `NO: ${said}`}`);
          if (said !== true) failed.push(`${id}: ${what}: ${said}`);
        }
      } catch (error) {
        failed.push(`${id}: ${error instanceof Error ? error.message : String(error)}`);
        console.error(`${id} could not be measured:`, error);
      }
    }
  } finally {
    await ground.stop();
  }
  const results = { startedAt, commit: commitOf(root), machine: machine(), settings, reports, failed };
  const out = values.out ?? join(root, 'bench', 'results', `${startedAt.replaceAll(/[:.]/g, '-')}.json`);
  mkdirSync(join(out, '..'), { recursive: true });
  writeFileSync(out, JSON.stringify(results, null, 2));
  writeFileSync(out.replace(/\.json$/, '.md'), summaryOf(results));
  console.log(`\n${summaryOf(results)}\nWritten to ${out}`);
  process.exit(failed.length === 0 ? 0 : 1);
}

interface Results {
  readonly startedAt: string;
  readonly commit: string;
  readonly machine: ReturnType<typeof machine>;
  readonly settings: Settings;
  readonly reports: readonly MeasureReport[];
  readonly failed: readonly string[];
}

function summaryOf({ startedAt, commit, machine: on, settings, reports, failed }: Results): string {
  const { cpus, model, memoryGiB, node } = on;
  return [
    `${startedAt}, commit ${commit}; ${cpus} × ${model}, ${memoryGiB} GiB, Node ${node}; ${settings.rounds} rounds each${settings.quick ? ', QUICK: figures for nobody' : ''}`,
    '',
    markdownOf(reports),
    '',
    ...reports.map(
      ({ id, work, bare, notMeasured }) =>
        `- ${id}: ${work}. Bare: ${bare}. Not measured: ${notMeasured.join('; ')}.`,
    ),
    ...failed.map((line) => `- FAILED ${line}`),
  ].join('\n');
}

await main();
