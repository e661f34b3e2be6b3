import type { ItemPlaces, Place } from '../authoring/item-places.ts';
import type { Path } from '../authoring/source.ts';
import { Result } from '../model/verdict.schema.ts';
import { chartLine, itemAt } from '../pathway/chart.ts';
import type { CompiledPathway, StageDefinition } from '../pathway/compiled.schema.ts';
import { leavesOf } from '../pathway/conditions.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { IntervalRule } from '../pathway/rules.schema.ts';
import { courseMoves } from './course-moves.ts';
import { ownConditions } from './own-conditions.ts';
import * as sight from './sight.ts';

export const COVERED = ['rules', 'conditions', 'rows', 'states', 'transitions', 'outcomes', 'gates'] as const;

/** One thing that a clinic's examples should show, in each of its ways. */
export interface Coverable {
  readonly of: (typeof COVERED)[number];
  readonly name: string;
  readonly ways: readonly { readonly sight: string; readonly says: string }[];
  /** Undefined: the file as a whole. */
  readonly place: Place | undefined;
}

/** Where something stands, in whichever of the files. */
export type Finder = (...asked: Parameters<ItemPlaces['placeOf']>) => Place | undefined;

/** All that there is to show of one pathway: its rules with their conditions, its course, its gates. */
export const coverablesOf = (compiled: CompiledPathway, find: Finder): Coverable[] => [
  ...ruleCoverables(compiled, find),
  ...conditionCoverables(compiled, find),
  ...courseCoverables(compiled, find),
  ...outcomeCoverables(compiled, find),
  ...compiled.stages.flatMap((stage) => gateCoverables(stage, find)),
];

const THREE = Result.options;

const waysOf = <One extends string>(says: readonly One[], sightOf: (one: One) => string): Coverable['ways'] =>
  says.map((one) => ({ sight: sightOf(one), says: one }));

function ruleCoverables(compiled: CompiledPathway, find: Finder): Coverable[] {
  const { contraindications, eligibility, alerts, tables, intervals } = compiled;
  const rule = (kind: string, name: string, says: readonly string[]): Coverable => ({
    ...{ of: 'rules', name, ways: waysOf(says, (one) => sight.said(name, one)) },
    place: find(kind, name) ?? find('stage', name.replace(/-spacing$/, ''), ['spacing']),
  });
  return [
    ...contraindications.map((one) => rule('contraindication', one.rule, THREE)),
    ...eligibility.map((one) => rule('eligibility', one.rule, THREE)),
    ...alerts.map((one) => rule('alert', one.rule, THREE)),
    ...tables.map((one) => rule('table', one.rule, [...one.answers, 'unknown'])),
    ...intervals.map((one) => rule('interval', one.rule, saidOf(one))),
  ];
}

/** What an interval counts from in its own pathway is always known. */
const saidOf = ({ from, latest }: IntervalRule): string[] => [
  ...['too early', 'open'],
  ...(latest === undefined ? [] : ['too late']),
  ...(from.kind === 'stage' ? [] : ['unknown']),
];

