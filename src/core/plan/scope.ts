import type { Instant } from '../model/primitives.schema.ts';
import type { Clearing, Clearings, Evidence, Finding, Result } from '../model/verdict.schema.ts';
import { homeOf, type Phase, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Contraindication, Eligibility, OverrideTerms } from '../pathway/rules.schema.ts';
import { clearingsOf } from '../rules/clearing.ts';
import type { Judgement } from '../rules/condition.ts';
import { isOut } from './choices.ts';
import { judgeAt, type Place, placesOf } from './judging.ts';
import { stageNow } from './listed-sessions.ts';
import { enteredAt } from './places.ts';
import type { OpenedGate, PlanState } from './plan-state.schema.ts';

/** A rule that can hold a stage, as it stands at one place. Of eligibility, `met` means that it is not given. */
export interface StageFinding {
  /** The id of the hold that it makes: one per rule, stage and site. */
  readonly id: string;
  readonly stage: StageDefinition;
  readonly site?: string;
  readonly rule: HoldingRule;
  readonly finding: Finding;
  /** The gate before the plan is one that this rule keeps closed; or the plan is behind it, in the procedure. */
  readonly isAtStage: boolean;
}

export type HoldingRule =
  | { readonly kind: 'contraindication'; readonly rule: Contraindication }
  | { readonly kind: 'eligibility'; readonly rule: Eligibility };

/** Everything that can hold the stage that the plan is at or comes to next. */
export function findingsInScope(pathway: Pathway, state: PlanState, now: Instant): readonly StageFinding[] {
  const { phase, stage: name } = placeOf(homeOf(state));
  const isBefore = phase === 'consultation' || phase === 'assessment';
  const first = pathway.stages.find((one) => !isOut(state, one));
  const stage = stageNow(pathway, state, isBefore ? first?.stage : name);
  if (!stage) return [];
  // Off its course, a plan stands at no gate: what held the stage that it left is judged on, and nobody is asked for more.
  if (state.leave && HELD_AT.has(phase)) return findingsAt(pathway, state, { stage, now, gate: undefined });
  // No gate of this plan opens for what others do: only what is known to be so is held against it.
  const gate = stage.elsewhere ? undefined : gateBefore(state, stage);
  return gate || isBefore || isElsewhereAhead(state, stage)
    ? findingsAt(pathway, state, { stage, now, gate })
    : [];
}

const isElsewhereAhead = (state: PlanState, stage: StageDefinition): boolean =>
  stage.elsewhere === true && gateBefore(state, stage) !== undefined;

/** Every gate that the rule keeps closed is behind: behind prep's gate, what stops prep alone holds nothing. */
export const isBehind = ({ chart }: PlanState, { stage, isAtStage }: StageFinding): boolean =>
  stage.prep !== undefined &&
  !isAtStage &&
  (chart === `${stage.stage}.prep` || chart === `${stage.stage}.procedure`);

const HELD_AT: ReadonlySet<Phase> = new Set(['ready', 'prep', 'procedure']);

/** A stage has one gate, or two: before its prep, where it has one, and before its procedure. */
export type GateKind = OpenedGate['of'];

/** The gate that a plan stands before, or has just gone through; undefined: it is elsewhere. */
export function gateBefore({ chart }: PlanState, { stage, prep }: StageDefinition): GateKind | undefined {
  if (chart === `${stage}.ready`) return prep ? 'prep' : 'procedure';
  return chart === `${stage}.prep` || chart === `${stage}.procedure` ? 'procedure' : undefined;
}

/** Eligibility keeps both gates closed, a contraindication those that it names. */
export const stopsAt = ({ kind, rule }: HoldingRule, gate: GateKind): boolean =>
  kind === 'eligibility' || rule.stops.includes(gate);

/** One stage, at one moment, at one of its gates or before them. */
interface At {
  readonly stage: StageDefinition;
  readonly now: Instant;
  readonly gate: GateKind | undefined;
}

/** The same for one stage. */
export function findingsAt(pathway: Pathway, state: PlanState, at: At): readonly StageFinding[] {
  const kept = findingsKept(pathway, state, at.now);
  // Of listed sessions each has rules of its own.
  const { stage, gate } = at;
  const key = [stage.stage, pathway.sessionAt(stage), gate, enteredAt(state, at)].join(' ');
  let found = kept.get(key);
  if (!found) {
    found = findingsAnew(pathway, state, at);
    kept.set(key, found);
  }
  return found;
}

/** What has been found of one set of facts, at one instant. */
interface Kept extends Pick<PlanState, 'observations' | 'performed' | 'areas'> {
  readonly pathway: Pathway;
  readonly now: Instant;
  readonly found: Map<string, readonly StageFinding[]>;
}

/** A step asks the same of the same facts several times: as it settles, at the gate, for the next wake. */
let recent: readonly Kept[] = [];
const MOST_RECENT = 4;

