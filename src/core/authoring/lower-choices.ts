import type { Duration } from '../model/primitives.schema.ts';
import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import type { Decider, DecisionDefinition } from '../pathway/decisions.schema.ts';
import { PATIENT_ROLES } from '../pathway/roles.ts';
import { askedIn, STANDINGS } from '../pathway/standings.ts';
import { type ChoiceDefinition, type ChoiceValue, HIGH, RISK } from '../pathway/tailoring.schema.ts';
import type { Choice } from './choice.schema.ts';
import type { ActionPlace } from './lower-action.ts';
import { lowerCondition } from './lower-condition.ts';
import { lowerDecision } from './lower-decision.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkKnown, keysOf, type RuleSetNames } from './vocabulary.ts';

export interface ChoicesPlace extends Omit<ActionPlace, 'path' | 'asker'> {
  /** The rule sets that the pathway uses. */
  readonly used: readonly RuleSetNames[] | undefined;
  /** By when a choice is made for which the file gives no due time. */
  readonly within: Duration;
}

interface LoweredChoice {
  readonly choice: ChoiceDefinition;
  /** Where anybody is asked. */
  readonly decision?: DecisionDefinition;
}

/** The choices, and the decisions that ask for those that are not made by a table alone. */
export function lowerChoices(
  choices: readonly Choice[],
  place: ChoicesPlace,
): Pick<CompiledPathway, 'choices' | 'decisions' | 'decidedIn'> {
  checkValues(choices, place);
  const lowered = choices.map((written, index) => lowerChoice(written, ['choices', index], place));
  const decidedIn = (phase: ChoiceDefinition['made']): string[] =>
    lowered.flatMap(({ choice: { choice, made, table } }) =>
      made === phase && (table === undefined || table.isConfirmed) ? [choice] : [],
    );
  return {
    choices: lowered.map(({ choice }) => choice),
    decisions: lowered.flatMap(({ decision }) => decision ?? []),
    decidedIn: { consultation: decidedIn('consultation'), assessment: decidedIn('assessment') },
  };
}

/** `onlyFor` knows values by their names alone. */
function checkValues(choices: readonly Choice[], { report }: ChoicesPlace): void {
  const seen = new Map<string, string>();
  for (const [index, { choice, values }] of choices.entries()) {
    for (const value of Object.keys(values)) {
      const taken = seen.get(value);
      const path = ['choices', index, 'values', value];
      const says = `the choice \`${taken}\` has a value \`${value}\` already`;
      if (taken === undefined) seen.set(value, choice);
      else report(path, new Refused('CC1074', says), 'key');
    }
    if (choice !== RISK || Object.hasOwn(values, HIGH)) continue;
    const says = `\`${RISK}\` has no value \`${HIGH}\`: no ladder would be another for it`;
    report(['choices', index, 'values'], new Refused('CC1076', says, `add \`${HIGH}:\``));
  }
}

function lowerChoice(written: Choice, path: Path, place: ChoicesPlace): LoweredChoice {
  const { choice, title, by, ifUnknown } = written;
  const made = written.made === 'in consultation' ? ('consultation' as const) : ('assessment' as const);
  const values = Object.entries(written.values).map(([value, shown]): ChoiceValue => {
    const { offeredWhen, ...more } = shown;
    return { value, ...more, ...offered(offeredWhen, [...path, 'values', value], written, place) };
  });
  if (by.kind !== 'table') {
    if (ifUnknown !== undefined) place.report([...path, 'ifUnknown'], NOTHING_UNKNOWN, 'key');
    return { choice: { choice, title, made, values }, decision: asked(written, by, path, place) };
  }
  const { table, confirm } = by;
  checkAnswers(written, table, path, place);
  const isConfirmed = confirm !== undefined;
  const unknown = unknownOf(written, path, place);
  const ofTable = { table, isConfirmed, ...(unknown ? { ifUnknown: unknown } : {}) };
  const lowered = { choice, title, made, table: ofTable, values };
  const role = confirm ?? (unknown && 'ask' in unknown ? unknown.ask : undefined);
  if (role === undefined) {
    for (const key of ['due', 'ladder'] as const)
      if (written[key] !== undefined) place.report([...path, key], NOBODY_ASKED, 'key');
    return { choice: lowered };
  }
  const decision = asked(written, { kind: 'roles', roles: [role] }, path, place);
  // Nobody confirms what nobody knows, unless the file says what counts then.
  const needs = isConfirmed && !unknown ? factsOf(table, place) : [];
  return { choice: lowered, decision: { ...decision, needs } };
}

