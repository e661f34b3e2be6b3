import type { z } from 'zod';
import type { Contraindication as Compiled } from '../pathway/rules.schema.ts';
import { Condition } from './condition.schema.ts';
import { Refused } from './problem.ts';
import { exit, Override, titled } from './rule-words.ts';
import { group, list, name, oneOf, sentence, text } from './words.ts';

const clears = sentence((written): Compiled['clears'] | Refused => {
  if (written === 'by facts') return { by: 'facts' };
  const [, of] = /^by signature of (\S+)$/.exec(written) ?? [];
  return of === undefined
    ? new Refused('CC1014', `\`${written}\` clears nothing`, 'write `by facts` or `by signature of R`')
    : { by: 'signature', of };
});

/** Says no. */
export const Contraindication = group({
  contraindication: name(),
  ...titled,
  when: Condition,
  stops: list(oneOf(['prep', 'procedure', 'care'])),
  of: list(text()).optional(),
  strength: oneOf(['absolute', 'relative']),
  // biome-ignore lint/suspicious/noThenProperty: the format's own word; nothing awaits a rule
  then: exit,
  clears,
  override: Override.optional(),
  ifUnknown: oneOf(['hold', 'accept']).optional(),
  tell: list(text()),
  say: text().optional(),
  because: text(),
});
export type Contraindication = z.infer<typeof Contraindication>;
