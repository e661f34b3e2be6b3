import { endOfDay, localDateOf, startOfDay } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { earliest as earliestOf } from '../rules/condition.ts';
import type { Draft } from './draft.ts';
import { intervalsOf, windowOf } from './intervals.ts';
import type { PlanState } from './plan-state.schema.ts';
import { dueAfter, openWait } from './waits.ts';

/** The coordinator owes the start of a stage that the plan has come to. */
export function awaitStart(draft: Draft, stage: StageDefinition): void {
  openWait(draft, `start/${stage.stage}`, {
    kind: 'start',
    title: `Start ${stage.title}`,
    owner: COORDINATOR,
    ladder: draft.pathway.defaultLadder,
    dueAt: startDueAt(draft.pathway, draft.state, stage, draft.now),
  });
}

/** Counts the start anew when its due time has changed: a day that an interval counts from was told or corrected. */
export function keepStartWait(draft: Draft): void {
  const { pathway, state, now } = draft;
  const { phase, stage: name } = placeOf(state.chart);
  const stage = phase === 'ready' ? pathway.stage(name ?? '') : undefined;
  if (!stage || intervalsOf(pathway, stage).length === 0) return;
  if (state.waits[`start/${stage.stage}`]?.dueAt !== startDueAt(pathway, state, stage, now))
    awaitStart(draft, stage);
}

/**
 * By the end of what is recommended; where nothing is, so long after the plan came to the stage, or after the first day
 * on which it may start; and by the latest day at the latest. Time alone does not change it.
 */
function startDueAt(pathway: Pathway, state: PlanState, stage: StageDefinition, now: Instant): Instant {
  const { zone, clinic } = pathway;
  const { earliest, recommended, latest } = windowOf(pathway, state, stage, now);
  const cameAt = state.enteredAt[`${stage.stage}.ready`] ?? now;
  const isAhead = earliest !== undefined && earliest > localDateOf(cameAt, zone);
  const dueAt = recommended
    ? endOfDay(recommended.to, zone)
    : dueAfter(pathway, isAhead ? startOfDay(earliest, zone) : cameAt, clinic.waits.unbooked);
  const lastAt = latest === undefined ? undefined : endOfDay(latest, zone);
  return earliestOf([dueAt, lastAt]) ?? dueAt;
}
