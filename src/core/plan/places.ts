import { invariant } from '../model/failure.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { ANY_AREA, leavesOf } from '../pathway/conditions.ts';
import type { LoweredCondition, LoweredLeaf } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { PlanState } from './plan-state.schema.ts';

/** Where a rule is asked: of one stage and one of its sites. Nothing: of the patient as a whole. */
export interface Place {
  readonly stage?: StageDefinition;
  readonly site?: string;
}

/** How a leaf's fact is known: of the patient, or of sites, one value each or a list of findings. */
export type Extent = 'patient' | 'site' | 'findings';

export function extentOf(pathway: Pathway, { fact }: Pick<LoweredLeaf, 'fact'>): Extent {
  const base = pathway.fact(pathway.derived(fact)?.of ?? fact);
  if (!base?.byArea) return 'patient';
  return base.is.kind === 'findings' ? 'findings' : 'site';
}

/** What a condition asks beside values. */
export interface Asks {
  readonly ofAreas: boolean;
  /** It asks of the very site that it is judged for: each is a place of its own. */
  readonly ofEachSite: boolean;
  readonly sinceStage: boolean;
  /** The leaves whose facts have one value a site. */
  readonly sited: readonly LoweredLeaf[];
}

const asksIn = new WeakMap<Pathway, WeakMap<LoweredCondition, Asks>>();

export function asksOf(pathway: Pathway, when: LoweredCondition): Asks {
  let known = asksIn.get(pathway);
  if (!known) {
    known = new WeakMap();
    asksIn.set(pathway, known);
  }
  let asks = known.get(when);
  if (!asks) {
    asks = readAsks(pathway, leavesOf(when));
    known.set(when, asks);
  }
  return asks;
}

function readAsks(pathway: Pathway, leaves: readonly LoweredLeaf[]): Asks {
  const byArea = leaves.filter((leaf) => extentOf(pathway, leaf) !== 'patient');
  return {
    ofAreas: byArea.length > 0,
    ofEachSite: byArea.some(({ params }) => !params?.area || isRole(params.area)),
    sinceStage: leaves.some(
      ({ params }) => params?.taken && 'since' in params.taken && params.taken.since === 'this stage',
    ),
    sited: byArea.filter((leaf) => extentOf(pathway, leaf) === 'site'),
  };
}

const isRole = (area: string): area is 'treatment' | 'donor' => area === 'treatment' || area === 'donor';

/**
 * The sites that a leaf asks of. Without `params.area`: the site that is judged, or, where none is, all that were
 * chosen for the plan. None at all: then it cannot be known.
 */
export function sitesOf(
  { params }: LoweredLeaf,
  { areas }: PlanState,
  { stage, site }: Place,
): readonly string[] {
  const area = params?.area;
  const chosen = [...new Set(Object.values(areas).flat())];
  if (area === undefined) return site === undefined ? chosen : [site];
  if (isRole(area)) {
    const ofRole = areas[area] ?? [];
    const isJudged = site !== undefined && ofRole.includes(site) && (stage?.in ?? area) === area;
    return isJudged ? [site] : ofRole;
  }
  if (area !== ANY_AREA) return [area];
  if (!stage) return chosen;
  const roles = [stage.in, stage.andIn].filter((role) => role !== undefined);
  return [...new Set(roles.flatMap((role) => areas[role] ?? []))];
}

/** When the plan came into a stage; by a report of its procedure, it may never have stood before its gate. */
export function enteredAt({ enteredAt: at, chart }: PlanState, { stage }: Place): Instant | undefined {
  const name = stage?.stage ?? placeOf(chart).stage;
  if (name === undefined) return undefined;
  const reached = ['period', 'procedure', 'closure', 'recovery'].flatMap(
    (phase) => at[`${name}.${phase}`] ?? [],
  );
  return at[`${name}.ready`] ?? reached.sort()[0];
}

/** One part of the body that a site has one value in, and what it is called in the evidence. */
export interface Spot {
  readonly area?: string;
  readonly atom?: string;
}

/** Every way to choose one of each. */
export function choices<T>(of: ReadonlyMap<string, readonly T[]>): ReadonlyMap<string, T>[] {
  let all: ReadonlyMap<string, T>[] = [new Map()];
  for (const [key, options] of of) {
    invariant(options.length > 0, 'there is something to choose from');
    all = all.flatMap((chosen) => options.map((one) => new Map(chosen).set(key, one)));
  }
  return all;
}
