import type { EventOf } from '../model/event.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { fulfilBooking } from './booked.ts';
import { useConsent } from './consent.ts';
import { endDelay } from './delays.ts';
import { raiseDeviation } from './deviation.ts';
import { type Draft, write } from './draft.ts';
import { gateFor } from './gates.ts';
import { endOverridesOf } from './overrides.ts';
import { moveChart, oweAgain, returnToGate } from './phases.ts';
import { roundOf } from './progress.ts';
import { judgeReport, sitesDone } from './reports.ts';
import { isSeriesOver } from './sessions.ts';
import { dropBooking } from './stand-down.ts';
import { requestAfterEach } from './tasks.ts';

type Report = EventOf<'procedure.performed'>['data'];

/**
 * A report is a fact: recorded whatever the gate says. Where the gate had not opened, or what it rested on no longer
 * stood on that day, or it came too early, a deviation is raised. The plan goes where reality is: to what was done last,
 * whenever that is told, and to the gate again while a session is owed. One stage on one day is one performance, whoever
 * tells it.
 */
export function takeReport(draft: Draft, { data }: EventOf<'procedure.performed'>): undefined {
  const stage = draft.pathway.stage(data.stage);
  if (!stage || isTold(draft, data)) return;
  const { performedOn } = data;
  const isLast = draft.state.performed.every((one) => one.performedOn <= performedOn);
  const isLastOfStage = draft.state.performed.every(
    (one) => one.stage !== stage.stage || one.performedOn <= performedOn,
  );
  const counts = record(draft, stage, data);
  const isOver = isSeriesOver(draft, stage);
  if (isOver) dropBooking(draft, stage.stage);
  if (isLastOfStage) endDelay(draft, stage.stage);
  // What was set aside for the stage covers its sessions to come as well.
  if (isOver || stage.sessions === 1) endOverridesOf(draft, stage.stage);
  if (draft.pathway.chart.isFinal(draft.state.chart)) return;
  if (isLastOfStage) requestAfterEach(draft, stage);
  if (!isLast) return;
  if (!counts) oweAgain(draft, stage);
  else if (isOver) moveChart(draft, { type: `performed.${stage.stage}` });
  else returnToGate(draft, stage);
}

/** @returns whether it counts */
function record(draft: Draft, stage: StageDefinition, { performedOn, endedOn }: Report): boolean {
  const gate = gateFor(draft, stage.stage, performedOn);
  const { deviation, code, reasons, counts } = judgeReport(draft, stage, { performedOn, gate });
  const performed = {
    stage: stage.stage,
    procedure: stage.procedure,
    performedOn,
    ...(endedOn === undefined ? {} : { endedOn }),
    reportedAt: draft.now,
    step: draft.state.sequence,
    deviation: deviation !== undefined,
    areas: sitesDone(draft, stage),
    counts,
    round: roundOf(draft.state, stage.stage),
  };
  draft.state = { ...draft.state, performed: [...draft.state.performed, performed] };
  useConsent(draft, stage, performedOn);
  fulfilBooking(draft, stage.stage, performedOn);
  if (deviation !== undefined)
    raiseDeviation(draft, { code, says: deviation, reasons, about: `${stage.stage}/${performedOn}` });
  return counts;
}

/** Told again, it may tell when it ended; of two such days the later counts, for more time is to pass from it. */
function isTold(draft: Draft, { stage, performedOn, endedOn }: Report): boolean {
  const { performed } = draft.state;
  const told = performed.find((one) => one.stage === stage && one.performedOn === performedOn);
  if (!told) return false;
  if (endedOn === undefined || (told.endedOn !== undefined && endedOn <= told.endedOn)) return true;
  const ended = performed.map((one) => (one === told ? { ...one, endedOn } : one));
  draft.state = { ...draft.state, performed: ended };
  const title = draft.pathway.stage(stage)?.title ?? stage;
  const was = told.endedOn === undefined ? {} : { was: told.endedOn };
  write(draft, {
    kind: 'report.completed',
    says: `${title}, performed on ${performedOn}, ended on ${endedOn}`,
    details: { stage, performedOn, endedOn, ...was },
  });
  return true;
}
