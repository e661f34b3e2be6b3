import { localDateOf, startOfDay } from '../model/calendar.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import { ALONGSIDE, homeOf, isPrescribed, placeOf } from '../pathway/chart.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { Charge } from './charge.schema.ts';
import { type Draft, stepNumber } from './draft.ts';
import { creditCharge, enterCharge, priceOf, type Standing, serviceOf } from './ledger.ts';
import { askAPerson } from './outside.ts';
import { dropHowPaid, dropPaymentTask } from './payments.ts';
import type { Leave, Performed, PlanState } from './plan-state.schema.ts';
import { isCourseOver } from './running-tracks.ts';

/**
 * The ledger of what the patient is charged: each month of a programme, or each service that is given, once. A month falls
 * due on its first, as the plan stood then, however late the plan looks; a service with its report. Nothing falls due
 * once the course is over, and nothing for what was done before the plan was charged for. Money decides nothing else.
 */

/** Looks at each first of a month that has come since the plan last did: before the event, as the plan stood on that day. */
export function chargeMonths(draft: Draft): void {
  // It never begins, and nothing that is asked of it changes it.
  if (isPrescribed(draft.state)) return;
  const today = localDateOf(draft.now, draft.pathway.zone);
  for (let on = nextFirst(draft.state.monthsTo); on <= today; on = nextFirst(on)) {
    if (isMonthDue(draft)) chargeMonth(draft, on, startOfDay(on, draft.pathway.zone));
    draft.state = { ...draft.state, monthsTo: on };
  }
}

/** When the next month falls due. */
export function chargeEdges({ pathway, state }: Standing): Instant[] {
  const on = nextFirst(state.monthsTo);
  return isMonthDue({ pathway, state }) ? [startOfDay(on, pathway.zone)] : [];
}

/** Charges what fell due in this step, asks for what has come to be known, and gives back what was not given after all. */
export function keepCharges(draft: Draft): void {
  chargeBeginning(draft);
  chargeServices(draft);
  askForKnown(draft);
  creditWithdrawn(draft);
  const isOpen = Object.values(draft.state.charges).some(({ status }) => status === 'asked');
  if (!isOpen && isCourseOver(draft.pathway, draft.state)) dropHowPaid(draft);
}

/** What fell due before a plan was brought in is between the patient and whoever had it then. */
export const chargedElsewhere = ({ charges }: PlanState): PlanState['charges'] =>
  Object.fromEntries(
    Object.entries(charges).map(([id, charge]) => {
      const isOpen = charge.status === 'asked' || charge.status === 'awaited';
      return [id, isOpen ? { ...charge, status: 'elsewhere' } : charge];
    }),
  );

function nextFirst(day: LocalDate): LocalDate {
  const [year = 0, month = 0] = day.split('-').map(Number);
  const [nextYear, next] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return `${String(nextYear).padStart(4, '0')}-${String(next).padStart(2, '0')}-01`;
}

/** Of a programme that has begun, is not over, and has months left. */
function isMonthDue({ pathway, state }: Standing): boolean {
  const { charges, chart } = pathway;
  const hasBegun = state.enteredAt[ALONGSIDE] !== undefined;
  const home = homeOf(state);
  if (charges?.kind !== 'monthly' || !hasBegun || chart.isFinal(home)) return false;
  const isOverrun = charges.overrun === 'charged' && placeOf(home).maintenance === undefined;
  return monthsCharged(state) < charges.months || isOverrun;
}

/** Those that were left out for the plan being postponed are owed still. */
const monthsCharged = ({ charges }: PlanState): number =>
  Object.values(charges).filter(({ of, status }) => of.kind === 'month' && status !== 'paused').length;

const monthOf = (on: LocalDate): string => on.slice(0, 'YYYY-MM'.length);

