import type { Duration } from '../../../src/core/model/primitives.schema.ts';
import type { Moment, TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import { factOf, for_, leaf, pathwayWith, stageOf, taskOf } from '../../support/pathways.ts';
import { eventOf, kinds, RunningPlan } from '../../support/plan.ts';
import { dueOf, repeating, until, waitOf } from '../../support/tasks.ts';

const DRESSING = 'excision.closure/dressing';
const dressing = (
  more: Partial<TaskDefinition> & { until?: Moment } = {},
  every = for_(7, 'day'),
): TaskDefinition => repeating('dressing', every, { ...until(for_(4, 'week'), 'procedure'), ...more });

/** Two stages, the first done on 9 March 2026, so that the plan is past it. */
const excised = (closure: TaskDefinition[], reportedAt = '2026-03-09T20:00:00.000Z'): RunningPlan => {
  const stages = [stageOf('excision', { closure }), stageOf('refinement')];
  const facts = [factOf('wound', { kind: 'code', codes: ['dry', 'weeping'] })];
  const plan = new RunningPlan(pathwayWith({ rules: [], facts, consultation: [], stages }));
  plan.report('excision', '2026-03-09', reportedAt);
  return plan;
};
const at = (day: string): string => `${day}T16:00:00.000Z`;

describe('work that comes round again', () => {
  it('has one open task at a time, and keeps no phase from ending', () => {
    const plan = excised([dressing()]);
    expect(plan.state.chart).toBe('refinement.ready');
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 1 });
    expect(dueOf(plan, DRESSING)).toBe('2026-03-17T04:00:00.000Z');
  });

  it.each([
    ['early', '2026-03-12', 2, '2026-03-24'],
    ['on its day', '2026-03-16', 2, '2026-03-24'],
    ['a day late', '2026-03-17', 2, '2026-03-24'],
    ['on the day of the next', '2026-03-23', 2, '2026-03-24'],
    ['after the next was due: that one is passed over', '2026-03-24', 3, '2026-03-31'],
    ['three weeks late', '2026-04-05', 4, '2026-04-07'],
  ])('counts the next from the procedure, not from the last: done %s', (_when, doneOn, repeat, lateFrom) => {
    const plan = excised([dressing()]);
    plan.complete(DRESSING, at(doneOn));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat });
    expect(dueOf(plan, DRESSING)?.slice(0, 10)).toBe(lateFrom);
  });

  it('that is not done stays open and overdue, its ladder where it is', () => {
    const plan = excised([dressing()]);
    plan.wake('2026-04-20T22:00:00.000Z');
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 1 });
    expect(dueOf(plan, DRESSING)).toBe('2026-03-17T04:00:00.000Z');
    expect(plan.state.escalation).toBe(1);
  });

  it('ends with the last that is due until its end', () => {
    const plan = excised([dressing()]);
    plan.complete(DRESSING, at('2026-03-31'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 4 });
    expect(dueOf(plan, DRESSING)).toBe('2026-04-07T04:00:00.000Z');
    plan.complete(DRESSING, at('2026-04-06'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'completed', repeat: 4 });
    expect(waitOf(plan, DRESSING)).toBeUndefined();
  });

  it('done long after its end is over', () => {
    const plan = excised([dressing()]);
    plan.complete(DRESSING, at('2026-06-01'));
    expect(plan.state.tasks[DRESSING]?.status).toBe('completed');
  });

  it('is not asked for when its end lies before its first', () => {
    const plan = excised([dressing(until(for_(6, 'day'), 'procedure'))]);
    expect(waitOf(plan, DRESSING)).toBeUndefined();
    expect(plan.state.chart).toBe('refinement.ready');
  });

  it('stands in the journal each time, and in the state once', () => {
    const plan = excised([dressing()]);
    plan.complete(DRESSING, at('2026-03-16'));
    const own = plan.last.journal.filter(({ details }) => details.task === DRESSING);
    expect(kinds(own)).toEqual(['task.completed', 'task.requested']);
    expect(own[0]?.details).toEqual({ task: DRESSING, repeat: 1 });
    expect(Object.keys(plan.state.tasks).filter((id) => id.includes('dressing'))).toEqual([DRESSING]);
  });

  it('begun again behind a procedure told after the course, is not done by what was done before that procedure', () => {
    const facts = [factOf('wound', { kind: 'code', codes: ['dry', 'weeping'] })];
    const stages = [stageOf('excision', { closure: [dressing()] })];
    const plan = new RunningPlan(pathwayWith({ rules: [], facts, consultation: [], stages }));
    plan.report('excision', '2026-03-09', at('2026-03-09'));
    expect(plan.state.chart).toBe('completed');
    plan.report('excision', '2026-03-16', at('2026-03-18'));
    plan.complete(DRESSING, at('2026-03-18'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ repeat: 1, turn: { round: 1, after: '2026-03-16' } });
    const early = eventOf('task.completed', { task: DRESSING }, { id: 'early', time: at('2026-03-15') });
    plan.send(early, at('2026-03-19'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 1 });
  });

  it('told to be done twice is done once, when the second time speaks of the first', () => {
    const plan = excised([dressing()]);
    const done = eventOf('task.completed', { task: DRESSING }, { time: at('2026-03-15') });
    plan.send(done, at('2026-03-16'));
    plan.send({ ...done, id: 'told-again' }, '2026-03-16T17:00:00.000Z');
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 2 });
  });
});

