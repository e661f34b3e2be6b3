import type { z } from 'zod';
import { Care } from './care.schema.ts';
import { onlyFor } from './choice.schema.ts';
import { Condition } from './condition.schema.ts';
import { duePhrase, moment, repeating } from './durations.ts';
import { group, list, name, oneOf, text } from './words.ts';

/** Done once, by a due time, or again and again. */
export const Task = group({
  task: name(),
  title: text(200),
  role: text(),
  due: duePhrase.optional(),
  every: repeating.optional(),
  from: moment.optional(),
  until: moment.optional(),
  records: list(text()).optional(),
  needs: Condition.optional(),
  onlyWhen: Condition.optional(),
  onlyFor: onlyFor.optional(),
  handsTo: text().optional(),
  ladder: text().optional(),
  clears: oneOf(['anaesthesia']).optional(),
  outcome: text(80).optional(),
  say: text().optional(),
});
export type Task = z.infer<typeof Task>;

/** Work of its own, and lists that several stages share. */
export const work = {
  packs: list(text()).optional(),
  tasks: list(Task).optional(),
};

/** The work of one phase of a stage. */
export const Work = group(work);
export type Work = z.infer<typeof Work>;

const Pack = group({ pack: name(), tasks: list(Task).optional(), care: list(Care).optional() });

export const PacksFile = group({ packs: list(Pack) });
export type PacksFile = z.infer<typeof PacksFile>;
