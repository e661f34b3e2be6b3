import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import { plainly } from '../plain.ts';
import { dayOn, daysLater } from '../wall-calendar.ts';
import { daysBefore } from './days.ts';
import type { Knowledge, Told } from './knowledge.ts';
import type { Terms } from './terms.ts';
import { placesOf, type Verdict, verdictOn, worstOf } from './verdicts.ts';

/** Something that was done: by the plan (then it has a stage), or before it and outside it. */
export interface Done {
  readonly stage: string | undefined;
  readonly procedures: readonly string[];
  readonly start: string;
  readonly end: string;
  /** None: nobody said where. */
  readonly areas: readonly string[];
}

/** What an interval is counted from and by, beside facts. */
export interface Past {
  readonly done: readonly Done[];
  readonly isHistoryKnown: boolean;
  /** Whether somebody answered that a stage may go on although the latest day has passed. */
  isAnswered(about: LateDay): boolean;
  /** Whether it is unknown when a stage was performed, on the way to another: it was taken back. */
  isTakenBack(stage: string, to: string): boolean;
}

/** A latest day that has passed, and the day that it was counted from. */
export interface LateDay {
  readonly rule: string;
  readonly stage: string;
  readonly site: string | undefined;
  readonly from: string;
}

export interface Spaced {
  readonly interval: Interval;
  readonly site: string | undefined;
  readonly says: 'open' | 'too early' | 'too late' | 'unknown';
  /** Days that it counts from, in their order. */
  readonly from: readonly string[];
  readonly earliest: string | undefined;
  readonly latest: string | undefined;
  readonly recommended: { readonly from: string; readonly to: string } | undefined;
  readonly late: LateDay | undefined;
  /** A performance on this day is excused although it is early. */
  readonly isExcused: boolean;
  readonly verdicts: readonly Verdict[];
  readonly rests: readonly Told[];
}

export const intervalsAt = ({ compiled }: Terms, stage: StageDefinition): readonly Interval[] =>
  compiled.intervals
    .filter(({ to }) =>
      to.kind === 'stage' ? to.stage === stage.stage : [...stage.procedures, ...stage.traits].includes(to.of),
    )
    .map(plainly);

/** Whoever is asked whether to go on when a latest day has passed. */
export const askedAbout = ({ ifLate }: Interval): string =>
  ifLate && 'ask' in ifLate ? ifLate.ask : 'clinical-lead';

/** What all intervals on the way into a stage say of the day on which `knowledge` stands. */
export function spacingOf(stage: StageDefinition, knowledge: Knowledge, past: Past): Spaced[] {
  const { terms, holdings } = knowledge;
  return intervalsAt(terms, stage).flatMap((interval) => {
    const chosen = stage.in === undefined ? [] : (holdings.areas[stage.in] ?? []);
    const sites = interval.area === 'same' && chosen.length > 0 ? chosen : [undefined];
    return sites.map((site) => spaced({ interval, stage, site }, knowledge, past));
  });
}

interface Asked {
  readonly interval: Interval;
  readonly stage: StageDefinition;
  readonly site: string | undefined;
}

