import { addDays, localDateOf, startOfDay } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import { askedOf } from './boards.ts';
import type { Draft } from './draft.ts';
import { anchorOf } from './due-anchors.ts';
import { LATE } from './placed-interval.ts';
import type { PlanState, Question } from './plan-state.schema.ts';
import { askQuestion, rootOf, sharedWithAlert } from './questions.ts';
import { OUTSIDE } from './tasks.ts';
import { dueAfter } from './waits.ts';

/**
 * The decisions of a pathway that a plan has asked. `about` says what for: the chart state that does not end without it,
 * a table's answer, an alert; or, of one that another led to, the question that it follows.
 */

/** What asks a decision. */
export interface Asker {
  readonly about: string;
  readonly stage?: string | undefined;
  readonly rule?: string | undefined;
  /** The alert that asks it too. */
  readonly alsoFor?: string | undefined;
  /** When it is to be decided by; absent: as the decision says. */
  readonly dueAt?: Instant;
  /** What is taken once it is decided, in the place of what its outcome leads to. */
  readonly rest?: Question['rest'];
}

/** What questions are about that an alert asks: they outlive the course, as its tasks do. */
export const ALERT = 'alert/';
/** What they are about that are asked again and again on the course. */
export const REVIEWED = 'review/';
/** What they are about that a revision of the plan asks anew: they stay, wherever the plan goes. */
export const REVISED = 'revision/';
/** What they are about that a table's answer asks. */
export const TABLE = 'table/';

type Asked = Pick<PlanState, 'questions'>;

/**
 * Asks it, unless the same is open for the same. Of an alert, it is asked once with whatever else asks it: what the plan
 * waits for takes it over, and hands it back when it waits no more. What is asked about a latest day is that day's alone.
 */
export function askDecision(draft: Draft, name: string, asker: Asker): void {
  const { state } = draft;
  const open = Object.entries(state.questions).filter(([, one]) => one.decision === name && !one.answer);
  if (open.some(([, one]) => one.about === asker.about)) return;
  // A choice is asked for what follows it: that is another each time.
  if (draft.pathway.choice(name)) {
    askAnother(draft, name, asker);
    return;
  }
  const shared = open.filter(([id]) => !id.startsWith(LATE));
  if (asker.about.startsWith(ALERT) && shared.length > 0) {
    share(draft, shared, asker.about);
    return;
  }
  const ofAlert = open.find(([id]) => isOfAlert(state, id));
  if (ofAlert) adopt(draft, ofAlert, asker);
  else askAnother(draft, name, asker);
}

/** One that an alert asks already is asked for this one as well. */
function share(draft: Draft, open: readonly [string, Question][], alert: string): void {
  const [first] = open;
  if (!first || open.some(([id]) => isForAlert(draft.state, id))) return;
  const [id, question] = first;
  draft.state = {
    ...draft.state,
    questions: { ...draft.state.questions, [id]: { ...question, alsoFor: alert } },
  };
}

const keyOf = (decision: string): string => `decision/${decision}`;

const idOf = (decision: string, times: number): string =>
  times <= 1 ? keyOf(decision) : `${keyOf(decision)}#${times}`;

/** What was asked last of a decision, along whichever line of the plan; not asked yet, what will be. */
export const lastIdOf = ({ actionCounts }: Pick<PlanState, 'actionCounts'>, decision: string): string =>
  idOf(decision, actionCounts[keyOf(decision)] ?? 1);

function askAnother(draft: Draft, name: string, asker: Asker): void {
  const { about, stage, rule, alsoFor, dueAt, rest } = asker;
  const key = keyOf(name);
  const times = (draft.state.actionCounts[key] ?? 0) + 1;
  draft.state = { ...draft.state, actionCounts: { ...draft.state.actionCounts, [key]: times } };
  const { title, by, outcomes } = draft.pathway.decision(name);
  const question = {
    decision: name,
    title,
    about,
    roles: askedOf(by),
    outcomes: Object.keys(outcomes),
    ...(stage === undefined ? {} : { stage }),
    ...(rule === undefined ? {} : { rule }),
    ...(alsoFor === undefined ? {} : { alsoFor }),
    ...(rest === undefined ? {} : { rest }),
    ...(dueAt !== undefined && by.kind === 'table' ? { putOffTo: lastDayOf(draft, dueAt) } : {}),
  };
  askQuestion(draft, idOf(name, times), question, dueAt ?? graceOf(draft, name, stage));
}

