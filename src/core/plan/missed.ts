import type { EventOf } from '../model/event.schema.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import { isBeforeProcedure, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { endBooking, keepBooking } from './booked.ts';
import { reportedBy, standingBookings } from './booked-days.ts';
import { type Draft, write } from './draft.ts';
import { closeGates, isOpenedAfter } from './gates.ts';
import { nextListed, nextSession } from './listed-sessions.ts';
import { returnToGate } from './phases.ts';
import type { PlanState } from './plan-state.schema.ts';
import { skipSession } from './progress.ts';
import { keepQuestions, type QuestionToAsk } from './questions.ts';

/** What the ids of these questions begin with. */
export const MISSED = 'missed/';

const MISSED_IT = 'missed';

const questionOf = (stage: string, on: LocalDate): string => `${MISSED}${stage}/${on}`;

/** As time passes: asks what became of an appointment that nobody has reported on, and acts on the answer. */
export function askAfterAppointments(draft: Draft): void {
  for (const [stage, booking] of standingBookings(draft.pathway, draft.state)) {
    const answer = draft.state.questions[questionOf(stage.stage, booking.on)]?.answer;
    if (answer?.outcome === MISSED_IT && answer.at >= booking.bookedAt) takeMissed(draft, stage, booking.on);
  }
  const wanted = standingBookings(draft.pathway, draft.state).flatMap(
    ([stage, { on }]): [string, QuestionToAsk][] =>
      draft.now < reportedBy(draft.pathway, on)
        ? []
        : [[questionOf(stage.stage, on), askedOf(draft, stage, on)]],
  );
  keepQuestions(draft, MISSED, new Map(wanted));
}

const askedOf = ({ pathway, state }: Draft, stage: StageDefinition, on: LocalDate): QuestionToAsk => ({
  stage: stage.stage,
  title: `${nextSession(pathway, state, stage)} was booked for ${on}, and nobody has reported on it. If it was done, report it.`,
  about: on,
  roles: [COORDINATOR],
  outcomes: [MISSED_IT],
});

/** When these questions come up. */
export const appointmentEdges = (pathway: Pathway, state: PlanState): Instant[] =>
  standingBookings(pathway, state).map(([, { on }]) => reportedBy(pathway, on));

/** The patient did not come: still owed, or passed over. Of another day than the one that is booked it changes nothing. */
export function recordMissed(draft: Draft, { data }: EventOf<'appointment.missed'>): undefined {
  const stage = draft.pathway.stage(data.stage);
  if (!stage) return;
  const { on } = data;
  const known = draft.state.bookings[stage.stage];
  if (known?.status === 'booked') {
    if (known.on === on) takeMissed(draft, stage, on);
    return;
  }
  if (!isNews(draft, stage, on)) return;
  keepBooking(draft, stage.stage, {
    on,
    bookedAt: draft.now,
    by: draft.event.actor.id,
    status: 'booked',
    generation: (known?.generation ?? 0) + 1,
  });
  takeMissed(draft, stage, on);
}

/** An appointment that nobody has told of before: for what the plan stands before, and later than all that is known. */
const isNews = ({ state }: Draft, { stage }: StageDefinition, on: LocalDate): boolean =>
  isBefore(state, stage) &&
  (state.bookings[stage]?.on ?? '') < on &&
  state.performed.every((one) => one.stage !== stage || one.performedOn < on);

function isBefore({ chart }: PlanState, stage: string): boolean {
  const { phase, stage: of } = placeOf(chart);
  return isBeforeProcedure(chart, stage) || (of === stage && phase === 'procedure');
}

function takeMissed(draft: Draft, stage: StageDefinition, on: LocalDate): void {
  if (!endBooking(draft, stage.stage, 'noshow')) return;
  const what = nextSession(draft.pathway, draft.state, stage);
  const details = { stage: stage.stage, on };
  write(draft, {
    kind: 'appointment.missed',
    says: `The patient did not come for ${what} on ${on}`,
    details,
  });
  // Whoever came since is let through by the gate that opened then.
  const hasComeSince = isOpenedAfter(draft, stage.stage, on);
  if (!hasComeSince) closeGates(draft, stage.stage);
  if (!isBefore(draft.state, stage.stage)) return;
  // Told of again, a day is one session still.
  const isKnown = draft.state.stages[stage.stage]?.skipped.includes(on) === true;
  const isSkipped = stage.missed === 'skip' && !isKnown;
  if (isSkipped) {
    skipSession(draft, stage.stage, { on, session: nextListed(draft.state, stage)?.session });
    write(draft, { kind: 'session.skipped', says: `Passed over: ${what}`, details });
  }
  if (hasComeSince) return;
  if (isSkipped || placeOf(draft.state.chart).phase !== 'ready') returnToGate(draft, stage);
}
