import type { EventOf } from '../../../src/core/model/event.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { Account, Report } from './account.ts';
import type { Gates } from './gates.ts';
import { spacingOf } from './spacing.ts';

/** What a report is found to be; where signatures may or may not count, what it may be found to be. */
export interface JudgedReport {
  readonly report: Omit<Report, 'isDeviation'>;
  readonly mustDeviate: boolean;
  readonly mayDeviate: boolean;
  /** Too early, and excused by grace. */
  readonly isExcused: boolean;
  /** Behind a gate that was open, and that would have been closed on that day. */
  readonly isLate: boolean;
}

/** Judges a report as of the day on which the procedure was performed. */
export function judgedReport(
  account: Account,
  gates: Gates,
  stage: StageDefinition,
  { data, at }: { readonly data: EventOf<'procedure.performed'>['data']; readonly at: string },
): JudgedReport {
  const { performedOn, endedOn } = data;
  const then = account.asOf(performedOn, at, stage);
  const early = spacingOf(stage, then.knowledge, then.past).filter(({ says }) => says === 'too early');
  const breached = early.filter(({ isExcused }) => !isExcused);
  const gate = gates.openedFor(stage.stage, performedOn);
  const sites = [stage.in, stage.andIn].flatMap((role) => (role ? (account.areas[role] ?? []) : []));
  const isWrong = (!gate && !gates.wasClosedAgain(stage.stage, performedOn)) || breached.length > 0;
  // What else a gate asks for than what rules say of that day is not said again.
  const isAnyhow = !gate || (isMore(stage) && account.dayOf(gate.at) !== performedOn);
  const isLate = gate !== undefined && gates.wasClosed(gate, performedOn, then, 'coarse');
  return {
    report: {
      stage: stage.stage,
      procedures: stage.procedures,
      start: performedOn,
      end: endedOn ?? performedOn,
      hasEnd: endedOn !== undefined,
      areas: sites,
      round: account.course.roundOn(stage.stage, performedOn),
      counts: breached.every(({ interval }) => interval.ifEarly === 'counts'),
      at,
      step: account.steps,
    },
    mustDeviate: isWrong || isLate,
    mayDeviate:
      isWrong || isAnyhow || (gate !== undefined && gates.wasClosed(gate, performedOn, then, 'fine')),
    isExcused: early.length > breached.length,
    isLate,
  };
}

const isMore = ({ prep, anaesthesia, table, consent }: StageDefinition): boolean =>
  [prep, anaesthesia, table, consent?.orGuardianBelow].some((one) => one !== undefined);
