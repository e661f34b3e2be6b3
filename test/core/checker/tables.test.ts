import { HERE } from '../authoring/sample.ts';
import { describeFindings, meaningOf } from './findings.ts';
import { SOUND } from './sample.ts';

const LOW = '- { neuropathy: below 1, then: standard }';
const MIDDLE = '- { neuropathy: 1 to below 3, then: some }';
const TOP = '- { neuropathy: at least 3, then: high }';
/** A row begins after its dash. */
const marked = (row: string): string => row.replace('- {', `- ${HERE}{`);
const SUGAR = '- { glucose: at most 11 mmol/L, then: standard }';

describeFindings([
  [
    'CC1210',
    'error',
    'a value that lies between two rows',
    'ruleSet',
    {
      from: `${TOP}\n      ${MIDDLE}`,
      wrong: `${marked(TOP)}\n      - { neuropathy: 1 to below 2, then: some }`,
    },
  ],
  [
    'CC1210',
    'error',
    'values above every row of a fact that decides',
    'ruleSet',
    {
      from: `- { glucose: above 11 mmol/L, then: high }\n      ${SUGAR}`,
      wrong: `- ${HERE}{ glucose: above 11 to 30 mmol/L, then: high }\n      ${SUGAR}`,
      // As a veto, it only ever speaks for one answer.
      right: '- { glucose: above 11 to 30 mmol/L, then: high }',
    },
  ],
  [
    'CC1211',
    'warning',
    'a value of which two rows say different things',
    'ruleSet',
    {
      from: LOW,
      wrong: `- ${HERE}{ neuropathy: below 2, then: standard }`,
    },
  ],
  [
    'CC1212',
    'warning',
    'a row that a more cautious one always goes before',
    'ruleSet',
    {
      from: LOW,
      wrong: `${LOW}\n      - ${HERE}{ neuropathy: at least 4, then: some }`,
      // The more cautious one is the exception, and decides where it is met.
      right: `${LOW}\n      - { neuropathy: below 1, glucose: above 9 mmol/L, then: some }`,
    },
  ],
  [
    'CC1212',
    'warning',
    'a row that another row of its answer says already',
    'ruleSet',
    {
      from: LOW,
      wrong: `${LOW}\n      - ${HERE}{ neuropathy: below 1, glucose: below 5 mmol/L, then: standard }`,
    },
  ],
]);

/**
 * PMC4671866, table 1 (Annals of Translational Medicine 2015; 3(19): 284), its counts and its bilirubin for epirubicin as
 * they are printed: "Neutrophils (≥1.5) and platelets (≥90) 100%", "Neutrophils (1.0-1.49) or platelets (≥90) 75%",
 * "Neutrophils (<1) or platelets (<100) delay"; "≤1.17 mg/dL 100%", "1.23-2.92 50%", ">2.92 25%". An example of a table,
 * and nothing to dose by.
 */
const PRINTED = `answers: [delay, quarter, half, three-quarters, full]
    rows:
      - { neutrophils: at least 1.5 10*9/L, platelets: at least 90 10*9/L, then: full }
      - { neutrophils: 1.0 to below 1.49 10*9/L, then: three-quarters }
      - { platelets: at least 90 10*9/L, then: three-quarters }
      - { neutrophils: below 1.0 10*9/L, then: delay }
      - { platelets: below 100 10*9/L, then: delay }
      - { bilirubin: at most 1.17 mg/dL, then: full }
      - { bilirubin: above 1.22 to 2.92 mg/dL, then: half }
      - { bilirubin: above 2.92 mg/dL, then: quarter }
    source: protocol`;

function foundIn(table: string): unknown[] {
  const blood = (fact: string, unit: string): string =>
    `- { fact: ${fact}, title: Blood, is: number in ${unit}, range: 0 to 3000, goodFor: 7 days, from: [laboratory], ask: { role: nurse, within: 1 day } }\n  `;
  const facts = [blood('neutrophils', '10*9/L'), blood('platelets', '10*9/L'), blood('bilirubin', 'mg/dL')];
  const rash = '- { fact: rash, title';
  const { problems } = meaningOf({
    ...SOUND,
    ruleSet: {
      ...SOUND.ruleSet,
      text: `${SOUND.ruleSet.text}  - table: dose\n    title: Dose\n    ${table}\n`,
    },
    catalogue: { ...SOUND.catalogue, text: SOUND.catalogue.text.replace(rash, `${facts.join('')}${rash}`) },
  });
  return problems.map(({ code, message, counterExample = [] }) => [code, message, ...counterExample]);
}

describe('a table transcribed from a published guideline', () => {
  it('has its gap between 1.49 and 1.5 found, and the one between 1.17 and 1.23', () => {
    expect(foundIn(PRINTED).slice(0, 2)).toEqual([
      [
        'CC1210',
        '`dose` has a gap: no row says what follows when `neutrophils` is 1.49 10*9/L, between 1.49 and 1.5',
        'neutrophils: 1.49 10*9/L',
      ],
      [
        'CC1210',
        '`dose` has a gap: no row says what follows when `bilirubin` is 1.195 mg/dL, between 1.17 and 1.22',
        'bilirubin: 1.195 mg/dL',
      ],
    ]);
  });

  it('has its platelets of 90 to 99 found, which are for a full dose, for three quarters, and for a delay', () => {
    expect(foundIn(PRINTED).slice(2)).toEqual([
      [
        'CC1211',
        'two rows of `dose` are met at once: neutrophils at least 1.5 10*9/L and platelets at least 90 10*9/L → full, and platelets below 100 10*9/L → delay',
        'platelets: 90 10*9/L; neutrophils: 1.5 10*9/L',
      ],
      [
        'CC1211',
        'two rows of `dose` are met at once: platelets at least 90 10*9/L → three-quarters, and platelets below 100 10*9/L → delay',
        'platelets: 90 10*9/L',
      ],
      [
        'CC1212',
        'a row of `dose` never decides: whenever it is met, a more cautious one is: neutrophils at least 1.5 10*9/L and platelets at least 90 10*9/L → full',
      ],
      [
        'CC1212',
        'a row of `dose` never decides: whenever it is met, a more cautious one is: bilirubin at most 1.17 mg/dL → full',
      ],
    ]);
  });

  it('is sound once every value has one row', () => {
    const mended = `answers: [delay, quarter, half, three-quarters, full]
    rows:
      - { neutrophils: below 1.0 10*9/L, then: delay }
      - { neutrophils: 1.0 to below 1.5 10*9/L, then: three-quarters }
      - { neutrophils: at least 1.5 10*9/L, then: full }
      - { platelets: below 90 10*9/L, then: delay }
      - { platelets: at least 90 10*9/L, then: full }
      - { bilirubin: at most 1.17 mg/dL, then: full }
      - { bilirubin: above 1.17 to 2.92 mg/dL, then: half }
      - { bilirubin: above 2.92 mg/dL, then: quarter }
    source: protocol`;
    expect(foundIn(mended)).toEqual([]);
  });
});
