import type { EventOf, PastProcedure, PlanEvent } from '../../../src/core/model/event.schema.ts';
import { consentTo, for_ } from '../pathways.ts';
import { coordinator, eventOf, laboratory, nurse, patient } from '../plan.ts';
import type { Random } from '../random.ts';
import { daysLater, shifted } from '../wall-calendar.ts';
import { anySite, type Situation } from './observing.ts';
import { both, dermatologist, lead } from './people.ts';

const DAY = 86_400_000;

const anyDay = ({ random, today }: Situation): string =>
  daysLater(today, for_(-random.pick([-1, 0, 0, 0, 1, 3, 12, 40]), 'day'));

export function signed(situation: Situation): PlanEvent {
  const { random, terms, at } = situation;
  const { form, by } = consentTo(random.pick(terms.compiled.stages));
  const data: EventOf<'consent.recorded'>['data'] = {
    form: random.chance(0.95) ? form : 'another-form',
    by: random.chance(0.9) ? by : 'coordinator',
    signedOn: anyDay(situation),
  };
  const time = random.chance(0.2) ? { time: shifted(at, -random.between(0, DAY)) } : {};
  return eventOf('consent.recorded', data, { actor: patient, ...time });
}

export function withdrawn({ random, terms, at }: Situation): PlanEvent {
  const { form } = consentTo(random.pick(terms.compiled.stages));
  const time = random.chance(0.3) ? { time: shifted(at, -random.between(0, 5 * DAY)) } : {};
  return eventOf('consent.withdrawn', { form }, { actor: patient, ...time });
}

export function reported(situation: Situation): PlanEvent {
  const { random, terms, state } = situation;
  const own = state.chart.split('.')[0] ?? '';
  const stage = terms.stage(own) && random.chance(0.6) ? own : random.pick(terms.compiled.stages).stage;
  const performedOn = random.chance(0.5) ? anyDay(situation) : afterLast(situation);
  const days = random.chance(0.2)
    ? { endedOn: daysLater(performedOn, for_(random.between(-1, 2), 'day')) }
    : {};
  return eventOf('procedure.performed', {
    stage: random.chance(0.95) ? stage : 'another-stage',
    performedOn,
    ...days,
  });
}

/** So long after what was done last as intervals ask for, or nearly. */
function afterLast({ random, state, today }: Situation): string {
  const last = state.performed.at(-1)?.performedOn ?? state.past.at(-1)?.performedOn ?? today;
  const day = daysLater(last, for_(random.pick([0, 1, 9, 10, 13, 14, 23, 24, 27, 28, 29, 31]), 'day'));
  return day > today ? today : day;
}

export const requested = ({ random, terms }: Situation): PlanEvent =>
  eventOf(
    'startProcedure',
    { stage: random.chance(0.95) ? random.pick(terms.compiled.stages).stage : 'another-stage' },
    { actor: random.pick([coordinator, coordinator, patient, laboratory]) },
  );

/** What was done before, or elsewhere; sometimes with the word that this is all. */
export function remembered(situation: Situation, isComplete: boolean): PlanEvent {
  const { random, terms, state, at } = situation;
  const known = Object.keys(terms.compiled.procedures);
  const one = (): PastProcedure => {
    const performedOn = daysLater(situation.today, for_(-random.pick([0, 1, 5, 20, 100, 400, 1200]), 'day'));
    const again = random.chance(0.2) ? state.past[0] : undefined;
    return (
      again ?? {
        procedure: known.length > 0 && random.chance(0.95) ? random.pick(known) : 'unheard-of',
        performedOn,
        ...(random.chance(0.5) ? { area: anySite(situation) } : {}),
        ...(random.chance(0.2) ? { endedOn: daysLater(performedOn, for_(random.between(0, 1), 'day')) } : {}),
      }
    );
  };
  const procedures = Array.from({ length: random.pick([0, 0, 1, 2]) }, one);
  const time = random.chance(0.2) ? { time: shifted(at, -random.between(0, 9 * DAY)) } : {};
  return eventOf('history.recorded', { procedures, isComplete }, { actor: coordinator, ...time });
}

/** Whoever may, and whoever may not. */
const signers = (random: Random) =>
  random.pick([dermatologist, dermatologist, both, both, both, lead, nurse, patient]);

export function setAside(situation: Situation): PlanEvent {
  const { random, terms, state } = situation;
  const { contraindications, tables, eligibility, intervals, alerts, stages } = terms.compiled;
  const held = Object.values(state.holds).filter(
    ({ rule }) => random.chance(0.2) || contraindications.find((one) => one.rule === rule)?.override,
  );
  const rules = [...contraindications, ...tables, ...eligibility, ...intervals, ...alerts];
  const [hold] = held.length > 0 && random.chance(0.7) ? [random.pick(held)] : [];
  const rule = hold?.rule ?? (rules.length > 0 ? random.pick(rules).rule : 'no-rule');
  const own = terms.stage(state.chart.split('.')[0] ?? '') ?? random.pick(stages);
  const stage = hold?.stage ?? (random.chance(0.8) ? own : random.pick(stages)).stage;
  const table = tables.find((one) => one.rule === rule);
  const answers = table && random.chance(0.95) ? { answer: random.pick(table.answers) } : {};
  const area = hold?.area ?? (random.chance(0.1) ? anySite(situation) : undefined);
  return eventOf(
    'grantOverride',
    {
      rule,
      stage,
      reason: random.chance(0.93) ? 'urgent' : 'because',
      ...answers,
      ...(area === undefined || random.chance(0.1) ? {} : { area }),
    },
    { actor: signers(random) },
  );
}

/** By whoever may, by whoever may not, and by the very person who granted it. */
export function signedAgain({ random, state }: Situation): PlanEvent {
  const known = Object.keys(state.overrides);
  const waiting = known.filter((id) => state.overrides[id]?.status === 'requested');
  const override = random.pick([...(waiting.length > 0 ? waiting : known), ...known, 'nobody/granted#1']);
  const people = [lead, both, dermatologist, nurse];
  const granted = people.filter(({ id }) => id === state.overrides[override]?.by);
  const who = random.pick(granted.length > 0 && random.chance(0.5) ? granted : people);
  return eventOf('countersignOverride', { override }, { actor: who });
}

export const revoked = ({ random, state }: Situation): PlanEvent =>
  eventOf(
    'revokeOverride',
    {
      override: random.pick([...Object.keys(state.overrides), 'nobody/granted#1']),
      reason: 'changed my mind',
    },
    { actor: random.pick([dermatologist, coordinator, patient]) },
  );

export const released = ({ random, state }: Situation): PlanEvent =>
  eventOf(
    'releaseHold',
    { hold: random.pick([...Object.keys(state.holds), 'no/hold']) },
    { actor: random.pick([dermatologist, nurse, coordinator, patient]) },
  );

export const decided = ({ random, state }: Situation): PlanEvent =>
  eventOf(
    'decide',
    {
      question: random.pick([...Object.keys(state.questions), 'late/nothing']),
      outcome: random.chance(0.9) ? 'go-on' : 'stop',
    },
    { actor: random.pick([dermatologist, nurse, lead, both]) },
  );
