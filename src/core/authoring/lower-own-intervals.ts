import type { IntervalRule } from '../pathway/rules.schema.ts';
import { stagesIn } from './course-items.ts';
import type { Report } from './issues.ts';
import { ANYWHERE, type Asker, type CourseNames, type Lead } from './lower-action.ts';
import type { Figures } from './lower-figures.ts';
import { lowerInterval } from './lower-interval.ts';
import { lowerSpacing, spacingRule } from './lower-spacing.ts';
import type { PathwayFile } from './pathway.schema.ts';
import type { Path } from './source.ts';
import { checkKnown, keysOf, type RuleSetNames, type Vocabulary } from './vocabulary.ts';

interface Place {
  readonly names: CourseNames;
  readonly leads: Lead[];
  readonly figures: Figures;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

/** The citation of a source of the rule sets that a pathway uses. */
export function citing(used: readonly RuleSetNames[] | undefined, report: Report) {
  const citations = used && new Map(used.flatMap(({ sources }) => [...sources]));
  return (source: string, path: Path): string => {
    checkKnown('source', { name: source, known: keysOf(citations), path }, report);
    return citations?.get(source) ?? source;
  };
}

/** Between the stages of this pathway, and between their sessions: rules that bear its name and its version. */
export function lowerOwnIntervals(
  file: PathwayFile,
  used: readonly RuleSetNames[] | undefined,
  { names, leads, figures, vocabulary, report }: Place,
): IntervalRule[] {
  const { pathway, version, title: ownTitle, intervals = [] } = file;
  const cited = citing(used, report);
  const citationOf = (source: string | undefined, path: Path): string =>
    source === undefined ? ownTitle : cited(source, [...path, 'source']);
  const placed = stagesIn(file);
  const tracks = new Map(placed.map(({ item, track }) => [item.stage, track]));
  const periods = placed.flatMap(({ item }) => (item.lasts ? [item.stage] : []));
  const shared = {
    ...{ vocabulary, report, stages: names.stages, periods, tracks },
    figures,
  };
  const lateAt = (asker: Asker) => ({ late: { names, leads, asker } });
  const spacings = placed.flatMap(({ item, path: at, at: place }) => {
    if (!item.spacing || item.lasts) return [];
    const path = [...at, 'spacing'];
    const title = `${item.title ?? item.stage}, from one session to the next`;
    const source = citationOf(item.spacing.source, path);
    const header = { rule: spacingRule(item), ruleSet: pathway, version, title, source };
    const late = lateAt({ kind: 'stage', at: place });
    return lowerSpacing(item, item.spacing, { ...shared, ...late, path, header }) ?? [];
  });
  const own = intervals.flatMap((written, index) => {
    const path = ['intervals', index];
    const { interval, title = interval } = written;
    const header = {
      rule: interval,
      ruleSet: pathway,
      version,
      title,
      source: citationOf(written.source, path),
    };
    // It may lead to several stages, by what is done at them.
    const target = placed.find(({ item }) => item.stage === written.to);
    const late = lateAt({ kind: 'stage', at: target?.at ?? ANYWHERE });
    return lowerInterval(written, { ...shared, ...late, path, header }) ?? [];
  });
  return [...spacings, ...own];
}
