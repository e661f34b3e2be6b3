import type { Actor } from '../../src/core/model/actor.schema.ts';
import { addDays, addElapsed, localDateOf } from '../../src/core/model/calendar.ts';
import type { EventOf, PlanEvent } from '../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import { coordinator, eventOf, RunningPlan } from './plan.ts';
import { Random } from './random.ts';

/** Makes an event for where the plan stands; `today` is a date in the clinic's zone. */
export type Make = (random: Random, today: string, plan: RunningPlan) => PlanEvent;
export type Weighted = readonly (readonly [weight: number, make: Make])[];

interface Course {
  readonly events: number;
  /** How often the plan's own timer comes instead of an event. */
  readonly wakes: number;
  /** What may be sent as the `sent`th event. */
  readonly choose: (sent: number) => Weighted;
  /** What has to hold after every step. */
  readonly look: (plan: RunningPlan) => void;
}

/** Plays one plan, hours and days apart; the same seed plays the same events. */
export function playAtRandom(pathway: CompiledPathway, seed: number, course: Course): RunningPlan {
  const random = new Random(seed);
  const plan = new RunningPlan(pathway);
  for (let sent = 0; sent < course.events; sent += 1) {
    const now = addElapsed(plan.state.now, { count: random.pick([1, 24, 70, 200]), unit: 'hour' });
    if (random.chance(course.wakes)) plan.wake(plan.state.wake.at ?? now);
    else {
      const make = random.weighted(course.choose(sent));
      plan.send({ ...make(random, localDateOf(now, plan.pathway.zone), plan), id: `e-${sent}` }, now);
    }
    course.look(plan);
  }
  return plan;
}

/** What is asked for is done; where nothing is, the history, once more. */
export const completed: Make = (random, _today, { state }) => {
  const open = Object.keys(state.tasks).filter((id) => state.tasks[id]?.status === 'requested');
  return eventOf('task.completed', { task: random.pick(open.length > 0 ? open : ['consultation/history']) });
};

/** One of these persons answers what is asked, with any of its outcomes. */
export const answeredBy =
  (...persons: readonly Actor[]): Make =>
  (random, _today, { state }) => {
    const open = Object.keys(state.questions).filter((id) => state.questions[id]?.answer === undefined);
    const question = random.pick(open.length > 0 ? open : ['decision/none']);
    const outcome = random.pick([...(state.questions[question]?.outcomes ?? ['go'])]);
    return eventOf('decide', { question, outcome }, { actor: random.pick(persons) });
  };

export const consented: Make = (_random, today) =>
  eventOf('consent.recorded', { form: 'consent', by: 'patient', signedOn: today });

/** On one of the last `days` days. */
export const performed =
  (stages: readonly string[], days = 5): Make =>
  (random, today) =>
    eventOf('procedure.performed', {
      stage: random.pick(stages),
      performedOn: addDays(today, -random.between(0, days)),
    });

/** Any report so far is taken back, or one of this stage that there never was. */
export const reportWithdrawn =
  (stage: string): Make =>
  (random, _today, { state }) => {
    const report = random.pick([...state.performed, { stage, performedOn: '2026-03-02' }]);
    return eventOf('report.withdrawn', {
      stage: report.stage,
      performedOn: report.performedOn,
      reason: 'wrong',
    });
  };

export const leftFor =
  (...exits: readonly EventOf<'leaveCourse'>['data']['exit'][]): Make =>
  (random) =>
    eventOf('leaveCourse', { exit: random.pick(exits), reason: 'away' }, { actor: coordinator });

export const cameBack: Make = () => eventOf('returnToCourse', { reason: 'back' }, { actor: coordinator });
