import type { Action, ActionStep, DecisionDefinition } from '../pathway/decisions.schema.ts';
import type { FigureReference } from '../pathway/figures.schema.ts';
import { lengthText } from '../pathway/tailored.ts';

/** The end of the course, and so of the plan. */
export const COMPLETED = 'completed';

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

interface Around {
  /** Where `go` leads to; undefined where the plan just goes on from wherever it stands. */
  readonly next?: string | undefined;
  readonly stage?: string | undefined;
  readonly entry: (name: string) => string;
  /** What comes after a stage that is left out. */
  readonly past: (name: string) => string;
}

/** What each outcome of a decision leads to: an edge where it moves the plan, else a line in the decision's own place. */
export function outcomesOf(
  { decision, outcomes, noQuorum }: Pick<DecisionDefinition, 'decision' | 'outcomes' | 'noQuorum'>,
  around: Around,
): { readonly edges: DrawnEdge[]; readonly says: string[] } {
  const all: [string, Action][] = [...Object.entries(outcomes), ...(noQuorum ? [noQuorumOf(noQuorum)] : [])];
  const edges: DrawnEdge[] = [];
  const says: string[] = [];
  for (const [name, action] of all) {
    let label = name;
    for (const step of action) {
      const to = targetOf(step, around);
      // After a revision or a choice, a plan that stays where it is says so by itself.
      if (step.do === 'go' && to === undefined && label !== name) continue;
      const words = wordsOf(step, around);
      const said = words === undefined ? label : `${label}: ${words}`;
      if (to !== undefined) edges.push({ from: decision, to, label: said });
      else says.push(said);
      label = `${name}, then`;
    }
  }
  return { edges, says };
}

const noQuorumOf = (action: Action): [string, Action] => ['no quorum', action];

function targetOf(step: ActionStep, { next, stage, entry, past }: Around): string | undefined {
  switch (step.do) {
    case 'go':
      return next;
    case 'end':
      return COMPLETED;
    case 'next stage':
      return step.stage === undefined ? next : past(step.stage);
    case 'again':
      return stage === undefined ? undefined : entry(stage);
    case 'to':
      return entry(step.stage);
    case 'decide':
      return step.decision;
    case 'exit':
      return step.exit;
    case 'start':
      return `${step.track}.waiting`;
    default:
      return undefined;
  }
}

/** What an arrow alone does not say. */
function wordsOf(step: ActionStep, { next }: Around): string | undefined {
  switch (step.do) {
    case 'wait':
      return `wait ${lengthText(step.for)}, ${limitOf(step.atMost)}`;
    case 'again':
      return `again, ${limitOf(step.atMost)}`;
    case 'to':
      return step.atMost === undefined ? undefined : limitOf(step.atMost);
    case 'ask':
      return `ask the ${step.role}`;
    case 'choose':
      return `choose ${step.choice} again`;
    case 'revise':
      return 'revise the plan';
    case 'go':
      return next === undefined ? 'goes on' : undefined;
    case 'next stage':
      return step.stage === undefined ? 'the rest of the stage is left out' : undefined;
    case 'lower':
    case 'raise':
      return `${step.do} ${step.figure}`;
    case 'limit':
      return `${step.figure} at most ${step.level}`;
    default:
      return undefined;
  }
}

const TIMES: Readonly<Record<number, string>> = { 1: 'once', 2: 'twice' };

function limitOf(times: number | FigureReference | 'no limit'): string {
  if (times === 'no limit') return 'without a limit';
  if (typeof times !== 'number') return `at most the ${times.figure}`;
  return `at most ${TIMES[times] ?? `${times} times`}`;
}
