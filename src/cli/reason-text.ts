import type { Problem } from '../api/problem.ts';
import type { FactValue } from '../core/model/event.schema.ts';
import type { Clearing, Clearings, Evidence } from '../core/model/verdict.schema.ts';
import type { Reason } from '../core/plan/outcome.schema.ts';
import { dayText, when } from './text.ts';
import { windowText } from './window-text.ts';

/** Each reason, what it rests on, and what would clear it. */
export function reasonLines(reasons: readonly Reason[], timeZone: string): string[] {
  return reasons.flatMap((reason, index) => {
    const { says, interval, clears } = reason;
    const days = interval && windowText(interval);
    return [
      `  ${index + 1}. ${says}`,
      ...(days === undefined ? [] : [`     ${days}`]),
      ...evidenceLines(evidenceOf(reason), timeZone).map((line) => `     ${line}`),
      ...clearingLines(clears).map((line) => `     ${line}`),
    ];
  });
}

const evidenceOf = ({ finding, interval, table }: Reason): readonly Evidence[] =>
  [finding, interval, table].flatMap((one) => one?.evidence ?? []);

/**
 * What a rule rests on. Rows of a table may ask the same of one fact, and one sentence may be several questions (`3 to
 * below 4`, `includes a or b`): each sentence about one value is told once, with its one answer.
 */
export function evidenceLines(all: readonly Evidence[], timeZone: string): string[] {
  const told = new Map<string, Evidence[]>();
  for (const leaf of all) {
    const sentence = evidenceText({ ...leaf, result: 'met' }, timeZone);
    told.set(sentence, [...(told.get(sentence) ?? []), leaf]);
  }
  return [...told.values()].flatMap((leaves) => {
    const [first] = leaves;
    return first ? [evidenceText({ ...first, result: joinedResult(first.asks, leaves) }, timeZone)] : [];
  });
}

/** One of the words that a sentence lists is enough; of its bounds, each has to be kept. */
function joinedResult(asks: string, leaves: readonly Evidence[]): Evidence['result'] {
  const isMet = ({ result }: Evidence): boolean => result === 'met';
  return (asks.startsWith('includes ') ? leaves.some(isMet) : leaves.every(isMet)) ? 'met' : 'unmet';
}

export function evidenceText(leaf: Evidence, timeZone: string): string {
  const { asks, value, unit, source, observedAt, cause, result } = leaf;
  const fact = placed(leaf);
  if (value === undefined) return `${fact} is ${cause ?? 'missing'}; the rule asks: ${asks}`;
  const from = [source, observedAt === undefined ? undefined : when(observedAt, timeZone)]
    .filter(Boolean)
    .join(', ');
  const judged = cause === undefined ? (result === 'met' ? 'yes' : 'no') : `${cause}${doubtText(leaf)}`;
  const amount = `${fact}${leaf.area === undefined ? '' : ':'} ${valueText(value, unit)}`;
  return `${amount}${from === '' ? '' : ` (${from})`}; ${asks}: ${judged}`;
}

/** Why nobody can say that a value is valid. */
const doubtText = ({ doubts = [] }: Evidence): string =>
  doubts.length === 0
    ? ''
    : ` while ${[...new Set(doubts.map(({ fact, asks, cause }) => (cause === undefined ? `${fact} is ${asks}` : `${fact} is ${cause}`)))].join(' and ')}`;

const placed = ({ fact, area }: { fact: string; area?: string | undefined }): string =>
  area === undefined ? fact : `${fact} of the ${area}`;

/** An empty list says that somebody looked, and there was nothing. */
export function valueText(value: FactValue, unit?: string): string {
  const exact = typeof value === 'number' ? Number(value.toPrecision(DIGITS_SHOWN)) : value;
  const text = Array.isArray(exact) ? exact.join(', ') || 'none' : String(exact);
  return unit === undefined ? text : `${text} ${unit}`;
}

/** What was converted from another unit has more digits than anybody measured. */
const DIGITS_SHOWN = 6;

/** Each line is one way; all that stands in it is needed. */
export const clearingLines = (clears: Clearings): string[] =>
  clears.map(
    (all, index) =>
      `${index === 0 ? 'clears:' : '    or:'} ${[...new Set(all.map(clearingText))].join('; and ')}`,
  );

function clearingText(clearing: Clearing): string {
  switch (clearing.kind) {
    case 'date':
      return `by itself on ${dayText(clearing.on)}`;
    case 'fact': {
      const { role, needs, cause, of, fact, from } = clearing;
      const asked = of === undefined ? needs : `${fact} ${needs}`;
      const now = cause === undefined ? '' : `; now ${cause}`;
      const whose = from === undefined ? '' : `, from the ${from.join(' or the ')}`;
      // Another statement would only be one more that differs.
      const verb = cause === 'in conflict' ? 'corrects' : 'states';
      return `the ${role} ${verb} ${placed({ ...clearing, fact: of ?? fact })}${whose} (${asked}${now})`;
    }
    case 'override': {
      const second = clearing.second === undefined ? '' : `, countersigned by the ${clearing.second}`;
      return `an override by the ${clearing.by.join(' or the ')}${second}`;
    }
    case 'event':
      return `the ${clearing.role} sends ${clearing.type}: ${clearing.needs}`;
  }
}

const LIST_HELP = 'help: say --list, and the words with commas between them, or none';

/** What went wrong, why, and what to do about it. */
export function problemText(problem: Problem, timeZone: string): string {
  const { outcome, code, title, detail, reasons = [], remedy, instance, status } = problem;
  return [
    `${outcome ?? 'error'}: ${code} ${title}`,
    ...(detail === title ? [] : [detail]),
    ...reasonLines(reasons, timeZone),
    `help: ${remedy}`,
    ...(code === 'CC2013' && detail.includes(' a list ') ? [LIST_HELP] : []),
    ...(status === 500 && instance !== undefined ? [`instance: ${instance}`] : []),
  ].join('\n');
}
