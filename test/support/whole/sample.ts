import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';

/** A clinic, its facts and rules, and pathways in which everything that a file can say stands beside everything else. */
const CLINIC = `clinic: northside
timeZone: America/New_York
languages: [en]
roles: [surgeon, dermatologist, nurse, coordinator, clinical-lead, patient, guardian]
calendars:
  - calendar: clinic-hours
    open: { monday to thursday: 08:00 to 18:00, friday: 08:00 to 13:00 }
    closed: [2026-12-25]
  - calendar: always
ladders:
  - ladder: standard
    steps:
      - { at: 2 days before due, tell: [owner] }
      - { at: due, tell: [owner, coordinator] }
      - { at: 5 working days late, tell: [clinical-lead], raise: 1 }
    everyFurther: 5 working days
    higherRisk: emergency
  - ladder: emergency
    calendar: always
    steps:
      - { at: start, tell: [owner] }
      - { at: 4 hours late, tell: [clinical-lead], raise: 3 }
    everyFurther: 2 days
areas:
  - { area: breast, sides: [left, right] }
  - { area: abdomen }
sources:
  - { source: north-lab, is: laboratory, states: [observation.recorded] }
waits: { unbooked: 7 days, unreported: 1 working day, deviation: 2 working days, failure: 4 hours, handOver: 2 working days, choice: 14 days, revision: 7 days }
exits: { reviewEvery: 30 days, closesAfter: 6 months, returnsTo: where it left }
`;

const CATALOGUE = `catalogue: shared
facts:
  - { fact: birthDate, title: Date of birth, is: date, goodFor: ever, from: [record, clinician], ask: { role: coordinator, within: 1 day } }
  - { fact: temperature, title: Body temperature, is: number in Cel, range: 30 to 45, goodFor: 14 days, from: [clinician, patient], ask: { role: nurse, within: 1 hour } }
  - { fact: smokes, title: Smokes, is: yes or no, goodFor: 90 days, from: [clinician, patient], ask: { role: nurse, within: 3 days } }
  - { fact: cells, title: White cells, is: number in 10*9/L, range: 0 to 20, goodFor: 9 days, from: [laboratory, clinician], ask: { role: nurse, within: 1 day }, notValidWhen: { transfusion: within the last 3 days } }
  - { fact: transfusion, title: Last transfusion, is: date or never, goodFor: 90 days, from: [record, clinician], ask: { role: nurse, within: 3 days } }
  - { fact: lesions, title: Number of lesions, is: number in 1, range: 0 to 200, goodFor: 60 days, from: [clinician], ask: { role: dermatologist, within: 3 days } }
  - { fact: lightSensitive, title: Sensitive to light, is: yes or no, goodFor: 30 days, from: [clinician, patient], ask: { role: nurse, within: 2 days } }
  - { fact: skin, title: Active skin conditions, is: "findings of infection, eczema", byArea: yes, goodFor: 30 days, from: [clinician], ask: { role: nurse, within: 2 days } }
  - { fact: numbness, title: Numbness, is: grade 0 to 4, goodFor: 30 days, from: [clinician], ask: { role: nurse, within: 1 day } }
procedures:
  - { procedure: infusion, traits: [medicine] }
  - { procedure: peel, traits: [irritating] }
  - { procedure: blue-light, traits: [light] }
  - { procedure: implant, traits: [surgery] }
  - { procedure: flap, traits: [surgery] }
  - { procedure: radiation, traits: [rays] }
  - { procedure: tablets }
`;

