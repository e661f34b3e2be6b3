import { isNeverShorter, isSurelyLonger } from '../model/durations.ts';
import type { IntervalRule as Compiled, IntervalAnchor } from '../pathway/rules.schema.ts';
import type { Interval, OwnInterval, WrittenAnchor } from './interval.schema.ts';
import { leavesOf } from './leaves.ts';
import { type Lengths, lengthsOf } from './lengths.ts';
import { lowerCondition } from './lower-condition.ts';
import type { Figures } from './lower-figures.ts';
import { notExecuted, Refused } from './problem.ts';
import type { RulePlace } from './rule-place.ts';
import { bearersOf, checkDecider, checkKnown, keysOf } from './vocabulary.ts';

/** Where an interval stands, and what of its pathway it may name: in a rule set nothing. */
export interface IntervalPlace extends RulePlace {
  readonly stages?: readonly string[];
  /** By stage, the track in which it stands; undefined: the main course. */
  readonly tracks?: ReadonlyMap<string, string | undefined>;
  /** Decisions that are reached by name. */
  readonly decisions?: readonly string[];
  readonly figures?: Figures;
  /** What it lies between, where that is not written. */
  readonly ends?: { readonly from: IntervalAnchor; readonly to: Named };
}

export function lowerInterval(rule: Interval | OwnInterval, place: IntervalPlace): Compiled | undefined {
  const { header } = place;
  const { area = 'any', counts = 'last', minimum, recommended, latest, grace, ifEarly = 'counts' } = rule;
  const from = place.ends?.from ?? lowerFrom(rule.from, place);
  const to = place.ends?.to ?? lowerNamed(rule.to, [...place.path, 'to'], place);
  checkOrder({ from, to }, place);
  checkFactAnchor(rule, place);
  checkOtherPlans(rule, from, place);
  checkLengths(rule, lengthsOf(rule, place), place);
  const span = recommended && 'figure' in recommended ? { from: recommended, to: recommended } : recommended;
  const { ifLate } = rule;
  checkIfLate(rule, place);
  const onlyWhen = lowerOnlyWhen(rule, place);
  if (!from || !to || (rule.onlyWhen && !onlyWhen)) return undefined;
  return {
    ...header,
    from,
    to,
    area,
    counts,
    minimum,
    ...(span ? { recommended: span } : {}),
    ...(latest ? { latest } : {}),
    ...(ifLate ? { ifLate } : {}),
    ...(grace ? { grace } : {}),
    ifEarly,
    sameDay: rule.sameDay === 'allowed',
    ...(rule.otherPlans ? { otherPlans: true } : {}),
    ...(onlyWhen ? { onlyWhen } : {}),
  };
}

function checkIfLate({ ifLate }: Interval | OwnInterval, place: IntervalPlace): void {
  const { vocabulary, report, decisions } = place;
  const path = [...place.path, 'ifLate'];
  if (ifLate && 'ask' in ifLate)
    checkDecider(ifLate.ask, { roles: vocabulary.roles, path: [...path, 'ask'] }, report);
  if (ifLate && 'decide' in ifLate)
    checkKnown('decision', { name: ifLate.decide, known: decisions, path: [...path, 'decide'] }, report);
}

/** Asked of a place only where the interval is. */
function lowerOnlyWhen({ onlyWhen, area }: Interval | OwnInterval, place: IntervalPlace) {
  const path = [...place.path, 'onlyWhen'];
  const lowered = onlyWhen && lowerCondition(onlyWhen, { ...place, path });
  if (!lowered || area === 'same') return lowered;
  const byArea = leavesOf(lowered).find(
    ({ fact, params }) => params?.area === undefined && place.vocabulary.facts?.get(fact)?.byArea,
  );
  if (!byArea) return lowered;
  const says = `\`${byArea.fact}\` is known by area, and this interval is asked of the patient as a whole`;
  place.report(path, new Refused('CC1066', says, 'add `area: same`'));
  return undefined;
}

function lowerFrom(written: WrittenAnchor, place: IntervalPlace): IntervalAnchor | undefined {
  const { path, vocabulary, report } = place;
  const at = [...path, 'from'];
  if ('of' in written) {
    const named = lowerNamed(written.of, at, place);
    return named && { ...named, edge: written.edge };
  }
  const { fact } = written;
  const { askables } = vocabulary;
  if (isNamed(fact, place)) {
    const help = `write \`start of ${fact}\` or \`end of ${fact}\``;
    report(at, new Refused('CC1033', `\`${fact}\` has a start and an end`, help));
    return undefined;
  }
  checkKnown('fact', { name: fact, known: keysOf(askables), path: at }, report);
  const askable = askables?.get(fact);
  if (!askable) return undefined;
  const isDate = askable.is.kind === 'date' || askable.is.kind === 'date or never';
  if (isDate) return { kind: 'fact', fact };
  const help = askable.is.kind === 'time since' ? `write \`${askable.fact}\`` : 'count from a date';
  report(at, new Refused('CC1060', `\`${fact}\` is no date`, help));
  return undefined;
}

