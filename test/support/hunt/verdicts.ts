import type { FactValue } from '../../../src/core/model/event.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { LoweredCondition, LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
import type { Table } from '../../../src/core/pathway/rules.schema.ts';
import type { Opinion } from '../oracle.ts';
import { dayOn, daysLater, tooOldFrom } from '../wall-calendar.ts';
import { type Knowledge, type Reading, type Told, wordOf } from './knowledge.ts';
import type { Terms } from './terms.ts';

/** Of what a condition is asked: one site of a stage, or the patient as a whole. */
export interface Place {
  readonly stage?: StageDefinition;
  readonly site?: string;
}

/** What a condition says in one place. */
export interface Verdict {
  readonly opinion: Opinion;
  /** Word for word what it was said on: as long as this is the same, nothing that was asked has changed at all. */
  readonly fine: string;
  /** The answers and the known values: when this is another, something that was asked has changed for certain. */
  readonly coarse: string;
  /** What the known answers were taken from. */
  readonly from: ReadonlySet<Told>;
  /** What those were believed on. */
  readonly supports: ReadonlySet<Told>;
  /** What the unknown ones have, that does not count. */
  readonly besides: ReadonlySet<Told>;
  /** Nothing that nobody knows differs, is doubted, or spoke for it when it was last looked at. */
  readonly isHarmless: boolean;
  /** What was told of the leaves that make it met. */
  readonly bearing: ReadonlySet<Told>;
}

const WORDS = ['treatment', 'donor'];
const ANYWHERE = 'any area of this stage';

type Extent = 'patient' | 'one value a part' | 'findings';

function extentOf({ fact }: LoweredLeaf, terms: Terms): Extent {
  const base = terms.baseOf(fact);
  if (!base?.byArea) return 'patient';
  return base.is.kind === 'findings' ? 'findings' : 'one value a part';
}

/** The places in which a rule is judged by itself: each site of the stage, where it asks of the site or of a role. */
export function placesOf(
  when: LoweredCondition,
  stage: StageDefinition,
  { terms, holdings }: Knowledge,
): Place[] {
  const isSited = terms.leavesOf(when).some((leaf) => {
    const area = leaf.params?.area;
    return extentOf(leaf, terms) !== 'patient' && (area === undefined || WORDS.includes(area));
  });
  const sites = isSited && stage.in !== undefined ? (holdings.areas[stage.in] ?? []) : [];
  return sites.length === 0 ? [{ stage }] : sites.map((site) => ({ stage, site }));
}

/** The sites that a leaf asks of in a place. */
function sitesOf(
  { params }: LoweredLeaf,
  { stage, site }: Place,
  { holdings }: Knowledge,
): readonly string[] {
  const chosen = (role: string | undefined) => (role === undefined ? [] : (holdings.areas[role] ?? []));
  const area = params?.area;
  if (area === ANYWHERE) {
    if (stage) return [...new Set([...chosen(stage.in), ...chosen(stage.andIn)])];
  } else if (area !== undefined) {
    if (!WORDS.includes(area)) return [area];
    const isJudged = site !== undefined && (stage?.in === undefined || stage.in === area);
    return isJudged && chosen(area).includes(site) ? [site] : chosen(area);
  } else if (site !== undefined) return [site];
  return [...new Set(Object.values(holdings.areas).flatMap((sites) => sites ?? []))];
}

export function verdictOn(when: LoweredCondition, place: Place, knowledge: Knowledge): Verdict {
  let known = knowledge.verdicts.get(when) as Map<string, Verdict> | undefined;
  if (!known) {
    known = new Map();
    knowledge.verdicts.set(when, known);
  }
  const key = `${place.stage?.stage}/${place.site}`;
  let verdict = known.get(key);
  if (!verdict) {
    verdict = judged(when, place, knowledge);
    known.set(key, verdict);
  }
  return verdict;
}

/** One answer of one leaf. */
interface Answer {
  readonly opinion: Opinion;
  readonly readings: readonly Reading[];
}

