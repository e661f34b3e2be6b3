import { addDays, startOfDay } from '../model/calendar.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { IntervalFinding } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { CLINICAL_LEAD } from '../pathway/roles.ts';
import type { Interval } from '../pathway/rules.schema.ts';
import { isTooEarly, together, type Window, windowFrom } from '../rules/window.ts';
import { type Anchors, anchorsOf, type Counting, wordsOf } from './anchors.ts';
import { askedOf as rolesAsked } from './boards.ts';
import { judgeAt, placesOf } from './judging.ts';
import type { PlanState } from './plan-state.schema.ts';
import { deciding } from './refusal.ts';

/** An interval as it stands at one place. */
export interface PlacedInterval {
  readonly interval: Interval;
  readonly finding: IntervalFinding;
  /** Why it is not known what it counts from. */
  readonly why?: string;
  /** What is asked of somebody, once its latest day has passed. */
  readonly question?: string;
  /** Instants ahead at which time alone changes its answer. */
  readonly changesAt: readonly Instant[];
}

/** Judges an interval at one place, for a day, on what is known `now`. */
export function judgeInterval(pathway: Pathway, state: PlanState, judging: Counting): PlacedInterval {
  const { interval, stage, place, now, on } = judging;
  const condition = conditionOf(pathway, state, judging);
  const said = { ...headerOf(interval, place.site), evidence: condition.evidence, clears: [] };
  const ahead = (edges: readonly Instant[]): Instant[] => edges.filter((edge) => edge > now);
  if (!condition.applies)
    return { interval, finding: { ...said, result: 'open' }, changesAt: ahead(condition.changesAt) };
  const anchors = anchorsOf(pathway, state, judging);
  const askedOn = (anchor: LocalDate): LateQuestion =>
    lateQuestion(state, questionOf({ interval, stage, anchor, site: place.site }));
  const isAnswered = (anchor: LocalDate): boolean => askedOn(anchor).goesOn;
  const verdict = inItsPlan(verdictOn(on, interval, anchors, isAnswered), anchors);
  const evidence = [...condition.evidence, ...anchors.evidence];
  const edges = anchors.days
    .flatMap((anchor) => edgesOf(interval, anchor))
    .map((day) => startOfDay(day, pathway.zone));
  const changesAt = ahead([
    ...condition.changesAt,
    ...edges,
    ...(anchors.validUntil ? [anchors.validUntil] : []),
  ]);
  if (anchors.unknown) {
    const { why, clears } = anchors.unknown;
    return { interval, finding: { ...said, ...verdict, evidence, clears }, why, changesAt };
  }
  if (verdict.result !== 'too late' || verdict.anchor === undefined)
    return { interval, finding: { ...said, ...verdict, evidence }, changesAt };
  const question = askedOn(verdict.anchor).id;
  const [role = CLINICAL_LEAD] = askedOf(pathway, interval);
  const clears = [[deciding(question, { role })]];
  return { interval, finding: { ...said, ...verdict, evidence, clears }, question, changesAt };
}

/** The answer that lets a plan go on although a latest day has passed. */
export const GO_ON = 'go-on';

/** A latest day that has passed is asked about once for each site and each day that it was counted from. */
function questionOf(about: {
  readonly interval: Interval;
  readonly stage: StageDefinition;
  readonly site: string | undefined;
  readonly anchor: LocalDate;
}): string {
  const site = about.site === undefined ? [] : [about.site];
  return [`${LATE}${about.stage.stage}`, about.interval.rule, ...site, about.anchor].join('/');
}

interface LateQuestion {
  /** The one that is open, or is to be asked. */
  readonly id: string;
  readonly goesOn: boolean;
}

