import { z } from 'zod';
import { LIMITS } from '../model/limits.ts';
import { notExecuted, Refused } from './problem.ts';
import { readTest, type Test } from './test-sentences.ts';
import { refuse } from './words.ts';

/** A condition as it is written: `all`, `any` or `none` of some, or one test of one fact. */
export type Condition =
  | { readonly joined: 'all' | 'any' | 'none'; readonly members: readonly Condition[] }
  | { readonly fact: string; readonly sentence: string; readonly test: Test };

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
  const entries = Object.entries(written);
  if (Object.hasOwn(written, 'taken')) {
    found.push({ path: [...path, 'taken'], refused: notExecuted('taken'), at: 'key' });
    return undefined;
  }
  const [entry, second] = entries;
  if (!entry || second) {
    return no(new Refused('CC1024', 'a condition asks one thing', 'put several tests into all, any or none'));
  }
  const [key, value] = entry;
  const joined = JOINS.find((word) => word === key);
  if (joined) return readJoined(joined, value, { ...place, path: [...path, joined] });
  if (typeof value !== 'string') {
    return no(
      new Refused('CC1024', `\`${key}\` is tested by a sentence`, 'such as `below 5 Cel` or `is yes`'),
      key,
    );
  }
  const sentence = value.trim().replace(/\s+/g, ' ');
  const test = readTest(sentence);
  return test instanceof Refused ? no(test, key) : { fact: key, sentence, test };
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
