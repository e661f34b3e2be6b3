import { Failure } from '../../../src/core/model/failure.ts';
import type { FigureDefinition } from '../../../src/core/pathway/figures.schema.ts';
import { windowOf } from '../../../src/core/plan/intervals.ts';
import { sessionsOf } from '../../../src/core/plan/listed-sessions.ts';
import { shownFigure } from '../../../src/core/plan/shown-figures.ts';
import { byTier, CYCLE, DOSE, days, number, planAt, startedWith } from '../../support/figures.ts';
import { atStage, for_, intervalOf, stageOf, type Variation } from '../../support/pathways.ts';
import { kinds, type RunningPlan, refusalOf } from '../../support/plan.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const CHOSEN_AT = '2026-03-02T15:00:00.000Z';
const chosen = (value: string) => ({ tier: { value, at: CHOSEN_AT, by: 'decision' as const } });

/** Two sessions of one stage, as far from one another as the figure says. */
const series = (figure: FigureDefinition, more: Variation = {}): Variation => ({
  figures: [figure],
  stages: [stageOf('first', { sessions: 2, with: [figure.figure] }), stageOf('second')],
  intervals: [
    {
      ...intervalOf('first-spacing', atStage('start of first'), 'first', { title: 'Spacing' }),
      to: { kind: 'stage', stage: 'first' },
      minimum: { figure: figure.figure },
      recommended: { from: { figure: figure.figure }, to: { figure: figure.figure } },
      latest: for_(35, 'day'),
      ifLate: { ask: 'dermatologist' },
    },
  ],
  ...more,
});

const onceGiven = (plan: RunningPlan): RunningPlan => {
  plan.send({
    ...{ id: 'consent-1', source: 'front-desk', actor: { id: 'n', roles: ['nurse'], clinic: 'northside' } },
    type: 'consent.recorded',
    data: { form: 'first-consent', by: 'patient', signedOn: '2026-03-02' },
  });
  plan.start('first', at('2026-03-02'));
  plan.report('first', '2026-03-02', at('2026-03-02'));
  return plan;
};

describe('an interval whose minimum a figure says', () => {
  it.each([
    ['day 13', '2026-03-15', false],
    ['day 14', '2026-03-16', true],
    ['day 15', '2026-03-17', true],
  ])('counts with what the pathway says: %s', (_says, day, isOpen) => {
    const plan = onceGiven(planAt(series(CYCLE), undefined));
    plan.consent('first-consent', day, at(day));
    expect(plan.start('first', at(day)).outcome).toBe(isOpen ? 'accepted' : 'refused');
  });

  it.each([
    ['day 20', '2026-03-22', false],
    ['day 21', '2026-03-23', true],
    ['day 22', '2026-03-24', true],
  ])('counts with what was set for this patient: %s', (_says, day, isOpen) => {
    const plan = onceGiven(planAt(series(CYCLE), { cycle: '21 days' }));
    plan.consent('first-consent', day, at(day));
    const answer = plan.start('first', at(day));
    expect(answer.outcome).toBe(isOpen ? 'accepted' : 'refused');
    if (!isOpen)
      expect(refusalOf(answer).reasons).toMatchObject([
        { invariant: 'S3', clears: [[{ kind: 'date', on: '2026-03-23' }]] },
      ]);
  });
});

describe('a figure that depends on a choice', () => {
  const variation = series(byTier('cycle', days(21), days(28)));
  const stageWindow = (plan: RunningPlan) => {
    const stage = plan.pathway.stage('first');
    if (!stage) throw new Error('no stage');
    return windowOf(plan.pathway, plan.state, stage, plan.state.now);
  };

  it.each([
    ['mild', '2026-03-23'],
    ['severe', '2026-03-30'],
  ])('is what belongs to the choice: %s', (value, earliest) => {
    const plan = onceGiven(planAt(variation, undefined, { choices: chosen(value) }));
    expect(stageWindow(plan)).toMatchObject({ earliest, recommended: { from: earliest, to: earliest } });
  });

  it('before the choice is made counts with the longest minimum, and recommends nothing', () => {
    const window = stageWindow(onceGiven(planAt(variation, undefined)));
    expect(window.earliest).toBe('2026-03-30');
    expect(window.recommended).toBeUndefined();
  });

  it('before the choice is made counts with the shortest latest', () => {
    const [rule] = variation.intervals ?? [];
    if (!rule) throw new Error('no interval');
    const late = [{ ...rule, minimum: for_(1, 'day'), latest: { figure: 'cycle' } }];
    const plan = onceGiven(planAt({ ...variation, intervals: late }, undefined));
    expect(stageWindow(plan).latest).toBe('2026-03-23');
  });

  it('chosen otherwise, it counts otherwise from then on', () => {
    const plan = onceGiven(planAt(variation, undefined, { choices: chosen('mild') }));
    plan.steps.push({ ...plan.last, state: { ...plan.state, choices: chosen('severe') } });
    expect(stageWindow(plan).earliest).toBe('2026-03-30');
  });

  it('is the same for all whatever the choice: then it is known before', () => {
    const plan = onceGiven(planAt(series(byTier('cycle', days(21), days(21))), undefined));
    expect(stageWindow(plan).recommended).toEqual({ from: '2026-03-23', to: '2026-03-23' });
  });
});

