import type { Action } from '../pathway/decisions.schema.ts';
import { isOnTheWay } from '../pathway/on-the-way.ts';
import type { IntervalRule } from '../pathway/rules.schema.ts';
import type { WrittenAction } from './actions.ts';
import { type ActionPlace, ANYWHERE, lowerAction } from './lower-action.ts';
import type { Figures } from './lower-figures.ts';
import { Refused } from './problem.ts';
import type { RulePlace } from './rule-place.ts';

export interface LatePlace extends RulePlace {
  readonly figures?: Figures;
  readonly late?: Pick<ActionPlace, 'names' | 'leads' | 'asker'>;
}

/** A rule set names nothing of a pathway; what it leads to is looked for nowhere. */
const OF_A_RULE_SET: NonNullable<LatePlace['late']> = {
  names: { stages: [], named: [], tracks: [], choices: [] },
  leads: [],
  asker: { kind: 'stage', at: ANYWHERE },
};

/**
 * What follows once a latest day has passed: somebody decides, or the rule itself says what is done. Whatever that is, it
 * ends with a person, or away from the gate: no plan goes on unseen through a gate that has closed.
 */
export function lowerIfLate(
  written: WrittenAction,
  { figures = new Map(), late = OF_A_RULE_SET, ...place }: LatePlace,
): NonNullable<IntervalRule['ifLate']> {
  const { vocabulary, report } = place;
  const path = [...place.path, 'ifLate'];
  const steps = lowerAction(written, { ...late, path, figures, vocabulary, report });
  const refused = refusedEnd(steps);
  if (refused) report(path, refused);
  const [first] = steps;
  if (first?.do === 'ask') return { ask: first.role };
  return first?.do === 'decide' ? { decide: first.decision } : steps;
}

function refusedEnd(steps: Action): Refused | undefined {
  const atEnd = steps.flatMap((step) => ('atEnd' in step && step.atEnd ? [step.atEnd] : []));
  if (steps.some(({ do: what }) => what === 'revise')) return NOBODY_REVISES;
  const isOpen = [steps, ...atEnd].some((one) => {
    const last = one.findLast((step) => !isOnTheWay(step));
    const isChosen = one.some(({ do: what }) => what === 'choose' || what === 'exit');
    return last?.do === 'go' && !isChosen;
  });
  return isOpen ? NOBODY_LOOKS : undefined;
}

const NOBODY_LOOKS = new Refused(
  'CC1142',
  'the gate would open though its latest day has passed, and nobody would have looked',
  'let it end with `{ ask: role }`, `{ decide: decision }` or `{ exit: … }`',
);
const NOBODY_REVISES = new Refused(
  'CC1142',
  'nobody has decided that the plan is to be otherwise',
  'write `{ ask: role }`, or `{ decide: decision }` with an outcome `revise`',
);
