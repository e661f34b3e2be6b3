/**
 * Every code that Carechart answers with, once. `docs/errors.md` is generated from this table.
 *
 * 1xxx a file that a clinical lead writes · 2xxx a message at the border · 3xxx a request refused for a clinical
 * reason · 4xxx plans and definitions · 5xxx the outside world · 9xxx defects.
 * A retired code is never used again.
 */
export interface CodeEntry {
  /** HTTP status (RFC 9457) that the API answers with; for codes that never reach HTTP, the nearest one. */
  readonly status: number;
  readonly summary: string;
  readonly remedy: string;
}

const entries = {
  CC5001: {
    status: 503,
    summary: 'Temporal cannot be reached or started.',
    remedy: 'Read what was tried; set TEMPORAL_ADDRESS to a running server, or install Go or the temporal program.',
  },
  CC5002: {
    status: 503,
    summary: 'PostgreSQL cannot be reached or started.',
    remedy: 'Read what was tried; set DATABASE_URL to a running server, or mend what the message names.',
  },
} as const satisfies Record<string, CodeEntry>;

export type Code = keyof typeof entries;

export const CODES: Readonly<Record<Code, CodeEntry>> = entries;
