import { EVERYTHING, type Texts } from './sample.ts';

const clinic = EVERYTHING.clinic.text.replace(
  'everyFurther: 5 working days\n',
  'everyFurther: 5 working days\n    higherRisk: emergency\n',
);

const packs = EVERYTHING.packs.text.replace(
  'title: Visit, role: nurse,',
  'title: Visit, role: nurse, onlyFor: [implant],',
);

/** Choices of every kind, and what hangs on them, beside the rules of the other sample. */
export const CHOICES: Texts = {
  ...EVERYTHING,
  clinic: { ...EVERYTHING.clinic, text: clinic },
  packs: { ...EVERYTHING.packs, text: packs },
  ruleSet: {
    ...EVERYTHING.ruleSet,
    text: EVERYTHING.ruleSet.text.replace(
      '  - table: unbound',
      `  - table: width
    title: How wide it is
    answers: [wide, narrow]
    rows: [ { height: above 100 cm, then: wide }, { height: at most 100 cm, then: narrow } ]
    source: protocol
  - table: unbound`,
    ),
  },
  pathway: {
    file: 'choices.pathway.yaml',
    text: `pathway: choices
version: "1.0.0"
title: What is chosen
uses: [surgery]
team: [surgeon, nurse]
areas: { treatment: left breast, donor: abdomen }
choices:
  - choice: option
    title: How to fill it
    by: patient and surgeon
    made: in assessment
    values:
      implant:
        title: Implant
        mechanism: restore volume
        cannot: Feel like own tissue.
        benefits: [short]
        risks: [infection, leak]
        downtime: 3 to 6 weeks
        cost: 14500 USD
        offeredWhen: { smokes: is no }
      own-tissue: { title: Own tissue, offeredWhen: { all: [ { age: below 70 years }, { height: above 100 cm } ] } }
  - choice: risk
    title: Risk
    by: { table: risk, confirm: surgeon }
    due: 5 days after asked
    made: in assessment
    values: { high: { title: High }, standard: { title: Standard } }
  - choice: width
    title: Width
    by: { table: width }
    ifUnknown: nurse
    made: in consultation
    values: { wide: { title: Wide }, narrow: { title: Narrow } }
  - choice: pace
    title: How fast
    by: { board: [surgeon, nurse], quorum: every role, agree: all }
    due: 7 days after assessment
    ladder: emergency
    made: in assessment
    values: { fast: { title: Fast }, slow: { title: Slow } }
consultation:
  tasks:
    - { task: history, title: History, role: surgeon, due: 7 days after plan start, records: [birthDate] }
assessment:
  tasks:
    - { task: look, title: Look at it, role: surgeon, due: 2 days after assessment, onlyFor: [implant, wide] }
course:
  - stage: cut
    title: Cut
    procedure: excision
    onlyFor: [implant]
    in: treatment
    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 6 months }
    recovery: { packs: [afterwards] }
  - stage: extra
    title: One more
    optional: surgeon and patient
    procedure: dressing
    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 1 year }
    reassess:
      decision: on
      title: And on?
      by: surgeon
      due: 7 days after procedure
      outcomes: { fine: go, otherwise: { choose: option, then: { to: fill } }, slower: { choose: pace } }
  - stage: fill
    title: Fill
    procedure: graft
    in: treatment
    andIn: donor
    consent: { form: fill-consent, by: patient, covers: course, lasts: 1 year }
`,
  },
};
