import { endOfDay } from '../model/calendar.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { Override } from './hold.schema.ts';
import type { PlanState } from './plan-state.schema.ts';

/**
 * A plan as it was known to stand on a day: what was observed, signed and withdrawn until then. A report of what was
 * done is judged by it; what came later excuses nothing, and accuses nobody.
 */
export function asOf(state: PlanState, date: LocalDate, zone: string): PlanState {
  const end = endOfDay(date, zone);
  const { historyKnownAt, ...known } = state;
  return {
    ...known,
    ...(historyKnownAt !== undefined && historyKnownAt < end ? { historyKnownAt } : {}),
    performed: state.performed.filter(({ performedOn }) => performedOn <= date),
    past: state.past.filter(({ performedOn }) => performedOn <= date),
    otherPlans: state.otherPlans?.filter(({ performedOn }) => performedOn <= date) ?? null,
    questions: questionsOf(state, end),
    choices: choicesAsOf(state, end),
    ...ownAsOf(state, end),
    observations: Object.fromEntries(
      Object.entries(state.observations).map(([fact, kept]) => [
        fact,
        kept.filter(({ observedAt }) => observedAt < end),
      ]),
    ),
    consents: state.consents
      .filter(({ signedOn }) => signedOn <= date)
      .map(({ withdrawnAt, ...consent }) =>
        withdrawnAt !== undefined && withdrawnAt < end ? { ...consent, withdrawnAt } : consent,
      ),
    holds: entriesOf(state.holds, ({ raisedAt }) => raisedAt < end),
    releases: entriesOf(state.releases, ({ at }) => at < end),
    overrides: Object.fromEntries(
      Object.entries(state.overrides).map(([id, override]) => [id, overrideAsOf(override, end)]),
    ),
  };
}

/** What had been chosen by then; what had not been yet, as it was chosen first. */
export function choicesAsOf({ choices }: Pick<PlanState, 'choices'>, end: Instant): PlanState['choices'] {
  return Object.fromEntries(
    Object.entries(choices).map(([choice, chosen]) => {
      const { value, at, earlier = [] } = chosen;
      const all = [...earlier, { value, at }];
      const stood = all.findLast((one) => one.at < end) ?? all[0];
      return [choice, { ...chosen, ...stood }];
    }),
  );
}

/** What the plan had otherwise than its pathway by then. */
function ownAsOf({ revisions, overlay, figures }: PlanState, end: Instant) {
  const since = revisions.find(({ at }) => at >= end);
  return since ? since.before : { overlay, figures };
}

/** What was asked until then, and what had been answered. */
function questionsOf({ questions }: PlanState, end: Instant): PlanState['questions'] {
  return Object.fromEntries(
    Object.entries(questions)
      .filter(([, { askedAt }]) => askedAt < end)
      .map(([id, { answer, ...asked }]) => [id, answer && answer.at < end ? { ...asked, answer } : asked]),
  );
}

/**
 * A plan as it stood before a stage was performed on a day. Of one day nobody knows which came first: what else was
 * done on it counts as done before, another session of the stage as well; the same, reported twice, does not.
 */
export function before(
  state: PlanState,
  { stage, session }: { readonly stage: string; readonly session: string | undefined },
  date: LocalDate,
  zone: string,
): PlanState {
  const stood = asOf(state, date, zone);
  const performed = stood.performed.filter(
    (one) => one.stage !== stage || one.performedOn < date || one.session !== session,
  );
  return { ...stood, performed };
}

/** One that ended later lived on that day; one that was signed later did not live yet. */
function overrideAsOf(override: Override, end: Instant): Override {
  const { second, at, ended, ...granted } = override;
  const livedFrom = second === undefined ? at : second.at;
  if (livedFrom === undefined || livedFrom >= end) return { ...override, status: 'requested' };
  return ended !== undefined && ended.at < end
    ? override
    : { ...granted, at, ...(second === undefined ? {} : { second }), status: 'active' };
}

const entriesOf = <T>(all: Readonly<Record<string, T>>, keeps: (one: T) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([, one]) => keeps(one)));
