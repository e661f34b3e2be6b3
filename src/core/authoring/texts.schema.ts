import { z } from 'zod';
import { group, name, text } from './words.ts';

/** What was said when it was translated, and how that reads in the other language. */
const Said = group({ was: text(), now: text() });

const said = z.record(z.string(), Said).optional();

/** What patients read, in another language: by the path of the item, under the key that says it. */
export const TextsFile = group({
  /** A pathway, a rule set, or `packs`. */
  texts: name(),
  language: text(20),
  say: said,
  title: said,
  because: said,
});
export type TextsFile = z.infer<typeof TextsFile>;
