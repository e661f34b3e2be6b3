import type { PlanView } from '../api/plan-view.schema.ts';
import { dayText, deadline, section, table, when } from './text.ts';

/** How far a plan is on its course. */
export function courseLines(plan: PlanView): string[] {
  const { timeZone, tracks, stages, bookings, delays } = plan;
  const begun = stages.filter(({ round }) => round !== undefined);
  return [
    ...section('Beside the course', table(tracks.map((track) => trackRow(track, timeZone)))),
    ...section('Stages', table(begun.map((stage) => stageRow(stage, plan)))),
    ...begun.flatMap((stage) => section(`Sessions of ${stage.title}`, table(sessionRows(stage)))),
    ...longTermLines(plan),
    ...section('Appointments', table(bookings.map(bookingRow))),
    ...section('Told to wait', table(delays.map(delayRow))),
  ];
}

/** What goes on after the course, and what comes round beside it. */
export const longTermLines = (plan: Pick<PlanView, 'maintenance' | 'reviews' | 'timeZone'>): string[] => [
  ...section('Afterwards', maintenanceRows(plan)),
  ...section('Reviews', table(plan.reviews.map((review) => reviewRow(review, plan.timeZone)))),
];

const maintenanceRows = ({ maintenance, timeZone }: Pick<PlanView, 'maintenance' | 'timeZone'>): string[] =>
  maintenance
    ? table([
        [
          maintenance.title,
          `since ${when(maintenance.since, timeZone)}`,
          `until ${deadline(maintenance.until, timeZone)}`,
        ],
      ])
    : [];

const reviewRow = ({ title, nextAt }: PlanView['reviews'][number], timeZone: string): string[] => [
  title,
  nextAt === undefined ? 'not asked now' : `next ${when(nextAt, timeZone)}`,
];

/** Where a plan is that is off its course, and how it comes back. */
export function leaveLines({ leave, timeZone }: Pick<PlanView, 'leave' | 'timeZone'>): string[] {
  if (!leave) return [];
  const { exit, since, by, reason, closesAt, returnsTo } = leave;
  return section('Off its course', [
    `  ${exit} since ${when(since, timeZone)}, by ${by}: ${reason}`,
    `  returns to ${returnsTo}; closed if it has not by ${deadline(closesAt, timeZone)}`,
  ]);
}

function trackRow(
  { title, starts, phase, startedAt, returnsTo }: PlanView['tracks'][number],
  timeZone: string,
): string[] {
  if (startedAt === undefined)
    return [title, starts === 'with course' ? 'has not begun' : 'begins if it is decided'];
  const back = returnsTo === undefined ? '' : `, returns to ${returnsTo}`;
  return [title, `${phase}${back}`, `since ${when(startedAt, timeZone)}`];
}

function stageRow(stage: PlanView['stages'][number], { timeZone, performed }: PlanView): string[] {
  const { title, round = 1, sessions, anaesthesia, elsewhere, clearance } = stage;
  const { done, skipped, of } = sessions;
  const hasOnlyBegun =
    elsewhere && performed.some((one) => one.stage === stage.stage && one.endedOn === undefined);
  const missed = skipped === 0 ? '' : `, ${skipped} of them missed and passed over`;
  const told = [
    round === 1 ? '' : `round ${round}`,
    of === 1
      ? hasOnlyBegun
        ? 'begun'
        : done === 1
          ? 'done'
          : 'not done yet'
      : `${done} of ${of} sessions${missed}`,
    elsewhere ? 'elsewhere' : '',
    anaesthesia === undefined ? '' : `${anaesthesia} anaesthesia`,
    ...clearance.map((one) => clearanceText(one, timeZone)),
  ];
  return [title, told.filter(Boolean).join('; ')];
}

/** Where the sessions of a stage differ: each, and what has become of it. */
const sessionRows = ({ sessions }: PlanView['stages'][number]): string[][] =>
  (sessions.list ?? []).map(({ session, title, status, on }) => [
    session,
    title,
    on === undefined ? status : `${status} ${dayText(on)}`,
  ]);

function clearanceText(
  { title, status, completedAt }: PlanView['stages'][number]['clearance'][number],
  timeZone: string,
): string {
  if (status === 'completed' && completedAt !== undefined)
    return `${title}: done ${when(completedAt, timeZone)}`;
  return `${title}: ${status === undefined ? 'not asked for yet' : 'not done'}`;
}

const BOOKED: Readonly<Record<PlanView['bookings'][number]['status'], string>> = {
  booked: 'booked',
  fulfilled: 'kept',
  cancelled: 'cancelled',
  noshow: 'missed',
};

const bookingRow = ({
  title,
  on,
  status,
  generation,
  by,
  appointment = '',
}: PlanView['bookings'][number]) => [
  title,
  dayText(on),
  `${BOOKED[status]}${generation === 1 ? '' : `, made or moved ${generation} times`}`,
  `by ${by}`,
  appointment,
];

const delayRow = ({ title, until, why }: PlanView['delays'][number]): string[] => [
  title,
  `until ${dayText(until)}`,
  why,
];