function judged(when: LoweredCondition, place: Place, knowledge: Knowledge): Verdict {
  const { terms } = knowledge;
  const leaves = terms.leavesOf(when);
  const partsOf = (leaf: LoweredLeaf) => [
    ...new Set(sitesOf(leaf, place, knowledge).flatMap((site) => terms.partsOf(site))),
  ];
  // A fact that has one value in each part is asked of one part after the other; what asks of the same sites moves along.
  const groups = new Map<string, readonly string[]>();
  const groupOf = (leaf: LoweredLeaf) => sitesOf(leaf, place, knowledge).join('+');
  for (const leaf of leaves)
    if (extentOf(leaf, terms) === 'one value a part') groups.set(groupOf(leaf), partsOf(leaf));
  let best = 0;
  const bearing = new Set<Told>();
  const answers = new Map<LoweredLeaf, Map<string, Answer>>();
  const answerOf = (leaf: LoweredLeaf, part: string | undefined): Answer => {
    let byPart = answers.get(leaf);
    if (!byPart) {
      byPart = new Map();
      answers.set(leaf, byPart);
    }
    let answer = byPart.get(part ?? '');
    if (!answer) {
      answer = answerIn(leaf, { part, parts: partsOf(leaf), place }, knowledge);
      byPart.set(part ?? '', answer);
    }
    return answer;
  };
  for (const choice of choicesOf(groups)) {
    const ask = (leaf: LoweredLeaf): Answer =>
      answerOf(leaf, extentOf(leaf, terms) === 'one value a part' ? choice.get(groupOf(leaf)) : undefined);
    const degree = degreeOf(when, (leaf) => ask(leaf).opinion);
    best = Math.max(best, degree);
    if (degree === 1)
      for (const leaf of decisive(when, (one) => ask(one).opinion, 1))
        for (const told of saidIn(leaf, ask(leaf), knowledge)) bearing.add(told);
  }
  const isHarmless = harmless(when, 'met', answers, knowledge.today);
  return { opinion: OPINIONS[2 * best] ?? 'unknown', isHarmless, bearing, ...wordsOf(leaves, answers) };
}

const OPINIONS: readonly Opinion[] = ['unmet', 'unknown', 'met'];
const DEGREE = { unmet: 0, unknown: 0.5, met: 1 } as const;

/** Kleene's logic by counting: all is the least, any the greatest, not the rest to one. */
function degreeOf(when: LoweredCondition, ask: (leaf: LoweredLeaf) => Opinion): number {
  if ('fact' in when) return DEGREE[ask(when)];
  if ('not' in when) return 1 - degreeOf(when.not, ask);
  if ('all' in when) return Math.min(...when.all.map((one) => degreeOf(one, ask)));
  return Math.max(...when.any.map((one) => degreeOf(one, ask)));
}

/** What nobody has ever known, or what spoke against the condition until it was too old. */
function harmless(
  when: LoweredCondition,
  wanted: 'met' | 'unmet',
  answers: ReadonlyMap<LoweredLeaf, ReadonlyMap<string, Answer>>,
  today: string,
): boolean {
  if ('not' in when) return harmless(when.not, wanted === 'met' ? 'unmet' : 'met', answers, today);
  if (!('fact' in when)) {
    const members = 'all' in when ? when.all : when.any;
    return members.every((one) => harmless(one, wanted, answers, today));
  }
  const readings = [...(answers.get(when) ?? [])].flatMap(([, one]) => one.readings);
  return readings.every((reading) => {
    if (reading.isKnown || reading.why === 'missing') return true;
    if (reading.why !== 'stale' || reading.was === undefined) return false;
    const { operator, value } = when;
    return holdsOf(operator, reading.was, value, today) !== (wanted === 'met');
  });
}

/** The leaves because of which a condition is what it is. */
function decisive(
  when: LoweredCondition,
  ask: (leaf: LoweredLeaf) => Opinion,
  degree: number,
): LoweredLeaf[] {
  if (degreeOf(when, ask) !== degree) return [];
  if ('fact' in when) return [when];
  if ('not' in when) return decisive(when.not, ask, 1 - degree);
  return ('all' in when ? when.all : when.any).flatMap((one) => decisive(one, ask, degree));
}

/** What an answer of findings rests on: where it is met, only on the parts that have it. */
const saidIn = (leaf: LoweredLeaf, { opinion, readings }: Answer, { today }: Knowledge): readonly Told[] =>
  readings.flatMap((reading) => (answers(leaf, reading, today) === opinion ? reading.from : []));

