import type { CodeEntry } from './code-entry.ts';

/** Of what a file says of a course, of who decides in it, and of what differs from patient to patient; of its examples. */
export const PATHWAY_CODES = {
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
  CC1086: {
    status: 422,
    summary: 'What is taken while a table has no answer is neither an outcome nor a role.',
    remedy: 'Name one of the outcomes of the decision, or a role of the clinic.',
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
  CC1110: {
    status: 422,
    summary: 'A goal is measured by what can come nearer to a target.',
    remedy: 'Measure a number, a grade, one of some words, yes or no, or what is derived of a number.',
  },
  CC1111: {
    status: 422,
    summary: 'The pathway has no goal or objective of this name.',
    remedy: 'Use a name of its `goals`.',
  },
  CC1100: {
    status: 422,
    summary: 'An interval over all plans of a patient counts from what a plan does not perform.',
    remedy: 'Count from `start of` or `end of` a procedure or a trait, or leave `otherPlans` out.',
  },
  CC1140: {
    status: 422,
    summary: 'Something is said of a stage that lasts which only a procedure has, or the other way round.',
    remedy:
      'Say of a stage that lasts its tasks and its reassess; of any other, what is performed and its phases.',
  },
  CC1141: {
    status: 422,
    summary: 'Something could be done again without an end.',
    remedy:
      'Write how often; `no limit` only in the reassess of a stage that lasts, beside an outcome that leads out.',
  },
  CC1142: {
    status: 422,
    summary: 'A latest day that has passed would be passed over without anybody having looked.',
    remedy: 'Let `ifLate` end with somebody who is asked, a decision, or an exit.',
  },
  CC1143: {
    status: 422,
    summary: 'The tiers of a choice and those of its values are not the same.',
    remedy: 'List the tiers of the choice in their order, and give each value one of them.',
  },
  CC1130: {
    status: 422,
    summary: 'The catalogue has no home care of this name.',
    remedy: 'Use a name under care in the catalogue, or add it there: rules stop home care by it.',
  },
  CC1131: {
    status: 422,
    summary: "The clinic's list has no such product.",
    remedy: 'Use a product of clinic.yaml, or add it there; words may follow its name.',
  },
  CC1133: {
    status: 422,
    summary: 'The clinic does not speak this language.',
    remedy: 'Add it to languages in clinic.yaml; the first is the one that the files are written in.',
  },
  CC1134: {
    status: 422,
    summary: 'Nothing is said under this path.',
    remedy: 'Write the section and the names of the items, such as course.programme.month-1.',
  },
  CC1135: {
    status: 422,
    summary: 'The same words are translated in two ways.',
    remedy: 'Use one translation for both, or say the two things in different words.',
  },
  CC1136: {
    status: 422,
    summary: 'Nothing of this name can be translated.',
    remedy: 'Name a pathway, a rule set, or packs.',
  },
  CC1120: {
    status: 422,
    summary: 'An amount of money cannot be read.',
    remedy: 'Write the amount and the three letters of its currency, such as `199 USD` or `49.50 EUR`.',
  },
  CC1121: {
    status: 422,
    summary: 'A monthly programme has fewer or more months than it may.',
    remedy: 'Write a number of months from 3 to 120.',
  },
  CC1122: {
    status: 422,
    summary: 'What is charged and what is given do not go together.',
    remedy:
      'Give the stages or their sessions a price where services are paid as you go, and none where a month pays for all.',
  },
  CC1123: {
    status: 422,
    summary: 'A pathway charges in several currencies.',
    remedy: 'Write all its amounts in one currency.',
  },
  CC1160: {
    status: 422,
    summary: 'A file that every clinic needs is missing.',
    remedy: 'Add it; the message names it.',
  },
  CC1161: {
    status: 422,
    summary: 'There is more than one file of which there can be one.',
    remedy: 'Keep one, and put into it what the others say.',
  },
  CC1162: {
    status: 422,
    summary: 'No file of this name is read.',
    remedy:
      'Name it clinic.yaml, *.facts.yaml, *.rules.yaml or *.cases.yaml in rules/, *.pathway.yaml or *.scenario.yaml in pathways/, packs.yaml or *.texts.yaml in either, or keep it in another folder.',
  },
  CC1163: {
    status: 422,
    summary: 'The file is not text in UTF-8.',
    remedy: 'Save it as UTF-8; the place is that of the first byte that is none.',
  },
  CC1164: {
    status: 422,
    summary: 'What happens in the scenario is not what was kept of it.',
    remedy: 'Read the difference; if all of it is meant, run `carechart test --update`.',
  },
  CC1165: {
    status: 422,
    summary: 'A trace is kept of no scenario.',
    remedy: 'Remove it, or name it as its scenario: x.trace.txt beside x.scenario.yaml.',
  },
  CC1166: {
    status: 413,
    summary: 'The folder holds more files than are read.',
    remedy: 'Keep what is no pathway, no rule and no example of them in another folder.',
  },
  CC1167: {
    status: 404,
    summary: 'What was asked about is in no folder of a clinic.',
    remedy: 'Name files or folders that are there, below one folder that has rules/ and pathways/.',
  },
  CC1168: {
    status: 404,
    summary: 'This is no scenario that can be played.',
    remedy:
      'Name a file pathways/*.scenario.yaml of the clinic; `carechart check` says whether it can be read.',
  },
  CC1169: {
    status: 422,
    summary: 'A scenario was asked about a time at which it is not under way.',
    remedy: 'Name a day from its start on: `--at 2026-03-04`, or `--at "2026-03-04 09:30"`.',
  },
} as const satisfies Record<string, CodeEntry>;