/** A decision on it may have led elsewhere and back: then the same day is asked about again. */
function lateQuestion({ questions }: PlanState, first: string): LateQuestion {
  for (let time = 1; ; time += 1) {
    const id = time === 1 ? first : `${first}#${time}`;
    const answer = Object.hasOwn(questions, id) ? questions[id]?.answer : undefined;
    if (!answer) return { id, goesOn: false };
    const { took, outcome } = answer;
    if (took === undefined ? outcome === GO_ON : took === 'go' || took === 'again')
      return { id, goesOn: true };
  }
}

/** What it was counted from, in words. */
export const countedFrom = ({ from, anchor, inPlan }: IntervalFinding): string =>
  `counted from ${from} on ${anchor}${inPlan === undefined ? '' : ` in the plan ${inPlan}`}`;

/** What the ids of these questions begin with. */
export const LATE = 'late/';

const headerOf = ({ rule, ruleSet, version, title, from }: Interval, site: string | undefined) => ({
  rule,
  ruleSet,
  version,
  title,
  ...(site === undefined ? {} : { area: site }),
  from: wordsOf(from),
});

/** An interval applies unless its condition is known not to be met, at each place where it can be asked. */
function conditionOf(pathway: Pathway, state: PlanState, { interval, stage, place, now }: Counting) {
  const { onlyWhen } = interval;
  if (!onlyWhen) return { applies: true, evidence: [], changesAt: [] };
  const places = place.site === undefined ? placesOf(pathway, state, onlyWhen, stage) : [place];
  const answers = places.map((one) => judgeAt(pathway, state, now, onlyWhen, one));
  return {
    applies: answers.length === 0 || answers.some(({ result }) => result !== 'unmet'),
    evidence: answers.flatMap(({ evidence }) => evidence),
    changesAt: answers.flatMap(({ validUntil }) => validUntil ?? []),
  };
}

type Verdict = Pick<IntervalFinding, 'result' | 'anchor' | 'inPlan'> & Partial<Window>;

function inItsPlan(verdict: Verdict, { inPlans }: Anchors): Verdict {
  const inPlan = inPlans?.get(verdict.anchor ?? '');
  return inPlan === undefined ? verdict : { ...verdict, inPlan };
}

/** What an interval says of a day. The anchor that is named is the one that binds. */
function verdictOn(
  on: LocalDate,
  interval: Interval,
  { days, unknown }: Anchors,
  isAnswered: (anchor: LocalDate) => boolean,
): Verdict {
  if (unknown) return { result: 'unknown' };
  const windows = days.map((anchor) => ({
    anchor,
    isFromBirth: false,
    window: windowFrom(anchor, interval),
  }));
  const last = windows.at(-1);
  if (!last) return { result: 'open' };
  const { earliest, recommended } = together(windows);
  const open = windows.filter(({ anchor }) => !isAnswered(anchor));
  const { latest, binding } = together(open);
  const window = {
    ...(earliest === undefined ? {} : { earliest }),
    ...(recommended ? { recommended } : {}),
    ...(latest === undefined ? {} : { latest }),
  };
  const early = windows.filter(({ anchor }) => isTooEarly(on, anchor, interval)).at(-1);
  if (early) return { result: 'too early', anchor: early.anchor, ...window };
  const late = latest !== undefined && on > latest ? binding.latest[0] : undefined;
  return late
    ? { result: 'too late', anchor: late.anchor, ...window }
    : { result: 'open', anchor: last.anchor, ...window };
}

/** Who is asked when the latest day has passed. */
export function askedOf(pathway: Pathway, { ifLate }: Interval): readonly string[] {
  if (!ifLate) return [CLINICAL_LEAD];
  return 'ask' in ifLate ? [ifLate.ask] : rolesAsked(pathway.decision(ifLate.decide).by);
}

/** The days from whose beginning an interval answers otherwise. */
function edgesOf(interval: Interval, anchor: LocalDate): LocalDate[] {
  const { earliest, latest } = windowFrom(anchor, interval);
  const dayAfter = interval.sameDay ? [addDays(anchor, 1)] : [];
  return [...dayAfter, earliest, ...(latest === undefined ? [] : [addDays(latest, 1)])];
}