const RULES = `ruleSet: all
version: "1.0.0"
title: Rules of every kind
sources:
  - { source: protocol, cite: "Protocol (figures are examples)", grade: consensus, revisedOn: 2026-03-01 }
rules:
  - contraindication: fever
    title: Fever
    when: { temperature: at least 38 Cel }
    stops: [prep, procedure]
    of: [surgery, medicine]
    strength: absolute
    then: postponement
    clears: by facts
    tell: [nurse]
    because: Fever may mean an infection.
    source: protocol
  - contraindication: smoking
    title: Smoking
    when: { smokes: is yes }
    stops: [prep, procedure]
    of: [surgery]
    strength: relative
    then: postponement
    clears: by signature of surgeon
    override: { by: [surgeon], second: clinical-lead, lasts: 21 days, covers: stage, reasons: [urgent] }
    tell: [nurse]
    because: Wounds heal badly.
    source: protocol
  - contraindication: inflamed
    title: Inflamed skin
    when: { skin: includes infection in any area of this stage }
    stops: [procedure]
    of: [surgery, irritating]
    strength: relative
    then: postponement
    clears: by facts
    override: { by: [dermatologist, surgeon], lasts: 7 days, covers: one gate, reasons: [urgent] }
    tell: [nurse]
    because: It spreads.
    source: protocol
  - contraindication: light
    title: Sensitive to light
    when: { lightSensitive: is yes }
    stops: [procedure]
    of: [light]
    strength: relative
    then: further-evaluation
    clears: by facts
    ifUnknown: accept
    tell: [nurse]
    because: Light burns.
    source: protocol
  - contraindication: numb
    title: Numb hands
    when: { numbness: at least 3 }
    stops: [procedure]
    of: [tablets]
    strength: absolute
    then: conservative
    clears: by facts
    tell: [nurse]
    because: It gets worse.
    source: protocol
  - eligibility: adult
    title: Of age
    for: pathway
    when: { birthDate: at least 11 years ago }
    otherwise: referral
    source: protocol
  - interval: after-rays
    title: Surgery after radiation
    from: end of rays
    to: start of surgery
    minimum: 4 weeks
    source: protocol
  - table: day-one
    title: What is given
    answers: [stop, wait, reduced, full]
    rows:
      - { cells: below 1 10*9/L, then: stop }
      - { cells: 1 to below 2 10*9/L, then: wait }
      - { cells: 2 to below 4 10*9/L, then: reduced }
      - { cells: at least 4 10*9/L, then: full }
    override: { by: [dermatologist], lasts: 3 days, covers: one gate, reasons: [urgent] }
    source: protocol
  - table: severity
    title: How severe
    answers: [severe, mild]
    rows: [ { lesions: at least 50 1, then: severe }, { lesions: below 50 1, then: mild } ]
    source: protocol
  - table: danger
    title: Risk
    answers: [high, standard]
    rows: [ { smokes: is yes, then: high }, { smokes: is no, then: standard } ]
    source: protocol
  - alert: hot
    title: Fever at home
    when: { temperature: at least 39 Cel }
    within: 14 days after last session
    of: [medicine]
    do: [ { task: call-in, title: Call in, role: nurse, due: 1 hour after alert, ladder: emergency } ]
    source: protocol
`;

const HEAD = (name: string, team: string): string => `pathway: ${name}
version: "1.0.0"
title: ${name}
uses: [all]
team: ${team}
`;

