import type { EventOf } from '../../../src/core/model/event.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import { dayOn } from '../wall-calendar.ts';
import type { Account, Report } from './account.ts';
import { spacingOf } from './spacing.ts';

/** What a report is, judged as of the day on which the procedure was performed. */
export function judgedReport(
  account: Account,
  stage: StageDefinition,
  { performedOn, endedOn }: EventOf<'procedure.performed'>['data'],
  now: string,
): Report & { readonly isExcused: boolean } {
  const { knowledge, past } = account.asOf(performedOn, now, stage);
  const early = spacingOf(stage, knowledge, past).filter(({ says }) => says === 'too early');
  const breached = early.filter(({ isExcused }) => !isExcused);
  const openedAt = account.enteredAt(`${stage.stage}.procedure`);
  const isExpected =
    account.chart === `${stage.stage}.procedure` &&
    openedAt !== undefined &&
    dayOn(openedAt, account.terms.zone) <= performedOn;
  const sites = [stage.in, stage.andIn].flatMap((role) => (role ? (account.areas[role] ?? []) : []));
  return {
    stage: stage.stage,
    procedure: stage.procedure,
    start: performedOn,
    end: endedOn ?? performedOn,
    areas: sites,
    isDeviation: !isExpected || breached.length > 0,
    counts: breached.every(({ interval }) => interval.ifEarly === 'counts'),
    isExcused: early.length > breached.length,
  };
}
