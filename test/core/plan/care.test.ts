import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { step } from '../../../src/core/plan/step.ts';
import { careOf, heard, noonOf, planWithCare, underCare } from '../../support/care.ts';
import { leave, planWith, sleepUntil, twoStages } from '../../support/decided.ts';
import { for_, stageOf } from '../../support/pathways.ts';
import { eventOf, kinds, nurse, type RunningPlan, startOf } from '../../support/plan.ts';
import { revise } from '../../support/revised.ts';

const inForce = (plan: RunningPlan): string[] => Object.keys(plan.state.care);
const of = (count: number, unit: 'day' | 'week', after: 'procedure' | 'first session' | 'last session') => ({
  by: for_(count, unit),
  after,
});

describe('home care', () => {
  it('that counts from what has not come is in force nowhere', () => {
    const plan = planWithCare();
    expect(inForce(plan)).toEqual([]);
    plan.report('first', '2026-03-09', noonOf('2026-03-09'));
    expect(inForce(plan)).toEqual(['course/home']);
  });

  it('begins in the journal, and with a word to the patient', () => {
    const plan = underCare();
    expect(kinds(plan.last.journal)).toContain('care.started');
    expect(heard(plan.last)).toContain('From now on: Title of home: Say of home In the morning: cream.');
  });

  it('that begins some days later begins by itself, on its day and not before', () => {
    const plan = underCare([careOf('home', { from: of(3, 'day', 'first session') })]);
    sleepUntil(plan, '2026-03-12T03:59:59.000Z');
    expect(inForce(plan)).toEqual([]);
    sleepUntil(plan, '2026-03-12T04:00:00.000Z');
    expect(inForce(plan)).toEqual(['course/home']);
  });

  it('lasts to the end of its last day', () => {
    const plan = underCare([careOf('home', { until: of(2, 'day', 'first session') })]);
    sleepUntil(plan, '2026-03-12T03:59:59.000Z');
    expect(inForce(plan)).toEqual(['course/home']);
    sleepUntil(plan, '2026-03-12T04:00:00.000Z');
    expect(inForce(plan)).toEqual([]);
    expect(heard(plan.last)).toContain('No longer needed: Title of home: Home care is over: Title of home');
  });

  it('that ended with a report that was withdrawn is in force no more', () => {
    const plan = underCare();
    plan.send(
      eventOf('report.withdrawn', { stage: 'first', performedOn: '2026-03-09', reason: 'another patient' }),
      noonOf('2026-03-10'),
    );
    expect(inForce(plan)).toEqual([]);
  });

  it.each(['postponement', 'further-evaluation', 'conservative', 'referral'] as const)(
    'goes on while the plan is in %s',
    (exit) => {
      const plan = underCare();
      leave(plan, exit, noonOf('2026-03-10'));
      expect(plan.state.chart).toBe(exit);
      expect(inForce(plan)).toEqual(['course/home']);
    },
  );

  it('ends with a plan that is cancelled', () => {
    const plan = underCare();
    plan.cancel(noonOf('2026-03-10'));
    expect(plan.state.chart).toBe('cancelled');
    expect(inForce(plan)).toEqual([]);
  });

  it('ends with a plan that is declined', () => {
    const plan = underCare();
    leave(plan, 'declined', noonOf('2026-03-10'));
    expect(inForce(plan)).toEqual([]);
  });
});

describe('home care whose course is completed', () => {
  const completed = (until?: ReturnType<typeof of>): RunningPlan => {
    const plan = planWith({ care: [careOf('home', until ? { until } : {})] });
    for (const stage of ['first', 'second']) plan.report(stage, '2026-03-09', noonOf('2026-03-09'));
    for (const id of Object.keys(plan.state.tasks)) plan.complete(id, noonOf('2026-03-09'));
    return plan;
  };

  it('ends with it where it names no last day', () => {
    const plan = completed();
    expect(plan.state.chart).toBe('completed');
    expect(plan.state.status).toBe('completed');
    expect(inForce(plan)).toEqual([]);
  });

  it('goes on to its last day, and the plan with it; then both are over', () => {
    const plan = completed(of(5, 'day', 'last session'));
    expect(plan.state.chart).toBe('completed');
    expect([inForce(plan), plan.state.status]).toEqual([['course/home'], 'active']);
    sleepUntil(plan, '2026-03-15T04:00:00.000Z');
    expect([inForce(plan), plan.state.status]).toEqual([[], 'completed']);
    expect(plan.state.wake.at).toBeNull();
  });
});

