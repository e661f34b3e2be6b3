import { z } from 'zod';
import type { Decider } from '../pathway/decisions.schema.ts';
import { action } from './actions.ts';
import { duePhrase } from './durations.ts';
import { group, item, list, name, nested, oneOf, text } from './words.ts';

/** A course is a list of stages and decisions, and a plan stands in one of them by its name, or in one of these. */
const STATES = [
  ...['consultation', 'assessment', 'ready', 'prep', 'procedure', 'session', 'closure', 'recovery'],
  ...['reassessment', 'decision', 'done', 'plan'],
  ...['further-evaluation', 'conservative', 'referral', 'postponement'],
  ...['completed', 'cancelled', 'declined', 'referred'],
];

/** The name of a stage or of a decision. */
export const placeName = name(STATES);

const quorum = z.unknown().transform((written, context): number | 'every role' => {
  const schema = typeof written === 'number' ? z.int().min(1) : oneOf(['every role']);
  return nested<number | 'every role'>(schema, written, context);
});

const Board = item(
  group({
    board: list(text()).min(2),
    quorum,
    agree: oneOf(['majority', 'all']),
    tie: text().optional(),
  }),
  ['table'],
);

/** `surgeon`, or `surgeon and patient`. */
export const ofRoles = text().transform(
  (written): Decider => ({ kind: 'roles', roles: written.split(' and ') }),
);

const ofBoard = Board.transform(
  ({ board: roles, tie, ...more }): Decider => ({
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
    (written, context): Decider => nested(typeof written === 'string' ? ofRoles : ofBoard, written, context),
  );

const decision = {
  decision: placeName,
  title: text(200),
  by: byPeople,
  due: duePhrase,
  ladder: text().optional(),
  needs: list(text()).optional(),
  noQuorum: action.optional(),
  outcomes: z.record(z.string(), action),
};

const LATER = ['ifUnknown', 'confirm', 'onlyFor'];

/** Somebody decides, before the phase or the course goes on. */
export const Decision = group(decision, ['on', ...LATER]);
export type Decision = z.infer<typeof Decision>;

/** Reached by its name, or asked by rules. */
export const NamedDecision = group({ ...decision, on: list(text()).optional() }, LATER);
export type NamedDecision = z.infer<typeof NamedDecision>;
