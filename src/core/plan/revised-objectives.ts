import { derivedOf } from '../authoring/askable.ts';
import { readMoment } from '../authoring/durations.ts';
import { readTarget } from '../authoring/goal.schema.ts';
import { lowerTarget, readDay } from '../authoring/lower-goals.ts';
import { Refused } from '../authoring/problem.ts';
import type { Vocabulary } from '../authoring/vocabulary.ts';
import type { ChangeOf } from '../model/plan-change.schema.ts';
import { leavesOf } from '../pathway/conditions.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { ObjectiveDefinition } from '../pathway/goals.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Moment } from '../pathway/work.schema.ts';
import { listed } from './border.ts';
import { mayRevise } from './may-revise.ts';
import { momentText } from './revised-dues.ts';
import { type Changed, type Problem, type Revising, unknown } from './revising.ts';

/** What one patient is to reach otherwise than the pathway says, and by when: in the words of its file. */
export function reviseObjective(
  { pathway, state, actor }: Revising,
  { objective: name, target, by }: ChangeOf<'objective'>,
): Changed {
  const goal = pathway.goals.find(({ objectives }) => objectives.some(({ objective }) => objective === name));
  const known = objectiveNamed(pathway, name);
  if (!goal || !known) {
    const names = pathway.goals.flatMap(({ objectives }) => objectives.map(({ objective }) => objective));
    return [unknown(`The pathway has no objective ${name}; it has: ${listed(names)}.`)];
  }
  if (target === undefined && by === undefined)
    return [unknown(`Say what is otherwise of ${name}: target or by.`)];
  const problems: Problem[] = [...mayRevise(pathway, actor)];
  const read = <Meaning>(found: Meaning | Refused | undefined): Meaning | undefined => {
    if (!(found instanceof Refused)) return found;
    problems.push(unknown(`${name}: ${found.message}.`));
    return undefined;
  };
  const [lowered, day] = [
    read(target === undefined ? undefined : targetOf(pathway, known, target)),
    read(by === undefined ? undefined : dayOf(by)),
  ];
  if (problems.length > 0) return problems;
  const own = {
    ...state.overlay.objectives[name],
    ...(lowered ? { target: lowered } : {}),
    ...(day ? { by: day } : {}),
  };
  const objectives = { ...state.overlay.objectives, [name]: own };
  const said = [
    lowered && `${targetText(lowered)}, not ${targetText(known.target)}`,
    day && `by ${momentText(day)}, not ${momentText(known.by)}`,
  ].filter((one) => one !== undefined);
  return {
    state: { ...state, overlay: { ...state.overlay, objectives } },
    says: `${known.title} (${name}): ${said.join('; ')}`,
    tell: [goal.role],
  };
}

export const objectiveNamed = ({ goals }: Pathway, name: string): ObjectiveDefinition | undefined =>
  goals.flatMap(({ objectives }) => objectives).find(({ objective }) => objective === name);

/** As it is written in a file. */
export const targetText = (target: LoweredCondition): string =>
  [...new Set(leavesOf(target).map(({ name }) => name))].join(', ');

const inOneLine = (text: string): string => text.trim().replace(/\s+/g, ' ');

function targetOf(pathway: Pathway, { measure }: ObjectiveDefinition, text: string) {
  const target = readTarget(inOneLine(text));
  if (target instanceof Refused) return target;
  const refused: Refused[] = [];
  const vocabulary = { ...NOTHING, askables: askablesIn(pathway) };
  const lowered = lowerTarget(measure, target, { vocabulary, report: (_at, one) => refused.push(one) });
  return refused[0] ?? lowered;
}

function dayOf(text: string): Moment | Refused {
  const written = readMoment(inOneLine(text));
  return written instanceof Refused ? written : readDay(written);
}

const NOTHING: Omit<Vocabulary, 'askables'> = {
  ...{ roles: undefined, ladders: undefined, sites: undefined, facts: undefined },
  ...{ procedures: undefined, care: undefined, products: undefined, ruleSets: undefined, values: undefined },
};

function askablesIn({ compiled }: Pathway): Vocabulary['askables'] {
  const facts = new Map(
    compiled.facts.map(({ fact, is, alsoIn, byArea }) => [fact, { fact, is, alsoIn, byArea }]),
  );
  const derived = compiled.derived.flatMap(({ derived: name, of, way }) => {
    const askable = derivedOf({ derived: name, is: { of, way } }, facts);
    return askable && !(askable instanceof Refused) ? [[name, askable] as const] : [];
  });
  return new Map([...facts, ...derived]);
}