const NOTHING_UNKNOWN = new Refused(
  'CC1069',
  'people choose: only a table can be without an answer',
  'leave it out',
);
const NOBODY_ASKED = new Refused(
  'CC1069',
  'the table chooses alone: nobody is asked',
  'add `confirm`, or leave it out',
);

function offered(
  offeredWhen: Choice['values'][string]['offeredWhen'],
  path: Path,
  { by }: Choice,
  { vocabulary, report }: ChoicesPlace,
): Pick<ChoiceValue, 'offeredWhen'> {
  if (!offeredWhen) return {};
  const at = [...path, 'offeredWhen'];
  if (by.kind === 'table' && by.confirm === undefined)
    report(at, new Refused('CC1069', 'the table chooses alone: nothing is offered', 'add `confirm`'), 'key');
  const lowered = lowerCondition(offeredWhen, { path: at, vocabulary, report, ofPatient: 'a choice' });
  return lowered ? { offeredWhen: lowered } : {};
}

/** The decision of the same name. What is said of it stands under the choice's own keys. */
function asked(written: Choice, by: Decider, path: Path, place: ChoicesPlace): DecisionDefinition {
  const { choice, title, due, ladder, values } = written;
  const isByTable = written.by.kind === 'table';
  const isConfirmed = written.by.kind === 'table' && written.by.confirm !== undefined;
  const keyOf = (step: PropertyKey): Path => {
    if (step === 'outcomes') return ['values'];
    if (step !== 'by' || !isByTable) return [step];
    return isConfirmed ? ['by', 'confirm'] : ['ifUnknown'];
  };
  const decided = {
    decision: choice,
    title,
    by,
    due: due ?? { to: place.within, after: 'asked' },
    ladder,
    outcomes: Object.fromEntries(Object.keys(values).map((value) => [value, { do: 'go' as const }])),
  };
  return lowerDecision(decided, {
    ...place,
    path,
    asker: { kind: 'phase', at: -1 },
    where: askedIn(STANDINGS[written.made === 'in consultation' ? 'consultation' : 'assessment']),
    report: (at, refused, side) => place.report(at.flatMap(keyOf), refused, side),
  });
}

/** The values are the answers of the table: each of them, and no other. */
function checkAnswers({ values, by }: Choice, table: string, path: Path, place: ChoicesPlace): void {
  const { used, vocabulary, report } = place;
  const tables = used && new Map(used.flatMap((set) => [...set.tables]));
  const at = [...path, 'by', 'table'];
  checkKnown('table', { name: table, known: keysOf(tables), path: at }, report);
  const answers = tables?.get(table);
  for (const value of Object.keys(values))
    checkKnown('answer', { name: value, known: answers, path: [...path, 'values', value] }, report, 'key');
  for (const answer of answers ?? []) {
    if (Object.hasOwn(values, answer)) continue;
    const says = `the answer \`${answer}\` of the table is no value`;
    report([...path, 'values'], new Refused('CC1070', says, `add \`${answer}:\``));
  }
  for (const fact of factsOf(table, place)) {
    if (!vocabulary.facts?.get(fact)?.byArea) continue;
    const says = `\`${table}\` asks of \`${fact}\`, which is known by area, and a choice is made for the patient as a whole`;
    report(at, new Refused('CC1066', says));
  }
  if (by.kind !== 'table' || by.confirm === undefined || !PATIENT_ROLES.includes(by.confirm)) return;
  report([...path, 'by', 'confirm'], new Refused('CC1054', `\`${by.confirm}\` confirms no table`));
}

const factsOf = (table: string, { used = [] }: ChoicesPlace): string[] => [
  ...new Set(used.flatMap(({ asked }) => asked.get(table) ?? [])),
];

type Unknown = NonNullable<NonNullable<ChoiceDefinition['table']>['ifUnknown']>;

/** A value that counts, or a role that decides. */
function unknownOf({ ifUnknown, values, by }: Choice, path: Path, place: ChoicesPlace): Unknown | undefined {
  if (ifUnknown === undefined) return undefined;
  if (Object.hasOwn(values, ifUnknown)) return { value: ifUnknown };
  const { vocabulary, report } = place;
  const at = [...path, 'ifUnknown'];
  const { roles } = vocabulary;
  if (roles && !roles.includes(ifUnknown)) {
    const known = [...Object.keys(values), ...roles];
    const says = `\`${ifUnknown}\` is neither a value of this choice nor a role`;
    report(at, new Refused('CC1075', says, didYouMean(ifUnknown, known)));
    return undefined;
  }
  if (by.kind === 'table' && by.confirm !== undefined) {
    const says = `the ${by.confirm} decides in any case`;
    report(at, new Refused('CC1069', says, 'name a value, or leave it out'), 'key');
    return undefined;
  }
  return { ask: ifUnknown };
}
