import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { FIGURED } from './figure-sample.ts';
import { describeRows, type Row } from './refusals.ts';
import { alter, HERE, sourcesOf, type Texts } from './sample.ts';

const TEAM = 'team: [surgeon, nurse]';
const MONTHLY =
  'charges: { kind: monthly, amount: the fee, months: 6, firstOn: first of next month, whilePostponed: paused, overrun: none }';
const PRICED = '    procedure: excision\n    price: 180.50 USD';

const changed = (changes: readonly (readonly [from: string, to: string])[]): Texts =>
  changes.reduce<Texts>((texts, [from, to]) => alter(texts, 'pathway', from, to).texts, FIGURED);

function compiled(texts: Texts): CompiledPathway {
  const { compiled: found, problems } = compilePathway(sourcesOf(texts));
  expect(problems.map(formatProblem)).toEqual([]);
  return CompiledPathway.parse(found);
}

describe('what a pathway charges', () => {
  it('by the month, at a fee that a figure says', () => {
    expect(compiled(changed([[TEAM, `${TEAM}\n${MONTHLY}`]])).charges).toEqual({
      kind: 'monthly',
      amount: { figure: 'fee' },
      months: 6,
      firstOn: 'first of next month',
      whilePostponed: 'paused',
      overrun: 'none',
    });
  });

  it('by the month, at an amount, with nothing said of a programme that takes longer', () => {
    const charges =
      'charges: { kind: monthly, amount: 49.50 EUR, months: 3, firstOn: start of course, whilePostponed: charged }';
    expect(compiled(changed([[TEAM, `${TEAM}\n${charges}`]])).charges).toMatchObject({
      amount: { minor: 4_950, currency: 'EUR' },
      overrun: 'none',
    });
  });

  it('by the service, each at the price of its stage', () => {
    const { charges, stages } = compiled(
      changed([
        [TEAM, `${TEAM}\ncharges: { kind: pay as you go }`],
        ['    procedure: excision', PRICED],
        ['    procedure: graft', '    procedure: graft\n    price: the fee'],
      ]),
    );
    expect(charges).toEqual({ kind: 'pay as you go', whilePostponed: 'charged' });
    expect(stages.map(({ stage, price }) => [stage, price])).toEqual(
      expect.arrayContaining([
        ['cut', { minor: 18_050, currency: 'USD' }],
        ['fill', undefined],
        ['transplant', { figure: 'fee' }],
      ]),
    );
  });

  it('by the session, where sessions differ', () => {
    const { stages } = compiled(
      changed([
        [TEAM, `${TEAM}\ncharges: { kind: pay as you go }`],
        [
          '    procedure: graft',
          '    price: 20 USD\n    sessions:\n      - { session: one, title: One, procedures: [graft], price: complimentary }\n      - { session: two, title: Two, procedures: [graft] }',
        ],
      ]),
    );
    const listed = stages.flatMap(({ list = [] }) => list);
    expect(listed).toMatchObject([{ session: 'one', price: 'complimentary' }, { session: 'two' }]);
    expect(listed[1]).not.toHaveProperty('price');
  });

  it('nothing, where it does not say so', () => {
    expect(compiled(FIGURED).charges).toBeUndefined();
  });
});

const monthly = (more: string): string =>
  `${TEAM}\ncharges: { kind: monthly, firstOn: first of next month, whilePostponed: paused, ${more} }`;
const FINE = `${TEAM}\n${MONTHLY}`;

const written = (code: Row[0], says: string, refused: string, taken = FINE): Row => [
  code,
  says,
  'pathway',
  { from: TEAM, refused, taken },
];

