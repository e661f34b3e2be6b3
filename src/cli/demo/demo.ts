import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Move } from '../../core/authoring/play-scenario.ts';
import { formatProblem, type Problem } from '../../core/authoring/problem.ts';
import { type ReadScenario, readScenario } from '../../core/authoring/read-scenario.ts';
import type { ScenarioStep } from '../../core/authoring/scenario.schema.ts';
import { Failure, invariant } from '../../core/model/failure.ts';
import type { CompiledPathway } from '../../core/pathway/compiled.schema.ts';
import { loadPathway } from '../../core/pathway/pathway.ts';
import { systemClock } from '../../engine/clock.ts';
import { compileFolder } from '../../engine/content.ts';
import { packageRoot } from '../../machine/files.ts';
import { stopRequested } from '../runtime.ts';
import type { Terminal } from '../terminal.ts';
import { type DemoStage, demoStage, type Happening } from './demo-stage.ts';
import { count, newTally, summaryText } from './demo-summary.ts';
import { type DemoSystem, LOG, startDemoSystem } from './demo-system.ts';
import { missedRows, passedRows, sentRows } from './story-lines.ts';
import { LEGEND, storyPage } from './story-page.ts';

const STORY = 'pathways/breast-reconstruction-demo.scenario.yaml';

export interface DemoOptions {
  readonly dataDir: string;
  /** A file of the reader's own; absent: the story that comes with Carechart. */
  readonly scenario?: string | undefined;
}

/**
 * Brings up a whole system of its own, plays a scenario on it, and takes it down. The first Ctrl-C ends it in order.
 * @throws Failure CC1090 with every expectation of the file that was not met
 */
export async function demo({ dataDir, scenario: file }: DemoOptions, { out }: Terminal): Promise<void> {
  const stop = stopRequested();
  const pathways = compileFolder(packageRoot());
  const scenario = readStory(file ? resolve(file) : join(packageRoot(), STORY), pathways);
  const compiled = pathways.find(({ pathway }) => pathway === scenario.of);
  invariant(compiled !== undefined, 'a scenario that was read has its pathway');
  out(`Carechart plays a story: ${scenario.name}.`);
  out('Everybody in it is made up. It is played on a whole system of its own (database, worker, HTTP API),');
  out('whose clock is moved on from one event to the next; and so it is set in days to come.\n');
  const { startsAt } = scenario;
  const today = systemClock.now();
  if (startsAt < today)
    throw new Failure('CC5010', `The story begins at ${startsAt}, and it is ${today} already.`);
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const onProgress = (line: string): void => out(`  ${line}`);
  const system = await startDemoSystem({ dataDir, pathways, startsAt, onProgress });
  const failures: unknown[] = [];
  try {
    const playing = play({ scenario, compiled, system }, out);
    // Once somebody has asked to stop, nobody minds what it ends with.
    playing.catch(() => undefined);
    if ((await Promise.race([stop, playing])) !== undefined) out('\nStopping, before the end of the story.');
  } catch (error) {
    failures.push(error);
  }
  await system.stop().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
  out(`\nAll of it is stopped; the next demo begins anew. Its log:\n${join(dataDir, LOG)}`);
}

function readStory(path: string, pathways: readonly CompiledPathway[]): ReadScenario {
  const source = { file: relative(process.cwd(), path), text: textOf(path) };
  const { scenario, problems } = readScenario(source, new Map(pathways.map((one) => [one.pathway, one])));
  if (!scenario) throw new Failure('CC1000', problems.map(formatProblem).join('\n\n'));
  return scenario;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure('CC5010', `There is no file ${path} to read.`, { cause: error });
  }
}

interface Played {
  readonly scenario: ReadScenario;
  readonly compiled: CompiledPathway;
  readonly system: DemoSystem;
}

async function play({ scenario, compiled, system }: Played, out: Terminal['out']): Promise<undefined> {
  const pathway = loadPathway(compiled);
  const { zone } = pathway;
  const isColoured = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const page = storyPage({ zone, isColoured, out });
  const stage = demoStage(system);
  const tally = newTally();
  const missed: Problem[] = [];
  const begunAt = performance.now();
  page.text(`\n  ${LEGEND}`);
  const moves = scenario.moves();
  let line: ScenarioStep | undefined;
  let seen: Happening | undefined;
  for (let next = moves.next(); !next.done; ) {
    const move: Move = next.value;
    const before = seen;
    if (move.move === 'judge') {
      invariant(line !== undefined && before !== undefined, 'a line is judged once it was played');
      missed.push(...move.problems);
      tally.expected += line.expect ? 1 : 0;
      tally.missed += move.problems.length > 0 ? 1 : 0;
      page.rows(missedRows(move.problems, before.state.now));
      next = moves.next(before);
      continue;
    }
    if (move.move === 'pass time') {
      ({ line } = move);
      if (line.say) page.chapter(line.say);
    }
    const happening = await act(stage, move);
    count(tally, happening);
    if (move.move === 'send') {
      tally.sent += 1;
      tally.refused += happening.problem ? 1 : 0;
      page.rows(sentRows(move.event, happening, { pathway, state: before?.state ?? happening.state }));
    } else {
      page.rows(passedRows(happening, zone));
    }
    seen = happening;
    next = moves.next(happening);
  }
  invariant(seen !== undefined, 'a story begins');
  page.text(`\n${summaryText(tally, { state: seen.state, seconds: (performance.now() - begunAt) / 1_000 })}`);
  if (missed.length > 0) throw new Failure('CC1090', missed.map(formatProblem).join('\n\n'));
  return undefined;
}

function act(stage: DemoStage, move: Exclude<Move, { move: 'judge' }>): Promise<Happening> {
  switch (move.move) {
    case 'start':
      return stage.start(move.event);
    case 'pass time':
      return stage.passTime(move.until);
    case 'send':
      return stage.send(move.event);
  }
}
