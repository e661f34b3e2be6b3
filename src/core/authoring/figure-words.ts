import { z } from 'zod';
import { DATES, readDurationIn } from '../model/durations.ts';
import { readDuration } from '../model/sentences.ts';
import { readValue } from '../pathway/figure-values.ts';
import type { FigureReference, FigureValue } from '../pathway/figures.schema.ts';
import { Refused } from './problem.ts';
import { nested, refuse, text } from './words.ts';

/** `the cycle` is the value of a figure. */
export function figureNamed(written: unknown): string | undefined {
  if (typeof written !== 'string') return undefined;
  return /^the (\S+)$/.exec(written.trim().replace(/\s+/g, ' '))?.[1];
}

/** A value, or the figure that says it. */
export const orFigure = <Value>(schema: z.ZodType<Value>) =>
  z.unknown().transform((written, context): Value | FigureReference => {
    const figure = figureNamed(written);
    return figure === undefined ? nested(schema, written, context) : { figure };
  });

const OF_A_PATHWAY = new Refused(
  'CC1069',
  'a rule set knows no figure of a pathway',
  'write the duration itself, or move the interval to the pathway',
);

/** A value that no figure can say, for its file knows none. */
export const withoutFigure = <Value>(schema: z.ZodType<Value>) =>
  z
    .unknown()
    .transform(
      (written, context): Value =>
        figureNamed(written) === undefined ? nested(schema, written, context) : refuse(context, OF_A_PATHWAY),
    );

const MOST_LETTERS = 200;
const MOST = 10_000;
const count = z.int().min(0).max(MOST);

/** One value of a figure; how it is written says of what kind it is. */
export const figureValue = z.unknown().transform((written, context): FigureValue => {
  if (typeof written === 'number') return { kind: 'number', number: nested(count, written, context) };
  const words = nested(text(MOST_LETTERS), written, context);
  if (typeof words !== 'string') return z.NEVER;
  if (figureNamed(words) !== undefined) return refuse(context, NO_REFERENCE);
  const isDuration = !(readDuration(words) instanceof Refused);
  const duration = isDuration ? readDurationIn(DATES, words) : undefined;
  if (duration instanceof Refused) return refuse(context, duration);
  return readValue(words) ?? refuse(context, NO_VALUE);
});

const NO_REFERENCE = new Refused('CC1014', 'a figure says its value itself', 'write the value');
const NO_VALUE = new Refused('CC1012', 'a figure is a duration, a whole number, an amount or words');
