import type { TableFinding } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Action } from '../pathway/decisions.schema.ts';
import type { Draft } from './draft.ts';
import { liveOverride } from './overrides.ts';
import { citedIn, idOf } from './scope.ts';
import { letsOn, tableAt } from './tables.ts';

/** What the table at a stage's gate says, and what of it counts there. */
export interface CountingAnswer {
  readonly finding: TableFinding;
  /** What follows from the table's own answer; absent: it has none. */
  readonly action?: Action;
  /** The answer that lets the plan on; absent: the gate stays closed. */
  readonly lets?: {
    readonly answer: string;
    readonly action: Action;
    /** Without which another would count: the table's own. */
    readonly override?: string;
    /** That would let the plan on as well, and is less cautious. */
    readonly isStricter?: boolean;
  };
}

/**
 * The more cautious answer that an override has put in the place of the table's own; else the table's own where it lets
 * the plan on; else the one that an override has put in its place, if that does.
 * @returns undefined where the stage asks no table
 */
export function answerAt(
  plan: Pick<Draft, 'pathway' | 'state' | 'now'>,
  stage: StageDefinition,
): CountingAnswer | undefined {
  const { pathway, state, now } = plan;
  const found = tableAt(pathway, state, stage, now);
  if (!found) return undefined;
  const { finding, outcomes } = found;
  const { rule, answer } = finding;
  const letting = (one: string | undefined, override?: string): CountingAnswer['lets'] => {
    const action = one === undefined ? undefined : outcomes[one];
    if (one === undefined || !action || !letsOn(plan, stage, { rule, answer: one, outcomes }))
      return undefined;
    return { answer: one, action, ...(override === undefined ? {} : { override }) };
  };
  const live = liveOverride(state.overrides, {
    id: idOf(stage.stage, rule, undefined),
    cites: citedIn(pathway, finding.evidence),
    result: answer === undefined ? 'unknown' : 'met',
    now,
  });
  const instead = live && letting(live.override.answer, live.id);
  const stricter = live?.override.isStricter && instead ? { ...instead, isStricter: true } : undefined;
  const lets = stricter ?? letting(answer) ?? instead;
  const action = answer === undefined ? undefined : outcomes[answer];
  return { finding, ...(action ? { action } : {}), ...(lets ? { lets } : {}) };
}
