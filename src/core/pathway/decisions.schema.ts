import { z } from 'zod';
import { Duration, Name } from '../model/primitives.schema.ts';
import { ExitName } from './exit-name.schema.ts';
import { FigureReference } from './figures.schema.ts';
import { DueAfter, TaskDefinition } from './work.schema.ts';

/** So often, or as often as a figure says. */
const Times = z.union([z.int().min(1), FigureReference]);

/**
 * One step that ends an action. `wait`, `again` and `to` do it so often, and then pass on to the next; what follows
 * `choose`, `revise` or `exit` is taken when the choice has been made, the plan revised, or back on its course.
 */
export const Ending = z.discriminatedUnion('do', [
  /** On with the course; at a gate, the gate is asked again. */
  z.strictObject({ do: z.literal('go') }),
  /** The course is over. */
  z.strictObject({ do: z.literal('end') }),
  /** The rest of this stage is left out; or of one that is named, and has not been come to. */
  z.strictObject({ do: z.literal('next stage'), stage: Name.optional() }),
  /** The gate stays closed, or the decision is put off, until so many days have passed. */
  z.strictObject({ do: z.literal('wait'), for: Duration, atMost: Times }),
  /** The stage is done once more, from its gate. Without a limit only what lasts its time, and counts nothing. */
  z.strictObject({
    do: z.literal('again'),
    atMost: z.union([Times, z.literal('no limit')]),
  }),
  /** The course goes on there. Without a number only forward. */
  z.strictObject({ do: z.literal('to'), stage: Name, atMost: Times.optional() }),
  z.strictObject({ do: z.literal('decide'), decision: Name }),
  z.strictObject({ do: z.literal('ask'), role: Name }),
  z.strictObject({ do: z.literal('exit'), exit: ExitName }),
  /** A choice is made again, by whoever made it. */
  z.strictObject({ do: z.literal('choose'), choice: Name }),
  /** Whoever decided revises the plan, or says that nothing is to change. */
  z.strictObject({ do: z.literal('revise') }),
]);
export type Ending = z.infer<typeof Ending>;

/** Of a figure in levels. `this session`: until the next session of the stage has been given, and no longer. */
const change = { figure: Name, for: z.literal('this session').optional() };

/** What is changed on the way, before the next step of the action is taken. */
export const OnTheWay = z.discriminatedUnion('do', [
  /** One level down or up, each time. Where there is none left, what stands under `atEnd` in the place of all else. */
  z.strictObject({
    do: z.enum(['lower', 'raise']),
    ...change,
    atEnd: z.array(Ending).min(1).max(10).optional(),
  }),
  /** No higher than this level; once more changes nothing. */
  z.strictObject({ do: z.literal('limit'), ...change, level: z.string() }),
  /** What runs beside the course begins. */
  z.strictObject({ do: z.literal('start'), track: Name }),
]);
export type OnTheWay = z.infer<typeof OnTheWay>;

/** One step of what an outcome leads to. */
export const ActionStep = z.union([OnTheWay, Ending]);
export type ActionStep = z.infer<typeof ActionStep>;

/** What became of a decision. */
export const StepDone = z.enum([
  ...([
    'go',
    'end',
    'next stage',
    'wait',
    'again',
    'to',
    'decide',
    'ask',
    'exit',
    'choose',
    'revise',
  ] as const),
]);
export type StepDone = z.infer<typeof StepDone>;

/** In their order: the first that has not been done as often as it may be. */
export const Action = z.array(ActionStep).min(1).max(10);
export type Action = z.infer<typeof Action>;

export const Decider = z.discriminatedUnion('kind', [
  /** Each of these roles, and all of them the same. */
  z.strictObject({
    kind: z.literal('roles'),
    roles: z.array(Name).min(1),
    /** The table whose answer they confirm: what they decide otherwise, and less cautiously, is looked at. */
    confirms: Name.optional(),
  }),
  /** Distinct persons, each in one role. `quorum` of them, or one of every role. */
  z.strictObject({
    kind: z.literal('board'),
    roles: z.array(Name).min(2),
    quorum: z.union([z.int().min(1), z.literal('every role')]),
    agree: z.enum(['majority', 'all']),
    /** Whose vote decides when there is no majority. */
    tie: Name.optional(),
  }),
  /** As soon as the table has an answer, that is the outcome. */
  z.strictObject({
    kind: z.literal('table'),
    table: Name,
    /** Who decides while the table cannot; nobody named: it waits for whoever supplies what is missing. */
    roles: z.array(Name).max(1),
    /** The outcome that is taken when it has no answer by its due time. */
    ifUnknown: Name.optional(),
  }),
]);
export type Decider = z.infer<typeof Decider>;

export const DecisionDefinition = z.strictObject({
  decision: Name,
  title: z.string(),
  by: Decider,
  due: DueAfter,
  ladder: Name,
  /** Facts that have to be known before it is decided. */
  needs: z.array(Name),
  outcomes: z.record(Name, Action),
  /** When a board has no quorum by the due time. */
  noQuorum: Action.optional(),
});
export type DecisionDefinition = z.infer<typeof DecisionDefinition>;

/** An exit from which a plan can return. */
export const ExitDefinition = z.strictObject({
  /** How often somebody looks at whether the plan returns. */
  reviewEvery: Duration,
  /** The plan is closed when it has not returned by then. */
  closesAfter: Duration,
  returnsTo: z.enum(['where it left', 'consultation', 'assessment']),
  tasks: z.array(TaskDefinition),
});
export type ExitDefinition = z.infer<typeof ExitDefinition>;
