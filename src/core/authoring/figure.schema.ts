import { z } from 'zod';
import type { FigureValue } from '../pathway/figures.schema.ts';
import { figureValue } from './figure-words.ts';
import { group, list, name, nested, oneOf, text } from './words.ts';

/** One value, or one for each value of a choice. */
const byChoice = z.record(z.string(), figureValue);
const value = z
  .unknown()
  .transform(
    (written, context): FigureValue | { readonly byChoice: Readonly<Record<string, FigureValue>> } =>
      typeof written === 'object' && written !== null && !Array.isArray(written)
        ? { byChoice: nested(byChoice, written, context) }
        : nested(figureValue, written, context),
  );

const Adjust = group({
  by: list(text()),
  from: figureValue.optional(),
  to: figureValue.optional(),
  when: oneOf(['start', 'any time']),
  because: oneOf(['required']).optional(),
});

/** A number or a level that may differ from patient to patient. */
export const Figure = group({
  figure: name(),
  title: text(200),
  value: value.optional(),
  levels: list(text(80)).optional(),
  startsAt: text(80).optional(),
  oneOf: list(figureValue).optional(),
  adjust: Adjust.optional(),
  source: text().optional(),
});
export type Figure = z.infer<typeof Figure>;
