import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { Desk, openQuestions, refusedBy } from '../../support/appointments.ts';
import { decide } from '../../support/decided.ts';
import { givenIn, owed } from '../../support/listed.ts';
import { actor, RunningPlan } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';
import { SAMPLE, sourcesOf, type Texts } from './sample.ts';

/** A programme in two severities, and a decision half-way at which the other may be chosen. */
const PROGRAMME: Texts = {
  ...SAMPLE,
  pathway: {
    file: 'programme.pathway.yaml',
    text: `pathway: programme
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
consultation:
  tasks:
    - { task: history, title: History, role: dermatologist, due: 7 days after plan start }
course:
  - stage: programme
    title: Programme
    consent: { form: programme-consent, by: patient, covers: course, lasts: 12 months }
    sessions:
      - { session: visit-1, title: First, procedures: [mole-excision] }
      - { session: visit-2, title: Second, procedures: [mole-excision], onlyFor: [mild] }
      - { session: visit-2-severe, title: Second of the severe, procedures: [expander-fill], onlyFor: [severe] }
      - decision: half-way
        title: Does it work?
        by: dermatologist
        due: 7 days after session
        outcomes: { go-on: go, other-severity: { choose: severity, then: go } }
      - { session: visit-3, title: Third, procedures: [mole-excision], onlyFor: [mild] }
      - { session: visit-3-severe, title: Third of the severe, procedures: [expander-fill], onlyFor: [severe] }
`,
  },
};

const dermatologist = actor('dermatologist-1', 'dermatologist');

function begun(severity: string) {
  const { compiled, problems } = compilePathway(sourcesOf(PROGRAMME));
  expect(problems.map(formatProblem)).toEqual([]);
  const plan = new RunningPlan(CompiledPathway.parse(compiled), on('2026-03-02'));
  const desk = new Desk(plan);
  plan.finishPhase();
  decide(plan, 'decision/severity', severity, { by: dermatologist });
  plan.consent('programme-consent', '2026-03-02');
  const give = (day: string): void => {
    plan.observe([{ fact: 'bloodThinner', value: 'never' }], on(day));
    expect(refusedBy(desk.start('programme', on(day)))).toEqual([]);
    plan.report('programme', day);
  };
  return { plan, desk, give };
}

it.each([
  ['mild', ['visit-1', 'visit-2', 'visit-3']],
  ['severe', ['visit-1', 'visit-2-severe', 'visit-3-severe']],
])('a patient who is %s has their own visits', (severity, visits) => {
  const { plan, give } = begun(severity);
  expect(owed(plan)).toBe('Book Programme: First, session 1 of 3');
  give('2026-03-02');
  give('2026-03-09');
  decide(plan, 'decision/half-way', 'go-on', { by: dermatologist });
  give('2026-03-16');
  expect(givenIn(plan)).toEqual(visits);
  expect(plan.state.chart).toBe('completed');
});

it('a patient who turns out to be severe half-way goes on as the severe do, and not back', () => {
  const { plan, desk, give } = begun('mild');
  give('2026-03-02');
  give('2026-03-09');
  decide(plan, 'decision/half-way', 'other-severity', { by: dermatologist });
  expect(openQuestions(plan)).toEqual(['decision/severity#2']);
  expect(refusedBy(desk.start('programme'))).toEqual(['phase']);
  decide(plan, 'decision/severity#2', 'severe', { by: dermatologist });
  expect(openQuestions(plan)).toEqual([]);
  expect(owed(plan)).toBe('Book Programme: Third of the severe, session 3 of 3');
  give('2026-03-16');
  expect(givenIn(plan)).toEqual(['visit-1', 'visit-2', 'visit-3-severe']);
  expect(plan.state.chart).toBe('completed');
});