function conditionCoverables(compiled: CompiledPathway, find: Finder): Coverable[] {
  const { contraindications, eligibility, alerts, tables, intervals } = compiled;
  const of = (owner: string, when: LoweredCondition, place: Place | undefined): Coverable[] =>
    leavesOf(when).map(({ fact, name }) => ({
      ...{ of: 'conditions', name: `${owner}: ${fact} ${name}`, place },
      ways: waysOf(THREE, (result) => sight.leaf(owner, { fact, asks: name, result })),
    }));
  const ofRule = (kind: string, all: readonly { rule: string; when: LoweredCondition }[]) =>
    all.flatMap(({ rule, when }) => of(rule, when, find(kind, rule, ['when'])));
  const ofRow = tables.flatMap(({ rule, rows }) =>
    rows.map(({ when }, row) => ({ rule, row, when, place: find('table', rule, ['rows', row]) })),
  );
  const conditions = [
    ...ofRule('contraindication', contraindications),
    ...ofRule('eligibility', eligibility),
    ...ofRule('alert', alerts),
    ...ofRow.flatMap(({ rule, when, place }) => of(rule, when, place)),
    ...intervals.flatMap(({ rule, onlyWhen }) =>
      onlyWhen ? of(rule, onlyWhen, find('interval', rule, ['onlyWhen'])) : [],
    ),
    ...ownConditions(compiled).flatMap(({ kind, name, below, when }) =>
      of(name, when, find(kind, name, below)),
    ),
  ];
  return [
    // The same question in several rows of a table is one.
    ...new Map(conditions.toReversed().map((one) => [one.name, one])).values(),
  ]
    .toReversed()
    .concat(
      ofRow.map(({ rule, row, place }) => ({
        ...{ of: 'rows', name: `${rule}, row ${row + 1}`, place },
        ways: [{ sight: sight.won(rule, row), says: 'the answer' }],
      })),
    );
}

/** An item of the course; whether an optional stage is done is decided where the stage stands. */
function placeOfItem({ course, tracks }: CompiledPathway, find: Finder) {
  const items = [...course, ...tracks.flatMap((track) => track.course)];
  return (item: string, below?: Path): Place | undefined => {
    const whether = items.find(({ name }) => name === item)?.whether;
    const stage = find('stage', whether ?? item);
    return stage ?? find('decision', item, below) ?? find('review', item, below) ?? find('maintenance', item);
  };
}

function courseCoverables(compiled: CompiledPathway, find: Finder): Coverable[] {
  const placeOf = placeOfItem(compiled, find);
  const placeOfState = (state: string): Place | undefined => placeOf(itemAt(state) ?? '');
  return [undefined, ...compiled.tracks].flatMap((track) => {
    const { states, transitions } = courseMoves(chartLine(compiled, track));
    const line = track?.track;
    const on = (name: string): string => (line === undefined ? name : `${line}: ${name}`);
    return [
      ...states.map((state): Coverable => {
        const ways = [{ sight: sight.state(line, state), says: 'entered' }];
        return { of: 'states', name: on(state), ways, place: placeOfState(state) };
      }),
      ...transitions.map(([from, to]): Coverable => {
        const ways = [{ sight: sight.transition(line, from, to), says: 'taken' }];
        return { of: 'transitions', name: on(`${from} to ${to}`), ways, place: placeOfState(from) };
      }),
    ];
  });
}

function outcomeCoverables(compiled: CompiledPathway, find: Finder): Coverable[] {
  const { decisions, choices } = compiled;
  const placeOf = placeOfItem(compiled, find);
  const outcome = (of: string, name: string, says: string, place: Place | undefined): Coverable => ({
    ...{ of: 'outcomes', name: `${of}: ${name}`, place },
    ways: [{ sight: sight.outcome(of, name), says }],
  });
  const isChoice = ({ decision }: { readonly decision: string }): boolean =>
    choices.some(({ choice }) => choice === decision);
  return [
    ...decisions
      .filter((one) => !isChoice(one))
      .flatMap(({ decision, outcomes }) =>
        Object.keys(outcomes).map((name) =>
          outcome(decision, name, 'decided', placeOf(decision, ['outcomes', name])),
        ),
      ),
    ...choices.flatMap(({ choice, values }) =>
      values.map(({ value }) => outcome(choice, value, 'chosen', find('choice', choice, ['values', value]))),
    ),
  ];
}

function gateCoverables({ stage, prep, elsewhere }: StageDefinition, find: Finder): Coverable[] {
  const gates = elsewhere ? [] : prep ? (['prep', 'procedure'] as const) : (['procedure'] as const);
  return gates.map((gate) => ({
    ...{ of: 'gates', name: gate === 'prep' ? `${stage}, prep` : stage, place: find('stage', stage) },
    ways: waysOf(['open', 'refused'], (answer) => sight.gate(stage, gate, answer)),
  }));
}
