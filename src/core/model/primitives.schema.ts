import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** A name inside a file or a plan. */
export const Name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9._-]{0,79}$/, 'a name of letters, digits, dots and dashes');
export type Name = z.infer<typeof Name>;

/** An identifier that somebody else chose; opaque. */
export const Id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, 'letters, digits and . _ : - only, at most 128');
export type Id = z.infer<typeof Id>;

/** What is in this form already, as everything is that a plan keeps, need not be written anew. */
const IN_FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** UTC, always with milliseconds and `Z`, and of four digits a year, so that text order is time order. */
export const Instant = z.iso
  .datetime({ offset: true })
  .refine((text) => /^(?:19|20|21)\d\d-/.test(text), 'a time of the years 1900 to 2199')
  .refine((text) => !/\.\d{10}/.test(text), 'at most nine digits of a second')
  .transform((text) =>
    IN_FORM.test(text) ? text : Temporal.Instant.from(text).toString({ fractionalSecondDigits: 3 }),
  );
export type Instant = z.infer<typeof Instant>;

/** A calendar day in the clinic's zone, `YYYY-MM-DD`. */
export const LocalDate = z.iso.date();
export type LocalDate = z.infer<typeof LocalDate>;

export const DurationUnit = z.enum(['minute', 'hour', 'day', 'week', 'month', 'year', 'working day']);
export type DurationUnit = z.infer<typeof DurationUnit>;

/** One count of one unit; days and hours are never mixed. `working day` only in tasks, decisions and ladders. */
export const Duration = z.strictObject({ count: z.int().min(0).max(10_000), unit: DurationUnit });
export type Duration = z.infer<typeof Duration>;

/** SHA-256 in lower-case hexadecimal. */
export const Digest = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 digest in hexadecimal');
export type Digest = z.infer<typeof Digest>;
