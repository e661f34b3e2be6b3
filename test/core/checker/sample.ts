import { EVERYTHING, type Texts } from '../authoring/sample.ts';

/** A pathway of two stages and what follows, with rules of all kinds, in which the checker finds nothing. */
export const SOUND: Texts = {
  ...EVERYTHING,
  ruleSet: {
    file: 'surgery.rules.yaml',
    text: `ruleSet: surgery
version: "1.0.0"
title: Safety of operations
sources:
  - { source: protocol, cite: "Protocol 4 (figures are examples)", grade: consensus, revisedOn: 2026-03-01 }
rules:
  - eligibility: adult
    title: Adults
    for: pathway
    when: { age: at least 18 years }
    otherwise: referral
    source: protocol
  - contraindication: fever
    title: Fever
    when: { temperature: at least 38 Cel }
    stops: [procedure]
    of: [surgery]
    strength: absolute
    then: postponement
    clears: by facts
    tell: [surgeon]
    because: Fever may mean an infection.
    source: protocol
  - contraindication: smoking
    title: Smoking
    when: { any: [ { smokes: is yes }, { nicotine: within the last 4 weeks } ] }
    stops: [procedure]
    of: [transplant]
    strength: relative
    then: further-evaluation
    clears: by facts
    override: { by: [surgeon], lasts: 14 days, covers: one gate, reasons: [urgent] }
    tell: [surgeon]
    because: Nicotine narrows the vessels.
    source: protocol
  - table: risk
    title: Risk
    answers: [high, some, standard]
    taken: within 3 days
    rows:
      - { neuropathy: at least 3, then: high }
      - { neuropathy: 1 to below 3, then: some }
      - { neuropathy: below 1, then: standard }
      - { glucose: above 11 mmol/L, then: high }
      - { glucose: at most 11 mmol/L, then: standard }
    source: protocol
  - interval: between-cuts
    title: From one cut to the next
    from: end of excision
    to: start of graft
    minimum: 3 weeks
    recommended: 4 to 6 weeks
    latest: 5 months
    ifLate: { ask: surgeon }
    source: protocol
  - alert: red-wound
    title: A red wound
    when: { wound: is red }
    of: [surgery]
    do:
      - { task: see-wound, title: See it, role: surgeon, due: 24 hours after alert }
    source: protocol
`,
  },
  pathway: {
    file: 'fill.pathway.yaml',
    text: `pathway: fill-in
version: "1.0.0"
title: A cut that is filled
uses: [surgery]
team: [surgeon, nurse]
areas: { treatment: "any of left breast, right breast" }
choices:
  - choice: size
    title: How much is filled
    by: surgeon and patient
    made: in assessment
    values:
      small: { title: Little, offeredWhen: { smokes: is yes } }
      large: { title: Much, offeredWhen: { smokes: is no } }
figures:
  - figure: gap
    title: From one filling to the next
    value: 4 weeks
    adjust: { by: [surgeon], from: 2 weeks, to: 5 weeks, when: any time }
consultation:
  tasks:
    - { task: history, title: History, role: surgeon, due: 7 days after plan start, records: [birthDate] }
assessment:
  tasks:
    - { task: look, title: Look at it, role: surgeon, due: 2 days after assessment, records: [smokes] }
course:
  - stage: cut
    title: Cut
    procedure: excision
    in: treatment
    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 6 months }
    beforeEach:
      tasks:
        - { task: temperature, title: Temperature, role: nurse, due: 0 days before booking, records: [temperature] }
    recovery:
      tasks:
        - { task: stitches, title: Stitches out, role: nurse, due: 7 to 10 days after procedure }
        - { task: wound-check, title: The wound, role: nurse, every: 12 hours, until: 48 hours after procedure }
    reassess:
      decision: healed
      title: Has it healed?
      by: surgeon
      due: 14 days after procedure
      outcomes: { fill: go, again: { again: 1, then: { exit: referral } }, enough: end }
  - stage: fill
    title: Fill
    procedure: graft
    in: treatment
    consent: { form: fill-consent, by: patient, covers: course, lasts: 1 year }
    sessions: 3
    spacing: { from: start, minimum: the gap, latest: 10 weeks, ifLate: { ask: surgeon } }
    missed: wait
    beforeEach:
      tasks:
        - { task: bloods, title: Blood, role: nurse, due: 1 to 3 days before booking, records: [glucose, neuropathy, transfusion] }
        - { task: on-the-day, title: On the day, role: nurse, due: 0 days before booking, records: [temperature, smokes, nicotine] }
      decision:
        by: { table: risk }
        outcomes: { standard: go, some: { wait: 7 days, atMost: 2, then: { ask: surgeon } }, high: { ask: surgeon } }
  - decision: well
    title: Is all well?
    by: surgeon
    due: 14 days after last session
    outcomes: { yes: go, no: { exit: further-evaluation } }
  - maintenance: later
    title: Seen again
    lasts: 2 years
    tasks:
      - { task: yearly, title: Yearly visit, role: surgeon, every: 1 year }
intervals:
  - { interval: fill-after-cut, title: Filling after the cut, from: end of cut, to: start of fill, minimum: 14 weeks }
`,
  },
};