/** What is due by the end of a day may be done from its beginning. */
const lastDayOf = ({ pathway: { zone } }: Draft, dueAt: Instant): Instant =>
  startOfDay(addDays(localDateOf(dueAt, zone), -1), zone);

/**
 * A board whose time is over before it was asked has some all the same: without a quorum it would act at once. So has a
 * table at whose due time something is taken though it has no answer.
 */
function graceOf(draft: Draft, name: string, stage: string | undefined): Instant | undefined {
  const { pathway, now } = draft;
  const { noQuorum, due, by } = pathway.decision(name);
  const isActedOn = noQuorum !== undefined || (by.kind === 'table' && by.ifUnknown !== undefined);
  const least = dueAfter(pathway, now, pathway.clinic.waits.deviation);
  return isActedOn && dueAfter(pathway, anchorOf(draft, due.after, stage), due.to) < least
    ? least
    : undefined;
}

function adopt(draft: Draft, [id, known]: [string, Question], { about, stage }: Asker): void {
  const { stage: _before, ...question } = known;
  const of = stage === undefined ? {} : { stage };
  const adopted = { ...question, about, alsoFor: known.about, askedIn: draft.state.chart, ...of };
  draft.state = { ...draft.state, questions: { ...draft.state.questions, [id]: adopted } };
}

/** Whether an alert asked it, or what led to it. */
export const isOfAlert = (state: Asked, id: string): boolean =>
  state.questions[rootOf(state, id)]?.about.startsWith(ALERT) === true;

/** Whether it stays wherever the plan goes, until that is over: an alert asked it, or a revision. */
export const isAskedAnywhere = (state: Asked, id: string): boolean =>
  isOfAlert(state, id) || state.questions[rootOf(state, id)]?.about.startsWith(REVISED) === true;

/** Whether an alert waits for it, be it with something else. */
export const isForAlert = (state: Asked, id: string): boolean =>
  isOfAlert(state, id) || sharedWithAlert(state, id) !== undefined;

/** Of a decision that asks somebody what now: that task is done before it is decided again. */
export const askedTask = (question: string): string => `asked-${question}`;

/** Whether what a question led to is still open: another decision, or somebody who was asked. */
export function isAwaited({ questions, tasks }: PlanState, root: string): boolean {
  return Object.entries(questions).some(
    ([id, { answer }]) =>
      rootOf({ questions }, id) === root &&
      (!answer || tasks[`${OUTSIDE}/${askedTask(id)}`]?.status === 'requested'),
  );
}

/** Asks what a chart state does not end without, but what is decided already. */
export function askDecisionsOf(draft: Draft, chart: string, decided: readonly string[]): void {
  const { stage } = placeOf(chart);
  for (const { decision } of draft.pathway.decisionsOf(chart))
    if (!decided.includes(decision)) askDecision(draft, decision, { about: chart, stage });
}

/** What was decided since a chart state was last entered, and goes on. */
export function decidedSince({ pathway, state }: Draft, chart: string): string[] {
  const since = state.enteredAt[chart] ?? '';
  const decisions = pathway.decisionsOf(chart).map(({ decision }) => decision);
  return decisions.filter((decision) => {
    const last = lastAsked(state, chart, decision);
    return (
      last !== undefined &&
      isDecided(state, chart, decision) &&
      (state.questions[last]?.askedAt ?? '') >= since
    );
  });
}

/** The last that a chart state has asked of one of its decisions. */
export function lastAsked({ questions }: Asked, chart: string, decision: string): string | undefined {
  const asked = Object.keys(questions).filter(
    (id) => questions[id]?.decision === decision && questions[id].about === chart,
  );
  return asked.toSorted((one, other) => numberOf(other) - numberOf(one))[0];
}

const numberOf = (id: string): number => Number(id.split('#')[1] ?? 1);

/** Whether it is asked there now, or what the last of it led to is still open. */
export function isBeingAsked(state: PlanState, chart: string, decision: string): boolean {
  const last = lastAsked(state, chart, decision);
  return last !== undefined && isAwaited(state, last);
}

/** Whether the last of them went on. */
export function isDecided(state: Asked, chart: string, decision: string): boolean {
  const last = lastAsked(state, chart, decision);
  return last !== undefined && state.questions[last]?.answer?.took === 'go';
}
