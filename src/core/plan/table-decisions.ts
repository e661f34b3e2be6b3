import type { Instant } from '../model/primitives.schema.ts';
import type { DecisionDefinition } from '../pathway/decisions.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { answer, isDue } from './answers.ts';
import { type Draft, tell, write } from './draft.ts';
import { askForNeeded, unknownOf } from './needed-facts.ts';
import { actOn } from './outcomes.ts';
import type { Question } from './plan-state.schema.ts';
import { passOnQuestion, waitOf } from './questions.ts';
import { answerOf } from './tables.ts';
import { titled } from './titled.ts';

type Plan = Pick<Draft, 'pathway' | 'state' | 'now'>;
type ByTable = Extract<DecisionDefinition['by'], { kind: 'table' }>;

/**
 * Decisions that a table takes. It takes each as soon as it has an answer. Until then whoever supplies what is missing is
 * asked for it, and owns the decision, unless the pathway names who decides meanwhile, or what is taken at its due time.
 */
export function decideByTables(draft: Draft): void {
  for (const id of Object.keys(draft.state.questions)) decideByTable(draft, id);
}

function decideByTable(draft: Draft, id: string): void {
  const asked = askedOfTable(draft, draft.state.questions[id]);
  if (!asked || asked.isPutOff) return;
  const { question, decision, by } = asked;
  const finding = findingFor(draft, by, question);
  if (!finding) return;
  const outcome = finding.answer ?? (isDue(draft, id) ? by.ifUnknown : undefined);
  if (outcome === undefined) {
    waitForFacts(draft, id, { question, decision, by });
    return;
  }
  answer(draft, id, outcome, finding.answer === undefined ? { isUnknown: true } : {});
  const { title, rule, version, evidence } = finding;
  const who = finding.answer === undefined ? `${title} had no answer by then:` : `${title}:`;
  write(draft, {
    kind: 'question.answered',
    says: titled(question.title, `${who} ${outcome}`),
    details: { id, outcome, votes: [], table: rule, version, evidence },
  });
  actOn(draft, id, outcome);
}

interface Asked {
  readonly question: Question;
  readonly decision: DecisionDefinition;
  readonly by: ByTable;
}

/** An open question that a table decides. */
function askedOfTable(
  { pathway, now }: Pick<Plan, 'pathway' | 'now'>,
  question: Question | undefined,
): (Asked & { readonly isPutOff: boolean }) | undefined {
  if (!question || question.answer || question.decision === undefined) return undefined;
  const decision = pathway.decision(question.decision);
  const { by } = decision;
  if (by.kind !== 'table') return undefined;
  return { question, decision, by, isPutOff: question.putOffTo !== undefined && now < question.putOffTo };
}

const findingFor = (plan: Plan, { table }: ByTable, { stage = '' }: Pick<Question, 'stage'>) =>
  answerOf(plan, table, plan.pathway.stage(stage));

/** Who owns it changes as facts come in: what is still missing is the next one's to supply. */
function waitForFacts(draft: Draft, id: string, { question, decision, by }: Asked): void {
  const needed = unknownOf(draft, decision, question);
  const [first] = needed;
  const roles = by.roles.length > 0 ? by.roles : [first?.definition.ask.role ?? COORDINATOR];
  const { title, outcomes } = question;
  if (question.roles.join() !== roles.join()) {
    const asked = { ...question, roles };
    draft.state = { ...draft.state, questions: { ...draft.state.questions, [id]: asked } };
    passOnQuestion(draft, id, asked);
    if (by.roles.length > 0)
      tell(draft, { roles, subject: title, says: `Please decide: ${outcomes.join(' or ')}` });
  }
  askForNeeded(draft, needed, title);
}

/** When time alone may give a table its answer, or put an end to waiting for one. */
export const tableDecisionEdges = (plan: Plan): Instant[] =>
  Object.entries(plan.state.questions).flatMap(([id, one]) => {
    const asked = askedOfTable(plan, one);
    if (!asked) return [];
    const { question, by } = asked;
    const { dueAt, pausedAt } = plan.state.waits[waitOf(id)] ?? {};
    const edges = [
      question.putOffTo,
      findingFor(plan, by, question)?.validUntil,
      by.ifUnknown !== undefined && pausedAt === undefined ? dueAt : undefined,
    ];
    return edges.flatMap((at) => (at !== undefined && at > plan.now ? [at] : []));
  });
