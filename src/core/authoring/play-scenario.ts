import { instantOf } from '../model/calendar.ts';
import type { EventOf, PlanEvent } from '../model/event.schema.ts';
import { Failure, invariant } from '../model/failure.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { countedAnywhere } from '../plan/other-plans.ts';
import type { PlanState } from '../plan/plan-state.schema.ts';
import type { Step } from '../plan/walk.ts';
import { clearingsDiffer, disappointment, reasonsDiffer, type Seen } from './expectations.ts';
import type { Opened } from './issues.ts';
import { NOON } from './noon.ts';
import { begin, type Play, passTime, send } from './play.ts';
import { type Problem, Refused } from './problem.ts';
import type { ScenarioFile, ScenarioStep } from './scenario.schema.ts';
import { type MeasuredStep, makersOf, personOf } from './scenario-events.ts';
import type { Path } from './source.ts';
import { traceOf } from './trace.ts';

/** A scenario that was read without a problem. */
export interface Scenario {
  readonly file: Opened<ScenarioFile>;
  readonly value: ScenarioFile;
  readonly steps: readonly MeasuredStep[];
}

/** What a scenario asks of whoever plays it, one thing after another. */
export type Move =
  | { readonly move: 'start'; readonly event: EventOf<'startPlan'>; readonly at: Instant }
  /** A line begins once all that comes due until then has come to pass. */
  | { readonly move: 'pass time'; readonly until: Instant; readonly line: ScenarioStep }
  | { readonly move: 'send'; readonly event: PlanEvent; readonly at: Instant }
  /** A line is over. */
  | { readonly move: 'judge'; readonly problems: readonly Problem[] };

/** What was seen of a move. */
export type Sight = Pick<Seen, 'state' | 'answer' | 'journal' | 'told'>;

/**
 * A scenario as the moves that it is played by, on whatever stage: each is answered by what was seen of it. It ends
 * early where the plan did not take a line at all: what follows would be about another patient.
 */
export function* movesOf(pathway: Pathway, scenario: Scenario): Generator<Move, void, Sight> {
  const { file, value, steps } = scenario;
  const { zone } = pathway;
  let seen = yield { move: 'start', event: startOf(pathway, value), at: timeOf(value.start, zone) };
  for (const [index, one] of steps.entries()) {
    const path = ['steps', index];
    seen = yield { move: 'pass time', until: timeOf(one.written, zone), line: one.written };
    const taken = yield* take(one, { pathway, index, before: seen });
    if (taken instanceof Refused) {
      yield { move: 'judge', problems: [file.problemAt(path, taken)] };
      return;
    }
    seen = taken;
    const problems = looked(one.written, { pathway, zone, ...seen }, { path, problemAt: file.problemAt });
    yield { move: 'judge', problems };
    if (seen.answer?.outcome === 'rejected') return;
  }
}

export interface PlayedScenario {
  readonly pathway: Pathway;
  /** None, where the plan could not be started. */
  readonly steps: readonly Step[];
  /** Everything that came otherwise; the last of them where the plan did not take a line at all. */
  readonly problems: readonly Problem[];
  /** What happened, for people. */
  readonly trace: string;
}

/** Plays it through the core, with the plan's own timer ringing in between. */
export function played(pathway: Pathway, scenario: Scenario): PlayedScenario {
  const problems: Problem[] = [];
  const moves = movesOf(pathway, scenario);
  let play: Play | undefined;
  let next = moves.next();
  while (!next.done) {
    const before: number = play?.steps.length ?? 0;
    const { value } = next;
    if (value.move === 'judge') problems.push(...value.problems);
    const after = performed(play, value, pathway);
    if (after instanceof Failure) {
      const refused = new Refused('CC1095', after.message);
      return { pathway, steps: [], problems: [scenario.file.problemAt(['start'], refused)], trace: '' };
    }
    play = after;
    next = moves.next(sightOf(play, before, value));
  }
  const steps = play?.steps ?? [];
  return { pathway, steps, problems, trace: traceOf(steps, pathway.zone) };
}

