import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { IntervalAnchor, IntervalRule } from '../pathway/rules.schema.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { atLeast, type Constraint, contradiction, leastFrom } from './constraints.ts';
import { isFor, type Standing, sessionsFor } from './course-walk.ts';
import { daysOf, inWords, type Months } from './days.ts';
import { lengthsOf } from './figure-reach.ts';
import { MOST_WAYS, waysOfChoosing } from './ways-of-choosing.ts';

/** The stages that one patient has, one after the other, as the list of the course has them. */
export interface Journey {
  readonly line: Pathway;
  readonly chosen: Standing['chosen'];
  readonly stages: readonly StageDefinition[];
}

/** Why one day lies before another, in words; and the interval that says so, where one does. */
export interface Reason {
  readonly says: string;
  readonly rule?: IntervalRule;
}

const journeys = new WeakMap<Pathway, readonly Journey[]>();

/** One for each way of choosing, and of leaving out what may be left out. */
export function journeysOf(line: Pathway): readonly Journey[] {
  const known = journeys.get(line) ?? journeysAnew(line);
  journeys.set(line, known);
  return known;
}

function journeysAnew(line: Pathway): Journey[] {
  return waysOfChoosing(line).flatMap((chosen) => {
    const stages = line.course.flatMap(({ name }) => {
      const stage = line.stage(name);
      return stage && isFor(stage.onlyFor, chosen) ? [stage] : [];
    });
    return waysOfLeavingOut(stages.filter((stage) => mayBeLeftOut(line, stage))).map((left) => ({
      line,
      chosen,
      stages: stages.filter((one) => !left.includes(one)),
    }));
  });
}

/** Somebody decides whether it is done, or a condition does. */
const mayBeLeftOut = (line: Pathway, { stage, onlyWhen }: StageDefinition): boolean =>
  onlyWhen !== undefined || line.course.some(({ whether }) => whether === stage);

/** Of many, each by itself and all of them; of few, every way. */
function waysOfLeavingOut(optional: readonly StageDefinition[]): (readonly StageDefinition[])[] {
  if (2 ** optional.length > MOST_WAYS) return [[], ...optional.map((one) => [one]), optional];
  let ways: (readonly StageDefinition[])[] = [[]];
  for (const one of optional) ways = ways.flatMap((left) => [left, [...left, one]]);
  return ways;
}

/** The day of a stage's first session, and of its last; of a span of time, its own first and last. */
export const firstOf = (stage: string): string => `${stage} first`;
export const lastOf = (stage: string): string => `${stage} last`;

const constraints = { short: new WeakMap<Journey, Network>(), long: new WeakMap<Journey, Network>() };

type Network = readonly Constraint<Reason>[];

/** All that says how the days of a journey lie to one another. */
export function constraintsOf(journey: Journey, months: Months): Network {
  const known = constraints[months].get(journey) ?? constraintsAnew(journey, months);
  constraints[months].set(journey, known);
  return known;
}

const leasts = new WeakMap<Journey, Map<string, ReadonlyMap<string, number>>>();

/** The fewest days from one day of a journey to each of the others; none where the days contradict one another. */
export function leastOf(journey: Journey, from: string): ReadonlyMap<string, number> {
  const known = leasts.get(journey) ?? new Map<string, ReadonlyMap<string, number>>();
  leasts.set(journey, known);
  const network = constraintsOf(journey, 'short');
  const least = known.get(from) ?? (contradiction(network) ? new Map() : leastFrom(network, from));
  known.set(from, least);
  return least;
}

function constraintsAnew(journey: Journey, months: Months): Network {
  return journey.stages.flatMap((stage, index) => {
    const before = journey.stages.slice(0, index);
    const previous = before.at(-1);
    return [
      ...(previous ? followsOf(previous, stage, journey, months) : []),
      ...seriesOf(stage, journey, months),
      ...intervalsTo(stage, before, journey, months),
    ];
  });
}

/** In the order of the course, and not before what is planned after the one before it. */
function followsOf(
  previous: StageDefinition,
  { stage }: StageDefinition,
  { line }: Journey,
  months: Months,
): Constraint<Reason>[] {
  const order = { from: lastOf(previous.stage), to: firstOf(stage) };
  const says = `${stage} comes after ${previous.stage}`;
  const work = [...previous.closure, ...previous.recovery].flatMap((task) => plannedAfter(task));
  const decision = previous.reassess === undefined ? undefined : line.decision(previous.reassess);
  const due = decision?.due;
  const decided =
    decision && due?.from && isAfterProcedure(due.after) ? [{ name: decision.decision, from: due.from }] : [];
  return [
    atLeast(order, 0, { says }),
    ...[...work, ...decided].map(({ name, from }) =>
      atLeast(order, daysOf(from, months), {
        says: `\`${name}\` is planned from ${inWords(from)} after ${previous.stage}, before ${stage}`,
      }),
    ),
  ];
}

