import type { Duration } from '../model/primitives.schema.ts';
import { standardsOf } from '../pathway/figure-values.ts';
import type { FigureDefinition, FigureReference, FigureValue, Length } from '../pathway/figures.schema.ts';

interface Figures {
  figure(name: string): FigureDefinition;
}

/** All that a figure may come to be: what it is, and the ends of what it may be set to. */
function valuesOf(figure: FigureDefinition): FigureValue[] {
  const { oneOf = [], adjust } = figure;
  return [...standardsOf(figure), ...oneOf, ...[adjust?.from, adjust?.to].flatMap((one) => one ?? [])];
}

/** How often at most: sessions of a stage, or an action. */
export function timesOf(figures: Figures, times: number | FigureReference): number {
  if (typeof times === 'number') return times;
  const numbers = valuesOf(figures.figure(times.figure)).flatMap((value) =>
    value.kind === 'number' ? [value.number] : [],
  );
  return Math.max(1, ...numbers);
}

/** All that a length may come to be. */
export function lengthsOf(figures: Figures, length: Length): Duration[] {
  if (!('figure' in length)) return [length];
  return valuesOf(figures.figure(length.figure)).flatMap((value) =>
    value.kind === 'duration' ? [value.lasts] : [],
  );
}
