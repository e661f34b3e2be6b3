import { fromTransition } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import { type CourseWalk, keyOf, type Move, type Standing } from './course-walk.ts';

/** States of one way through a course that are looked at with all their counts; of more, series are shortened. */
export const MOST_COUNTED = 400;
/** States that are looked at at all; what lies beyond is not, and said so. */
export const MOST_STATES = 5_000;

export interface Node {
  readonly standing: Standing;
  readonly moves: readonly { readonly move: Move; readonly to: string }[];
}

/** As xstate's graph has a transition. */
interface Taken {
  readonly event: Move;
  readonly state: { readonly context: Standing };
}

export interface CourseGraph {
  readonly start: string;
  readonly nodes: ReadonlyMap<string, Node>;
  /** It has more states than are looked at. */
  readonly isCut: boolean;
}

/** Everything that can be reached along a course by patients who have chosen so. */
export function exploreCourse(walk: CourseWalk, chosen: Standing['chosen'], most: number): CourseGraph {
  const begin = walk.begin(chosen);
  const looked = new Set<string>();
  const known = new Map<string, readonly Move[]>();
  const movesOf = (standing: Standing): readonly Move[] => {
    const key = keyOf(standing);
    looked.add(key);
    if (looked.size > most) return [];
    const moves = known.get(key) ?? walk.movesFrom(standing);
    known.set(key, moves);
    return moves;
  };
  const logic = fromTransition((_standing: Standing, { to }: Move) => to, begin);
  const adjacency = getAdjacencyMap(logic, {
    events: ({ context }) => movesOf(context),
    serializeState: ({ context }) => keyOf(context),
    serializeEvent: ({ type }) => type,
  });
  const nodes = Object.entries(adjacency).map(([key, { state, transitions }]): [string, Node] => [
    key,
    {
      standing: state.context,
      moves: Object.values<Taken>(transitions).map(({ event, state: next }) => ({
        move: event,
        to: keyOf(next.context),
      })),
    },
  ]);
  return { start: keyOf(begin), nodes: new Map(nodes), isCut: looked.size > most };
}

/** By what each state is first come to, nearest first, from a state on. */
function cameBy({ nodes }: CourseGraph, start: string): ReadonlyMap<string, Step | undefined> {
  const found = new Map<string, Step | undefined>([[start, undefined]]);
  for (const [key] of found)
    for (const { move, to } of nodes.get(key)?.moves ?? [])
      if (!found.has(to)) found.set(to, { from: key, says: move.type });
  return found;
}

interface Step {
  readonly from: string;
  readonly says: string;
}

/** What happens one after the other on the shortest way from one state to another; undefined: there is none. */
export function wayBetween(graph: CourseGraph, from: string, to: string): string[] | undefined {
  const found = cameBy(graph, from);
  if (!found.has(to)) return undefined;
  const way: string[] = [];
  for (let step = found.get(to); step; step = found.get(step.from)) way.unshift(step.says);
  return way;
}

/** A state from which nothing that is over can be reached, where one goes round and round; undefined: there is none. */
export function deadEnd(graph: CourseGraph): string | undefined {
  const before = befores(graph);
  const live = new Set([...graph.nodes].flatMap(([key, { moves }]) => (moves.length === 0 ? [key] : [])));
  for (const key of live) for (const one of before.get(key) ?? []) live.add(one);
  const reached = (key: string) => cameBy(graph, key);
  let dead = [...reached(graph.start).keys()].find((key) => !live.has(key));
  // What cannot be come back from lies before it: the last that is come to is where it ends.
  for (let next = dead; next !== undefined; ) {
    dead = next;
    const from = dead;
    next = [...reached(from).keys()].find((key) => !reached(key).has(from));
  }
  return dead;
}

function befores({ nodes }: CourseGraph): ReadonlyMap<string, readonly string[]> {
  const before = new Map<string, string[]>();
  for (const [key, { moves }] of nodes)
    for (const { to } of moves) {
      const known = before.get(to);
      if (known) known.push(key);
      else before.set(to, [key]);
    }
  return before;
}

/** A way that comes back to where it began and has a procedure done on it; undefined: each such way has a number. */
export function endlessWay(graph: CourseGraph): readonly string[] | undefined {
  const round = onRounds(graph);
  for (const key of round)
    for (const { move, to } of graph.nodes.get(key)?.moves ?? []) {
      const way = move.isPerformed && round.has(to) ? wayBetween(graph, to, key) : undefined;
      if (way) return [move.type, ...way];
    }
  return undefined;
}

/** States that may lie on a way that comes back: what leads nowhere else is taken away until nothing more does. */
function onRounds(graph: CourseGraph): ReadonlySet<string> {
  const before = befores(graph);
  const left = new Map(
    [...graph.nodes].map(([key, { moves }]) => [key, moves.filter(({ to }) => to !== key).length]),
  );
  const over = [...left].flatMap(([key, count]) => (count === 0 ? [key] : []));
  for (const key of over)
    for (const one of before.get(key) ?? []) {
      if (one === key) continue;
      const count = (left.get(one) ?? 0) - 1;
      left.set(one, count);
      if (count === 0) over.push(one);
    }
  const gone = new Set(over);
  return new Set([...graph.nodes.keys()].filter((key) => !gone.has(key)));
}
