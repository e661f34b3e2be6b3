import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { type Step, step } from '../../../src/core/plan/step.ts';
import { for_ } from '../pathways.ts';
import { numberOf } from '../plain.ts';
import { shifted } from '../wall-calendar.ts';
import { OPERATION, UNDER_SEDATION } from './pathways-operation.ts';
import {
  afterwards,
  lookingAway,
  type Planted,
  reading,
  readingIntervals,
  withStages,
  withState,
} from './planting.ts';

const DAY = 86_400_000;

const only = <T>(
  all: Readonly<Record<string, T>>,
  keeps: (id: string, one: T) => boolean,
): Record<string, T> => Object.fromEntries(Object.entries(all).filter(([id, one]) => keeps(id, one)));

/** A gate that was refused for such reasons alone is asked again of a plan that looks otherwise. */
function asking(
  isMinded: (invariant: string) => boolean,
  otherwise: (state: PlanState) => PlanState,
  back: (taken: Step, before: PlanState) => Step,
): Planted['step'] {
  return (pathway, state, event, now) => {
    const taken = step(pathway, state, event, now);
    const { answer } = taken;
    if (!state || answer.outcome !== 'refused' || answer.code !== 'CC3001') return taken;
    if (!answer.reasons.every(({ invariant }) => isMinded(invariant))) return taken;
    return back(step(pathway, otherwise(state), event, now), state);
  };
}

/** As if every clearance had been given a moment ago, in this round. */
const cleared = (state: PlanState): PlanState => ({
  ...state,
  tasks: Object.fromEntries(
    Object.entries(state.tasks).map(([id, task]) => [
      id,
      /clearance|sedation-check/.test(id)
        ? { ...task, status: 'completed' as const, completedAt: state.now }
        : task,
    ]),
  ),
  waits: only(state.waits, (id) => !/^task\/.*(?:clearance|sedation-check)/.test(id)),
});

/** As if all the work of prep were done. */
const prepared = (state: PlanState): PlanState => ({
  ...state,
  tasks: Object.fromEntries(
    Object.entries(state.tasks).map(([id, task]) => [
      id,
      id.includes('.prep/') ? { ...task, status: 'completed' as const, completedAt: state.now } : task,
    ]),
  ),
  waits: only(state.waits, (id) => !(id.startsWith('task/') && id.includes('.prep/'))),
});

