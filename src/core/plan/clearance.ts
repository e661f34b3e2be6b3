import { localDateOf } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { isTooOld } from './booked-dues.ts';
import type { Reason } from './outcome.schema.ts';
import type { PlanState, Task } from './plan-state.schema.ts';
import { roundOf } from './progress.ts';
import { completing } from './refusal.ts';

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
  const clears = clearing.slice(0, MOST_CLEARINGS).map(({ id, task }) => [completing(id, task)]);
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
  const isOfRound = done?.turn?.round === roundOf(state, stage.stage);
  return isOfRound && !isTooOld(pathway, task, { doneAt: at, on: localDateOf(now, pathway.zone) });
}
