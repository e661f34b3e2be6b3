import { CatalogueFile } from '../authoring/catalogue.schema.ts';
import { ClinicFile } from '../authoring/clinic.schema.ts';
import { open } from '../authoring/issues.ts';
import type { SourceFile } from '../authoring/source.ts';
import type { Content } from '../content/content.ts';
import { PATIENT_ROLES } from '../pathway/roles.ts';

/** What a new pathway is to be about. Its words are the clinic's own. */
export interface Wishes {
  /** Of the pathway, of its rules, and of their files. */
  readonly name: string;
  readonly title: string;
  readonly procedure: string;
  /** Who takes the history and does the procedure. */
  readonly role: string;
  /** Answered with yes or no: while it is yes, or nobody knows, the procedure waits. */
  readonly fact: string;
}

/** What can be chosen from, of a clinic's files. */
export interface Offered {
  readonly procedures: readonly string[];
  readonly roles: readonly string[];
  readonly facts: readonly { readonly fact: string; readonly title: string }[];
  readonly zone: string;
}

/** @returns undefined where clinic or catalogue cannot be read */
export function offeredBy(content: Content): Offered | undefined {
  const clinic = open(ClinicFile, content.clinic).value;
  const catalogue = open(CatalogueFile, content.catalogue).value;
  if (!clinic || !catalogue) return undefined;
  return {
    procedures: catalogue.procedures.map(({ procedure }) => procedure),
    roles: clinic.roles.filter((role) => !PATIENT_ROLES.includes(role)),
    facts: catalogue.facts
      .filter(({ is, byArea }) => is.kind === 'yes or no' && byArea !== true)
      .map(({ fact, title }) => ({ fact, title })),
    zone: clinic.timeZone,
  };
}

/** The files of a small pathway that is whole: it passes its checks, its cases and its scenario. */
export const filesOf = (wishes: Wishes, { facts, zone }: Offered): SourceFile[] => {
  const question = facts.find(({ fact }) => fact === wishes.fact)?.title ?? wishes.fact;
  const words = { ...wishes, question, zone, rule: kebab(wishes.fact) };
  return [
    { file: `pathways/${wishes.name}.pathway.yaml`, text: pathwayText(words) },
    { file: `pathways/${wishes.name}-straight.scenario.yaml`, text: scenarioText(words) },
    { file: `rules/${wishes.name}.rules.yaml`, text: rulesText(words) },
    { file: `rules/${wishes.name}.cases.yaml`, text: casesText(words) },
  ];
};

type Words = Wishes & { readonly question: string; readonly zone: string; readonly rule: string };

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** Whatever it holds, one text of YAML. */
const quoted = (text: string): string => JSON.stringify(text);

const pathwayText = ({ name, title, procedure, role, question, fact }: Words): string => `\
# Synthetic. All figures are examples: put those of your clinic in their place, each with where it comes from.
pathway: ${name}
version: "0.1.0"
title: ${quoted(title)}
uses: [${name}-safety]
team: [${role}, coordinator]

consultation:
  tasks:
    - task: history
      title: ${quoted(`Medical history: ${question}`)}
      role: ${role}
      due: 7 days after plan start   # example
      records: [${fact}]

course:
  - stage: treatment
    title: ${quoted(title)}
    procedure: ${procedure}
    consent: { form: ${name}-consent, by: patient, covers: one procedure, lasts: 6 months }   # example
    recovery:
      tasks:
        - { task: look, title: A look at the result, role: ${role}, due: 7 to 10 days after procedure }   # example
`;

const rulesText = ({ name, title, procedure, role, question, fact, rule }: Words): string => `\
# Synthetic. All figures are examples.
ruleSet: ${name}-safety
version: "0.1.0"
title: ${quoted(`Safety: ${title}`)}
sources:
  - { source: protocol, cite: "The clinic's protocol (example): name yours", grade: consensus }
rules:
  - contraindication: ${rule}
    title: ${quoted(question)}
    when: { ${fact}: is yes }
    stops: [procedure]
    of: [${procedure}]
    strength: absolute
    then: postponement
    clears: by facts
    tell: [${role}]
    because: Say here why it has to wait, in words that a patient would understand.
    source: protocol
`;

const casesText = ({ name, rule, fact, zone }: Words): string => `\
# Made-up patients, and what the rules say of them.
casesFor: ${name}-safety
zone: ${zone}
today: "2026-05-13"
cases:
  - { of: ${rule}, name: yes, given: { ${fact}: yes }, result: met }
  - { of: ${rule}, name: no, given: { ${fact}: no }, result: unmet }
  - { of: ${rule}, name: nobody asked, result: unknown, missing: [${fact}] }
`;

const scenarioText = ({ name, fact, zone }: Words): string => `\
# From the first visit to the last, with nothing in the way.
scenario: nothing in the way
of: ${name}
zone: ${zone}
start: { day: "2026-03-02" }
steps:
  - { day: "2026-03-03", fact: { ${fact}: no } }
  - { day: "2026-03-03", done: history, expect: [at treatment.ready] }
  - { day: "2026-03-03", ask: start treatment, expect: refused, because: consent }
  - { day: "2026-03-03", signed: ${name}-consent }
  - { day: "2026-03-03", ask: start treatment, expect: open }
  - { day: "2026-03-03", performed: treatment, expect: [at treatment.recovery] }
  - { day: "2026-03-11", done: look, expect: [at completed, status completed] }
`;
