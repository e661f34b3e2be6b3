import { levelOf } from '../../../src/core/plan/levels.ts';
import { askedFor, choiceOf, IN_ASSESSMENT, OPTION, only } from '../../support/choices.ts';
import { decide, decisionOf, GO, openQuestions, openTasks } from '../../support/decided.ts';
import { DOSE, limit } from '../../support/figures.ts';
import { factOf, leaf, stageOf, tableOf, taskOf, type Variation } from '../../support/pathways.ts';
import { eventOf, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { besideOperations, chartsOf, itemsOf, trackOf } from '../../support/tracks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const finish = (plan: RunningPlan, stage: string): void => {
  for (const task of openTasks(plan)) if (task.startsWith(stage)) plan.complete(task);
};

describe('what a decision needs to know, of a plan with a track', () => {
  const sizes = tableOf(
    'by-bmi',
    ['large', 'other'],
    [
      { when: { all: [leaf('bmi', 'greaterThanInclusive', 35)] }, answer: 'large' },
      { when: { all: [leaf('bmi', 'lessThan', 35)] }, answer: 'other' },
    ],
  );
  const IN_COURSE: Variation = { decidedIn: { consultation: [], assessment: ['fit'] } };
  const IN_TRACK: Variation = { tracks: [trackOf('medicine', ['decision fit', 'month-1', 'month-2'])] };
  const deciding = (where: Variation, more: Parameters<typeof decisionOf>[1]) =>
    besideOperations({
      facts: [factOf('bmi', { kind: 'number', unit: 'kg/m2', from: 10, to: 80 })],
      rules: [],
      tables: [sizes],
      decisions: [decisionOf('fit', more)],
      ...where,
    });
  const knows = (plan: RunningPlan) => plan.observe([{ fact: 'bmi', value: 24, unit: 'kg/m2' }]);

  it.each([
    ['the main course', IN_COURSE],
    ['the track', IN_TRACK],
  ])('is asked for until it is known, where persons decide in %s', (_where, where) => {
    const plan = deciding(where, { needs: ['bmi'] });
    expect(refusalOf(decide(plan, 'decision/fit', 'yes').answer).code).toBe('CC3009');
    expect(openTasks(plan)).toContain('plan/needed/bmi');
    knows(plan);
    expect(openTasks(plan)).not.toContain('plan/needed/bmi');
  });

  it.each([
    ['the main course', IN_COURSE],
    ['the track', IN_TRACK],
  ])('is asked for until it is known, where a table decides in %s', (_where, where) => {
    const by = { kind: 'table' as const, table: 'by-bmi', roles: [] };
    const plan = deciding(where, { by, outcomes: { large: GO, other: GO } });
    expect(openTasks(plan)).toContain('plan/needed/bmi');
    knows(plan);
    expect(openTasks(plan)).not.toContain('plan/needed/bmi');
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', medicine: 'month-1.ready' });
  });
});

describe('a choice that is made along the one line, and asked about along the other', () => {
  const stages = [
    stageOf('first', { recovery: [taskOf('visit')] }),
    stageOf('month-1', { onlyFor: only('option', 'implant') }),
  ];

  it.each([
    ['is on its course', 'first.recovery', false],
    ['has come to its end', 'completed', true],
  ])('is asked for at the gate of a track, where the plan %s', (_where, main, isDone) => {
    const plan = besideOperations({
      rules: [],
      stages,
      tracks: [trackOf('medicine', ['month-1'])],
      choices: [OPTION],
      decidedIn: IN_ASSESSMENT,
      decisions: [askedFor(OPTION)],
    });
    plan.report('first', '2026-03-02');
    if (isDone) finish(plan, 'first');
    expect(chartsOf(plan)).toEqual({ main, medicine: 'month-1.ready' });
    plan.consent('month-1-consent', '2026-03-02');
    const [open = ''] = openQuestions(plan);
    expect(refusalOf(plan.start('month-1')).reasons.map(({ clears }) => clears)).toEqual([
      [[{ kind: 'event', type: 'decide', needs: open, role: 'dermatologist' }]],
    ]);
    decide(plan, open, 'implant');
    expect(plan.start('month-1').outcome).toBe('accepted');
  });

  it('asks for what is offered only when it is known, though a track asks to choose', () => {
    const offered = { flap: { all: [leaf('thin', 'equal', true)] } };
    const option = choiceOf('option', ['implant', 'flap'], { offered });
    const plan = besideOperations({
      facts: [factOf('thin', { kind: 'yes or no' })],
      rules: [],
      stages,
      tracks: [trackOf('medicine', ['month-1', 'decision anew'])],
      choices: [option],
      decidedIn: IN_ASSESSMENT,
      decisions: [
        askedFor(option),
        decisionOf('anew', { outcomes: { yes: [{ do: 'choose', choice: 'option' }] } }),
      ],
    });
    decide(plan, 'decision/option', 'implant');
    plan.report('month-1', '2026-03-02');
    decide(plan, 'decision/anew', 'yes');
    expect(refusalOf(decide(plan, 'decision/option#2', 'flap').answer).code).toBe('CC3011');
    expect(openTasks(plan)).toContain('plan/choice-option/flap');
  });
});

it('what a track was told for one session stands, though the main course is over', () => {
  const forSession = limit('three fifths', { for: 'this session' });
  const plan = besideOperations({
    rules: [],
    figures: [DOSE],
    stages: [stageOf('first'), stageOf('month-1', { sessions: 2, decidedBefore: 'fit', with: ['dose'] })],
    tracks: [trackOf('medicine', ['month-1'])],
    decisions: [decisionOf('fit', { outcomes: { yes: [forSession, ...GO] } })],
  });
  const dose = () => levelOf(plan, 'dose', 'month-1').level;
  plan.report('first', '2026-03-02');
  finish(plan, 'first');
  expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'month-1.ready' });
  decide(plan, openQuestions(plan)[0] ?? '', 'yes');
  expect(dose()).toBe('three fifths');
  plan.consent('month-1-consent', '2026-03-02');
  expect(plan.start('month-1')).toMatchObject({ outcome: 'accepted', figures: [{ value: 'three fifths' }] });
  plan.report('month-1', '2026-03-02');
  expect(dose()).toBe('full');
});

it('a track that only a report of another patient had begun begins once it is decided', () => {
  const plan = besideOperations({
    tracks: [trackOf('medicine', ['month-1', 'month-2'], { starts: 'by decision' })],
    course: itemsOf('first', 'decision tablets', 'second'),
    decisions: [
      decisionOf('tablets', { outcomes: { yes: [{ do: 'start', track: 'medicine' }, ...GO], no: GO } }),
    ],
  });
  plan.report('month-1', '2026-03-02');
  const data = { stage: 'month-1', performedOn: '2026-03-02', reason: 'of another patient' };
  plan.send(eventOf('report.withdrawn', data), at('2026-03-03'));
  expect(plan.state.tracks.medicine).toEqual({ chart: 'waiting' });
  plan.report('first', '2026-03-03', at('2026-03-03'));
  finish(plan, 'first');
  decide(plan, 'decision/tablets', 'yes');
  expect(chartsOf(plan)).toEqual({ main: 'second.ready', medicine: 'month-1.ready' });
});
