import type { Actor } from '../model/actor.schema.ts';
import { instantOf } from '../model/calendar.ts';
import type { PlanEvent, SentObservation } from '../model/event.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR, PATIENT_ROLES } from '../pathway/roles.ts';
import { doneInOthers } from '../plan/other-plans.ts';
import type { PlanState } from '../plan/plan-state.schema.ts';
import { sessionsDone } from '../plan/progress.ts';
import { definitionOf } from '../plan/tasks.ts';
import { didYouMean } from './nearest.ts';
import { NOON } from './noon.ts';
import { openQuestionIds, openQuestionsCalled, openTaskIds, openTasksCalled } from './open-names.ts';
import { Refused } from './problem.ts';
import type { ScenarioStep, Session } from './scenario.schema.ts';
import type { Observed } from './stated-facts.ts';

/** A step of a scenario with its facts measured by the catalogue. */
export interface MeasuredStep {
  readonly written: ScenarioStep;
  readonly facts: readonly Observed[];
  /** By fact, for what is corrected. */
  readonly corrections: readonly (Observed & { readonly on: string })[];
}

export interface At {
  readonly pathway: Pathway;
  readonly state: PlanState;
  /** No two events of a plan have one id. */
  readonly id: string;
}

/** The made-up patient. */
const PATIENT = 'patient-1';

/** Somebody of a role: each role is one person. */
export const personOf = (role: string, { clinic }: Pick<PlanState, 'clinic'>): Actor => ({
  id: role === 'patient' ? PATIENT : `${role}-1`,
  roles: [role],
  clinic,
});

const WHY = 'As the scenario says.';

/** Makes the events of a part of a step, of the state that the part before left. */
export type Maker = (at: At) => readonly PlanEvent[] | Refused;

/** What a step of a scenario stands for, in the order in which it happens. None: only time passes. */
export const makersOf = (step: MeasuredStep): readonly Maker[] => [
  ...(step.facts.length > 0 ? [observing(step)] : []),
  ...(step.written.done ?? []).map((name) => completing(name, step)),
  ...Object.entries(step.written.decided ?? {}).map(([name, outcome]) => deciding(name, outcome, step)),
  ...consenting(step),
  ...atTheDesk(step),
  ...reporting(step),
  ...hearing(step),
  ...keeping(step),
  ...correcting(step),
  ...leaving(step),
  ...paying(step),
  ...signing(step),
  ...wishing(step),
];

/** What every event has, beside its type and body. */
const envelope = ({ state, id }: At, role: string) => ({
  id,
  source: 'scenario',
  actor: personOf(role, state),
});

const roleOf = ({ written }: MeasuredStep): string => written.by?.[0] ?? COORDINATOR;

/** By whoever the catalogue asks, in the name of the source that is believed most; or by somebody's own word. */
function observing({ facts, written }: MeasuredStep): Maker {
  return (at) => {
    const { pathway, id } = at;
    const [by] = written.by ?? [];
    const asked = pathway.fact(facts[0]?.fact ?? '')?.ask.role;
    const role = by ?? (asked !== undefined && !PATIENT_ROLES.includes(asked) ? asked : COORDINATOR);
    const isOwnWord = PATIENT_ROLES.includes(role);
    const observations = facts.map(({ from, taken, ...one }): SentObservation => {
      const observedAt = taken && instantOf(`${taken.day}T${taken.time ?? NOON}`, pathway.zone);
      return { ...one, ...(isOwnWord ? {} : { from }), ...(observedAt ? { observedAt } : {}) };
    });
    return [{ ...envelope({ ...at, id }, role), type: 'observation.recorded', data: { observations } }];
  };
}

/** By whoever owes it. */
function completing(name: string, { written }: MeasuredStep): Maker {
  return (at) => {
    const ids = openTasksCalled(at.state, name);
    const [task, another] = ids;
    if (task === undefined) return noneOpen('task', name, openTaskIds(at.state));
    if (another !== undefined) return several('task', name, ids);
    const role = written.by?.[0] ?? at.state.tasks[task]?.role ?? COORDINATOR;
    const references = leavesBehind(at, task, written) ? written.references : undefined;
    const data = { task, ...(references ? { references: [...references] } : {}) };
    return [{ ...envelope(at, role), type: 'task.completed', data }];
  };
}

/** Of several tasks on a line, those of which the pathway says that they leave something behind. */
const leavesBehind = ({ pathway }: At, task: string, { done = [] }: ScenarioStep): boolean =>
  done.length === 1 || definitionOf(pathway, task)?.outcome !== undefined;

/** By the patient, unless the line says who passes it on. */
function wishing({ written }: MeasuredStep): Maker[] {
  const { barrier = {}, priority = {}, by: [role = 'patient'] = [] } = written;
  return [
    ...Object.entries(barrier).map(
      ([goal, said]): Maker =>
        (at) => [{ ...envelope(at, role), type: 'barrier.recorded', data: { goal, barrier: said } }],
    ),
    ...Object.entries(priority).map(
      ([goal, is]): Maker =>
        (at) => [{ ...envelope(at, role), type: 'priority.stated', data: { goal, priority: is } }],
    ),
  ];
}

