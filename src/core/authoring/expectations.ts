import { addDays, endOfDay, instantOf, localDateOf, startOfDay, wallClockOf } from '../model/calendar.ts';
import { placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { WAITING } from '../plan/lines.ts';
import type { Answer, JournalEntry, Reason } from '../plan/outcome.schema.ts';
import type { PlanState } from '../plan/plan-state.schema.ts';
import { shownFigure } from '../plan/shown-figures.ts';
import type { Expectation } from './expectation-sentences.ts';
import { openQuestionIds, openQuestionsCalled, openTaskIds, openTasksCalled } from './open-names.ts';
import { clearingWords, namesOf } from './reason-words.ts';

/** What was seen of one line of a scenario. */
export interface Seen {
  readonly pathway: Pathway;
  readonly zone: string;
  readonly state: PlanState;
  /** Of the line's own event; undefined where only time has passed. */
  readonly answer: Answer | undefined;
  /** All since the line before, of wakes too. */
  readonly journal: readonly Pick<JournalEntry, 'kind' | 'details'>[];
  /** The roles that were told something since then. */
  readonly told: readonly string[];
}

/** @returns what is seen instead; undefined: it is as it is expected to be */
export function disappointment(expected: Expectation, seen: Seen): string | undefined {
  const { state } = seen;
  switch (expected.of) {
    case 'answer':
      return answerSeen(expected.is, seen.answer);
    case 'alert':
      return alertSeen(expected, state);
    case 'task':
    case 'question':
      return openSeen(expected, seen);
    case 'hold': {
      const on = Object.values(state.holds).some(
        ({ rule, area }) => rule === expected.rule && (expected.in === undefined || area === expected.in),
      );
      return on === expected.isOn ? undefined : `holds: ${listed(Object.keys(state.holds))}`;
    }
    case 'deviation': {
      const causes = deviationsIn(seen);
      const isSo = expected.cause === undefined ? causes.length === 0 : causes.includes(expected.cause);
      return isSo ? undefined : `deviations: ${listed(causes)}`;
    }
    case 'chart':
      return state.chart === expected.state ? undefined : `at ${state.chart}`;
    case 'track': {
      const { chart } = state.tracks[expected.track] ?? WAITING;
      return chart === expected.state ? undefined : `track ${expected.track} at ${chart}`;
    }
    case 'told': {
      const isSo = seen.told.includes(expected.role) === expected.isTold;
      return isSo ? undefined : `told: ${listed([...new Set(seen.told)])}`;
    }
    case 'escalation':
      return state.escalation === expected.level ? undefined : `escalation ${state.escalation}`;
    case 'figure': {
      const stage = placeOf(state.chart).stage;
      const shown = shownFigure(seen, expected.figure, stage);
      const isSo = shown.value === expected.value && (shown.for !== undefined) === expected.isForSession;
      return isSo ? undefined : `it is ${shown.value ?? 'not known'}${shown.for ? ` ${shown.for}` : ''}`;
    }
    case 'choice': {
      const { value } = state.choices[expected.choice] ?? {};
      return value === expected.value ? undefined : `chosen: ${value ?? 'nothing'}`;
    }
    case 'status':
      return state.status === expected.status ? undefined : `status ${state.status}`;
  }
}

const listed = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none');

/** A gate that opens, and a booking that is taken, are accepted; which of them it was, the line says itself. */
function answerSeen(is: Extract<Expectation, { of: 'answer' }>['is'], answer: Answer | undefined) {
  if (!answer) return 'nothing was asked';
  const isSo = is === 'refused' ? answer.outcome === 'refused' : answer.outcome === 'accepted';
  if (isSo) return undefined;
  return answer.outcome === 'refused'
    ? `refused: ${answer.reasons.map(({ says }) => says).join(' ') || answer.says}`
    : `${answer.outcome}: ${answer.says}`;
}

function alertSeen(expected: Extract<Expectation, { of: 'alert' }>, { alerts }: PlanState) {
  const { rule, in: site, is } = expected;
  const ids = Object.keys(alerts).filter((id) =>
    site === undefined ? id === rule || id.startsWith(`${rule}/`) : id === `${rule}/${site}`,
  );
  const now = ids.map((id) => alerts[id]?.status ?? 'watching');
  const isSo = is === 'silent' ? now.every((one) => one === 'watching') : now.includes(is);
  return isSo ? undefined : `alert ${rule}: ${listed(now)}`;
}

function openSeen(expected: Extract<Expectation, { of: 'task' | 'question' }>, { state, zone }: Seen) {
  const { of, name, isOpen, due } = expected;
  const isTask = of === 'task';
  const ids = isTask ? openTasksCalled(state, name) : openQuestionsCalled(state, name);
  if (ids.length > 0 !== isOpen)
    return `open ${of}s: ${listed(isTask ? openTaskIds(state) : openQuestionIds(state))}`;
  if (!due) return undefined;
  const dues = ids.map((id) => state.waits[`${of}/${id}`]?.dueAt);
  const isSo = dues.some((at) => at !== undefined && isDueAt(at, due, zone));
  return isSo ? undefined : `due ${listed(dues.map((at) => dueText(at, zone)))}`;
}

/** As a scenario would write it. */
export function dueText(at: string | undefined, zone: string): string {
  if (at === undefined) return 'at no time';
  const day = localDateOf(at, zone);
  return at === startOfDay(day, zone) ? addDays(day, -1) : wallClockOf(at, zone);
}

/** What is due on a day is due at its end: at the first instant of the next. */
function isDueAt(at: string, { day, time }: { readonly day: string; readonly time?: string }, zone: string) {
  if (time !== undefined) return at === instantOf(`${day}T${time}`, zone);
  const isThatDay = localDateOf(at, zone) === day && at !== startOfDay(day, zone);
  return isThatDay || at === endOfDay(day, zone);
}

const deviationsIn = ({ journal }: Seen): string[] =>
  journal.flatMap(({ kind, details }) => (kind === 'deviation.raised' ? [String(details.code)] : []));

/** What a refusal's reasons are called against what is expected of them: all of them, and no others. */
export function reasonsDiffer(expected: readonly string[], reasons: readonly Reason[]): string | undefined {
  const called = reasons.map(namesOf);
  const isTold = called.every((names) => expected.some((one) => names.includes(one)));
  const isThere = expected.every((one) => called.some((names) => names.includes(one)));
  return isTold && isThere ? undefined : `because ${listed(called.map(([name = '']) => name))}`;
}

/** What is expected to clear it is among what would. */
export function clearingsDiffer(expected: readonly string[], reasons: readonly Reason[]): string | undefined {
  const words = reasons.flatMap(({ clears }) => clears.flat().map(clearingWords));
  return expected.every((one) => words.includes(one))
    ? undefined
    : `cleared by ${listed([...new Set(words)])}`;
}
