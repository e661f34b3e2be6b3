import type { CareDefinition, CareLine, Setback } from '../pathway/care.schema.ts';
import { ALONGSIDE } from '../pathway/chart.ts';
import type { FigureReference } from '../pathway/figures.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { refusedAnchor, STANDINGS, type Standing } from '../pathway/standings.ts';
import type { Moment } from '../pathway/work.schema.ts';
import type { Care, WrittenLine } from './care.schema.ts';
import type { ClinicFile } from './clinic.schema.ts';
import { isStage, itemsIn, type PlacedItem } from './course-items.ts';
import { anchorOf } from './due-anchors.ts';
import type { WrittenMoment } from './durations.ts';
import type { Report } from './issues.ts';
import type { Figures } from './lower-figures.ts';
import { checkOnlyFor, lowerOnlyFor } from './lower-only-for.ts';
import type { Packs } from './lower-tasks.ts';
import { didYouMean } from './nearest.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkKnown, checkOnce, type Vocabulary } from './vocabulary.ts';

interface Place {
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

interface OfPathway extends Place {
  readonly clinic: ClinicFile | undefined;
  readonly packs: Packs;
  readonly figures: Figures;
}

/** What patients do themselves: for the plan as a whole, and what packs bring along to the phases that use them. */
export function lowerCare(file: PathwayFile, place: OfPathway): CareDefinition[] {
  const { report } = place;
  const alongside = (file.alongside ?? []).flatMap((item, index) =>
    'care' in item ? [{ written: item, path: ['alongside', index] }] : [],
  );
  const taken = new Set<string>();
  for (const { written, path } of alongside) {
    if (taken.has(written.care)) report([...path, 'care'], alreadyThere(written.care));
    taken.add(written.care);
    checkCare(written, { ...place, path });
    if (written.onlyFor)
      checkOnlyFor({ names: written.onlyFor, path: [...path, 'onlyFor'] }, place.vocabulary, report);
  }
  const ofPlan = { ...place, belongsTo: ALONGSIDE, where: STANDINGS.alongside };
  return [
    ...alongside.map(({ written, path }) => bind(written, { ...ofPlan, path })),
    ...broughtAlong(file).flatMap(({ name, path, ...phase }) =>
      (place.packs?.get(name)?.care ?? []).map((written) => {
        const at: Report = (_path, { code, message, help }) =>
          report(path, new Refused(code, `the care \`${written.care}\` of this pack: ${message}`, help));
        if (taken.has(written.care)) at(path, alreadyThere(written.care));
        if (written.onlyFor) checkOnlyFor({ names: written.onlyFor, path }, place.vocabulary, at);
        return bind(written, { ...place, ...phase, path, report: at });
      }),
    ),
  ];
}

export const alreadyThere = (care: string): Refused =>
  new Refused('CC1047', `there is a care \`${care}\` already`);

/** Each use of a pack, with the list of work that it is for. */
function broughtAlong(file: PathwayFile) {
  return itemsIn(file).flatMap((placed) =>
    phasesOf(placed).flatMap(({ packs = [], path, ...phase }) =>
      packs.map((name, index) => ({ ...phase, name, path: [...path, 'packs', index] })),
    ),
  );
}

function phasesOf({ item, path, isAfterStage }: PlacedItem) {
  if ('maintenance' in item) {
    const where = isAfterStage ? STANDINGS.maintenance : STANDINGS.firstMaintenance;
    return [{ packs: item.packs, path, belongsTo: `${item.maintenance}.maintenance`, where }];
  }
  if (!isStage(item)) return [];
  const before = STANDINGS.beforeProcedure;
  const after = STANDINGS.afterProcedure;
  const phases = [
    { key: 'beforeEach', list: 'ready', where: before },
    { key: 'afterEach', list: 'session', where: after },
    { key: 'prep', list: 'prep', where: before },
    { key: 'closure', list: 'closure', where: after },
    { key: 'recovery', list: 'recovery', where: after },
  ] as const;
  return phases.map(({ key, list, where }) => ({
    packs: item[key]?.packs,
    path: [...path, key],
    belongsTo: `${item.stage}.${list}`,
    where,
  }));
}

/** Of packs, whose figures and anchors are those of whatever uses them. */
export function checkPackCare(
  all: readonly Care[],
  { path, ...place }: Place & { readonly path: Path },
): void {
  for (const [index, written] of all.entries()) {
    const at = [...path, index];
    checkCare(written, { ...place, path: at });
    for (const key of ['from', 'until'] as const) {
      const { after } = written[key];
      if (key === 'until' && after === PLAN_END) continue;
      const anchor = anchorOf(after, STANDINGS.pack, place.vocabulary);
      if (anchor instanceof Refused) place.report([...at, key], anchor);
    }
  }
}

/** All that can be told without the pathway. */
function checkCare(written: Care, { path, vocabulary, report }: Place & { readonly path: Path }): void {
  const { care, morning, evening, weekly, setback, say } = written;
  checkKnown('care', { name: care, known: vocabulary.care, path: [...path, 'care'] }, report);
  if (setback)
    checkKnown(
      'role',
      { name: setback.ask, known: vocabulary.roles, path: [...path, 'setback', 'ask'] },
      report,
    );
  if (!morning && !evening && !weekly && say === undefined) {
    const help = 'add `morning:`, `evening:`, `weekly:` or `say:`';
    report(path, new Refused('CC1011', 'what is done at home is missing', help));
  }
  for (const [key, lines = []] of Object.entries({ morning, evening, weekly })) {
    const texts = lines.map((line) => (typeof line === 'string' ? line : `the ${line.figure}`));
    checkOnce('line', { names: texts, path: [...path, key] }, report);
    for (const [index, line] of lines.entries())
      checkProduct(line, [...path, key, index], { vocabulary, report });
  }
}

/** A product of the clinic's own list, and what may be said of its use: `retinoid twice a week`. */
function productOf(line: string, { products }: Vocabulary): string | undefined {
  const named = [...(products?.keys() ?? [])].filter((one) => line === one || line.startsWith(`${one} `));
  return named.toSorted((one, other) => other.length - one.length)[0];
}

function checkProduct(line: WrittenLine, path: Path, { vocabulary, report }: Place): void {
  const { products } = vocabulary;
  if (!products || typeof line !== 'string' || productOf(line, vocabulary) !== undefined) return;
  const says = `the clinic's list has no product \`${line}\``;
  report(path, new Refused('CC1131', says, didYouMean(line, [...products.keys()])));
}

interface Standpoint extends OfPathway {
  readonly path: Path;
  readonly belongsTo: string;
  readonly where: Standing;
}

function bind(written: Care, place: Standpoint): CareDefinition {
  const { care, title, say, because, onlyFor } = written;
  const until = momentOf(written, 'until', place);
  const lines = (key: 'morning' | 'evening' | 'weekly'): CareLine[] =>
    (written[key] ?? []).map((line, index) => lineOf(line, [...place.path, key, index], place));
  return {
    care,
    belongsTo: place.belongsTo,
    title,
    from: momentOf(written, 'from', place) ?? { by: { count: 0, unit: 'day' }, after: 'plan start' },
    ...(until ? { until } : {}),
    ...(onlyFor ? { onlyFor: lowerOnlyFor(onlyFor, place.vocabulary) } : {}),
    morning: lines('morning'),
    evening: lines('evening'),
    weekly: lines('weekly'),
    setback: written.setback ?? setbackOf(place.clinic),
    ...(say === undefined ? {} : { say }),
    ...(because === undefined ? {} : { because }),
  };
}

const PLAN_END = 'end of plan';
/** Twice is no accident. */
const IN_A_ROW = 2;

/** Where the file does not say who looks at it. Nothing is compiled of a clinic that cannot be read. */
const setbackOf = (clinic: ClinicFile | undefined): Setback => ({
  after: IN_A_ROW,
  ask: COORDINATOR,
  within: clinic?.waits.handOver ?? { count: 1, unit: 'day' },
});

/** @returns undefined for the end of the plan, which comes by itself */
function momentOf(written: Care, key: 'from' | 'until', place: Standpoint): Moment | undefined {
  const { by, after: words }: WrittenMoment = written[key];
  const { path, where, vocabulary, report } = place;
  if (key === 'until' && words === PLAN_END && by.count === 0) return undefined;
  const after = anchorOf(words, where, vocabulary);
  if (after instanceof Refused) {
    // Of a pack that was said where it is written.
    if (path[0] === 'alongside') report([...path, key], after);
    return undefined;
  }
  const { anchors, ends = anchors } = where;
  const refused = refusedAnchor({ after }, { anchors: key === 'until' ? ends : anchors });
  if (refused) report([...path, key], refused);
  return { by, after };
}

function lineOf(line: WrittenLine, path: Path, { figures, vocabulary, report }: Standpoint): CareLine {
  if (typeof line !== 'string') return figureLine(line, path, { figures, report });
  const note = vocabulary.products?.get(productOf(line, vocabulary) ?? '');
  return { text: line, ...(note === undefined ? {} : { note }) };
}

function figureLine(
  line: FigureReference,
  path: Path,
  { figures, report }: Pick<Standpoint, 'figures' | 'report'>,
): FigureReference {
  checkKnown('figure', { name: line.figure, known: [...figures.keys()], path }, report);
  return line;
}
