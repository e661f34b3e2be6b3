import { MOST_WORKING_DAYS } from '../model/durations.ts';
import type { Duration, DurationUnit } from '../model/primitives.schema.ts';
import type { Clinic, LadderDefinition, Rung } from '../pathway/clinic.schema.ts';
import type { ClinicFile } from './clinic.schema.ts';
import type { Report } from './issues.ts';
import { lowerAreas } from './lower-areas.ts';
import { lowerCondition } from './lower-condition.ts';
import { checkReviews } from './lower-exits.ts';
import { ALWAYS, type OpeningHours } from './opening-hours.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import {
  checkAllKnown,
  checkKnown,
  checkOnce,
  NEEDED_ROLES,
  rolesOf,
  type Vocabulary,
} from './vocabulary.ts';

/** The first calendar and the first ladder are meant wherever none is named. */
export function lowerClinic(file: ClinicFile, vocabulary: Vocabulary, report: Report): Clinic {
  const { clinic, timeZone, roles, calendars, ladders, sources = [], waits } = file;
  checkRoles(roles, report);
  const calendarNames = calendars.map(({ calendar }) => calendar);
  checkOnce('calendar', { names: calendarNames, path: ['calendars'], key: 'calendar' }, report);
  const ladderNames = ladders.map(({ ladder }) => ladder);
  checkOnce('ladder', { names: ladderNames, path: ['ladders'], key: 'ladder' }, report);
  checkHigherRisk(ladders, report);
  checkReviews(file.exits, ['exits'], report);
  const sourceNames = sources.map(({ source }) => source);
  checkOnce('source', { names: sourceNames, path: ['sources'], key: 'source' }, report);
  return {
    clinic,
    timeZone,
    roles,
    calendars: calendars.map((calendar, index) => lowerCalendar(calendar, ['calendars', index], report)),
    ladders: ladders.map((ladder, index): LadderDefinition => {
      const path = ['ladders', index];
      const { calendar = calendarNames[0] ?? '', everyFurther, higherRisk } = ladder;
      checkKnown('calendar', { name: calendar, known: calendarNames, path: [...path, 'calendar'] }, report);
      const steps = { path: [...path, 'steps'], roles: rolesOf(file), vocabulary };
      const rungs = lowerSteps(ladder, steps, report);
      const higher = higherRisk === undefined ? {} : { higherRisk };
      return { ladder: ladder.ladder, calendar, rungs, everyFurther, ...higher };
    }),
    areas: lowerAreas(file, report),
    sources,
    waits,
  };
}

/** A plan climbs one ladder in the place of another: that one stands for itself. */
function checkHigherRisk(ladders: ClinicFile['ladders'], report: Report): void {
  const known = ladders.map(({ ladder }) => ladder);
  for (const [index, { higherRisk }] of ladders.entries()) {
    if (higherRisk === undefined) continue;
    const path = ['ladders', index, 'higherRisk'];
    checkKnown('ladder', { name: higherRisk, known, path }, report);
    const next = ladders.find(({ ladder }) => ladder === higherRisk)?.higherRisk;
    if (next === undefined) continue;
    const says = `\`${higherRisk}\` names a ladder for higher risk itself`;
    report(path, new Refused('CC1076', says, 'let one of the two name none'));
  }
}

function checkRoles(roles: readonly string[], report: Report): void {
  checkOnce('role', { names: roles, path: ['roles'] }, report);
  for (const role of NEEDED_ROLES) {
    if (!roles.includes(role)) report(['roles'], new Refused('CC1048', `the role \`${role}\` is missing`));
  }
}

/** Without hours of its own only `always` is open, and that is open always. */
function lowerCalendar(
  { calendar, open, closed = [] }: ClinicFile['calendars'][number],
  path: Path,
  report: Report,
) {
  checkOnce('closed day', { names: closed, path: [...path, 'closed'] }, report);
  if (calendar === 'always' && open) {
    report([...path, 'open'], new Refused('CC1027', '`always` has no opening hours: it never closes'), 'key');
  }
  if (calendar !== 'always' && !open) {
    report(path, new Refused('CC1011', '`open` is missing', 'add `open:`; only `always` goes without'));
  }
  const hours: OpeningHours = open ?? ALWAYS;
  const most = Object.keys(hours).length * CLOSED_PER_WEEKDAY;
  if (closed.length > most) {
    report([...path, 'closed'], new Refused('CC1016', `${closed.length} closed days are more than ${most}`));
  }
  return { calendar, open: hours, closed };
}

/** Of two years' 104, so many that counting working days always finds enough that are open. */
const CLOSED_PER_WEEKDAY = 104 - MOST_WORKING_DAYS;

function lowerSteps(
  { steps }: ClinicFile['ladders'][number],
  { path, roles, vocabulary }: { path: Path; roles: readonly string[]; vocabulary: Vocabulary },
  report: Report,
): Rung[] {
  return steps.map((step, index) => {
    const { at, tell, raise = 0 } = step;
    checkAllKnown(
      'role',
      { names: tell, known: ['owner', ...roles], path: [...path, index, 'tell'] },
      report,
    );
    const before = steps[index - 1];
    if (before && !comesBefore(before.at, at)) {
      report(
        [...path, index, 'at'],
        new Refused('CC1065', 'this step does not come after the one before it'),
      );
    }
    const asking = { path: [...path, index, 'onlyWhen'], vocabulary, report, ofPatient: 'a ladder' } as const;
    const onlyWhen = step.onlyWhen && lowerCondition(step.onlyWhen, asking);
    return { at, tell, raise, ...(onlyWhen ? { onlyWhen } : {}) };
  });
}

const ORDER: readonly Rung['at']['when'][] = ['start', 'before due', 'due', 'late'];

function comesBefore(one: Rung['at'], other: Rung['at']): boolean {
  const [first, second] = [ORDER.indexOf(one.when), ORDER.indexOf(other.when)];
  if (first !== second) return first < second;
  if (one.when === 'before due' && other.when === 'before due')
    return minutesOf(one.by) > minutesOf(other.by);
  return one.when === 'late' && other.when === 'late' && minutesOf(one.by) < minutesOf(other.by);
}

const MINUTES: Readonly<Record<DurationUnit, number>> = {
  minute: 1,
  hour: 60,
  day: 1_440,
  'working day': 1_440,
  week: 10_080,
  month: 43_200,
  year: 525_600,
};

/** Near enough to tell the order of two steps. */
const minutesOf = ({ count, unit }: Duration): number => count * MINUTES[unit];
