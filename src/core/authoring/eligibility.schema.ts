import type { z } from 'zod';
import { Condition } from './condition.schema.ts';
import { exit, titled } from './rule-words.ts';
import { group, name, oneOf } from './words.ts';

/** Says whether: every gate of the pathway needs it met. */
export const Eligibility = group({
  eligibility: name(),
  ...titled,
  for: oneOf(['pathway']),
  when: Condition,
  otherwise: exit,
});
export type Eligibility = z.infer<typeof Eligibility>;
