import { step } from '../../src/core/plan/step.ts';
import { PLANTED_ON_THE_COURSE } from './hunt/planted-course.ts';
import { PLANTED_IN_RECORDS } from './hunt/planted-records.ts';
import { PLANTED_IN_REVISIONS } from './hunt/planted-revisions.ts';
import { PLANTED_IN_RULES } from './hunt/planted-rules.ts';
import { lookingAway, type Planted, withRules, withStages, withState } from './hunt/planting.ts';
import { consentTo, for_ } from './pathways.ts';
import { COURSES, RULED } from './simulated-pathways.ts';
import { shifted } from './wall-calendar.ts';

const DAY = 86_400_000;

/** Where there is an interval to be made longer. */
const SPACED = RULED.filter(([, { compiled }]) => compiled.intervals.length > 1);

/** Cores that each do one thing wrong, the breach that gives them away in the words of the inspector. */
export const PLANTED: readonly Planted[] = [
  ...[...PLANTED_IN_RULES, ...PLANTED_IN_RECORDS].map((planted) => ({ among: RULED, ...planted })),
  ...PLANTED_IN_REVISIONS.map((planted) => ({ among: SPACED, ...planted })),
  ...PLANTED_ON_THE_COURSE.map((planted) => ({ among: COURSES, ...planted })),
  {
    bug: 'a gate that takes unknown for no',
    breach: /^S2: a gate opened against/,
    step: lookingAway(
      ({ invariant, finding }) => invariant === 'S2' && finding?.result === 'unknown',
      (pathway) => withRules(pathway, () => []),
    ),
  },
  {
    bug: 'a rule that nobody looks at',
    breach: /^S2: /,
    step: (pathway, state, event, now) =>
      step(
        withRules(pathway, (rules) => rules.slice(1)),
        state,
        event,
        now,
      ),
  },
  {
    bug: 'a gate that opens without consent',
    breach: /^S1: /,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      const { answer } = taken;
      if (answer.outcome !== 'refused' || answer.code !== 'CC3001' || !state) return taken;
      if (event.type !== 'startProcedure' || answer.reasons.some(({ invariant }) => invariant !== 'S1'))
        return taken;
      const consent = pathway.stage(event.data.stage)?.consent;
      if (!consent) return taken;
      const signed = { form: consent.form, by: consent.by, signedOn: taken.state.now.slice(0, 10) };
      const opened = step(pathway, { ...state, consents: [...state.consents, signed] }, event, now);
      return withState(opened, { consents: state.consents });
    },
  },
  {
    bug: 'a consent that never expires',
    breach: /^S1: |consent ends|every reason|^a plan wakes for a reason|^S7: every consent/,
    step: (pathway, state, event, now) =>
      step(
        withStages(pathway, (stage) => ({
          ...stage,
          consent: { ...consentTo(stage), lasts: for_(90, 'year') },
        })),
        state,
        event,
        now,
      ),
  },
  {
    bug: 'a withdrawal that is taken note of and forgotten',
    breach: /^S1: |consent ends|^a plan wakes for a reason|^S7: every consent/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      const consents = taken.state.consents.map(({ withdrawnAt: _gone, ...rest }) => rest);
      return withState(taken, { consents, withdrawals: {} });
    },
  },
  {
    bug: 'a hold that does not re-arm',
    breach: /^S2: .* not held/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      const again = Object.entries(taken.state.holds).filter(([, { generation }]) => generation > 1);
      if (again.length === 0) return taken;
      const isAgain = (id: string) => again.some(([one]) => one === id);
      const holds = Object.fromEntries(Object.entries(taken.state.holds).filter(([id]) => !isAgain(id)));
      const waits = Object.fromEntries(
        Object.entries(taken.state.waits).filter(([id]) => !isAgain(id.replace('hold/', ''))),
      );
      return withState(taken, { holds, waits, status: Object.keys(holds).length > 0 ? 'on-hold' : 'active' });
    },
  },
  {
    bug: 'a hold that lapses when its fact is too old to tell',
    breach: /^S2: .* unknown, and not held/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      const stale = Object.entries(taken.state.holds).filter(
        ([, { finding }]) => finding.result === 'unknown',
      );
      if (state === undefined || stale.length === 0) return taken;
      const { holds, waits } = taken.state;
      const kept = Object.fromEntries(
        Object.entries(holds).filter(([id]) => !stale.some(([one]) => one === id)),
      );
      const owed = Object.fromEntries(
        Object.entries(waits).filter(([id]) => !stale.some(([one]) => `hold/${one}` === id)),
      );
      const status =
        taken.state.status === 'on-hold' && Object.keys(kept).length === 0 ? 'active' : taken.state.status;
      return withState(taken, { holds: kept, waits: owed, status });
    },
  },
  {
    bug: 'a ladder that ends',
    breach: /^S6: .* forgotten/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      const waits = Object.fromEntries(
        Object.entries(taken.state.waits).map(([id, wait]) => {
          const isPast = wait.rung >= pathway.ladder(wait.ladder).rungs.length;
          return [id, isPast ? { ...wait, nextAt: '9999-01-01T00:00:00.000Z' } : wait];
        }),
      );
      return withState(taken, { waits });
    },
  },
  {
    bug: 'a timer that is set a day too late',
    breach: /^a plan wakes/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      const { at, generation } = taken.state.wake;
      return withState(taken, { wake: { generation, at: at === null ? null : shifted(at, DAY) } });
    },
  },
  {
    bug: 'a timer that waits for ladders and not for verdicts',
    breach: /^a plan wakes before/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      const rungs = Object.values(taken.state.waits).flatMap(({ nextAt, pausedAt }) =>
        pausedAt === undefined ? [nextAt] : [],
      );
      const at = rungs.sort()[0] ?? null;
      return withState(taken, { wake: { ...taken.state.wake, at } });
    },
  },
  {
    bug: 'an event that is applied twice',
    breach: /^S7: |^a report|^one override is granted/,
    step: (pathway, state, event, now) => {
      const once = step(pathway, state, event, now);
      if (!state || event.type === 'wake' || once.answer.outcome !== 'accepted') return once;
      const twice = step(pathway, once.state, event, now);
      return withState({ ...once, state: twice.state }, { sequence: once.state.sequence });
    },
  },
  {
    bug: 'an observation that arrives late and is dropped',
    breach: /^S7: every accepted observation/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      const observations = Object.fromEntries(
        Object.entries(taken.state.observations).map(([fact, all]) => [
          fact,
          all.filter((one, index) =>
            all.slice(0, index).every((other) => other.observedAt <= one.observedAt),
          ),
        ]),
      );
      return withState(taken, { observations });
    },
  },
  {
    bug: 'days that are counted in UTC and not where the clinic is',
    breach: /^S\d: |wakes|refus|due to start|is due at|deviation|override ends|alert/,
    step: (pathway, state, event, now) => step({ ...pathway, zone: 'UTC' }, state, event, now),
  },
  {
    bug: 'a clock that goes backwards',
    breach: /^no step is earlier/,
    step: (pathway, state, event, now) => withState(step(pathway, state, event, now), { now }),
  },
  {
    bug: 'a stale timer that is taken for a current one',
    breach: /^a wake raises its own/,
    step: (pathway, state, event, now) =>
      event.type === 'wake' && state
        ? step(pathway, state, { ...event, data: { generation: state.wake.generation } }, now)
        : step(pathway, state, event, now),
  },
  {
    bug: 'a report through a closed gate that passes without a word',
    breach: /^deviations: 0 raised/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      return { ...taken, journal: taken.journal.filter(({ kind }) => kind !== 'deviation.raised') };
    },
  },
  {
    bug: 'a state that is changed in place',
    breach: /^threw TypeError|^S7: |^pure: /,
    step: (pathway, state, event, now) => {
      if (state && event.type === 'task.completed') Object.assign(state.tasks, {});
      if (state && event.type === 'consent.withdrawn') state.consents.length = 0;
      return step(pathway, state, event, now);
    },
  },
];
