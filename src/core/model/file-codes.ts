import type { CodeEntry } from './code-entry.ts';
import { PATHWAY_CODES } from './pathway-codes.ts';

/** 1xxx: a file that a clinical lead writes is refused. */
export const FILE_CODES = {
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
  CC1005: {
    status: 413,
    summary: 'The file is too large.',
    remedy: 'Split it; a file holds at most 512 KiB.',
  },
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
    summary: 'The due time or the window cannot be read.',
    remedy: 'Write it as "7 days after plan start", "7 to 10 days after procedure", or "4 to 6 months".',
  },
  CC1023: {
    status: 422,
    summary: 'The test cannot be read.',
    remedy:
      'Write one sentence: below 5 Cel, 1 to below 2 Cel, is one of a, b, within the last 7 days, includes a or b.',
  },
  CC1024: {
    status: 422,
    summary: 'The condition, or a row of a table, cannot be read.',
    remedy: 'Write one fact with its test, or one of all, any, none with a list of conditions.',
  },
  CC1025: {
    status: 422,
    summary: 'The kind of a fact cannot be read.',
    remedy:
      'Write number in a unit, grade 0 to 4, one of a, b, yes or no, date, date or never, findings of a, b, or list of words.',
  },
  CC1026: {
    status: 422,
    summary: 'The range does not fit the fact.',
    remedy:
      'Give every number fact a range from low to high, such as 30 to 45; a date may say any past; others have none.',
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
  CC1031: {
    status: 422,
    summary: 'The areas that a pathway is about cannot be read.',
    remedy: 'Write one area, one "or" another, or "any of" some between commas.',
  },
  CC1032: {
    status: 422,
    summary: 'The way in which a fact is derived cannot be read.',
    remedy: 'Use one of the ways that the help names; no arithmetic is written.',
  },
  CC1033: {
    status: 422,
    summary: 'What an interval counts from, or leads to, cannot be read.',
    remedy: 'Write start of X or end of X; from may also name a date fact.',
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
  CC1049: {
    status: 422,
    summary: 'There is no such area.',
    remedy: "Use an area of the clinic's file, or of the pathway, or add it there.",
  },
  ...PATHWAY_CODES,
} as const satisfies Record<string, CodeEntry>;
