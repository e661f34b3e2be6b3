import { addDays, localDateOf, startOfDay } from '../core/model/calendar.ts';
import type { Instant, LocalDate } from '../core/model/primitives.schema.ts';
import { CARE_TIMES, type CareDefinition } from '../core/pathway/care.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { idOf, spanOf } from '../core/plan/care.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import { shownFigure } from '../core/plan/shown-figures.ts';
import type { CareView } from './care-rows.schema.ts';

/** What is in force, and what somebody has told of; of what has not begun nothing. */
export function careViews(pathway: Pathway, state: PlanState, now: Instant): CareView[] {
  const told = new Set<string>();
  return pathway.care.flatMap((definition): CareView[] => {
    const { care, title } = definition;
    const one = state.care[idOf(definition)];
    const adherence = told.has(care) ? [] : (state.adherence[care] ?? []);
    if (!one && adherence.length === 0) return [];
    told.add(care);
    return [
      {
        ...{ care, title, isInForce: one !== undefined, since: one?.since },
        lastDay: one && lastDayOf({ pathway, state, now }, definition),
        ...{ morning: one?.morning ?? [], evening: one?.evening ?? [], weekly: one?.weekly ?? [] },
        toBeDecided: one ? toBeDecided(pathway, state, definition) : [],
        holds: holdsOf(state, care),
        adherence,
      },
    ];
  });
}

type At = Parameters<typeof spanOf>[0];

/** What is over at the first instant of a day had the day before as its last. */
export function lastDayOf(at: At, definition: CareDefinition): LocalDate | undefined {
  const { until } = spanOf(at, definition);
  if (until === undefined) return undefined;
  const day = localDateOf(until, at.pathway.zone);
  return until === startOfDay(day, at.pathway.zone) ? addDays(day, -1) : day;
}

export const toBeDecided = (pathway: Pathway, state: PlanState, definition: CareDefinition): string[] =>
  CARE_TIMES.flatMap((time) => definition[time]).flatMap((line) => {
    if (!('figure' in line)) return [];
    const { title, value } = shownFigure({ pathway, state }, line.figure);
    return value === undefined ? [title] : [];
  });

const holdsOf = ({ careHolds, waits }: PlanState, care: string): CareView['holds'] =>
  Object.entries(careHolds)
    .filter(([, hold]) => hold.care === care)
    .map(([id, { rule, response, needsSignature, finding, raisedAt, released }]) => {
      const { title, result, evidence, clears } = finding;
      const owner = waits[`hold/${id}`]?.owner;
      return {
        id,
        rule,
        response,
        needsSignature,
        title,
        result,
        evidence,
        clears,
        since: raisedAt,
        owner,
        released,
      };
    });