describe('what a row counts from', () => {
  it.each<[string, Duration, string, string]>([
    ['days', for_(2, 'day'), '2026-03-12T04:00:00.000Z', '2026-03-14T04:00:00.000Z'],
    ['weeks', for_(1, 'week'), '2026-03-17T04:00:00.000Z', '2026-03-24T04:00:00.000Z'],
    ['months', for_(1, 'month'), '2026-04-10T04:00:00.000Z', '2026-05-10T04:00:00.000Z'],
    ['years', for_(1, 'year'), '2027-03-10T05:00:00.000Z', '2028-03-10T05:00:00.000Z'],
    ['working days', for_(5, 'working day'), '2026-03-17T04:00:00.000Z', '2026-03-24T04:00:00.000Z'],
    ['hours, from the report', for_(4, 'hour'), '2026-03-10T00:00:00.000Z', '2026-03-10T04:00:00.000Z'],
  ])('in %s', (_name, every, first, second) => {
    const plan = excised([dressing(until(for_(5, 'year'), 'procedure'), every)]);
    expect(dueOf(plan, DRESSING)).toBe(first);
    plan.complete(DRESSING, plan.state.now);
    expect(dueOf(plan, DRESSING)).toBe(second);
  });

  it('months from 31 January: 1 March, 31 March, 1 May', () => {
    const consultation = [repeating('weigh', for_(1, 'month')), taskOf('history')];
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation }), '2026-01-31T15:00:00.000Z');
    const dues = [1, 2, 3].map(() => {
      const due = dueOf(plan, 'consultation/weigh');
      plan.complete('consultation/weigh', plan.state.now);
      return due?.slice(0, 10);
    });
    // Each is late from the first instant of the next day.
    expect(dues).toEqual(['2026-03-02', '2026-04-01', '2026-05-02']);
  });

  it('hours over the night on which the clocks change are as long as ever', () => {
    const stages = [
      stageOf('flap', {
        recovery: [repeating('check', for_(1, 'hour'), until(for_(48, 'hour'), 'procedure'))],
      }),
      stageOf('refinement'),
    ];
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [], stages }));
    plan.report('flap', '2026-03-07', '2026-03-07T22:00:00.000Z');
    const dues = Array.from({ length: 48 }, () => {
      const due = dueOf(plan, 'flap.recovery/check') ?? '';
      plan.complete('flap.recovery/check', due.replace(':00.000Z', ':30.000Z'));
      return due;
    });
    expect([dues[0], dues[9], dues[47]]).toEqual([
      '2026-03-07T23:00:00.000Z',
      '2026-03-08T08:00:00.000Z',
      '2026-03-09T22:00:00.000Z',
    ]);
    expect(plan.state.tasks['flap.recovery/check']?.status).toBe('completed');
  });

  it('hours told a day late are counted from the end of the day, and the first is overdue at once', () => {
    const row = repeating('dressing', for_(1, 'hour'), until(for_(48, 'hour'), 'procedure'));
    const plan = excised([row], '2026-03-10T16:00:00.000Z');
    expect(dueOf(plan, DRESSING)).toBe('2026-03-10T05:00:00.000Z');
    plan.complete(DRESSING, '2026-03-10T16:30:00.000Z');
    expect(dueOf(plan, DRESSING)).toBe('2026-03-10T17:00:00.000Z');
  });

  it.each([
    ['days', for_(10, 'day'), for_(2, 'week'), ['2026-03-20', '2026-04-03', '2026-04-17']],
    [
      'years, as the scan of an implant',
      for_(5, 'year'),
      for_(2, 'year'),
      ['2031-03-10', '2033-03-10', '2035-03-10'],
    ],
    ['no time', for_(0, 'day'), for_(1, 'month'), ['2026-03-10', '2026-04-10', '2026-05-10']],
  ])(
    'from a moment of its own, after %s: the first is due then, and the others one round apart',
    (_says, by, every, lateFrom) => {
      const row = repeating('dressing', every, {
        from: { by, after: 'procedure' },
        ...until(for_(20, 'year'), 'procedure'),
      });
      const plan = excised([row]);
      const dues = lateFrom.map(() => {
        const due = dueOf(plan, DRESSING) ?? '';
        plan.complete(DRESSING, due.replace('T0', 'T1'));
        return due.slice(0, 10);
      });
      expect(dues).toEqual(lateFrom);
    },
  );

  it('of hours, and from the procedure itself: the first is due with the report, at that very time', () => {
    const row = repeating('dressing', for_(4, 'hour'), { from: { by: for_(0, 'day'), after: 'procedure' } });
    const plan = excised([{ ...row, when: { ...row.when, ...until(for_(2, 'day'), 'procedure') } }]);
    expect(dueOf(plan, DRESSING)).toBe('2026-03-09T20:00:00.000Z');
    plan.complete(DRESSING, '2026-03-09T20:30:00.000Z');
    expect(dueOf(plan, DRESSING)).toBe('2026-03-10T00:00:00.000Z');
  });

  it('from a moment of its own, it is asked for in time for the first', () => {
    const row = repeating('dressing', for_(2, 'week'), { from: { by: for_(10, 'day'), after: 'procedure' } });
    const stages = [stageOf('excision', { closure: [row], recovery: [taskOf('visit')] })];
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [], stages }));
    plan.report('excision', '2026-03-09', '2026-03-09T20:00:00.000Z');
    const asked = plan.journal.find(({ details }) => details.task === DRESSING);
    expect(asked?.details.dueAt).toBe('2026-03-20T04:00:00.000Z');
  });
});

