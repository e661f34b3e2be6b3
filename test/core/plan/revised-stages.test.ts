import type { PlanChange } from '../../../src/core/model/plan-change.schema.ts';
import { tailored } from '../../../src/core/pathway/tailored.ts';
import { windowOf } from '../../../src/core/plan/intervals.ts';
import { BY_SIZE, SIZE } from '../../support/choices.ts';
import {
  book,
  decide,
  decisionOf,
  GO,
  leave,
  openQuestions,
  openTasks,
  planWith,
} from '../../support/decided.ts';
import {
  atEdge,
  atStage,
  contraindication,
  factOf,
  for_,
  intervalOf,
  leaf,
  stageOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import { actor, nurse, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { revise, whyNot } from '../../support/revised.ts';
import { besideOperations, itemsOf } from '../../support/tracks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const skip = (stage: string): PlanChange => ({ change: 'stage-skipped', stage });
const add = (stage: string, like: string, after: string): PlanChange => ({
  change: 'stage-added',
  stage,
  like,
  after,
});

const THREE: Variation = { stages: [stageOf('first'), stageOf('second'), stageOf('third')] };
const report = (plan: RunningPlan, stage: string, day = '2026-03-02'): void => {
  plan.consent(`${stage.replace('again', 'second')}-consent`, day, at(day));
  plan.report(stage, day, at(day));
};

describe('a stage that is left out for one patient', () => {
  it('is passed by when the plan comes to it, and the lead looks at the deviation', () => {
    const plan = planWith(THREE);
    const { journal } = revise(plan, [skip('second')]);
    expect(journal.find(({ kind }) => kind === 'deviation.raised')?.details).toMatchObject({
      code: 'left-out',
    });
    report(plan, 'first');
    expect(plan.state.chart).toBe('third.ready');
    expect(plan.journal.find(({ kind }) => kind === 'stage.passed')?.says).toMatch(/left out by a revision/);
  });

  it('is left, with its prep and its booking, by a plan that stands before it', () => {
    const plan = planWith({
      stages: [stageOf('first'), stageOf('second', { prep: [taskOf('wash')] }), stageOf('third')],
    });
    report(plan, 'first');
    book(plan, 'second', '2026-03-09');
    plan.consent('second-consent', '2026-03-02');
    plan.send({
      ...{ id: 'prep', source: 'front-desk', actor: nurse, type: 'startPrep' },
      data: { stage: 'second' },
    });
    expect(plan.state.chart).toBe('second.prep');
    revise(plan, [skip('second')]);
    expect(plan.state.chart).toBe('third.ready');
    expect(plan.state.bookings.second?.status).toBe('cancelled');
    expect(openTasks(plan)).not.toContain('second.prep/wash');
  });

  it('holds the plan no more before its course: what holds the next one does', () => {
    const feverFor = (stage: string) =>
      contraindication(
        `hot-${stage}`,
        { all: [leaf('fever', 'equal', true)] },
        { of: [`${stage}-procedure`] },
      );
    const plan = planWith({
      ...THREE,
      consultation: [taskOf('talk')],
      facts: [factOf('fever', { kind: 'yes or no' })],
      rules: [feverFor('first'), feverFor('second')],
    });
    plan.observe([{ fact: 'fever', value: true }]);
    expect(Object.keys(plan.state.holds)).toEqual(['first/hot-first']);
    revise(plan, [skip('first')]);
    expect(plan.state.chart).toBe('consultation');
    expect(Object.keys(plan.state.holds)).toEqual(['second/hot-second']);
    expect(Object.keys(plan.state.waits)).not.toContain('hold/first/hot-first');
  });

  it('ends the plan where nothing comes after it', () => {
    const plan = planWith();
    report(plan, 'first');
    revise(plan, [skip('second')]);
    expect(plan.state.chart).toBe('completed');
  });

  it('is gone into by a plan whose theatre reports it all the same, as a deviation', () => {
    const plan = planWith(THREE);
    revise(plan, [skip('second')]);
    report(plan, 'first');
    const { journal } = plan.report('second', '2026-03-05', at('2026-03-05'));
    expect(plan.state.chart).toBe('third.ready');
    const deviations = journal.filter(({ kind }) => kind === 'deviation.raised').map(({ says }) => says);
    expect(deviations).toContain('Stage second was performed, and had been left out for this patient');
  });

  it('is not booked', () => {
    const plan = planWith(THREE);
    revise(plan, [skip('second')]);
    const { answer } = plan.send({
      ...{ id: 'book', source: 'front-desk', actor: nurse, type: 'bookAppointment' },
      data: { stage: 'second', on: '2026-03-20' },
    });
    expect(refusalOf(answer).reasons.map(({ says }) => says)).toContain(
      'Stage second is not for this patient (left out by a revision of the plan).',
    );
  });

  it.each([
    ['behind', 'first', /CC3013 .*is behind, or has begun/],
    ['under way', 'second', /CC3013 .*is behind, or has begun/],
    ['not there', 'fourth', /CC2033 .*no stage fourth; it has: first, second, third/],
  ])('but not one that is %s', (_says, stage, why) => {
    const plan = planWith(THREE);
    report(plan, 'first');
    plan.consent('second-consent', '2026-03-02');
    plan.start('second');
    expect(whyNot(revise(plan, [skip(stage)]))).toMatch(why);
    expect(plan.state.chart).toBe('second.procedure');
  });

  it('but not one of several sessions that were begun', () => {
    const plan = planWith({ stages: [stageOf('first', { sessions: 3 }), stageOf('second')] });
    report(plan, 'first');
    expect(plan.state.chart).toBe('first.ready');
    expect(whyNot(revise(plan, [skip('first')]))).toMatch(/has begun/);
  });

  it('but not twice', () => {
    const plan = planWith(THREE);
    revise(plan, [skip('third')]);
    expect(whyNot(revise(plan, [skip('third')]))).toMatch(/left out already/);
  });

  it('along a track, while the main course goes on', () => {
    const plan = besideOperations();
    plan.finishPhase();
    revise(plan, [skip('month-1')]);
    expect(plan.state.tracks.medicine?.chart).toBe('month-2.ready');
    expect(openTasks(plan)).not.toContain('month-1.ready/bloods');
    expect(plan.state.chart).toBe('first.ready');
  });
});

/** The second is a surgery that a rule holds, with a decision at its end and a spacing of its own. */
const SURGERY: Variation = {
  facts: [factOf('fever', { kind: 'yes or no' })],
  rules: [contraindication('hot', { all: [leaf('fever', 'equal', true)] }, { of: ['surgery'] })],
  decisions: [decisionOf('well', { outcomes: { yes: GO, more: [{ do: 'again', atMost: 1 }] } })],
  stages: [
    stageOf('first'),
    stageOf('second', { traits: ['surgery'], reassess: 'well', recovery: [taskOf('visit')] }),
    stageOf('third'),
  ],
  intervals: [
    {
      ...intervalOf('rest', atStage('end of second'), 'third', { title: 'Rest' }),
      to: { kind: 'stage', stage: 'third' },
      minimum: for_(14, 'day'),
    },
    { ...intervalOf('healing', atEdge('end of surgery'), 'surgery'), minimum: for_(30, 'day') },
  ],
};

describe('a stage that is added for one patient', () => {
  const added = (): RunningPlan => {
    const plan = planWith(SURGERY);
    expect(whyNot(revise(plan, [add('again', 'second', 'second')]))).toBeUndefined();
    report(plan, 'first');
    plan.observe([{ fact: 'fever', value: false }], at('2026-03-02'));
    report(plan, 'second', '2026-03-03');
    plan.complete('second.recovery/visit');
    decide(plan, 'decision/well', 'yes');
    return plan;
  };

  it('is come to after the one that it follows, and the course goes on behind it', () => {
    const plan = added();
    expect(plan.state.chart).toBe('again.ready');
    report(plan, 'again', '2026-04-20');
    expect(openTasks(plan)).toContain('again.recovery/visit');
    plan.complete('again.recovery/visit');
    expect(openQuestions(plan)).toContain('decision/well-again');
    decide(plan, 'decision/well-again', 'yes');
    expect(plan.state.chart).toBe('third.ready');
  });

  it.each([
    ['the day before', '2026-04-01', 'refused'],
    ['on the day', '2026-04-02', 'accepted'],
  ])('waits for the interval that its trait asks for: %s', (_says, day, outcome) => {
    const plan = added();
    plan.consent('second-consent', day, at(day));
    plan.observe([{ fact: 'fever', value: false }], at(day));
    expect(plan.start('again', at(day)).outcome).toBe(outcome);
  });

  it('is held by the rules that its trait is asked', () => {
    const plan = added();
    plan.consent('second-consent', '2026-04-20', at('2026-04-20'));
    plan.observe([{ fact: 'fever', value: true }], at('2026-04-20'));
    expect(refusalOf(plan.start('again', at('2026-04-20'))).reasons).toMatchObject([
      { invariant: 'S2', finding: { rule: 'hot' } },
    ]);
  });

  it('needs a consent of its own', () => {
    const plan = added();
    plan.observe([{ fact: 'fever', value: false }], at('2026-04-20'));
    const reasons = refusalOf(plan.start('again', at('2026-04-20'))).reasons;
    expect(reasons).toMatchObject([{ invariant: 'S1' }]);
    expect(reasons[0]?.says).toMatch(/was for one procedure, and second was it/);
  });

  it('is counted from as the one is that it is done as', () => {
    const plan = added();
    report(plan, 'again', '2026-04-20');
    const own = tailored(plan.pathway, plan.state.overlay);
    const third = own.stage('third');
    if (!third) throw new Error('no stage');
    expect(windowOf(own, plan.state, third, plan.state.now).earliest).toBe('2026-05-04');
  });

  it('has its own sessions as far apart, and the first as far from those before', () => {
    const stages = [stageOf('first', { sessions: 2 }), stageOf('second')];
    const spacing = {
      ...intervalOf('apart', atStage('end of first'), 'first'),
      to: { kind: 'stage' as const, stage: 'first' },
      minimum: for_(7, 'day'),
      latest: for_(10, 'day'),
    };
    const plan = planWith({ stages, intervals: [spacing] });
    revise(plan, [add('more', 'first', 'first')]);
    const own = tailored(plan.pathway, plan.state.overlay);
    expect(
      own.intervals.map(({ rule, from, to, latest }) => [
        rule,
        'stage' in from && from.stage,
        'stage' in to && to.stage,
        latest !== undefined,
      ]),
    ).toEqual([
      ['apart', 'first', 'first', true],
      ['apart-more', 'more', 'more', true],
      ['apart-before-more', 'first', 'more', false],
      ['apart-after-more', 'more', 'first', false],
    ]);
  });

  it('stands in the order of the course, wherever it was added', () => {
    const plan = planWith(THREE);
    revise(plan, [add('once', 'third', 'first'), add('twice', 'third', 'once')]);
    const own = tailored(plan.pathway, plan.state.overlay);
    expect(own.stages.map(({ stage }) => stage)).toEqual(['first', 'once', 'twice', 'second', 'third']);
    expect(own.course.map(({ name }) => name)).toEqual(['first', 'once', 'twice', 'second', 'third']);
  });

  it('is done for this patient, whomever the other is for', () => {
    const plan = planWith({
      stages: [stageOf('first'), stageOf('second', { onlyFor: [{ choice: 'option', values: ['flap'] }] })],
    });
    revise(plan, [add('again', 'second', 'first')]);
    report(plan, 'first');
    expect(plan.state.chart).toBe('again.ready');
  });

  it('at the end of a track, while it runs', () => {
    const plan = besideOperations();
    plan.finishPhase();
    expect(whyNot(revise(plan, [add('month-3', 'month-2', 'month-2')]))).toBeUndefined();
    const own = tailored(plan.pathway, plan.state.overlay);
    expect(own.trackOf('month-3')).toBe('medicine');
    expect(own.line('medicine').course.map(({ name }) => name)).toEqual(['month-1', 'month-2', 'month-3']);
  });

  it.each([
    ['like one that is not there', add('again', 'fourth', 'first'), /CC2033 .*no stage fourth/],
    [
      'after what is not there',
      add('again', 'second', 'fourth'),
      /CC2033 .*the course has: first, second, third/,
    ],
    ['after what is behind', add('again', 'second', 'first'), /CC3013 .*first is behind/],
    ['by a name that there is', add('third', 'second', 'second'), /CC2033 .*cannot name a stage/],
    ['by a name that means a phase', add('recovery', 'second', 'second'), /CC2033 .*cannot name a stage/],
    [
      'by a name that every object has',
      add('constructor', 'second', 'second'),
      /CC2033 .*cannot name a stage/,
    ],
  ])('but not %s', (_says, change, why) => {
    const plan = planWith(THREE);
    report(plan, 'first');
    expect(whyNot(revise(plan, [change]))).toMatch(why);
    expect(plan.state.overlay.addedStages).toEqual([]);
  });

  it('but not between the question whether a stage is done and that stage', () => {
    const plan = planWith({
      ...THREE,
      decisions: [decisionOf('whether')],
      course: [
        { kind: 'stage', name: 'first' },
        { kind: 'decision', name: 'whether', whether: 'second' },
        ...itemsOf('second', 'third'),
      ],
    });
    expect(whyNot(revise(plan, [add('again', 'third', 'whether')]))).toMatch(/comes right after it/);
  });

  it('asks its table at its own gate', () => {
    const table = {
      table: 'by-size',
      outcomes: { large: GO, small: [{ do: 'exit' as const, exit: 'referral' as const }] },
    };
    const plan = planWith({
      facts: [SIZE],
      tables: [BY_SIZE],
      stages: [stageOf('first'), stageOf('second', { table })],
    });
    revise(plan, [add('again', 'second', 'first')]);
    report(plan, 'first');
    plan.consent('second-consent', '2026-03-02');
    expect(refusalOf(plan.start('again')).reasons).toMatchObject([
      { invariant: 'S4', table: { rule: 'by-size' } },
    ]);
  });
});

it('a stage is revised off the course as well, and holds when the plan returns', () => {
  const plan = planWith(THREE);
  report(plan, 'first');
  leave(plan, 'postponement');
  expect(whyNot(revise(plan, [skip('second')]))).toBeUndefined();
  plan.send({
    ...{ id: 'back', source: 'front-desk', actor: actor('c', 'coordinator'), type: 'returnToCourse' },
    data: { reason: 'back' },
  });
  expect(plan.state.chart).toBe('third.ready');
});
