import { isAllowed, kindOf, measureOf, standardsOf, textOf } from '../pathway/figure-values.ts';
import type { FigureDefinition, FigureValue, Length } from '../pathway/figures.schema.ts';
import type { Figure } from './figure.schema.ts';
import type { Report } from './issues.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkDeciders, checkKnown, checkOnce, type Vocabulary } from './vocabulary.ts';

export interface FigurePlace {
  /** Of each choice, its values. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
  /** Gives the citation of a source, and reports one that there is not. */
  readonly citationOf: (source: string, path: Path) => string;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

/** By name; undefined of one that something was reported of. */
export type Figures = ReadonlyMap<string, FigureDefinition | undefined>;

export function lowerFigures(written: readonly Figure[], place: FigurePlace): Figures {
  const names = written.map(({ figure }) => figure);
  checkOnce('figure', { names, path: ['figures'], key: 'figure' }, place.report);
  return new Map(
    written.map((one, index) => [one.figure, lowerFigure(one, ['figures', index], place)] as const),
  );
}

function lowerFigure(written: Figure, path: Path, place: FigurePlace): FigureDefinition | undefined {
  const { figure, title, oneOf, adjust, source } = written;
  const { report, vocabulary, citationOf } = place;
  if (adjust) checkDeciders({ names: adjust.by, path: [...path, 'adjust', 'by'] }, vocabulary, report);
  const cited = source === undefined ? {} : { source: citationOf(source, [...path, 'source']) };
  const is = written.levels ? lowerLevels(written, path, place) : lowerValue(written, path, place);
  if (!is) return undefined;
  const lowered: FigureDefinition = {
    figure,
    title,
    is,
    ...(oneOf ? { oneOf } : {}),
    ...(adjust ? { adjust } : {}),
    ...cited,
  };
  const isRight = checkTerms(lowered, path, report) && checkValues(lowered, path, report);
  return isRight ? lowered : undefined;
}

function lowerLevels(
  written: Figure,
  path: Path,
  { report }: FigurePlace,
): FigureDefinition['is'] | undefined {
  const { levels = [], startsAt, value, oneOf } = written;
  checkOnce('level', { names: levels, path: [...path, 'levels'] }, report);
  const beside = value === undefined ? (oneOf ? 'oneOf' : undefined) : 'value';
  if (beside)
    report([...path, beside], new Refused('CC1069', `beside its levels it has no \`${beside}\``), 'key');
  if (levels.length < 2) report([...path, 'levels'], ONE_LEVEL);
  if (startsAt === undefined) {
    report(path, new Refused('CC1011', '`startsAt` is missing', 'add `startsAt:` and a level'));
    return undefined;
  }
  if (!levels.includes(startsAt)) {
    const help = didYouMean(startsAt, levels);
    report([...path, 'startsAt'], new Refused('CC1079', `there is no level \`${startsAt}\``, help));
  }
  return beside === undefined && levels.length >= 2 && levels.includes(startsAt)
    ? { levels, startsAt }
    : undefined;
}

const ONE_LEVEL = new Refused('CC1016', 'at least 2 must stand here', 'add what it is lowered or raised to');

function lowerValue(
  { value, startsAt }: Figure,
  path: Path,
  { choices, report }: FigurePlace,
): FigureDefinition['is'] | undefined {
  if (startsAt !== undefined)
    report([...path, 'startsAt'], new Refused('CC1069', 'it has no levels to start at'), 'key');
  if (!value) {
    const says = '`value` is missing';
    report(path, new Refused('CC1011', says, 'add `value:`, or `levels:` with `startsAt:`'));
    return undefined;
  }
  if (!('byChoice' in value)) return startsAt === undefined ? { value } : undefined;
  const at = [...path, 'value'];
  const given = Object.keys(value.byChoice);
  const found = [...choices].find(([, values]) => given.some((one) => values.includes(one)));
  if (!found) {
    const known = [...choices.values()].flat();
    const help = known.length > 0 ? didYouMean(given[0] ?? '', known) : 'write one value, or add the choice';
    report(at, new Refused('CC1078', `no choice has a value \`${given[0]}\``, help));
    return undefined;
  }
  const [choice, values] = found;
  const foreign = given.filter((one) => !values.includes(one));
  const missing = values.filter((one) => !given.includes(one));
  for (const one of foreign) {
    const says = `the choice \`${choice}\` has no value \`${one}\``;
    report([...at, one], new Refused('CC1078', says, didYouMean(one, values)), 'key');
  }
  for (const one of missing) {
    const says = `\`${one}\` is missing: what it is when \`${choice}\` is \`${one}\``;
    report(at, new Refused('CC1011', says, `add \`${one}:\``));
  }
  const isWhole = foreign.length === 0 && missing.length === 0 && startsAt === undefined;
  return isWhole ? { choice, values: value.byChoice } : undefined;
}

/** What may be set is bounded, and by somebody. */
function checkTerms({ is, oneOf, adjust }: FigureDefinition, path: Path, report: Report): boolean {
  const wrong = (key: string, refused: Refused, at?: 'key'): false => {
    report([...path, ...key.split('.')], refused, at);
    return false;
  };
  if (!adjust)
    return oneOf
      ? wrong(
          'oneOf',
          new Refused('CC1069', 'nobody may set it: there is nothing to be one of', 'add `adjust:`'),
          'key',
        )
      : true;
  const { from, to } = adjust;
  const bound = from ? 'from' : to ? 'to' : undefined;
  if ('levels' in is || oneOf) {
    const says = 'levels' in is ? 'its levels say what it may be' : '`oneOf` says what it may be';
    return (
      bound === undefined || wrong(`adjust.${bound}`, new Refused('CC1069', says, 'leave it out'), 'key')
    );
  }
  if (kindOf({ is }) === 'text')
    return bound
      ? wrong(`adjust.${bound}`, new Refused('CC1078', 'words have no order', 'add `oneOf:`'))
      : wrong('adjust', new Refused('CC1011', '`oneOf` is missing: what it may be', 'add `oneOf:`'));
  if (from && to) return true;
  const missing = from ? 'to' : 'from';
  const says = `\`${missing}\` is missing: what it may be set to`;
  return wrong('adjust', new Refused('CC1011', says, 'add `from:` and `to:`, or `oneOf:` beside `adjust`'));
}

/** All values of one kind and one unit, and none outside what it may be set to. */
function checkValues(figure: FigureDefinition, path: Path, report: Report): boolean {
  const { is, oneOf = [], adjust } = figure;
  if ('levels' in is) return true;
  const standards: readonly (readonly [Path, FigureValue])[] =
    'value' in is
      ? [[['value'], is.value]]
      : Object.entries(is.values).map(([name, value]) => [['value', name], value]);
  const bounds = (['from', 'to'] as const).flatMap((key): [Path, FigureValue][] =>
    adjust?.[key] ? [[['adjust', key], adjust[key]]] : [],
  );
  const listed = oneOf.map((value, index): [Path, FigureValue] => [['oneOf', index], value]);
  const [first] = standardsOf(figure);
  const others = [...standards, ...listed, ...bounds].filter(([, value]) => first && !isAlike(first, value));
  for (const [at, value] of others) report([...path, ...at], unlike(value, first));
  if (others.length > 0) return false;
  if (adjust?.from && adjust.to && !isAllowed(figure, adjust.from)) {
    report([...path, 'adjust', 'to'], new Refused('CC1079', 'the bounds do not go from less to more'));
    return false;
  }
  checkOnce('value', { names: oneOf.map(textOf), path: [...path, 'oneOf'] }, report);
  const outside = adjust ? standards.filter(([, value]) => !isAllowed(figure, value)) : [];
  for (const [at, value] of outside) {
    const says = `\`${textOf(value)}\` lies outside what it may be set to`;
    report([...path, ...at], new Refused('CC1079', says));
  }
  return outside.length === 0;
}

const isAlike = (one: FigureValue, other: FigureValue): boolean =>
  one.kind === other.kind && measureOf(one)?.of === measureOf(other)?.of;

const KINDS: Readonly<Record<FigureValue['kind'], string>> = {
  duration: 'a duration',
  number: 'a whole number',
  amount: 'an amount',
  text: 'words',
  level: 'levels',
};

function unlike(value: FigureValue, first: FigureValue | undefined): Refused {
  if (first?.kind !== value.kind) {
    const says = `\`${textOf(value)}\` is ${KINDS[value.kind]}, and the first value is ${KINDS[first?.kind ?? 'text']}`;
    return new Refused('CC1078', says);
  }
  const help =
    value.kind === 'duration' ? 'count all of them in days and weeks, or in months and years' : undefined;
  return new Refused('CC1078', `\`${textOf(value)}\` and \`${textOf(first)}\` cannot be compared`, help);
}

/** A figure where one of a kind is needed; undefined where there is none, or one of another kind. */
export function figureOf(
  name: string,
  kind: FigureValue['kind'],
  { path, figures, report }: { readonly path: Path; readonly figures: Figures; readonly report: Report },
): FigureDefinition | undefined {
  checkKnown('figure', { name, known: [...figures.keys()], path }, report);
  const figure = figures.get(name);
  if (!figure) return undefined;
  const found = kindOf(figure);
  if (found === kind) return figure;
  const says = `\`${name}\` is ${KINDS[found]}, and ${KINDS[kind]} is needed here`;
  report(path, new Refused('CC1078', says.replace('levels is', 'levels are')));
  return undefined;
}

/** Of a length that a figure may say: that there is such a figure, and it is a duration. */
export function checkLength(
  length: Length,
  place: { readonly path: Path; readonly figures: Figures; readonly report: Report },
): void {
  if ('figure' in length) figureOf(length.figure, 'duration', place);
}

/** The least and the most that a figure can come to be, for any patient. */
export function reachOf(
  figure: FigureDefinition,
): { readonly least: FigureValue; readonly most: FigureValue } | undefined {
  const { oneOf = [], adjust } = figure;
  const all = [...standardsOf(figure), ...oneOf, ...[adjust?.from, adjust?.to].flatMap((one) => one ?? [])];
  const sorted = all.toSorted((one, other) => (measureOf(one)?.size ?? 0) - (measureOf(other)?.size ?? 0));
  const [least, most] = [sorted[0], sorted.at(-1)];
  return least && most ? { least, most } : undefined;
}
