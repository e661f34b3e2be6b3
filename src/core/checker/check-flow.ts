import { placeOf } from '../pathway/chart.ts';
import type { CompiledPathway, StageDefinition } from '../pathway/compiled.schema.ts';
import type { DecisionDefinition, Ending } from '../pathway/decisions.schema.ts';
import { isOnTheWay } from '../pathway/on-the-way.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { OnlyFor } from '../pathway/tailoring.schema.ts';
import { wordsOf } from '../plan/action-steps.ts';
import {
  type CourseGraph,
  deadEnd,
  endlessWay,
  exploreCourse,
  MOST_COUNTED,
  MOST_STATES,
  wayBetween,
} from './course-graph.ts';
import { CourseWalk, type Standing } from './course-walk.ts';
import { counted, type Finding, type Looked, quoted, type Subject } from './finding.ts';
import { hasMoreWays, MOST_WAYS, waysOfChoosing } from './ways-of-choosing.ts';

/**
 * The course and each track by itself, never together, for each way of choosing what makes a difference in it: whether
 * all that stands there is come to, whether there is a way out of everywhere, and whether anything goes on without end.
 */
export function checkFlow(pathway: Pathway): Looked {
  const lines = [undefined, ...pathway.tracks.map(({ track }) => track)];
  const looked = lines.map((track) => new Course(pathway, track));
  const decided = new Set(looked.flatMap(({ decided: names }) => [...names]));
  const asked = askedAnywhere(pathway.compiled);
  const unasked = looked.some(({ isCut }) => isCut) ? [] : unaskedDecisions(pathway.compiled, decided, asked);
  return {
    findings: [...looked.flatMap(({ findings }) => findings), ...unasked],
    explored: looked.flatMap(({ explored }) => explored),
  };
}

class Course {
  readonly findings: readonly Finding[];
  readonly explored: readonly string[];
  readonly decided: ReadonlySet<string>;
  readonly isCut: boolean;
  readonly #line: Pathway;
  readonly #whole: Pathway;
  readonly #track: string | undefined;
  readonly #graphs: readonly CourseGraph[];
  readonly #reached: ReadonlySet<string>;

