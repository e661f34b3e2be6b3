import type { EventOf, PastProcedure } from '../model/event.schema.ts';
import { LIMITS } from '../model/limits.ts';
import { siteExists } from './admit-observation.ts';
import { type Border, firstOf, listed, notInFuture, overLimit, type Rejection } from './border.ts';

export function admitHistory({ data }: EventOf<'history.recorded'>, border: Border): Rejection | undefined {
  const known = border.state?.past.length ?? 0;
  if (known + data.procedures.length > LIMITS.pastProceduresPerPlan)
    return overLimit('past procedures', LIMITS.pastProceduresPerPlan);
  return firstOf(data.procedures, (one) => admitPast(one, border));
}

function admitPast(
  { procedure, area, performedOn, endedOn }: PastProcedure,
  border: Border,
): Rejection | undefined {
  const { pathway } = border;
  if (pathway.traitsOf(procedure) === undefined) {
    return {
      code: 'CC2026',
      says: `No procedure is called ${procedure} here; there are: ${listed(pathway.procedures)}.`,
    };
  }
  const misplaced = area === undefined ? undefined : siteExists(area, pathway);
  return misplaced ?? admitDays({ performedOn, endedOn }, border);
}

/** The days of a procedure lie in their order, and behind us. */
export function admitDays(
  { performedOn, endedOn }: Pick<PastProcedure, 'performedOn' | 'endedOn'>,
  border: Border,
): Rejection | undefined {
  const ahead = notInFuture('performedOn', performedOn, border);
  if (ahead || endedOn === undefined) return ahead;
  return endedOn < performedOn
    ? { code: 'CC2014', says: `endedOn ${endedOn} lies before performedOn ${performedOn}.` }
    : notInFuture('endedOn', endedOn, border);
}
