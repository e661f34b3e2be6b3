import type { EventOf, PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { Question } from '../../../src/core/plan/plan-state.schema.ts';
import { for_ } from '../pathways.ts';
import { plainly } from '../plain.ts';
import { actor, coordinator, eventOf, laboratory, nurse, patient } from '../plan.ts';
import { daysLater } from '../wall-calendar.ts';
import type { Planned } from './coordinator.ts';
import type { Situation } from './observing.ts';
import { both, dermatologist, guardian, lead } from './people.ts';

/** Whoever may ask for something of the plan, and some who may not. */
const anybody = ({ random }: Situation) =>
  random.pick([coordinator, coordinator, coordinator, nurse, dermatologist, patient, laboratory, guardian]);

const anyStage = ({ random, terms, state }: Situation): string => {
  const own = terms.stage(state.chart.split('.')[0] ?? '')?.stage;
  if (own !== undefined && random.chance(0.7)) return own;
  return random.chance(0.95) ? random.pick(terms.compiled.stages).stage : 'another-stage';
};

/** Mostly ahead; sometimes past, far away, or no day on which anything can be booked. */
const bookable = ({ random, today }: Situation): string =>
  daysLater(
    today,
    for_(random.pick([0, 0, 1, 1, 2, 3, 4, 6, 7, 8, 9, 13, 14, 20, 21, 22, 30, 45, 90, -1, -7]), 'day'),
  );

export const askedToBook = (situation: Situation): PlanEvent =>
  eventOf(
    'bookAppointment',
    { stage: anyStage(situation), on: bookable(situation) },
    { actor: anybody(situation) },
  );

export const booked = (situation: Situation): PlanEvent => {
  const { random } = situation;
  const on = random.chance(0.05)
    ? daysLater(situation.today, for_(random.pick([-3000, 3000]), 'day'))
    : bookable(situation);
  const more = random.chance(0.3) ? { appointment: `a-${random.between(1, 3)}` } : {};
  return eventOf(
    'appointment.booked',
    { stage: anyStage(situation), on, ...more },
    { actor: random.pick([coordinator, nurse, laboratory, patient]) },
  );
};

export const unbooked = (situation: Situation): PlanEvent =>
  eventOf(
    'appointment.cancelled',
    { stage: bookedStage(situation) },
    { actor: situation.random.pick([coordinator, nurse, patient, laboratory]) },
  );

const bookedStage = (situation: Situation): string => {
  const { random, state } = situation;
  const open = Object.entries(state.bookings).flatMap(([stage, { status }]) =>
    status === 'booked' ? [stage] : [],
  );
  return open.length > 0 && random.chance(0.9) ? random.pick(open) : anyStage(situation);
};

export function missed(situation: Situation): PlanEvent {
  const { random, state, today } = situation;
  const stage = bookedStage(situation);
  const booking = Object.hasOwn(state.bookings, stage) ? state.bookings[stage] : undefined;
  const on = booking && random.chance(0.85) ? booking.on : daysLater(today, for_(-1, 'day'));
  return eventOf('appointment.missed', { stage, on }, { actor: random.pick([coordinator, nurse, patient]) });
}

export function notPerformed(situation: Situation): PlanEvent {
  const { random, today } = situation;
  const data = { stage: anyStage(situation), on: today, reason: 'the machine broke' };
  return eventOf('procedure.notPerformed', data, {
    actor: random.pick([coordinator, nurse, nurse, patient]),
  });
}

/** A report that was wrong; now and then one that nobody made. */
export function reportWithdrawn(situation: Situation): PlanEvent {
  const { random, state, today } = situation;
  const told = state.performed.length > 0 ? random.pick(state.performed.slice(-2)) : undefined;
  const data: EventOf<'report.withdrawn'>['data'] =
    told && random.chance(0.9)
      ? { stage: told.stage, performedOn: told.performedOn, reason: 'another patient' }
      : { stage: anyStage(situation), performedOn: today, reason: 'another patient' };
  return eventOf('report.withdrawn', data, { actor: random.pick([nurse, nurse, patient]) });
}

/** Sessions that were passed over, and may have been given after all. */
export const passedOver = ({ stages }: Situation['state']): EventOf<'procedure.performed'>['data'][] =>
  Object.entries(stages).flatMap(([stage, { skipped }]) =>
    skipped.map((performedOn) => ({ stage, performedOn })),
  );

export const givenAfterAll = ({ random, state }: Situation): PlanEvent =>
  eventOf('procedure.performed', random.pick(passedOver(state)));

/** What was done before that which was reported last. */
export function reportedLate({ random, terms, state }: Situation): PlanEvent {
  const last = random.pick(state.performed.slice(-2)).performedOn;
  const performedOn = daysLater(last, for_(-random.pick([1, 1, 2, 5, 20]), 'day'));
  return eventOf('procedure.performed', { stage: random.pick(terms.compiled.stages).stage, performedOn });
}

/** On the first day that an interval with grace allows, or some days before it. */
export function reportedEarly(situation: Situation): Planned {
  const { random, terms, state, today } = situation;
  const { intervals, stages } = terms.compiled;
  const isFrom = ({ from }: (typeof intervals)[number], { stage, procedures }: (typeof performed)[number]) =>
    from.kind === 'stage'
      ? from.stage === stage
      : from.kind === 'procedure' && terms.namesOf(procedures).includes(from.of);
  const { performed } = state;
  const all = intervals.flatMap((interval) => {
    const last = performed.findLast((one) => isFrom(interval, one));
    return interval.grace && last ? [{ ...plainly(interval), last }] : [];
  });
  if (all.length === 0) return { event: reportedLate(situation) };
  const { to, minimum, last } = random.pick(all);
  const stage = stages.find(({ stage: name, procedures, traits }) =>
    to.kind === 'stage' ? name === to.stage : [...procedures, ...traits].includes(to.of),
  );
  const early = daysLater(daysLater(last.performedOn, minimum), for_(-random.between(0, 5), 'day'));
  const performedOn = early < last.performedOn ? today : early;
  const event = eventOf('procedure.performed', { stage: stage?.stage ?? anyStage(situation), performedOn });
  return performedOn > today ? { event, notBefore: `${performedOn}T20:00:00.000Z` } : { event };
}

export const askedForPrep = (situation: Situation): PlanEvent =>
  eventOf('startPrep', { stage: anyStage(situation) }, { actor: anybody(situation) });

const EXITS = ['further-evaluation', 'conservative', 'referral', 'postponement'] as const;

export function left(situation: Situation): PlanEvent {
  const { random } = situation;
  const exit = random.chance(0.06) ? ('declined' as const) : random.pick(EXITS);
  return eventOf('leaveCourse', { exit, reason: 'asked for it' }, { actor: anybody(situation) });
}

export const returned = (situation: Situation): PlanEvent =>
  eventOf('returnToCourse', { reason: 'well again' }, { actor: anybody(situation) });

const PEOPLE: Readonly<Record<string, typeof nurse>> = {
  nurse,
  dermatologist,
  coordinator,
  'clinical-lead': lead,
};

/** Somebody of a role that is asked answers, or the word of the patient is recorded by staff. */
export function voted(
  { random }: Situation,
  [id, question]: readonly [string, Question],
  outcome: string = likelyOutcome(random, question),
): PlanEvent {
  const role = random.pick(question.roles);
  const note = random.chance(0.2) ? { note: 'after a long talk' } : {};
  const said = { question: id, outcome, ...note };
  if (role === 'patient' || role === 'guardian')
    return eventOf('decide', { ...said, role }, { actor: random.pick([nurse, coordinator, dermatologist]) });
  const second = random.chance(0.15) ? actor(`${role}-2`, role) : undefined;
  const who = second ?? (random.chance(0.15) ? both : (PEOPLE[role] ?? actor(`${role}-1`, role)));
  return eventOf('decide', random.chance(0.3) ? { ...said, role } : said, { actor: who });
}

/** What was said already, more often than anything else: so that people agree; else more often what comes first. */
function likelyOutcome(random: Situation['random'], { votes, outcomes, roles }: Question): string {
  const said = votes.at(-1)?.outcome;
  // Where many are asked, they differ.
  if (said !== undefined && random.chance(roles.length > 2 ? 0.5 : 0.7)) return said;
  return random.chance(0.45) ? (outcomes[0] ?? 'go-on') : random.pick(outcomes);
}

/** Questions that nobody has answered yet. */
export const openQuestions = ({ state }: Situation): (readonly [string, Question])[] =>
  Object.entries(state.questions).filter(([, { answer }]) => answer === undefined);

/** Any answer to any question, by the right and the wrong people, in roles that they have and have not. */
export function decidedAnyhow(situation: Situation): PlanEvent {
  const { random, state } = situation;
  const known = Object.entries(state.questions);
  const question = known.length > 0 && random.chance(0.95) ? random.pick(known)[0] : 'late/nothing';
  const outcomes = (Object.hasOwn(state.questions, question) && state.questions[question]?.outcomes) || [];
  const outcome = random.chance(0.92) && outcomes.length > 0 ? random.pick(outcomes) : 'no-such-outcome';
  const roles = ['patient', 'guardian', 'dermatologist', 'nurse', 'clinical-lead', 'coordinator'];
  const role = random.chance(0.4) ? { role: random.pick(roles) } : {};
  return eventOf(
    'decide',
    { question, outcome, ...role },
    { actor: random.pick([dermatologist, nurse, lead, both, coordinator, patient, guardian]) },
  );
}

/** Whether a stage has anything that counts from a booking. */
export const countsFromBooking = ({ beforeEach, prep = [] }: StageDefinition): boolean =>
  [...beforeEach, ...prep].some(({ when }) => 'due' in when && 'before' in when.due);
