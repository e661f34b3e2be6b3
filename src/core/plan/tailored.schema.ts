import { z } from 'zod';
import { Id, Instant, Name } from '../model/primitives.schema.ts';
import { FigureValue } from '../pathway/figures.schema.ts';

/** What of a plan is this patient's own: choices, figures, levels, and how far what runs beside the course is. */

/** What somebody set a figure to, for this plan alone. */
export const FigureSet = z.strictObject({
  value: FigureValue,
  by: Id,
  at: Instant,
  because: z.string().optional(),
});
export type FigureSet = z.infer<typeof FigureSet>;

/** One change of a level that counts for one session. */
export const SessionChange = z.strictObject({
  do: z.enum(['lower', 'raise', 'limit']),
  /** Of a limit. */
  level: z.string().optional(),
  /** Where it is written: `table/ac-day-1/reduced`. */
  written: z.string(),
});
export type SessionChange = z.infer<typeof SessionChange>;

/** Where a figure in levels has come to. */
export const LevelState = z.strictObject({
  /** The one that stays. */
  level: z.string(),
  /** The highest that it may come to from now on; absent: the highest of its list. */
  limit: z.string().optional(),
  /**
   * What is otherwise for one session of a stage, until that has been given, passed over or left out: by the stage, its
   * round, and which session (`ac/1/3`).
   */
  sessions: z.record(
    z.string(),
    z.strictObject({
      stage: Name,
      changes: z.array(SessionChange).min(1),
      /** The session is behind. Should its report be withdrawn, what persons had changed for it counts again. */
      isBehind: z.literal(true).optional(),
    }),
  ),
});
export type LevelState = z.infer<typeof LevelState>;

/** What was chosen for this patient. */
export const Chosen = z.strictObject({
  value: Name,
  at: Instant,
  /** By people; by a table's answer; or by what counts while it has none. */
  by: z.enum(['decision', 'table', 'unknown']),
  /** The question that people answered. */
  question: z.string().optional(),
  /** What was chosen before, oldest first: a report of an earlier day is judged by it. */
  earlier: z
    .array(z.strictObject({ value: Name, at: Instant }))
    .min(1)
    .optional(),
});
export type Chosen = z.infer<typeof Chosen>;

/** How far a track is, beside the main course. */
export const TrackState = z.strictObject({
  /** The state value of its own chart; `waiting` until it begins, an exit while the plan is off its course. */
  chart: z.string(),
  /** When an outcome started it, whether or not it could begin then. */
  asked: Instant.optional(),
  startedAt: Instant.optional(),
  /** The chart state that it left, while the plan is off its course. */
  leftFrom: z.string().optional(),
});
export type TrackState = z.infer<typeof TrackState>;
