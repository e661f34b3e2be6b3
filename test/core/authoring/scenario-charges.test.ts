import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { readScenario } from '../../../src/core/authoring/read-scenario.ts';
import type { ChargesDefinition } from '../../../src/core/pathway/charges.schema.ts';
import { BY_SERVICE, chargedPathway, monthly } from '../../support/charged.ts';

const fileOf = (lines: readonly string[], start: string) => ({
  file: 'x.scenario.yaml',
  text: [
    'scenario: what is charged',
    'of: mole-removal',
    `start: ${start}`,
    'steps:',
    ...lines.map((line) => `  - { ${line} }`),
    '',
  ].join('\n'),
});

/** What comes otherwise than the lines say. */
function outcomeOf(
  lines: readonly string[],
  charges: ChargesDefinition = monthly(),
  start = '{ day: "2026-03-02" }',
): string {
  const pathways = new Map([['mole-removal', chargedPathway(charges)]]);
  const { scenario, problems } = readScenario(fileOf(lines, start), pathways);
  return [...problems, ...(scenario?.run().problems ?? [])].map(formatProblem).join('\n');
}

it('a scenario tells of charges, of payments, and of how the patient pays', () => {
  expect(
    outcomeOf([
      'day: "2026-03-02", expect: [no charge 2026-04, task payment-details]',
      'day: "2026-03-03", pays: token-1, expect: no task payment-details',
      'day: "2026-04-01", expect: [charge 2026-04 is asked, charge 2026-04 of 199 USD is asked]',
      'day: "2026-04-02", paymentFailed: 2026-04, why: no money, expect: [charge 2026-04 is failed, task payment-2026-04]',
      'day: "2026-04-03", paid: 2026-04, expect: charge 2026-04 of 199 USD is settled',
    ]),
  ).toBe('');
});

it('how the patient pays may stand at its start', () => {
  const start = '{ day: "2026-03-02", pays: token-1 }';
  expect(outcomeOf(['day: "2026-03-02", expect: no task payment-details'], monthly(), start)).toBe('');
});

it('a service is called by its stage and day', () => {
  const lines = [
    'day: "2026-03-10", performed: visit, expect: charge visit/2026-03-10 of 180 USD is asked',
    'day: "2026-03-11", takenBack: visit, on: "2026-03-10", expect: charge visit/2026-03-10 is credited',
  ];
  expect(outcomeOf(lines, BY_SERVICE)).toBe('');
});

describe('what comes otherwise is told, with what was seen instead', () => {
  it.each([
    ['a charge that there is not', 'charge 2026-03 is asked', 'charges: 2026-04 of 199 USD is asked'],
    ['a charge that there is', 'no charge 2026-04', 'charges: 2026-04 of 199 USD is asked'],
    ['another amount', 'charge 2026-04 of 200 USD is asked', 'charges: 2026-04 of 199 USD is asked'],
    ['another status', 'charge 2026-04 is settled', 'charges: 2026-04 of 199 USD is asked'],
  ])('%s', (_what, expected, seen) => {
    const says = outcomeOf([`day: "2026-04-01", expect: ${expected}`]);
    expect(says).toContain(`CC1090 expected ${expected}; seen: ${seen}`);
  });

  it.each([
    [
      'a payment of what is not charged',
      'day: "2026-04-01", paid: 2026-05',
      'CC1094 the plan has no open charge `2026-05`\nhelp: did you mean `2026-04`?',
    ],
    [
      'a charge of a status that there is not',
      'day: "2026-04-01", expect: charge 2026-04 is forgotten',
      'CC1096 `charge 2026-04 is forgotten` is nothing that can be expected',
    ],
    [
      'an amount that is none, and equals none',
      'day: "2026-04-01", expect: charge 2026-04 of 1.999 USD is asked',
      'seen: charges: 2026-04 of 199 USD is asked',
    ],
  ])('%s', (_what, line, says) => {
    expect(outcomeOf([line])).toContain(says);
  });
});