/** Medicine in cycles whose dose comes down, an operation of one of two kinds, and what runs beside and after them. */
const MEDICINE = `${HEAD('medicine', '[surgeon, dermatologist, nurse, coordinator]')}areas: { treatment: left breast or right breast, donor: abdomen }
choices:
  - choice: option
    title: Which operation
    by: patient and surgeon
    made: in assessment
    values:
      implant: { title: Implant, offeredWhen: { smokes: is no } }
      flap: { title: Flap }
  - choice: risk
    title: Risk
    by: { table: danger, confirm: surgeon }
    made: in assessment
    values: { high: { title: High }, standard: { title: Standard } }
figures:
  - { figure: dose, title: Dose, levels: [half, three quarters, full], startsAt: full, adjust: { by: [dermatologist], when: any time, because: required } }
  - { figure: cycle, title: From one to the next, value: 7 days, adjust: { by: [dermatologist], from: 7 days, to: 14 days, when: start } }
  - { figure: rest, title: Rest before surgery, value: { implant: 2 weeks, flap: 4 weeks } }
consultation:
  tasks:
    - { task: history, title: History, role: dermatologist, due: 7 days after plan start, records: [birthDate, smokes] }
assessment:
  tasks:
    - { task: look, title: Look, role: surgeon, due: 7 days after assessment, onlyFor: [implant], records: [skin] }
  decisions:
    - decision: board
      title: Board
      by: { board: [surgeon, dermatologist, nurse], quorum: 2, agree: majority, tie: surgeon }
      due: 7 days after assessment
      noQuorum: { wait: 7 days, atMost: 2, then: { exit: referral } }
      outcomes: { begin: go, begin-with-rays: { start: rays }, more: { exit: further-evaluation } }
course:
  - stage: cycles
    title: Cycles
    procedure: infusion
    consent: { form: cycles-consent, by: patient, orGuardianBelow: 16 years, covers: course, lasts: 6 months }
    with: [dose]
    sessions: 4
    spacing: { from: start, minimum: the cycle, recommended: the cycle, latest: 35 days, ifLate: { decide: problem } }
    missed: skip
    beforeEach:
      tasks:
        - { task: bloods, title: Bloods, role: nurse, due: 1 to 3 days before booking, records: [cells] }
      decision:
        by: { table: day-one }
        outcomes:
          full: go
          reduced: { lower: dose, atEnd: { decide: problem }, then: go }
          wait: { wait: 2 days, atMost: 2, then: { decide: problem } }
          stop: { decide: problem }
    afterEach:
      tasks:
        - { task: call, title: Call, role: nurse, due: 3 days after session, onlyWhen: { temperature: at least 37 Cel } }
    recovery:
      tasks:
        - { task: scan, title: Scan, role: surgeon, due: 7 days after last session }
  - decision: half-way
    title: And now?
    by: { table: severity }
    ifUnknown: dermatologist
    due: 14 days after last session
    outcomes: { severe: go, mild: { wait: 3 days, atMost: 1, then: go } }
  - stage: implant-stage
    title: Implant
    onlyFor: [implant]
    procedure: implant
    in: treatment
    anaesthesia: general
    consent: { form: surgery-consent, by: patient, covers: one procedure, lasts: 3 months }
    prep:
      tasks:
        - { task: narcosis, title: Seen for narcosis, role: nurse, due: 1 to 30 days before booking, clears: anaesthesia }
    recovery:
      tasks:
        - { task: wound, title: Wound, role: nurse, every: 7 days, until: 4 weeks after procedure }
        - { task: visit, title: Visit, role: surgeon, due: 14 days after procedure }
  - stage: flap-stage
    title: Flap
    onlyFor: [flap]
    procedure: flap
    in: treatment
    andIn: donor
    consent: { form: surgery-consent, by: patient, covers: one procedure, lasts: 3 months }
    recovery: { tasks: [ { task: visit, title: Visit, role: surgeon, due: 14 days after procedure } ] }
    reassess:
      decision: after-flap
      title: And now?
      by: surgeon and patient
      due: 21 days after procedure
      outcomes: { fine: go, again: { again: 1, then: { exit: referral } }, other: { choose: option, then: go } }
  - stage: extra
    title: Touch-up
    optional: surgeon and patient
    procedure: peel
    in: treatment
    consent: { form: peel-consent, by: patient, covers: course, lasts: 1 year }
  - maintenance: follow-up
    title: Followed
    lasts: 3 months
    tasks:
      - { task: seen, title: Visit, role: surgeon, every: 1 month }
      - { task: hand-over, title: Hand over, role: surgeon, handsTo: coordinator, due: 10 days after stage }
decisions:
  - decision: problem
    title: It cannot go on
    by: dermatologist and patient
    due: 2 working days after asked
    ladder: emergency
    outcomes:
      try-again: { wait: 3 days, atMost: 1, then: { exit: further-evaluation } }
      lower-dose: { lower: dose, atEnd: { exit: further-evaluation }, then: go }
      today-less: { limit: { dose: half }, for: this session, then: go }
      rays: { start: rays }
      leave-out: next stage
      stop: { exit: conservative }
intervals:
  - { interval: rest-before, title: Rest before the implant, from: end of cycles, to: start of implant-stage, minimum: the rest, source: protocol }
  - { interval: rest-before-flap, title: Rest before the flap, from: end of cycles, to: start of flap-stage, minimum: the rest, latest: 12 weeks, ifLate: { ask: surgeon }, source: protocol }
alongside:
  - task: heart
    title: Heart
    role: nurse
    every: 3 weeks
    from: 1 week after first session
    until: 6 weeks after last session
  - review: progress
    every: 21 days
    by: dermatologist
    due: 7 days after asked
    outcomes: { as-planned: go, other-option: { choose: option, then: go }, stop: { exit: conservative } }
  - track: rays
    starts: by decision
    course:
      - { stage: radiation-elsewhere, title: Radiation, procedure: radiation, elsewhere: yes, in: treatment }
      - decision: after-radiation
        title: And now?
        by: surgeon
        due: 14 days after last session
        outcomes: { well: go, once-more: { to: radiation-elsewhere, atMost: 1, then: end } }
  - track: pills
    title: Tablets by the month
    starts: with course
    onlyFor: [standard]
    course:
      - stage: month-of-tablets
        title: Tablets
        procedure: tablets
        consent: { form: tablets-consent, by: patient, covers: course, lasts: 1 year }
        sessions: 3
        spacing: { from: end, minimum: 2 weeks, latest: 8 weeks, ifLate: { decide: problem } }
        missed: wait
        afterEach: { decision: { decision: borne, title: Borne well?, by: nurse, due: 3 days after session, outcomes: { well: go, badly: { exit: conservative } } } }
exits:
  postponement: { reviewEvery: 7 days, closesAfter: 3 months }
  further-evaluation: { reviewEvery: 7 days, closesAfter: 3 months, returnsTo: assessment }
  conservative: { tasks: [ { task: talk, title: Talk, role: surgeon, due: 3 days after exit } ] }
`;

