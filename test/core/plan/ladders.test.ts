import type { Instant } from '../../../src/core/model/primitives.schema.ts';
import type { LadderDefinition, Rung } from '../../../src/core/pathway/clinic.schema.ts';
import { factOf, for_, ladderOf, leaf, pathwayWith, rung, stageOf, taskOf } from '../../support/pathways.ts';
import { RunningPlan } from '../../support/plan.ts';
import { beforeBooking, booked, dueOf, repeating, until, waitOf } from '../../support/tasks.ts';

const HISTORY = 'consultation/history';
const at = (day: string, time = '16:00'): Instant => `${day}T${time}:00.000Z`;
const roles = (plan: RunningPlan): string[] => plan.last.effects.map(({ role }) => role);

const SMOKER = { all: [leaf('smoker', 'equal', true)] };
const only = (at: Rung['at'], tell: string[], raise = 0): Rung => ({
  ...rung(at, tell, raise),
  onlyWhen: SMOKER,
});
const facts = [factOf('smoker', { kind: 'yes or no' })];

/** A plan that waits for one task, due at the end of Monday 9 March 2026. */
const waiting = (ladder: LadderDefinition, startedAt?: Instant): RunningPlan =>
  new RunningPlan(
    pathwayWith({ rules: [], facts, ladders: [ladder], consultation: [taskOf('history')] }),
    startedAt,
  );

describe('a rung with a condition', () => {
  const ladder = ladderOf([
    only({ when: 'due' }, ['coordinator'], 2),
    rung({ when: 'late', by: for_(2, 'day') }, ['clinical-lead'], 1),
  ]);
  const late = at('2026-03-10');

  it.each([
    ['is met', true, ['coordinator'], 2],
    ['is not', false, [], 0],
    ['is not known: it speaks', undefined, ['coordinator'], 2],
  ])('whose condition %s', (_what, smoker, told, level) => {
    const plan = waiting(ladder);
    if (smoker !== undefined) plan.observe([{ fact: 'smoker', value: smoker }]);
    plan.wake(late);
    expect(roles(plan)).toEqual(told);
    expect(plan.state.escalation).toBe(level);
    expect(waitOf(plan, HISTORY)?.rung).toBe(1);
  });

  it('that is passed over in silence leaves the next to speak', () => {
    const plan = waiting(ladder);
    plan.observe([{ fact: 'smoker', value: false }]);
    plan.wake(late);
    plan.wake(at('2026-03-12'));
    expect(roles(plan)).toEqual(['clinical-lead']);
    expect(plan.state.escalation).toBe(1);
  });

  it('and is the last: what comes back is told by the one before it', () => {
    const plan = waiting(
      ladderOf(
        [
          rung({ when: 'due' }, ['coordinator']),
          only({ when: 'late', by: for_(1, 'day') }, ['clinical-lead'], 2),
        ],
        for_(1, 'day'),
      ),
    );
    plan.observe([{ fact: 'smoker', value: false }]);
    plan.wake(at('2026-03-10'));
    plan.wake(at('2026-03-11'));
    expect(roles(plan)).toEqual([]);
    plan.wake(at('2026-03-12'));
    expect(roles(plan)).toEqual(['coordinator']);
  });

  it('and is the only one: what comes back is told to the owner, so that nothing waits unseen', () => {
    const plan = waiting(ladderOf([only({ when: 'due' }, ['clinical-lead'])], for_(1, 'day')));
    plan.observe([{ fact: 'smoker', value: false }]);
    plan.wake(at('2026-03-10'));
    expect(roles(plan)).toEqual([]);
    plan.wake(at('2026-03-11'));
    expect(roles(plan)).toEqual(['nurse']);
  });
});

describe('working days', () => {
  const later = (count: number): LadderDefinition =>
    ladderOf([rung({ when: 'late', by: for_(count, 'working day') })]);

  it.each([
    ['over a weekend', '2026-03-06', 2, '2026-03-10T22:00:00.000Z'],
    ['over Christmas, a Friday', '2026-12-24', 1, '2026-12-28T23:00:00.000Z'],
    ['over Christmas and the New Year', '2026-12-24', 5, '2027-01-04T23:00:00.000Z'],
    ['from a Saturday', '2026-03-14', 1, '2026-03-16T22:00:00.000Z'],
    ['from the Sunday on which the clocks change', '2026-03-08', 1, '2026-03-09T22:00:00.000Z'],
  ])('late are counted without closed days, to closing time: %s', (_name, dueOn, count, nextAt) => {
    const plan = new RunningPlan(
      pathwayWith({
        rules: [],
        ladders: [later(count)],
        consultation: [taskOf('history', { due: { to: for_(0, 'day'), after: 'plan start' } })],
      }),
      at(dueOn),
    );
    expect(waitOf(plan, HISTORY)?.nextAt).toBe(nextAt);
  });
});

