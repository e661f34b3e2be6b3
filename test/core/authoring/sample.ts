import { readFileSync } from 'node:fs';
import type { PathwaySources } from '../../../src/core/authoring/compile.ts';
import type { SourceFile } from '../../../src/core/authoring/source.ts';

export type Part = 'clinic' | 'catalogue' | 'ruleSet' | 'pathway';

/** The texts of one pathway's four files. */
export type Texts = Readonly<Record<Part, SourceFile>>;

const file = (path: string): SourceFile => ({ file: path, text: readFileSync(path, 'utf8') });

/** The files that stand in the repository. */
export const SAMPLE: Texts = {
  clinic: file('rules/clinic.yaml'),
  catalogue: file('rules/catalogue.facts.yaml'),
  ruleSet: file('rules/minor-surgery.rules.yaml'),
  pathway: file('pathways/mole-removal.pathway.yaml'),
};

export const sourcesOf = ({ clinic, catalogue, ruleSet, pathway }: Texts): PathwaySources => ({
  clinic,
  catalogue,
  ruleSets: [ruleSet],
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
sources:
  - { source: lab.example, is: laboratory, states: [observation.recorded] }
waits: { unbooked: 7 days, unreported: 1 working day, deviation: 2 working days, failure: 4 hours }
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
procedures:
  - { procedure: excision, traits: [surgery] }
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
  - stage: look-again
    title: Look again
    procedure: dressing
    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 1 year }
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
