import { itemPlaces } from '../authoring/item-places.ts';
import type { Problem } from '../authoring/problem.ts';
import type { SourceFile } from '../authoring/source.ts';
import type { PathwayOfContent } from './compile-content.ts';
import { traceFileOf } from './content.ts';
import { coverablesOf, type Finder } from './coverable.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import type { Examples } from './examples.ts';
import { lineDifference } from './line-difference.ts';
import { sightingsOfPlan } from './plan-sightings.ts';
import { sightingsOfCase } from './sightings.ts';

/** One case or scenario as it was tried. */
export interface Tried {
  readonly file: string;
  readonly of: 'case' | 'scenario';
  /** The rule that a case is of, or the pathway. */
  readonly subject: string;
  readonly name: string;
  /** What came, in a few words: `met`; of a scenario, where it ended. */
  readonly came: string;
  /** Everything that came otherwise than it is expected. */
  readonly problems: readonly Problem[];
  /** Of a scenario, where it differs from what was kept of it, line by line. */
  readonly difference: readonly string[];
  /** What happened, to be kept beside it. */
  readonly trace?: SourceFile;
  /** Nothing is kept beside it, or something else. */
  readonly isTraceNew: boolean;
  /** What was seen of rules and pathways on the way. */
  readonly seen: () => Iterable<string>;
}

/** Tries every example, in the order of the files. Nothing is kept from one to the next. */
export function* tryExamples({ cases, scenarios }: Examples): Generator<Tried, void> {
  for (const { file, cases: all } of cases) {
    for (const { of: subject, name, judge } of all) {
      const judged = judge();
      const { saying, problem } = judged;
      const seen = () => sightingsOfCase(judged, subject);
      const came = saying.answer ?? saying.said;
      yield {
        ...{ file, of: 'case', subject, name, came, seen },
        ...{ problems: problem ? [problem] : [], difference: [], isTraceNew: false },
      };
    }
  }
  for (const one of scenarios) yield tryScenario(one);
}

function tryScenario({ file, scenario, kept }: Examples['scenarios'][number]): Tried {
  const { problems, trace, steps, pathway } = scenario.run();
  const text = `${trace}\n`;
  // Windows' editors end lines otherwise; that is no difference in what happened.
  const difference = kept ? lineDifference(kept.text.replaceAll('\r\n', '\n'), text) : [];
  const { status = 'not started', chart } = steps.at(-1)?.state ?? {};
  return {
    ...{ file, of: 'scenario', subject: scenario.of, name: scenario.name, difference },
    came: chart === undefined ? status : `${status}, at ${chart}`,
    problems: [...problems, ...(kept && difference.length > 0 ? [differs(kept, text)] : [])],
    trace: { file: traceFileOf(file), text },
    isTraceNew: !kept || difference.length > 0,
    seen: () => sightingsOfPlan(pathway, steps),
  };
}

/** Where the trace that is kept says something else first. */
function differs({ file, text: was }: SourceFile, is: string): Problem {
  const [before, after] = [was.split('\n'), is.split('\n')];
  const at = after.findIndex((line, index) => line !== before[index]);
  const line = at < 0 ? after.length : at + 1;
  return { file, line, column: 1, code: 'CC1164', message: 'what happens now is not what is kept here' };
}

/** How much of each pathway was seen: of its rules in all cases, of the rest in its own scenarios. */
export function coverageIn(pathways: readonly PathwayOfContent[], tried: readonly Tried[]): Coverage[] {
  return pathways.map(({ compiled, sources: { ruleSets, packs, pathway } }) => {
    const places = [...ruleSets, ...(packs ? [packs] : []), pathway].map(itemPlaces);
    const find: Finder = (...asked) => {
      for (const { placeOf } of places) {
        const place = placeOf(...asked);
        if (place) return place;
      }
      return undefined;
    };
    const own = tried.filter(({ of, subject }) => of === 'case' || subject === compiled.pathway);
    const seen = new Set(own.flatMap((one) => [...one.seen()]));
    const coverables = coverablesOf(compiled, find);
    return coverageOf({ pathway: compiled.pathway, file: pathway.file, coverables }, seen);
  });
}