/** Visits that differ, by how severe it is, with what is decided between them, and a choice that may be made again. */
const PROGRAMME = `${HEAD('programme', '[dermatologist, nurse, coordinator]')}areas: { treatment: left breast or right breast }
choices:
  - choice: how-bad
    title: How bad it is
    by: { table: severity, confirm: dermatologist }
    made: in assessment
    values: { severe: { title: Severe }, mild: { title: Mild } }
  - choice: risk
    title: Risk
    by: { table: danger }
    ifUnknown: high
    made: in consultation
    values: { high: { title: High }, standard: { title: Standard } }
figures:
  - { figure: acid, title: Acid, value: { severe: mandelic 30, mild: salicylic 20 } }
  - { figure: gap, title: From visit to visit, value: { severe: 3 weeks, mild: 1 week } }
consultation:
  tasks: [ { task: history, title: History, role: dermatologist, due: 7 days after plan start, records: [birthDate] } ]
assessment:
  tasks: [ { task: count, title: Count, role: nurse, due: 7 days after assessment, records: [lesions, skin] } ]
course:
  - stage: visits
    title: Visits
    in: treatment
    consent: { form: visits-consent, by: patient, orGuardianBelow: 16 years, covers: course, lasts: 12 months }
    spacing: { from: end, minimum: the gap, latest: 8 weeks, ifLate: { decide: late } }
    missed: skip
    beforeEach:
      tasks: [ { task: check, title: Check, role: nurse, due: 0 days before booking, records: [skin] } ]
      decision: { decision: fit, title: Fit for it?, by: nurse, due: 2 days after asked, outcomes: { fit: go, later: { wait: 3 days, atMost: 2, then: { exit: postponement } } } }
    afterEach:
      decision: { decision: bore, title: How was it?, by: nurse, due: 3 days after session, outcomes: { well: go, badly: { exit: conservative } } }
    sessions:
      - { session: visit-1, title: Peel, procedures: [peel], with: [acid] }
      - { session: visit-2, title: Light, procedures: [blue-light], onlyFor: [mild] }
      - { session: visit-2-severe, title: Peel and light, procedures: [peel, blue-light], onlyFor: [severe] }
      - decision: halfway
        title: Does it help?
        by: dermatologist and patient
        due: 7 days after session
        needs: [lesions]
        outcomes: { go-on: go, other: { choose: how-bad, then: go }, refer: { exit: referral } }
      - { session: visit-3, title: Light, procedures: [blue-light] }
      - { session: visit-4, title: Last peel, procedures: [peel], onlyFor: [severe] }
    reassess:
      decision: result
      title: Result
      by: dermatologist
      due: 14 days after last session
      outcomes: { keep: go, more: { again: 1, then: { exit: referral } }, done: end }
  - maintenance: keep-clear
    title: Kept clear
    lasts: 2 months
    tasks: [ { task: skin-visit, title: A look, role: nurse, every: 3 weeks } ]
decisions:
  - { decision: late, title: Too late, by: nurse, due: 5 working days after asked, outcomes: { go-on: go, begin-again: { again: 1, then: { exit: postponement } }, pause: { exit: postponement } } }
alongside:
  - review: monthly
    every: 1 month
    by: dermatologist
    due: 7 days after asked
    outcomes: { as-planned: go, other: { choose: how-bad, then: go } }
  - track: pills
    title: Tablets
    starts: with course
    onlyFor: [severe]
    course:
      - stage: tablets-stage
        title: Tablets
        procedure: tablets
        consent: { form: tablets-consent, by: patient, covers: one procedure, lasts: 3 months }
`;

const compiledFrom = (text: string): CompiledPathway => {
  const { compiled, problems } = compilePathway({
    clinic: { file: 'clinic.yaml', text: CLINIC },
    catalogue: { file: 'catalogue.facts.yaml', text: CATALOGUE },
    ruleSets: [{ file: 'all.rules.yaml', text: RULES }],
    pathway: { file: 'whole.pathway.yaml', text },
  });
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return CompiledPathway.parse(compiled);
};

export const WHOLE: readonly CompiledPathway[] = [MEDICINE, PROGRAMME].map(compiledFrom);
