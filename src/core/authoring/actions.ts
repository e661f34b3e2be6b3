import { z } from 'zod';
import { notExecuted, Refused } from './problem.ts';
import { group, item, nested, refuse, text } from './words.ts';

/** The verbs and words of the format that are not executed, and what may stand beside a verb. */
const LATER_VERBS = [
  ...['wait', 'again', 'no limit', 'to', 'decide', 'exit', 'lower', 'raise', 'limit', 'choose', 'start'],
];
const LATER_WORDS = ['go', 'end', 'next stage', 'revise'];
const BESIDE = ['atMost', 'then', 'for', 'atEnd'];

const Ask = item(group({ ask: text() }, BESIDE), LATER_VERBS);

/** `{ ask: role }`, or one of these words. */
const actionOf = <const Word extends 'go'>(words: readonly Word[]) =>
  z.unknown().transform((written, context): Word | z.output<typeof Ask> => {
    if (typeof written !== 'string') return nested(Ask, written, context);
    const action = written.trim();
    const word = words.find((one) => one === action);
    if (word !== undefined) return word;
    const later = LATER_WORDS.includes(action) || LATER_VERBS.some((verb) => action.startsWith(`${verb} `));
    const help = `write ${[...words.map((one) => `\`${one}\``), '`{ ask: role }`'].join(' or ')}`;
    return refuse(
      context,
      later ? notExecuted(action) : new Refused('CC1014', `\`${action}\` is no action`, help),
    );
  });

/** What a late interval leads to: somebody is asked. */
export const askAction = actionOf([]);
/** What an answer leads to: the gate is asked again, or somebody is asked. */
export const goOrAsk = actionOf(['go']);