describe('charges that do not stand as they have to', () => {
  describeRows(
    [
      written(
        'CC1011',
        'months without an amount',
        `${TEAM}\ncharges: ${HERE}{ kind: monthly, months: 6, firstOn: first of next month, whilePostponed: paused }`,
      ),
      written(
        'CC1011',
        'nothing said of a postponement',
        `${TEAM}\ncharges: ${HERE}{ kind: monthly, amount: the fee, months: 6, firstOn: first of next month }`,
      ),
      written('CC1014', 'a kind that there is not', `${TEAM}\ncharges: { kind: ${HERE}weekly }`),
      written(
        'CC1121',
        'two months',
        monthly(`amount: the fee, months: ${HERE}2`),
        monthly('amount: the fee, months: 3'),
      ),
      written(
        'CC1121',
        'more months than anybody signs for',
        monthly(`amount: the fee, months: ${HERE}121`),
        monthly('amount: the fee, months: 120'),
      ),
      written(
        'CC1120',
        'an amount without a currency',
        monthly(`amount: ${HERE}199, months: 6`),
        monthly('amount: 199 USD, months: 6'),
      ),
      written(
        'CC1120',
        'cents of a currency that has none',
        monthly(`amount: ${HERE}199.50 JPY, months: 6`),
        monthly('amount: 199.50 USD, months: 6'),
      ),
      written(
        'CC1120',
        'a currency that there is not',
        monthly(`amount: ${HERE}199 USX, months: 6`),
        monthly('amount: 199 USD, months: 6'),
      ),
      written(
        'CC1120',
        'a programme that costs nothing',
        monthly(`amount: ${HERE}0 USD, months: 6`),
        monthly('amount: 1 USD, months: 6'),
      ),
      written('CC1077', 'a figure that there is not', monthly(`amount: ${HERE}the feee, months: 6`)),
      written('CC1078', 'a figure that is no amount', monthly(`amount: ${HERE}the count, months: 6`)),
      written('CC1122', 'services without a price', `${TEAM}\ncharges: ${HERE}{ kind: pay as you go }`),
    ],
    FIGURED,
  );

  const BY_SERVICE = changed([
    [TEAM, `${TEAM}\ncharges: { kind: pay as you go }`],
    ['    procedure: excision', PRICED],
    ['  - figure: fee', '  - { figure: euros, title: Euros, value: 5 EUR }\n  - figure: fee'],
  ]);
  const GO = '{ kind: pay as you go }';
  const beside = (code: Row[0], says: string, from: string, refused: string, taken: string): Row => [
    code,
    says,
    'pathway',
    { from, refused, taken },
  ];
  describeRows(
    [
      beside('CC1069', 'months of a service', GO, `{ kind: pay as you go, ${HERE}months: 6 }`, GO),
      beside(
        'CC1069',
        'an amount for all services',
        GO,
        `{ kind: pay as you go, ${HERE}amount: 5 USD }`,
        '{ kind: pay as you go, whilePostponed: paused }',
      ),
      beside(
        'CC1120',
        'a price in words',
        'price: 180.50 USD',
        `price: ${HERE}cheap`,
        'price: complimentary',
      ),
      beside(
        'CC1120',
        'a price of nothing',
        'price: 180.50 USD',
        `price: ${HERE}0 USD`,
        'price: complimentary',
      ),
      beside(
        'CC1123',
        'a second currency',
        'procedure: graft',
        `procedure: graft\n    price: ${HERE}20 EUR`,
        'procedure: graft\n    price: 20 USD',
      ),
      beside(
        'CC1123',
        'a second currency that a figure has',
        'procedure: graft',
        `procedure: graft\n    price: ${HERE}the euros`,
        'procedure: graft\n    price: the fee',
      ),
    ],
    BY_SERVICE,
  );
  describeRows(
    [
      beside(
        'CC1122',
        'a price beside a month that pays for all',
        'procedure: excision',
        `procedure: excision\n    ${HERE}price: 20 USD`,
        'procedure: excision',
      ),
    ],
    changed([[TEAM, FINE]]),
  );
  describeRows(
    [
      beside(
        'CC1122',
        'a price that nothing charges',
        'procedure: excision',
        `procedure: excision\n    ${HERE}price: 20 USD`,
        'procedure: excision',
      ),
    ],
    FIGURED,
  );
});
