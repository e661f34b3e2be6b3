import { readFileSync } from 'node:fs';
import type { PathwaySources } from '../../../src/core/authoring/compile.ts';
import type { SourceFile } from '../../../src/core/authoring/source.ts';

export type Part = 'clinic' | 'catalogue' | 'ruleSet' | 'packs' | 'pathway';

/** The texts of one pathway's files. */
export type Texts = Readonly<Record<Part, SourceFile>>;

const file = (path: string): SourceFile => ({ file: path, text: readFileSync(path, 'utf8') });

/** The files that stand in the repository. */
export const SAMPLE: Texts = {
  clinic: file('rules/clinic.yaml'),
  catalogue: file('rules/catalogue.facts.yaml'),
  ruleSet: file('rules/minor-surgery.rules.yaml'),
  packs: file('rules/packs.yaml'),
  pathway: file('pathways/mole-removal.pathway.yaml'),
};

/** A pathway of four stages, one way for everybody, which uses all kinds of rules. */
export const BREAST: Texts = {
  ...SAMPLE,
  ruleSet: file('rules/surgery.rules.yaml'),
  pathway: file('test/fixtures/one-option.pathway.yaml'),
};

export const sourcesOf = ({ clinic, catalogue, ruleSet, packs, pathway }: Texts): PathwaySources => ({
  clinic,
  catalogue,
  ruleSets: [ruleSet],
  packs,
  pathway,
});

