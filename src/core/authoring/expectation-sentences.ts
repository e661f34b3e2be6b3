import { moneyText, readMoney } from '../model/money.ts';
import { ChargeStatus } from '../plan/charge.schema.ts';
import { Achievement, Concern } from '../plan/goal-state.schema.ts';
import { nearest } from './nearest.ts';
import { Refused } from './problem.ts';
import { sentence } from './words.ts';

/** What a line of a scenario expects to be so once it was played. */
export type Expectation = { readonly text: string } & (
  | { readonly of: 'answer'; readonly is: 'open' | 'booked' | 'accepted' | 'refused' }
  | { readonly of: 'alert'; readonly rule: string; readonly in?: string; readonly is: AlertIs }
  | {
      readonly of: 'task' | 'question';
      readonly name: string;
      readonly isOpen: boolean;
      readonly due?: { readonly day: string; readonly time?: string };
    }
  | { readonly of: 'hold'; readonly rule: string; readonly in?: string; readonly isOn: boolean }
  | { readonly of: 'deviation'; readonly cause?: string }
  | { readonly of: 'chart'; readonly state: string }
  | { readonly of: 'track'; readonly track: string; readonly state: string }
  | { readonly of: 'told'; readonly role: string; readonly isTold: boolean }
  | { readonly of: 'escalation'; readonly level: number }
  | { readonly of: 'status'; readonly status: string }
  | {
      readonly of: 'objective';
      readonly objective: string;
      readonly in?: string;
      readonly is: Achievement | Concern;
    }
  | {
      readonly of: 'figure';
      readonly figure: string;
      readonly value: string;
      readonly isForSession: boolean;
    }
  | { readonly of: 'care'; readonly care: string; readonly is: CareIs; readonly by?: string }
  | { readonly of: 'choice'; readonly choice: string; readonly value?: string }
  | {
      readonly of: 'charge';
      readonly charge: string;
      /** Undefined: there is no such charge. */
      readonly status?: string;
      readonly amount?: string;
    }
);

type CareIs = 'in force' | 'stopped' | 'none';
/** How an objective stands, or why somebody is asked about it. */
const SAID_OF_GOALS = [...Achievement.options, ...Concern.options];

type AlertIs = 'fired' | 'silent' | 'blind';

/** Without its words: what is left of an expectation. */
type Meaning = Expectation extends infer One ? (One extends Expectation ? Omit<One, 'text'> : never) : never;

/** Each as it is written, by its first word. */
const FORMS = [
  ...['open', 'booked', 'accepted', 'refused'],
  ...['[no] alert R [in SITE]', 'alert R is blind', '[no] hold R [in SITE]'],
  ...['[no] task T', 'task T due DAY [HH:MM]', '[no] question Q', 'question Q due DAY [HH:MM]'],
  ...['[no] care C', 'care C stopped [by R]', 'deviation C', 'no deviation', 'at PHASE', 'track T at PHASE'],
  ...['escalation 0|1|2|3', 'status active|on-hold|completed|revoked', 'choice C is V', 'no choice C'],
  ...['figure F is V [this session]', `objective O is ${SAID_OF_GOALS.join('|')} [in SITE]`],
  ...['no charge C', `charge C [of AMOUNT] is ${ChargeStatus.options.join('|')}`],
];

const kindOf = (words: string): string => /^(?:\[?no\]? )?(\S*)/.exec(words)?.[1] ?? '';

/** All of them are too many to read: those that begin alike, or else how one begins. */
function formsLike(written: string): string {
  const kinds = [...new Set(FORMS.map(kindOf))];
  const kind = nearest(kindOf(written), kinds);
  return kind === undefined
    ? `it begins with one of: ${kinds.join(', ')}; or it is \`ROLE is [not] told\``
    : `write ${FORMS.filter((form) => kindOf(form) === kind).join(', or ')}`;
}

/** `charge 2026-04 is asked`, `charge 2026-04 of 249 USD is asked` */
const CHARGE = new RegExp(`^charge (\\S+)(?: of (\\S+ [A-Z]{3}))? is (${ChargeStatus.options.join('|')})$`);

