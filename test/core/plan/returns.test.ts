import type { ExitDefinition } from '../../../src/core/pathway/decisions.schema.ts';
import { Desk } from '../../support/appointments.ts';
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
import {
  atStage,
  contraindication,
  for_,
  intervalOf,
  leaf,
  stageOf,
  taskOf,
} from '../../support/pathways.ts';
import { kinds, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { perform } from '../../support/staged.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const exits = (returnsTo: ExitDefinition['returnsTo'] = 'where it left') => {
  const exit = { reviewEvery: for_(7, 'day'), closesAfter: for_(1, 'year'), returnsTo, tasks: [] };
  return { postponement: exit, 'further-evaluation': exit };
};

const prepared = (more: Parameters<typeof planWith>[0] = {}): RunningPlan =>
  planWith({
    exits: exits(),
    assessment: [taskOf('photographs'), taskOf('scan')],
    stages: [
      stageOf('first', {
        prep: [taskOf('fitness'), taskOf('shower')],
        recovery: [taskOf('visit'), taskOf('drains')],
      }),
      stageOf('second'),
    ],
    ...more,
  });
const inPrep = (more: Parameters<typeof planWith>[0] = {}): RunningPlan => {
  const plan = prepared(more);
  plan.finishPhase();
  plan.consent('first-consent', '2026-03-02');
  plan.send({
    id: 'prep',
    source: 'front-desk',
    actor: { id: 'coordinator-1', roles: ['coordinator'], clinic: 'northside' },
    type: 'startPrep',
    data: { stage: 'first' },
  });
  expect(plan.state.chart).toBe('first.prep');
  return plan;
};

describe('a plan comes back', () => {
  it('to where it left, with the work that fell away, and not with what was done', () => {
    const plan = prepared();
    plan.complete('assessment/photographs');
    leave(plan, 'postponement');
    expect(openTasks(plan)).toEqual([]);
    comeBack(plan, at('2026-04-01'));
    expect(plan.state.chart).toBe('assessment');
    expect(openTasks(plan)).toEqual(['assessment/scan']);
    expect(plan.state.leave).toBeUndefined();
    expect(plan.state.status).toBe('active');
    expect(kinds(plan.last.journal)).toContain('course.returned');
  });

  it('to a recovery, with the care that fell away', () => {
    const plan = prepared();
    plan.finishPhase();
    plan.report('first', '2026-03-02');
    plan.complete('first.recovery/visit');
    leave(plan, 'postponement');
    comeBack(plan, at('2026-03-10'));
    expect(plan.state.chart).toBe('first.recovery');
    expect(openTasks(plan)).toContain('first.recovery/drains');
    expect(openTasks(plan)).not.toContain('first.recovery/visit');
  });

  it.each([
    ['from prep', (plan: RunningPlan) => plan],
    [
      'from the procedure',
      (plan: RunningPlan) => {
        plan.finishPhase();
        plan.start('first');
        expect(plan.state.chart).toBe('first.procedure');
        return plan;
      },
    ],
  ])('%s: to before the gate, which is asked again', (_name, moved) => {
    const plan = moved(inPrep());
    leave(plan, 'postponement');
    comeBack(plan, at('2026-04-01'));
    expect(plan.state.chart).toBe('first.ready');
    expect(plan.state.gates.every(({ closedAt }) => closedAt !== undefined)).toBe(true);
    expect(refusalOf(plan.start('first')).code).toBe('CC3002');
    expect(plan.state.waits['start/first']).toBeDefined();
  });

  it('finds no booking, and can be booked again', () => {
    const plan = inPrep();
    book(plan, 'first', '2026-03-10');
    leave(plan, 'postponement');
    comeBack(plan, at('2026-04-01'));
    expect(plan.state.bookings.first?.status).toBe('cancelled');
    book(plan, 'first', '2026-04-10');
    expect(plan.state.bookings.first).toMatchObject({ status: 'booked', generation: 2 });
  });

  it.each([
    ['on its course', 'CC3010'],
    ['over', 'CC3003'],
  ])('is refused to a plan that is %s', (what, code) => {
    const plan = prepared();
    if (what === 'over') plan.cancel();
    expect(refusalOf(comeBack(plan).answer).code).toBe(code);
  });
});