/** Every kind of fact, every kind of phrase, every key that this version executes. */
export const EVERYTHING: Texts = {
  clinic: {
    file: 'clinic.yaml',
    text: `clinic: north
timeZone: America/New_York
languages: [en, es]
roles: [surgeon, nurse, coordinator, clinical-lead, patient]
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
  - ladder: emergency
    calendar: always
    steps:
      - { at: start, tell: [owner] }
      - { at: 30 minutes late, tell: [clinical-lead], raise: 3 }
    everyFurther: 30 minutes
areas:
  - { area: breast, sides: [left, right] }
  - { area: abdomen }
  - { area: face, parts: [upper face, nose] }
sources:
  - { source: lab.example, is: laboratory, states: [observation.recorded] }
waits: { unbooked: 7 days, unreported: 1 working day, deviation: 2 working days, failure: 4 hours, handOver: 2 working days, choice: 14 days, revision: 7 days }
exits: { reviewEvery: 30 days, closesAfter: 6 months, returnsTo: where it left }
`,
  },
  catalogue: {
    file: 'catalogue.facts.yaml',
    text: `catalogue: shared
facts:
  - fact: temperature
    title: Body temperature
    is: number in Cel
    range: 30 to 45
    goodFor: 24 hours
    from: [clinician, patient]
    ask: { role: nurse, within: 1 hour }
    code: loinc 8310-5
  - fact: pregnancy
    title: Pregnancy
    is: "one of pregnant, not pregnant, cannot be pregnant"
    goodFor: 30 days
    from: [laboratory]
    ask: { role: nurse, within: 2 working days }
  - { fact: smokes, title: Smokes, is: yes or no, goodFor: 90 days, from: [patient], ask: { role: nurse, within: 3 days } }
  - { fact: nicotine, title: Last use of nicotine, is: date or never, goodFor: 14 days, from: [patient], ask: { role: nurse, within: 3 days } }
  - { fact: birthDate, title: Date of birth, is: date, goodFor: ever, from: [record], ask: { role: coordinator, within: 1 day } }
  - { fact: height, title: Height, is: number in cm, range: 30.5 to 250, goodFor: ever, from: [device], ask: { role: nurse, within: 3 days } }
  - { fact: neuropathy, title: Neuropathy grade, is: grade 0 to 4, goodFor: 7 days, from: [clinician], ask: { role: nurse, within: 1 day } }
  - { fact: medicines, title: Medicines, is: list of medicine classes, flag: yes, words: [anticoagulant, steroid, aspirin, insulin, lithium, vitamin of any kind], goodFor: 90 days, from: [record, patient], ask: { role: nurse, within: 3 days } }
  - fact: skin
    title: Active skin conditions
    is: "findings of infection, eczema, herpes"
    byArea: yes
    goodFor: 7 days
    from: [clinician]
    ask: { role: nurse, within: 2 days }
  - { fact: wound, title: Wound, is: "one of clean, red, open", byArea: yes, goodFor: 7 days, from: [clinician], ask: { role: nurse, within: 1 day } }
  - { fact: radiotherapy, title: End of radiotherapy, is: date or never, range: any past, byArea: yes, goodFor: ever, from: [record], ask: { role: surgeon, within: 7 days } }
  - { fact: transfusion, title: Last transfusion, is: date or never, goodFor: 90 days, from: [record], ask: { role: nurse, within: 3 days } }
  - fact: glucose
    title: Glucose
    is: number in mmol/L
    range: 0 to 60
    goodFor: 30 days
    from: [laboratory]
    ask: { role: nurse, within: 3 days }
    notValidWhen: { transfusion: within the last 3 months }
    alsoIn: [ { unit: mg/dL, factor: 0.0555, source: "180.16 g in a mole" } ]
    code: loinc 14749-6
  - { fact: rash, title: Rash, is: "findings of hives, blisters", goodFor: 7 days, from: [patient], ask: { role: nurse, within: 2 days } }
derived:
  - { derived: age, is: time since birthDate }
  - { derived: glucoseFall, is: fall from baseline of glucose }
  - { derived: glucosePart, is: percent fall from baseline of glucose }
  - { derived: glucoseTwice, is: highest of last 2 glucose }
  - { derived: nadir, is: lowest since last session of glucose }
  - { derived: glucoseSum, is: sum of glucose }
  - { derived: neuropathyFall, is: fall from baseline of neuropathy }
procedures:
  - { procedure: excision, traits: [surgery] }
  - { procedure: graft, traits: [surgery, transplant] }
  - { procedure: dressing }
`,
  },
  ruleSet: {
    file: 'surgery.rules.yaml',
    text: `ruleSet: surgery
version: "1.0.0"
title: Safety of operations
sources:
  - { source: protocol, cite: "Protocol 4 (figures are examples)", grade: consensus, revisedOn: 2026-03-01 }
rules:
  - contraindication: fever
    title: Fever
    when: { temperature: at least 38 Cel }
    stops: [procedure]
    of: [surgery, dressing]
    strength: absolute
    then: postponement
    clears: by facts
    tell: [patient, surgeon]
    say: We will wait until the fever has gone.
    because: Fever may mean an infection.
    source: protocol
  - contraindication: smoking
    title: Smoking
    when:
      any:
        - { smokes: is yes }
        - none: [ { nicotine: at least 4 weeks ago or never } ]
    stops: [procedure]
    strength: relative
    then: further-evaluation
    clears: by facts
    tell: [patient]
    because: Nicotine narrows the vessels.
    source: protocol
  - contraindication: infected
    title: Infected where we operate
    when:
      any:
        - { skin: includes infection or herpes in any area of this stage }
        - { wound: is red, taken: within 2 days }
        - { medicines: includes anticoagulant }
    stops: [procedure]
    of: [surgery]
    strength: relative
    then: conservative
    clears: by signature of surgeon
    override: { by: [surgeon], second: clinical-lead, lasts: 14 days, covers: "stage, unknown too", reasons: [urgent, agreed] }
    ifUnknown: accept
    tell: [surgeon]
    because: Germs spread.
    source: protocol
  - interval: between-cuts
    title: From one cut to the next
    from: end of surgery
    to: start of graft
    area: same
    counts: every
    minimum: 3 weeks
    recommended: 4 to 6 weeks
    latest: 3 months
    ifLate: { ask: surgeon }
    grace: 2 days
    ifEarly: does not count
    sameDay: allowed
    onlyWhen: { wound: is open }
    source: protocol
  - interval: after-radiotherapy
    title: After radiotherapy
    from: radiotherapy
    to: start of excision
    area: same
    minimum: 6 months
    recommended: 7 months
    source: protocol
  - table: risk
    title: Risk
    answers: [high, standard]
    taken: within 3 days
    rows:
      - { neuropathy: at least 3, then: high }
      - { glucose: above 11 mmol/L, nicotine: within the last 4 weeks, then: high }
      - { neuropathy: below 3, then: standard }
    override: { by: [surgeon], lasts: 48 hours, covers: one gate, reasons: [agreed] }
    source: protocol
  - table: unbound
    title: Bound by no stage
    answers: [a, b]
    rows: [ { rash: includes hives, then: a }, { age: below 18 years, then: b } ]
    source: protocol
  - alert: red-wound
    title: A red wound
    when: { wound: is red }
    of: [surgery]
    within: 6 weeks after last session
    do:
      - { task: see-wound, title: See it, role: surgeon, due: 24 hours after alert, ladder: emergency, records: [wound] }
      - { task: tell-lead, title: Tell the lead, role: nurse, due: 1 working day after alert }
    say: Call us.
    source: protocol
  - eligibility: adult
    title: Adults
    for: pathway
    when: { age: at least 18 years }
    otherwise: referral
    source: protocol
`,
  },
  packs: {
    file: 'packs.yaml',
    text: `packs:
  - pack: before-narcosis
    tasks:
      - { task: clearance, title: Clearance, role: surgeon, due: 3 to 30 days before booking, clears: anaesthesia }
      - { task: thinners, title: Stop them, role: nurse, due: 10 days before booking, onlyWhen: { medicines: includes anticoagulant }, records: [medicines] }
  - pack: afterwards
    tasks:
      - { task: visit, title: Visit, role: nurse, due: 5 to 9 days after procedure }
`,
  },
  pathway: {
    file: 'mole.pathway.yaml',
    text: `pathway: mole
version: "2.1.0"
title: A mole
uses: [surgery]
team: [surgeon, nurse]
consultation:
  tasks:
    - { task: history, title: History, role: surgeon, due: 7 days after plan start, records: [birthDate, nicotine] }
assessment:
  tasks:
    - { task: look, title: Look at it, role: surgeon, due: 2 working days after assessment, ladder: emergency }
course:
  - stage: cut
    title: Cut
    procedure: excision
    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 6 months }
    closure:
      tasks:
        - { task: dress, title: Dressing, role: nurse, due: 0 days after procedure }
    recovery:
      tasks:
        - { task: stitches, title: Stitches out, role: nurse, due: 7 to 10 days after procedure, say: Keep it dry. }
    say: The mole is cut out.
    in: treatment
  - stage: look-again
    title: Look again
    procedure: dressing
    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 1 year }
  - stage: fill
    title: Fill
    procedure: graft
    in: treatment
    andIn: donor
    consent: { form: fill-consent, by: patient, covers: course, lasts: 1 year }
    beforeEach:
      decision:
        by: { table: risk }
        outcomes: { standard: go, high: { ask: surgeon } }
areas: { treatment: "any of left breast, right breast", donor: abdomen }
intervals:
  - interval: fill-after-cut
    from: end of cut
    to: start of fill
    minimum: 2 weeks
  - { interval: fill-again, title: Filling again, from: start of graft, to: start of fill, counts: first, minimum: 1 month, onlyWhen: { age: at least 60 years }, source: protocol }
`,
  },
};

/** Stands in an altered text where the problem is to be found. */
export const HERE = '▸';

export interface Alteration {
  readonly texts: Texts;
  /** `line:column` of the mark in the altered file. */
  readonly at: string | undefined;
}

/** Puts `to` in the place of `from`, which stands in the file exactly once. */
export function alter(texts: Texts, part: Part, from: string, to: string): Alteration {
  const { file, text } = texts[part];
  const pieces = text.split(from);
  if (pieces.length !== 2) throw new Error(`${pieces.length - 1} times in ${file}: ${from}`);
  return marked(texts, part, pieces.join(to));
}

/** Takes the mark out of a whole file's text. */
export function marked(texts: Texts, part: Part, text: string): Alteration {
  const [before = '', ...after] = text.split(HERE);
  const lines = before.split('\n');
  const at = after.length === 0 ? undefined : `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
  return { texts: { ...texts, [part]: { ...texts[part], text: text.replaceAll(HERE, '') } }, at };
}
