import { fromTransition } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import { type CourseWalk, keyOf, type Move, type Standing } from './course-walk.ts';

/** States of one course that are looked at; what lies beyond is not, and said so. */
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
export function exploreCourse(walk: CourseWalk, chosen: Standing['chosen']): CourseGraph {
  const begin = walk.begin(chosen);
  const looked = new Set<string>();
  const known = new Map<string, readonly Move[]>();
  const movesOf = (standing: Standing): readonly Move[] => {
    const key = keyOf(standing);
    looked.add(key);
    if (looked.size > MOST_STATES) return [];
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
  return { start: keyOf(begin), nodes: new Map(nodes), isCut: looked.size > MOST_STATES };
}

/** What happens one after the other on the shortest way to each state. */
export function waysIn({ start, nodes }: CourseGraph): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>([[start, []]]);
  for (const [key, way] of ways)
    for (const { move, to } of nodes.get(key)?.moves ?? [])
      if (!ways.has(to)) ways.set(to, [...way, move.type]);
  return ways;
}

/** A state from which nothing that is over can be reached, where one goes round and round; undefined: there is none. */
export function deadEnd(graph: CourseGraph): string | undefined {
  const before = new Map<string, string[]>();
  for (const [key, { moves }] of graph.nodes)
    for (const { to } of moves) before.set(to, [...(before.get(to) ?? []), key]);
  const live = new Set([...graph.nodes].flatMap(([key, { moves }]) => (moves.length === 0 ? [key] : [])));
  for (const key of live) for (const one of before.get(key) ?? []) live.add(one);
  const reachOf = (key: string) => waysIn({ ...graph, start: key });
  let dead = [...waysIn(graph).keys()].find((key) => !live.has(key));
  // What cannot be come back from lies before it: the last that is come to is where it ends.
  for (let next = dead; next !== undefined; ) {
    dead = next;
    const from = dead;
    next = [...reachOf(from).keys()].find((key) => !reachOf(key).has(from));
  }
  return dead;
}

/** A way that comes back to where it began and has a procedure done on it; undefined: each such way has a number. */
export function endlessWay(graph: CourseGraph): readonly string[] | undefined {
  for (const [key, { moves }] of graph.nodes)
    for (const { move, to } of moves) {
      if (!move.isPerformed) continue;
      const way = waysIn({ ...graph, start: to }).get(key);
      if (way) return [move.type, ...way];
    }
  return undefined;
}