const noneOpen = (kind: string, name: string, open: readonly string[]): Refused =>
  new Refused('CC1094', `the plan has no open ${kind} \`${name}\``, didYouMean(name, open));

const several = (kind: string, name: string, ids: readonly string[]): Refused =>
  new Refused('CC1094', `several open ${kind}s are called \`${name}\``, `write one of: ${ids.join(', ')}`);

/** By each of those who vote; where none is named, by each who is asked. */
function deciding(name: string, outcome: string, { written }: MeasuredStep): Maker {
  return (at) => {
    const ids = openQuestionsCalled(at.state, name);
    const [question, another] = ids;
    if (question === undefined) return noneOpen('question', name, openQuestionIds(at.state));
    if (another !== undefined) return several('question', name, ids);
    const voters = written.by ?? at.state.questions[question]?.roles ?? [];
    return voters.map((role, index): PlanEvent => {
      const isPatient = PATIENT_ROLES.includes(role);
      const sender = isPatient ? (voters.find((one) => !PATIENT_ROLES.includes(one)) ?? COORDINATOR) : role;
      const from = envelope({ ...at, id: `${at.id}-${index + 1}` }, sender);
      return { ...from, type: 'decide', data: { question, outcome, role } };
    });
  };
}

function consenting(step: MeasuredStep): Maker[] {
  const { signed, unsigned, by: [by = 'patient'] = [], day, on: signedOn = day } = step.written;
  const forms: Maker[] = [];
  if (signed !== undefined)
    forms.push((at) => [
      { ...envelope(at, COORDINATOR), type: 'consent.recorded', data: { form: signed, by, signedOn } },
    ]);
  if (unsigned !== undefined)
    forms.push((at) => [{ ...envelope(at, by), type: 'consent.withdrawn', data: { form: unsigned } }]);
  return forms;
}

function atTheDesk(step: MeasuredStep): Maker[] {
  const { book, for: booked, cancelled, missed, ask, day, on = day } = step.written;
  const role = roleOf(step);
  const made: Maker[] = [];
  if (book)
    made.push((at) => {
      const data = { stage: book.stage, on: booked ?? on };
      return isNext(at, book) ?? [{ ...envelope(at, role), type: 'bookAppointment', data }];
    });
  if (cancelled !== undefined)
    made.push((at) => [{ ...envelope(at, role), type: 'appointment.cancelled', data: { stage: cancelled } }]);
  if (missed)
    made.push((at) => {
      const data = { stage: missed.stage, on };
      return isNext(at, missed) ?? [{ ...envelope(at, role), type: 'appointment.missed', data }];
    });
  if (ask)
    made.push((at) => {
      const type = ask.of === 'prep' ? 'startPrep' : 'startProcedure';
      return isNext(at, ask) ?? [{ ...envelope(at, role), type, data: { stage: ask.stage } }];
    });
  return made;
}

/** The number of a session is a check: it is the next one that is owed. */
function isNext({ state }: At, { stage, number }: Session): Refused | undefined {
  const next = sessionsDone(state, stage) + 1;
  if (number === undefined || number === next) return undefined;
  return new Refused('CC1094', `session ${next} of \`${stage}\` is next, not ${number}`);
}

function reporting(step: MeasuredStep): Maker[] {
  const { performed, notPerformed, takenBack, why = WHY, history, past, day, on = day, until } = step.written;
  const role = roleOf(step);
  const made: Maker[] = [];
  if (performed)
    made.push((at) => {
      const data = { stage: performed.stage, performedOn: on, ...(until ? { endedOn: until } : {}) };
      return isNext(at, performed) ?? [{ ...envelope(at, role), type: 'procedure.performed', data }];
    });
  if (notPerformed !== undefined)
    made.push((at) => {
      const data = { stage: notPerformed, on, reason: why };
      return [{ ...envelope(at, role), type: 'procedure.notPerformed', data }];
    });
  if (takenBack !== undefined)
    made.push((at) => {
      const data = { stage: takenBack, performedOn: on, reason: why };
      return [{ ...envelope(at, role), type: 'report.withdrawn', data }];
    });
  if (history !== undefined || past)
    made.push((at) => {
      const procedures = (past ?? []).map(({ procedure, day: performedOn, in: area }) => ({
        ...{ procedure, performedOn },
        ...(area === undefined ? {} : { area }),
      }));
      const data = { procedures, isComplete: history !== undefined };
      return [{ ...envelope(at, role), type: 'history.recorded', data }];
    });
  return made;
}

