import { NOON } from '../authoring/noon.ts';
import { passTime } from '../authoring/play.ts';
import type { ReadScenario } from '../authoring/read-scenario.ts';
import { instantOf, laterOf, localDateOf } from '../model/calendar.ts';
import { Failure } from '../model/failure.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { tailored } from '../pathway/tailored.ts';
import type { PlanState } from '../plan/plan-state.schema.ts';

/** A day, and a time of it; without one, once all of that day's lines were played. */
export interface AskedTime {
  readonly day: LocalDate;
  readonly time?: string | undefined;
}

export interface Moment {
  /** As the patient has it by then. */
  readonly pathway: Pathway;
  readonly state: PlanState;
  readonly now: Instant;
  /** Something came otherwise than the scenario expects: it may have ended there. */
  readonly isOtherwise: boolean;
}

/**
 * Where the plan of a scenario stands at one moment of it; beyond its last line, once only time has passed.
 * @param at - absent: when its last line was played
 * @throws Failure CC1169 when the plan has not begun by then
 */
export function momentOf(scenario: ReadScenario, at: AskedTime | undefined): Moment {
  const { pathway, steps, problems } = scenario.run();
  const { zone } = pathway;
  const isBy = ({ state: { now } }: (typeof steps)[number]): boolean => {
    if (!at) return true;
    return at.time === undefined
      ? localDateOf(now, zone) <= at.day
      : now <= instantOf(`${at.day}T${at.time}`, zone);
  };
  const played = steps.filter(isBy);
  const last = played.at(-1);
  if (!last) {
    const begins = localDateOf(scenario.startsAt, zone);
    throw new Failure('CC1169', `${scenario.name} begins on ${begins}; nothing can be asked of ${at?.day}.`);
  }
  const asked = at ? instantOf(`${at.day}T${at.time ?? NOON}`, zone) : last.state.now;
  const now = laterOf(last.state.now, asked);
  // Within the scenario its own timer has rung already.
  const isBeyond = played.length === steps.length;
  const { state } = isBeyond ? passTime({ pathway, steps: played, state: last.state }, now) : last;
  return { pathway: tailored(pathway, state.overlay), state, now, isOtherwise: problems.length > 0 };
}
