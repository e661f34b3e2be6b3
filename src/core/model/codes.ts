import type { CodeEntry } from './code-entry.ts';
import { FILE_CODES } from './file-codes.ts';
import { MEANING_CODES } from './meaning-codes.ts';
import { PUBLICATION_CODES } from './publication-codes.ts';

/**
 * Every code that Carechart answers with, once. `docs/errors.md` is generated from this table.
 *
 * 1xxx a file that a clinical lead writes · 2xxx a message at the border · 3xxx a request refused for a clinical
 * reason · 4xxx plans and definitions · 5xxx the outside world · 9xxx defects.
 * A retired code is never used again.
 */
const entries = {
  ...FILE_CODES,
  ...MEANING_CODES,
  ...PUBLICATION_CODES,
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
    summary: 'The unit cannot be converted to the one of this fact.',
    remedy: 'Send one of the units that the detail names, as UCUM writes it.',
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
    summary: 'The pathway has no such stage, or the stage no such session.',
    remedy: 'Use a stage, or a session, that the detail names.',
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
  CC2024: {
    status: 422,
    summary: 'Nothing was observed that this could mean.',
    remedy: 'Name the fact, its area and the day of an observation that the detail lists.',
  },
  CC2025: {
    status: 422,
    summary: 'The area is missing, unknown, or cannot stand here.',
    remedy: 'Send what the detail names.',
  },
  CC2026: {
    status: 422,
    summary: 'No procedure has this name.',
    remedy: "Use a name of the clinic's catalogue.",
  },
  CC2027: {
    status: 422,
    summary: 'The plan has no such hold.',
    remedy: 'Use the id of a hold that the plan shows.',
  },
  CC2028: {
    status: 422,
    summary: 'There is no such override, or it is not put as its rule allows.',
    remedy: 'Send what the detail names.',
  },
  CC2029: {
    status: 422,
    summary: 'The plan asks no such question, or not so.',
    remedy: 'Answer a question that the plan shows, by one of its outcomes.',
  },
  CC2030: {
    status: 422,
    summary: 'The fact is not taken from this kind of source.',
    remedy: 'Say that you have it from one of those that the detail names, if you do.',
  },
  CC2031: {
    status: 422,
    summary: 'An appointment cannot be on this day.',
    remedy: 'Send a day between those that the detail names.',
  },
  CC2033: {
    status: 422,
    summary: 'A change of the plan names what is not there, or cannot be read.',
    remedy: 'Send what the detail names; lengths and due times are written as in a pathway file.',
  },
  CC2034: {
    status: 422,
    summary: 'A revision changes nothing.',
    remedy:
      'Send what is to be otherwise. Where the plan was looked at and stays as it is, answer the question that asks for its revision.',
  },
  CC2036: {
    status: 422,
    summary: 'The events of a plan that is brought in are not in their order.',
    remedy: 'Send each with its own time, in the order of these times, and none from before the start.',
  },
  CC2037: {
    status: 422,
    summary: 'The past of the plan is too long to be gone through.',
    remedy: 'Bring the plan in from a later start, and what was done before that as its history.',
  },
  CC2038: {
    status: 422,
    summary: 'A plan that is prescribed only is not under way anywhere.',
    remedy: 'Send it with an intent, or with a past, but not with both.',
  },
  CC2039: {
    status: 409,
    summary: 'The event came with the plan when it was brought in.',
    remedy: 'Nothing is to be done; give what is new an id of its own.',
  },
  CC2065: {
    status: 422,
    summary: 'Nothing is performed in this stage: it goes on for its time.',
    remedy: 'Name the stage whose procedure is meant; what is done in this one are its tasks.',
  },
  CC2060: {
    status: 422,
    summary: 'The pathway has no home care of this name.',
    remedy: 'Use one of the names in the detail.',
  },
  CC2061: {
    status: 422,
    summary: 'The days end before they begin.',
    remedy: 'Send the first day as from, and the last as to.',
  },
  CC2050: {
    status: 422,
    summary: 'The pathway has no such goal.',
    remedy: 'Send a goal that the plan shows.',
  },
  CC2055: {
    status: 422,
    summary: 'The plan has no such charge.',
    remedy: 'Use the name of a charge that the plan shows.',
  },
  CC2056: {
    status: 422,
    summary: 'The payment reference looks like the number of a card.',
    remedy: 'Send the token that the provider of payments gave for it. Nothing was kept of what was sent.',
  },
  CC2057: {
    status: 422,
    summary: 'Of a plan that is prescribed only nothing is charged.',
    remedy: 'Leave the payment details out.',
  },
  CC3001: {
    status: 422,
    summary: 'The gate is closed.',
    remedy: 'Each reason says what would clear it.',
  },
  CC3002: { status: 422, summary: 'Not in this phase.', remedy: 'Finish what the reasons name first.' },
  CC3003: { status: 422, summary: 'The plan is over.', remedy: 'Start a new plan.' },
  CC3004: {
    status: 422,
    summary: 'The hold cannot be signed away.',
    remedy: 'Each reason says what would clear it.',
  },
  CC3005: {
    status: 422,
    summary: 'The rule cannot be set aside.',
    remedy: 'Read why; each reason says what would clear it.',
  },
  CC3006: {
    status: 422,
    summary: 'The override is not one that can be signed or ended now.',
    remedy: 'Read its status; grant another one where the rule still bears.',
  },
  CC3007: { status: 422, summary: 'The question has been answered.', remedy: 'Read the answer in the plan.' },
  CC3008: {
    status: 422,
    summary: 'The day that is asked for cannot be booked.',
    remedy: 'Each reason says from which day, until which day, or after whose decision it can.',
  },
  CC3009: {
    status: 422,
    summary: 'The question cannot be answered yet.',
    remedy: 'Supply what the reasons name, and answer again.',
  },
  CC3010: {
    status: 422,
    summary: 'The plan is off its course, or on it already.',
    remedy: 'Look at where the plan is; a plan off its course comes back by returnToCourse.',
  },
  CC3011: {
    status: 422,
    summary: 'What is chosen is not offered, or not yet.',
    remedy: 'Choose another value, or supply what the reasons name and choose again.',
  },
  CC3012: {
    status: 422,
    summary: 'The figure is not there, or cannot be set so.',
    remedy: 'Send what the detail names, or leave the figure out: then it is what the pathway says.',
  },
  CC3013: {
    status: 422,
    summary: 'The plan cannot be revised so.',
    remedy: 'Leave out or mend what the reasons name, and send all changes again: none of them was made.',
  },
  CC3014: {
    status: 422,
    summary: 'The plan cannot go on by this version of its pathway.',
    remedy:
      'Settle what the reasons name where the plan can (answer it, finish it, take it back), or publish a version that has it.',
  },
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
    summary: 'The time-skipping test server cannot be had. Only tests and the demo use it.',
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
  CC5009: {
    status: 503,
    summary: 'The data was written by a build of another format.',
    remedy:
      'Start on a data folder of its own (--data, or CARECHART_DATA), or run the build that wrote this one.',
  },
  CC5010: {
    status: 503,
    summary: 'The demo cannot be played.',
    remedy:
      'The message says why. Its clock can only be moved forwards: a story that is past wants later days. Two demos need two data folders (--data).',
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

export const isCode = (text: string): text is Code => Object.hasOwn(CODES, text);
