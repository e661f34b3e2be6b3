import type { Duration } from '../model/primitives.schema.ts';
import type { Length } from '../pathway/figures.schema.ts';
import type { Interval, OwnInterval } from './interval.schema.ts';
import type { Report } from './issues.ts';
import { type Figures, figureOf, reachOf } from './lower-figures.ts';
import type { Path } from './source.ts';

/** What a length can be: one duration, or whatever its figure may be set to. */
export interface Reach {
  readonly least: Duration;
  readonly most: Duration;
}

/** Those of an interval; undefined where one is not written, or is of a figure that something was reported of. */
export interface Lengths {
  readonly minimum: Reach | undefined;
  /** Of what is recommended. */
  readonly from: Reach | undefined;
  readonly to: Reach | undefined;
  readonly latest: Reach | undefined;
}

interface Place {
  readonly path: Path;
  readonly figures?: Figures;
  readonly report: Report;
}

export function lengthsOf(rule: Interval | OwnInterval, place: Place): Lengths {
  const at = (key: string): Place => ({ ...place, path: [...place.path, key] });
  const { recommended } = rule;
  const minimum = reach(rule.minimum, at('minimum'));
  const latest = rule.latest && reach(rule.latest, at('latest'));
  if (!recommended) return { minimum, from: undefined, to: undefined, latest };
  if ('figure' in recommended) {
    const both = reach(recommended, at('recommended'));
    return { minimum, from: both, to: both, latest };
  }
  const { from, to } = recommended;
  return { minimum, from: { least: from, most: from }, to: { least: to, most: to }, latest };
}

function reach(length: Length, { path, figures, report }: Place): Reach | undefined {
  if (!('figure' in length)) return { least: length, most: length };
  const figure = figureOf(length.figure, 'duration', { path, figures: figures ?? new Map(), report });
  const { least, most } = (figure && reachOf(figure)) ?? {};
  return least?.kind === 'duration' && most?.kind === 'duration'
    ? { least: least.lasts, most: most.lasts }
    : undefined;
}
