import type { CodeEntry } from './code-entry.ts';

/** Of laying files out, making new ones, and publishing them. */
export const PUBLICATION_CODES = {
  CC1180: {
    status: 422,
    summary: 'The file cannot be laid out.',
    remedy:
      'It stays as it is. Put the comment that the message names on a line of its own, above what it is about.',
  },
  CC1181: {
    status: 409,
    summary: 'This version is another text already.',
    remedy:
      'What was proposed or published under a version stays what it is: give the file the next version.',
  },
  CC1182: {
    status: 422,
    summary: 'What does not pass its checks and tests is not published.',
    remedy: 'Run `carechart check` and `carechart test`, and mend what they show.',
  },
  CC1183: {
    status: 403,
    summary: 'Nobody approves what they have written or proposed.',
    remedy: 'Ask another clinical lead to approve it.',
  },
  CC1184: {
    status: 404,
    summary: 'No version with this digest waits for approval.',
    remedy:
      'See `carechart versions <pathway>`; a digest may be shortened to as many letters as tell it from the others.',
  },
  CC1185: {
    status: 422,
    summary: 'A version cannot become effective on this day.',
    remedy: 'Name today or a later day; what plans began on is not changed afterwards.',
  },
  CC1186: {
    status: 403,
    summary: 'Only a clinical lead approves a version.',
    remedy: 'Act as one: `--as clinical-lead --person <name>`.',
  },
  CC1187: {
    status: 409,
    summary: 'There is something of this name already.',
    remedy: 'Choose another name; nothing was written.',
  },
} as const satisfies Record<string, CodeEntry>;
