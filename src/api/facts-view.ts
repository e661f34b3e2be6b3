import type { Instant } from '../core/model/primitives.schema.ts';
import type { Evidence } from '../core/model/verdict.schema.ts';
import type { FactDefinition, LoweredCondition } from '../core/pathway/facts.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { judgeAt } from '../core/plan/judging.ts';
import type { Observation, PlanState } from '../core/plan/plan-state.schema.ts';
import type { ObservationView } from './plan-rows.schema.ts';

/** The facts of a plan as its rules read them, flagged ones first. */
export function factsOf(pathway: Pathway, state: PlanState, now: Instant): ObservationView[] {
  const isTold = ({ fact }: FactDefinition): boolean => (state.observations[fact]?.length ?? 0) > 0;
  const flagged = pathway.facts.filter(({ flag }) => flag);
  const others = pathway.facts.filter((one) => !one.flag && isTold(one));
  return [...flagged, ...others].flatMap((definition) =>
    sitesOf(definition, state).map((site) => rowOf(pathway, state, { definition, site, now })),
  );
}

/** Every site that somebody looked at, in the order in which they did; one row without a site for any other fact. */
function sitesOf({ fact, byArea }: FactDefinition, { observations }: PlanState): (string | undefined)[] {
  const sites = byArea ? (observations[fact] ?? []).map(({ area }) => area) : [];
  return sites.length > 0 ? [...new Set(sites)] : [undefined];
}

interface Asked {
  readonly definition: FactDefinition;
  readonly site: string | undefined;
  readonly now: Instant;
}

function rowOf(pathway: Pathway, state: PlanState, asked: Asked): ObservationView {
  const { definition, site } = asked;
  const { fact, title, flag } = definition;
  const row = { fact, title, flag, ...(site === undefined ? {} : { area: site }) };
  const kept = (state.observations[fact] ?? []).filter(({ area }) => area === site);
  if (kept.length === 0) return { ...row, cause: 'missing' };
  const evidence = evidenceOf(pathway, state, asked);
  const read = kept.findLast((one) => isWhatWasRead(one, evidence)) ?? newestOf(kept);
  return {
    ...row,
    value: read?.value,
    unit: read?.unit,
    sentAs: read?.sentAs,
    source: read?.source,
    observedAt: read?.observedAt,
    event: read?.event,
    cause: evidence?.cause,
  };
}

/** What the rules would say that they read, and why it is not to be used. */
function evidenceOf(pathway: Pathway, state: PlanState, { definition, site, now }: Asked) {
  const { evidence } = judgeAt(
    pathway,
    state,
    now,
    anyQuestionOf(definition),
    site === undefined ? {} : { site },
  );
  return evidence.find(({ cause }) => cause !== undefined) ?? evidence[0];
}

const isWhatWasRead = (one: Observation, evidence: Evidence | undefined): boolean =>
  one.observedAt === evidence?.observedAt &&
  one.source === evidence.source &&
  JSON.stringify(one.value) === JSON.stringify(evidence.value);

const newestOf = (kept: readonly Observation[]): Observation | undefined =>
  kept.reduce<Observation | undefined>(
    (newest, one) => (newest === undefined || one.observedAt >= newest.observedAt ? one : newest),
    undefined,
  );

/** A question that can be asked of a fact of its kind: what matters is what is read to answer it. */
function anyQuestionOf({ fact, is }: FactDefinition): LoweredCondition {
  const name = `is ${fact} known`;
  switch (is.kind) {
    case 'number':
    case 'grade':
      return { fact, operator: 'greaterThanInclusive', value: is.from, name };
    case 'code':
      return { fact, operator: 'in', value: is.codes, name };
    case 'yes or no':
      return { fact, operator: 'equal', value: true, name };
    case 'date':
    case 'date or never':
      return { fact, operator: 'atLeastAgoOrNever', value: { count: 0, unit: 'day' }, name };
    case 'findings':
      return { fact, operator: 'contains', value: is.codes[0] ?? '', name };
    case 'list':
      return { fact, operator: 'contains', value: is.of, name };
  }
}
