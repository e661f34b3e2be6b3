import type { CompiledPathway, StageDefinition } from '../pathway/compiled.schema.ts';
import { leavesOf } from '../pathway/conditions.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import { goesOn } from '../pathway/on-the-way.ts';
import { type Pathway, sessionsIn } from '../pathway/pathway.ts';
import type { IntervalRule, Table } from '../pathway/rules.schema.ts';
import { inWords } from './days.ts';
import { type Finding, type Looked, quoted } from './finding.ts';
import { leadsTo, standardOf } from './journeys.ts';
import { type Patient, patientInWords, Space, type Wanted } from './space.ts';

/** Whether anybody can pass: every gate is open for some patient whom nobody sets a rule aside for, and every choice has something to choose. */
export function checkPassage(pathway: Pathway): Looked {
  const own = pathway.stages.filter(({ elsewhere }) => !elsewhere);
  const stages = own.filter((stage) => !hasTooMany(pathway, stage));
  const left = quoted(own.filter((one) => !stages.includes(one)).map(({ stage }) => stage));
  return {
    findings: [
      ...blocked(pathway, stages),
      ...pathway.compiled.choices.flatMap((choice) => nothingOffered(choice, pathway.compiled)),
    ],
    explored: left === '' ? [] : [`not who passes ${left}: more than ${MOST_RULES} rules are asked there`],
  };
}

/** Rules of one gate that are looked at together. */
const MOST_RULES = 200;

export const hasTooMany = (pathway: Pathway, stage: StageDefinition): boolean =>
  pathway.eligibility.length + pathway.contraindicationsOf(stage).length > MOST_RULES;

/** A stage as each of its sessions has it. */
export const viewsOf = (pathway: Pathway, stage: StageDefinition): StageDefinition[] =>
  stage.list ? sessionsIn(stage).map((session) => pathway.stageAt(session)) : [stage];

/** A condition of passing, and the rule that makes it. */
export interface Term extends Wanted {
  readonly rule: string;
}

/** The rules that a gate asks of a patient's facts. */
export const rulesAt = (pathway: Pathway, view: StageDefinition): Term[] => [
  ...pathway.eligibility.map(({ rule, when }): Term => ({ rule, when, is: 'met' })),
  ...pathway.contraindicationsOf(view).map(({ rule, when }): Term => ({ rule, when, is: 'unmet' })),
];

/** All that a gate asks of them: its rules, that the dates lie far enough back, and that what is known is believed. */
export function termsOf(pathway: Pathway, view: StageDefinition): Term[] {
  const needed: Term[] = view.onlyWhen ? [{ rule: view.stage, when: view.onlyWhen, is: 'met' }] : [];
  const terms = [...rulesAt(pathway, view), ...needed, ...datesAt(pathway, view)];
  const tables = view.table ? pathway.table(view.table.table).rows : [];
  const asked = [...terms, ...tables].flatMap(({ when }) => leavesOf(when).map(({ fact }) => fact));
  const bases = new Set(asked.map((fact) => pathway.derived(fact)?.of ?? fact));
  const believed = [...bases].flatMap((fact): Term[] => {
    const when = pathway.fact(fact)?.notValidWhen;
    return when ? [{ rule: fact, when, is: 'unmet' }] : [];
  });
  return [...terms, ...believed];
}

const dateTerms = new WeakMap<IntervalRule, Term>();

/** Intervals that count from the date of a fact: its minimum has passed. One condition for each, so that it is known again. */
function datesAt(pathway: Pathway, view: StageDefinition): Term[] {
  return pathway.intervals.flatMap((interval): Term[] => {
    const { from, rule, onlyWhen } = interval;
    if (from.kind !== 'fact' || onlyWhen || !leadsTo(interval, view)) return [];
    const known = dateTerms.get(interval);
    if (known) return [known];
    const value = standardOf(pathway, interval.minimum);
    const isOrNever = pathway.fact(from.fact)?.is.kind === 'date or never';
    const operator = isOrNever ? 'atLeastAgoOrNever' : 'atLeastAgo';
    const name = `at least ${inWords(value)} ago`;
    const term: Term = { rule, when: { all: [{ fact: from.fact, operator, value, name }] }, is: 'met' };
    dateTerms.set(interval, term);
    return [term];
  });
}

/** For each answer of the table at a gate that lets a plan on, what it takes to get it; one of nothing without a table. */
export function waysThrough(pathway: Pathway, { table }: StageDefinition): Term[][] {
  if (!table) return [[]];
  const { rows, answers, rule } = pathway.table(table.table);
  const letting = answers.filter((answer) => {
    const action = table.outcomes[answer];
    return action !== undefined && goesOn(action, () => false);
  });
  return letting.map((answer) => answering({ rows, answers, rule }, answer));
}