describe('a row that names no end', () => {
  const open = repeating('dressing', for_(7, 'day'));

  it('goes on through its stage, and ends when the stage is left', () => {
    const recovery = [taskOf('stitches', { due: { to: for_(30, 'day'), after: 'procedure' } })];
    const stages = [stageOf('excision', { closure: [open], recovery }), stageOf('refinement')];
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [], stages }));
    plan.report('excision', '2026-03-09', '2026-03-09T20:00:00.000Z');
    expect(plan.state.chart).toBe('excision.recovery');
    plan.complete(DRESSING, at('2026-03-16'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 2 });
    plan.complete('excision.recovery/stitches', at('2026-03-20'));
    expect(plan.state.chart).toBe('refinement.ready');
    expect(plan.state.tasks[DRESSING]?.status).toBe('cancelled');
    expect(waitOf(plan, DRESSING)).toBeUndefined();
  });

  it('of a phase of the plan ends with the phase', () => {
    const consultation = [
      repeating('weigh', for_(1, 'day')),
      {
        ...repeating('history', for_(1, 'day')),
        when: { due: { to: for_(7, 'day'), after: 'plan start' } },
      } as const,
    ];
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation }));
    expect(dueOf(plan, 'consultation/weigh')).toBe('2026-03-04T05:00:00.000Z');
    plan.complete('consultation/weigh', at('2026-03-03'));
    expect(dueOf(plan, 'consultation/weigh')).toBe('2026-03-05T05:00:00.000Z');
    plan.complete('consultation/history', at('2026-03-04'));
    expect(plan.state.tasks['consultation/weigh']?.status).toBe('cancelled');
  });
});