describe('hours', () => {
  it.each([
    ['in spring', '2026-03-07T22:00:00.000Z', '2026-03-08T22:00:00.000Z', '2026-03-09T22:00:00.000Z'],
    ['in autumn', '2026-10-31T22:00:00.000Z', '2026-11-01T22:00:00.000Z', '2026-11-02T22:00:00.000Z'],
  ])('are elapsed time on the night on which the clocks change, %s', (_name, startedAt, dueAt, lateAt) => {
    const plan = new RunningPlan(
      pathwayWith({
        rules: [],
        ladders: [ladderOf([rung({ when: 'late', by: for_(24, 'hour') })])],
        consultation: [taskOf('history', { due: { to: for_(24, 'hour'), after: 'plan start' } })],
      }),
      startedAt,
    );
    expect(waitOf(plan, HISTORY)).toMatchObject({ dueAt, nextAt: lateAt });
  });
});

describe('the ladder of a row', () => {
  const check = repeating('check', for_(1, 'hour'), {
    ...until(for_(48, 'hour'), 'procedure'),
    ladder: 'emergency',
  });
  const emergency = ladderOf(
    [
      rung({ when: 'start' }, ['owner']),
      rung({ when: 'late', by: for_(30, 'minute') }, ['clinical-lead'], 3),
    ],
    for_(30, 'minute'),
    'emergency',
  );
  const CHECK = 'flap.recovery/check';
  const operated = (): RunningPlan => {
    const ladders = [ladderOf([rung({ when: 'due' })]), emergency];
    const stages = [stageOf('flap', { recovery: [check] }), stageOf('refinement')];
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [], ladders, stages }));
    plan.report('flap', '2026-03-04', at('2026-03-04'));
    return plan;
  };

  it('begins anew with each: the owner hears of every one, the lead when one is late', () => {
    const plan = operated();
    expect(plan.last.effects.filter(({ subject }) => subject === 'Title of check')).toHaveLength(1);
    plan.wake(at('2026-03-04', '17:30'));
    expect(roles(plan)).toEqual(['clinical-lead']);
    expect(plan.state.escalation).toBe(3);
    plan.complete(CHECK, at('2026-03-04', '17:40'));
    expect(plan.state.escalation).toBe(0);
    expect(waitOf(plan, CHECK)).toMatchObject({ dueAt: at('2026-03-04', '18:00'), rung: 1 });
  });

  it('of one that nobody does climbs on, and says so every half hour', () => {
    const plan = operated();
    plan.wake(at('2026-03-04', '17:30'));
    const told = ['18:00', '18:30', '19:00'].map((time) => {
      expect(plan.state.wake.at).toBe(at('2026-03-04', time));
      plan.wake(at('2026-03-04', time));
      return roles(plan).join();
    });
    expect(told).toEqual(['clinical-lead', 'clinical-lead', 'clinical-lead']);
    expect(dueOf(plan, CHECK)).toBe(at('2026-03-04', '17:00'));
  });
});

describe('a due time that moves', () => {
  const BLOODS = 'excision.ready/bloods';
  const atGate = (): RunningPlan => {
    const beforeEach = [beforeBooking('bloods', { to: for_(1, 'day') })];
    const plan = new RunningPlan(
      pathwayWith({ rules: [], consultation: [], stages: [stageOf('excision', { beforeEach })] }),
    );
    booked(plan, 'excision', '2026-03-13');
    plan.wake('2026-03-02T15:30:00.000Z');
    return plan;
  };
  const subjects = (plan: RunningPlan): string[] =>
    plan.last.effects.map(({ subject, role }) => `${role} ${subject}`);

  it('to a later day: its ladder begins again, and the plan comes down', () => {
    const plan = atGate();
    plan.wake('2026-03-19T22:00:00.000Z');
    expect(waitOf(plan, BLOODS)?.rung).toBe(3);
    expect(plan.state.escalation).toBe(1);
    booked(plan, 'excision', '2026-04-03');
    plan.wake('2026-03-20T15:00:00.000Z');
    expect(waitOf(plan, BLOODS)).toMatchObject({ rung: 0, nextAt: '2026-04-01T12:00:00.000Z' });
    expect(plan.last.effects).toEqual([]);
    expect(plan.state.escalation).toBe(0);
  });

  it('to an earlier day that is still ahead: its warning comes in time', () => {
    const plan = atGate();
    booked(plan, 'excision', '2026-03-11');
    plan.wake('2026-03-03T15:00:00.000Z');
    expect(waitOf(plan, BLOODS)).toMatchObject({ rung: 0, nextAt: '2026-03-09T12:00:00.000Z' });
  });

  it('to a day that has passed: every rung that has come speaks in that step', () => {
    const plan = atGate();
    booked(plan, 'excision', '2026-03-04');
    plan.wake('2026-03-11T22:00:00.000Z');
    expect(subjects(plan)).toEqual(
      expect.arrayContaining(['coordinator Title of bloods', 'clinical-lead Title of bloods']),
    );
    expect((waitOf(plan, BLOODS)?.nextAt ?? '') > plan.state.now).toBe(true);
  });
});
