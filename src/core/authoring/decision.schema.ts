import { z } from 'zod';
import type { Decider } from '../pathway/decisions.schema.ts';
import { readPlaceName } from '../pathway/place-names.ts';
import { action } from './actions.ts';
import { duePhrase } from './durations.ts';
import { group, list, nested, oneOf, sentence, text } from './words.ts';

export const placeName = sentence(readPlaceName);

const quorum = z.unknown().transform((written, context): number | 'every role' => {
  const schema = typeof written === 'number' ? z.int().min(1) : oneOf(['every role']);
  return nested<number | 'every role'>(schema, written, context);
});

const Board = group({
  board: list(text()).min(2),
  quorum,
  agree: oneOf(['majority', 'all']),
  tie: text().optional(),
});

const ByTable = group({ table: text() }, ['confirm']);

export type ByPeople = Exclude<Decider, { kind: 'table' }>;

/** `surgeon`, or `surgeon and patient`. */
export const ofRoles = text().transform(
  (written): ByPeople => ({ kind: 'roles', roles: written.split(' and ') }),
);

const ofBoard = Board.transform(
  ({ board: roles, tie, ...more }): ByPeople => ({
    kind: 'board',
    roles,
    ...more,
    ...(tie === undefined ? {} : { tie }),
  }),
);

/** Roles that decide together, or a board. */
export const byPeople = z
  .unknown()
  .transform(
    (written, context): ByPeople => nested(typeof written === 'string' ? ofRoles : ofBoard, written, context),
  );

const ofTable = ByTable.transform(({ table }): Decider => ({ kind: 'table', table, roles: [] }));

const by = z.unknown().transform((written, context): Decider => {
  if (typeof written === 'string') return nested(ofRoles, written, context);
  const isOfTable = typeof written === 'object' && written !== null && Object.hasOwn(written, 'table');
  return nested(isOfTable ? ofTable : ofBoard, written, context);
});

/** What every decision says. */
export const decision = {
  decision: placeName,
  title: text(200),
  by,
  due: duePhrase,
  ladder: text().optional(),
  needs: list(text()).optional(),
  noQuorum: action.optional(),
  ifUnknown: text().optional(),
  outcomes: z.record(z.string(), action),
};

export const LATER = ['confirm', 'onlyFor'];

/** Somebody decides, before the phase or the course goes on. */
export const Decision = group(decision, ['on', ...LATER]);
export type Decision = z.infer<typeof Decision>;

/** Reached by its name, or asked by rules. */
export const NamedDecision = group({ ...decision, on: list(text()).optional() }, LATER);
export type NamedDecision = z.infer<typeof NamedDecision>;
