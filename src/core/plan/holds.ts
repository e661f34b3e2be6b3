import { localDateOf } from '../model/calendar.ts';
import type { Clearing, Evidence, Finding } from '../model/verdict.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { Contraindication, StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { earliest, judge } from '../rules/condition.ts';
import { type Draft, tell, write } from './draft.ts';
import { readerOf } from './facts.ts';
import type { Hold, PlanState } from './plan-state.schema.ts';
import { closeWait, dueAfter, openWait } from './waits.ts';

/**
 * Contraindications become holds. While the plan stands at a stage's gate or is in its procedure, a hold is raised when
 * its rule is met *or unknown*; before that only when it is met, for its facts are not asked for yet.
 */
export function judgeHolds(draft: Draft): void {
  const standing = findingsInScope(draft.pathway, draft.state, draft.now);
  const due = new Map(
    standing.filter(isHeld).map((found) => [`${found.stage.stage}/${found.rule.rule}`, found]),
  );
  for (const [id, hold] of Object.entries(draft.state.holds)) if (!due.has(id)) clearHold(draft, id, hold);
  for (const [id, found] of due) raiseHold(draft, id, found);
}

export interface StageFinding {
  readonly stage: StageDefinition;
  readonly rule: Contraindication;
  readonly finding: Finding;
  /** The plan stands at this stage's gate, or is in its procedure. */
  readonly isAtStage: boolean;
}

const isHeld = ({ finding, isAtStage }: StageFinding): boolean =>
  finding.result === 'met' || (isAtStage && finding.result === 'unknown');

/** Judges every contraindication of the stage that the plan is at or comes to next. */
export function findingsInScope(pathway: Pathway, state: PlanState, now: string): StageFinding[] {
  const { phase, stage: name } = placeOf(state.chart);
  const isAtStage = phase === 'ready' || phase === 'procedure';
  const isBefore = phase === 'consultation' || phase === 'assessment';
  const stage = isAtStage ? pathway.stage(name ?? '') : isBefore ? pathway.stages[0] : undefined;
  if (!stage) return [];
  return pathway.contraindicationsOf(stage).map((rule) => ({
    stage,
    rule,
    isAtStage,
    finding: judgeRule(pathway, rule, state, now),
  }));
}

export function judgeRule(pathway: Pathway, rule: Contraindication, state: PlanState, now: string): Finding {
  const { result, evidence, validUntil } = judge(rule.when, readerOf(pathway, state, now));
  return {
    rule: rule.rule,
    ruleSet: rule.ruleSet,
    version: rule.version,
    title: rule.title,
    result,
    evidence: [...evidence],
    clears: result === 'unmet' ? [] : clearingOf(pathway, evidence),
    ...(validUntil ? { validUntil } : {}),
  };
}

/** What each condition that holds the gate asks for: its fact, by the role that supplies it; or the day it ends. */
function clearingOf(pathway: Pathway, evidence: readonly Evidence[]): Clearing[] {
  return evidence.flatMap((leaf): Clearing[] => {
    const role = pathway.fact(leaf.fact)?.ask.role;
    if (leaf.result === 'unmet' || role === undefined) return [];
    const needs = leaf.result === 'met' ? `no longer: ${leaf.asks}` : (leaf.cause ?? 'missing');
    const fact: Clearing = { kind: 'fact', fact: leaf.fact, needs, role };
    const isEdge = leaf.result === 'met' && leaf.validUntil !== undefined;
    return isEdge && leaf.validUntil
      ? [{ kind: 'date', on: localDateOf(leaf.validUntil, pathway.zone) }, fact]
      : [fact];
  });
}

function raiseHold(draft: Draft, id: string, { rule, stage, finding }: StageFinding): void {
  const held = draft.state.holds[id];
  if (held) {
    if (JSON.stringify(held.finding) === JSON.stringify(finding)) return;
    draft.state = { ...draft.state, holds: { ...draft.state.holds, [id]: { ...held, finding } } };
    if (held.finding.result === finding.result) return;
    closeWait(draft, waitOf(id));
  }
  const generation = held ? held.generation : (draft.state.holdGenerations[id] ?? 0) + 1;
  const hold: Hold = {
    rule: rule.rule,
    stage: stage.stage,
    generation,
    response: rule.response,
    raisedAt: held?.raisedAt ?? draft.now,
    finding,
  };
  draft.state = {
    ...draft.state,
    holds: { ...draft.state.holds, [id]: hold },
    holdGenerations: { ...draft.state.holdGenerations, [id]: generation },
  };
  const asked = askedFor(draft.pathway, finding);
  const title = finding.result === 'met' ? `Held: ${rule.title}` : `Cannot be ruled out: ${rule.title}`;
  openWait(draft, waitOf(id), {
    kind: 'hold',
    title,
    owner: asked.role,
    ladder: asked.ladder,
    dueAt: asked.dueAt(draft),
  });
  write(draft, {
    kind: 'hold.raised',
    says: title,
    details: { id, generation, response: rule.response, finding },
  });
  tell(draft, {
    roles: finding.result === 'met' ? [asked.role, ...rule.tell] : [asked.role],
    subject: title,
    says: finding.result === 'met' ? (rule.say ?? rule.because) : `Please supply: ${asked.facts.join(', ')}`,
  });
}

function clearHold(draft: Draft, id: string, hold: Hold): void {
  const { [id]: _cleared, ...holds } = draft.state.holds;
  draft.state = { ...draft.state, holds };
  closeWait(draft, waitOf(id));
  const rule = draft.pathway.stage(hold.stage);
  const says = `No longer held: ${hold.finding.title}`;
  write(draft, {
    kind: 'hold.cleared',
    says,
    details: { id, generation: hold.generation, stage: rule?.stage },
  });
}

const waitOf = (hold: string): string => `hold/${hold}`;

/** Who is asked, and by when: the shortest of the times that the catalogue gives for the facts in question. */
function askedFor(pathway: Pathway, finding: Finding) {
  const facts = [
    ...new Set(finding.evidence.filter((leaf) => leaf.result === finding.result).map((leaf) => leaf.fact)),
  ];
  const asks = facts.flatMap((name) => pathway.fact(name)?.ask ?? []);
  const first = asks[0] ?? {
    role: pathway.clinic.roles[0] ?? 'clinical-lead',
    within: pathway.clinic.waits.deviation,
  };
  return {
    facts,
    role: first.role,
    ladder: pathway.defaultLadder,
    dueAt: (draft: Draft) =>
      earliest([...asks, first].map(({ within }) => dueAfter(pathway, draft.now, within))) ?? draft.now,
  };
}