describe('what is asked again of a plan that comes back', () => {
  it('its consent, which may have ended meanwhile', () => {
    const plan = planWith({ exits: exits() });
    plan.consent('first-consent', '2026-03-02');
    leave(plan, 'postponement');
    comeBack(plan, at('2026-10-01'));
    expect(refusalOf(plan.start('first')).reasons).toMatchObject([{ invariant: 'S1' }]);
  });

  it('its holds: what nobody can rule out any more is a hold again', () => {
    const rules = [contraindication('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] })];
    const plan = planWith({ rules, exits: exits() });
    plan.observe([{ fact: 'temperature', value: 36.8, unit: 'Cel' }]);
    leave(plan, 'postponement');
    comeBack(plan, at('2026-04-01'));
    expect(plan.state.holds['first/fever']?.finding.result).toBe('unknown');
  });

  it('its intervals: a latest day that passed meanwhile is asked about', () => {
    const plan = planWith({
      exits: exits(),
      intervals: [
        intervalOf('soon', atStage('end of first'), 'second-procedure', { latest: for_(30, 'day') }),
      ],
    });
    perform(plan, 'first', '2026-03-03');
    leave(plan, 'postponement');
    plan.wake(at('2026-05-01'));
    expect(openQuestions(plan).filter((id) => id.startsWith('late/'))).toEqual([]);
    comeBack(plan, at('2026-05-01'));
    expect(openQuestions(plan)).toEqual(['late/second/soon/2026-03-03']);
  });
});

describe('a report that turns out wrong while the plan is off its course', () => {
  const off = (sessions: number): { plan: RunningPlan; desk: Desk } => {
    const plan = planWith({
      exits: exits(),
      stages: [stageOf('first', { sessions, closure: [taskOf('drain')] }), stageOf('second')],
    });
    const desk = new Desk(plan);
    for (const day of ['2026-03-03', '2026-03-04'].slice(0, sessions)) perform(plan, 'first', day);
    expect(plan.state.chart).toBe('first.closure');
    leave(plan, 'postponement', at('2026-03-05'));
    return { plan, desk };
  };

  it.each([
    ['the only one', 1],
    ['one of two', 2],
  ])('is owed again on return: %s', (_name, sessions) => {
    const { plan, desk } = off(sessions);
    desk.withdraw('first', '2026-03-03', at('2026-03-06'));
    expect(plan.state).toMatchObject({ chart: 'postponement', leave: { from: 'first.ready' } });
    comeBack(plan, at('2026-03-07'));
    expect(plan.state.chart).toBe('first.ready');
    expect(plan.state.waits['start/first']).toBeDefined();
  });

  it('of another stage leaves it where it left', () => {
    const { plan, desk } = off(1);
    desk.withdraw('second', '2026-03-03', at('2026-03-06'));
    comeBack(plan, at('2026-03-07'));
    expect(plan.state.chart).toBe('first.closure');
  });
});

describe('decisions of a plan that comes back', () => {
  const deciding = (returnsTo?: ExitDefinition['returnsTo']) =>
    planWith({
      exits: exits(returnsTo),
      decidedIn: { consultation: [], assessment: ['one', 'other'] },
      decisions: [
        decisionOf('one'),
        decisionOf('other', { outcomes: { yes: GO, look: exitTo('further-evaluation') } }),
      ],
    });

  it('where it left: what was decided stands, what was not is asked again', () => {
    const plan = deciding();
    decide(plan, 'decision/one', 'yes');
    decide(plan, 'decision/other', 'look');
    comeBack(plan, at('2026-04-01'));
    expect(openQuestions(plan)).toEqual(['decision/other#2']);
    decide(plan, 'decision/other#2', 'yes');
    expect(plan.state.chart).toBe('first.ready');
  });

  it('to a phase that the exit names: all of them are asked again', () => {
    const plan = deciding('assessment');
    decide(plan, 'decision/one', 'yes');
    decide(plan, 'decision/other', 'yes');
    leave(plan, 'further-evaluation');
    comeBack(plan, at('2026-04-01'));
    expect(plan.state.chart).toBe('assessment');
    expect(openQuestions(plan)).toEqual(['decision/one#2', 'decision/other#2']);
  });

  it('an answer that was given to what is asked no more is not taken', () => {
    const plan = deciding();
    leave(plan, 'postponement');
    comeBack(plan, at('2026-04-01'));
    expect(decide(plan, 'decision/one', 'yes').answer).toMatchObject({ outcome: 'rejected', code: 'CC2029' });
  });
});

describe('a report of a plan that is off its course', () => {
  it('brings it where reality is, ends its leave, and is a deviation', () => {
    const plan = prepared();
    plan.finishPhase();
    leave(plan, 'postponement');
    plan.report('first', '2026-03-09', at('2026-03-09'));
    expect(plan.state.chart).toBe('first.recovery');
    expect(plan.state.leave).toBeUndefined();
    expect(Object.keys(plan.state.waits).some((id) => id.startsWith('exit/'))).toBe(false);
    expect(plan.state.performed).toMatchObject([{ deviation: true }]);
    expect(plan.state.status).toBe('active');
  });

  it('of what was done before something else leaves it where it is', () => {
    const plan = planWith({ exits: exits() });
    perform(plan, 'first', '2026-03-05');
    leave(plan, 'postponement');
    plan.report('second', '2026-03-04', at('2026-03-06'));
    expect(plan.state.chart).toBe('postponement');
    expect(plan.state.leave?.from).toBe('second.ready');
  });
});

describe('a course of many stages that have been done', () => {
  const names = Array.from({ length: 20 }, (_, index) => `s${index}`);
  const dayOf = (index: number): string => `2026-03-${String(index + 3).padStart(2, '0')}`;
  const done = (count: number, more: Parameters<typeof planWith>[0] = {}): RunningPlan => {
    const plan = planWith({ stages: names.map((name) => stageOf(name)), ...more });
    for (const [index, name] of names.slice(0, count).entries())
      plan.report(name, dayOf(index), at(dayOf(index)));
    return plan;
  };

  it('passes by all of them on its way back from an exit', () => {
    const plan = done(19, { exits: exits('assessment') });
    expect(plan.state.chart).toBe('s19.ready');
    leave(plan, 'postponement');
    expect(comeBack(plan).answer.outcome).toBe('accepted');
    expect(plan.state.chart).toBe('s19.ready');
  });

  it('goes through those behind one that is done again: each of them is owed once more', () => {
    const plan = done(20, {
      course: [...names.map((name) => ({ kind: 'stage' as const, name })), { kind: 'decision', name: 'mid' }],
      decisions: [decisionOf('mid', { outcomes: { back: [{ do: 'to', stage: 's0', atMost: 1 }] } })],
    });
    expect(plan.state.chart).toBe('mid.decision');
    decide(plan, 'decision/mid', 'back');
    expect(plan.report('s0', '2026-03-24', at('2026-03-24')).answer.outcome).toBe('accepted');
    expect(plan.state.chart).toBe('s1.ready');
  });
});
