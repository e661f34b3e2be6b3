import type { TableFinding } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { DecisionDefinition } from '../pathway/decisions.schema.ts';
import type { FactDefinition } from '../pathway/facts.schema.ts';
import type { Draft } from './draft.ts';
import { readAt } from './judging.ts';
import type { Reason } from './outcome.schema.ts';
import { askAPerson, outside } from './outside.ts';
import type { Question } from './plan-state.schema.ts';
import { answerOf } from './tables.ts';
import { cancelTask } from './tasks.ts';

/** The facts without which a decision is not taken. Nobody decides on what is not known: whoever supplies it is asked. */

interface Needed {
  readonly fact: string;
  readonly definition: FactDefinition;
}

/** Those that are not known now, in each site that the plan is about; of a table, those without which it has no answer. */
export function unknownOf(
  plan: Pick<Draft, 'pathway' | 'state' | 'now'>,
  { needs, by }: DecisionDefinition,
  { stage: name }: Pick<Question, 'stage'>,
): Needed[] {
  const { pathway, state, now } = plan;
  const stage: StageDefinition | undefined = pathway.stage(name ?? '');
  if (by.kind === 'table') return missingFor(plan, answerOf(plan, by.table, stage));
  return needs.flatMap((fact) => {
    const definition = pathway.fact(pathway.derived(fact)?.of ?? fact);
    const readings = readAt(pathway, state, now, { fact }, stage ? { stage } : {});
    const isKnown = readings.length > 0 && readings.every(({ known }) => known);
    return isKnown || !definition ? [] : [{ fact, definition }];
  });
}

function missingFor({ pathway }: Pick<Draft, 'pathway'>, finding: TableFinding | undefined): Needed[] {
  const [clears = []] = finding?.clears ?? [];
  return clears.flatMap((one) => {
    const definition = one.kind === 'fact' ? pathway.fact(one.of ?? one.fact) : undefined;
    return one.kind === 'fact' && definition ? [{ fact: one.fact, definition }] : [];
  });
}

export const reasonsOf = (needed: readonly Needed[]): Reason[] =>
  needed.map(({ fact, definition }) => ({
    invariant: 'phase',
    says: `${definition.title} has to be known before this is decided.`,
    clears: [
      [
        {
          kind: 'fact',
          fact,
          ...(definition.fact === fact ? {} : { of: definition.fact }),
          needs: 'known',
          role: definition.ask.role,
          within: definition.ask.within,
        },
      ],
    ],
  }));

const PREFIX = 'needed/';

/** Once for each fact, however many decisions need it. */
export function askForNeeded(draft: Draft, needed: readonly Needed[], title: string): void {
  for (const { definition } of needed) {
    const { fact, ask } = definition;
    const work = { title: `${title} needs it: please supply ${fact}`, role: ask.role, within: ask.within };
    askAPerson(draft, `${PREFIX}${fact}`, work);
  }
}

/** What is known by now, or no open decision of any line needs any more, nobody owes. */
export function dropSupplied(draft: Draft): void {
  const { state, pathway } = draft;
  const open = Object.keys(state.tasks).filter(
    (id) => id.startsWith(outside(PREFIX)) && state.tasks[id]?.status === 'requested',
  );
  if (open.length === 0) return;
  const missing = Object.values(state.questions).flatMap((question) =>
    question.answer || question.decision === undefined
      ? []
      : unknownOf(draft, pathway.decision(question.decision), question),
  );
  const wanted = new Set(missing.map(({ definition }) => outside(`${PREFIX}${definition.fact}`)));
  for (const id of open) if (!wanted.has(id)) cancelTask(draft, id);
}
