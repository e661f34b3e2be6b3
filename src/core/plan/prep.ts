import type { EventOf } from '../model/event.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { askAtGate } from './asked-at-gate.ts';
import type { Draft } from './draft.ts';
import { lookAtGate, lookAtPrepGate } from './gate.ts';
import { openGate } from './gates.ts';
import { stageNow } from './listed-sessions.ts';
import type { Reason } from './outcome.schema.ts';
import { moveChart } from './phases.ts';
import { completing, type Refusal, refuse, refuseElsewhere, whoseChart } from './refusal.ts';
import { isSeriesOver } from './sessions.ts';
import { figuresShown } from './shown-figures.ts';
import { changeOnAnswer } from './table-outcomes.ts';
import { openWorkOf } from './tasks.ts';
import { waitingReasons } from './waiting-track.ts';

/** Asks the gate of a stage's prep. */
export function startPrep(draft: Draft, { data }: EventOf<'startPrep'>): Refusal | undefined {
  const stage = stageNow(draft.pathway, draft.state, data.stage);
  if (stage?.elsewhere) return refuseElsewhere(stage);
  if (!stage?.prep || draft.state.chart !== `${data.stage}.ready`) {
    const why = stage && !stage.prep ? [hasNoPrep(stage)] : notThere(draft);
    const says = `Prep of ${data.stage} cannot start now: the plan is in ${draft.state.chart}.`;
    return refuse('CC3002', says, why);
  }
  if (isSeriesOver(draft, stage)) return refuseMore(stage);
  const decision = lookAtPrepGate(draft.pathway, draft.state, stage, draft.now);
  if (decision.reasons.length > 0)
    return refuse('CC3001', `Prep of ${stage.title} may not start.`, decision.reasons);
  openGate(draft, stage, { of: 'prep', decision });
  moveChart(draft, { type: 'prep.opened' });
  return undefined;
}

/** Asks the gate of a stage's procedure: at the stage, or behind its prep where it has one. */
export function startProcedure(draft: Draft, { data }: EventOf<'startProcedure'>): Refusal | undefined {
  const stage = stageNow(draft.pathway, draft.state, data.stage);
  if (stage?.elsewhere) return refuseElsewhere(stage);
  const { chart } = draft.state;
  const isBeforePrep = stage?.prep !== undefined && chart === `${data.stage}.ready`;
  const isBefore = chart === `${data.stage}.prep` || chart === `${data.stage}.ready`;
  if (!stage || isBeforePrep || !isBefore) {
    const prepFirst: Reason = {
      invariant: 'phase',
      says: `The prep of ${data.stage} comes first: start it.`,
      clears: [[asks('startPrep', data.stage)]],
    };
    const why = isBeforePrep ? [prepFirst] : notThere(draft);
    return refuse('CC3002', `${data.stage} cannot start now: the plan is in ${chart}.`, why);
  }
  if (isSeriesOver(draft, stage)) return refuseMore(stage);
  const decision = lookAtGate(draft.pathway, draft.state, stage, draft.now);
  if (decision.reasons.length > 0) {
    const { delays } = draft.state;
    askAtGate(draft, stage);
    // What was told to wait just now is refused for that as well.
    const { reasons } =
      draft.state.delays === delays ? decision : lookAtGate(draft.pathway, draft.state, stage, draft.now);
    return refuse('CC3001', `${stage.title} may not start.`, reasons);
  }
  if (decision.answered) changeOnAnswer(draft, stage, decision.answered);
  const figures = figuresShown(draft.pathway, draft.state, stage);
  if (figures.length > 0) draft.figures = figures;
  openGate(draft, stage, { of: 'procedure', decision, figures });
  moveChart(draft, { type: 'gate.opened' });
  return undefined;
}

/** Time alone may have ended a series since the plan was looked at last. */
function refuseMore({ title }: StageDefinition): Refusal {
  const says = `Nothing more of ${title} is owed: its series is over.`;
  return refuse('CC3002', `${title} cannot start any more.`, [{ invariant: 'phase', says, clears: [] }]);
}

const hasNoPrep = ({ stage, title }: StageDefinition): Reason => ({
  invariant: 'phase',
  says: `${title} has no prep.`,
  clears: [[asks('startProcedure', stage)]],
});

const asks = (type: 'startPrep' | 'startProcedure', stage: string): Reason['clears'][number][number] => ({
  kind: 'event',
  type,
  needs: stage,
  role: COORDINATOR,
});

function notThere(draft: Draft): Reason[] {
  const waiting = waitingReasons(draft);
  if (waiting.length > 0) return waiting;
  const says = `${whoseChart(draft)} is in ${placeOf(draft.state.chart).phase}.`;
  const work = openWorkOf(draft.state).map(([id, task]) => [completing(id, task)]);
  return [{ invariant: 'phase', says, clears: work.slice(0, 3) }];
}
