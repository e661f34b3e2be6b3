import { type Step, step } from '../../../src/core/plan/step.ts';
import { for_ } from '../pathways.ts';
import { shifted } from '../wall-calendar.ts';
import { afterwards, type Planted, readingIntervals, withState } from './planting.ts';

const DAY = 86_400_000;

const without = (taken: Step, kind: Step['journal'][number]['kind']): Step => ({
  ...taken,
  journal: taken.journal.filter((entry) => entry.kind !== kind),
});

/** Cores that forget, keep too much, or take a record for something else. */
export const PLANTED_IN_RECORDS: readonly Planted[] = [
  {
    bug: 'a consent to one procedure that serves for two',
    breach: /^S1: |^S7: every consent/,
    step: afterwards((taken) =>
      withState(taken, { consents: taken.state.consents.map(({ usedFor: _once, ...rest }) => rest) }),
    ),
  },
  {
    bug: 'a correction that leaves the gate unquestioned that opened on it',
    breach: /^deviations: 0 raised/,
    step: afterwards((taken, _before, { type }) =>
      type === 'fact.corrected' || type === 'fact.withdrawn' ? without(taken, 'deviation.raised') : taken,
    ),
  },
  {
    bug: 'a withdrawn observation that stays',
    breach: /^S7: every accepted observation/,
    step: afterwards((taken, before, { type }) =>
      type === 'fact.withdrawn' && before ? withState(taken, { observations: before.observations }) : taken,
    ),
  },
  {
    bug: 'an interval that needs nobody to attest the history',
    breach: /^S3: a gate opened against/,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      const { answer } = taken;
      if (!state || answer.outcome !== 'refused' || answer.code !== 'CC3001') return taken;
      const isMinded = answer.reasons.every(
        ({ interval }) => interval?.result === 'unknown' && interval.evidence.length === 0,
      );
      if (!isMinded) return taken;
      const away = step(pathway, { ...state, historyKnownAt: state.startedAt }, event, now);
      const { historyKnownAt: _made, ...rest } = away.state;
      return { ...away, state: rest };
    },
  },
  {
    bug: 'an override that lives a month longer than its rule says',
    breach: /^an override ends at/,
    step: afterwards((taken, before) => {
      const overrides = Object.entries(taken.state.overrides).map(([id, one]) => {
        const isNew = before?.overrides[id] === undefined;
        return [id, isNew ? { ...one, endsAt: shifted(one.endsAt, 30 * DAY) } : one] as const;
      });
      return withState(taken, { overrides: Object.fromEntries(overrides) });
    }),
  },
  {
    bug: 'grace that excuses everything',
    breach: /^deviations: 0 raised|^the plan (is in|went from|was to go)|^S7: every report/,
    step: readingIntervals((interval) => ({ ...interval, grace: for_(5_000, 'day') })),
  },
  {
    bug: 'a report that came too early and counts all the same',
    breach: /^the plan (is in|went from|was to go)|^S7: every report/,
    step: readingIntervals((interval) => ({ ...interval, ifEarly: 'counts' })),
  },
  {
    bug: 'a gate that keeps one reason to itself',
    breach: /^a refusal gives every reason/,
    step: afterwards((taken) => {
      const { answer } = taken;
      if (answer.outcome !== 'refused' || answer.reasons.length < 2) return taken;
      return { ...taken, answer: { ...answer, reasons: answer.reasons.slice(1) } };
    }),
  },
  {
    bug: 'a signature that is waited for by nobody',
    breach: /^S6: there is a wait for each debt/,
    step: afterwards((taken) => {
      const waits = Object.entries(taken.state.waits).filter(([, { kind }]) => kind !== 'signature');
      return withState(taken, { waits: Object.fromEntries(waits) });
    }),
  },
  {
    bug: 'what was done elsewhere, and is forgotten',
    breach: /^S7: what was done before/,
    step: afterwards((taken, before) => withState(taken, { past: before?.past ?? [] })),
  },
];
