import { endOfDay } from '../model/calendar.ts';
import type { EventOf } from '../model/event.schema.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { ExitName } from '../pathway/rules.schema.ts';
import { fulfilBooking } from './booked.ts';
import { isPassedBy, notChosen } from './chosen-stages.ts';
import { useConsent } from './consent.ts';
import { endDelay } from './delays.ts';
import { raiseDeviation } from './deviation.ts';
import { type Draft, write } from './draft.ts';
import { gateFor } from './gates.ts';
import { endOverridesOf } from './overrides.ts';
import { moveChart, oweAgain, returnToGate } from './phases.ts';
import { isLeftOut, roundOf, roundOn } from './progress.ts';
import { judgeReport, sitesDone } from './reports.ts';
import { isSeriesOver } from './sessions.ts';
import { dropBooking } from './stand-down.ts';
import { requestAfterEach, turnOf } from './tasks.ts';
import { carryWork } from './turn-work.ts';

type Report = EventOf<'procedure.performed'>['data'];

/**
 * A report is a fact: recorded whatever the gate says. Where the gate had not opened, or what it rested on no longer
 * stood on that day, or it came too early, a deviation is raised. The plan goes where reality is: to what was done last,
 * whenever that is told, and to the gate again while a session is owed. One stage on one day is one performance, whoever
 * tells it.
 */
export function takeReport(draft: Draft, { data }: EventOf<'procedure.performed'>): undefined {
  const { leave } = draft.state;
  take(draft, data);
  if (leave && !draft.state.leave) keepExit(draft, data, leave.exit);
}

/** Should the report turn out to be wrong, the plan had not come back. */
function keepExit(draft: Draft, { stage, performedOn }: Report, cameFrom: ExitName): void {
  const performed = draft.state.performed.map((one) =>
    one.stage === stage && one.performedOn === performedOn ? { ...one, cameFrom } : one,
  );
  draft.state = { ...draft.state, performed };
}

function take(draft: Draft, data: Report): void {
  const stage = draft.pathway.stage(data.stage);
  if (!stage || isTold(draft, data)) return;
  const { performedOn } = data;
  const isLast = draft.state.performed.every((one) => one.performedOn <= performedOn);
  const isLastOfStage = draft.state.performed.every(
    (one) => one.stage !== stage.stage || one.performedOn <= performedOn,
  );
  const turn = turnOf(draft.state, stage.stage);
  const counts = record(draft, stage, data);
  const isOver = isSeriesOver(draft, stage);
  const isPresent = isOfRound(draft, stage, performedOn);
  if (isPresent && isOver) dropBooking(draft, stage.stage);
  if (isLastOfStage && isPresent) endDelay(draft, stage.stage);
  // What was set aside for the stage covers its sessions to come as well.
  if (isPresent && (isOver || stage.sessions === 1)) endOverridesOf(draft, stage.stage);
  if (draft.pathway.chart.isFinal(draft.state.chart)) return;
  if (isLastOfStage) requestAfterEach(draft, stage);
  // Of a round that is over, or of a stage that was left out since: it does not bring it back.
  const isLeft = isLeftOut(draft.state, stage.stage, { on: performedOn, zone: draft.pathway.zone });
  if (!isLast || !isPresent || isLeft) {
    carryWork(draft, stage.stage, turn);
    return;
  }
  if (!counts) oweAgain(draft, stage);
  else if (isOver) moveChart(draft, { type: `performed.${stage.stage}` });
  else returnToGate(draft, stage);
}

/** Whether it was done in the stage's present round. */
const isOfRound = ({ state, pathway }: Draft, { stage }: StageDefinition, on: LocalDate): boolean =>
  roundOn(state, stage, { on, zone: pathway.zone }) === roundOf(state, stage);

/** @returns whether it counts */
function record(draft: Draft, stage: StageDefinition, { performedOn, endedOn }: Report): boolean {
  const gate = gateFor(draft, stage.stage, performedOn);
  const against = isPassedBy(draft, stage)
    ? notChosen(draft, stage, endOfDay(performedOn, draft.pathway.zone))
    : undefined;
  const { deviation, code, reasons, counts } = judgeReport(draft, stage, { performedOn, gate });
  const performed = {
    stage: stage.stage,
    procedures: stage.procedures,
    performedOn,
    ...(endedOn === undefined ? {} : { endedOn }),
    reportedAt: draft.now,
    step: draft.state.sequence,
    deviation: deviation !== undefined,
    areas: sitesDone(draft, stage),
    counts,
    round: roundOn(draft.state, stage.stage, { on: performedOn, zone: draft.pathway.zone }),
  };
  draft.state = { ...draft.state, performed: [...draft.state.performed, performed] };
  useConsent(draft, stage, performedOn);
  if (isOfRound(draft, stage, performedOn)) fulfilBooking(draft, stage.stage, performedOn);
  if (deviation !== undefined)
    raiseDeviation(draft, { code, says: deviation, reasons, about: `${stage.stage}/${performedOn}` });
  if (against !== undefined)
    raiseDeviation(draft, {
      code: 'not-chosen',
      says: against,
      reasons: [],
      about: `${stage.stage}/${performedOn}/chosen`,
    });
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
