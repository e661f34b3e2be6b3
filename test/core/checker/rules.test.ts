import { HERE } from '../authoring/sample.ts';
import { describeFindings } from './findings.ts';

const FEVER = 'when: { temperature: at least 38 Cel }';
const ADULT = 'when: { age: at least 18 years }';
const SMOKING = '{ any: [ { smokes: is yes }, { nicotine: within the last 4 weeks } ] }';

/** A second rule about the heat of the body. */
const hot = (name: string, { when, more }: { readonly when: string; readonly more: string }): string =>
  `- ${name}: hot
    title: Hot
    when: ${when}
    stops: [procedure]
    of: [surgery]
    ${more}
    clears: by facts
    because: Heat.
    source: protocol
  - alert: red-wound`;

describeFindings([
  [
    'CC1205',
    'warning',
    'a postponement until the patient is younger',
    'ruleSet',
    {
      from: '- alert: red-wound',
      wrong: hot('contraindication', {
        when: '{ age: at least 90 years }',
        more: `strength: absolute\n    then: ${HERE}postponement\n    tell: [surgeon]`,
      }),
      right: hot('contraindication', {
        when: '{ age: at least 90 years }',
        more: 'strength: absolute\n    then: referral\n    tell: [surgeon]',
      }),
    },
  ],
  [
    'CC1215',
    'error',
    'a contraindication that asks two things at once that exclude each other',
    'ruleSet',
    {
      from: FEVER,
      wrong: `when: ${HERE}{ all: [ { temperature: at least 38 Cel }, { temperature: below 36 Cel } ] }`,
      right: 'when: { any: [ { temperature: at least 38 Cel }, { temperature: below 36 Cel } ] }',
    },
  ],
  [
    'CC1216',
    'error',
    'a contraindication that leaves nobody out',
    'ruleSet',
    {
      from: FEVER,
      wrong: `when: ${HERE}{ any: [ { temperature: at least 37 Cel }, { temperature: below 38 Cel } ] }`,
    },
  ],
  [
    'CC1217',
    'warning',
    'a threshold behind another',
    'ruleSet',
    {
      from: FEVER,
      wrong: `when: ${HERE}{ any: [ { temperature: at least 38 Cel }, { temperature: at least 39 Cel } ] }`,
      // Older readings count for the one and not for the other.
      right:
        'when: { any: [ { temperature: at least 38 Cel, taken: within 6 hours }, { temperature: at least 39 Cel } ] }',
    },
  ],
  [
    'CC1217',
    'warning',
    'a length of time within another',
    'ruleSet',
    {
      from: `when: ${SMOKING}`,
      wrong: `when: ${HERE}${SMOKING.replace(' ] }', ', { nicotine: within the last 3 weeks } ] }')}`,
      right: `when: ${SMOKING.replace(' ] }', ', { nicotine: within the last 1 month } ] }').replace('{ nicotine: within the last 4 weeks }, ', '')}`,
    },
  ],
  [
    'CC1218',
    'warning',
    'a rule that holds only whom another holds',
    'ruleSet',
    {
      from: '- alert: red-wound',
      wrong: hot(`${HERE}contraindication`, {
        when: '{ temperature: at least 39 Cel }',
        more: 'strength: absolute\n    then: postponement\n    tell: [surgeon]',
      }),
      // It tells somebody whom the other does not.
      right: hot('contraindication', {
        when: '{ temperature: at least 39 Cel }',
        more: 'strength: absolute\n    then: postponement\n    tell: [surgeon, nurse]',
      }),
    },
  ],
  [
    'CC1219',
    'warning',
    'an override of what another rule forbids whatever is signed',
    'ruleSet',
    {
      from: '- alert: red-wound',
      wrong: hot('contraindication', {
        when: '{ temperature: at least 39 Cel }',
        more: `strength: relative\n    then: postponement\n    override: ${HERE}{ by: [surgeon], lasts: 1 day, covers: one gate, reasons: [urgent] }\n    tell: [surgeon, nurse]`,
      }),
      right: hot('contraindication', {
        when: '{ temperature: at least 37 Cel }',
        more: 'strength: relative\n    then: postponement\n    override: { by: [surgeon], lasts: 1 day, covers: one gate, reasons: [urgent] }\n    tell: [surgeon, nurse]',
      }),
    },
  ],
  [
    'CC1208',
    'error',
    'eligibility that nobody has whom no rule holds',
    'ruleSet',
    {
      from: '- alert: red-wound',
      wrong: hot('contraindication', {
        when: '{ age: at least 16 years }',
        more: 'strength: absolute\n    then: referral\n    tell: [surgeon]',
      }),
      found: ['pathway', 'stage: cut'],
      right: hot('contraindication', {
        when: '{ age: at least 80 years }',
        more: 'strength: absolute\n    then: referral\n    tell: [surgeon]',
      }),
    },
  ],
  [
    'CC1207',
    'error',
    'a procedure under general anaesthesia that nobody is cleared for',
    'catalogue',
    {
      from: '- { procedure: graft, traits: [surgery, transplant] }',
      wrong: '- { procedure: graft, traits: [surgery, transplant, general-anaesthesia] }',
      right: '- { procedure: graft, traits: [surgery, transplant, local-anaesthesia] }',
      found: ['pathway', 'stage: fill'],
    },
  ],
  [
    'CC1215',
    'error',
    'eligibility for nobody',
    'ruleSet',
    {
      from: ADULT,
      wrong: `when: ${HERE}{ all: [ { age: at least 18 years }, { age: below 16 years } ] }`,
      right: 'when: { all: [ { age: at least 18 years }, { age: below 60 years } ] }',
    },
  ],
]);
