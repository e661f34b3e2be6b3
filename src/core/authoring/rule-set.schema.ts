import type { z } from 'zod';
import { Condition } from './condition.schema.ts';
import { notExecuted, Refused } from './problem.ts';
import { group, item, list, name, oneOf, sentence, text } from './words.ts';

const clears = sentence((written) => {
  if (written === 'by facts') return written;
  return written.startsWith('by signature of ')
    ? notExecuted(written)
    : new Refused('CC1014', `\`${written}\` clears nothing`, 'write `by facts`');
});

const Contraindication = group(
  {
    contraindication: name(),
    title: text(200),
    when: Condition,
    stops: list(oneOf(['procedure'], ['prep', 'care'])),
    of: list(text()).optional(),
    strength: oneOf(['absolute', 'relative']),
    // biome-ignore lint/suspicious/noThenProperty: the format's own word; nothing awaits a rule
    then: oneOf(['further-evaluation', 'conservative', 'referral', 'postponement']),
    clears,
    tell: list(text()),
    say: text().optional(),
    because: text(),
    source: text(),
  },
  ['override', 'ifUnknown'],
);

const Source = group({
  source: name(),
  cite: text(),
  grade: text(80).optional(),
  revisedOn: text(10).optional(),
});

export const version = sentence((written) =>
  /^\S{1,40}$/.test(written)
    ? written
    : new Refused('CC1009', 'a version is one word of at most 40 characters'),
);

export const RuleSetFile = group({
  ruleSet: name(),
  version,
  title: text(200),
  sources: list(Source),
  rules: list(item(Contraindication, ['interval', 'table', 'alert', 'eligibility'])),
});
export type RuleSetFile = z.infer<typeof RuleSetFile>;
