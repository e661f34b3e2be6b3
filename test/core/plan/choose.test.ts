import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { askedFor, BY_SIZE, measured, OPTION, ofSize, only, SIZE } from '../../support/choices.ts';
import {
  book,
  comeBack,
  decide,
  decisionOf,
  exitTo,
  GO,
  leave,
  openQuestions,
  openTasks,
  planWith,
} from '../../support/decided.ts';
import { alertOf, for_, leaf, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';

const AGAIN = 'decision/again';
const choose = (...rest: Action): Action => [
  { do: 'choose', choice: 'option' },
  ...(rest.length > 0 ? rest : GO),
];

/** `again` is decided after the first stage; before it, implant was chosen. */
const rechoosing = (outcomes: Record<string, Action>, more: Variation = {}): RunningPlan => {
  const plan = planWith({
    choices: [OPTION],
    decisions: [askedFor(OPTION), decisionOf('again', { outcomes })],
    decidedIn: { consultation: [], assessment: ['option'] },
    stages: [
      stageOf('before', { reassess: 'again' }),
      stageOf('implant-stage', { onlyFor: only('option', 'implant') }),
      stageOf('flap-stage', { onlyFor: only('option', 'flap') }),
      stageOf('both'),
    ],
    ...more,
  });
  decide(plan, 'decision/option', 'implant');
  plan.report('before', '2026-03-02');
  return plan;
};

describe('an outcome that has a choice made again', () => {
  it('asks whoever made it, by a due time that counts from now, and what follows waits', () => {
    const plan = rechoosing({ yes: choose({ do: 'end' }) });
    decide(plan, AGAIN, 'yes');
    expect(plan.state.questions['decision/option#2']).toMatchObject({
      decision: 'option',
      about: AGAIN,
      rest: { action: [{ do: 'end' }] },
    });
    expect(plan.state.questions[AGAIN]?.answer).toMatchObject({ outcome: 'yes', took: 'choose' });
    expect(plan.state.chart).toBe('before.reassessment');
    decide(plan, 'decision/option#2', 'flap');
    expect(plan.state.chart).toBe('completed');
    expect(plan.state.questions[AGAIN]?.answer?.took).toBe('end');
  });

  it.each([
    ['flap', 'flap-stage.ready'],
    ['implant', 'implant-stage.ready'],
  ])('then goes on by what was chosen: %s', (value, chart) => {
    const plan = rechoosing({ yes: choose() });
    decide(plan, AGAIN, 'yes');
    decide(plan, 'decision/option#2', value);
    expect(plan.state.chart).toBe(chart);
  });

  it('then goes to a stage, and past it where that is not for this patient', () => {
    const to = choose({ do: 'to', stage: 'implant-stage' });
    const stays = rechoosing({ yes: to });
    decide(stays, AGAIN, 'yes');
    decide(stays, 'decision/option#2', 'implant');
    expect(stays.state.chart).toBe('implant-stage.ready');
    const passes = rechoosing({ yes: to });
    decide(passes, AGAIN, 'yes');
    decide(passes, 'decision/option#2', 'flap');
    expect(passes.state.chart).toBe('flap-stage.ready');
  });

  it('counts what follows it under its own outcome, whatever is chosen', () => {
    const once = choose({ do: 'to', stage: 'before', atMost: 1 }, ...exitTo('referral'));
    const plan = rechoosing({ yes: once });
    decide(plan, AGAIN, 'yes');
    decide(plan, 'decision/option#2', 'flap');
    expect(plan.state.chart).toBe('before.ready');
    plan.report('before', '2026-03-03', '2026-03-03T15:00:00.000Z');
    decide(plan, 'decision/again#2', 'yes');
    decide(plan, 'decision/option#3', 'implant');
    expect(plan.state.chart).toBe('referral');
  });

  it('put off afterwards asks the decision again, not the choice', () => {
    const plan = rechoosing({ yes: choose({ do: 'wait', for: for_(7, 'day'), atMost: 1 }, ...GO), no: GO });
    decide(plan, AGAIN, 'yes');
    decide(plan, 'decision/option#2', 'flap');
    expect(openQuestions(plan)).toEqual(['decision/again#2']);
    expect(plan.state.waits['question/decision/again#2']?.dueAt).toBe('2026-03-10T04:00:00.000Z');
    decide(plan, 'decision/again#2', 'no');
    expect(plan.state.chart).toBe('flap-stage.ready');
  });

  it('twice in one chain asks for one after the other', () => {
    const side = ofSize({ isConfirmed: true });
    const plan = rechoosing(
      { yes: choose({ do: 'choose', choice: 'extent' }, { do: 'end' }) },
      {
        facts: [SIZE],
        tables: [BY_SIZE],
        choices: [OPTION, side],
        decisions: [
          askedFor(OPTION),
          askedFor(side),
          decisionOf('again', {
            outcomes: { yes: choose({ do: 'choose', choice: 'extent' }, { do: 'end' }) },
          }),
        ],
      },
    );
    plan.observe(measured(12));
    decide(plan, 'decision/extent', 'large');
    decide(plan, AGAIN, 'yes');
    decide(plan, 'decision/option#2', 'flap');
    expect(openQuestions(plan)).toEqual(['decision/extent#2']);
    decide(plan, 'decision/extent#2', 'large');
    expect(plan.state.chart).toBe('completed');
  });
});

describe('a plan that stands before a stage', () => {
  const FEVER: Variation = {
    alerts: [
      alertOf(
        'fever',
        { all: [leaf('temperature', 'greaterThanInclusive', 38)] },
        { decide: 'again', of: [], within: for_(90, 'day') },
      ),
    ],
    stages: [
      stageOf('implant-stage', { onlyFor: only('option', 'implant'), prep: [taskOf('wash')], sessions: 2 }),
      stageOf('flap-stage', { onlyFor: only('option', 'flap') }),
      stageOf('both'),
    ],
    decisions: [askedFor(OPTION), decisionOf('again', { outcomes: { yes: choose(), no: GO } })],
  };
  const standing = (): RunningPlan => {
    const plan = planWith({
      choices: [OPTION],
      decidedIn: { consultation: [], assessment: ['option'] },
      ...FEVER,
    });
    decide(plan, 'decision/option', 'implant');
    plan.report('both', '2026-03-02', '2026-03-02T15:00:00.000Z');
    return plan;
  };
  const standingBefore = (): RunningPlan => {
    const plan = planWith({
      choices: [OPTION],
      decidedIn: { consultation: [], assessment: ['option'] },
      ...FEVER,
      stages: [stageOf('begin'), ...(FEVER.stages ?? [])],
    });
    decide(plan, 'decision/option', 'implant');
    plan.report('begin', '2026-03-02');
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    return plan;
  };
  const chooseFlap = (plan: RunningPlan): void => {
    decide(plan, AGAIN, 'yes');
    decide(plan, 'decision/option#2', 'flap');
  };

  it('that is for it no more leaves it: work, gates and the day that was booked fall away', () => {
    const plan = standingBefore();
    plan.consent('implant-stage-consent', '2026-03-02');
    book(plan, 'implant-stage', '2026-04-01');
    plan.send({
      id: 'prep-1',
      source: 'front-desk',
      actor: { id: 'coordinator-1', roles: ['coordinator'], clinic: 'northside' },
      type: 'startPrep',
      data: { stage: 'implant-stage' },
    });
    expect(plan.state.chart).toBe('implant-stage.prep');
    chooseFlap(plan);
    expect(plan.state.chart).toBe('flap-stage.ready');
    expect(plan.state.tasks['implant-stage.prep/wash']?.status).toBe('cancelled');
    expect(plan.state.bookings['implant-stage']?.status).toBe('cancelled');
    expect(plan.state.gates.every(({ closedAt }) => closedAt !== undefined)).toBe(true);
    expect(Object.keys(plan.state.waits)).not.toContain('start/implant-stage');
  });

  it('that has begun goes on with it', () => {
    const plan = standingBefore();
    plan.report('implant-stage', '2026-03-02');
    chooseFlap(plan);
    expect(plan.state.chart).toBe('implant-stage.ready');
    plan.report('implant-stage', '2026-03-03', '2026-03-03T15:00:00.000Z');
    expect(plan.state.chart).toBe('flap-stage.ready');
  });

  it('off its course keeps what an alert has it choose, and comes back to what is for it then', () => {
    const plan = standingBefore();
    leave(plan, 'postponement');
    chooseFlap(plan);
    expect(plan.state.chart).toBe('postponement');
    expect(plan.state.choices).toMatchObject({ option: { value: 'flap' } });
    comeBack(plan);
    expect(plan.state.chart).toBe('flap-stage.ready');
  });

  it('after its end chooses what an alert asks for, and nothing moves', () => {
    const plan = standing();
    expect(plan.state.chart).toBe('completed');
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    chooseFlap(plan);
    expect(plan.state.choices).toMatchObject({ option: { value: 'flap' } });
    expect(plan.state.chart).toBe('completed');
    expect(openQuestions(plan)).toEqual([]);
  });
});

describe('a choice of a table, made again', () => {
  const EXTENT: Action = [{ do: 'choose', choice: 'extent' }, { do: 'end' }];
  const ofTable = (table: Parameters<typeof ofSize>[0] = {}): RunningPlan => {
    const extent = ofSize(table);
    const plan = planWith({
      facts: [{ ...SIZE, goodFor: for_(5, 'day') }],
      tables: [BY_SIZE],
      choices: [extent],
      decisions: [askedFor(extent), decisionOf('again', { outcomes: { yes: EXTENT } })],
      stages: [stageOf('before', { reassess: 'again' }), stageOf('last')],
    });
    plan.observe(measured(9));
    plan.report('before', '2026-03-02');
    return plan;
  };
  const LATER = '2026-03-20T15:00:00.000Z';

  it('is made at once, and what follows is taken at once', () => {
    const plan = ofTable();
    plan.observe(measured(12), '2026-03-03T15:00:00.000Z', { id: 'larger' });
    decide(plan, AGAIN, 'yes');
    expect(plan.state.choices).toMatchObject({ extent: { value: 'large', by: 'table' } });
    expect(plan.state.chart).toBe('completed');
    expect(plan.state.questions[AGAIN]?.answer?.took).toBe('end');
  });

  it('without an answer takes the value for the unknown', () => {
    const plan = ofTable({ ifUnknown: { value: 'large' } });
    decide(plan, AGAIN, 'yes', { now: LATER });
    expect(plan.state.choices).toMatchObject({ extent: { value: 'large', by: 'unknown' } });
    expect(plan.state.chart).toBe('completed');
  });

  it('without an answer asks the role for the unknown, and what follows waits', () => {
    const plan = ofTable({ ifUnknown: { ask: 'dermatologist' } });
    decide(plan, AGAIN, 'yes', { now: LATER });
    expect(plan.state.chart).toBe('before.reassessment');
    decide(plan, 'decision/extent#2', 'large');
    expect(plan.state.choices).toMatchObject({ extent: { value: 'large', by: 'decision' } });
    expect(plan.state.chart).toBe('completed');
  });

  it('without an answer and with nobody named stays as it was, and the coordinator is asked', () => {
    const plan = ofTable();
    decide(plan, AGAIN, 'yes', { now: LATER });
    expect(plan.state.choices).toMatchObject({ extent: { value: 'small', by: 'table' } });
    expect(openTasks(plan)).toContain('plan/chosen-again-extent');
    expect(plan.state.tasks['plan/chosen-again-extent']?.title).toContain('Not known: size');
    expect(plan.state.chart).toBe('completed');
  });
});
