import { HERE } from '../authoring/sample.ts';
import { describeFindings, meaningOf } from './findings.ts';

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
 * A dose-modification table as guidelines print them, with neutrophils "1.0–1.49" and "≥ 1.5", and platelets "≥ 90" for
 * the full dose beside "< 100" for a delay: after PMC4671866, table 1 (an example; nothing to dose by).
 */
describe('a table transcribed from a published guideline', () => {
  const PUBLISHED = `answers: [delay, reduced, full]
    rows:
      - { neutrophils: below 1.0 10*9/L, then: delay }
      - { neutrophils: 1.0 to below 1.49 10*9/L, then: reduced }
      - { neutrophils: at least 1.5 10*9/L, then: full }
      - { platelets: below 100 10*9/L, then: delay }
      - { platelets: at least 90 10*9/L, then: full }
    source: protocol`;
  const COUNTS = `- { fact: rash, title`;
  const blood = (fact: string): string =>
    `- { fact: ${fact}, title: Blood, is: number in 10*9/L, range: 0 to 3000, goodFor: 7 days, from: [laboratory], ask: { role: nurse, within: 1 day } }`;

  it('has its gap between 1.49 and 1.5, and its platelets of 90 to 99, found', async () => {
    const { SOUND } = await import('./sample.ts');
    const ruleSet = {
      ...SOUND.ruleSet,
      text: `${SOUND.ruleSet.text}  - table: dose\n    title: Dose\n    ${PUBLISHED}\n`,
    };
    const catalogue = {
      ...SOUND.catalogue,
      text: SOUND.catalogue.text.replace(
        COUNTS,
        `${blood('neutrophils')}\n  ${blood('platelets')}\n  ${COUNTS}`,
      ),
    };
    const { problems } = meaningOf({ ...SOUND, ruleSet, catalogue });
    expect(problems.map(({ code, message, counterExample }) => [code, message, counterExample])).toEqual([
      [
        'CC1210',
        '`dose` has a gap: no row says what follows when `neutrophils` is 1.49 10*9/L, between 1 and 1.5',
        ['neutrophils: 1.49 10*9/L'],
      ],
      [
        'CC1211',
        'two rows of `dose` are met at once: platelets below 100 10*9/L → delay, and platelets at least 90 10*9/L → full',
        ['platelets: 90 10*9/L'],
      ],
    ]);
  });
});
