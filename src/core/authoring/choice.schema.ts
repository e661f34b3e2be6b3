import { z } from 'zod';
import { Condition } from './condition.schema.ts';
import { type ByPeople, byPeople, placeName } from './decision.schema.ts';
import { duePhrase } from './durations.ts';
import { group, list, name, nested, oneOf, text } from './words.ts';

/** What is shown of a value beside the others, and when it is offered. */
const Value = group({
  title: text(200),
  tier: text(200).optional(),
  mechanism: text().optional(),
  cannot: text().optional(),
  benefits: list(text()).optional(),
  risks: list(text()).optional(),
  alternatives: list(text()).optional(),
  downtime: text().optional(),
  scarring: text().optional(),
  longevity: text().optional(),
  cost: text().optional(),
  offeredWhen: Condition.optional(),
});

const Table = group({ table: text(), confirm: text().optional() });

/** People choose, or a table, whose answer somebody may have to confirm. */
type ChosenBy =
  | ByPeople
  | { readonly kind: 'table'; readonly table: string; readonly confirm?: string | undefined };

const by = z.unknown().transform((written, context): ChosenBy => {
  const isTable = typeof written === 'object' && written !== null && Object.hasOwn(written, 'table');
  return isTable ? { kind: 'table', ...nested(Table, written, context) } : nested(byPeople, written, context);
});

export const Choice = group({
  choice: placeName,
  title: text(200),
  by,
  made: oneOf(['in consultation', 'in assessment']),
  due: duePhrase.optional(),
  ladder: text().optional(),
  ifUnknown: text().optional(),
  /** In the order in which they are weighed. */
  tiers: list(text(200)).min(2).optional(),
  values: z.record(z.string(), Value),
});
export type Choice = z.infer<typeof Choice>;

/** The names of values; who has one of them is meant. */
export const onlyFor = list(name());
