import { Name } from '../model/primitives.schema.ts';
import type { Decider, DecisionDefinition } from '../pathway/decisions.schema.ts';
import { NO_BOOKING, refusedAnchor, type Standing } from '../pathway/standings.ts';
import { isChange, type WrittenAction } from './actions.ts';
import type { Decision } from './decision.schema.ts';
import { type ActionPlace, lowerAction } from './lower-action.ts';
import { lowerDue } from './lower-tasks.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import { checkAnswers } from './table-answers.ts';
import { checkAllKnown, checkDecider, checkKnown, keysOf, type RuleSetNames } from './vocabulary.ts';

export interface DecisionPlace extends ActionPlace {
  readonly where: Standing;
  /** The rule sets that the pathway uses. */
  readonly used: readonly RuleSetNames[] | undefined;
}

export function lowerDecision(written: Decision, place: DecisionPlace): DecisionDefinition {
  const { decision, title, ladder, needs = [], noQuorum } = written;
  const { path, vocabulary, report } = place;
  const { facts, ladders } = vocabulary;
  checkDecidedBy(written, { path: [...path, 'by'], vocabulary, report });
  if (ladder !== undefined)
    checkKnown('ladder', { name: ladder, known: ladders, path: [...path, 'ladder'] }, report);
  checkAllKnown('fact', { names: needs, known: keysOf(facts), path: [...path, 'needs'] }, report);
  for (const [index, fact] of needs.entries()) {
    if (facts?.get(fact)?.byArea) report([...path, 'needs', index], byAreaHere(fact));
  }
  const outcomes = Object.entries(written.outcomes).map(([outcome, action]) => {
    const at = [...path, 'outcomes', outcome];
    if (!Name.safeParse(outcome).success) report(at, noName(outcome), 'key');
    return [outcome, lowerAction(action, { ...place, path: at })] as const;
  });
  return {
    decision,
    title,
    by: lowerDecider(written, place),
    due: dueOf(written, place),
    ladder: ladder ?? ladders?.[0] ?? '',
    needs,
    outcomes: Object.fromEntries(outcomes),
    ...(noQuorum ? { noQuorum: lowerNoQuorum(noQuorum, written, place) } : {}),
  };
}

/** A table decides by itself; `ifUnknown` says what becomes of it while it has no answer: an outcome, or somebody. */
function lowerDecider({ by, ifUnknown, needs, outcomes }: Decision, place: DecisionPlace): Decider {
  const { path, vocabulary, report } = place;
  const at = [...path, 'ifUnknown'];
  if (by.kind !== 'table') {
    if (ifUnknown !== undefined) report(at, ONLY_TABLES, 'key');
    return by;
  }
  if (needs) report([...path, 'needs'], NEEDS_OF_ITS_OWN, 'key');
  checkAnswers({ table: by.table, outcomes }, place);
  if (ifUnknown === undefined) return by;
  if (Object.hasOwn(outcomes, ifUnknown)) return { ...by, ifUnknown };
  if (vocabulary.roles?.includes(ifUnknown) === false) {
    const known = [...Object.keys(outcomes), ...vocabulary.roles];
    const says = `\`${ifUnknown}\` is neither an outcome of this nor a role`;
    report(at, new Refused('CC1086', says, didYouMean(ifUnknown, known)));
  }
  checkDecider(ifUnknown, { roles: undefined, path: at }, report);
  return { ...by, roles: [ifUnknown] };
}

const ONLY_TABLES = new Refused('CC1069', 'only a table can have no answer', 'leave it out');
const NEEDS_OF_ITS_OWN = new Refused('CC1069', 'a table needs what its rows ask', 'leave it out');

const byAreaHere = (fact: string): Refused =>
  new Refused('CC1066', `\`${fact}\` is known by area, and a decision needs what is known of the patient`);

const noName = (written: string): Refused =>
  new Refused('CC1015', `\`${written}\` is no name of an outcome: letters, digits and dashes`);

function dueOf(written: Decision, place: DecisionPlace): DecisionDefinition['due'] {
  const path = [...place.path, 'due'];
  const due = lowerDue(written.due, place);
  if ('before' in due) {
    place.report(path, NO_BOOKING);
    return { to: due.to, after: 'plan start' };
  }
  const refused = refusedAnchor(due, place.where);
  if (refused) place.report(path, refused);
  return due;
}

/** Whom it waits for are persons of the clinic's roles, the patient among them; of a board each in a seat of its own. */
export function checkDecidedBy(
  { by }: Pick<Decision, 'by'>,
  { path: at, vocabulary, report }: Pick<DecisionPlace, 'path' | 'vocabulary' | 'report'>,
): void {
  const { roles } = vocabulary;
  if (by.kind === 'roles') {
    for (const [index, name] of by.roles.entries()) {
      checkKnown('role', { name, known: roles, path: at }, report);
      if (by.roles.indexOf(name) < index)
        report(at, new Refused('CC1047', `there is a role \`${name}\` already`));
    }
    return;
  }
  if (by.kind === 'table') return;
  checkAllKnown('role', { names: by.roles, known: roles, path: [...at, 'board'] }, report);
  const { quorum, tie, agree } = by;
  const seats = by.roles.length;
  const wrong = (key: string, says: string, help: string): void =>
    report([...at, key], new Refused('CC1069', says, help));
  if (typeof quorum === 'number' && quorum > seats)
    wrong('quorum', `the board has ${seats} seats`, 'write a smaller number, or `every role`');
  if (tie === undefined) return;
  if (!by.roles.includes(tie)) wrong('tie', `\`${tie}\` has no seat on the board`, 'name one of its roles');
  else if (agree === 'all') wrong('tie', 'where all have to agree there is no tie', 'leave it out');
}

/** Nobody has decided: that the course goes on all the same has to be written. */
function lowerNoQuorum(noQuorum: WrittenAction, { by }: Decision, place: DecisionPlace) {
  const path = [...place.path, 'noQuorum'];
  if (by.kind !== 'board') place.report(path, ONLY_BOARDS, 'key');
  let last: WrittenAction = noQuorum;
  const at: PropertyKey[] = [...path];
  while ('then' in last && last.then) {
    last = last.then;
    at.push('then');
  }
  const isCounted = 'atMost' in last && last.atMost !== undefined;
  const hasNext = last.do === 'choose' || last.do === 'start' || isChange(last);
  if (hasNext || isCounted) place.report(at, NOBODY_DECIDED);
  if (last.do === 'revise') place.report(at, NOBODY_REVISES);
  return lowerAction(noQuorum, { ...place, path });
}

const ONLY_BOARDS = new Refused('CC1069', 'only a board has a quorum', 'leave it out');
const NOBODY_DECIDED = new Refused(
  'CC1011',
  '`then` is missing: what follows when nobody has decided',
  'add `then:`',
);
const NOBODY_REVISES = new Refused(
  'CC1069',
  'nobody has decided that the plan is to be otherwise',
  'write `{ ask: role }`, or where it leads',
);
