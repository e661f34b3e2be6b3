import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem, type Problem } from '../../../src/core/authoring/problem.ts';
import { addDays } from '../../../src/core/model/calendar.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { Desk, refusedBy } from '../../support/appointments.ts';
import { decide } from '../../support/decided.ts';
import { actor, RunningPlan } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';
import { SAMPLE, sourcesOf, type Texts } from './sample.ts';

/** A pathway whose two severities differ; the course, and whatever stands behind it, is a test's own. */
const HEAD = `pathway: programme
version: "1.0.0"
title: A programme in two severities
uses: [minor-surgery]
team: [dermatologist, nurse, coordinator]
choices:
  - choice: severity
    title: How severe it is
    by: dermatologist
    made: in assessment
    values: { mild: { title: Mild }, severe: { title: Severe } }
  - choice: risk
    title: Risk
    by: dermatologist
    made: in assessment
    values: { high: { title: High }, standard: { title: Standard } }
figures:
  - { figure: cycle, title: From one to the next, value: { mild: 4 weeks, severe: 2 weeks } }
  - { figure: count, title: How many, value: { mild: 3, severe: 5 } }
  - { figure: dose, title: Dose, levels: [low, middle, full], startsAt: full }
consultation:
  tasks:
    - { task: history, title: History, role: dermatologist, due: 7 days after plan start }
`;

export const CONSENT = 'consent: { form: programme-consent, by: patient, covers: course, lasts: 12 months }';

/** Of the fitness, 3 and more: badly. Below: well. */
const TABLE = `  - table: borne-table
    title: How it is borne
    answers: [badly, well]
    rows: [ { fitness: at least 3, then: badly }, { fitness: below 3, then: well } ]
    source: minor-surgery-protocol
  - table: wound-table
    title: What the wound says
    answers: [badly, well]
    rows: [ { woundState: is red, then: badly }, { woundState: is clean, then: well } ]
    source: minor-surgery-protocol
`;

const textsOf = (course: string): Texts => ({
  ...SAMPLE,
  clinic: {
    ...SAMPLE.clinic,
    text: SAMPLE.clinic.text.replace(
      'everyFurther: 5 working days ',
      'higherRisk: urgent\n    everyFurther: 5 working days ',
    ),
  },
  ruleSet: { ...SAMPLE.ruleSet, text: `${SAMPLE.ruleSet.text}${TABLE}` },
  pathway: { file: 'programme.pathway.yaml', text: `${HEAD}${course}` },
});

export const problemsOf = (course: string): readonly Problem[] =>
  compilePathway(sourcesOf(textsOf(course))).problems;

export const dermatologist = actor('dermatologist-1', 'dermatologist');
export const DAY_ONE = '2026-03-02';

export function compiledFrom(course: string): CompiledPathway {
  const { compiled, problems } = compilePathway(sourcesOf(textsOf(course)));
  expect(problems.map(formatProblem)).toEqual([]);
  return CompiledPathway.parse(compiled);
}

/** A plan of the file that waits in its assessment for what is to be chosen. */
export function undecided(course: string): RunningPlan {
  const plan = new RunningPlan(compiledFrom(course), on(DAY_ONE));
  plan.finishPhase();
  return plan;
}

/** A plan that has come to its course, all consented to. */
export function begun(course: string, { severity = 'mild', risk = 'standard' } = {}) {
  const plan = undecided(course);
  decide(plan, 'decision/severity', severity, { by: dermatologist });
  decide(plan, 'decision/risk', risk, { by: dermatologist });
  plan.consent('programme-consent', DAY_ONE);
  const desk = new Desk(plan);
  /** Why the next session of a stage cannot be given on a day. */
  const against = (stage: string, day: string): string[] => refusedBy(desk.start(stage, on(day)));
  const give = (stage: string, day: string): void => {
    expect(against(stage, day)).toEqual([]);
    plan.report(stage, day, on(day));
  };
  return { plan, desk, against, give };
}

/** So many days after the first. */
export const day = (number: number): string => addDays(DAY_ONE, number);