const isAfterProcedure = (anchor: string): boolean =>
  anchor === 'procedure' || anchor === 'session' || anchor === 'last session';

/** Work that is done once for everybody, and not before its window begins. */
function plannedAfter({ task, when, onlyWhen, onlyFor }: TaskDefinition) {
  if (onlyWhen || onlyFor || !('due' in when) || !('after' in when.due)) return [];
  const { from, after } = when.due;
  return from && isAfterProcedure(after) ? [{ name: task, from }] : [];
}

/** From the first session to the last: spaced as the stage says, all of them unless the series may end early. */
function seriesOf(stage: StageDefinition, journey: Journey, months: Months): Constraint<Reason>[] {
  const { line, chosen } = journey;
  const ends = { from: firstOf(stage.stage), to: lastOf(stage.stage) };
  if (stage.period) {
    const lasts = standardOf(line, stage.period.lasts);
    return [atLeast(ends, daysOf(lasts, months), { says: `${stage.stage} lasts ${inWords(lasts)}` })];
  }
  const gaps = sessionsFor(line, stage, chosen) - 1;
  const says = `${stage.stage} ends after it begins`;
  if (stage.elsewhere) return [atLeast(ends, 0, { says })];
  const spacing = line.intervals.find(
    ({ from, to }) =>
      from.kind === 'stage' && to.kind === 'stage' && from.stage === stage.stage && to.stage === stage.stage,
  );
  const least = stage.untilWhen || stage.missed === 'skip' ? 0 : gaps;
  const minimum = spacing && daysOf(standardOf(line, spacing.minimum), months);
  const latest = spacing?.latest && daysOf(standardOf(line, spacing.latest), months);
  return [
    atLeast(ends, (minimum ?? 0) * least, { says: `${stage.stage} has ${gaps + 1} sessions` }),
    ...(gaps === 0 ? [{ ...ends, most: 0, reason: { says } }] : []),
    ...(gaps > 0 && spacing && latest !== undefined
      ? [{ ...ends, most: latest * gaps, reason: { says: `${stage.stage} is done in time`, rule: spacing } }]
      : []),
  ];
}

/** What it is where nobody has set it otherwise; of several, by choice, the first. */
export const standardOf = (line: Pathway, length: IntervalRule['minimum']) =>
  lengthsOf(line, length)[0] ?? { count: 0, unit: 'day' as const };

export const leadsTo = ({ to }: IntervalRule, { stage, procedures, traits }: StageDefinition): boolean =>
  to.kind === 'stage' ? to.stage === stage : [...procedures, ...traits].includes(to.of);

function intervalsTo(
  stage: StageDefinition,
  before: readonly StageDefinition[],
  { line }: Journey,
  months: Months,
): Constraint<Reason>[] {
  return line.intervals
    .filter((rule) => leadsTo(rule, stage))
    .flatMap((rule) =>
      anchorsOf(rule, stage, before).flatMap((from): Constraint<Reason>[] => {
        const to = firstOf(stage.stage);
        const minimum = standardOf(line, rule.minimum);
        const latest = rule.latest && standardOf(line, rule.latest);
        const isOnDay = rule.sameDay;
        const least = isOnDay ? 0 : daysOf(minimum, months);
        const says = `\`${rule.rule}\`: ${stage.stage} at least ${inWords(minimum)} after ${placeOf(from)}`;
        const lower = atLeast({ from, to }, least, { says, rule });
        if (!latest) return [lower];
        const by = `\`${rule.rule}\`: ${stage.stage} at most ${inWords(latest)} after ${placeOf(from)}`;
        return [lower, { from, to, most: daysOf(latest, months), reason: { says: by, rule } }];
      }),
    );
}

const placeOf = (node: string): string => node.replace(/ (?:first|last)$/, '');

/** The days that an interval counts from, of what comes before in the course. */
function anchorsOf(
  { from, counts, area }: IntervalRule,
  stage: StageDefinition,
  before: readonly StageDefinition[],
): string[] {
  const meant = before.filter((one) => isAnchor(from, one) && (area === 'any' || one.in === stage.in));
  const [first] = meant;
  const last = meant.at(-1);
  if (!first || !last) return [];
  if (counts === 'first') return [firstOf(first.stage)];
  return counts === 'last' ? [lastOf(last.stage)] : meant.map((one) => lastOf(one.stage));
}

function isAnchor(from: IntervalAnchor, { stage, procedures, traits }: StageDefinition): boolean {
  if (from.kind === 'stage') return from.stage === stage;
  return from.kind === 'procedure' && [...procedures, ...traits].includes(from.of);
}