type Named = Exclude<Compiled['to'], undefined>;

const isNamed = (name: string, { stages = [], vocabulary }: IntervalPlace): boolean =>
  stages.includes(name) || bearersOf(vocabulary)?.includes(name) === true;

/** What the format can count from beside these. */
const LATER = ['session', 'course', 'plan', 'stage', 'procedure'];

/** A stage of this pathway, or a procedure or trait wherever it stands. A name that is both is not guessed at. */
function lowerNamed(name: string, at: RulePlace['path'], place: IntervalPlace): Named | undefined {
  const { stages, vocabulary, report } = place;
  const bearers = bearersOf(vocabulary);
  const isStage = stages?.includes(name) === true;
  const isBearer = bearers?.includes(name) === true;
  if (isStage && isBearer) {
    const says = `\`${name}\` is a stage, and a procedure or trait`;
    report(at, new Refused('CC1063', says, 'give the stage a name of its own'));
    return undefined;
  }
  if (isStage) return { kind: 'stage', stage: name };
  if (isBearer) return { kind: 'procedure', of: name };
  if (LATER.includes(name) && bearers) {
    report(at, notExecuted(name));
    return undefined;
  }
  const kind = stages ? 'stage, procedure or trait' : 'procedure or trait';
  checkKnown(kind, { name, known: bearers && [...(stages ?? []), ...bearers], path: at }, report);
  return undefined;
}

/** A stage that comes after another cannot be what that one counts from. Between a course and a track there is no order. */
function checkOrder(
  { from, to }: { readonly from: IntervalAnchor | undefined; readonly to: Named | undefined },
  { path, report, stages = [], tracks }: IntervalPlace,
): void {
  if (from?.kind !== 'stage' || to?.kind !== 'stage') return;
  if (tracks?.get(from.stage) !== tracks?.get(to.stage)) return;
  if (stages.indexOf(from.stage) <= stages.indexOf(to.stage)) return;
  const says = `the stage \`${from.stage}\` comes after \`${to.stage}\``;
  report([...path, 'from'], new Refused('CC1051', says, 'name them in the order of the course'));
}

/** What is said of areas and occurrences has to fit what is counted from. */
function checkFactAnchor(rule: Interval | OwnInterval, { path, vocabulary, report }: IntervalPlace): void {
  if ('of' in rule.from) return;
  const askable = vocabulary.askables?.get(rule.from.fact);
  if (!askable) return;
  if (rule.counts !== undefined) {
    report(
      [...path, 'counts'],
      new Refused('CC1069', 'a fact holds one date: there is nothing to choose'),
      'key',
    );
  }
  if (askable.byArea && rule.area !== 'same') {
    report([...path, 'from'], new Refused('CC1069', 'this date is known by area', 'add `area: same`'));
  }
  if (!askable.byArea && rule.area === 'same') {
    report([...path, 'area'], new Refused('CC1069', 'this date is not known by area', 'leave `area` out'));
  }
}

/** Of other plans nothing is known but what they performed: their stages are their own, and so are the facts. */
function checkOtherPlans(
  { otherPlans }: Interval | OwnInterval,
  from: IntervalAnchor | undefined,
  { path, report }: IntervalPlace,
): void {
  if (!otherPlans || !from || from.kind === 'procedure') return;
  const says =
    from.kind === 'stage'
      ? `\`${from.stage}\` is a stage of this pathway: no other plan has performed it`
      : `\`${from.fact}\` is a date, and nothing that a plan performs`;
  report([...path, 'otherPlans'], new Refused('CC1100', says), 'key');
}

/** Contradictions that stand whatever the figures come to be for a patient. */
function checkLengths(rule: Interval | OwnInterval, lengths: Lengths, { path, report }: IntervalPlace): void {
  const { minimum, from, to, latest } = lengths;
  const at = (key: string): RulePlace['path'] => [...path, key];
  const wrong = (key: string, says: string): void => report(at(key), new Refused('CC1067', says));
  if (minimum && from && isSurelyLonger(minimum.least, from.most)) {
    wrong('recommended', 'what is recommended begins before the minimum');
  }
  if (minimum && latest && isSurelyLonger(minimum.least, latest.most))
    wrong('latest', 'the latest day comes before the earliest');
  else if (to && latest && isSurelyLonger(to.least, latest.most)) {
    wrong('latest', 'the latest day comes before the end of what is recommended');
  }
  const { grace, ifLate } = rule;
  if (grace && minimum && isNeverShorter(grace, minimum.most))
    wrong('grace', 'the grace is not shorter than the minimum');
  if (rule.latest && !ifLate) report(path, missing('ifLate', 'who is asked after the latest day'));
  if (ifLate && !rule.latest) report(path, missing('latest', 'after which day somebody is asked'));
}

const missing = (key: string, says: string): Refused =>
  new Refused('CC1011', `\`${key}\` is missing: ${says}`, `add \`${key}:\``);
