import { z } from 'zod';
import { type FactTest, readFactTest, readTaken, type Taken } from './condition.schema.ts';
import { Refused } from './problem.ts';
import { Override, titled } from './rule-words.ts';
import { group, list, name, refuse } from './words.ts';

/** One row: some facts with their tests, and the answer that it gives when all of them are met. */
export interface WrittenRow {
  readonly tests: readonly FactTest[];
  readonly answer: string;
}

const MOST_FACTS = 3;

const row = z.record(z.string(), z.unknown()).transform((written, context): WrittenRow => {
  const { then: answer, ...asked }: { readonly then?: unknown } = written;
  const tests: FactTest[] = [];
  const entries = Object.entries(asked);
  for (const [fact, sentence] of entries) {
    const test = readRowTest(fact, sentence);
    if (!(test instanceof Refused)) tests.push(test);
    else refuse(context, test, [fact], isRule(fact) ? 'key' : 'value');
  }
  if (entries.length === 0) refuse(context, new Refused('CC1024', 'a row asks of no fact'));
  if (entries.length > MOST_FACTS) {
    refuse(
      context,
      new Refused('CC1016', `a row asks of ${entries.length} facts, and may ask of ${MOST_FACTS}`),
    );
  }
  if (answer === undefined) refuse(context, new Refused('CC1011', '`then` is missing', 'add `then:`'));
  else if (typeof answer !== 'string') refuse(context, new Refused('CC1012', 'expected text'), ['then']);
  return { tests, answer: String(answer) };
});

/** What a row keeps for itself, or leaves to conditions. */
const isRule = (key: string): boolean => ['all', 'any', 'none', 'not', 'taken'].includes(key);

function readRowTest(fact: string, sentence: unknown): FactTest | Refused {
  if (!isRule(fact)) return readFactTest(fact, sentence);
  return fact === 'taken'
    ? new Refused('CC1024', '`taken` is said of a whole table', 'write it beside `rows`')
    : new Refused(
        'CC1024',
        `a row has no \`${fact}\``,
        'write up to three facts; what differs is another row',
      );
}

const taken = z.unknown().transform((written, context): Taken => {
  const read = readTaken(written);
  return read instanceof Refused ? refuse(context, read) : read;
});

/** Says which. */
export const Table = group({
  table: name(),
  ...titled,
  /** Most cautious first. */
  answers: list(name()).min(2),
  taken: taken.optional(),
  rows: list(row),
  override: Override.optional(),
});
export type Table = z.infer<typeof Table>;
