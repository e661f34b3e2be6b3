import type { Finding } from '../model/verdict.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { speaksFor } from '../rules/polarity.ts';
import { type Draft, tell, write } from './draft.ts';
import type { Hold, Release } from './hold.schema.ts';
import { askOwner, passOn, waitOf } from './hold-owners.ts';
import type { PlanState } from './plan-state.schema.ts';
import {
  citedIn,
  findingsAt,
  findingsInScope,
  type HoldingRule,
  isBehind,
  type StageFinding,
  signatureOf,
} from './scope.ts';
import { closeWait } from './waits.ts';

/**
 * Contraindications, and eligibility that is not given, become holds. While the plan stands at a gate that the rule
 * keeps closed, or is in the procedure, a hold is raised when its rule is met *or unknown*; before that only when it is
 * met, for its facts are not asked for yet. A hold clears when its rule is known not to be met, never because its fact
 * became too old to tell.
 */
export function judgeHolds(draft: Draft): void {
  const standing = findingsInScope(draft.pathway, draft.state, draft.now);
  voidReleases(draft, standing);
  const due = new Map(
    standing
      .filter((found) => !isBehind(draft.state, found) && isHeld(draft.pathway, found, draft.state))
      .map((found) => [found.id, found]),
  );
  for (const [id, hold] of Object.entries(draft.state.holds)) if (!due.has(id)) clearHold(draft, id, hold);
  for (const found of due.values()) raiseHold(draft, found);
}

/** Whether a rule holds its stage, by what it says now and by the hold and the signature that stand already. */
export function isHeld(pathway: Pathway, found: StageFinding, { holds, releases }: PlanState): boolean {
  const { id, finding, isAtStage, rule } = found;
  const held = Object.hasOwn(holds, id) ? holds[id] : undefined;
  if (isReleased(pathway, found, releases)) return false;
  switch (finding.result) {
    case 'met':
      return true;
    case 'unknown':
      return held !== undefined || (isAtStage && !isAcceptedUnknown(rule, finding));
    case 'unmet':
      return held?.needsSignature === true;
  }
}

/**
 * A rule that accepts what is unknown accepts what was never known, or was known to be all right and is too old by now:
 * never what differs, must not be believed, or stood against it when it was last looked at.
 */
export function isAcceptedUnknown({ kind, rule }: HoldingRule, { evidence }: Finding): boolean {
  if (kind !== 'contraindication' || rule.ifUnknown !== 'accept') return false;
  return evidence.every(({ fact, asks, cause, lastAnswer }) => {
    if (cause === undefined || cause === 'missing') return true;
    return cause === 'stale' && lastAnswer !== undefined && !speaksFor(rule.when, { fact, asks }, lastAnswer);
  });
}

/** A signature stands for as long as the evidence that it was given on says the same. */
function isReleased(
  pathway: Pathway,
  { id, finding }: StageFinding,
  releases: PlanState['releases'],
): boolean {
  return Object.hasOwn(releases, id) && releases[id]?.cites === citedIn(pathway, finding.evidence);
}

/** Wherever the plan stands: a fact that changes back, while its stage is out of sight, was another one meanwhile. */
function voidReleases(draft: Draft, standing: readonly StageFinding[]): void {
  for (const [id, release] of Object.entries(draft.state.releases)) {
    const found = standing.find((one) => one.id === id) ?? findingOf(draft, id, release);
    if (found && isReleased(draft.pathway, found, draft.state.releases)) continue;
    const { [id]: voided, ...others } = draft.state.releases;
    draft.state = { ...draft.state, releases: others };
    const title = found?.finding.title ?? release.rule;
    const says = `No longer signed away: ${title}. A fact that the signature rests on has changed.`;
    write(draft, { kind: 'release.voided', says, details: { id, release: voided } });
  }
}

function findingOf({ pathway, state, now }: Draft, id: string, { stage: name }: Release) {
  const stage = pathway.stage(name);
  const found = stage ? findingsAt(pathway, state, { stage, now, gate: undefined }) : [];
  return found.find((one) => one.id === id);
}

/** What a hold keeps of its rule: once it was met under one that clears by signature, the signature is missing. */
function keptFinding({ finding, rule, id }: StageFinding): Finding {
  const clears = rule.kind === 'contraindication' ? rule.rule.clears : undefined;
  if (finding.result !== 'unmet' || clears?.by !== 'signature') return finding;
  return { ...finding, clears: [[signatureOf(id, clears.of)]] };
}

function raiseHold(draft: Draft, found: StageFinding): void {
  const { id, rule, stage, site } = found;
  const finding = keptFinding(found);
  const held = draft.state.holds[id];
  const wasMet = finding.result === 'met' && rule.kind === 'contraindication';
  const needsSignature = held?.needsSignature === true || (wasMet && rule.rule.clears.by === 'signature');
  if (held) {
    if (JSON.stringify(held.finding) === JSON.stringify(finding)) return;
    const kept = { ...held, finding, needsSignature };
    draft.state = { ...draft.state, holds: { ...draft.state.holds, [id]: kept } };
    if (held.finding.result === finding.result) {
      passOn(draft, id, { kind: rule.kind, stage: stage.stage, finding });
      return;
    }
  }
  const generation = held ? held.generation : (draft.state.holdGenerations[id] ?? 0) + 1;
  const hold: Hold = {
    kind: rule.kind,
    rule: rule.rule.rule,
    stage: stage.stage,
    ...(site === undefined ? {} : { area: site }),
    generation,
    response: rule.kind === 'eligibility' ? rule.rule.otherwise : rule.rule.response,
    raisedAt: held?.raisedAt ?? draft.now,
    finding,
    needsSignature,
  };
  draft.state = {
    ...draft.state,
    holds: { ...draft.state.holds, [id]: hold },
    holdGenerations: { ...draft.state.holdGenerations, [id]: generation },
  };
  announce(draft, found, hold);
}

function announce(draft: Draft, found: StageFinding, { finding, response, generation }: Hold): void {
  const { rule, id } = found;
  const title = titleOf(found, finding);
  const asked = askOwner(draft, id, { kind: rule.kind, stage: found.stage.stage, finding, title });
  write(draft, { kind: 'hold.raised', says: title, details: { id, generation, response, finding } });
  const isMet = finding.result === 'met';
  const told = rule.kind === 'eligibility' ? [COORDINATOR] : rule.rule.tell;
  tell(draft, {
    roles: isMet ? [asked.role, ...told] : [asked.role],
    subject: title,
    says: isMet ? sayOf(rule) : `Please supply: ${asked.needs.join(', ')}`,
  });
}

function titleOf({ rule, site }: StageFinding, { result, title }: Finding): string {
  const of = site === undefined ? title : `${title} (${site})`;
  if (result === 'unmet') return `To be signed: ${of}`;
  if (rule.kind === 'eligibility')
    return result === 'met' ? `Not eligible: ${of}` : `Eligibility not known: ${of}`;
  return result === 'met' ? `Held: ${of}` : `Cannot be ruled out: ${of}`;
}

const sayOf = ({ kind, rule }: HoldingRule): string =>
  kind === 'eligibility' ? `Not eligible: ${rule.title}` : (rule.say ?? rule.because);

export function clearHold(draft: Draft, id: string, hold: Hold): void {
  const { [id]: _cleared, ...holds } = draft.state.holds;
  draft.state = { ...draft.state, holds };
  closeWait(draft, waitOf(id));
  write(draft, {
    kind: 'hold.cleared',
    says: `No longer held: ${hold.finding.title}`,
    details: { id, generation: hold.generation, stage: hold.stage },
  });
}
