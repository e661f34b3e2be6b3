import { localDateOf } from '../model/calendar.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { Draft } from './draft.ts';
import { openGateOf } from './gates.ts';
import { placedIntervals, reasonsOf } from './intervals.ts';
import { onEachLine } from './lines.ts';
import { stageNow } from './listed-sessions.ts';
import { askAPerson, outside } from './outside.ts';
import type { OpenedGate, PlanState } from './plan-state.schema.ts';
import { judgeReport } from './reports.ts';
import { cancelTask } from './tasks.ts';

/**
 * What was performed, here or elsewhere, is not what it was when a gate opened: whoever is about to begin behind it has to
 * know what stands against that now. Where that was taken back, nobody is kept from it any more.
 */
export function askOpenGatesAgain(draft: Draft, before: PlanState | undefined): void {
  const { event, state } = draft;
  const isTold = state.performed !== before?.performed || state.past !== before.past;
  if (isTold || event.otherPlans !== undefined) onEachLine(draft, askAlongLine);
}

function askAlongLine(draft: Draft): void {
  for (const { stage: name } of draft.pathway.stages) {
    const gate = openGateOf(draft, name);
    const stage = gate && stageNow(draft.pathway, draft.state, name);
    if (!stage) continue;
    const against = whatStandsAgainst(draft, stage, gate);
    if (against.length === 0) {
      cancelTask(draft, outside(warningOf(name)));
      continue;
    }
    const title = `${stage.title} must not begin: ${against.join(' ')}`;
    askAPerson(draft, warningOf(name), { title, role: COORDINATOR });
  }
}

const warningOf = (stage: string): string => `must-not-begin-${stage}`;

/** It has been done all the same, or will not be: nobody has to be kept from what no gate is open to. */
export function dropWarnings(draft: Draft): void {
  for (const { stage } of draft.pathway.stages) {
    const task = outside(warningOf(stage));
    if (Object.hasOwn(draft.state.tasks, task) && !openGateOf(draft, stage)) cancelTask(draft, task);
  }
}

/**
 * What would make a deviation of a report of today, and what an interval keeps the gate closed for, though a report would be
 * excused it.
 */
function whatStandsAgainst(draft: Draft, stage: StageDefinition, gate: OpenedGate): string[] {
  const { pathway, state, now } = draft;
  const placed = placedIntervals(pathway, state, stage, now).filter(
    ({ finding: { result } }) => result === 'too early' || result === 'unknown',
  );
  const { reasons } = judgeReport(draft, stage, { performedOn: localDateOf(now, pathway.zone), gate });
  return [...new Set([...reasonsOf(placed), ...reasons].map(({ says }) => says))];
}
