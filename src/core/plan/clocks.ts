import { addDays, daysBetween, localDateOf, shifted, startOfDay } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Clearing } from '../model/verdict.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { isForAlert } from './asked-decisions.ts';
import { type Draft, write } from './draft.ts';
import { isHistoryTask } from './history.ts';
import type { Hold } from './hold.schema.ts';
import { liveOverride } from './overrides.ts';
import { LATE } from './placed-interval.ts';
import type { Wait } from './plan-state.schema.ts';
import { citedIn } from './scope.ts';
import { definitionOf } from './tasks.ts';
import { EMERGENCY, keepWait, putOffUntil } from './waits.ts';

/**
 * What leads to a stage's procedure waits for nobody while a hold keeps the stage from going on: its clock stands, and
 * the hold's own wait goes on (S6). What would clear that hold goes on too, and so does whatever is an emergency. Care
 * after a procedure names no stage in its wait: a hold on the next session does not put off looking at the last.
 */
export function keepClocks(draft: Draft): void {
  for (const [id, wait] of Object.entries(draft.state.waits)) {
    if (wait.stage === undefined || (wait.kind !== 'task' && wait.kind !== 'question')) continue;
    const holds = holdsOn(draft, wait.stage);
    const stands = holds.length > 0 && !goesOn(draft, id, wait, holds);
    if (stands && wait.pausedAt === undefined) pause(draft, id, wait);
    if (!stands && wait.pausedAt !== undefined) resume(draft, id, wait, wait.pausedAt);
  }
}

/** The holds on a stage that nobody has set aside. */
function holdsOn({ pathway, state, now }: Draft, stage: string): Hold[] {
  return Object.entries(state.holds).flatMap(([id, hold]) => {
    const { evidence, result } = hold.finding;
    const about = { id, cites: citedIn(pathway, evidence), result, now };
    return hold.stage !== stage || liveOverride(state.overrides, about) ? [] : [hold];
  });
}

function goesOn({ pathway, state }: Draft, id: string, wait: Wait, holds: readonly Hold[]): boolean {
  if (wait.ladder === EMERGENCY || id.startsWith(`question/${LATE}`)) return true;
  const what = id.slice(id.indexOf('/') + 1);
  if (wait.kind === 'question' && isForAlert(state, what)) return true;
  const records = wait.kind === 'task' ? (definitionOf(pathway, what)?.records ?? []) : [];
  const clears = holds.flatMap(({ finding }) => finding.clears.flat());
  return clears.some((one) => isClearedBy(one, what, records));
}

function isClearedBy(clearing: Clearing, what: string, records: readonly string[]): boolean {
  if (clearing.kind === 'fact') return records.includes(clearing.of ?? clearing.fact);
  if (clearing.kind !== 'event') return false;
  return clearing.needs === what || (clearing.type === 'history.recorded' && isHistoryTask(what));
}

function pause(draft: Draft, id: string, wait: Wait): void {
  keepWait(draft, id, { ...wait, pausedAt: draft.now, generation: wait.generation + 1 });
  const says = `Its clock stands while ${wait.stage} is held: ${wait.title}`;
  write(draft, { kind: 'clock.paused', says, details: { wait: id, dueAt: wait.dueAt } });
}

/** As many days later as a clock stood; what is due to the minute, exactly as long. */
export function laterBy(
  { zone }: Pick<Pathway, 'zone'>,
  dueAt: Instant,
  stood: { readonly from: Instant; readonly to: Instant },
): Instant {
  const day = localDateOf(dueAt, zone);
  const days = daysBetween(localDateOf(stood.from, zone), localDateOf(stood.to, zone));
  const isOfDays = startOfDay(day, zone) === dueAt;
  return isOfDays ? startOfDay(addDays(day, days), zone) : shifted(dueAt, stood);
}

function resume(draft: Draft, id: string, wait: Wait, pausedAt: Instant): void {
  const { pathway, now } = draft;
  const { pausedAt: _paused, ...running } = wait;
  const stood = { from: pausedAt, to: now };
  const dueAt = laterBy(pathway, wait.dueAt, stood);
  keepWait(draft, id, putOffUntil(pathway, running, { dueAt, stood }));
  const says = `Its clock goes on: ${wait.title}`;
  write(draft, { kind: 'clock.resumed', says, details: { wait: id, pausedAt, dueAt } });
}
