import { instantOf, startOfDay } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { type Case, CasesFile } from './case.schema.ts';
import { difference } from './case-difference.ts';
import { areasOf, stateKnowing } from './case-patient.ts';
import { type KnownRule, procedureOf, rulesIn } from './case-rules.ts';
import { type Opened, open, type Report } from './issues.ts';
import { judgeCase, type Saying } from './judge-case.ts';
import { type LeastPlan, leastPlan } from './least-plan.ts';
import { NOON } from './noon.ts';
import { type Problem, Refused } from './problem.ts';
import { openRuleBook, type RuleBook, type RuleBookSources } from './rule-book.ts';
import type { Path, SourceFile } from './source.ts';
import { lowerStated } from './stated-facts.ts';
import { checkKnown } from './vocabulary.ts';

/** A case as it was judged: of whom, and what its rule said. */
export interface JudgedCase {
  readonly plan: LeastPlan;
  readonly now: Instant;
  readonly saying: Saying;
  /** Where that differs from what is expected; undefined: nowhere. */
  readonly problem: Problem | undefined;
}

/** One case, ready to be judged. */
export interface ReadCase {
  /** The rule that it is of. */
  readonly of: string;
  readonly name: string;
  /** What the rule is expected to say. */
  readonly expects: string;
  readonly judge: () => JudgedCase;
}

/**
 * Reads the cases of one rule set. Each is a rule, what is known of a made-up patient, and what the rule then says; it
 * is judged by what judges real plans.
 * @returns the cases that have no problem of their own
 */
export function readCases(sources: RuleBookSources & { readonly cases: SourceFile }): {
  readonly cases: readonly ReadCase[];
  readonly problems: readonly Problem[];
} {
  const { book, problems } = openRuleBook(sources);
  if (book) return casesIn(book, sources.cases);
  return { cases: [], problems: [...problems, ...open(CasesFile, sources.cases).problems] };
}

/** The same, where the rules have been read. */
export function casesIn(book: RuleBook, source: SourceFile): ReturnType<typeof readCases> {
  const file = open(CasesFile, source);
  if (!file.value) return { cases: [], problems: file.problems };
  const { value, report } = file;
  checkZone(value, book, report);
  const known = [...book.ruleSets.keys()];
  checkKnown('rule set', { name: value.casesFor, known, path: ['casesFor'] }, report);
  checkNames(value, report);
  const rules = book.ruleSets.get(value.casesFor);
  const place = { file, book, rules: rules && rulesIn(rules), today: value.today };
  const cases = value.cases.flatMap((one, index) => {
    const before = file.problems.length;
    const read = prepare(one, ['cases', index], place);
    return read && file.problems.length === before ? [read] : [];
  });
  return { cases, problems: file.problems };
}

/** A day is a day of the clinic's: who reads the file has to know of which. */
export function checkZone(
  { zone }: { readonly zone?: string | undefined },
  { clinic }: Pick<RuleBook, 'clinic'>,
  report: Report,
): void {
  if (zone === undefined || zone === clinic.timeZone) return;
  const says = `the clinic counts its days in \`${clinic.timeZone}\`, not in \`${zone}\``;
  report(['zone'], new Refused('CC1092', says));
}

function checkNames({ cases }: CasesFile, report: Report): void {
  const seen = new Set<string>();
  for (const [index, { of, name }] of cases.entries()) {
    const key = JSON.stringify([of, name]);
    const says = `\`${of}\` has a case of this name already`;
    if (seen.has(key)) report(['cases', index, 'name'], new Refused('CC1047', says));
    seen.add(key);
  }
}

interface Place {
  readonly file: Opened<CasesFile>;
  readonly book: RuleBook;
  /** Undefined where there is no such rule set. */
  readonly rules: ReadonlyMap<string, KnownRule> | undefined;
  readonly today: string;
}