/** What is told of other plans is all of it; what this pathway does not count from is told in vain. */
function hearing({ written: { otherPlans } }: MeasuredStep): Maker[] {
  if (!otherPlans) return [];
  return [
    (at) => {
      const told = otherPlans.map(({ procedure, day, in: site }) => ({
        ...{ stage: procedure, procedures: [procedure], performedOn: day },
        areas: site === undefined ? [] : [site],
      }));
      const { pathway } = at;
      const done = doneInOthers(pathway, [{ plan: 'another-plan', pathway, performed: told }]);
      if (done.length < told.length)
        return new Refused('CC1094', 'no interval over all plans of the patient counts from all of this');
      return [{ ...envelope(at, COORDINATOR), type: 'otherPlans.changed', data: {}, otherPlans: done }];
    },
  ];
}

/** By the patient, where nobody else tells it. */
function keeping({ written }: MeasuredStep): Maker[] {
  const { adherence = {}, by: [role = 'patient'] = [], day, on = day, until } = written;
  return Object.entries(adherence).map(([care, done], index): Maker => {
    const data = { care, from: on, done, ...(until === undefined ? {} : { to: until }) };
    return (at) => [
      { ...envelope({ ...at, id: `${at.id}-${index + 1}` }, role), type: 'adherence.recorded', data },
    ];
  });
}

function correcting(step: MeasuredStep): Maker[] {
  const { withdraw = {}, why: reason = WHY } = step.written;
  const role = roleOf(step);
  const corrected = step.corrections.map(({ taken: _never, ...one }): Maker => {
    return (at) => [{ ...envelope(at, role), type: 'fact.corrected', data: { ...one, reason } }];
  });
  const withdrawn = Object.entries(withdraw).map(([fact, { on, in: area }]): Maker => {
    const data = { fact, on, reason, ...(area === undefined ? {} : { area }) };
    return (at) => [{ ...envelope(at, role), type: 'fact.withdrawn', data }];
  });
  return [...corrected, ...withdrawn];
}

function leaving(step: MeasuredStep): Maker[] {
  const { leave, return: back, end, why: reason = WHY } = step.written;
  const role = roleOf(step);
  const made: Maker[] = [];
  if (leave)
    made.push((at) => [{ ...envelope(at, role), type: 'leaveCourse', data: { exit: leave, reason } }]);
  if (back) made.push((at) => [{ ...envelope(at, role), type: 'returnToCourse', data: { reason } }]);
  if (end !== undefined)
    made.push((at) => [{ ...envelope(at, role), type: 'cancelPlan', data: { reason: end } }]);
  return made;
}

/** As the payment service tells it. */
function paying({ written }: MeasuredStep): Maker[] {
  const { paid, paymentFailed, pays, why: reason = WHY } = written;
  const from = (at: At) => envelope(at, COORDINATOR);
  const of = (charge: string, at: At): Refused | undefined => {
    const known = Object.keys(at.state.charges);
    return known.includes(charge) ? undefined : noneOpen('charge', charge, known);
  };
  const made: Maker[] = [];
  if (paid !== undefined)
    made.push((at) => of(paid, at) ?? [{ ...from(at), type: 'payment.settled', data: { charge: paid } }]);
  if (paymentFailed !== undefined)
    made.push((at) => {
      const data = { charge: paymentFailed, reason };
      return of(paymentFailed, at) ?? [{ ...from(at), type: 'payment.failed', data }];
    });
  if (pays !== undefined)
    made.push((at) => [{ ...from(at), type: 'payment.arranged', data: { reference: pays } }]);
  return made;
}

/** Rules that are set aside, and holds that are signed away. */
function signing(step: MeasuredStep): Maker[] {
  const { override: rule, release, second } = step.written;
  const role = roleOf(step);
  const made: Maker[] = [];
  if (rule !== undefined) made.push((at) => [granting(at, rule, step)]);
  if (rule !== undefined && second !== undefined)
    made.push((at) => {
      const requested = Object.entries(at.state.overrides).filter(
        ([, one]) => one.rule === rule && one.status === 'requested',
      );
      const [[override] = []] = requested;
      if (override === undefined) return noneOpen('override', rule, Object.keys(at.state.overrides));
      return [{ ...envelope(at, second), type: 'countersignOverride', data: { override } }];
    });
  if (release !== undefined)
    made.push((at) => {
      const holds = { ...at.state.holds, ...at.state.careHolds };
      const held = Object.entries(holds).filter(([, one]) => one.rule === release);
      const [[hold] = []] = held;
      if (hold === undefined) return noneOpen('hold', release, Object.keys(holds));
      return [{ ...envelope(at, role), type: 'releaseHold', data: { hold } }];
    });
  return made;
}

function granting(at: At, rule: string, step: MeasuredStep): PlanEvent {
  const { of, in: area, reason = '', answer } = step.written;
  const stage = of ?? placeOf(at.state.chart).stage ?? '';
  const data = {
    ...{ rule, stage, reason },
    ...(area === undefined ? {} : { area }),
    ...(answer === undefined ? {} : { answer }),
  };
  return { ...envelope(at, roleOf(step)), type: 'grantOverride', data };
}