function performed(play: Play | undefined, move: Move, pathway: Pathway): Play | Failure {
  if (move.move === 'start') return begin(pathway, move.event, move.at);
  invariant(play !== undefined, 'a scenario starts its plan first');
  switch (move.move) {
    case 'pass time':
      return passTime(play, move.until);
    case 'send':
      return send(play, move.event, move.at);
    case 'judge':
      return play;
  }
}

function sightOf({ state, steps }: Play, before: number, { move }: Move): Sight {
  const seen = steps.slice(before);
  return {
    state,
    answer: move === 'send' ? seen.at(-1)?.answer : undefined,
    journal: seen.flatMap(({ journal }) => journal),
    told: seen.flatMap(({ effects }) => effects.flatMap((one) => (one.kind === 'tell' ? [one.role] : []))),
  };
}

export const timeOf = ({ day, time = NOON }: Pick<ScenarioStep, 'day' | 'time'>, zone: string): string =>
  instantOf(`${day}T${time}`, zone);

/** A made-up patient has no other plan until a line tells of one. */
const startOf = (pathway: Pathway, { start }: ScenarioFile): EventOf<'startPlan'> => {
  const { id, version, clinic } = pathway;
  const { treatment, donor } = start.areas ?? {};
  const areas: PlanState['areas'] = {
    ...(treatment ? { treatment: [...treatment] } : {}),
    ...(donor ? { donor: [...donor] } : {}),
  };
  return {
    id: 'start',
    source: 'scenario',
    type: 'startPlan',
    actor: personOf(start.by ?? COORDINATOR, clinic),
    ...(countedAnywhere(pathway).size > 0 ? { otherPlans: [] } : {}),
    data: {
      ...{ planId: 'scenario', patient: 'patient-1' },
      pathway: { id, version, digest: '0'.repeat(64) },
      ...(Object.keys(areas).length > 0 ? { areas } : {}),
      ...(start.figures ? { figures: start.figures } : {}),
    },
  };
};

/** All that a line stands for, one event after another; the answer that counts is the last. */
function* take(
  one: MeasuredStep,
  { pathway, index, before }: { readonly pathway: Pathway; readonly index: number; readonly before: Sight },
): Generator<Move, Sight | Refused, Sight> {
  let seen = before;
  const at = timeOf(one.written, pathway.zone);
  for (const [part, make] of makersOf(one).entries()) {
    const events = make({ pathway, state: seen.state, id: `line-${index + 1}-${part + 1}` });
    if (events instanceof Refused) return events;
    for (const event of events) {
      const after = yield { move: 'send', event, at };
      const journal = [...seen.journal, ...after.journal];
      seen = { ...after, journal, told: [...seen.told, ...after.told] };
      if (after.answer && after.answer.outcome !== 'accepted') return seen;
    }
  }
  return seen;
}

function looked(
  written: ScenarioStep,
  seen: Seen,
  { path, problemAt }: { readonly path: Path; readonly problemAt: Opened<ScenarioFile>['problemAt'] },
): Problem[] {
  const { expect = [], because, clears } = written;
  const { answer } = seen;
  const isForeseen = expect.some(({ of }) => of === 'answer') || answer === undefined;
  if (!isForeseen && answer.outcome !== 'accepted') {
    const why = disappointment({ of: 'answer', is: 'accepted', text: 'accepted' }, seen) ?? '';
    return [problemAt(path, new Refused('CC1095', why))];
  }
  const found = expect.flatMap((expected, index): Problem[] => {
    const instead = disappointment(expected, seen);
    const says = `expected ${expected.text}; seen: ${instead}`;
    return instead === undefined ? [] : [problemAt([...path, 'expect', index], new Refused('CC1090', says))];
  });
  if (answer?.outcome !== 'refused') return found;
  const { reasons } = answer;
  const others = [
    ['because', because, because && reasonsDiffer(because, reasons)],
    ['clears', clears, clears && clearingsDiffer(clears, reasons)],
  ] as const;
  for (const [key, expected = [], instead] of others)
    if (instead !== undefined)
      found.push(
        problemAt(
          [...path, key],
          new Refused('CC1090', `expected ${key} ${expected.join(', ')}; seen: ${instead}`),
        ),
      );
  return found;
}
