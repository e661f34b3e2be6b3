import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { ANY_TIME, readDurationIn } from '../model/durations.ts';
import type { AreaDefinition, Rung } from '../pathway/clinic.schema.ts';
import { Condition } from './condition.schema.ts';
import { duration } from './durations.ts';
import { exitTerms } from './exit-terms.ts';
import { nearest } from './nearest.ts';
import { openingHours } from './opening-hours.ts';
import { Refused } from './problem.ts';
import { date, group, list, name, oneOf, sentence, text } from './words.ts';

/** Where facts come from; a catalogue gives their order of trust. */
export const SOURCE_KINDS = ['laboratory', 'record', 'device', 'clinician', 'patient'] as const;

/** What a service may state by its own word. Consent is none of it. */
const STATED = [
  'observation.recorded',
  'fact.corrected',
  'fact.withdrawn',
  'history.recorded',
  'task.completed',
  'procedure.performed',
] as const;

/** Whoever owns a wait; what services sign in as. Nobody holds these as a role. */
const NO_ROLES = ['owner', 'service'];

const timeZone = sentence((zone) => {
  if (/^[A-Z]/i.test(zone) && isTimeZone(zone)) return zone;
  const meant = nearest(zone, Intl.supportedValuesOf('timeZone'));
  return new Refused('CC1030', `there is no time zone \`${zone}\``, meant && `did you mean \`${meant}\`?`);
});

function isTimeZone(zone: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId !== '';
  } catch {
    return false;
  }
}

/** Going back from a due time, months have no length. */
const BEFORE_DUE = ANY_TIME.filter((unit) => unit !== 'month' && unit !== 'year');

/** `start`, `due`, `1 working day before due`, `2 working days late` */
const stepTime = sentence((written): Rung['at'] | Refused => {
  if (written === 'start' || written === 'due') return { when: written };
  const [, time, side] = /^(.+) (before due|late)$/.exec(written) ?? [];
  if (time === undefined) return new Refused('CC1028', `\`${written}\` is no time of a step`);
  const when = side === 'late' ? 'late' : 'before due';
  const by = readDurationIn(when === 'late' ? ANY_TIME : BEFORE_DUE, time);
  return by instanceof Refused ? by : { when, by };
});

const Step = group({
  at: stepTime,
  tell: list(text()),
  raise: z.int().min(0).max(3).optional(),
  onlyWhen: Condition.optional(),
});

const Ladder = group({
  ladder: name(),
  calendar: text().optional(),
  steps: list(Step),
  everyFurther: duration(ANY_TIME),
  higherRisk: text().optional(),
});

const Calendar = group({ calendar: name(), open: openingHours.optional(), closed: list(date).optional() });

/** A service that states facts by its own word. Beside the four, what nobody wrote a due time for has one here. */
const Service = group({
  source: sentence((written) =>
    /^[A-Za-z][A-Za-z0-9._-]{0,79}$/.test(written)
      ? written
      : new Refused('CC1015', `\`${written}\` is no name of a service: letters, digits, dots and dashes`),
  ),
  is: oneOf(SOURCE_KINDS),
  states: list(oneOf(STATED)),
});

const waited = duration(ANY_TIME);

/**
 * A word for a part of the body, blanks in it. Sentences about areas keep `or`, `in` and `any` for themselves, and
 * `treatment` and `donor` are the areas of a plan.
 */
const bodyWord = sentence((written) => {
  const isWords =
    /^\p{L}[\p{L}\p{N}'-]*(?: [\p{L}\p{N}'-]+)*$/u.test(written) && written.length <= MOST_LETTERS;
  const kept = written.split(' ').find((word) => KEPT_WORDS.includes(word));
  if (isWords && kept === undefined) return written;
  return new Refused(
    'CC1015',
    kept === undefined
      ? `\`${written}\` is no name of an area: words of letters and digits, at most ${MOST_LETTERS} long`
      : `\`${kept}\` has a meaning of its own where areas are named`,
    'write words such as `upper face`',
  );
});

/** With a side before it, a site has at most 80. */
const MOST_LETTERS = 39;
const KEPT_WORDS = ['or', 'in', 'any', 'treatment', 'donor'];

const MOST_AREAS = 200;
const MOST_SIDES = 4;
const MOST_PARTS = 100;

const Area = group({
  area: bodyWord,
  sides: list(bodyWord).max(MOST_SIDES).optional(),
  parts: list(bodyWord).max(MOST_PARTS).optional(),
});

export const ClinicFile = group({
  clinic: name(),
  timeZone,
  /** The first is the one that pathways and rules are written in. */
  languages: list(text(20)).optional(),
  roles: list(name(NO_ROLES)),
  calendars: list(Calendar),
  ladders: list(Ladder),
  areas: list(Area).max(MOST_AREAS).optional(),
  sources: list(Service).optional(),
  /** By when somebody must act where no file gives a due time. */
  waits: group({
    unbooked: waited,
    unreported: waited,
    deviation: waited,
    failure: waited,
    handOver: waited,
    choice: waited,
    revision: waited,
  }),
  /** What holds of an exit of which a pathway says nothing else. */
  exits: group(exitTerms),
});
export type ClinicFile = z.infer<typeof ClinicFile>;

/** The areas in the compiled form, whether or not their names mean one thing each. */
export const areasIn = ({ areas = [] }: ClinicFile): AreaDefinition[] =>
  areas.map(({ area, sides = [], parts = [] }) => ({ area, sides, parts }));