describe('home care of a stage', () => {
  const wound = careOf('wound', {
    belongsTo: 'first.recovery',
    from: of(0, 'day', 'procedure'),
    until: of(10, 'day', 'procedure'),
  });

  it('counts from the procedure of that stage alone', () => {
    const plan = planWithCare([wound]);
    plan.report('second', '2026-03-05', noonOf('2026-03-05'));
    expect(inForce(plan)).toEqual([]);
    plan.report('first', '2026-03-09', noonOf('2026-03-09'));
    expect(inForce(plan)).toEqual(['first.recovery/wound']);
  });

  it('goes on after the last time when the stage is to be done again, until it has been', () => {
    const plan = planWithCare([wound], { stages: [stageOf('first', { sessions: 2 }), stageOf('second')] });
    plan.report('first', '2026-03-09', noonOf('2026-03-09'));
    plan.report('first', '2026-03-12', noonOf('2026-03-12'));
    sleepUntil(plan, '2026-03-20T12:00:00.000Z');
    expect(inForce(plan)).toEqual(['first.recovery/wound']);
    sleepUntil(plan, '2026-03-23T04:00:00.000Z');
    expect(inForce(plan)).toEqual([]);
  });

  it('goes with a stage that is added for one patient and is like it', () => {
    const plan = planWithCare([wound]);
    const added = revise(plan, [{ change: 'stage-added', stage: 'third', like: 'first', after: 'second' }]);
    expect(added.answer.outcome).toBe('accepted');
    plan.report('third', '2026-03-05', noonOf('2026-03-05'));
    expect(inForce(plan)).toEqual(['third.recovery/wound']);
  });

  it('is for those alone who chose it', () => {
    const onlyFor = [{ choice: 'option', values: ['flap'] }];
    const plan = underCare([{ ...wound, onlyFor }]);
    expect(inForce(plan)).toEqual([]);
  });
});

describe('what home care says', () => {
  const figures = [
    {
      figure: 'topical',
      title: 'Prescribed topical',
      is: { value: { kind: 'text' as const, text: 'azelaic acid' } },
      oneOf: ['azelaic acid', 'adapalene', 'none'].map((text) => ({ kind: 'text' as const, text })),
      adjust: { by: ['nurse'], when: 'any time' as const },
    },
  ];
  const withTopical = () =>
    underCare([careOf('home', { evening: [{ text: 'gel' }, { figure: 'topical' }] })], { figures });
  const set = (plan: RunningPlan, value: string) =>
    revise(plan, [{ change: 'figure', figure: 'topical', value }], { by: nurse, now: noonOf('2026-03-10') });

  it('is the value of the figure that it names', () => {
    expect(withTopical().state.care['course/home']?.evening).toEqual(['gel', 'azelaic acid']);
  });

  it('is another as soon as the figure is, and the patient is told', () => {
    const plan = withTopical();
    expect(set(plan, 'adapalene').answer.outcome).toBe('accepted');
    expect(plan.state.care['course/home']?.evening).toEqual(['gel', 'adapalene']);
    expect(heard(plan.last)).toContain(
      'Changed: Title of home: In the morning: cream. In the evening: gel, adapalene.',
    );
    expect(plan.state.care['course/home']?.since).toBe(noonOf('2026-03-09'));
  });

  it('leaves out what a figure says is none', () => {
    const plan = withTopical();
    set(plan, 'none');
    expect(plan.state.care['course/home']?.evening).toEqual(['gel']);
  });
});

it('a plan that is prescribed only has home care written down, and is told of none', () => {
  const pathway = loadPathway(twoStages({ care: [careOf('home')] }));
  const start = startOf(pathway.compiled);
  if (start.type !== 'startPlan') throw new Error('no start');
  const event = { ...start, data: { ...start.data, intent: 'plan' as const } };
  const { state, journal, effects } = step(pathway, undefined, event, noonOf('2026-03-02'));
  expect([state.care, effects]).toEqual([{}, []]);
  expect(journal.map(({ says }) => says)).toContain(
    'Title of home, from first session to the end of the plan. In the morning: cream. Say of home',
  );
});
