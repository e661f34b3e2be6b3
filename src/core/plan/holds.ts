import { startOfDay } from '../model/calendar.ts';
import { Duration, LocalDate } from '../model/primitives.schema.ts';
import type { Clearing, Evidence, Finding } from '../model/verdict.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Contraindication } from '../pathway/rules.schema.ts';
import { earliest, judge, type Reader } from '../rules/condition.ts';
import { leavesWindowOn } from '../rules/operators.ts';
import { type Draft, tell, write } from './draft.ts';
import { readerOf } from './facts.ts';
import type { Hold, PlanState } from './plan-state.schema.ts';
import { closeWait, dueAfter, openWait } from './waits.ts';

/**
 * Contraindications become holds. While the plan stands at a stage's gate or is in its procedure, a hold is raised when
 * its rule is met *or unknown*; before that only when it is met, for its facts are not asked for yet. A hold clears
 * when its rule is known not to be met, never because its fact became too old to tell.
 */
export function judgeHolds(draft: Draft): void {
  const standing = findingsInScope(draft.pathway, draft.state, draft.now);
  const due = new Map(
    standing.filter((found) => isHeld(found, draft.state)).map((found) => [holdOf(found), found]),
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

const holdOf = ({ stage, rule }: StageFinding): string => `${stage.stage}/${rule.rule}`;

function isHeld(found: StageFinding, { holds }: PlanState): boolean {
  const { result } = found.finding;
  return result === 'met' || (result === 'unknown' && (found.isAtStage || holdOf(found) in holds));
}

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

/** What has been judged of one set of observations, at one instant. */
interface Judged {
  readonly pathway: Pathway;
  readonly now: string;
  readonly reader: Reader;
  readonly findings: Map<Contraindication, Finding>;
}

/**
 * A step asks the same rules of the same facts several times: as it settles, at the gate, for the next wake. States are
 * replaced, never changed, so that the same observations at the same instant have the same findings.
 */
const judgedOf = new WeakMap<PlanState['observations'], Judged>();

function judged(pathway: Pathway, state: PlanState, now: string): Judged {
  const known = judgedOf.get(state.observations);
  if (known && known.pathway === pathway && known.now === now) return known;
  const fresh: Judged = { pathway, now, reader: readerOf(pathway, state, now), findings: new Map() };
  judgedOf.set(state.observations, fresh);
  return fresh;
}

export function judgeRule(pathway: Pathway, rule: Contraindication, state: PlanState, now: string): Finding {
  const { reader, findings } = judged(pathway, state, now);
  let finding = findings.get(rule);
  if (finding === undefined) {
    finding = findingOf(pathway, rule, reader);
    findings.set(rule, finding);
  }
  return finding;
}

function findingOf(pathway: Pathway, rule: Contraindication, reader: Reader): Finding {
  const { result, evidence, validUntil } = judge(rule.when, reader);
  return {
    rule: rule.rule,
    ruleSet: rule.ruleSet,
    version: rule.version,
    title: rule.title,
    result,
    evidence: [...evidence],
    clears: result === 'unmet' ? [] : clearingOf(pathway, rule, evidence),
    ...(validUntil ? { validUntil } : {}),
  };
}

/** One condition that keeps a rule from being unmet: what is asked of its fact, and the answer that would clear it. */
interface Blocker {
  readonly leaf: Evidence;
  readonly value: unknown;
  /** Stands under `not`: it clears by being met. */
  readonly isNegated: boolean;
}

/** The leaves of a rule that stand against it, in the order of the evidence. */
function blockersOf({ when }: Contraindication, evidence: readonly Evidence[]): Blocker[] {
  const asked: Omit<Blocker, 'leaf'>[] = [];
  const walk = (condition: LoweredCondition, isNegated: boolean): void => {
    if ('fact' in condition) asked.push({ value: condition.value, isNegated });
    else if ('not' in condition) walk(condition.not, !isNegated);
    else for (const one of 'all' in condition ? condition.all : condition.any) walk(one, isNegated);
  };
  walk(when, false);
  return evidence.flatMap((leaf, index): Blocker[] => {
    const { value, isNegated = false } = asked[index] ?? {};
    return leaf.result === (isNegated ? 'met' : 'unmet') ? [] : [{ leaf, value, isNegated }];
  });
}

/** What each condition that holds the gate asks for: its fact, by the role that supplies it; or the day it ends. */
function clearingOf(pathway: Pathway, rule: Contraindication, evidence: readonly Evidence[]): Clearing[][] {
  const found = blockersOf(rule, evidence).flatMap(({ leaf, value, isNegated }): Clearing[] => {
    const role = pathway.fact(leaf.fact)?.ask.role;
    if (role === undefined) return [];
    const needs =
      leaf.result === 'unknown'
        ? (leaf.cause ?? 'missing')
        : `${isNegated ? 'needed' : 'no longer'}: ${leaf.asks}`;
    const fact: Clearing = { kind: 'fact', fact: leaf.fact, needs, role };
    const on = leaf.result === 'unknown' ? undefined : edgeOf(leaf, value);
    // A fact that goes stale before the edge of its window leaves an unknown behind, which holds as well.
    return on !== undefined && startOfDay(on, pathway.zone) === leaf.validUntil
      ? [{ kind: 'date', on }, fact]
      : [fact];
  });
  return found.slice(0, 3).map((one) => [one]);
}

/** The day on which a date leaves or enters the window that is asked for. */
const edgeOf = (leaf: Evidence, asked: unknown): string | undefined => {
  const window = Duration.safeParse(asked);
  const date = LocalDate.safeParse(leaf.value);
  return window.success && date.success ? leavesWindowOn(date.data, window.data) : undefined;
};

function raiseHold(draft: Draft, id: string, { rule, stage, finding }: StageFinding): void {
  const held = draft.state.holds[id];
  if (held) {
    if (JSON.stringify(held.finding) === JSON.stringify(finding)) return;
    draft.state = { ...draft.state, holds: { ...draft.state.holds, [id]: { ...held, finding } } };
    if (held.finding.result === finding.result) {
      passOn(draft, id, rule, finding);
      return;
    }
  }
  const generation = held ? held.generation : (draft.state.holdGenerations[id] ?? 0) + 1;
  const hold: Hold = {
    kind: 'contraindication',
    needsSignature: false,
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
  const title = finding.result === 'met' ? `Held: ${rule.title}` : `Cannot be ruled out: ${rule.title}`;
  const asked = askOwner(draft, id, title, rule, finding);
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

/** Whoever was asked has supplied what they could: what is still missing is the next one's to supply. */
function passOn(draft: Draft, id: string, rule: Contraindication, finding: Finding): void {
  const wait = draft.state.waits[waitOf(id)];
  if (!wait || wait.owner === askedFor(draft.pathway, rule, finding).role) return;
  const { role, facts } = askOwner(draft, id, wait.title, rule, finding);
  tell(draft, { roles: [role], subject: wait.title, says: `Please supply: ${facts.join(', ')}` });
}

function askOwner(draft: Draft, id: string, title: string, rule: Contraindication, finding: Finding) {
  const asked = askedFor(draft.pathway, rule, finding);
  const { role: owner, ladder } = asked;
  openWait(draft, waitOf(id), { kind: 'hold', title, owner, ladder, dueAt: asked.dueAt(draft) });
  return asked;
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
function askedFor(pathway: Pathway, rule: Contraindication, finding: Finding) {
  const blockers = blockersOf(rule, finding.evidence);
  const unknown = blockers.filter(({ leaf }) => leaf.result === 'unknown');
  const inQuestion =
    finding.result === 'unknown' ? unknown : blockers.filter((one) => !unknown.includes(one));
  const facts = [...new Set(inQuestion.map(({ leaf }) => leaf.fact))];
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
