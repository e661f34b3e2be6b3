/** How an answer is otherwise for a patient. */
export const EFFECTS = [
  'held',
  'released',
  're-timed',
  'refused',
  'opened',
  'answered otherwise',
  'called otherwise',
  'led elsewhere',
  'escalated otherwise',
  'ends otherwise',
] as const;
export type Effect = (typeof EFFECTS)[number];

/** One thing that is otherwise for one made-up patient. */
export interface Change {
  readonly effect: Effect;
  readonly says: string;
}