function spaced(asked: Asked, knowledge: Knowledge, past: Past): Spaced {
  const { interval, stage, site } = asked;
  const { rule, onlyWhen, sameDay, minimum, latest, recommended, grace } = interval;
  const day = dayOn(knowledge.now, knowledge.terms.zone);
  const places = !onlyWhen
    ? []
    : site === undefined
      ? placesOf(onlyWhen, stage, knowledge)
      : [{ stage, site }];
  const verdicts = onlyWhen ? places.map((place) => verdictOn(onlyWhen, place, knowledge)) : [];
  const base = { interval, site, verdicts, late: undefined, isExcused: false, ...NOTHING };
  const isApplied = !onlyWhen || worstOf(verdicts.map(({ opinion }) => opinion)) !== 'unmet';
  if (!isApplied) return { ...base, says: 'open' };
  const found = anchorsOf(asked, knowledge, past);
  const { rests } = found;
  if (found.days === undefined) return { ...base, says: 'unknown', rests };
  const from = found.days;
  const late = (anchor: string): LateDay => ({ rule, stage: stage.stage, site, from: anchor });
  const unanswered = latest ? from.filter((anchor) => !past.isAnswered(late(anchor))) : [];
  const lastDays = unanswered.map((anchor) => daysLater(anchor, latest ?? minimum));
  const last = lastDays.toSorted()[0];
  const early = from.filter((anchor) => day < daysLater(anchor, minimum) && !(sameDay && anchor === day));
  const window = {
    from,
    earliest: from
      .map((anchor) => daysLater(anchor, minimum))
      .sort()
      .at(-1),
    latest: last,
    recommended: recommendedOf(from, recommended),
    rests,
  };
  if (early.length > 0) {
    const first = window.earliest ?? day;
    return {
      ...base,
      ...window,
      says: 'too early',
      isExcused: grace !== undefined && daysBefore(first, grace) <= day,
    };
  }
  if (last === undefined || day <= last) return { ...base, ...window, says: 'open' };
  const anchor = unanswered[lastDays.indexOf(last)] ?? '';
  return { ...base, ...window, says: 'too late', late: late(anchor) };
}

const NOTHING = { from: [], earliest: undefined, latest: undefined, recommended: undefined, rests: [] };

/** Of several days to count from, the last window. */
function recommendedOf(from: readonly string[], recommended: Interval['recommended']) {
  const last = from.at(-1);
  if (!recommended || last === undefined) return undefined;
  return { from: daysLater(last, recommended.from), to: daysLater(last, recommended.to) };
}

/** Days absent: nobody can say. */
function anchorsOf({ interval, stage, site }: Asked, knowledge: Knowledge, past: Past) {
  const { done, isHistoryKnown } = past;
  const { from, counts } = interval;
  if (from.kind === 'fact') return anchorsIn(from.fact, { interval, stage, site }, knowledge);
  if (from.kind === 'stage' && past.isTakenBack(from.stage, stage.stage))
    return { days: undefined, rests: [] };
  const { terms } = knowledge;
  const days = done
    .filter((one) =>
      from.kind === 'stage' ? one.stage === from.stage : terms.namesOf(one.procedures).includes(from.of),
    )
    .filter(
      ({ areas }) =>
        site === undefined || areas.length === 0 || areas.some((area) => terms.isSamePlace(area, site)),
    )
    .map(({ start, end }) => (from.edge === 'start' ? start : end));
  const isKnown = days.length > 0 || from.kind === 'stage' || isHistoryKnown;
  return { days: isKnown ? countedOf(days, counts) : undefined, rests: [] };
}

function countedOf(days: readonly string[], counts: Interval['counts']): readonly string[] {
  const sorted = [...new Set(days)].sort();
  if (counts === 'every') return sorted;
  return counts === 'first' ? sorted.slice(0, 1) : sorted.slice(-1);
}

function anchorsIn(fact: string, { interval, stage, site }: Asked, knowledge: Knowledge) {
  const { terms, holdings } = knowledge;
  const isByArea = terms.fact(fact)?.byArea === true;
  const all = [...new Set(Object.values(holdings.areas).flatMap((sites) => sites ?? []))];
  const chosen = stage.in === undefined ? [] : (holdings.areas[stage.in] ?? []);
  const sites = site !== undefined ? [site] : chosen.length > 0 ? chosen : all;
  const parts = isByArea ? [...new Set(sites.flatMap((one) => terms.partsOf(one)))] : [undefined];
  const readings = parts.map((part) => knowledge.reading(fact, part));
  const rests = readings.flatMap(({ from }) => from);
  if (readings.length === 0 || readings.some(({ isKnown }) => !isKnown)) return { days: undefined, rests };
  const days = readings.flatMap((one) => (one.isKnown && one.value !== 'never' ? [String(one.value)] : []));
  return { days: countedOf(days, interval.counts), rests };
}
