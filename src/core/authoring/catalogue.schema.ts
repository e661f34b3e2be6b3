import { z } from 'zod';
import { ANY_TIME, PASSING, readDurationIn } from '../model/durations.ts';
import { SOURCE_KINDS } from './clinic.schema.ts';
import { CONDITION_WORDS, Condition } from './condition.schema.ts';
import { derivedWay } from './derived-ways.ts';
import { duration } from './durations.ts';
import { factKind, factRange, factWord } from './fact-kinds.ts';
import { Refused } from './problem.ts';
import { group, list, mark, name, oneOf, sentence, text } from './words.ts';

const goodFor = sentence((written) => (written === 'ever' ? written : readDurationIn(PASSING, written, 0)));

const unit = sentence((written) =>
  /^\S{1,40}$/.test(written) ? written : new Refused('CC1025', `\`${written}\` is no unit`),
);

const OtherUnit = group({
  unit,
  factor: z.number().refine((factor) => factor > 0, 'a factor is more than 0'),
  source: text(200),
});

const Fact = group({
  fact: name(CONDITION_WORDS),
  title: text(200),
  is: factKind,
  range: factRange.optional(),
  words: list(factWord).optional(),
  byArea: mark.optional(),
  flag: mark.optional(),
  goodFor,
  from: list(oneOf(SOURCE_KINDS)),
  ask: group({ role: text(), within: duration(ANY_TIME) }),
  notValidWhen: Condition.optional(),
  alsoIn: list(OtherUnit).optional(),
  code: text(200).optional(),
});

const Derived = group({ derived: name(CONDITION_WORDS), is: derivedWay });

const Procedure = group({ procedure: name(), traits: list(name()).optional() });

export const CatalogueFile = group(
  { catalogue: name(), facts: list(Fact), derived: list(Derived).optional(), procedures: list(Procedure) },
  ['care'],
);
export type CatalogueFile = z.infer<typeof CatalogueFile>;

export type WrittenFact = CatalogueFile['facts'][number];
export type WrittenDerived = NonNullable<CatalogueFile['derived']>[number];