describe('a number of sessions that a figure says', () => {
  const countOf = (figure: FigureDefinition, choices = {}, figures = {}): number => {
    const stages = [stageOf('first', { sessions: { figure: figure.figure } })];
    const { pathway, state } = planAt({ figures: [figure], stages }, figures, { choices });
    const [stage] = pathway.stages;
    if (!stage) throw new Error('no stage');
    return sessionsOf(pathway, state, stage);
  };

  const SETTABLE: FigureDefinition = {
    figure: 'count',
    title: 'Sessions',
    is: { value: number(3) },
    adjust: { by: ['dermatologist'], from: number(2), to: number(6), when: 'start' },
  };

  it.each([
    ['what the pathway says', SETTABLE, {}, {}, 3],
    ['what was set', SETTABLE, {}, { count: 5 }, 5],
    ['what was set, sent as text', SETTABLE, {}, { count: '5' }, 5],
    ['what belongs to the choice', byTier('count', number(4), number(6)), chosen('mild'), {}, 4],
    ['as many as there may have to be', byTier('count', number(4), number(6)), {}, {}, 6],
  ])('is %s', (_says, figure, choices, figures, count) => {
    expect(countOf(figure, choices, figures)).toBe(count);
  });

  it('ends the series at that number', () => {
    const stages = [stageOf('first', { sessions: { figure: 'count' } }), stageOf('second')];
    const plan = planAt({ figures: [SETTABLE], stages }, { count: 2 });
    plan.report('first', '2026-03-02');
    expect(plan.state.chart).toBe('first.ready');
    plan.report('first', '2026-03-03', at('2026-03-03'));
    expect(plan.state.chart).toBe('second.ready');
  });
});

describe('what is set for one patient when the plan starts', () => {
  const variation = { figures: [CYCLE, DOSE, byTier('peel', days(1), days(2))] };

  it.each([
    ['its least', { cycle: '14 days' }],
    ['its most', { cycle: '21 days' }],
    ['in another unit', { cycle: '3 weeks' }],
    ['with a reason that nobody asked for', { cycle: { value: '15 days', because: 'frail' } }],
    ['a level, with the reason that is required', { dose: { value: 'four fifths', because: 'frail' } }],
  ])('is taken within what may be set: %s', (_says, figures) => {
    expect(startedWith(variation, figures).answer.outcome).toBe('accepted');
  });

  const PROBLEMS: readonly (readonly [
    string,
    NonNullable<Parameters<typeof startedWith>[1]>,
    string,
    string,
  ])[] = [
    ['below its least', { cycle: '13 days' }, 'CC3012', '14 days to 21 days'],
    ['above its most', { cycle: '22 days' }, 'CC3012', '14 days to 21 days'],
    ['in a unit with no fixed length', { cycle: '1 month' }, 'CC3012', '14 days to 21 days'],
    ['in hours', { cycle: '400 hours' }, 'CC3012', '14 days to 21 days'],
    ['as a number', { cycle: 15 }, 'CC3012', '14 days to 21 days'],
    ['a level that there is not', { dose: { value: 'half', because: 'x' } }, 'CC3012', 'full'],
    ['a level without its reason', { dose: 'four fifths' }, 'CC3012', 'reason'],
    ['with an empty reason', { dose: { value: 'full', because: ' ' } }, 'CC3012', 'reason'],
    ['a figure that nobody may set', { peel: '1 day' }, 'CC3012', 'nobody sets it'],
    ['a figure that there is not', { cycles: '14 days' }, 'CC3012', 'no figure cycles'],
    ['a figure named as every object is', { constructor: '14 days' }, 'CC3012', 'no figure'],
  ];
  it.each(PROBLEMS)('is refused, and nothing is started: %s', (_says, figures, code, detail) => {
    const start = () => startedWith(variation, figures);
    expect(start).toThrow(Failure);
    expect(start).toThrow(expect.objectContaining({ code, message: expect.stringContaining(detail) }));
  });

  it('is set by whom the pathway names, and by nobody else', () => {
    const start = () => startedWith(variation, { cycle: '21 days' }, ['nurse']);
    expect(start).toThrow(expect.objectContaining({ code: 'CC2018' }));
  });

  it('is kept with who set it, when and why', () => {
    const { state } = startedWith(variation, { dose: { value: 'four fifths', because: 'frail' } });
    expect(state.figures).toEqual({
      dose: {
        value: { kind: 'level', level: 'four fifths' },
        by: 'starter-1',
        at: state.startedAt,
        because: 'frail',
      },
    });
  });
});

describe('figures that are shown with a stage', () => {
  const variation = series(CYCLE, {
    figures: [CYCLE, DOSE, byTier('peel', days(1), days(2))],
    stages: [stageOf('first', { sessions: 2, with: ['dose', 'cycle', 'peel'] }), stageOf('second')],
  });

  it('stand in the answer of its gate, and in the journal', () => {
    const plan = planAt(variation, undefined);
    plan.consent('first-consent', '2026-03-02');
    const figures = [
      { figure: 'dose', title: 'Dose', value: 'full' },
      { figure: 'cycle', title: 'From one cycle to the next', value: '14 days' },
      { figure: 'peel', title: 'Title of peel' },
    ];
    expect(plan.start('first')).toMatchObject({ outcome: 'accepted', figures });
    expect(plan.last.journal.find(({ kind }) => kind === 'gate.opened')?.details).toMatchObject({ figures });
    expect(kinds(plan.last.journal)).not.toContain('figure.changed');
  });

  it('do not stand where a stage names none', () => {
    const plan = planAt({}, undefined);
    plan.consent('first-consent', '2026-03-02');
    expect(plan.start('first')).not.toHaveProperty('figures');
  });

  it('are the level that the plan was started at', () => {
    const plan = planAt(variation, { dose: { value: 'three fifths', because: 'frail' } });
    expect(shownFigure(plan, 'dose')).toMatchObject({ value: 'three fifths' });
  });
});
