import type { FigureDefinition } from '../../../src/core/pathway/figures.schema.ts';
import { askedFor, choiceOf } from '../../support/choices.ts';
import { decide, decisionOf, exitTo, openQuestions, sleepUntil } from '../../support/decided.ts';
import { byTier, days, number, planAt } from '../../support/figures.ts';
import {
  contraindication,
  factOf,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  taskOf,
} from '../../support/pathways.ts';
import { periodOf } from '../../support/periods.ts';
import { RunningPlan, refusalOf } from '../../support/plan.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const set = (figure: string, is: FigureDefinition['is']): FigureDefinition => ({
  figure,
  title: `Title of ${figure}`,
  is,
  adjust: { by: ['dermatologist'], when: 'any time', from: days(7), to: days(90) },
});

describe('how long a stage lasts may be a figure', () => {
  const LASTS = set('watch', { value: days(28) });
  const watched = (figures?: Parameters<typeof planAt>[1]) =>
    planAt(
      {
        figures: [LASTS],
        stages: [periodOf('watch', { lasts: { figure: 'watch' }, tasks: [taskOf('look')] }), stageOf('last')],
      },
      figures,
    );

  it.each([
    [undefined, '2026-03-31T04:00:00.000Z'],
    [{ watch: { value: '7 days' } }, '2026-03-10T05:00:00.000Z'],
  ])('set to %j it ends at %s', (figures, ends) => {
    const plan = watched(figures);
    plan.complete('watch.period/look', at('2026-03-03'));
    expect(plan.state.wake.at).toBe(ends.replace('T05', 'T04'));
    plan.wake(plan.state.wake.at ?? '');
    expect(plan.state.chart).toBe('last.ready');
  });
});

describe('how long a consent holds good may be a figure', () => {
  const TIER = choiceOf('tier', ['mild', 'severe']);
  const plan = (chosen?: string) => {
    const running = planAt(
      {
        figures: [byTier('validity', days(30), days(10))],
        choices: [TIER],
        decidedIn: { consultation: [], assessment: [] },
        decisions: [askedFor(TIER)],
        stages: [
          stageOf('first', {
            consent: { form: 'form', by: 'patient', covers: 'course', lasts: { figure: 'validity' } },
          }),
        ],
      },
      undefined,
    );
    const [question = ''] = openQuestions(running);
    if (chosen !== undefined && question !== '') decide(running, question, chosen);
    running.consent('form', '2026-03-02');
    return running;
  };

  it.each([
    ['mild', '2026-04-01', true],
    ['mild', '2026-04-02', false],
    ['severe', '2026-03-12', true],
    ['severe', '2026-03-13', false],
    [undefined, '2026-03-13', false],
  ])('for whom %s was chosen, on %s it is good: %s', (chosen, day, isGood) => {
    const running = plan(chosen);
    const answer = running.start('first', at(day));
    const says = answer.outcome === 'accepted' ? [] : refusalOf(answer).reasons.map((one) => one.says);
    expect(says.some((one) => one.includes('has expired'))).toBe(!isGood);
  });
});

describe('how often something is done again may be a figure', () => {
  const TRIES: FigureDefinition = {
    figure: 'tries',
    title: 'Tries',
    is: { value: number(1) },
    adjust: { by: ['dermatologist'], when: 'start', from: number(1), to: number(3) },
  };

  it.each([
    [undefined, 2],
    [{ tries: { value: 3 } }, 4],
  ])('set to %j the way out is come to the next time', (figures, times) => {
    const plan = planAt(
      {
        figures: [TRIES],
        stages: [stageOf('first', { reassess: 'enough' })],
        decisions: [
          decisionOf('enough', {
            outcomes: { no: [{ do: 'again', atMost: { figure: 'tries' } }, ...exitTo('referral')] },
          }),
        ],
      },
      figures,
    );
    const days = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23'].slice(0, times);
    for (const day of days) {
      sleepUntil(plan, at(day));
      plan.report('first', day, at(day));
      const [question = ''] = openQuestions(plan);
      decide(plan, question, 'no');
      expect(plan.state.chart).toBe(day === days.at(-1) ? 'referral' : 'first.ready');
    }
  });
});

describe('a value is believed by what else was so on its day', () => {
  const HB = { fact: 'haemoglobin', unit: 'g/L' };
  const rules = [contraindication('anaemia', { all: [leaf('haemoglobin', 'lessThan', 100)] })];
  const measured = (notValidWhen: Parameters<typeof leaf>, more: Partial<ReturnType<typeof leaf>> = {}) =>
    pathwayWith({
      rules,
      facts: [
        factOf(
          'haemoglobin',
          { kind: 'number', unit: 'g/L', from: 0, to: 300 },
          { notValidWhen: { all: [{ ...leaf(...notValidWhen), ...more }] } },
        ),
        factOf('bleeding', { kind: 'yes or no' }),
        factOf('weight', { kind: 'number', unit: 'kg', from: 0, to: 300 }),
      ],
      derived: [{ derived: 'weightFall', of: 'weight', way: { kind: 'fall', percent: false }, unit: 'kg' }],
    });
  const starts = (plan: RunningPlan, now: string) => {
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    return plan.start('excision', now).outcome;
  };

  it.each([
    ['seven days before it', '2026-03-03', 'accepted'],
    ['eight days before it: nobody knows any more', '2026-03-02', 'refused'],
  ])('only while that was fresh: seen %s', (_says, seen, outcome) => {
    const taken = { params: { taken: { within: for_(7, 'day') } } };
    const plan = new RunningPlan(measured(['bleeding', 'equal', true], taken), at('2026-03-02'));
    plan.observe([{ fact: 'bleeding', value: false }], at(seen));
    plan.observe([{ ...HB, value: 129 }], at('2026-03-10'));
    expect(starts(plan, at('2026-03-10'))).toBe(outcome);
  });

  it.each([
    [78, 'accepted'],
    [74, 'refused'],
  ])('by what is worked out of others as well: weight down from 80 to %d', (weight, outcome) => {
    const plan = new RunningPlan(measured(['weightFall', 'greaterThanInclusive', 5]), at('2026-03-02'));
    plan.observe([{ fact: 'weight', value: 80, unit: 'kg' }], at('2026-03-03'));
    plan.observe([{ fact: 'weight', value: weight, unit: 'kg' }], at('2026-03-09'));
    plan.observe([{ ...HB, value: 129 }], at('2026-03-10'));
    expect(starts(plan, at('2026-03-10'))).toBe(outcome);
  });
});
