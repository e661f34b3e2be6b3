import type { FigureDefinition } from '../../../src/core/pathway/figures.schema.ts';
import { decide, decisionOf, dermatologist, GO, openQuestions, planWith } from '../../support/decided.ts';
import { CYCLE, DOSE, days, limit } from '../../support/figures.ts';
import { atStage, intervalOf, stageOf, type Variation } from '../../support/pathways.ts';
import { kinds, nurse, type RunningPlan } from '../../support/plan.ts';
import { revise, whyNot } from '../../support/revised.ts';

const ANY_TIME: FigureDefinition = {
  ...CYCLE,
  adjust: { by: ['dermatologist'], from: days(14), to: days(21), when: 'any time' },
} as const;

/** Two sessions of one stage, as far from one another as the figure says. */
const series = (more: Variation = {}): Variation => ({
  figures: [ANY_TIME, DOSE],
  stages: [stageOf('first', { sessions: 2, with: ['cycle', 'dose'] }), stageOf('second')],
  intervals: [
    {
      ...intervalOf('first-spacing', atStage('start of first'), 'first', { title: 'Spacing' }),
      to: { kind: 'stage', stage: 'first' },
      minimum: { figure: 'cycle' },
    },
  ],
  ...more,
});
const at = (day: string): string => `${day}T16:00:00.000Z`;

function onceGiven(more: Variation = {}): RunningPlan {
  const plan = planWith(series(more));
  plan.finishPhase();
  plan.finishPhase();
  plan.consent('first-consent', '2026-03-02');
  plan.start('first', at('2026-03-02'));
  plan.report('first', '2026-03-02', at('2026-03-02'));
  return plan;
}
const DOSE_SET = { change: 'figure' as const, figure: 'dose' };
const setTo = (value: string) => ({ change: 'figure' as const, figure: 'cycle', value });

describe('a figure that is set otherwise while the plan runs', () => {
  it.each([
    ['day 20', '2026-03-22', 'refused'],
    ['day 21', '2026-03-23', 'accepted'],
    ['day 22', '2026-03-24', 'accepted'],
  ])('counts from then on: %s', (_says, day, outcome) => {
    const plan = onceGiven();
    expect(whyNot(revise(plan, [setTo('21 days')], { by: dermatologist }))).toBeUndefined();
    plan.consent('first-consent', day, at(day));
    expect(plan.start('first', at(day)).outcome).toBe(outcome);
  });

  it.each([
    ['by whom the pathway does not name', setTo('21 days'), nurse, /CC2018 .* set by the dermatologist/],
    ['beyond what it allows', setTo('22 days'), dermatologist, /CC3012 .* 14 days to 21 days/],
    ['to what cannot be read', setTo('long'), dermatologist, /CC3012/],
    ['that is not there', { ...setTo('21 days'), figure: 'size' }, dermatologist, /CC3012 .* no figure size/],
  ])('is turned away %s', (_says, change, by, why) => {
    const plan = onceGiven();
    const { figures } = plan.state;
    expect(whyNot(revise(plan, [change], { by }))).toMatch(why);
    expect(plan.state.figures).toEqual(figures);
    expect(plan.state.revisions).toEqual([]);
  });

  it('is refused of one that is set as a plan starts', () => {
    const plan = onceGiven({ figures: [CYCLE, DOSE] });
    expect(whyNot(revise(plan, [setTo('21 days')], { by: dermatologist }))).toMatch(
      /CC3013 .* set as a plan starts/,
    );
  });

  it('takes the place of what a decision has made of a level', () => {
    const plan = onceGiven();
    revise(plan, [{ ...DOSE_SET, value: 'three fifths' }], { by: dermatologist });
    expect(plan.state.revisions.at(-1)?.says).toEqual(['Dose: three fifths, not full']);
  });

  it.each([
    ['three fifths', 'below the limit', undefined],
    ['four fifths', 'at the limit', undefined],
    ['full', 'above the limit', /CC3013 Dose may come to four fifths and no higher/],
  ])('stays within what a decision has limited it to: %s, %s', (value, _says, why) => {
    const plan = planWith({
      figures: [DOSE],
      stages: [stageOf('first', { sessions: 2, decidedBefore: 'dose-now', with: ['dose'] })],
      decisions: [decisionOf('dose-now', { outcomes: { limit: [limit('four fifths'), ...GO] } })],
    });
    decide(plan, openQuestions(plan)[0] ?? '', 'limit');
    const setDose = (to: string) => revise(plan, [{ ...DOSE_SET, value: to }], { by: dermatologist });
    const before = value === 'three fifths' ? 'four fifths' : 'three fifths';
    setDose(before);
    const said = whyNot(setDose(value));
    if (why) expect(said).toMatch(why);
    else expect(said).toBeUndefined();
    expect(plan.state.levels.dose).toMatchObject({ level: why ? before : value, limit: 'four fifths' });
  });

  it('makes a new version of the plan, with its reason and its person', () => {
    const plan = onceGiven();
    const { journal } = revise(plan, [setTo('21 days')], { by: dermatologist });
    expect(plan.state.revisions).toMatchObject([
      {
        number: 2,
        by: 'dermatologist-1',
        reason: 'slow healing',
        says: [`${CYCLE.title}: 21 days, not 14 days`],
      },
    ]);
    expect(kinds(journal)).toEqual(expect.arrayContaining(['event.accepted', 'plan.revised']));
  });

  it('changes nothing where one of several changes cannot be', () => {
    const plan = onceGiven();
    const before = plan.state.figures;
    expect(
      whyNot(
        revise(plan, [setTo('21 days'), { ...setTo('99 days'), figure: 'dose' }], { by: dermatologist }),
      ),
    ).toMatch(/CC3012/);
    expect(plan.state.figures).toBe(before);
  });
});

it.each(['completed', 'cancelled'])('a plan that is %s is revised no more', (end) => {
  const plan = onceGiven();
  if (end === 'cancelled') plan.cancel();
  else {
    plan.consent('first-consent', '2026-03-16', at('2026-03-16'));
    plan.report('first', '2026-03-16', at('2026-03-16'));
    plan.consent('second-consent', '2026-03-17', at('2026-03-17'));
    plan.report('second', '2026-03-17', at('2026-03-17'));
  }
  expect(plan.state.chart).toBe(end);
  expect(whyNot(revise(plan, [setTo('21 days')], { by: dermatologist }))).toMatch(/CC3003/);
});