/** Cores that go wrong on the way of a plan: prep, sessions, bookings, decisions, actions, exits, tasks and clocks. */
export const PLANTED_ON_THE_COURSE: readonly Planted[] = [
  {
    bug: 'a clearance that is good for every round, and however old',
    among: [[1, UNDER_SEDATION]],
    breach: /^S5: a gate opened against/,
    step: asking(
      (invariant) => invariant === 'S5',
      cleared,
      (taken) => taken,
    ),
  },
  {
    bug: 'a gate that asks for no clearance',
    breach: /^S5: a gate opened against|^a refusal gives every reason|is to be refused/,
    step: reading((pathway) => withStages(pathway, ({ anaesthesia: _none, ...stage }) => stage)),
  },
  {
    bug: 'a procedure that begins before its prep is done',
    among: [[1, OPERATION]],
    breach: /^phase: a gate opened against/,
    step: asking(
      (invariant) => invariant === 'phase',
      prepared,
      (taken) => taken,
    ),
  },
  {
    bug: "a prep's gate that nobody has consented to",
    breach: /^S1: a gate opened against/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      const { answer } = taken;
      if (!state || event.type !== 'startPrep' || answer.outcome !== 'refused') return taken;
      if (answer.code !== 'CC3001' || answer.reasons.some(({ invariant }) => invariant !== 'S1'))
        return taken;
      const consent = pathway.stage(event.data.stage)?.consent;
      if (!consent) return taken;
      const signedOn = taken.state.now.slice(0, 10);
      const signed = ['patient', 'guardian'].map((by) => ({ form: consent.form, by, signedOn }));
      const opened = step(pathway, { ...state, consents: [...state.consents, ...signed] }, event, now);
      return withState(opened, { consents: state.consents });
    },
  },
  {
    bug: 'a gate that opens although it was told to wait',
    breach: /told to wait|is to be refused/,
    step: (pathway, state, event, now) => {
      if (!state) return step(pathway, state, event, now);
      const taken = step(pathway, { ...state, delays: {} }, event, now);
      return withState(taken, { delays: { ...state.delays, ...taken.state.delays } });
    },
  },
  {
    bug: 'a rule of prep that nobody asks at its gate',
    breach: /^S2: /,
    step: lookingAway(
      ({ invariant, finding }) => invariant === 'S2' && finding !== undefined,
      (pathway) => ({
        ...pathway,
        contraindicationsOf: (stage) =>
          pathway.contraindicationsOf(stage).filter(({ stops }) => !stops.includes('prep')),
      }),
    ),
  },
  {
    bug: 'a day that is booked too early',
    breach: /^bookAppointment is to be refused/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      if (event.type !== 'bookAppointment' || taken.answer.outcome !== 'refused') return taken;
      const isMinded = taken.answer.reasons.every(({ interval }) => interval?.result === 'too early');
      return isMinded ? step({ ...pathway, intervals: [] }, state, event, now) : taken;
    },
  },
  {
    bug: 'an appointment that nobody asks after',
    breach: /^S6: nobody is asked what became of/,
    step: afterwards((taken) =>
      withState(taken, {
        questions: only(taken.state.questions, (id) => !id.startsWith('missed/')),
        waits: only(taken.state.waits, (id) => !id.startsWith('question/missed/')),
      }),
    ),
  },
  {
    bug: 'a series with a session too many',
    breach: /^the plan was to go to|^the plan went from|^the series of|^a gate opened for more than/,
    step: reading((pathway) =>
      withStages(pathway, (stage) =>
        numberOf(stage) > 1 ? { ...stage, sessions: numberOf(stage) + 1 } : stage,
      ),
    ),
  },
  {
    bug: 'a missed session that is made up although it is passed over',
    breach: /^S7: rounds are/,
    step: afterwards((taken) =>
      withState(taken, {
        stages: Object.fromEntries(
          Object.entries(taken.state.stages).map(([stage, one]) => [stage, { ...one, skipped: [] }]),
        ),
      }),
    ),
  },
  {
    bug: 'a board that decides without its quorum',
    breach: /is decided|leads to|^the plan went from/,
    step: reading((pathway) => ({
      ...pathway,
      decision: (name) => {
        const decision = pathway.decision(name);
        const { by } = decision;
        return by.kind === 'board' ? { ...decision, by: { ...by, quorum: 1, agree: 'majority' } } : decision;
      },
    })),
  },
  {
    bug: 'a decision that needs no facts',
    breach: /^decide is to be refused/,
    step: reading((pathway) => ({
      ...pathway,
      decision: (name) => ({ ...pathway.decision(name), needs: [] }),
    })),
  },
  {
    bug: 'one of two who decide together is enough',
    breach: /is decided|is asked of those who decide|is to be/,
    step: reading((pathway) => {
      const changed = (name: string) => {
        const decision = pathway.decision(name);
        const { by } = decision;
        return by.kind === 'roles' ? { ...decision, by: { ...by, roles: by.roles.slice(0, 1) } } : decision;
      };
      return {
        ...pathway,
        decision: changed,
        decisionsOf: (state) => pathway.decisionsOf(state).map(({ decision }) => changed(decision)),
      };
    }),
  },
  {
    bug: 'a stage that is done again without end',
    breach:
      /leads to .*and nothing of it was done|^the plan went from|^S7: rounds are|and the plan stays in it/,
    step: (pathway, state, event, now) => {
      if (!state) return step(pathway, state, event, now);
      const { actionCounts } = state;
      // How often a decision was asked names the next question, and stays.
      const asked = only(actionCounts, (key) => /^decision\/[^/]*$/.test(key));
      const taken = step(pathway, { ...state, actionCounts: asked }, event, now);
      return withState(taken, { actionCounts: { ...actionCounts, ...taken.state.actionCounts } });
    },
  },
  {
    bug: 'an exit that nobody looks at again',
    breach: /^S6: (somebody looks at whether|in .* nobody was asked)/,
    step: afterwards((taken) =>
      withState(taken, {
        questions: only(taken.state.questions, (id) => !id.startsWith('exit/')),
        waits: only(taken.state.waits, (id) => !id.includes('exit/')),
      }),
    ),
  },
  {
    bug: 'an exit that is never closed',
    breach: /closes at|was to be closed at/,
    step: reading((pathway) => ({
      ...pathway,
      exit: (name) => ({ ...pathway.exit(name), closesAfter: for_(90, 'year') }),
    })),
  },
  {
    bug: 'a plan that returns to another place than it left',
    breach: /^the plan was to go to|^the plan went from/,
    step: reading((pathway) => ({
      ...pathway,
      exit: (name) => ({ ...pathway.exit(name), returnsTo: 'consultation' }),
    })),
  },
  {
    bug: 'a row that forgets its next',
    breach: /is forgotten: it comes round|^S6: |^a plan wakes/,
    step: afterwards((taken, before) => {
      const gone = Object.entries(taken.state.tasks).flatMap(([id, { repeat = 0, status, createdAt }]) =>
        repeat > 1 && status === 'requested' && createdAt === taken.state.now ? [id] : [],
      );
      if (gone.length === 0 || !before) return taken;
      const tasks = Object.fromEntries(
        Object.entries(taken.state.tasks).map(([id, task]) =>
          gone.includes(id) ? [id, { ...task, status: 'completed' as const }] : [id, task],
        ),
      );
      return withState(taken, {
        tasks,
        waits: only(taken.state.waits, (id) => !gone.includes(id.replace('task/', ''))),
      });
    }),
  },
  {
    bug: 'a condition of a task that nobody asks',
    breach: /is to be closed in/,
    step: (pathway, state, event, now) => step(unconditional(pathway), state, event, now),
  },
  {
    bug: 'a task that is due on the booked day itself',
    breach: /is due at .* before|^a plan wakes/,
    step: afterwards((taken) =>
      withState(taken, {
        waits: Object.fromEntries(
          Object.entries(taken.state.waits).map(([id, wait]) => {
            const isBooked = taken.state.tasks[id.replace('task/', '')]?.bookingOf !== undefined;
            return [id, isBooked ? { ...wait, dueAt: shifted(wait.dueAt, DAY) } : wait];
          }),
        ),
      }),
    ),
  },
  {
    bug: 'what is done against what it needs, and passes without a word',
    breach: /^deviations: 0 raised/,
    step: afterwards((taken, _before, { type }) =>
      type === 'task.completed'
        ? { ...taken, journal: taken.journal.filter(({ kind }) => kind !== 'deviation.raised') }
        : taken,
    ),
  },
  {
    bug: 'a clock that stands still without a hold',
    breach: /stands still, and nothing holds/,
    step: afterwards((taken) =>
      withState(taken, {
        waits: Object.fromEntries(
          Object.entries(taken.state.waits).map(([id, wait]) => [
            id,
            wait.kind === 'task' && wait.stage !== undefined && wait.pausedAt === undefined
              ? { ...wait, pausedAt: taken.state.now }
              : wait,
          ]),
        ),
      }),
    ),
  },
  {
    bug: 'a clock that a hold does not stop',
    breach: /runs, and .* is held/,
    step: afterwards((taken) =>
      withState(taken, {
        waits: Object.fromEntries(
          Object.entries(taken.state.waits).map(([id, { pausedAt: _stopped, ...wait }]) => [id, wait]),
        ),
      }),
    ),
  },
  {
    bug: 'a pause that costs a day',
    breach: /^after its pause|was due at/,
    step: afterwards((taken, before) =>
      withState(taken, {
        waits: Object.fromEntries(
          Object.entries(taken.state.waits).map(([id, wait]) => {
            const isResumed = before?.waits[id]?.pausedAt !== undefined && wait.pausedAt === undefined;
            return [id, isResumed ? { ...wait, dueAt: shifted(wait.dueAt, -DAY) } : wait];
          }),
        ),
      }),
    ),
  },
  {
    bug: 'a session whose spacing is a day short',
    breach: /^S3: |is to be|every reason|due to start|^S7: every report|deviations|^a plan wakes/,
    step: readingIntervals((interval) =>
      interval.from.kind === 'stage' && interval.minimum.unit === 'day'
        ? { ...interval, minimum: for_(Math.max(interval.minimum.count - 1, 0), 'day') }
        : interval,
    ),
  },
];

const unconditionals = new WeakMap<object, Parameters<Planted['step']>[0]>();

function unconditional(pathway: Parameters<Planted['step']>[0]): Parameters<Planted['step']>[0] {
  const known = unconditionals.get(pathway);
  if (known) return known;
  const changed = {
    ...pathway,
    tasksOf: (state: string) => pathway.tasksOf(state).map(({ onlyWhen: _always, ...task }) => task),
  };
  unconditionals.set(pathway, changed);
  return changed;
}
