import type { PlanEvent } from '../model/event.schema.ts';
import { LIMITS } from '../model/limits.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Effect, JournalEntry, Reason, ShownFigure } from './outcome.schema.ts';
import type { PlanState } from './plan-state.schema.ts';

/**
 * A step in the making. `state` is replaced, never changed in place, so that the state that came in stays as it was.
 */
export interface Draft {
  /** Whole, or as it looks along the line in hand; set by `along`, and by a revision of the whole plan. */
  pathway: Pathway;
  /** The version that the event asks the plan to adopt, as it was published. */
  readonly next?: Pathway | undefined;
  readonly event: PlanEvent;
  readonly now: Instant;
  state: PlanState;
  readonly journal: JournalEntry[];
  readonly effects: Effect[];
  /** While something is done along one line of the plan: which one, and the plan as it was, whole and as it was seen. */
  inHand?:
    | {
        readonly line: string | undefined;
        readonly pathway: Pathway;
        readonly whole: PlanState;
        readonly seen: PlanState;
      }
    | undefined;
  /** What stands in the way of what was asked for and granted. */
  ahead?: Reason[];
  /** Of what was let start. */
  figures?: ShownFigure[];
}

/**
 * What the records of a plan call the step that made them, and what makes their names unique: its number in the store, and
 * where the plan was brought in, those of its past before it.
 */
export const stepNumber = ({ sequence, broughtIn }: Pick<PlanState, 'sequence' | 'broughtIn'>): number =>
  sequence + (broughtIn?.steps ?? 0);

export function write(
  draft: Draft,
  entry: { kind: JournalEntry['kind']; says: string; details?: Record<string, unknown> },
): void {
  const { kind, says, details = {} } = entry;
  draft.journal.push({ kind, at: draft.now, actor: draft.event.actor, says, details });
}

/**
 * Tells each role once, and the same thing once in a step; the step's number makes the effects' ids unique in the plan.
 */
export function tell(
  draft: Draft,
  message: { roles: readonly string[]; subject: string; says: string; level?: number },
): void {
  const { subject, says, level = 0 } = message;
  for (const role of new Set(message.roles)) {
    const isTold = draft.effects.some(
      (one) =>
        one.kind === 'tell' &&
        one.role === role &&
        one.subject === subject &&
        one.says === says &&
        one.level >= level,
    );
    if (isTold) continue;
    if (draft.effects.length >= LIMITS.effectsPerStep) {
      tellInOne(draft, role, level);
      continue;
    }
    const id = `${draft.state.planId}/${draft.state.sequence}/${draft.effects.length}`;
    draft.effects.push({ kind: 'tell', id, role, subject, says, level });
  }
}

/** Where the clinic reaches its patients by a role of theirs. */
export function tellPatient(
  draft: Draft,
  message: { readonly subject: string; readonly says: string; readonly level?: number },
): void {
  if (draft.pathway.clinic.roles.includes('patient')) tell(draft, { roles: ['patient'], ...message });
}

/** Beyond the limit a role hears once that there is more, in place of the last thing that it would have heard. */
function tellInOne(draft: Draft, role: string, level: number): void {
  const at = draft.effects.findLastIndex((one) => one.kind === 'tell' && one.role === role);
  const last = draft.effects[at];
  if (last && last.kind !== 'tell') return;
  if (last?.subject === MANY && last.level >= level) return;
  const effect = {
    kind: 'tell' as const,
    id: last?.id ?? `${draft.state.planId}/${draft.state.sequence}/${draft.effects.length}`,
    role,
    subject: MANY,
    says: 'More has come up at once than is told one by one: look at the plan.',
    level: Math.max(level, last?.level ?? 0),
  };
  if (last) draft.effects[at] = effect;
  else draft.effects.push(effect);
}

const MANY = 'Many things at once';
