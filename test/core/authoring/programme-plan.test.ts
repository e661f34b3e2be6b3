import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { Desk, openQuestions, openTasks, refusedBy } from '../../support/appointments.ts';
import { decide } from '../../support/decided.ts';
import { givenIn, owed } from '../../support/listed.ts';
import { actor, RunningPlan } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';
import { SAMPLE, sourcesOf, type Texts } from './sample.ts';

/** A programme of three visits at which something else is done each time. */
const PROGRAMME: Texts = {
  ...SAMPLE,
  pathway: {
    file: 'programme.pathway.yaml',
    text: `pathway: programme
version: "1.0.0"
title: A programme
uses: [minor-surgery]
team: [dermatologist, nurse, coordinator]
consultation:
  tasks:
    - { task: history, title: History, role: dermatologist, due: 7 days after plan start, records: [bloodThinner] }
course:
  - stage: programme
    title: Three visits
    consent: { form: programme-consent, by: patient, covers: course, lasts: 12 months }
    spacing: { from: end, minimum: 3 weeks, recommended: 4 weeks }
    missed: skip
    beforeEach:
      tasks:
        - { task: look, title: Look at the skin, role: nurse, due: 0 days before booking }
    afterEach:
      decision:
        decision: borne
        title: How was it borne?
        by: nurse
        due: 3 days after session
        outcomes: { well: go, badly: { exit: conservative } }
    sessions:
      - { session: visit-1, title: First mole, procedures: [mole-excision] }
      - { session: visit-2, title: Both at once, procedures: [mole-excision, expander-fill] }
      - decision: half-way
        title: Does it work?
        by: dermatologist and patient
        due: 7 days after session
        outcomes: { go-on: go, refer: { exit: referral } }
      - { session: visit-3, title: Last mole, procedures: [mole-excision] }
`,
  },
};

const dermatologist = actor('dermatologist-1', 'dermatologist');
const nurse = actor('nurse-1', 'nurse');

describe('a programme of visits that differ, from its file to its end', () => {
  const { compiled, problems } = compilePathway(sourcesOf(PROGRAMME));
  expect(problems.map(formatProblem)).toEqual([]);
  const plan = new RunningPlan(CompiledPathway.parse(compiled), on('2026-03-02'));
  const desk = new Desk(plan);

  it('begins with its first visit', () => {
    plan.finishPhase();
    plan.observe([{ fact: 'bloodThinner', value: 'never' }]);
    plan.consent('programme-consent', '2026-03-02');
    expect(openTasks(plan)).toEqual(['programme.ready/look']);
    expect(owed(plan)).toBe('Book Three visits: First mole, session 1 of 3');
    expect(refusedBy(desk.start('programme', on('2026-03-02')))).toEqual([]);
    plan.report('programme', '2026-03-02');
  });

  it('goes on once it is known how that was borne, and when its weeks have passed', () => {
    expect(openQuestions(plan)).toEqual(['decision/borne']);
    plan.observe([{ fact: 'bloodThinner', value: 'never' }], on('2026-03-22'));
    expect(refusedBy(desk.start('programme', on('2026-03-22')))).toEqual(['S3', 'phase']);
    decide(plan, 'decision/borne', 'well', { by: nurse });
    expect(refusedBy(desk.start('programme', on('2026-03-23')))).toEqual([]);
    plan.report('programme', '2026-03-23');
    expect(plan.state.performed.at(-1)?.procedures).toEqual(['mole-excision', 'expander-fill']);
  });

  it('asks half-way whether it works', () => {
    expect(openQuestions(plan)).toEqual(['decision/half-way', 'decision/borne#2']);
    decide(plan, 'decision/borne#2', 'well', { by: nurse });
    decide(plan, 'decision/half-way', 'go-on', { by: dermatologist });
    decide(plan, 'decision/half-way', 'go-on', { by: dermatologist, role: 'patient' });
    expect(owed(plan)).toBe('Book Three visits: Last mole, session 3 of 3');
  });

  it('ends with the last, and its decision', () => {
    plan.observe([{ fact: 'bloodThinner', value: 'never' }], on('2026-04-20'));
    expect(refusedBy(desk.start('programme', on('2026-04-20')))).toEqual([]);
    plan.report('programme', '2026-04-20');
    expect(plan.state.chart).toBe('programme.recovery');
    decide(plan, 'decision/borne#3', 'well', { by: nurse });
    expect(plan.state.chart).toBe('completed');
    expect(givenIn(plan)).toEqual(['visit-1', 'visit-2', 'visit-3']);
  });
});
