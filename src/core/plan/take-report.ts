import { endOfDay } from '../model/calendar.ts';
import type { EventOf } from '../model/event.schema.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import { homeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { choicesAsOf } from './as-of.ts';
import { fulfilBooking } from './booked.ts';
import { isPassedBy, notChosen } from './chosen-stages.ts';
import { useConsent } from './consent.ts';
import { endDelay } from './delays.ts';
import { raiseDeviation } from './deviation.ts';
import { type Draft, stepNumber, write } from './draft.ts';
import { followUpOf } from './follow-up.ts';
import { gateFor } from './gates.ts';
import { lineInHand } from './lines.ts';
import { sessionsOf } from './listed-sessions.ts';
import { endOverridesOf } from './overrides.ts';
import { careForUncounted, careForUnmoved, moveChart, returnToGate } from './phases.ts';
import type { MovedFrom, Performed } from './plan-state.schema.ts';
import { countAsGiven, isLeftOut, performedAlong, roundOf, roundOn } from './progress.ts';
import { faultInOrder, isOf, sessionMeant } from './reported-sessions.ts';
import { judgeReport, type ReportFinding, sitesDone } from './reports.ts';
import { isSeriesOver } from './sessions.ts';
import { dropBooking } from './stand-down.ts';
import { requestAfterEach, requestWork, turnOf } from './tasks.ts';
import { carryWork } from './turn-work.ts';

type Report = EventOf<'procedure.performed'>['data'];

/**
 * A report is a fact: recorded whatever the gate says. Where the gate had not opened, or what it rested on no longer
 * stood on that day, or it came too early, a deviation is raised. The plan goes where reality is: to what was done last,
 * whenever that is told, and to the gate again while a session is owed. One stage on one day is one performance, whoever
 * tells it; of listed sessions, one session on one day.
 */
export function takeReport(draft: Draft, { data }: EventOf<'procedure.performed'>): undefined {
  const { leave } = draft.state;
  const isMain = lineInHand(draft) === undefined;
  const from = homeOf(draft.state);
  const followUp = followUpOf(draft.state, from);
  const left = leave && isMain ? { leave } : {};
  if (take(draft, data)) keepMovedFrom(draft, { chart: from, ...left, ...(followUp ? { followUp } : {}) });
}

function keepMovedFrom(draft: Draft, movedFrom: MovedFrom): void {
  const step = stepNumber(draft.state);
  const performed = draft.state.performed.map((one) => (one.step === step ? { ...one, movedFrom } : one));
  draft.state = { ...draft.state, performed };
}

/** @returns whether it moves the plan */
function take(draft: Draft, data: Report): boolean {
  const { pathway } = draft;
  const defined = pathway.stage(data.stage);
  if (!defined) return false;
  const { performed } = draft.state;
  if (isTold(draft, data)) {
    const hasEnded = performed.some((one) => isOf(one, data) && hasOnlyBegun(defined, one));
    if (isEndOfElsewhere(draft, defined, data)) moveChart(draft, { type: `performed.${defined.stage}` });
    else if (hasEnded && data.endedOn !== undefined && !draft.pathway.chart.isFinal(homeOf(draft.state)))
      careForUnmoved(draft, defined, true);
    return false;
  }
  const session = sessionMeant(draft, defined, data);
  const stage = session ? pathway.stageAt(session) : defined;
  const { performedOn } = data;
  const isLast = performedAlong(pathway, draft.state).every((one) => one.performedOn <= performedOn);
  const isLastOfStage = draft.state.performed.every(
    (one) => one.stage !== stage.stage || one.performedOn <= performedOn,
  );
  const turn = turnOf(draft.state, stage.stage);
  const fault = session && faultInOrder(draft, defined, { session, performedOn });
  const isPresent = isOfRound(draft, stage, performedOn);
  const passedOver = isPresent ? countAsGiven(draft, stage.stage, performedOn) : undefined;
  const counts = record(draft, stage, { ...data, fault, passedOver });
  const isOver = isSeriesOver(draft, stage);
  if (isPresent && isOver) dropBooking(draft, stage.stage);
  if (isLastOfStage && isPresent) endDelay(draft, stage.stage);
  // What was set aside for the stage covers its sessions to come as well.
  if (isPresent && (isOver || sessionsOf(draft.pathway, draft.state, stage) === 1))
    endOverridesOf(draft, stage.stage);
  if (draft.pathway.chart.isFinal(homeOf(draft.state))) return false;
  const isUnderWay = hasOnlyBegun(stage, data);
  if (isLastOfStage && !isUnderWay) requestAfterEach(draft, stage);
  // Of a round that is over, or of a stage that was left out since: it does not bring it back.
  const isLeft = isLeftOut(draft.state, stage.stage, { on: performedOn, zone: draft.pathway.zone });
  const moves = isLast && isPresent && !isLeft;
  if (moves && !counts) careForUncounted(draft, stage);
  if (!moves && isLastOfStage && !isUnderWay) careForUnmoved(draft, stage, isPresent && isOver);
  // One more than was owed, and too early to count, moves nothing.
  if (!moves || (!counts && isOver)) {
    carryWork(draft, stage.stage, turn);
    return false;
  }
  if (counts && isUnderWay) moveChart(draft, { type: `begun.${stage.stage}` });
  else if (isOver) goToCare(draft, stage);
  else returnToGate(draft, stage);
  return true;
}

