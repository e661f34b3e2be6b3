import { z } from 'zod';
import { DATES } from '../model/durations.ts';
import type { Duration, DurationUnit } from '../model/primitives.schema.ts';
import type { FigureReference } from '../pathway/figures.schema.ts';
import type { ExitName } from '../pathway/rules.schema.ts';
import { duration } from './durations.ts';
import { figureNamed } from './figure-words.ts';
import { Refused } from './problem.ts';
import { exit } from './rule-words.ts';
import { group, itemOf, nested, oneOf, refuse, text } from './words.ts';

/** What an outcome leads to, as it is written; what follows stands under its `then`. */
export type WrittenAction =
  | { readonly do: 'go' | 'end' | 'next stage' | 'revise' }
  | { readonly do: 'decide'; readonly decision: string }
  | { readonly do: 'ask'; readonly role: string }
  | { readonly do: 'exit'; readonly exit: ExitName; readonly then?: WrittenAction | undefined }
  | { readonly do: 'start'; readonly track: string; readonly then?: WrittenAction | undefined }
  | { readonly do: 'choose'; readonly choice: string; readonly then?: WrittenAction | undefined }
  | ((
      | { readonly do: 'wait'; readonly for: Duration; readonly atMost: Times }
      | { readonly do: 'again'; readonly atMost: Times | 'no limit' }
      | { readonly do: 'to'; readonly stage: string; readonly atMost?: Times | undefined }
      | WrittenChange
    ) & { readonly then?: WrittenAction | undefined });

/** So often, or as often as a figure says. */
type Times = number | FigureReference;

/** Of figures in levels; what follows is taken in any case, and is `go` where nothing is written. */
export type WrittenChange = { readonly for?: 'this session' | undefined } & (
  | { readonly do: 'lower' | 'raise'; readonly figure: string; readonly atEnd: WrittenAction }
  | { readonly do: 'limit'; readonly levels: Readonly<Record<string, string>> }
);

export type ActionWithChange = Extract<WrittenAction, WrittenChange>;
export const isChange = (action: WrittenAction): action is ActionWithChange =>
  action.do === 'lower' || action.do === 'raise' || action.do === 'limit';

const WORDS = ['go', 'end', 'next stage', 'revise'] as const;
/** What belongs to other verbs. */
const OF_FIGURES = {
  for: 'only what `lower`, `raise` or `limit` changes can be for one session',
  atEnd: 'only `lower` and `raise` come to an end',
};
const OF_THEIRS = {
  ...OF_FIGURES,
  atMost: 'leave it out: they are asked each time',
};
// biome-ignore lint/suspicious/noThenProperty: the format's own word; nothing awaits it
const OF_DECISIONS = { ...OF_THEIRS, then: 'what follows, the outcomes of that decision say' };
// biome-ignore lint/suspicious/noThenProperty: the format's own word; nothing awaits it
const OF_ASKED = { ...OF_THEIRS, then: 'whoever is asked says what follows: write `{ decide: decision }`' };
const OF_EXITS = { ...OF_FIGURES, atMost: 'leave it out: a plan leaves its course each time' };
const OF_CHOICES = { ...OF_FIGURES, atMost: 'leave it out: it is chosen each time' };

/** Where nobody waits for an hour: a day later is another day, or another working day. */
const PUT_OFF: readonly DurationUnit[] = [...DATES, 'working day'];

export const MOST_TIMES = 100;

/** So many times. Without a number a loop would have no end. */
const times = z.unknown().transform((written, context): number | FigureReference => {
  if (typeof written !== 'string') return nested(z.int().min(1).max(MOST_TIMES), written, context);
  if (written.trim() === NO_LIMIT) return refuse(context, LIMITLESS);
  const figure = figureNamed(written);
  return figure === undefined ? nested(z.int(), written, context) : { figure };
});

const NO_LIMIT = 'no limit';

export const LIMITLESS = new Refused(
  'CC1141',
  'only a stage that `lasts` is done again without a limit, by the decision that it ends with',
  'write how often',
);

const timesOrNoLimit = z
  .unknown()
  .transform((written, context): Times | 'no limit' =>
    typeof written === 'string' && written.trim() === NO_LIMIT ? NO_LIMIT : nested(times, written, context),
  );

const followed = z.lazy((): z.ZodType<WrittenAction> => action);

// biome-ignore lint/suspicious/noThenProperty: the format's own word; nothing awaits an action
const afterwards = { then: followed.optional() };

const wait = group({ wait: duration(PUT_OFF), atMost: times, ...afterwards }, [], OF_FIGURES);
const again = group({ again: timesOrNoLimit, ...afterwards }, [], OF_FIGURES);
const to = group({ to: text(), atMost: times.optional(), ...afterwards }, [], OF_FIGURES);
const decide = group({ decide: text() }, [], OF_DECISIONS);
const ask = group({ ask: text() }, [], OF_ASKED);
const leave = group({ exit, ...afterwards }, [], OF_EXITS);
const start = group({ start: text(), ...afterwards }, [], OF_FIGURES);
const choose = group({ choose: text(), ...afterwards }, [], OF_CHOICES);

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
    exit: leave.transform(({ exit, ...more }) => ({ do: 'exit' as const, exit, ...more })),
    start: start.transform(({ start, ...more }) => ({ do: 'start' as const, track: start, ...more })),
    choose: choose.transform(({ choose, ...more }) => ({ do: 'choose' as const, choice: choose, ...more })),
  },
  ['atMost', 'then', 'for', 'atEnd'],
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

/** What is left to a pathway: a rule set knows none of its decisions, stages, choices, figures and tracks. */
const OF_A_PATHWAY: Partial<Record<WrittenAction['do'], string>> = {
  decide: 'write `{ ask: role }` here, and name this rule under `on` of the decision',
  ...Object.fromEntries(
    (['to', 'choose', 'lower', 'raise', 'limit', 'start'] as const).map((verb) => [
      verb,
      'ask somebody here, or name this rule under `on` of a decision whose outcomes say it',
    ]),
  ),
};

/** What a late interval leads to where it stands in a rule set. */
export const lateInRuleSet: z.ZodType<WrittenAction> = z
  .unknown()
  .transform((written, context): WrittenAction => {
    const read = nested(action, written, context);
    const path: string[] = [];
    for (let step: WrittenAction | undefined = read; step; step = 'then' in step ? step.then : undefined) {
      const help = OF_A_PATHWAY[step.do];
      if (help !== undefined) {
        const says = `a rule set knows no pathway, and nothing that \`${step.do}\` could name`;
        return refuse(context, new Refused('CC1069', says, help), [...path, step.do], 'key');
      }
      path.push('then');
    }
    return read;
  });
