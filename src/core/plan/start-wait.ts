import { endOfDay, localDateOf, startOfDay } from '../model/calendar.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import { isBeforeProcedure, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { earliest as earliestOf } from '../rules/condition.ts';
import { bookedOn, reportedBy } from './booked-days.ts';
import type { Draft } from './draft.ts';
import { openGateOf } from './gates.ts';
import { windowOf } from './intervals.ts';
import { asNext, nextSession } from './listed-sessions.ts';
import type { PlanState, Wait } from './plan-state.schema.ts';
import { closeWait, dueAfter, openWait } from './waits.ts';

/** The coordinator owes the start of a stage that the plan has come to: first that it is booked, then that it starts. */
export function awaitStart(draft: Draft, stage: StageDefinition): void {
  openWait(draft, waitOf(stage), {
    kind: 'start',
    owner: COORDINATOR,
    ladder: draft.pathway.defaultLadder,
    ...startOf(draft, stage),
  });
}

/**
 * Counts the start anew when it is booked otherwise, or a day that an interval counts from was told or corrected. Behind a
 * gate that stands open the report is owed, though one of an earlier day has led the plan back before it.
 */
export function keepStartWait(draft: Draft): void {
  const { chart } = draft.state;
  const stage = isBeforeProcedure(chart) ? draft.pathway.stage(placeOf(chart).stage ?? '') : undefined;
  if (!stage) return;
  if (openGateOf(draft, stage.stage)) {
    closeWait(draft, waitOf(stage));
    return;
  }
  const { title, dueAt } = startOf(draft, stage);
  const wait = draft.state.waits[waitOf(stage)];
  if (wait?.dueAt !== dueAt) awaitStart(draft, stage);
  else if (wait.title !== title) {
    const waits = { ...draft.state.waits, [waitOf(stage)]: { ...wait, title } };
    draft.state = { ...draft.state, waits };
  }
}

const waitOf = ({ stage }: StageDefinition): string => `start/${stage}`;

function startOf({ pathway, state, now }: Draft, stage: StageDefinition): Pick<Wait, 'title' | 'dueAt'> {
  const what = nextSession(pathway, state, stage);
  const on = bookedOn(state, stage.stage);
  if (stage.elsewhere)
    return {
      title: `${what} is done elsewhere: has it begun, has it ended?`,
      dueAt: heardBy({ pathway, state, now }, stage, on),
    };
  return on === undefined
    ? { title: `Book ${what}`, dueAt: startDueAt(pathway, state, stage, now) }
    : { title: `Start ${what}, booked for ${on}`, dueAt: reportedBy(pathway, on) };
}

/** What others do is asked about, and again as its ladder says: after the day on which it was to be, where one is known. */
function heardBy(
  { pathway, state, now }: Pick<Draft, 'pathway' | 'state' | 'now'>,
  { stage }: StageDefinition,
  on: LocalDate | undefined,
): Instant {
  if (on !== undefined) return reportedBy(pathway, on);
  return dueAfter(pathway, state.enteredAt[`${stage}.ready`] ?? now, pathway.clinic.waits.unreported);
}

/**
 * By the end of what is recommended; where nothing is, so long after the plan came to the stage, after the day on which
 * the patient did not come, or after the first day on which it may start; and by the latest day at the latest. Time alone
 * does not change it.
 */
function startDueAt(pathway: Pathway, state: PlanState, stage: StageDefinition, now: Instant): Instant {
  const { zone, clinic } = pathway;
  const { earliest, recommended, latest } = windowOf(pathway, state, asNext(pathway, state, stage), now);
  const cameAt = unbookedSince(pathway, state, stage) ?? now;
  const isAhead = earliest !== undefined && earliest > localDateOf(cameAt, zone);
  const dueAt = recommended
    ? endOfDay(recommended.to, zone)
    : dueAfter(pathway, isAhead ? startOfDay(earliest, zone) : cameAt, clinic.waits.unbooked);
  const lastAt = latest === undefined ? undefined : endOfDay(latest, zone);
  return earliestOf([dueAt, lastAt]) ?? dueAt;
}

function unbookedSince(
  { zone }: Pathway,
  { enteredAt, bookings }: PlanState,
  { stage }: StageDefinition,
): Instant | undefined {
  const cameAt = enteredAt[`${stage}.ready`];
  const { status, on = '' } = bookings[stage] ?? {};
  const missedAt = status === 'noshow' ? startOfDay(on, zone) : undefined;
  return cameAt === undefined || missedAt === undefined || missedAt < cameAt ? cameAt : missedAt;
}
