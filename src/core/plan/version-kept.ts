import type { FactDefinition, FactKind } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Hold } from './hold.schema.ts';
import { WAITING } from './lines.ts';
import { countedAnywhere } from './other-plans.ts';
import type { MovedFrom, Performed, PlanState } from './plan-state.schema.ts';
import type { Versions } from './version-places.ts';

/**
 * What of a plan is not known, attested or signed any more under another version, since it meant something else there:
 * unknown is asked for, and never taken for what it was.
 */
export interface Kept {
  readonly state: PlanState;
  /** In words. */
  readonly says: readonly string[];
  /** What has to be stated anew. */
  readonly anew: {
    readonly facts: readonly FactDefinition[];
    /** What was done before is attested for less than is counted from there. */
    readonly history: boolean;
    /** Forms that are for other procedures there. */
    readonly forms: readonly string[];
  };
}

export function asThere(versions: Versions): Kept {
  const { before, next, state } = versions;
  const facts = factsInOtherTerms(versions);
  const history = state.historyKnownAt !== undefined && countsFromMore(versions);
  const forms = formsForOthers(versions);
  const { historyKnownAt, ...more } = state;
  const names = new Set(facts.map(({ fact }) => fact));
  const there: PlanState = {
    ...more,
    ...(history || historyKnownAt === undefined ? {} : { historyKnownAt }),
    otherPlans: readsMore(versions) ? null : state.otherPlans,
    observations: part(state.observations, (fact) => !names.has(fact)),
    releases: part(state.releases, (_, { rule }) => isSameRule({ before, next }, rule)),
    holds: holdsThere(next, state.holds),
    careHolds: holdsThere(next, state.careHolds),
    alerts: part(state.alerts, (id) => next.alerts.some(({ rule }) => rule === id.split('/')[0])),
    performed: state.performed.map((one) => movedThere(next, one)),
    tracks: Object.fromEntries(next.tracks.map(({ track }) => [track, state.tracks[track] ?? WAITING])),
  };
  const says = [
    ...facts.map(({ title }) => `${title} is not known any more: it is stated in other terms`),
    ...(history ? ['the history has to be attested anew'] : []),
    ...forms.map((form) => `consent ${form} has to be signed anew: it is for another procedure`),
  ];
  return { state: there, says, anew: { facts, history, forms } };
}

function part<One>(
  all: Readonly<Record<string, One>>,
  isKept: (id: string, one: One) => boolean,
): Record<string, One> {
  return Object.fromEntries(Object.entries(all).filter(([id, one]) => isKept(id, one)));
}

/** Those that were observed, and whose values would say something else. */
const factsInOtherTerms = ({ before, next, state }: Versions): FactDefinition[] =>
  next.facts.filter((fact) => {
    const known = before.fact(fact.fact);
    const isObserved = (state.observations[fact.fact] ?? []).length > 0;
    return isObserved && known !== undefined && !isSameMeasure(known, fact);
  });

const isSameMeasure = (one: FactDefinition, other: FactDefinition): boolean =>
  one.byArea === other.byArea && isSameKind(one.is, other.is);

/** An area that was found clear was looked at for what could be found then, and for nothing else. */
function isSameKind(one: FactKind, other: FactKind): boolean {
  if (one.kind === 'number' && other.kind === 'number') return one.unit === other.unit;
  if (one.kind === 'code' && other.kind === 'code')
    return one.codes.every((code) => other.codes.includes(code));
  if (one.kind === 'findings' && other.kind === 'findings')
    return other.codes.every((code) => one.codes.includes(code));
  return JSON.stringify(one) === JSON.stringify(other);
}

/** That nothing else was done was said of what was counted from then. */
function countsFromMore({ before, next }: Versions): boolean {
  const counted = new Set(
    before.intervals.flatMap(({ from }) => (from.kind === 'procedure' ? [from.of] : [])),
  );
  return next.intervals.some(({ from }) => from.kind === 'procedure' && !counted.has(from.of));
}

/** Of other plans no more was read than was counted from: what is counted from there has to be read anew. */
function readsMore({ before, next }: Versions): boolean {
  const read = countedAnywhere(before);
  return [...countedAnywhere(next)].some((name) => !read.has(name));
}

/** Consent stays where its form and its procedures do. */
function formsForOthers({ before, next, state }: Versions): string[] {
  const signed = new Set(state.consents.flatMap(({ form, withdrawnAt }) => (withdrawnAt ? [] : [form])));
  return [...signed].filter((form) => {
    const known = proceduresUnder(before, form);
    return proceduresUnder(next, form).some((procedure) => !known.includes(procedure));
  });
}

const proceduresUnder = ({ stages }: Pathway, form: string): string[] =>
  stages.flatMap(({ consent, procedures }) => (consent?.form === form ? procedures : []));

/** A signature was given on a rule as it stood. */
function isSameRule({ before, next }: Pick<Versions, 'before' | 'next'>, name: string): boolean {
  const [known, rule] = [before.contraindication(name), next.contraindication(name)];
  return JSON.stringify(known) === JSON.stringify(rule);
}

/** What clears by its facts there waits for no signature. */
const holdsThere = <One extends Pick<Hold, 'rule' | 'needsSignature'>>(
  next: Pathway,
  holds: Readonly<Record<string, One>>,
): Record<string, One> =>
  Object.fromEntries(
    Object.entries(holds).map(([id, hold]) => {
      const isSigned = next.contraindication(hold.rule)?.clears.by === 'signature';
      return [id, isSigned || !hold.needsSignature ? hold : { ...hold, needsSignature: false }];
    }),
  );

/** Should a report turn out to be wrong, the plan cannot go back to what there is no more. */
function movedThere(next: Pathway, one: Performed): Performed {
  const { movedFrom, ...more } = one;
  return movedFrom === undefined || isThere(next, one.stage, movedFrom) ? one : more;
}

function isThere(next: Pathway, stage: string, { chart, leave }: MovedFrom): boolean {
  const line = next.line(next.trackOf(stage)).chart;
  return line.has(chart) && (leave === undefined || line.has(leave.from));
}
