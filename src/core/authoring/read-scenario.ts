import type { Instant } from '../model/primitives.schema.ts';
import { areasOf as areaWords } from '../pathway/areas.ts';
import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import { loadPathway, type Pathway } from '../pathway/pathway.ts';
import { checkExpected, checkOrder, checkStages, checkVerb } from './check-scenario.ts';
import { open } from './issues.ts';
import { movesOf, type PlayedScenario, played, timeOf } from './play-scenario.ts';
import type { Problem } from './problem.ts';
import { checkZone } from './read-cases.ts';
import { ScenarioFile, type ScenarioStep } from './scenario.schema.ts';
import type { MeasuredStep } from './scenario-events.ts';
import type { Path, SourceFile } from './source.ts';
import { lowerStated } from './stated-facts.ts';
import { checkKnown } from './vocabulary.ts';

/** One scenario, ready to be played. */
export interface ReadScenario {
  readonly name: string;
  /** The pathway that it is of. */
  readonly of: string;
  readonly run: () => PlayedScenario;
  /** When it begins. */
  readonly startsAt: Instant;
  /** For who plays it elsewhere than through the core alone. */
  readonly moves: () => ReturnType<typeof movesOf>;
}

/** A pathway has several scenarios, and its chart is made once. */
const loaded = new WeakMap<CompiledPathway, Pathway>();

/**
 * Reads a scenario: a made-up patient on a pathway, day by day. It is played through the core, with the plan's own
 * timer ringing in between, as it would run.
 * @param pathways - by their names
 */
export function readScenario(
  source: SourceFile,
  pathways: ReadonlyMap<string, CompiledPathway>,
): { readonly scenario?: ReadScenario; readonly problems: readonly Problem[] } {
  const file = open(ScenarioFile, source);
  const { value, report, problems } = file;
  if (!value) return { problems };
  checkKnown('pathway', { name: value.of, known: [...pathways.keys()], path: ['of'] }, report);
  const compiled = pathways.get(value.of);
  if (!compiled) return { problems };
  checkZone(value, compiled, report);
  checkOrder(value, report);
  const sites = areaWords(compiled.clinic.areas).sites;
  const known = { facts: compiled.facts, sites, report };
  const steps = value.steps.map((written, index): MeasuredStep => {
    const path = ['steps', index];
    checkVerb(written, path, report);
    checkStages(written, compiled, { path, report });
    checkExpected(written, compiled, { path, report });
    return measured(written, path, known);
  });
  if (problems.length > 0) return { problems };
  const pathway = loaded.get(compiled) ?? loadPathway(compiled);
  loaded.set(compiled, pathway);
  const scenario = { file, value, steps };
  return {
    scenario: {
      name: value.scenario,
      of: value.of,
      run: () => played(pathway, scenario),
      startsAt: timeOf(value.start, pathway.zone),
      moves: () => movesOf(pathway, scenario),
    },
    problems,
  };
}

function measured(
  written: ScenarioStep,
  path: Path,
  known: Omit<Parameters<typeof lowerStated>[1], 'path'>,
): MeasuredStep {
  const { fact = {}, facts = {}, correct = {} } = written;
  const corrections = Object.entries(correct).flatMap(([name, { on, value, in: site }]) =>
    lowerStated({ [name]: [{ value, in: site }] }, { ...known, path: [...path, 'correct'] }).map((one) => ({
      ...one,
      on,
    })),
  );
  return {
    written,
    facts: [
      ...lowerStated(fact, { ...known, path: [...path, 'fact'] }),
      ...lowerStated(facts, { ...known, path: [...path, 'facts'] }),
    ],
    corrections,
  };
}