describe('a row that names its end', () => {
  const single = (closure: TaskDefinition[]): RunningPlan => {
    const stages = [stageOf('excision', { closure })];
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [], stages }));
    plan.report('excision', '2026-03-09', '2026-03-09T20:00:00.000Z');
    return plan;
  };

  it('outlives the course that came to its end: nobody leaves a wound undressed', () => {
    const plan = single([dressing()]);
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'active' });
    for (const day of ['2026-03-16', '2026-03-23', '2026-03-30']) plan.complete(DRESSING, at(day));
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'active' });
    plan.complete('plan/deviation-2');
    plan.complete(DRESSING, at('2026-04-06'));
    expect(plan.state).toMatchObject({ status: 'completed', wake: { at: null } });
  });

  it('does not outlive a plan that was cancelled', () => {
    const plan = excised([dressing()]);
    plan.cancel(at('2026-03-12'));
    expect(plan.state.tasks[DRESSING]?.status).toBe('cancelled');
    expect(Object.keys(plan.state.waits)).toEqual(['task/plan/deviation-2']);
  });

  it('rests while it is not needed, and comes back with the next that is due', () => {
    const when = { all: [leaf('wound', 'equal', 'weeping')] };
    const plan = excised([dressing({ onlyWhen: when })]);
    plan.observe([{ fact: 'wound', value: 'dry' }], at('2026-03-12'));
    expect(plan.state.tasks[DRESSING]?.status).toBe('cancelled');
    plan.observe([{ fact: 'wound', value: 'weeping' }], at('2026-03-13'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 1 });
    plan.observe([{ fact: 'wound', value: 'dry' }], at('2026-03-14'));
    plan.observe([{ fact: 'wound', value: 'weeping' }], at('2026-03-25'));
    expect(plan.state.tasks[DRESSING]).toMatchObject({ status: 'requested', repeat: 3 });
    expect(dueOf(plan, DRESSING)).toBe('2026-03-31T04:00:00.000Z');
  });
});

describe('a row of years', () => {
  it('of every hour does not grow the plan, however often it is done', () => {
    const plan = excised([dressing(until(for_(10, 'year'), 'procedure'), for_(1, 'hour'))]);
    const size = (): number => JSON.stringify(plan.state).length;
    const before = size();
    for (let done = 0; done < 300; done += 1) plan.complete(DRESSING, dueOf(plan, DRESSING));
    expect(size()).toBeLessThan(before + 20);
    expect(plan.state.tasks[DRESSING]).toMatchObject({ repeat: 301 });
  });

  it('of every hour, and nobody there for one of them, finds the next at once', () => {
    const plan = excised([dressing(until(for_(10, 'year'), 'procedure'), for_(1, 'hour'))]);
    plan.complete(DRESSING, '2027-03-09T20:30:00.000Z');
    expect(dueOf(plan, DRESSING)).toBe('2027-03-09T21:00:00.000Z');
  });
});
