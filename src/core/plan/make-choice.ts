import type { TableFinding } from '../model/verdict.schema.ts';
import type { ChoiceDefinition } from '../pathway/tailoring.schema.ts';
import { inWords } from './choices.ts';
import { raiseDeviation } from './deviation.ts';
import { type Draft, write } from './draft.ts';
import { answerFor } from './offers.ts';
import type { Vote } from './plan-state.schema.ts';
import type { Chosen } from './tailored.schema.ts';

/** What is chosen is remembered from here on; it is in the journal with what it rests on and whoever chose it. */
export function makeChoice(
  draft: Draft,
  { choice }: ChoiceDefinition,
  made: Omit<Chosen, 'at' | 'earlier'>,
  basis: { readonly votes?: readonly Vote[]; readonly table?: TableFinding | undefined },
): void {
  const { pathway, now, state } = draft;
  const last = state.choices[choice];
  const before = last?.value;
  const says = `${inWords(pathway, choice, made.value)}${WHENCE[made.by]}`;
  write(draft, { kind: 'choice.made', says, details: { choice, ...made, before, ...basis } });
  const earlier = last ? earlierOf(last) : [];
  const chosen = { ...made, at: now, ...(earlier.length > 0 ? { earlier } : {}) };
  draft.state = { ...state, choices: { ...state.choices, [choice]: chosen } };
}

/** What was chosen until now; the same chosen again is one. */
function earlierOf({ value, at, earlier = [] }: Chosen): NonNullable<Chosen['earlier']> {
  return earlier.at(-1)?.value === value ? earlier : [...earlier, { value, at }];
}

const WHENCE = { decision: '', table: ', by its table', unknown: ', while it is not known' } as const;

/** The answer to a question that asked for a choice. One that is less cautious than its table is looked at. */
export function takeChoice(draft: Draft, id: string, outcome: string): void {
  const question = draft.state.questions[id];
  const choice = draft.pathway.choice(question?.decision ?? '');
  if (!question || !choice) return;
  const table = answerFor(draft, choice);
  const { votes } = question;
  makeChoice(draft, choice, { value: outcome, by: 'decision', question: id }, { votes, table });
  if (!table || !choice.table) return;
  const { ifUnknown } = choice.table;
  const unknown = ifUnknown && 'value' in ifUnknown ? ifUnknown.value : undefined;
  const expected = table.answer ?? unknown;
  const { answers } = draft.pathway.table(choice.table.table);
  if (expected === undefined || answers.indexOf(outcome) <= answers.indexOf(expected)) return;
  const whose = table.answer === undefined ? 'what counts while it is not known' : 'its table';
  const says = `${inWords(draft.pathway, choice.choice, outcome)}, and ${whose} says ${expected}`;
  const reason = { invariant: 'phase' as const, says, table, clears: [] };
  raiseDeviation(draft, {
    code: 'choice-against-table',
    says,
    reasons: [reason],
    about: `choice/${choice.choice}`,
  });
}
