import { addElapsed, addToDate, isElapsed, localDateOf, shiftWorkingDays, startOfDay } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import type { Reason } from './outcome.schema.ts';
import type { PlanState, Task } from './plan-state.schema.ts';
import { roundOf } from './progress.ts';

/**
 * S5: a patient is put under sedation or general anaesthesia only once somebody has cleared them for it, by a task of
 * this stage, in this round of it, and not longer ago than the task's own due time allows. Nothing sets this aside.
 */
export function clearanceReasons(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): Reason[] {
  const { anaesthesia } = stage;
  if (anaesthesia !== 'sedation' && anaesthesia !== 'general') return [];
  const clearing = clearingTasks(stage);
  if (clearing.some(({ id, task }) => isCleared(pathway, state, { stage, task, now, done: state.tasks[id] })))
    return [];
  const says = `Nobody has cleared the patient for ${wordsOf[anaesthesia]}, or it was too long ago.`;
  const clears = clearing
    .slice(0, MOST_CLEARINGS)
    .map(({ id, task }) => [
      { kind: 'event' as const, type: 'task.completed', needs: id, role: task.role },
    ]);
  return [{ invariant: 'S5', says, clears }];
}

const MOST_CLEARINGS = 3;

const wordsOf = { sedation: 'sedation', general: 'general anaesthesia' } as const;

/** The stage's tasks that clear anaesthesia, by the ids that they have in a plan. */
function clearingTasks({ stage, prep = [], beforeEach }: StageDefinition) {
  const inPhase = (phase: string, tasks: readonly TaskDefinition[]) =>
    tasks
      .filter(({ clears }) => clears === 'anaesthesia')
      .map((task) => ({ id: `${stage}.${phase}/${task.task}`, task }));
  return [...inPhase('prep', prep), ...inPhase('ready', beforeEach)];
}

interface Clearance {
  readonly stage: StageDefinition;
  readonly task: TaskDefinition;
  readonly now: Instant;
  readonly done: Task | undefined;
}

function isCleared(pathway: Pathway, state: PlanState, { stage, task, now, done }: Clearance): boolean {
  const at = done?.status === 'completed' ? done.completedAt : undefined;
  if (at === undefined || at > now) return false;
  const isOfRound = roundBegan(state, stage.stage).every((began) => at >= began);
  const first = notBefore(pathway, task, now);
  return isOfRound && (first === undefined || at >= first);
}

/** A round begins when the plan comes to it, and never before the last performance of another round was told. */
function roundBegan(state: PlanState, stage: string): Instant[] {
  const round = roundOf(state, stage);
  if (round === 1) return [];
  const others = state.performed.filter((one) => one.stage === stage && one.round < round);
  return [...others.map(({ reportedAt }) => reportedAt), state.stages[stage]?.beganAt ?? []].flat();
}

/** The first instant at which what is done is not too old on the day of `now`. */
function notBefore({ zone, defaultCalendar }: Pathway, { when }: TaskDefinition, now: Instant): Instant | undefined {
  const from = 'due' in when && 'before' in when.due ? when.due.from : undefined;
  if (from === undefined) return undefined;
  const back = { count: -from.count, unit: from.unit };
  if (isElapsed(from)) return addElapsed(now, back);
  const day = localDateOf(now, zone);
  const first =
    from.unit === 'working day' ? shiftWorkingDays(day, back.count, defaultCalendar) : addToDate(day, back);
  return startOfDay(first, zone);
}