/** A row of it is met, and none of a more cautious one. */
export function answering(
  { rows, answers, rule }: Pick<Table, 'rows' | 'answers' | 'rule'>,
  answer: string,
): Term[] {
  const earlier = answers.slice(0, answers.indexOf(answer));
  return [
    { rule, is: 'met', when: anyOf(rows.filter((row) => row.answer === answer).map(({ when }) => when)) },
    ...rows
      .filter((row) => earlier.includes(row.answer))
      .map(({ when }): Term => ({ rule, when, is: 'unmet' })),
  ];
}

const anyOf = (conditions: LoweredCondition[]): LoweredCondition => ({ any: conditions });

const spaces = new WeakMap<Pathway, Space>();

/** All that patients can be, as far as any gate of a pathway asks it. */
function spaceOf(pathway: Pathway): Space {
  const known = spaces.get(pathway);
  if (known) return known;
  const views = pathway.stages.flatMap((stage) => viewsOf(pathway, stage));
  const terms = views.flatMap((view) => [...termsOf(pathway, view), ...waysThrough(pathway, view).flat()]);
  const rows = pathway.compiled.tables.flatMap((table) => table.rows);
  const conditions = new Set([...terms, ...rows].map(({ when }) => when));
  const space = new Space([...conditions], pathway.compiled, 'one');
  spaces.set(pathway, space);
  return space;
}

/** A patient of whom all of it is so. */
export const patientWith = (pathway: Pathway, terms: readonly Term[]): Patient | undefined =>
  spaceOf(pathway).find(terms);

/** Somebody for whom the gate of a stage opens; undefined: nobody is known. */
export function patientThrough(pathway: Pathway, view: StageDefinition): Patient | undefined {
  for (const way of waysThrough(pathway, view)) {
    const terms = [...termsOf(pathway, view), ...way];
    const patient = patientWith(pathway, terms);
    if (patient) return patient;
  }
  return undefined;
}

/** Of the gates that nobody passes, the first, with the rules that are in one another's way. */
function blocked(pathway: Pathway, stages: readonly StageDefinition[]): Finding[] {
  const closed = stages.flatMap((stage) => {
    const view = viewsOf(pathway, stage).find((one) => isBlocked(pathway, one));
    return view ? [{ stage, view }] : [];
  });
  const [first] = closed;
  if (!first) return [];
  const [way = []] = waysThrough(pathway, first.view);
  const core = smallest(pathway, [...termsOf(pathway, first.view), ...way]);
  const rules = [...new Set(core.map(({ rule }) => rule))];
  // A rule that by itself holds everybody is found where it stands.
  if (rules.length < 2) return [];
  const names = quoted(closed.map(({ stage }) => stage.stage));
  const says = `no patient can have ${names}: ${quoted(rules)} leave nobody`;
  return [{ code: 'CC1208', severity: 'error', at: { kind: 'stage', name: first.stage.stage }, says }];
}

const isBlocked = (pathway: Pathway, view: StageDefinition): boolean =>
  waysThrough(pathway, view).every((way) => {
    const terms = [...termsOf(pathway, view), ...way];
    return spaceOf(pathway).isImpossible(terms);
  });

/** Of terms that nobody fulfils, as few as that is still so of. */
function smallest(pathway: Pathway, terms: readonly Term[]): readonly Term[] {
  let kept = terms;
  for (const term of terms) {
    const others = kept.filter((one) => one !== term);
    if (others.length > 0 && spaceOf(pathway).isImpossible(others)) kept = others;
  }
  return kept;
}

type Choice = CompiledPathway['choices'][number];

/** People choose among what is offered; for whom nothing is, the plan stands still. */
function nothingOffered({ choice, values, made, table }: Choice, compiled: CompiledPathway): Finding[] {
  const offers = values.flatMap(({ offeredWhen }) => offeredWhen ?? []);
  if (table || offers.length < values.length) return [];
  const nobody = new Space(offers, compiled).find(offers.map((when) => ({ when, is: 'unmet' })));
  if (!nobody) return [];
  const hasWayOut = compiled.decidedIn[made]
    .flatMap((name) => compiled.decisions.filter(({ decision }) => decision === name))
    .some(({ outcomes }) =>
      Object.values(outcomes).some((action) => action.some((step) => step.do === 'exit')),
    );
  const out = hasWayOut
    ? `; somebody has to take the plan off its course by another decision of the ${made}`
    : '';
  const says = `some patients are offered nothing to choose as \`${choice}\`${out}`;
  return [
    {
      code: 'CC1220',
      severity: hasWayOut ? 'note' : 'warning',
      at: { kind: 'choice', name: choice, path: ['values'] },
      says,
      example: [patientInWords(nobody)],
    },
  ];
}
