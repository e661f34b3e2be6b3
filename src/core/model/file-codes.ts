import type { CodeEntry } from './code-entry.ts';

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
  CC1050: {
    status: 422,
    summary: 'There is no such anchor.',
    remedy: 'Count from what the help names.',
  },
  CC1051: {
    status: 422,
    summary: 'The anchor has not happened yet where it stands.',
    remedy: 'Count from something that lies before.',
  },
  CC1052: {
    status: 422,
    summary: 'No rule set that the pathway uses has such a table.',
    remedy: 'Use a table of one of them, or add its rule set to uses.',
  },
  CC1053: {
    status: 422,
    summary: 'The table has no such answer.',
    remedy: 'Use one of the answers at the top of the table, or add it there.',
  },
  CC1054: {
    status: 422,
    summary: 'The role cannot sign or decide.',
    remedy: "Name a role of the clinic's staff: patients and guardians state facts and consent.",
  },
  CC1055: {
    status: 422,
    summary: 'There is no decision of this name to be reached.',
    remedy: 'Use one that stands under decisions, or add it there.',
  },
  CC1056: {
    status: 422,
    summary: 'The course has no such stage.',
    remedy: 'Use a stage of the course, or add it there.',
  },
  CC1057: {
    status: 422,
    summary: 'There is no such pack.',
    remedy: 'Use a pack of packs.yaml, or add it there.',
  },
  CC1058: {
    status: 422,
    summary: 'Nothing that the pathway uses has such a rule.',
    remedy: 'Use a rule of its rule sets or an interval of its own, or add its rule set to uses.',
  },
  CC1060: {
    status: 422,
    summary: 'What is asked does not fit the fact.',
    remedy: 'Ask what the kind of the fact allows.',
  },
  CC1061: {
    status: 422,
    summary: 'The unit is missing or is not the one of the fact.',
    remedy: 'Write the unit of the catalogue, or one that it names beside it; a grade has none.',
  },
  CC1062: {
    status: 422,
    summary: 'The value can never be true of the fact.',
    remedy: 'Use a value inside the range, or one of the words, that the catalogue gives.',
  },
  CC1063: {
    status: 422,
    summary: 'The sentence can be read in two ways.',
    remedy: 'Write what the help names.',
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
  CC1066: {
    status: 422,
    summary: 'What is known by area is asked where there is none, or the other way round.',
    remedy: 'Say where a stage takes place, and in which area findings are looked for.',
  },
  CC1067: {
    status: 422,
    summary: 'The lengths of an interval contradict one another.',
    remedy: 'Order them: grace below minimum, minimum, recommended, latest.',
  },
  CC1068: {
    status: 422,
    summary: 'A fact is believed by its own word.',
    remedy: 'Let notValidWhen ask of other facts, none of which depends on this one.',
  },
  CC1069: {
    status: 422,
    summary: 'Two things are said that do not go together.',
    remedy: 'Keep one of the two; the message says why.',
  },
  CC1070: {
    status: 422,
    summary: 'An answer of a table has no row, or leads nowhere.',
    remedy: 'Give every answer a row, and every answer of a decision an outcome, one of them go.',
  },
  CC1071: {
    status: 422,
    summary: 'A stage under sedation or general anaesthesia has no clearance.',
    remedy: 'Give a task of its prep or beforeEach `clears: anaesthesia`.',
  },
  CC1072: {
    status: 422,
    summary: 'What follows a decision has no end.',
    remedy: 'Give whatever leads back a number, and let one of the decisions lead somewhere else.',
  },
  CC1073: {
    status: 422,
    summary: 'Nothing asks the decision.',
    remedy: 'Name it in an outcome or an interval, name the rules that ask it under `on`, or leave it out.',
  },
  CC1090: {
    status: 422,
    summary: 'What an example expects did not come.',
    remedy: 'Mend the rule or the pathway, or the example where it is the one that is wrong.',
  },
  CC1091: {
    status: 422,
    summary: 'The example expects what a rule of this kind does not say, or nothing.',
    remedy: 'Write answer for a table, result for every other rule, and the days for an interval alone.',
  },
  CC1092: {
    status: 422,
    summary: 'The file counts its days in another zone than the clinic.',
    remedy: 'Write the zone of clinic.yaml.',
  },
  CC1093: {
    status: 422,
    summary: 'The example goes back in time.',
    remedy: 'Put the lines in the order of their days and times.',
  },
  CC1094: {
    status: 422,
    summary: 'The plan has nothing of this name at that time.',
    remedy: 'Use a name that is open then; the message names what is.',
  },
  CC1095: {
    status: 422,
    summary: 'The plan did not take what the line says.',
    remedy: 'The message says why; mend the line.',
  },
  CC1096: {
    status: 422,
    summary: 'The sentence is none of those that an example may expect.',
    remedy: 'Write one of the sentences that the help names.',
  },
  CC1074: {
    status: 422,
    summary: 'Two choices have a value of one name.',
    remedy: 'Give every value a name of its own: `onlyFor` knows values by their names alone.',
  },
  CC1075: {
    status: 422,
    summary: 'There is no such choice, or none that has such a value.',
    remedy: 'Use a choice of the pathway, or one of the values of its choices, or add it there.',
  },
  CC1076: {
    status: 422,
    summary: 'What is said of risk leads nowhere.',
    remedy: 'Give `risk` a value `high`, and let `higherRisk` name a ladder that names none itself.',
  },
  CC1077: {
    status: 422,
    summary: 'There is no such figure.',
    remedy: 'Use a figure of the pathway, or add it under figures.',
  },
  CC1078: {
    status: 422,
    summary: 'A figure, or a value of it, is of another kind than is needed here.',
    remedy: 'Write all values of a figure in one kind and one unit, and use it where that kind is asked for.',
  },
  CC1079: {
    status: 422,
    summary: 'A value lies outside what the figure can be.',
    remedy: 'Let its bounds, its list or its levels contain the value, or use a value that they contain.',
  },
  CC1080: {
    status: 422,
    summary: 'Sessions are not listed as they have to be.',
    remedy: 'Begin the list with a session, and let the sessions, not their stage, say what is done.',
  },
  CC1081: {
    status: 422,
    summary: 'A patient would have no session of a stage.',
    remedy: 'List a session for each value of the choices, or one that is for everybody.',
  },
  CC1086: {
    status: 422,
    summary: 'What is taken while a table has no answer is neither an outcome nor a role.',
    remedy: 'Name one of the outcomes of the decision, or a role of the clinic.',
  },
  CC1082: {
    status: 422,
    summary: 'A track is started that there is not, or nothing starts one that is there.',
    remedy:
      'Name it under `start` in an outcome as it is named under `alongside`, or write `starts: with course`.',
  },
  CC1083: {
    status: 422,
    summary: 'An outcome leads from one course to a stage of another.',
    remedy: 'Let it lead to a stage of the course in which it is asked; start a track by `start`.',
  },
  CC1084: {
    status: 422,
    summary: 'Something is said of a stage that others see to.',
    remedy: 'Leave it out, or leave out `elsewhere`.',
  },
} as const satisfies Record<string, CodeEntry>;
