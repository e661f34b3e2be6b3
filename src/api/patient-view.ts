import { lastDayBefore } from '../core/model/calendar.ts';
import type { CareDefinition, CareTime } from '../core/pathway/care.schema.ts';
import { goesOnAnywhere, placeOf } from '../core/pathway/chart.ts';
import { leavesOf } from '../core/pathway/conditions.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { PATIENT_ROLES } from '../core/pathway/roles.ts';
import { lookAtAlert } from '../core/plan/alerts.ts';
import { bookedOn } from '../core/plan/booked-days.ts';
import type { CareInForce } from '../core/plan/care.schema.ts';
import { idOf } from '../core/plan/care.ts';
import { stopping } from '../core/plan/care-holds.ts';
import type { Counted } from '../core/plan/due-anchors.ts';
import { type Line, linesOf, viewAlong, WAITING } from '../core/plan/lines.ts';
import { chartOf, definitionOf } from '../core/plan/tasks.ts';
import { appointmentOf } from './appointment.ts';
import { lastDayOf, toBeDecided } from './care-view.ts';
import { nextGate } from './next-gate.ts';
import type { PatientView, Words } from './patient-view.schema.ts';

interface Reading extends Counted {
  readonly said: (text: string) => Words;
}

/**
 * A plan in plain words: what it says to its patient, and no more.
 * @param asked - a language; of one that the clinic does not speak, its first
 */
export function patientView(plan: Counted, asked: string | undefined): PatientView {
  const { pathway, state } = plan;
  const { languages } = pathway.clinic;
  const language = asked !== undefined && languages.includes(asked) ? asked : languages[0];
  const reading = { ...plan, said: speakerOf(pathway, language) };
  return {
    planId: state.planId,
    patient: state.patient,
    title: reading.said(pathway.title),
    language,
    languages: [...languages],
    timeZone: pathway.zone,
    status: state.status,
    where: linesOf(pathway).flatMap((line) => whereOf(reading, line)),
    waitsFor: waitsForOf(reading),
    next: linesOf(pathway).flatMap((line) => nextOf(reading, line)),
    milestones: milestonesOf(reading),
    care: careOf(reading),
    callWhen: callWhenOf(reading),
    chosen: chosenOf(reading),
    signed: signedOf(reading),
  };
}

function speakerOf(pathway: Pathway, language: string | undefined): Reading['said'] {
  const isFirst = language === undefined || language === pathway.clinic.languages[0];
  return (text) => {
    const translated = isFirst ? undefined : pathway.translated(language, text);
    if (translated !== undefined) return { text: translated };
    return isFirst ? { text } : { text, isUntranslated: true };
  };
}

const saying = (said: Reading['said'], text: string | undefined) =>
  text === undefined ? {} : { says: said(text) };

function whereOf({ pathway: whole, state: plan, said }: Reading, line: Line): PatientView['where'] {
  const { pathway, state } = viewAlong(whole, plan, line);
  const { chart } = state;
  const isBeside = line !== undefined && (chart === WAITING.chart || pathway.chart.isFinal(chart));
  if (isBeside) return [];
  const { phase, stage, decision, maintenance } = placeOf(chart);
  const item = pathway.stage(stage ?? '') ?? pathway.maintenance(maintenance ?? '');
  const title = item?.title ?? (decision === undefined ? undefined : pathway.decision(decision).title);
  const since = state.enteredAt[chart];
  return [
    {
      phase,
      ...(title === undefined ? {} : { title: said(title) }),
      ...saying(said, item?.say),
      ...(since === undefined ? {} : { since }),
    },
  ];
}

/** Holds of which the rule tells the patient. */
function waitsForOf({ pathway, state, said }: Reading): PatientView['waitsFor'] {
  const rules = new Set(Object.values(state.holds).map(({ rule }) => rule));
  return [...rules].flatMap((name) => {
    const rule = pathway.contraindication(name);
    if (!rule?.tell.some((role) => PATIENT_ROLES.includes(role))) return [];
    return [{ title: said(rule.title), says: said(rule.say ?? rule.because) }];
  });
}

function nextOf({ pathway: whole, state: plan, now, said }: Reading, line: Line): PatientView['next'] {
  const { pathway, state } = viewAlong(whole, plan, line);
  const gate = nextGate({ line, pathway, state });
  if (!gate) return [];
  const { stage } = gate;
  const booked = bookedOn(state, stage.stage);
  const { recommended, earliest } = appointmentOf(pathway, state, stage, now) ?? {};
  const days = recommended ?? (earliest === undefined ? {} : { from: earliest });
  return [
    {
      title: said(stage.title),
      ...saying(said, stage.say),
      ...(booked === undefined ? days : { bookedOn: booked }),
    },
  ];
}

