import { z } from 'zod';
import { PASSING, readDurationIn } from '../model/durations.ts';
import { LIMITS } from '../model/limits.ts';
import type { LeafParams } from '../pathway/facts.schema.ts';
import { Refused } from './problem.ts';
import { readTest, type Test } from './test-sentences.ts';
import { refuse } from './words.ts';

/** A condition as it is written: `all`, `any` or `none` of some, or one test of one fact. */
export type Condition =
  | { readonly joined: 'all' | 'any' | 'none'; readonly members: readonly Condition[] }
  | FactTest;

/** One fact with its test, and how fresh it has to be. */
export interface FactTest {
  readonly fact: string;
  readonly sentence: string;
  readonly test: Test;
  readonly taken?: Taken;
}

export type Taken = NonNullable<LeafParams['taken']>;

const JOINS = ['all', 'any', 'none'] as const;

/** Words that a condition keeps for itself: no fact has their names. */
export const CONDITION_WORDS: readonly string[] = [...JOINS, 'not', 'taken', 'then'];

export const Condition = z.record(z.string(), z.unknown()).transform((written, context): Condition => {
  const found: Found[] = [];
  const condition = readCondition(written, { path: [], depth: 1, found });
  for (const { path, refused, at } of found) refuse(context, refused, path, at);
  return condition ?? z.NEVER;
});

interface Found {
  readonly path: PropertyKey[];
  readonly refused: Refused;
  readonly at?: 'key';
}

interface Place {
  readonly path: readonly PropertyKey[];
  readonly depth: number;
  readonly found: Found[];
}

/** @returns undefined when something in it was refused: all of that is in `found` */
function readCondition(written: unknown, place: Place): Condition | undefined {
  const { path, found } = place;
  const no = (refused: Refused, ...steps: PropertyKey[]): undefined => {
    found.push({ path: [...path, ...steps], refused });
  };
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    return no(new Refused('CC1024', 'expected a fact with its test, or one of all, any, none'));
  }
  const { taken, ...asked }: { readonly taken?: unknown } = written;
  const [entry, second] = Object.entries(asked);
  if (!entry || second) {
    return no(new Refused('CC1024', 'a condition asks one thing', 'put several tests into all, any or none'));
  }
  const [key, value] = entry;
  const joined = JOINS.find((word) => word === key);
  if (joined && taken !== undefined) {
    found.push({ path: [...path, 'taken'], refused: TAKEN_OF_ONE, at: 'key' });
  }
  if (joined) return readJoined(joined, value, { ...place, path: [...path, joined] });
  const test = readFactTest(key, value);
  if (test instanceof Refused) no(test, key);
  const fresh = taken === undefined ? undefined : readTaken(taken);
  if (fresh instanceof Refused) no(fresh, 'taken');
  if (test instanceof Refused || fresh instanceof Refused) return undefined;
  return fresh ? { ...test, taken: fresh } : test;
}

const TAKEN_OF_ONE = new Refused('CC1024', '`taken` belongs to one test', 'write it beside the fact');

/** One fact with its test, wherever such a pair stands. */
export function readFactTest(fact: string, value: unknown): FactTest | Refused {
  if (typeof value !== 'string') {
    return new Refused('CC1024', `\`${fact}\` is tested by a sentence`, 'such as `below 5 Cel` or `is yes`');
  }
  const sentence = value.trim().replace(/\s+/g, ' ');
  const test = readTest(sentence);
  return test instanceof Refused ? test : { fact, sentence, test };
}

/** `within 7 days`, `since last session`, `since this stage` */
export function readTaken(value: unknown): Taken | Refused {
  const text = typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') : '';
  if (text === 'since last session') return { since: 'last session' };
  if (text === 'since this stage') return { since: 'this stage' };
  const [, written] = /^within (.+)$/.exec(text) ?? [];
  if (written === undefined) {
    return new Refused(
      'CC1024',
      `\`${text}\` does not say how fresh a fact has to be`,
      'write `within D`, `since last session` or `since this stage`',
    );
  }
  const within = readDurationIn(PASSING, written);
  return within instanceof Refused ? within : { within };
}

function readJoined(joined: (typeof JOINS)[number], value: unknown, place: Place): Condition | undefined {
  const { path, depth, found } = place;
  const refused = refusedMembers(joined, value, depth);
  if (refused) found.push({ path: [...path], refused });
  if (refused || !Array.isArray(value)) return undefined;
  const members = value.map((member, index) =>
    readCondition(member, { path: [...path, index], depth: depth + 1, found }),
  );
  const read = members.filter((member) => member !== undefined);
  return read.length === members.length ? { joined, members: read } : undefined;
}

function refusedMembers(joined: string, value: unknown, depth: number): Refused | undefined {
  if (!Array.isArray(value)) return new Refused('CC1024', `\`${joined}\` holds a list of conditions`);
  if (depth > LIMITS.conditionDepth) {
    return new Refused('CC1016', `conditions stand in one another at most ${LIMITS.conditionDepth} deep`);
  }
  return value.length > LIMITS.conditionMembers
    ? new Refused(
        'CC1016',
        `\`${joined}\` holds ${value.length} conditions, and may hold ${LIMITS.conditionMembers}`,
      )
    : undefined;
}