/** In one form, however it is written; what is no amount equals none. */
function amountIn(text: string | undefined): { readonly amount?: string } {
  const money = text === undefined ? undefined : readMoney(text);
  return named('amount', money ? moneyText(money) : text);
}

type Reader = (match: RegExpExecArray) => Meaning;

const named = (key: string, value: string | undefined) => (value === undefined ? {} : { [key]: value });

/** Of closed patterns: the first that fits. */
const SENTENCES: readonly (readonly [RegExp, Reader])[] = [
  [/^(open|booked|accepted|refused)$/, ([, word]) => ({ of: 'answer', is: answerOf(word) })],
  [/^alert (\S+) is blind$/, ([, rule = '']) => ({ of: 'alert', rule, is: 'blind' })],
  [
    /^(no )?alert (\S+)(?: in (.+))?$/,
    ([, no, rule = '', site]) => ({ of: 'alert', rule, ...named('in', site), is: no ? 'silent' : 'fired' }),
  ],
  [
    /^(no )?(task|question) (\S+)$/,
    ([, no, kind, name = '']) => ({ of: kind === 'task' ? kind : 'question', name, isOpen: !no }),
  ],
  [
    /^(task|question) (\S+) due (\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?$/,
    ([, kind, name = '', day = '', time]) => {
      const due = time === undefined ? { day } : { day, time };
      return { of: kind === 'task' ? kind : 'question', name, isOpen: true, due };
    },
  ],
  [
    /^(no )?hold (\S+)(?: in (.+))?$/,
    ([, no, rule = '', site]) => ({ of: 'hold', rule, ...named('in', site), isOn: !no }),
  ],
  [
    /^care (\S+) stopped(?: by (\S+))?$/,
    ([, care = '', by]) => ({ of: 'care', care, is: 'stopped', ...named('by', by) }),
  ],
  [
    /^(no )?care (\S+)$/,
    ([, no, care = '']) => ({ of: 'care', care, is: no === undefined ? 'in force' : 'none' }),
  ],
  [/^no deviation$/, () => ({ of: 'deviation' })],
  [/^deviation (\S+)$/, ([, cause = '']) => ({ of: 'deviation', cause })],
  [/^at (\S+)$/, ([, state = '']) => ({ of: 'chart', state })],
  [/^track (\S+) at (\S+)$/, ([, track = '', state = '']) => ({ of: 'track', track, state })],
  [/^(\S+) is (not )?told$/, ([, role = '', not]) => ({ of: 'told', role, isTold: !not })],
  [/^escalation ([0-3])$/, ([, level]) => ({ of: 'escalation', level: Number(level) })],
  [/^no choice (\S+)$/, ([, choice = '']) => ({ of: 'choice', choice })],
  [/^choice (\S+) is (\S+)$/, ([, choice = '', value = '']) => ({ of: 'choice', choice, value })],
  [
    /^figure (\S+) is (.+?)( this session)?$/,
    ([, figure = '', value = '', session]) => ({
      of: 'figure',
      figure,
      value,
      isForSession: session !== undefined,
    }),
  ],
  [
    new RegExp(`^objective (\\S+) is (${SAID_OF_GOALS.join('|')})(?: in (.+))?$`),
    ([, objective = '', is = '', site]) => ({
      of: 'objective',
      objective,
      ...named('in', site),
      is: SAID_OF_GOALS.find((one) => one === is) ?? 'unknown',
    }),
  ],
  [/^no charge (\S+)$/, ([, charge = '']) => ({ of: 'charge', charge })],
  [CHARGE, ([, charge = '', amount, status = '']) => ({ of: 'charge', charge, status, ...amountIn(amount) })],
  [/^status (active|on-hold|completed|revoked)$/, ([, status = '']) => ({ of: 'status', status })],
];

const answerOf = (word = ''): 'open' | 'booked' | 'accepted' | 'refused' =>
  word === 'open' || word === 'booked' || word === 'refused' ? word : 'accepted';

export const expectation = sentence((written): Expectation | Refused => {
  for (const [pattern, read] of SENTENCES) {
    const match = pattern.exec(written);
    if (match) return { ...read(match), text: written };
  }
  return new Refused('CC1096', `\`${written}\` is nothing that can be expected`, formsLike(written));
});
