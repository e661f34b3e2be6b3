import type { TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import { for_, leaf, pathwayWith, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import { RunningPlan } from '../../support/plan.ts';
import { dueOf, repeating, until, waitOf } from '../../support/tasks.ts';

const planOf = (consultation: TaskDefinition[], more: Variation = {}): RunningPlan =>
  new RunningPlan(pathwayWith({ rules: [], consultation, ...more }));
const at = (day: string): string => `${day}T16:00:00.000Z`;
const LETTER = 'consultation/letter';
const TAKE_OVER = 'consultation/letter/hand-over';

describe('work that is handed on', () => {
  const letter = taskOf('letter', { handsTo: 'coordinator', title: 'Yearly follow-up' });

  it('makes a task for whoever takes it over, due as the clinic says, and tells them', () => {
    const plan = planOf([letter, taskOf('history')]);
    expect(plan.state.tasks[TAKE_OVER]).toBeUndefined();
    plan.complete(LETTER, at('2026-03-05'));
    expect(plan.state.tasks[TAKE_OVER]).toMatchObject({
      title: 'Take over: Yearly follow-up',
      role: 'coordinator',
      status: 'requested',
      belongsTo: 'plan',
    });
    expect(dueOf(plan, TAKE_OVER)).toBe('2026-03-10T04:00:00.000Z');
    expect(plan.last.effects.map(({ role, says }) => `${role}: ${says}`)).toEqual([
      'coordinator: Take over: Yearly follow-up',
    ]);
  });

  it('keeps no phase from ending, and is owed after the course has ended', () => {
    const plan = planOf([letter], { assessment: [taskOf('scan')] });
    plan.complete(LETTER, at('2026-03-06'));
    expect(plan.state.chart).toBe('assessment');
    plan.cancel(at('2026-03-07'));
    expect(plan.state.tasks[TAKE_OVER]?.status).toBe('requested');
    expect(plan.state.status).toBe('active');
    plan.complete(TAKE_OVER, at('2026-03-08'));
    expect(plan.state.status).toBe('revoked');
  });

  it('of a row is taken over once while that is open', () => {
    const row = repeating('letter', for_(1, 'day'), {
      handsTo: 'coordinator',
      ...until(for_(9, 'day'), 'plan start'),
    });
    const plan = planOf([row, taskOf('history')]);
    plan.complete(LETTER, at('2026-03-03'));
    const due = dueOf(plan, TAKE_OVER);
    plan.complete(LETTER, at('2026-03-04'));
    expect(dueOf(plan, TAKE_OVER)).toBe(due);
    plan.complete(TAKE_OVER, at('2026-03-04'));
    plan.complete(LETTER, at('2026-03-05'));
    expect(plan.state.tasks[TAKE_OVER]?.status).toBe('requested');
  });
});

describe('work that needs something to be so', () => {
  const drains = taskOf('drains', {
    title: 'Drains out',
    needs: { all: [leaf('temperature', 'lessThan', 38)] },
  });
  const DRAINS = 'consultation/drains';
  const deviations = (plan: RunningPlan) =>
    plan.last.journal.filter(({ kind }) => kind === 'deviation.raised');

  it.each([
    ['is so', 37, 0],
    ['is not', 39, 1],
    ['is not known', undefined, 1],
  ])('is taken as done when it %s, and a deviation when not', (_what, temperature, raised) => {
    const plan = planOf([drains, taskOf('history')]);
    if (temperature !== undefined) plan.observe([{ fact: 'temperature', value: temperature, unit: 'Cel' }]);
    plan.complete(DRAINS);
    expect(plan.state.tasks[DRAINS]?.status).toBe('completed');
    expect(deviations(plan)).toHaveLength(raised);
    expect(plan.last.answer.outcome).toBe('accepted');
  });

  it('says what it needed, and goes to the clinical lead', () => {
    const plan = planOf([drains, taskOf('history')]);
    plan.complete(DRAINS);
    expect(deviations(plan)[0]?.details).toMatchObject({
      code: 'needs-not-met',
      about: DRAINS,
      reasons: [
        {
          invariant: 'phase',
          clears: [[{ kind: 'fact', fact: 'temperature', cause: 'missing', role: 'nurse' }]],
        },
      ],
    });
    expect(waitOf(plan, `plan/deviation-${plan.state.sequence}`)).toMatchObject({ owner: 'clinical-lead' });
  });

  it('that was known and is too old by now is not known', () => {
    const plan = planOf([drains, taskOf('history')]);
    plan.observe([{ fact: 'temperature', value: 37, unit: 'Cel' }], '2026-03-03T15:00:00.000Z');
    plan.complete(DRAINS, '2026-03-04T15:00:00.001Z');
    expect(deviations(plan)).toHaveLength(1);
  });

  it('done again and again of a row is one task of the lead while it is open', () => {
    const row = repeating('drains', for_(1, 'day'), {
      title: 'Drains emptied',
      ...(drains.needs ? { needs: drains.needs } : {}),
      ...until(for_(9, 'day'), 'plan start'),
    });
    const plan = planOf([row, taskOf('history')], { stages: [stageOf('excision')] });
    plan.complete(DRAINS, at('2026-03-03'));
    plan.complete(DRAINS, at('2026-03-04'));
    const open = Object.entries(plan.state.tasks).filter(([id]) => id.startsWith('plan/deviation'));
    expect(open).toHaveLength(1);
    expect(plan.journal.filter(({ kind }) => kind === 'deviation.raised')).toHaveLength(2);
  });
});
