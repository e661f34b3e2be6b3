import { z } from 'zod';
import { LocalDate } from '../model/primitives.schema.ts';
import { readName } from '../model/sentences.ts';
import { didYouMean, nearest } from './nearest.ts';
import { notExecuted, Refused } from './problem.ts';

/**
 * What the schemas of the four kinds of file are made of. Each says what is executed, and names beside it what the
 * format knows and this version does not execute: that is refused as such, and everything else as unknown.
 */

type Closed<Shape extends z.ZodRawShape> = z.ZodType<z.output<z.ZodObject<Shape, z.core.$strict>>>;

/** A group of keys, and no others. */
export function group<Shape extends z.ZodRawShape>(
  shape: Shape,
  later: readonly string[] = [],
): Closed<Shape> {
  const unlisted: Unlisted = { known: Object.keys(shape), later: [...later] };
  return z.object(shape).catchall(z.custom<never>(() => false, { params: unlisted }));
}

/** What a key outside a group's own is measured by; the key itself is the last step of the issue's path. */
export const Unlisted = z.object({ known: z.array(z.string()), later: z.array(z.string()) });
type Unlisted = z.infer<typeof Unlisted>;

/** A list item begins with its kind. One of a kind that is not executed is refused whole, unread. */
export function item<Item>(schema: z.ZodType<Item>, later: readonly string[]): z.ZodType<Item> {
  return z
    .unknown()
    .superRefine((value, context) => {
      const kind = later.find(
        (word) => typeof value === 'object' && value !== null && Object.hasOwn(value, word),
      );
      if (kind !== undefined) refuse(context, notExecuted(kind), [kind], 'key');
    })
    .pipe(schema);
}

/**
 * An item of a list in which kinds stand beside each other: it begins with its kind and its name, and is read as that
 * kind is. One that begins with a misspelt kind is read as the kind that is likeliest meant.
 * @param shared - keys of every kind: none of them is a kind misspelt
 */
export function itemOf<Item>(kinds: Readonly<Record<string, z.ZodType<Item>>>, shared: readonly string[]) {
  const words = Object.keys(kinds);
  return z.record(z.string(), z.unknown()).transform((written, context): Item => {
    const keys = Object.keys(written);
    const meant =
      keys.find((key) => words.includes(key)) ??
      keys
        .map((key) => (shared.includes(key) ? undefined : nearest(key, words)))
        .find((word) => word !== undefined);
    const schema = meant === undefined ? undefined : kinds[meant];
    if (schema) return nested(schema, written, context);
    return refuse(
      context,
      new Refused('CC1011', 'an item begins with its kind', `known: ${words.join(', ')}`),
    );
  });
}

/**
 * Reads a part by a schema of its own, whose issues become those of the whole.
 * @param path - from the whole to the part
 */
export function nested<Part>(
  schema: z.ZodType<Part>,
  written: unknown,
  context: z.core.$RefinementCtx,
  path: readonly PropertyKey[] = [],
): Part {
  const read = schema.safeParse(written, { reportInput: true });
  if (read.success) return read.data;
  for (const issue of read.error.issues)
    context.issues.push({ ...issue, path: [...path, ...issue.path] } as z.core.$ZodRawIssue);
  return z.NEVER;
}

const MOST_ITEMS = 1_000;

export const list = <Item>(schema: z.ZodType<Item>) => z.array(schema).max(MOST_ITEMS);

/** One, or a list of them. */
export const oneOrMore = <Item>(schema: z.ZodType<Item>) =>
  z
    .unknown()
    .transform((written, context): readonly Item[] =>
      Array.isArray(written) ? nested(list(schema), written, context) : [nested(schema, written, context)],
    );

/** Text in one of the closed lists of sentences. */
export function sentence<Meaning>(read: (text: string) => Meaning | Refused) {
  return z.string().transform((text, context): Meaning => {
    const meaning = read(text.trim().replace(/\s+/g, ' '));
    return meaning instanceof Refused ? refuse(context, meaning) : meaning;
  });
}

/** One of a closed list of words. */
export function oneOf<const Words extends readonly string[]>(words: Words, later: readonly string[] = []) {
  return sentence((text): Words[number] | Refused => {
    if (later.includes(text)) return notExecuted(text);
    const word = words.find((one) => one === text);
    return word ?? new Refused('CC1014', `\`${text}\` cannot stand here`, didYouMean(text, words));
  });
}

/** A mark: `yes`, or left out. */
export const mark = sentence((written): true | Refused =>
  written === 'yes'
    ? true
    : new Refused('CC1014', `\`${written}\` cannot stand here`, 'write `yes`, or leave it out'),
);

/** A day that exists. */
export const date = sentence((written) =>
  LocalDate.safeParse(written).success ? written : new Refused('CC1029', `\`${written}\` is no date`),
);

/** Prose and references. */
export const text = (most = 2_000) =>
  sentence((written) => {
    if (written === '') return new Refused('CC1008', 'the text is empty');
    return written.length <= most
      ? written
      : new Refused('CC1016', `the text has ${written.length} characters, and may have ${most}`);
  });

/** @param reserved - words that mean something else where this name is used */
export const name = (reserved: readonly string[] = []) => sentence((written) => readName(written, reserved));

/** Hands a refusal to zod, with its code. */
export function refuse(
  context: z.core.$RefinementCtx,
  { code, message, help }: Refused,
  path: PropertyKey[] = [],
  at: 'key' | 'value' = 'value',
): never {
  context.addIssue({ code: 'custom', message, path, params: { code, help, at } });
  return z.NEVER;
}