/** Off its course nothing of the programme is given; postponed, it is as the pathway says. */
function chargeMonth(draft: Draft, on: LocalDate, dueAt: Instant): void {
  const { leave } = draft.state;
  const isOff = leave !== undefined && leave.exit !== 'postponement';
  enterCharge(draft, monthOf(on), {
    title: `Month ${monthOf(on)}`,
    of: { kind: 'month', on },
    status: isOff || isPostponed(draft, leave, on) ? 'paused' : 'awaited',
    dueAt,
  });
}

const isPostponed = ({ pathway }: Standing, leave: Leave | undefined, on: LocalDate): boolean =>
  leave?.exit === 'postponement' &&
  pathway.charges?.whilePostponed === 'paused' &&
  localDateOf(leave.at, pathway.zone) <= on;

/** Where the programme is charged from the day on which its course begins. */
function chargeBeginning(draft: Draft): void {
  const { pathway, state, now } = draft;
  const { charges, zone } = pathway;
  if (charges?.kind !== 'monthly' || charges.firstOn !== 'start of course') return;
  const on = localDateOf(now, zone);
  const hasBegun = state.enteredAt[ALONGSIDE] === now;
  if (hasBegun && monthsCharged(state) === 0) chargeMonth(draft, on, now);
}

/** Each report that counts, of a stage or session that has a price, in the step that takes it. */
function chargeServices(draft: Draft): void {
  if (draft.pathway.charges?.kind !== 'pay as you go') return;
  for (const one of draft.state.performed) {
    const isTaken = one.step === stepNumber(draft.state) && one.counts;
    if (isTaken && !isCharged(draft.state, one) && !isAfterEnd(draft, one)) chargeService(draft, one);
  }
}

const isCharged = ({ charges }: PlanState, { step }: Performed): boolean =>
  Object.values(charges).some(({ of }) => of.kind === 'service' && of.step === step);

/** After its end a plan enters nothing more: the last that it entered is its end. */
function isAfterEnd({ pathway, state }: Standing, { performedOn }: Performed): boolean {
  if (isPrescribed(state)) return true;
  if (!isCourseOver(pathway, state)) return false;
  const [end = state.startedAt] = Object.values(state.enteredAt).toSorted().reverse();
  return performedOn > localDateOf(end, pathway.zone);
}

function chargeService(draft: Draft, { stage, session, performedOn, step, movedFrom }: Performed): void {
  const { pathway, state } = draft;
  const of = {
    kind: 'service' as const,
    stage,
    ...(session === undefined ? {} : { session }),
    performedOn,
    step,
  };
  const given = serviceOf(pathway, of);
  if (given?.price === undefined) return;
  const name = [stage, ...(session === undefined ? [] : [session]), performedOn].join('/');
  const again = Object.keys(state.charges).filter((id) => id === name || id.startsWith(`${name}/`)).length;
  const isPaused = isPostponed(draft, movedFrom?.leave ?? state.leave, performedOn);
  enterCharge(draft, again === 0 ? name : `${name}/${again + 1}`, {
    ...{ title: given.title, of, status: isPaused ? 'paused' : 'awaited', dueAt: draft.now },
  });
}

/** What depended on a choice, and is known since it was made. */
function askForKnown(draft: Draft): void {
  for (const [id, charge] of Object.entries(draft.state.charges))
    if (charge.status === 'awaited' && priceOf(draft, charge) !== undefined) enterCharge(draft, id, charge);
}

/** What turned out not to have been given is given back. */
function creditWithdrawn(draft: Draft): void {
  const given = new Set(draft.state.performed.map(({ step }) => step));
  for (const [id, charge] of Object.entries(draft.state.charges)) {
    if (charge.of.kind === 'month' || given.has(charge.of.step) || isClosed(charge)) continue;
    dropPaymentTask(draft, id);
    creditCharge(draft, id, charge);
    if (charge.status === 'elsewhere')
      askAPerson(draft, `credit-${charge.of.step}`, {
        title: `${charge.title} was not given, and may have been charged before the plan came here: see to its credit`,
        role: COORDINATOR,
      });
  }
}

const isClosed = ({ status }: Charge): boolean => status === 'credited' || status === 'void';
