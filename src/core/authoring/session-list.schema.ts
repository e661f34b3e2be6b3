import { z } from 'zod';
import { price } from './charges.schema.ts';
import { Decision, placeName } from './decision.schema.ts';
import { group, itemOf, list, text } from './words.ts';

export const MOST_SESSIONS = 100;

/** One of the sessions of a stage that differ. */
export const ListedSession = group({
  session: placeName,
  title: text(200),
  procedures: list(text()).min(1),
  with: list(text()).min(1).optional(),
  onlyFor: list(text()).min(1).optional(),
  price: price.optional(),
  say: text().optional(),
});
export type ListedSession = z.infer<typeof ListedSession>;

/** Sessions one by one, and what is decided between two of them. */
export const SessionList = z
  .array(
    itemOf<ListedSession | Decision>({ session: ListedSession, decision: Decision }, [
      ...['title', 'procedures', 'with', 'onlyFor', 'price', 'by', 'due', 'say'],
    ]),
  )
  .min(1)
  .max(MOST_SESSIONS);
export type SessionList = z.infer<typeof SessionList>;
