import { addToDate, localDateOf, startOfDay } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { ALONGSIDE, isEnd, isExit } from '../pathway/chart.ts';
import type { ReviewDefinition } from '../pathway/compiled.schema.ts';
import { askDecision, isAwaited, REVIEWED } from './asked-decisions.ts';
import type { Draft } from './draft.ts';
import type { Counted } from './due-anchors.ts';
import { along } from './lines.ts';
import type { PlanState } from './plan-state.schema.ts';
import { rootOf } from './questions.ts';

/**
 * Whether the course is still the right one, asked again and again while the plan is on it. The nth counts from the day on
 * which the course began, never from the last. None keeps anything from going on. One is open at a time: those that come
 * round while one is open, or while the plan is off its course, where others look at it, are left out.
 */
export function keepReviews(draft: Draft): void {
  if (isOnCourse(draft.state)) for (const review of draft.pathway.reviews) keepReview(draft, review);
}

/** Those that came round while the plan was off its course nobody is asked any more. */
export function passReviews(draft: Draft): void {
  for (const review of draft.pathway.reviews) reach(draft, review, reachedOf(draft, review));
}

/**
 * Asks the first of them now, out of its turn; one that is open already is asked about this as well.
 * @returns whether it is being asked: there is none, or the plan is not on its course
 */
export function askReviewNow(draft: Draft, why: string): boolean {
  const [review] = draft.pathway.reviews;
  if (!review || !isOnCourse(draft.state)) return false;
  if (isOpen(draft, review)) return true;
  forget(draft, review);
  along(draft, undefined, () => askDecision(draft, review.review, { about: `${keyOf(review)}/${why}` }));
  return true;
}

const isOpen = ({ state }: Draft, review: ReviewDefinition): boolean =>
  Object.entries(state.questions).some(
    ([id, { about }]) => about.startsWith(`${keyOf(review)}/`) && isAwaited(state, id),
  );

/** When the next is asked. */
export const reviewEdges = (plan: Counted): Instant[] =>
  plan.pathway.reviews.flatMap((review) => nextReview(plan, review) ?? []);

/** Undefined while the plan is not on its course. */
export function nextReview(plan: Counted, review: ReviewDefinition): Instant | undefined {
  return isOnCourse(plan.state) ? askedAt(plan, review, reachedOf(plan, review) + 1) : undefined;
}

const isOnCourse = ({ chart, enteredAt }: PlanState): boolean =>
  enteredAt[ALONGSIDE] !== undefined && !isExit(chart) && !isEnd(chart);

function keepReview(draft: Draft, review: ReviewDefinition): void {
  const number = reachedOf(draft, review);
  if (number <= seenOf(draft.state, review)) return;
  const at = askedAt(draft, review, number) ?? draft.now;
  reach(draft, review, number);
  const { questions } = draft.state;
  const isLeftOut = Object.entries(questions).some(
    ([id, { about, answer }]) =>
      about.startsWith(`${keyOf(review)}/`) &&
      (isAwaited(draft.state, id) || (answer !== undefined && answer.at >= at)),
  );
  if (isLeftOut) return;
  forget(draft, review);
  askDecision(draft, review.review, { about: `${keyOf(review)}/${number}` });
}

const keyOf = ({ review }: ReviewDefinition): string => `${REVIEWED}${review}`;

const seenOf = ({ actionCounts }: PlanState, review: ReviewDefinition): number =>
  actionCounts[keyOf(review)] ?? 0;

function reach(draft: Draft, review: ReviewDefinition, number: number): void {
  const { actionCounts } = draft.state;
  if (number <= seenOf(draft.state, review)) return;
  draft.state = { ...draft.state, actionCounts: { ...actionCounts, [keyOf(review)]: number } };
}

/** Which one has come round last; 0: none yet. */
function reachedOf(plan: Counted, review: ReviewDefinition): number {
  let number = seenOf(plan.state, review);
  for (;;) {
    const next = askedAt(plan, review, number + 1);
    if (next === undefined || next > plan.now) return number;
    number += 1;
  }
}

/** The beginning of its day. */
function askedAt(
  { pathway, state }: Counted,
  { every }: ReviewDefinition,
  number: number,
): Instant | undefined {
  const began = state.enteredAt[ALONGSIDE];
  if (began === undefined) return undefined;
  const by = { ...every, count: Math.max(every.count, 1) * number };
  return startOfDay(addToDate(localDateOf(began, pathway.zone), by), pathway.zone);
}

/** What was answered before stands in the journal; over ten years the plan would carry along dozens of them. */
function forget(draft: Draft, review: ReviewDefinition): void {
  const { questions } = draft.state;
  const isOf = (id: string): boolean =>
    questions[rootOf({ questions }, id)]?.about.startsWith(`${keyOf(review)}/`) === true;
  const kept = Object.entries(questions).filter(([id]) => !isOf(id));
  draft.state = { ...draft.state, questions: Object.fromEntries(kept) };
}
