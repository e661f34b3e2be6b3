import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Draft } from './draft.ts';
import { askAPerson, cancelTask, type OutsideWork, outside } from './outside.ts';
import { tableAt } from './tables.ts';

/**
 * A gate that its table kept closed asks somebody: for the facts without which there is no answer, or, where the answer
 * says so, a role what to do. Neither opens the gate; facts, time and overrides do.
 */
export function askAboutTable(draft: Draft, stage: StageDefinition): void {
  const asked = workFor(draft, stage);
  if (asked) askAPerson(draft, asked.task, asked.work);
}

function workFor(
  { pathway, state, now }: Draft,
  stage: StageDefinition,
): { readonly task: string; readonly work: OutsideWork } | undefined {
  const found = tableAt(pathway, state, stage, now);
  if (!found) return undefined;
  const { title, rule, answer, clears } = found.finding;
  if (answer === undefined) {
    const facts = (clears[0] ?? []).flatMap((one) => (one.kind === 'fact' ? [one] : []));
    const [first] = facts;
    if (!first) return undefined;
    const names = [...new Set(facts.map(({ fact }) => fact))].join(', ');
    const within = first.within === undefined ? {} : { within: first.within };
    return {
      task: `supply-${stage.stage}-${rule}`,
      work: { title: `${title}: please supply ${names}`, role: first.role, ...within },
    };
  }
  const outcome = found.outcomes[answer];
  if (!outcome || 'go' in outcome) return undefined;
  return {
    task: `asked-${stage.stage}-${rule}-${answer}`,
    work: { title: `${stage.title} cannot go on. ${title}: ${answer}. What now?`, role: outcome.ask },
  };
}

/** What a table no longer asks for nobody owes. */
export function dropAnsweredQuestions(draft: Draft): void {
  for (const stage of draft.pathway.stages) {
    if (!stage.table) continue;
    const open = Object.keys(draft.state.tasks).filter(
      (id) =>
        draft.state.tasks[id]?.status === 'requested' &&
        [`supply-${stage.stage}-${stage.table?.table}`, `asked-${stage.stage}-${stage.table?.table}-`].some(
          (prefix) => id.startsWith(outside(prefix)),
        ),
    );
    if (open.length === 0) continue;
    const isAtGate = draft.state.chart === `${stage.stage}.ready`;
    const asked = isAtGate ? workFor(draft, stage) : undefined;
    for (const id of open) if (!asked || id !== outside(asked.task)) cancelTask(draft, id);
  }
}