/** To the care after it; performed once more while that is under way, it is owed for this time as well. */
function goToCare(draft: Draft, { stage }: StageDefinition): void {
  const care = `${stage}.closure`;
  const isThere = draft.state.chart === care;
  moveChart(draft, { type: `performed.${stage}` });
  if (isThere) requestWork(draft, care);
}

/** Others do it, and have not told of its end: what follows it is not owed yet. */
const hasOnlyBegun = ({ elsewhere }: StageDefinition, { endedOn }: Pick<Report, 'endedOn'>): boolean =>
  elsewhere === true && endedOn === undefined;

/** What others had begun they have told the end of. */
const isEndOfElsewhere = (
  { state }: Draft,
  { stage, elsewhere }: StageDefinition,
  { endedOn }: Report,
): boolean => elsewhere === true && endedOn !== undefined && homeOf(state) === `${stage}.procedure`;

/** Whether it was done in the stage's present round. */
const isOfRound = ({ state, pathway }: Draft, { stage }: StageDefinition, on: LocalDate): boolean =>
  roundOn(state, stage, { on, zone: pathway.zone }) === roundOf(state, stage);

interface Told extends Report {
  /** What of it is not as the list of sessions has it. */
  readonly fault: string | undefined;
  readonly passedOver: Performed['passedOver'];
}

/** @returns whether it counts */
function record(
  draft: Draft,
  stage: StageDefinition,
  { performedOn, endedOn, fault, passedOver }: Told,
): boolean {
  const session = draft.pathway.sessionAt(stage);
  const of = session === undefined ? {} : { session };
  const gate = gateFor(draft, stage.stage, { performedOn, ...of });
  const judged = judgeReport(draft, stage, { performedOn, gate });
  const { deviation, code, counts } = fault === undefined ? judged : outOfOrder(stage, judged, fault);
  const defined = draft.pathway.stage(stage.stage) ?? stage;
  const end = endOfDay(performedOn, draft.pathway.zone);
  const then = { pathway: draft.pathway, state: { ...draft.state, choices: choicesAsOf(draft.state, end) } };
  const against = isPassedBy(then, defined) ? notChosen(then, defined, end) : undefined;
  const performed = {
    stage: stage.stage,
    ...of,
    procedures: stage.procedures,
    performedOn,
    ...(endedOn === undefined ? {} : { endedOn }),
    reportedAt: draft.now,
    step: stepNumber(draft.state),
    deviation: deviation !== undefined,
    areas: sitesDone(draft, stage),
    counts,
    round: roundOn(draft.state, stage.stage, { on: performedOn, zone: draft.pathway.zone }),
    ...(passedOver ? { passedOver } : {}),
  };
  draft.state = { ...draft.state, performed: [...draft.state.performed, performed] };
  useConsent(draft, stage, performedOn);
  if (isOfRound(draft, stage, performedOn)) fulfilBooking(draft, stage.stage, performedOn);
  if (deviation !== undefined) {
    const about = [stage.stage, ...(session === undefined ? [] : [session]), performedOn].join('/');
    raiseDeviation(draft, { code, says: deviation, reasons: judged.reasons, about });
  }
  if (against !== undefined)
    raiseDeviation(draft, {
      code: 'not-chosen',
      says: against,
      reasons: [],
      about: `${stage.stage}/${performedOn}/chosen`,
    });
  return counts;
}

/** One deviation, however much of it was otherwise than the pathway has it. */
const outOfOrder = ({ title }: StageDefinition, { deviation, counts }: ReportFinding, fault: string) => ({
  deviation: `${deviation ?? `${title} was performed`}; ${fault}`,
  code: 'out-of-order' as const,
  counts,
});

/** Told again, it may tell when it ended; of two such days the later counts, for more time is to pass from it. */
function isTold(draft: Draft, report: Report): boolean {
  const { stage, performedOn, endedOn } = report;
  const { performed } = draft.state;
  const told = performed.find((one) => isOf(one, report));
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
