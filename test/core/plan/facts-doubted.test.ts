import { contraindication, factOf, for_, leaf, pathwayWith } from '../../support/pathways.ts';
import { RunningPlan, refusalOf } from '../../support/plan.ts';

const HB = { fact: 'haemoglobin', unit: 'g/L' };
const transfused = { all: [leaf('transfusion', 'withinTheLast', for_(3, 'month'))] };
const facts = [
  factOf('haemoglobin', { kind: 'number', unit: 'g/L', from: 0, to: 300 }, { notValidWhen: transfused }),
  factOf(
    'transfusion',
    { kind: 'date or never' },
    { ask: { role: 'dermatologist', within: for_(1, 'day') } },
  ),
];
const rules = [contraindication('anaemia', { all: [leaf('haemoglobin', 'lessThan', 100)] })];

const measured = (value: number, transfusion?: string) => {
  const plan = new RunningPlan(pathwayWith({ facts, rules }));
  if (transfusion !== undefined) plan.observe([{ fact: 'transfusion', value: transfusion }]);
  plan.observe([{ ...HB, value }]);
  plan.finishPhase();
  plan.consent('mole-excision-consent', '2026-03-02');
  return plan;
};
const clearsOf = (plan: RunningPlan) => refusalOf(plan.start('excision')).reasons[0]?.clears;

describe('a value that must not be believed while something is so', () => {
  it('is unknown while nobody knows whether it is so, and that is what is asked for', () => {
    const plan = measured(129);
    expect(plan.state.holds['excision/anaemia']?.finding.evidence).toMatchObject([
      { cause: 'not believed', value: 129, doubts: [{ fact: 'transfusion', cause: 'missing' }] },
    ]);
    expect(clearsOf(plan)).toMatchObject([
      [
        {
          fact: 'transfusion',
          role: 'dermatologist',
          cause: 'missing',
          needs: expect.stringMatching(/^not /),
        },
      ],
    ]);
    expect(plan.state.waits['hold/excision/anaemia']?.owner).toBe('dermatologist');
    plan.observe([{ fact: 'transfusion', value: 'never' }]);
    expect(plan.start('excision').outcome).toBe('accepted');
  });

  it('needs another value as well where the one there would hold', () => {
    expect(clearsOf(measured(90))).toMatchObject([[{ fact: 'haemoglobin' }, { fact: 'transfusion' }]]);
  });

  it('needs another value where it is known to be so: nothing else would help', () => {
    const plan = measured(129, '2026-02-20');
    expect(plan.state.holds['excision/anaemia']?.finding.evidence).toMatchObject([
      { cause: 'not believed', doubts: [{ fact: 'transfusion', result: 'met', value: '2026-02-20' }] },
    ]);
    expect(clearsOf(plan)).toMatchObject([[{ fact: 'haemoglobin', cause: 'not believed' }]]);
  });

  it.each([
    ['the day before it spoils nothing', '2026-03-02', '2025-12-02', 'accepted'],
    ['a day less than three months spoils it', '2026-03-02', '2025-12-03', 'refused'],
  ])('%s', (_what, _day, transfusion, outcome) => {
    expect(measured(129, transfusion).start('excision').outcome).toBe(outcome);
  });

  it('never counts as valid because all that speaks against it is something that is not so', () => {
    const untested = { not: { any: [leaf('tested', 'equal', true)] } };
    const odd = [
      factOf('haemoglobin', { kind: 'number', unit: 'g/L', from: 0, to: 300 }, { notValidWhen: untested }),
      factOf('tested', { kind: 'yes or no' }),
    ];
    const plan = new RunningPlan(pathwayWith({ facts: odd, rules }));
    plan.observe([{ fact: 'tested', value: false }]);
    plan.observe([{ ...HB, value: 129 }]);
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    expect(plan.start('excision').outcome).toBe('refused');
  });
});
