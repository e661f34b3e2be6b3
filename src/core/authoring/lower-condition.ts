import type { LeafParams, LoweredCondition, LoweredLeaf } from '../pathway/facts.schema.ts';
import { askOf } from './ask.ts';
import type { Askable } from './askable.ts';
import type { Condition, FactTest, Taken } from './condition.schema.ts';
import type { Report } from './issues.ts';
import { leavesOf } from './leaves.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import type { Test } from './test-sentences.ts';
import { checkKnown, keysOf, type Vocabulary } from './vocabulary.ts';

/** Where a condition stands. */
export interface Asking {
  readonly vocabulary: Vocabulary;
  readonly path: Path;
  readonly report: Report;
  /** What asks it of the patient as a whole, so that there is no area; absent: a rule that is asked of a place. */
  readonly ofPatient?: 'eligibility' | 'notValidWhen' | 'a task' | 'a ladder' | 'a choice' | 'a goal';
}

/**
 * A condition in json-rules-engine's form, each test put to its fact.
 * @returns undefined when something in it was reported, or no catalogue could be read
 */
export function lowerCondition(condition: Condition, asking: Asking): LoweredCondition | undefined {
  const lowered = lower(condition, asking);
  const twofold = lowered && askedInTwoWays(lowered, asking.vocabulary);
  if (twofold !== undefined) {
    const says = `\`${twofold}\` is asked twice in the same words, and not as fresh both times`;
    asking.report(asking.path, new Refused('CC1069', says, 'leave the one out that the other holds already'));
    return undefined;
  }
  return lowered && 'fact' in lowered ? { all: [lowered] } : lowered;
}

/** What is known by area has an answer for each site, and answers are told apart by the words of the question. */
function askedInTwoWays(condition: LoweredCondition, { facts }: Vocabulary): string | undefined {
  const asked = new Map<string, string>();
  return leavesOf(condition).find(({ fact, name, params }) => {
    if (!facts?.get(fact)?.byArea) return false;
    const words = `${fact}: ${name}`;
    const taken = JSON.stringify(params?.taken ?? null);
    const isOther = (asked.get(words) ?? taken) !== taken;
    asked.set(words, taken);
    return isOther;
  })?.fact;
}

function lower(condition: Condition, asking: Asking): LoweredCondition | undefined {
  if ('fact' in condition) return lowerTest(condition, asking);
  const { joined, members } = condition;
  const lowered = members.map((member, index) =>
    lower(member, { ...asking, path: [...asking.path, joined, index] }),
  );
  const all = lowered.filter((member) => member !== undefined);
  if (all.length < members.length) return undefined;
  return joined === 'none' ? { not: { any: all } } : joined === 'all' ? { all } : { any: all };
}

/** One fact with its test; the fact is a key of what stands at `path`. */
export function lowerTest(written: FactTest, asking: Asking): LoweredCondition | undefined {
  const { vocabulary, path, report } = asking;
  const { fact, sentence, test, taken } = written;
  const place = [...path, fact];
  const { askables } = vocabulary;
  checkKnown('fact', { name: fact, known: keysOf(askables), path: place }, report, 'key');
  const askable = askables?.get(fact);
  if (!askable) return undefined;
  const questions = askOf(test, askable);
  const refused = questions instanceof Refused ? questions : refusedPlace(written, askable, asking);
  if (refused) report(place, refused);
  if (taken && 'since' in taken && asking.ofPatient === 'notValidWhen') report([...path, 'taken'], NO_STAGE);
  if (refused || questions instanceof Refused) return undefined;
  const area = test.asks === 'inclusion' ? test.area : undefined;
  if (area !== undefined) checkArea(area, { path: place, sites: vocabulary.sites }, report);
  const leaves = questions.asked.map(
    (one): LoweredLeaf => ({ fact: askable.fact, ...one, ...paramsOf(taken, area), name: sentence }),
  );
  const [only, second] = leaves;
  if (only && !second) return only;
  return questions.joined === 'all' ? { all: leaves } : { any: leaves };
}

const NO_STAGE = new Refused(
  'CC1069',
  'whether something observed is valid hangs on its own day, and on no stage',
  'write `taken: within D`',
);

function paramsOf(taken: Taken | undefined, area: string | undefined): { params?: LeafParams } {
  if (taken === undefined && area === undefined) return {};
  return { params: { ...(taken ? { taken } : {}), ...(area === undefined ? {} : { area }) } };
}

/** Areas that are not called by their name: those that a plan is about, and those of the stage at hand. */
export const AREA_WORDS: readonly string[] = ['treatment', 'donor', 'any area of this stage'];

function checkArea(
  name: string,
  { path, sites }: { readonly path: Path; readonly sites: readonly string[] | undefined },
  report: Report,
): void {
  checkKnown('area', { name, known: sites && [...AREA_WORDS, ...sites], path }, report);
}

/** Why this fact is not asked here, or not of such an area. */
function refusedPlace(
  { fact, test }: FactTest,
  { byArea, is }: Askable,
  { ofPatient }: Asking,
): Refused | undefined {
  if (ofPatient && byArea) {
    return new Refused(
      'CC1066',
      `\`${fact}\` is known by area, and ${ofPatient} is asked of the patient as a whole`,
    );
  }
  return refusedArea(test, { byArea, isFindings: is.kind === 'findings' });
}

function refusedArea(test: Test, of: { readonly byArea: boolean; readonly isFindings: boolean }) {
  if (test.asks !== 'inclusion') return undefined;
  if (test.area !== undefined && !of.byArea) {
    return new Refused('CC1066', 'this fact is not recorded by area', `leave out \`in ${test.area}\``);
  }
  return test.area === undefined && of.byArea && of.isFindings
    ? new Refused('CC1066', 'these findings are recorded by area, and none is named', `write ${IN_AREA}`)
    : undefined;
}

const IN_AREA = '`in treatment`, `in donor`, `in any area of this stage`, or in an area by its name';