function findingsKept(pathway: Pathway, state: PlanState, now: Instant): Kept['found'] {
  const { observations, performed, areas } = state;
  for (const one of recent) {
    const isSame = one.observations === observations && one.performed === performed && one.areas === areas;
    if (isSame && one.now === now && one.pathway === pathway) return one.found;
  }
  const found: Kept['found'] = new Map();
  recent = [{ pathway, now, observations, performed, areas, found }, ...recent.slice(0, MOST_RECENT - 1)];
  return found;
}

const findingsAnew = (pathway: Pathway, state: PlanState, { stage, now, gate }: At): StageFinding[] =>
  rulesOn(pathway, stage).flatMap((rule) =>
    placesOf(pathway, state, rule.rule.when, stage).map((place): StageFinding => {
      const { site } = place;
      const isAtStage = gate !== undefined && stopsAt(rule, gate);
      const finding = findingAt(pathway, state, { rule, place, now });
      const found = { id: idOf(stage.stage, rule.rule.rule, site), stage, rule, finding, isAtStage };
      return site === undefined ? found : { ...found, site };
    }),
  );

/** `exchange/nicotine`, `exchange/infection/left breast`. */
export const idOf = (stage: string, rule: string, site: string | undefined): string =>
  site === undefined ? `${stage}/${rule}` : `${stage}/${rule}/${site}`;

const rulesByStage = new WeakMap<StageDefinition, { of: Pathway; rules: readonly HoldingRule[] }>();

function rulesOn(pathway: Pathway, stage: StageDefinition): readonly HoldingRule[] {
  const known = rulesByStage.get(stage);
  if (known?.of === pathway) return known.rules;
  const rules: HoldingRule[] = [
    ...pathway.eligibility.map((rule) => ({ kind: 'eligibility' as const, rule })),
    ...pathway.contraindicationsOf(stage).map((rule) => ({ kind: 'contraindication' as const, rule })),
  ];
  rulesByStage.set(stage, { of: pathway, rules });
  return rules;
}

interface Asked {
  readonly rule: HoldingRule;
  readonly place: Place;
  readonly now: Instant;
}

function findingAt(pathway: Pathway, state: PlanState, { rule, place, now }: Asked): Finding {
  return findingFrom(pathway, rule, judgeAt(pathway, state, now, rule.rule.when, place), place.site);
}

function findingFrom(
  pathway: Pathway,
  { kind, rule }: HoldingRule,
  { result: said, evidence, validUntil }: Judgement,
  site: string | undefined,
): Finding {
  const isEligibility = kind === 'eligibility';
  const result = isEligibility ? negated(said) : said;
  const facts =
    result === 'unmet' ? [] : clearingsOf(pathway, rule.when, evidence, isEligibility ? 'met' : 'unmet');
  return {
    rule: rule.rule,
    ruleSet: rule.ruleSet,
    version: rule.version,
    title: rule.title,
    ...(site === undefined ? {} : { area: site }),
    result,
    evidence: [...evidence],
    clears: isEligibility ? facts : clearsOf(rule, result, facts),
    ...(validUntil === undefined ? {} : { validUntil }),
  };
}

const negated = (result: Result): Result =>
  result === 'unknown' ? result : result === 'met' ? 'unmet' : 'met';

/** Beside the facts: the signature that a rule asks for once it was met, and the override that its terms allow. */
function clearsOf(rule: Contraindication, result: Result, facts: Clearings): Clearings {
  const { clears, override, strength } = rule;
  const signature = result === 'met' && clears.by === 'signature' ? [signatureOf(rule.rule, clears.of)] : [];
  const isSignedAway = strength === 'relative' && signature.length > 0;
  // Where a signature alone does it, facts beside it are not needed.
  const byFacts = isSignedAway ? [] : facts.map((all) => [...all, ...signature]);
  const bySignature = isSignedAway ? [signature] : [];
  const byOverride = override && isCovered(override, result) ? [[overrideBy(override)]] : [];
  const others = [...bySignature, ...byOverride];
  return [...byFacts.slice(0, MOST_CLEARINGS - others.length), ...others];
}

const MOST_CLEARINGS = 3;

export const signatureOf = (hold: string, role: string): Clearing => ({
  kind: 'event',
  type: 'releaseHold',
  needs: `the signature of the ${role} that ${hold} is settled`,
  role,
});

export const overrideBy = ({ by, second }: OverrideTerms): Clearing =>
  second === undefined ? { kind: 'override', by } : { kind: 'override', by, second };

export const isCovered = ({ coversUnknown }: { coversUnknown: boolean }, result: Result): boolean =>
  result === 'met' || (result === 'unknown' && coversUnknown);

/**
 * What evidence said, in one text: a value, a unit or an answer that changes makes it another one. Said of a site or of
 * each of its parts, and in whatever order, the same is the same.
 */
export function citedIn({ areas }: Pick<Pathway, 'areas'>, evidence: readonly Evidence[]): string {
  const said = evidence.flatMap(({ fact, area, asks, result, cause, value, unit }) => {
    const words = Array.isArray(value) ? value.toSorted() : value;
    return (area === undefined ? [null] : areas.atomsOf(area)).map((atom) =>
      JSON.stringify([fact, atom, asks, result, cause ?? null, words ?? null, unit ?? null]),
    );
  });
  return [...new Set(said)].sort().join();
}
