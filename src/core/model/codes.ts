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
  CC1000: {
    status: 422,
    summary: 'The files of the clinic do not compile.',
    remedy: 'Mend each problem at the place that it names.',
  },
  CC1001: {
    status: 400,
    summary: 'The file cannot be read as YAML.',
    remedy: 'Mend the place that is named; look for a missing quote, bracket or colon before it.',
  },
  CC1002: { status: 422, summary: 'A key stands twice in one place.', remedy: 'Keep one of the two.' },
  CC1003: {
    status: 422,
    summary: 'The file holds more than one document.',
    remedy: 'Remove the line of dashes or dots, or split the file.',
  },
  CC1004: {
    status: 422,
    summary: 'A number is not written as a plain decimal.',
    remedy: 'Write 10 or 0.5: no leading zero, no exponent, a dot for the decimals; quote it if it is text.',
  },
  CC1005: { status: 413, summary: 'The file is too large.', remedy: 'Split it; a file holds at most 1 MiB.' },
  CC1006: {
    status: 422,
    summary: 'The file is nested too deeply.',
    remedy: 'Look for an unclosed bracket; no sentence of the format needs so many levels.',
  },
  CC1007: {
    status: 422,
    summary: 'An anchor, alias, tag or directive of YAML is used.',
    remedy: 'Write the thing out where it is meant; quote text that begins with & * ! or %.',
  },
  CC1008: {
    status: 422,
    summary: 'A value is empty.',
    remedy: 'Write the value or remove the key; inside { } a comma ends a value, so put prose in quotes.',
  },
  CC1009: {
    status: 422,
    summary: 'A version is not quoted text.',
    remedy: 'Put it in quotes, such as "1.10.0"; without them 1.10 would be the number 1.1.',
  },
  CC1010: {
    status: 422,
    summary: 'The format has no such key here.',
    remedy: 'Look at the spelling and at the indentation.',
  },
  CC1011: { status: 422, summary: 'A key is missing.', remedy: 'Add it.' },
  CC1012: {
    status: 422,
    summary: 'The value is of the wrong kind.',
    remedy: 'Write what the message names; text that looks like a number stands in quotes.',
  },
  CC1013: {
    status: 422,
    summary: 'This version does not execute that part of the format yet.',
    remedy:
      'Leave it out, or wait for a version that executes it; nothing is accepted that would be ignored.',
  },
  CC1014: {
    status: 422,
    summary: 'The word is not one of those that can stand here.',
    remedy: 'Use one of the words that the help names.',
  },
  CC1015: {
    status: 422,
    summary: 'The name cannot be used.',
    remedy:
      'Use letters, digits and dashes, beginning with a letter, and a word that has no meaning of its own.',
  },
  CC1016: {
    status: 422,
    summary: 'The value is over a limit.',
    remedy: 'Shorten it; the message names the limit.',
  },
  CC1020: {
    status: 422,
    summary: 'The duration cannot be read.',
    remedy: 'Write a whole number and a unit: 30 minutes, 14 days, 6 months, 2 working days.',
  },
  CC1021: {
    status: 422,
    summary: 'The duration cannot stand here.',
    remedy: 'Use a unit and a length that the message allows.',
  },
  CC1022: {
    status: 422,
    summary: 'The due time cannot be read.',
    remedy: 'Write it as "7 days after plan start" or "7 to 10 days after procedure".',
  },
  CC1023: {
    status: 422,
    summary: 'The test cannot be read.',
    remedy: 'Write one sentence: below 5 Cel, 1 to below 2 Cel, is one of a, b, within the last 7 days.',
  },
  CC1024: {
    status: 422,
    summary: 'The condition cannot be read.',
    remedy: 'Write one fact with its test, or one of all, any, none with a list of conditions.',
  },
  CC1025: {
    status: 422,
    summary: 'The kind of a fact cannot be read.',
    remedy: 'Write number in a unit, one of a, b, yes or no, date, or date or never.',
  },
  CC1026: {
    status: 422,
    summary: 'The range does not fit the fact.',
    remedy: 'Give every number fact a range from low to high, such as 30 to 45; other facts have none.',
  },
  CC1027: {
    status: 422,
    summary: 'The opening hours cannot be read.',
    remedy: 'Write days and times as "monday to friday: 08:00 to 18:00"; 24:00 is midnight at the end.',
  },
  CC1028: {
    status: 422,
    summary: 'The time of a ladder step cannot be read.',
    remedy: 'Write start, due, 1 working day before due, or 2 working days late.',
  },
  CC1029: {
    status: 422,
    summary: 'The date does not exist.',
    remedy: 'Write year, month and day, such as 2026-12-25.',
  },
  CC1030: {
    status: 422,
    summary: 'The time zone is not known.',
    remedy: 'Use a name of the IANA list, such as America/New_York.',
  },
  CC1040: {
    status: 422,
    summary: 'The clinic has no such role.',
    remedy: "Use a role of the clinic's file, or add it there.",
  },
  CC1041: {
    status: 422,
    summary: 'The catalogue has no such fact.',
    remedy: 'Use a fact of the catalogue, or add it there.',
  },
  CC1042: {
    status: 422,
    summary: 'The catalogue has no such procedure or trait.',
    remedy: 'Use one of the catalogue, or add it there.',
  },
  CC1043: {
    status: 422,
    summary: 'The clinic has no such ladder.',
    remedy: "Use a ladder of the clinic's file, or add it there.",
  },
  CC1044: {
    status: 422,
    summary: 'The clinic has no such calendar.',
    remedy: 'Use a calendar of the same file, or add it there.',
  },
  CC1045: {
    status: 422,
    summary: 'The rule set cites no such source.',
    remedy: 'Add it to the sources at the top of the rule set.',
  },
  CC1046: {
    status: 422,
    summary: 'There is no such rule set.',
    remedy: 'Use the name at the top of a rule file.',
  },
  CC1047: { status: 422, summary: 'The name is taken.', remedy: 'Give each its own name.' },
  CC1048: {
    status: 422,
    summary: 'The clinic lacks a role that every clinic needs.',
    remedy: 'Add it to the roles: somebody must hear when nothing moves.',
  },
  CC1050: {
    status: 422,
    summary: 'There is no such anchor.',
    remedy: 'Count from plan start, consultation, assessment, stage or procedure.',
  },
  CC1051: {
    status: 422,
    summary: 'The anchor has not happened yet where it stands.',
    remedy: 'Count from something that lies before the task.',
  },
  CC1060: {
    status: 422,
    summary: 'The test does not fit the fact.',
    remedy: 'Use a test that the kind of the fact allows.',
  },
  CC1061: {
    status: 422,
    summary: 'The unit is missing or is not the one of the fact.',
    remedy: 'Write the unit of the catalogue.',
  },
  CC1062: {
    status: 422,
    summary: 'The value can never be true of the fact.',
    remedy: 'Use a value inside the range, or one of the words, that the catalogue gives.',
  },
  CC1063: {
    status: 422,
    summary: 'The test can be read in two ways.',
    remedy: 'Write "is one of" or "is not one of" before the words.',
  },
  CC1064: {
    status: 422,
    summary: 'The test gives the same answer for every value.',
    remedy: 'Move the bound inside the range of the catalogue, or leave the test out.',
  },
  CC1065: {
    status: 422,
    summary: 'The steps of a ladder are out of order.',
    remedy: 'Put them in the order in which they come: start, before due, due, late.',
  },
  CC2001: {
    status: 400,
    summary: 'The body is not JSON.',
    remedy: 'Send one JSON object in UTF-8; the detail names the place where reading stopped.',
  },
  CC2002: {
    status: 400,
    summary: 'No event has this type.',
    remedy: 'Send one of the types that the detail names.',
  },
  CC2003: {
    status: 400,
    summary: 'The body is not of the form that this address takes.',
    remedy: 'Mend each field that the detail names; /openapi.json has the form.',
  },
  CC2004: {
    status: 413,
    summary: 'The body is too large.',
    remedy: 'Send at most 256 KiB; split the event.',
  },
  CC2005: { status: 400, summary: 'The body is nested too deeply.', remedy: 'Nest at most 32 levels.' },
  CC2006: {
    status: 415,
    summary: 'The body is of a media type that is not taken.',
    remedy: 'Send JSON, with Content-Type: application/json.',
  },
  CC2007: {
    status: 405,
    summary: 'This address does not take this method.',
    remedy: 'Use a method that the header Allow names.',
  },
  CC2008: { status: 404, summary: 'No such address.', remedy: 'Look at /openapi.json for the addresses.' },
  CC2010: {
    status: 422,
    summary: 'No fact has this name.',
    remedy: "Use a name of the pathway's catalogue.",
  },
  CC2011: {
    status: 422,
    summary: 'The unit is not the one of this fact.',
    remedy: 'Send the unit of the catalogue.',
  },
  CC2012: {
    status: 422,
    summary: 'The value lies outside the range that can be true.',
    remedy: 'Look for a typing mistake; the catalogue has the range.',
  },
  CC2013: { status: 422, summary: 'The value is of the wrong kind.', remedy: 'Send what the detail names.' },
  CC2014: {
    status: 422,
    summary: 'The time lies in the future.',
    remedy: "Send the time at which it happened; check the sender's clock.",
  },
  CC2015: {
    status: 422,
    summary: 'The plan has no such task.',
    remedy: 'Use the id of a task that the plan shows.',
  },
  CC2016: {
    status: 422,
    summary: 'The pathway has no such stage.',
    remedy: 'Use a stage that the detail names.',
  },
  CC2017: {
    status: 422,
    summary: 'The consent is not one of this pathway, or signed by somebody who may not.',
    remedy: 'Use a form and a signer that the detail names.',
  },
  CC2018: { status: 403, summary: 'The sender may not send this.', remedy: 'Ask somebody whose role may.' },
  CC2019: {
    status: 401,
    summary: 'The sender is not known.',
    remedy: 'Send a token of the issuer: Authorization: Bearer ….',
  },
  CC2020: {
    status: 409,
    summary: 'This id was used for another event.',
    remedy: 'Give every event an id of its own; send the same body again to get the first answer.',
  },
  CC2021: {
    status: 403,
    summary: 'A message without the signature of the API claims what it may not.',
    remedy: "State facts of a source and type that the clinic's file registers, or send requests over HTTP.",
  },
  CC2022: {
    status: 400,
    summary: 'A message to the plan could not be read.',
    remedy: 'Signal `event` with one JSON object: { event: { id, source, type, data } }.',
  },
  CC2023: {
    status: 404,
    summary: 'No event of this source and id is known yet.',
    remedy: 'If you sent it and were told that it is safe, ask again in a while; otherwise send it.',
  },
  CC3001: {
    status: 422,
    summary: 'The gate is closed.',
    remedy: 'Each reason says what would clear it.',
  },
  CC3002: { status: 422, summary: 'Not in this phase.', remedy: 'Finish what the reasons name first.' },
  CC3003: { status: 422, summary: 'The plan is over.', remedy: 'Start a new plan.' },
  CC4001: { status: 404, summary: 'No such plan.', remedy: 'Look at the id; list the plans of your clinic.' },
  CC4002: { status: 409, summary: 'The plan exists already.', remedy: 'Start it under another id.' },
  CC4003: { status: 404, summary: 'No such pathway.', remedy: 'List the published pathways of your clinic.' },
  CC4004: {
    status: 422,
    summary: 'The plan is over its limits.',
    remedy: 'End it and start another; the detail names the limit.',
  },
  CC4005: {
    status: 404,
    summary: 'No step asked for this effect.',
    remedy: 'Look for whoever writes to Temporal beside Carechart.',
  },
  CC4006: {
    status: 409,
    summary: 'The plan went back to what the store has of it.',
    remedy: 'Look at what was restored or tampered with, and send again what is missing from the journal.',
  },
  CC5001: {
    status: 503,
    summary: 'Temporal cannot be reached or started.',
    remedy:
      'Read what was tried; set TEMPORAL_ADDRESS to a running server, or install Go or the temporal program.',
  },
  CC5002: {
    status: 503,
    summary: 'PostgreSQL cannot be reached or started.',
    remedy: 'Read what was tried; set DATABASE_URL to a running server, or mend what the message names.',
  },
  CC5003: {
    status: 503,
    summary: 'The database was written by another major version of PostgreSQL.',
    remedy: 'Dump it with that version and load it anew, or set DATABASE_URL to a server of that version.',
  },
  CC5004: {
    status: 503,
    summary: "The database's files are damaged, incomplete or gone.",
    remedy: 'Restore the folder that the message names from a backup; keep the damaged one until you have.',
  },
  CC5005: {
    status: 503,
    summary: 'The time-skipping test server cannot be had. Only tests use it.',
    remedy: 'Install Java and Maven, or let the machine reach the source that the message names.',
  },
  CC5006: {
    status: 503,
    summary: 'No servers have been brought up on this data folder.',
    remedy: 'Run `carechart servers` (or `npm start`) on the same folder first.',
  },
  CC5007: {
    status: 503,
    summary: 'The port of the HTTP API is in use.',
    remedy: 'Stop the other program, or choose another port: `PORT=4301 npm start`.',
  },
  CC5008: {
    status: 503,
    summary: 'Carechart does not answer.',
    remedy: 'Start it with `npm start`, or name where it listens: --url, or CARECHART_URL.',
  },
  CC9001: {
    status: 500,
    summary: 'The event was set aside: Carechart failed on it.',
    remedy: 'Nothing of it was applied. A clinical lead has been told; tell us the id.',
  },
  CC9002: {
    status: 500,
    summary: 'Carechart failed on this request.',
    remedy: 'Send it again, with the same id; if it fails again, tell us the instance.',
  },
} as const satisfies Record<string, CodeEntry>;

export type Code = keyof typeof entries;

export const CODES: Readonly<Record<Code, CodeEntry>> = entries;
