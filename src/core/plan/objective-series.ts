import type { Instant } from '../model/primitives.schema.ts';
import type { Evidence } from '../model/verdict.schema.ts';
import type { ObjectiveDefinition } from '../pathway/goals.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { judgeApart } from './judging.ts';
import { momentOf } from './moments.ts';
import type { Observation, PlanState } from './plan-state.schema.ts';

/** What was known of an objective's measure on one day, judged by its target as it stands now. */
export interface Point extends Pick<Evidence, 'value' | 'unit' | 'source' | 'validUntil'> {
  readonly observedAt: Instant;
  readonly events: readonly string[];
  readonly isMet: boolean;
}

/** Beyond that many days only the first and the newest are looked at: what lies between changes no trend. */
const MOST_POINTS = 100;

interface Plan {
  readonly pathway: Pathway;
  readonly state: PlanState;
}

/**
 * Each day on which the measure was known, oldest first. Worked out of all that has been observed each time, so that a
 * correction or a withdrawal leaves no trace of what was not so.
 * @param atom - the part of the body, of what is known by area
 */
export function seriesOf(plan: Plan, objective: ObjectiveDefinition, atom?: string): readonly Point[] {
  const kept = seriesKept(plan);
  const key = atom === undefined ? objective.objective : `${objective.objective}/${atom}`;
  let series = kept.get(key);
  if (!series) {
    series = seriesAnew(plan, objective, atom);
    kept.set(key, series);
  }
  return series;
}

/** A step asks it as it settles, and for the next wake; states are replaced, never changed. */
let recent:
  | (Pick<PlanState, 'observations' | 'performed'> & {
      readonly pathway: Pathway;
      readonly series: Map<string, readonly Point[]>;
    })
  | undefined;

function seriesKept({ pathway, state }: Plan): Map<string, readonly Point[]> {
  const { observations, performed } = state;
  const isSame =
    recent?.observations === observations && recent.performed === performed && recent.pathway === pathway;
  if (!recent || !isSame) recent = { pathway, observations, performed, series: new Map() };
  return recent.series;
}

function seriesAnew({ pathway, state }: Plan, objective: ObjectiveDefinition, atom?: string): Point[] {
  const { measure, target } = objective;
  const definition = pathway.fact(pathway.derived(measure)?.of ?? measure);
  if (!definition) return [];
  const { fact, from } = definition;
  const all = (state.observations[fact] ?? []).map((one) => ({
    one,
    day: momentOf(one.observedAt, definition, pathway.zone),
  }));
  const told = all.filter(({ one }) => from.includes(one.source) && isOf(pathway, one, atom));
  const days = [...new Set(told.map(({ day }) => day))].sort();
  const looked = days.length > MOST_POINTS ? [...days.slice(0, 1), ...days.slice(1 - MOST_POINTS)] : days;
  const place = atom === undefined ? {} : { site: atom };
  return looked.flatMap((day): Point[] => {
    const until = (many: typeof all): Observation[] =>
      many.flatMap((each) => (each.day <= day ? [each.one] : []));
    const last = until(told).map(({ observedAt }) => observedAt);
    const now = last.sort().at(-1) ?? day;
    const then = { ...state, observations: { ...state.observations, [fact]: until(all) } };
    const { result, evidence } = judgeApart(pathway, then, now, target, place);
    const [seen] = evidence;
    if (result === 'unknown' || seen?.value === undefined) return [];
    const { value, unit, source, validUntil, observedAt = now, events = [] } = seen;
    return [{ value, unit, source, validUntil, observedAt, events, isMet: result === 'met' }];
  });
}

const isOf = ({ areas }: Pathway, { area }: Observation, atom: string | undefined): boolean =>
  atom === undefined ||
  (area !== undefined && areas.sites.includes(area) && areas.atomsOf(area).includes(atom));
