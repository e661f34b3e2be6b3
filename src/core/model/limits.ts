/** Named limits. Each is checked where the thing enters; none is reached by a plan of ordinary size. */
export const LIMITS = {
  /** Bytes of one event as JSON, at HTTP and in a signal. */
  eventBytes: 256 * 1024,
  /** Nesting of a body; a valid event needs seven. */
  bodyDepth: 32,
  observationsPerEvent: 50,
  /** What a plan keeps; beyond it the plan refuses more, so that its state stays well under Temporal's 2 MiB. */
  stateBytes: 1_536 * 1024,
  observationsPerPlan: 3_000,
  consentsPerPlan: 200,
  reportsPerPlan: 1_000,
  pastProceduresPerPlan: 500,
  overridesPerPlan: 500,
  revisionsPerPlan: 200,
  changesPerRevision: 20,
  /** Events of a plan that is brought in, and how often it may have been woken by its own timer before now. */
  pastEvents: 500,
  pastWakes: 500,
  /** How far ahead an appointment can lie. */
  bookedAhead: { count: 5, unit: 'year' },
  /** Rounds in which a step settles; a chart that needs more is a defect. */
  settleRounds: 16,
  effectsPerStep: 200,
  /** Open tasks about events that were set aside, each of its own; more share one. */
  quarantineTasks: 20,
  /** Minutes by which a sender's clock may run ahead before its time counts as the future. */
  clockSkewMinutes: 5,
  /** A file that a clinical lead writes: some twenty thousand lines, and what is read within a second. */
  fileBytes: 512 * 1024,
  /** All files of a clinic. */
  contentFiles: 2_000,
  conditionDepth: 3,
  conditionMembers: 20,
} as const;