  constructor(pathway: Pathway, track: string | undefined) {
    this.#whole = pathway;
    this.#track = track;
    this.#line = pathway.line(track);
    const { graphs, isShort } = exploreAll(this.#line);
    this.#graphs = graphs;
    const nodes = graphs.flatMap((graph) => [...graph.nodes.values()]);
    this.#reached = new Set(nodes.map(({ standing }) => standing.chart));
    this.decided = new Set(nodes.flatMap(({ standing }) => standing.asked.slice(0, 1)));
    this.isCut = graphs.some(({ isCut }) => isCut) || hasMoreWays(this.#line);
    const moves = nodes.reduce((sum, one) => sum + one.moves.length, 0);
    const name = track === undefined ? 'course' : `track ${track}`;
    const ways = graphs.length > 1 ? `, in ${graphs.length} ways of choosing` : '';
    const short = isShort
      ? '; with all their counts they are too many, so a long series is walked as one of three'
      : '';
    this.explored = [
      `${name}: ${counted(nodes.length, 'state')}, ${counted(moves, 'transition')}${ways}${short}`,
      ...(this.isCut
        ? [`not all of the ${name}: more than ${MOST_STATES} states, or ${MOST_WAYS} ways`]
        : []),
    ];
    this.findings = this.isCut ? [] : this.#worst();
  }

  /** What follows from a dead end, or from what is never come to, is not said as well. */
  #worst(): Finding[] {
    const stuck = this.#stuck();
    if (stuck.length > 0) return stuck;
    const unreached = this.#unreached();
    return [...(unreached.length > 0 ? unreached : this.#unended()), ...this.#endless(), ...this.#untaken()];
  }

  #unreached(): Finding[] {
    const { course, tracks } = this.#line;
    const own =
      this.#track === undefined ? course : (tracks.find(({ track }) => track === this.#track)?.course ?? []);
    // What an alert or a review leads to is come to from anywhere.
    const targets = targetsOf(this.#whole.compiled);
    const missed = own.filter(
      ({ name }) => ![...this.#reached].some((chart) => chart.startsWith(`${name}.`)) && !targets.has(name),
    );
    const [first, ...others] = missed;
    if (first) {
      const { kind, name } = first;
      const so = others.length > 0 ? `, nor to ${quoted(others.map((one) => one.name))}` : '';
      const says = `no patient comes to the ${kind} \`${name}\`${so}: whatever is decided and chosen before it, the course goes another way`;
      return [{ code: 'CC1200', severity: 'error', at: { kind, name }, says }];
    }
    return this.#line.stages.flatMap((stage) => this.#unreachedIn(stage));
  }

  /** Listed sessions that are for nobody. */
  #unreachedIn(stage: StageDefinition): Finding[] {
    return (stage.list ?? []).flatMap((item): Finding[] => {
      if (item.kind === 'decision' || canBeFor([...(stage.onlyFor ?? []), ...(item.onlyFor ?? [])]))
        return [];
      const says = `no patient has the session \`${item.session}\`: nobody is both of those whom \`${stage.stage}\` is for and of those whom it is for`;
      return [{ code: 'CC1200', severity: 'error', at: { kind: 'session', name: item.session }, says }];
    });
  }

  #stuck(): Finding[] {
    for (const graph of this.#graphs) {
      const key = deadEnd(graph);
      const standing = key === undefined ? undefined : graph.nodes.get(key)?.standing;
      if (key === undefined || !standing) continue;
      const says = `a plan that comes to \`${standing.asked[0] ?? standing.chart}\` has no way on: nothing that can be answered there leads to the end of the course, or off it`;
      const example = wayBetween(graph, graph.start, key) ?? [];
      return [{ code: 'CC1201', severity: 'error', at: this.#placeOf(standing), says, example }];
    }
    return [];
  }

  #unended(): Finding[] {
    if (this.#reached.has('completed')) return [];
    const says = `no patient comes to the end of ${this.#track === undefined ? 'the course' : `\`${this.#track}\``}: every way leads off it`;
    return [{ code: 'CC1201', severity: 'warning', at: this.#self(), says }];
  }

  #endless(): Finding[] {
    for (const graph of this.#graphs) {
      const way = endlessWay(graph);
      if (!way) continue;
      const says =
        'a patient can be treated without end: this comes back to where it began, and has no number';
      return [{ code: 'CC1202', severity: 'error', at: this.#self(), says, example: [...way] }];
    }
    return [];
  }

  /** Steps of outcomes that come to be decided, and are never the one that is taken. */
  #untaken(): Finding[] {
    const taken = new Set<Ending>(
      this.#graphs.flatMap((graph) =>
        [...graph.nodes.values()].flatMap(({ moves }) => moves.flatMap(({ move }) => move.took ?? [])),
      ),
    );
    const decisions = [...this.decided].map((name) => this.#line.decision(name));
    return decisions.flatMap((decision) =>
      stepsIn(decision).flatMap(([outcome, step]): Finding[] => {
        if (taken.has(step)) return [];
        const at = { ...subjectOf(this.#whole.compiled, decision.decision), path: ['outcomes', outcome] };
        const says = `\`${decision.decision}\`: \`${outcome}\` never leads to this: ${wordsOf(step)}`;
        return [{ code: 'CC1203', severity: 'warning', at, says }];
      }),
    );
  }

  #placeOf({ chart, asked }: Standing): Subject {
    const [decision] = asked;
    if (decision !== undefined) return subjectOf(this.#whole.compiled, decision);
    const { stage, maintenance } = placeOf(chart);
    if (stage !== undefined) return { kind: 'stage', name: stage };
    return maintenance === undefined ? this.#self() : { kind: 'maintenance', name: maintenance };
  }

