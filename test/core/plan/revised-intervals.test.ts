import type { ChangeOf } from '../../../src/core/model/plan-change.schema.ts';
import type { IntervalRule } from '../../../src/core/pathway/rules.schema.ts';
import { tailored } from '../../../src/core/pathway/tailored.ts';
import { dermatologist, lead, planWith, sleepUntil } from '../../support/decided.ts';
import { CYCLE, days } from '../../support/figures.ts';
import {
  atStage,
  contraindication,
  factOf,
  for_,
  intervalOf,
  leaf,
  type Variation,
} from '../../support/pathways.ts';
import { coordinator, nurse, patient, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { revise, whyNot } from '../../support/revised.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;

/** Six weeks from the first stage to the second: best within eight, and by ten at the latest. */
const SPACING: IntervalRule = {
  ...intervalOf('spacing', atStage('end of first'), 'second', { title: 'Healing' }),
  to: { kind: 'stage', stage: 'second' },
  minimum: for_(6, 'week'),
  recommended: { from: for_(6, 'week'), to: for_(8, 'week') },
  latest: for_(10, 'week'),
  ifLate: { ask: 'dermatologist' },
};

/** The first was done on 2 March: six weeks end on 13 April, eight on 27 April. */
function onceDone(spacing: Partial<IntervalRule> = {}, more: Variation = {}): RunningPlan {
  const plan = planWith({ intervals: [{ ...SPACING, ...spacing }], ...more });
  plan.finishPhase();
  plan.consent('first-consent', '2026-03-02');
  plan.start('first');
  plan.report('first', '2026-03-02');
  plan.consent('second-consent', '2026-03-02');
  return plan;
}

const change = (more: Omit<ChangeOf<'interval'>, 'change' | 'interval'>): ChangeOf<'interval'> => ({
  change: 'interval',
  interval: 'spacing',
  ...more,
});
const LONGER = change({ minimum: '8 weeks', recommended: '8 to 9 weeks' });

describe('an interval that is longer for one patient', () => {
  it.each([
    ['the day before', '2026-04-26', 'refused'],
    ['on the day', '2026-04-27', 'accepted'],
    ['the day after', '2026-04-28', 'accepted'],
  ])('closes the gate until then: %s', (_says, day, outcome) => {
    const plan = onceDone();
    expect(whyNot(revise(plan, [LONGER]))).toBeUndefined();
    sleepUntil(plan, at(day));
    expect(plan.start('second', at(day)).outcome).toBe(outcome);
  });

  it('is named as this patient’s own beside the pathway’s', () => {
    const plan = onceDone();
    revise(plan, [LONGER]);
    const [reason] = refusalOf(plan.start('second', at('2026-04-20'))).reasons;
    expect(reason?.says).toBe(
      'Healing; for this patient: at least 8 weeks (pathway: 6 weeks), best 8 weeks to 9 weeks (pathway: 6 weeks to 8 weeks): counted from end of first on 2026-03-02, it may be from 2026-04-27 on.',
    );
    expect(plan.state.revisions[0]?.says).toEqual([
      'Healing: at least 8 weeks, not 6 weeks; best 8 weeks to 9 weeks, not 6 weeks to 8 weeks',
    ]);
  });

  it('asks whoever booked an earlier day to move it', () => {
    const plan = onceDone();
    plan.send({
      ...{ id: 'book', source: 'front-desk', actor: coordinator, type: 'bookAppointment' },
      data: { stage: 'second', on: '2026-04-15' },
    });
    revise(plan, [LONGER]);
    const asked = Object.values(plan.state.tasks).filter(({ status }) => status === 'requested');
    expect(asked.map(({ role }) => role)).toEqual(['coordinator']);
  });

  it('comes back to what the pathway says by another revision, and no further', () => {
    const plan = onceDone();
    revise(plan, [LONGER]);
    expect(whyNot(revise(plan, [change({ minimum: '5 weeks' })]))).toMatch(/only made longer/);
    expect(
      whyNot(revise(plan, [change({ minimum: '6 weeks', recommended: '6 to 8 weeks' })])),
    ).toBeUndefined();
    sleepUntil(plan, at('2026-04-13'));
    expect(plan.start('second', at('2026-04-13')).outcome).toBe('accepted');
  });

  it('keeps what an earlier revision made stricter beside it', () => {
    const plan = onceDone();
    revise(plan, [change({ latest: '9 weeks' })]);
    revise(plan, [LONGER]);
    expect(plan.state.overlay.intervals.spacing).toMatchObject({
      minimum: for_(8, 'week'),
      latest: for_(9, 'week'),
    });
  });
});

describe('a report that is told after its interval was made longer', () => {
  const reported = (revisedOn: string) => {
    const plan = onceDone({ ifEarly: 'does not count' });
    sleepUntil(plan, at(revisedOn));
    revise(plan, [LONGER], { now: at(revisedOn) });
    plan.report('second', '2026-04-14', at('2026-04-20'));
    return plan.state.performed.at(-1);
  };

  it.each([
    ['counts, where it was done before that', '2026-04-15', true],
    ['is owed again, where it was done after that', '2026-04-13', false],
  ])('%s', (_says, revisedOn, counts) => {
    expect(reported(revisedOn)).toMatchObject({ stage: 'second', counts });
  });

  it('is judged by the rules of its stage all the same', () => {
    const plan = onceDone(
      {},
      {
        facts: [factOf('fever', { kind: 'yes or no' })],
        rules: [contraindication('hot', { all: [leaf('fever', 'equal', true)] })],
      },
    );
    plan.observe([{ fact: 'fever', value: true }], at('2026-04-14'));
    revise(plan, [LONGER], { now: at('2026-04-15') });
    const { journal } = plan.report('second', '2026-04-14', at('2026-04-15'));
    expect(journal.find(({ kind }) => kind === 'deviation.raised')?.details).toMatchObject({
      reasons: expect.arrayContaining([expect.objectContaining({ invariant: 'S2' })]),
    });
  });
});

describe('an interval that ends sooner for one patient', () => {
  it.each([
    ['on the day', '2026-05-04', 'accepted'],
    ['the day after', '2026-05-05', 'refused'],
  ])('closes the gate from then on: %s', (_says, day, outcome) => {
    const plan = onceDone();
    expect(whyNot(revise(plan, [change({ latest: '9 weeks' })]))).toBeUndefined();
    sleepUntil(plan, at(day));
    expect(plan.start('second', at(day)).outcome).toBe(outcome);
  });

  it('asks the clinical lead where the pathway has no latest day', () => {
    const { latest: _latest, ifLate: _ifLate, ...spacing } = SPACING;
    const plan = planWith({ intervals: [spacing] });
    plan.finishPhase();
    plan.report('first', '2026-03-02');
    revise(plan, [change({ latest: '9 weeks' })]);
    sleepUntil(plan, at('2026-05-06'));
    expect(Object.values(plan.state.questions).map(({ roles }) => roles)).toEqual([['clinical-lead']]);
  });
});

describe('a revision of an interval is refused', () => {
  it.each([
    ['that makes it shorter', change({ minimum: '5 weeks' }), /CC3013 .*only made longer/],
    ['that may make it shorter', change({ minimum: '1 month' }), /CC3013 .*may be shorter/],
    ['that ends later', change({ latest: '11 weeks' }), /CC3013 .*only made earlier/],
    [
      'whose recommendation comes before it',
      change({ minimum: '7 weeks' }),
      /CC3013 .*begins before the minimum/,
    ],
    [
      'that never is',
      change({ minimum: '11 weeks', recommended: '11 to 12 weeks' }),
      /CC3013 .*the latest day comes before/,
    ],
    ['that is not there', { ...LONGER, interval: 'rest' }, /CC2033 .*rest; there are: spacing/],
    ['that says nothing', change({}), /CC2033 .*minimum, recommended or latest/],
    ['that cannot be read', change({ minimum: 'a while' }), /CC2033 .*`a while` is not a duration/],
    ['that is counted in hours', change({ minimum: '2000 hours' }), /CC2033 .*hours are not counted/],
  ])('%s', (_says, one, why) => {
    const plan = onceDone();
    expect(whyNot(revise(plan, [one]))).toMatch(why);
    expect(plan.state.revisions).toEqual([]);
  });

  it('while its gate stands open', () => {
    const plan = onceDone();
    sleepUntil(plan, at('2026-04-20'));
    plan.start('second', at('2026-04-20'));
    expect(plan.state.chart).toBe('second.procedure');
    expect(whyNot(revise(plan, [LONGER]))).toMatch(/stands open/);
  });

  it('where a figure says it: that is set otherwise', () => {
    const { recommended: _none, ...spacing } = SPACING;
    const plan = planWith({ figures: [CYCLE], intervals: [{ ...spacing, minimum: { figure: 'cycle' } }] });
    expect(whyNot(revise(plan, [change({ minimum: '8 weeks' })]))).toMatch(/is the figure cycle/);
  });

  it('where a figure would bring its lengths out of order', () => {
    const figure = {
      ...CYCLE,
      adjust: { by: ['dermatologist'], from: days(14), to: days(90), when: 'any time' as const },
    };
    const { recommended: _none, ...spacing } = SPACING;
    const plan = planWith({ figures: [figure], intervals: [{ ...spacing, minimum: { figure: 'cycle' } }] });
    const later = { change: 'figure' as const, figure: 'cycle', value: '80 days' };
    expect(whyNot(revise(plan, [later], { by: dermatologist }))).toMatch(/CC3013 .*latest day comes before/);
  });

  it.each([
    ['the clinical lead', lead, true],
    ['a nurse', nurse, false],
    ['the coordinator', coordinator, false],
    ['the patient', patient, false],
    ['somebody who decides nothing in this pathway', dermatologist, false],
  ])('but by whoever answers for it: %s', (_says, by, isTaken) => {
    expect(revise(onceDone(), [LONGER], { by }).answer.outcome).toBe(isTaken ? 'accepted' : 'rejected');
  });
});

it('a plan without anything of its own runs on its pathway itself', () => {
  const plan = onceDone();
  expect(tailored(plan.pathway, plan.state.overlay)).toBe(plan.pathway);
  revise(plan, [LONGER]);
  const own = tailored(plan.pathway, plan.state.overlay);
  expect(own).not.toBe(plan.pathway);
  expect(tailored(plan.pathway, JSON.parse(JSON.stringify(plan.state.overlay)))).toBe(own);
  expect(plan.pathway.intervals[0]?.minimum).toEqual(for_(6, 'week'));
});
