import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { alter, EVERYTHING, type Part, sourcesOf, type Texts } from './sample.ts';

const clinic = EVERYTHING.clinic.text
  .replace('clinical-lead, patient]', 'clinical-lead, patient, guardian]')
  .replace('tell: [owner, coordinator] }', 'tell: [owner, coordinator], onlyWhen: { smokes: is yes } }');

/** A course of several stages with all that may stand in it, beside the rules of the other sample. */
export const COURSE: Texts = {
  ...EVERYTHING,
  clinic: { ...EVERYTHING.clinic, text: clinic },
  pathway: {
    file: 'series.pathway.yaml',
    text: `pathway: series
version: "1.0.0"
title: A series
uses: [surgery]
team: [surgeon, nurse]
areas: { treatment: left breast, donor: abdomen }
consultation:
  tasks:
    - { task: history, title: History, role: surgeon, due: 7 days after plan start }
  decisions:
    - decision: begin
      title: Begin?
      by: surgeon and patient
      due: 5 working days after consultation
      outcomes: { begin: go, straight-on: { to: fill }, not-now: { exit: postponement } }
assessment:
  decisions:
    - decision: board
      title: Board
      by: { board: [surgeon, nurse, clinical-lead], quorum: 2, agree: majority, tie: surgeon }
      due: 7 to 14 days after assessment
      ladder: emergency
      needs: [neuropathy, glucose]
      noQuorum: { wait: 7 days, atMost: 2, then: { exit: referral } }
      outcomes: { suitable: go, more: { wait: 2 working days, atMost: 1, then: { decide: problem } } }
course:
  - stage: cut
    title: Cut
    procedure: excision
    in: treatment
    anaesthesia: general
    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 6 months, orGuardianBelow: 16 years }
    prep:
      packs: [before-narcosis]
      tasks:
        - { task: bloods, title: Bloods, role: nurse, due: 2 working days before booking, records: [glucose] }
    closure:
      tasks:
        - { task: dress, title: Dressing, role: nurse, every: 2 days, from: 1 day after procedure, until: 4 weeks after procedure }
    recovery:
      packs: [afterwards]
      tasks:
        - { task: drain, title: Drain out, role: nurse, due: 7 days after procedure, needs: { height: above 50 cm }, handsTo: surgeon }
    reassess:
      decision: after-cut
      title: After the cut
      by: surgeon
      due: 2 to 3 weeks after procedure
      outcomes: { fine: go, again: { again: 2, then: { exit: referral } } }
  - decision: half-way
    title: And on?
    by: surgeon
    due: 14 days after last session
    outcomes: { go-on: go, once-more: { to: cut, atMost: 1, then: end } }
  - stage: fill
    title: Fill
    procedure: dressing
    in: treatment
    anaesthesia: sedation
    consent: { form: fill-consent, by: patient, covers: course, lasts: 1 year }
    sessions: up to 6
    untilWhen: { wound: is clean }
    spacing: { from: end, minimum: 1 week, recommended: 1 to 2 weeks, latest: 6 weeks, ifLate: { decide: late }, source: protocol }
    missed: skip
    beforeEach:
      tasks:
        - { task: look, title: Look, role: surgeon, due: 0 days before booking, records: [wound], clears: anaesthesia }
      decision:
        by: { table: risk }
        outcomes: { standard: go, high: { wait: 7 days, atMost: 2, then: { decide: problem } } }
    afterEach:
      tasks:
        - { task: call, title: Call, role: nurse, due: 3 to 5 days after session, onlyWhen: { rash: includes hives } }
  - stage: transplant
    title: Transplant
    procedure: graft
    in: treatment
    andIn: donor
    consent: { form: graft-consent, by: patient, covers: one procedure, lasts: 1 year }
decisions:
  - decision: problem
    title: A problem
    on: [red-wound]
    by: surgeon
    due: 1 working day after asked
    ladder: emergency
    outcomes: { go-on: go, leave-out: next stage, tell: { ask: clinical-lead }, stop: { exit: conservative } }
  - decision: late
    title: Too late
    on: [between-cuts]
    by: nurse
    due: 5 working days after asked
    outcomes: { go-on: go, more: { decide: problem } }
intervals:
  - { interval: fill-after-cut, from: end of cut, to: start of fill, minimum: 2 weeks, latest: 8 weeks, ifLate: { decide: late } }
exits:
  postponement: { reviewEvery: 7 days, closesAfter: 42 days }
  conservative:
    returnsTo: assessment
    tasks:
      - { task: talk, title: Talk, role: surgeon, due: 3 days after exit }
      - { task: ring, title: Ring, role: nurse, every: 1 month }
`,
  },
};

/** What becomes of the course with one change, or with none. */
export function compiledWith(part: Part = 'pathway', from = 'A series', to = from): CompiledPathway {
  const { compiled, problems } = compilePathway(sourcesOf(alter(COURSE, part, from, to).texts));
  expect(problems.map(formatProblem)).toEqual([]);
  return CompiledPathway.parse(compiled);
}
