import { HERE } from '../authoring/sample.ts';
import { describeFindings } from './findings.ts';

const WELL = 'outcomes: { yes: go, no: { exit: further-evaluation } }';
const HEALED = 'outcomes: { fill: go, again: { again: 1, then: { exit: referral } }, enough: end }';
const SIZE = `values:
      small: { title: Little, offeredWhen: { smokes: is yes } }`;

describeFindings([
  [
    'CC1200',
    'error',
    'a stage that every decision before it passes by',
    'pathway',
    {
      from: HEALED,
      wrong: `outcomes: { maybe: { exit: referral }, enough: end }\n  - ${HERE}stage: between\n    title: Between\n    procedure: dressing\n    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 6 months }\n    in: treatment`,
    },
  ],
  [
    'CC1201',
    'error',
    'a decision whose every outcome only asks somebody again',
    'pathway',
    {
      from: `- decision: well
    title: Is all well?
    by: surgeon
    due: 14 days after last session
    ${WELL}`,
      wrong: `- ${HERE}decision: well
    title: Is all well?
    by: surgeon
    due: 14 days after last session
    outcomes: { yes: { ask: nurse }, no: { ask: surgeon } }`,
      right: `- decision: well
    title: Is all well?
    by: surgeon
    due: 14 days after last session
    outcomes: { yes: go, no: { ask: surgeon } }`,
    },
  ],
  [
    'CC1203',
    'warning',
    'what follows on the second time, of a decision that is never asked twice',
    'pathway',
    {
      from: 'outcomes: { fill: go,',
      wrong: `outcomes: { fill: ${HERE}{ to: fill, atMost: 1, then: { exit: conservative } },`,
      right: 'outcomes: { fill: { to: fill },',
    },
  ],
  [
    'CC1206',
    'error',
    'a ladder that tells nobody but whoever owes it',
    'clinic',
    {
      from: `steps:
      - { at: 2 days before due, tell: [owner] }
      - { at: due, tell: [owner, coordinator] }
      - { at: 5 working days late, tell: [clinical-lead], raise: 1 }`,
      wrong: `steps:
      ${HERE}- { at: 2 days before due, tell: [owner] }
      - { at: due, tell: [owner], raise: 1 }`,
    },
  ],
  [
    'CC1206',
    'warning',
    'a ladder that tells somebody else only of some patients',
    'clinic',
    {
      from: `- { at: 2 days before due, tell: [owner] }
      - { at: due, tell: [owner, coordinator] }
      - { at: 5 working days late, tell: [clinical-lead], raise: 1 }`,
      wrong: `${HERE}- { at: 2 days before due, tell: [owner] }
      - { at: due, tell: [owner] }
      - { at: 5 working days late, tell: [clinical-lead], raise: 1, onlyWhen: { smokes: is yes } }`,
    },
  ],
  [
    'CC1220',
    'warning',
    'a choice of which some patients are offered nothing',
    'pathway',
    {
      from: SIZE,
      wrong: SIZE.replace('small', `${HERE}small`).replace('is yes }', 'is yes, taken: within 9 days }'),
    },
  ],
]);