  #self(): Subject {
    return this.#track === undefined
      ? { kind: 'pathway', name: this.#whole.id, path: ['course'] }
      : { kind: 'track', name: this.#track };
  }
}

/** With all counts, where that is not too much; else with long series shortened. */
function exploreAll(line: Pathway): { readonly graphs: readonly CourseGraph[]; readonly isShort: boolean } {
  const explore = (isShort: boolean, most: number): CourseGraph[] =>
    waysOfChoosing(line).map((chosen) => exploreCourse(new CourseWalk(line, isShort), chosen, most));
  const whole = explore(false, MOST_COUNTED);
  if (!whole.some(({ isCut }) => isCut)) return { graphs: whole, isShort: false };
  return { graphs: explore(true, MOST_STATES), isShort: true };
}

/** All that a decision's outcomes may lead to beside going on, but what is taken at the ends of levels. */
const stepsIn = ({ outcomes }: DecisionDefinition): [outcome: string, step: Ending][] =>
  Object.entries(outcomes).flatMap(([outcome, action]) =>
    action.flatMap((step): [string, Ending][] =>
      isOnTheWay(step) || step.do === 'go' ? [] : [[outcome, step]],
    ),
  );

/** A choice stands as such, a review as such, and the question whether a stage is done with that stage. */
export function subjectOf({ choices, reviews, course }: CompiledPathway, decision: string): Subject {
  if (choices.some(({ choice }) => choice === decision)) return { kind: 'choice', name: decision };
  if (reviews.some(({ review }) => review === decision)) return { kind: 'review', name: decision };
  const whether = course.find(({ name }) => name === decision)?.whether;
  return whether === undefined ? { kind: 'decision', name: decision } : { kind: 'stage', name: whether };
}

/** What is decided wherever a plan is, and what that leads to. */
function askedAnywhere({ alerts, reviews, decisions }: CompiledPathway): ReadonlySet<string> {
  const found = new Set([
    ...alerts.flatMap(({ decide }) => decide ?? []),
    ...reviews.map(({ review }) => review),
  ]);
  for (const name of found)
    for (const step of endingsOf(decisions.find(({ decision }) => decision === name)))
      if (step.do === 'decide') found.add(step.decision);
  return found;
}

const endingsOf = (decision: DecisionDefinition | undefined): Ending[] =>
  decision ? stepsIn(decision).map(([, step]) => step) : [];

function targetsOf(compiled: CompiledPathway): ReadonlySet<string> {
  const anywhere = askedAnywhere(compiled);
  const asked = compiled.decisions.filter(({ decision }) => anywhere.has(decision));
  return new Set(asked.flatMap(endingsOf).flatMap((step) => (step.do === 'to' ? [step.stage] : [])));
}

/** Decisions that are reached by name, and never are. */
function unaskedDecisions(
  compiled: CompiledPathway,
  decided: ReadonlySet<string>,
  anywhere: ReadonlySet<string>,
): Finding[] {
  const placed = new Set([
    ...[compiled.course, ...compiled.tracks.map(({ course }) => course)].flat().map(({ name }) => name),
    ...compiled.choices.map(({ choice }) => choice),
    ...compiled.stages.flatMap(({ stage, reassess, decidedBefore, decidedAfter, list = [] }) => [
      stage,
      ...[reassess, decidedBefore, decidedAfter].flatMap((name) => name ?? []),
      ...list.flatMap((item) => (item.kind === 'decision' ? [item.decision] : [])),
    ]),
  ]);
  return compiled.decisions.flatMap(({ decision }): Finding[] => {
    if (decided.has(decision) || anywhere.has(decision) || placed.has(decision)) return [];
    const says = `\`${decision}\` is never asked: whatever leads to it is never come to`;
    return [{ code: 'CC1200', severity: 'error', at: { kind: 'decision', name: decision }, says }];
  });
}

/** Whether somebody can have chosen all of this. */
const canBeFor = (onlyFor: OnlyFor): boolean =>
  onlyFor.every(({ choice, values }) =>
    onlyFor.every((other) => other.choice !== choice || other.values.some((value) => values.includes(value))),
  );