function choicesOf(groups: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string>[] {
  let all: ReadonlyMap<string, string>[] = [new Map()];
  for (const [group, parts] of groups) {
    if (parts.length > 0)
      all = all.flatMap((choice) => parts.map((part) => new Map([...choice, [group, part]])));
  }
  return all;
}

function answerIn(
  leaf: LoweredLeaf,
  at: { readonly part: string | undefined; readonly parts: readonly string[]; readonly place: Place },
  knowledge: Knowledge,
): Answer {
  const { part, parts, place } = at;
  const extent = extentOf(leaf, knowledge.terms);
  const read = (of?: string) => fresh(leaf, knowledge.reading(leaf.fact, of), place, knowledge);
  if (extent === 'patient') {
    const reading = read();
    return { opinion: answers(leaf, reading, knowledge.today), readings: [reading] };
  }
  if (extent === 'one value a part') {
    if (part === undefined) return NOBODY_SAID;
    const reading = read(part);
    return { opinion: answers(leaf, reading, knowledge.today), readings: [reading] };
  }
  if (parts.length === 0) return NOBODY_SAID;
  const readings = parts.map((one) => read(one));
  const opinions = readings.map((reading) => answers(leaf, reading, knowledge.today));
  return { opinion: worstOf(opinions), readings };
}

const NOBODY_SAID: Answer = { opinion: 'unknown', readings: [{ isKnown: false, why: 'missing', from: [] }] };

/** Met anywhere is met; and only what is unmet everywhere is unmet. */
export const worstOf = (opinions: readonly Opinion[]): Opinion =>
  opinions.includes('met') ? 'met' : opinions.includes('unknown') ? 'unknown' : 'unmet';

/** As fresh as the sentence asks for. */
function fresh({ params }: LoweredLeaf, reading: Reading, place: Place, knowledge: Knowledge): Reading {
  const taken = params?.taken;
  if (!reading.isKnown || !taken) return reading;
  const { terms, holdings, session } = knowledge;
  const { observedAt } = reading;
  const { from, value: was, supports } = reading;
  const stale: Reading = { isKnown: false, why: 'stale', from, was, supports };
  if ('within' in taken)
    return tooOldFrom(observedAt, taken.within, terms.zone) <= knowledge.now ? stale : reading;
  if (taken.since === 'last session')
    return session !== undefined && dayOn(observedAt, terms.zone) <= session ? stale : reading;
  const stage = place.stage?.stage ?? holdings.stage;
  const entered = stage === undefined ? undefined : holdings.entered(stage);
  return entered === undefined || observedAt < entered ? stale : reading;
}

/** What one sentence says of a value. */
function answers({ operator, value: asked }: LoweredLeaf, reading: Reading, today: string): Opinion {
  if (!reading.isKnown) return 'unknown';
  return holdsOf(operator, reading.value, asked, today) ? 'met' : 'unmet';
}

function holdsOf(operator: string, value: FactValue, asked: LoweredLeaf['value'], today: string): boolean {
  switch (operator) {
    case 'equal':
      return value === asked;
    case 'notEqual':
      return value !== asked;
    case 'in':
      return Array.isArray(asked) && asked.some((one) => one === value);
    case 'notIn':
      return Array.isArray(asked) && !asked.some((one) => one === value);
    case 'contains':
      return Array.isArray(value) && value.some((one) => one === asked);
    case 'lessThan':
      return value < asked;
    case 'lessThanInclusive':
      return value <= asked;
    case 'greaterThan':
      return value > asked;
    case 'greaterThanInclusive':
      return value >= asked;
  }
  if (typeof value !== 'string' || typeof asked !== 'object' || Array.isArray(asked))
    throw new Error(`nobody asks ${operator} of ${value}`);
  if (value === 'never') return operator === 'atLeastAgoOrNever';
  const isPast = daysLater(value, asked) <= today;
  // On an earlier day than the date's own it lies in neither the last days nor the past.
  return operator === 'withinTheLast' ? !isPast && value <= today : isPast;
}

function wordsOf(
  leaves: readonly LoweredLeaf[],
  answers: ReadonlyMap<LoweredLeaf, ReadonlyMap<string, Answer>>,
): Pick<Verdict, 'fine' | 'coarse' | 'from' | 'besides' | 'supports'> {
  const fine: unknown[] = [];
  const coarse: unknown[] = [];
  const from = new Set<Told>();
  const besides = new Set<Told>();
  const supports = new Set<Told>();
  for (const leaf of leaves) {
    const all = [...(answers.get(leaf) ?? [])];
    const known = new Set<string>();
    for (const [part, { opinion, readings }] of all)
      for (const reading of readings) {
        const word = reading.isKnown ? wordOf(reading) : `${reading.why} ${reading.from.map(wordOf)}`;
        fine.push([leaf.fact, part, opinion, word]);
        if (reading.isKnown) for (const one of coarsely(reading.value, word)) known.add(one);
        for (const one of reading.from) (reading.isKnown ? from : besides).add(one);
        for (const one of reading.supports ?? []) (reading.isKnown ? supports : besides).add(one);
      }
    coarse.push([worstOf(all.map(([, { opinion }]) => opinion)), [...known].sort()]);
  }
  return { fine: JSON.stringify(fine), coarse: JSON.stringify(coarse), from, besides, supports };
}

/** Of lists, only what they name. */
const coarsely = (value: FactValue, word: string): readonly string[] =>
  Array.isArray(value) ? value : [word];

/** What a table answers at a stage: the most cautious answer of all its places, none where one of them has none. */
export function answerOf(table: Table, stage: StageDefinition, knowledge: Knowledge) {
  const places = placesOf({ any: table.rows.map(({ when }) => when) }, stage, knowledge);
  const verdicts = places.map((place) => table.rows.map(({ when }) => verdictOn(when, place, knowledge)));
  const each = verdicts.map((rows): number => {
    for (const [rank, answer] of table.answers.entries()) {
      const said = rows.flatMap(({ opinion }, row) => (table.rows[row]?.answer === answer ? [opinion] : []));
      if (said.includes('met')) return rank;
      if (said.includes('unknown')) return -1;
    }
    return -1;
  });
  return { answer: table.answers[Math.min(...each)], verdicts: verdicts.flat() };
}