function prepare(one: Case, path: Path, { file, book, rules, ...place }: Place): ReadCase | undefined {
  const { report, problemAt } = file;
  checkKnown('rule', { name: one.of, known: rules && [...rules.keys()], path: [...path, 'of'] }, report);
  const rule = rules?.get(one.of);
  if (!rule) return undefined;
  checkPlaces(one, rule, { path, book, report });
  checkExpected(one, rule, path, report);
  const { timeZone: zone } = book.clinic;
  const { today = place.today, stageSince = today, given } = one;
  if (stageSince > today)
    report([...path, 'stageSince'], new Refused('CC1093', `${stageSince} is after ${today}`));
  const now = instantOf(`${today}T${one.time ?? NOON}`, zone);
  const stating = { facts: book.facts, sites: book.sites, path: [...path, 'given'], report };
  const patient = {
    facts: lowerStated(given.facts, stating),
    baseline: lowerStated(given.baseline, stating),
    done: given.done,
    isHistoryComplete: given.isHistoryComplete,
  };
  const judge = (): JudgedCase => {
    const asked = {
      rules: rule.alone,
      procedure: one.procedure ?? procedureOf(rule, book),
      areas: areasOf(one),
      startedAt: startOfDay(stageSince, zone),
    };
    const least = leastPlan(book, asked);
    const plan = { ...least, state: stateKnowing(least.state, patient, { now, zone }) };
    const saying = judgeCase(plan, now);
    const found = difference(one, saying);
    const problem = found && problemAt([...path, found.key], found.refused);
    return { plan, now, saying, problem };
  };
  return { of: one.of, name: one.name, expects: one.answer ?? one.result ?? '', judge };
}

function checkPlaces(
  one: Case,
  rule: KnownRule,
  { path, book, report }: { readonly path: Path; readonly book: RuleBook; readonly report: Report },
): void {
  const { sites } = book;
  const known = [...book.procedures.keys()];
  const asked = one.procedure ?? known[0] ?? '';
  checkKnown('procedure', { name: asked, known, path: [...path, 'procedure'] }, report);
  for (const [index, site] of (one.in ?? []).entries())
    checkKnown('area', { name: site, known: sites, path: [...path, 'in', index] }, report);
  if (one.donor !== undefined)
    checkKnown('area', { name: one.donor, known: sites, path: [...path, 'donor'] }, report);
  for (const [index, { procedure, in: site = sites[0] ?? '' }] of one.given.done.entries()) {
    const at = [...path, 'given', 'done', index];
    checkKnown('procedure', { name: procedure, known, path: [...at, 'procedure'] }, report);
    checkKnown('area', { name: site, known: sites, path: [...at, 'in'] }, report);
  }
  if (rule.asksOfSite(book) && one.in === undefined) {
    const says = `\`${one.of}\` is asked of a site, and the case says none`;
    report(path, new Refused('CC1066', says, 'add `in: left breast`'));
  }
}

const DAYS = ['earliest', 'recommended', 'latest'] as const;

function checkExpected(one: Case, rule: KnownRule, path: Path, report: Report): void {
  const { answers, says } = rule;
  const expects = one.answer ?? one.result;
  const isTable = answers !== undefined;
  if (expects === undefined || isTable !== (one.answer !== undefined) || (isTable && one.result)) {
    const help = isTable
      ? `write \`answer:\`, one of ${says.join(', ')}`
      : `write \`result:\`, one of ${says.join(', ')}`;
    report(path, new Refused('CC1091', `what \`${one.of}\` says is not expected as it says it`, help));
    return;
  }
  const key = isTable ? 'answer' : 'result';
  if (isTable) checkKnown('answer', { name: expects, known: says, path: [...path, key] }, report);
  else if (!says.includes(expects))
    report(
      [...path, key],
      new Refused('CC1091', `\`${one.of}\` never says \`${expects}\``, `it says ${says.join(', ')}`),
    );
  for (const day of DAYS)
    if (one[day] !== undefined && !rule.isInterval)
      report([...path, day], new Refused('CC1091', 'only an interval has days'), 'key');
}
