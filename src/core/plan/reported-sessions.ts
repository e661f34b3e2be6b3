import { endOfDay } from '../model/calendar.ts';
import type { EventOf } from '../model/event.schema.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import type { ListedSession, StageDefinition } from '../pathway/compiled.schema.ts';
import { sessionsIn } from '../pathway/pathway.ts';
import { choicesAsOf } from './as-of.ts';
import { isFor } from './choices.ts';
import type { Draft } from './draft.ts';
import { gateFor } from './gates.ts';
import { lastListed, namesBehind, namesGiven, nextListed } from './listed-sessions.ts';
import type { Performed, PlanState } from './plan-state.schema.ts';
import { roundOf, roundOn } from './progress.ts';

type Report = Pick<EventOf<'procedure.performed'>['data'], 'stage' | 'performedOn' | 'session'>;

/** Whether a report tells again what is recorded; one that names no session means whichever was given that day. */
export const isOf = (one: Performed, { stage, performedOn, session }: Report): boolean =>
  one.stage === stage &&
  one.performedOn === performedOn &&
  (session === undefined || session === one.session);

/**
 * Which of the listed sessions a report is of: the one that it names, or that was thought to have been missed on that very
 * day, or whose gate had been opened, or the one that was owed next. With none left, the last was given once more.
 */
export function sessionMeant(
  draft: Draft,
  stage: StageDefinition,
  { performedOn, session }: Report,
): ListedSession | undefined {
  const { state } = draft;
  if (!stage.list) return undefined;
  const missed = state.stages[stage.stage]?.passedOver?.find(({ on }) => on === performedOn);
  const name = session ?? missed?.session ?? gateFor(draft, stage.stage, { performedOn })?.session;
  const named = sessionsIn(stage).find((one) => one.session === name);
  const then = chosenBy(draft, performedOn);
  return named ?? nextListed(then, stage, roundAt(draft, stage, performedOn)) ?? lastListed(then, stage);
}

const roundAt = ({ state, pathway }: Draft, { stage }: StageDefinition, on: LocalDate): number =>
  roundOn(state, stage, { on, zone: pathway.zone });

/** The plan with what had been chosen by the end of a day. */
const chosenBy = ({ state, pathway }: Draft, on: LocalDate): PlanState => ({
  ...state,
  choices: choicesAsOf(state, endOfDay(on, pathway.zone)),
});

/** What of a session that was given is not as the list has it; one that had been passed over may be given after all. */
export function faultInOrder(
  draft: Draft,
  stage: StageDefinition,
  { session, performedOn }: { readonly session: ListedSession; readonly performedOn: LocalDate },
): string | undefined {
  const { state } = draft;
  const round = roundAt(draft, stage, performedOn);
  const then = chosenBy(draft, performedOn);
  if (isFor(then, session.onlyFor) === false) return 'it is not for this patient';
  if (namesGiven(state, stage.stage, round).includes(session.session)) return 'it had been given already';
  if (round === roundOf(state, stage.stage) && namesBehind(state, stage.stage).has(session.session))
    return undefined;
  const owed = nextListed(then, stage, round);
  return owed?.session === session.session ? undefined : `${owed?.title ?? 'another'} was owed first`;
}