/** What the patient does, and what is done after a procedure and alongside: never the clinic's own paperwork. */
function milestonesOf({ pathway, state, said }: Reading): PatientView['milestones'] {
  return Object.entries(state.tasks)
    .filter(([, { status }]) => status === 'requested')
    .flatMap(([id, task]) => {
      const isForYou = PATIENT_ROLES.includes(task.role);
      const definition = definitionOf(pathway, id);
      if (!isForYou && !(definition && goesOnAnywhere(chartOf(id)))) return [];
      const dueAt = state.waits[`task/${id}`]?.dueAt;
      const to = dueAt === undefined ? {} : { to: lastDayBefore(dueAt, pathway.zone) };
      const from = task.from === undefined ? {} : { from: task.from };
      return [{ title: said(task.title), ...saying(said, definition?.say), ...from, ...to, isForYou }];
    })
    .toSorted((one, other) => ((one.to ?? '9') < (other.to ?? '9') ? -1 : 1));
}

function careOf(reading: Reading): PatientView['care'] {
  const { pathway, state, said } = reading;
  return pathway.care.flatMap((definition) => {
    const one = state.care[idOf(definition)];
    if (!one) return [];
    const { care, title, say, because } = definition;
    const lastDay = lastDayOf(reading, definition);
    const lines = (time: CareTime) => one[time].map((text) => withNote(definition, time, text));
    return [
      {
        ...{ care, title: said(title), ...saying(said, say) },
        ...(because === undefined ? {} : { because: said(because) }),
        ...{ morning: lines('morning'), evening: lines('evening'), weekly: lines('weekly') },
        toBeDecided: toBeDecided(pathway, state, definition).map(said),
        since: one.since,
        ...(lastDay === undefined ? {} : { lastDay }),
        stopped: stoppedBy(reading, one),
        kept: (state.adherence[care] ?? [])
          .slice(-REPORTS_SHOWN)
          .map(({ from, to, done }) => ({ from, to, done })),
      },
    ];
  });
}

const REPORTS_SHOWN = 6;

function withNote(definition: CareDefinition, time: CareTime, text: string) {
  const line = definition[time].find((one) => 'text' in one && one.text === text);
  const note = line && 'note' in line ? line.note : undefined;
  return note === undefined ? { text } : { text, note };
}

function stoppedBy({ pathway, state, said }: Reading, { care }: CareInForce) {
  return stopping(state, care).map(([id, { rule, finding }]) => {
    const { say, because = finding.title } = pathway.contraindication(rule) ?? {};
    const lookedAtBy = state.waits[`hold/${id}`]?.owner;
    const [until] = finding.clears.flat().flatMap((one) => (one.kind === 'date' ? [one.on] : []));
    return {
      title: said(finding.title),
      says: said(say ?? because),
      ...(lookedAtBy === undefined ? {} : { lookedAtBy }),
      ...(until === undefined ? {} : { until }),
    };
  });
}

/** Alerts that say something to the patient, while they watch. */
function callWhenOf({ said, ...plan }: Reading): PatientView['callWhen'] {
  const { pathway } = plan;
  return pathway.alerts.flatMap((alert) => {
    if (alert.say === undefined || !lookAtAlert(plan, alert)) return [];
    const signs = leavesOf(alert.when).map(
      ({ fact, name }) => `${pathway.fact(fact)?.title ?? fact}: ${name}`,
    );
    return [{ title: said(alert.title), says: said(alert.say), signs }];
  });
}

function chosenOf({ pathway, state, said }: Reading): PatientView['chosen'] {
  return pathway.choices.flatMap(({ choice, title, values }) => {
    const chosen = state.choices[choice];
    if (!chosen) return [];
    const value = values.find((one) => one.value === chosen.value)?.title ?? chosen.value;
    return [{ title: said(title), value: said(value), at: chosen.at }];
  });
}

const signedOf = ({ pathway, state, said }: Reading): PatientView['signed'] =>
  state.consents.map(({ form, by, signedOn, withdrawnAt }) => ({
    ...{ form, by, signedOn },
    for: pathway.stages.filter(({ consent }) => consent?.form === form).map(({ title }) => said(title)),
    ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
  }));
