import { z } from 'zod';
import { DATES } from '../model/durations.ts';
import type { Duration, DurationUnit } from '../model/primitives.schema.ts';
import type { ExitName } from '../pathway/rules.schema.ts';
import { duration } from './durations.ts';
import { notExecuted, Refused } from './problem.ts';
import { exit } from './rule-words.ts';
import { group, item, itemOf, nested, oneOf, refuse, text } from './words.ts';

/** What an outcome leads to, as it is written; what follows stands under its `then`. */
export type WrittenAction =
  | { readonly do: 'go' | 'end' | 'next stage' | 'revise' }
  | { readonly do: 'decide'; readonly decision: string }
  | { readonly do: 'ask'; readonly role: string }
  | { readonly do: 'exit'; readonly exit: ExitName }
  | { readonly do: 'start'; readonly track: string; readonly then?: WrittenAction | undefined }
  | { readonly do: 'choose'; readonly choice: string; readonly then?: WrittenAction | undefined }
  | ((
      | { readonly do: 'wait'; readonly for: Duration; readonly atMost: number }
      | { readonly do: 'again'; readonly atMost: number }
      | { readonly do: 'to'; readonly stage: string; readonly atMost?: number | undefined }
      | WrittenChange
    ) & { readonly then?: WrittenAction | undefined });

/** Of figures in levels; what follows is taken in any case, and is `go` where nothing is written. */
export type WrittenChange = { readonly for?: 'this session' | undefined } & (
  | { readonly do: 'lower' | 'raise'; readonly figure: string; readonly atEnd: WrittenAction }
  | { readonly do: 'limit'; readonly levels: Readonly<Record<string, string>> }
);

export type ActionWithChange = Extract<WrittenAction, WrittenChange>;
export const isChange = (action: WrittenAction): action is ActionWithChange =>
  action.do === 'lower' || action.do === 'raise' || action.do === 'limit';

const WORDS = ['go', 'end', 'next stage', 'revise'] as const;
/** What the format knows beside a verb, and is not executed. */
const LATER_BESIDE = ['for', 'atEnd'];

/** Where nobody waits for an hour: a day later is another day, or another working day. */
const PUT_OFF: readonly DurationUnit[] = [...DATES, 'working day'];

const MOST_TIMES = 100;

/** So many times. Without a number a loop would have no end. */
const times = z.unknown().transform((written, context): number => {
  if (typeof written !== 'string') return nested(z.int().min(1).max(MOST_TIMES), written, context);
  return /^(?:no limit|the \S+)$/.test(written.trim())
    ? refuse(context, notExecuted(written.trim()))
    : nested(z.int(), written, context);
});

const followed = z.lazy((): z.ZodType<WrittenAction> => action);

// biome-ignore lint/suspicious/noThenProperty: the format's own word; nothing awaits an action
const afterwards = { then: followed.optional() };

const wait = group({ wait: duration(PUT_OFF), atMost: times, ...afterwards }, LATER_BESIDE);
const again = group({ again: times, ...afterwards }, LATER_BESIDE);
const to = group({ to: text(), atMost: times.optional(), ...afterwards }, LATER_BESIDE);
const decide = group({ decide: text() }, ['then', ...LATER_BESIDE]);
const ask = group({ ask: text() }, ['atMost', 'then', ...LATER_BESIDE]);
const leave = group({ exit }, ['then', ...LATER_BESIDE]);
const start = group({ start: text(), ...afterwards }, LATER_BESIDE);
const choose = group({ choose: text(), ...afterwards }, ['atMost', ...LATER_BESIDE]);

const change = { for: oneOf(['this session']).optional(), ...afterwards };
const lower = group({ lower: text(), atEnd: followed, ...change });
const raise = group({ raise: text(), atEnd: followed, ...change });
const limit = group({ limit: z.record(z.string(), text()), ...change });

const withVerb = itemOf<WrittenAction>(
  {
    wait: wait.transform(({ wait, ...more }) => ({ do: 'wait' as const, for: wait, ...more })),
    again: again.transform(({ again, ...more }) => ({ do: 'again' as const, atMost: again, ...more })),
    to: to.transform(({ to, ...more }) => ({ do: 'to' as const, stage: to, ...more })),
    decide: decide.transform(({ decide }) => ({ do: 'decide' as const, decision: decide })),
    ask: ask.transform(({ ask }) => ({ do: 'ask' as const, role: ask })),
    lower: lower.transform(({ lower, ...more }) => ({ do: 'lower' as const, figure: lower, ...more })),
    raise: raise.transform(({ raise, ...more }) => ({ do: 'raise' as const, figure: raise, ...more })),
    limit: limit.transform(({ limit, ...more }) => ({ do: 'limit' as const, levels: limit, ...more })),
    exit: leave.transform(({ exit }) => ({ do: 'exit' as const, exit })),
    start: start.transform(({ start, ...more }) => ({ do: 'start' as const, track: start, ...more })),
    choose: choose.transform(({ choose, ...more }) => ({ do: 'choose' as const, choice: choose, ...more })),
  },
  ['atMost', 'then', ...LATER_BESIDE],
);

const HELP = `write ${WORDS.map((one) => `\`${one}\``).join(', ')}, or one of wait, again, to, decide, ask, exit, choose, lower, raise, limit, start in { }`;

/** What an outcome leads to: a word, or a verb with what belongs to it. */
export const action: z.ZodType<WrittenAction> = z.unknown().transform((written, context): WrittenAction => {
  if (typeof written !== 'string') return nested(withVerb, written, context);
  const word = WORDS.find((one) => one === written.trim());
  return word === undefined ? refuse(context, refusedWord(written.trim(), HELP)) : { do: word };
});

const refusedWord = (written: string, help: string): Refused =>
  new Refused('CC1014', `\`${written}\` is no action`, help);

/** What a late interval leads to: somebody is asked, or a decision of the pathway. */
export type LateAction = { readonly ask: string } | { readonly decide: string };

const LATE_VERBS = ['wait', 'again', 'to', 'exit', 'choose', 'lower', 'raise', 'limit', 'start'];
const BESIDE_LATE = ['atMost', 'then', ...LATER_BESIDE];
const Ask = group({ ask: text() }, BESIDE_LATE);
const Decide = group({ decide: text() }, BESIDE_LATE);

const lateAction = (verbs: Readonly<Record<string, z.ZodType<LateAction>>>, help: string) => {
  const written = item(itemOf<LateAction>(verbs, BESIDE_LATE), LATE_VERBS);
  return z.unknown().transform((action, context): LateAction => {
    if (typeof action !== 'string') return nested(written, action, context);
    const word = action.trim();
    const isLater =
      WORDS.some((one) => one === word) || LATE_VERBS.some((verb) => word.startsWith(`${verb} `));
    return refuse(context, isLater ? notExecuted(word) : refusedWord(word, help));
  });
};

const OF_A_PATHWAY = new Refused(
  'CC1069',
  'a rule set knows no decision of a pathway',
  'write `{ ask: role }` here, and name this rule under `on` of the decision',
);

export const askWhenLate = lateAction(
  {
    ask: Ask,
    decide: z
      .unknown()
      .transform((_written, context): LateAction => refuse(context, OF_A_PATHWAY, ['decide'], 'key')),
  },
  'write `{ ask: role }`',
);

export const askOrDecideWhenLate = lateAction(
  { ask: Ask, decide: Decide },
  'write `{ ask: role }` or `{ decide: decision }`',
);
