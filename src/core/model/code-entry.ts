/** What stands behind a code. */
export interface CodeEntry {
  /** HTTP status (RFC 9457) that the API answers with; for codes that never reach HTTP, the nearest one. */
  readonly status: number;
  readonly summary: string;
  readonly remedy: string;
}
