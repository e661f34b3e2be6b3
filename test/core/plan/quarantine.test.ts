import { Defect } from '../../../src/core/model/failure.ts';
import { LIMITS } from '../../../src/core/model/limits.ts';
import type { Pathway } from '../../../src/core/pathway/pathway.ts';
import { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { quarantine, step, wakeEvent } from '../../../src/core/plan/step.ts';
import { ladderOf, pathwayWith, rung } from '../../support/pathways.ts';
import { eventOf, kinds, RunningPlan, told } from '../../support/plan.ts';

const poison = eventOf('observation.recorded', { observations: [{ fact: 'smoker', value: true }] });

describe('an event on which the core fails', () => {
  it('is set aside: the plan stays as it was, a person is told, and has a task', () => {
    const plan = new RunningPlan();
    const { state, answer, journal, effects } = quarantine(
      plan.pathway,
      plan.state,
      poison,
      '2026-03-03T15:00:00.000Z',
    );
    expect(answer).toMatchObject({ outcome: 'quarantined', code: 'CC9001' });
    expect(PlanState.safeParse(state).success).toBe(true);
    expect(state).toMatchObject({ sequence: 2, chart: 'consultation', observations: {} });
    expect(state.tasks['plan/quarantined-observation.recorded-2']).toMatchObject({ role: 'clinical-lead' });
    expect(kinds(journal)).toEqual(['event.quarantined', 'task.requested']);
    expect(effects).toMatchObject([{ role: 'clinical-lead', level: 1 }]);
  });

  it.each([
    ['before a deadline', '2026-03-06T12:59:59.999Z'],
    ['at a deadline', '2026-03-06T13:00:00.000Z'],
    ['long after one', '2026-08-06T13:00:00.000Z'],
    ['by a clock that is behind', '2025-03-06T13:00:00.000Z'],
  ])('is set aside %s as well, and the deadline comes after it', (_when, now) => {
    const plan = new RunningPlan();
    const aside = quarantine(plan.pathway, plan.state, poison, now);
    const { at, generation } = aside.state.wake;
    expect(at !== null && at > aside.state.now).toBe(true);
    const next = step(
      plan.pathway,
      aside.state,
      wakeEvent('northside', generation),
      '2026-08-07T13:00:00.000Z',
    );
    expect(told(next).effects.some(({ subject }) => subject === 'Medical history')).toBe(true);
  });

  it('whose own task speaks at once', () => {
    const plan = new RunningPlan(pathwayWith({ ladders: [ladderOf([rung({ when: 'start' })])] }));
    expect(() => quarantine(plan.pathway, plan.state, poison, plan.state.now)).not.toThrow();
  });

  it('each has a task of its own, up to a number: a flood of them is told no more', () => {
    const plan = new RunningPlan();
    let { state } = plan;
    let told = 0;
    for (let index = 0; index < 100; index += 1) {
      const aside = quarantine(plan.pathway, state, { ...poison, id: `e-${index}` }, state.now);
      told += aside.effects.length;
      state = aside.state;
    }
    expect(told).toBe(LIMITS.quarantineTasks + 1);
    expect(Object.keys(state.tasks)).toHaveLength(LIMITS.quarantineTasks + 2);
  });

  it('even where judging itself is what fails', () => {
    const plan = new RunningPlan();
    plan.finishPhase();
    const broken: Pathway = {
      ...plan.pathway,
      contraindicationsOf: () => {
        throw new Defect('a rule that cannot be judged');
      },
    };
    expect(() => step(broken, plan.state, poison, plan.state.now)).toThrow(Defect);
    expect(() => quarantine(broken, plan.state, poison, plan.state.now)).not.toThrow();
  });

  it('is looked at by a person even when the plan is over', () => {
    const plan = new RunningPlan();
    plan.cancel();
    const { state } = quarantine(plan.pathway, plan.state, poison, plan.state.now);
    const [wait] = Object.values(state.waits);
    expect(wait?.owner).toBe('clinical-lead');
    expect(state).toMatchObject({ status: 'active', wake: { at: wait?.nextAt } });
  });
});

describe('a wake on which the core fails', () => {
  it('comes back as another generation, and not at once', () => {
    const plan = new RunningPlan();
    const at = plan.state.wake.at ?? '';
    const { state } = quarantine(plan.pathway, plan.state, wakeEvent('northside', 0), at);
    expect(state.wake).toEqual({ generation: 1, at: '2026-03-06T13:15:00.000Z' });
  });

  it('leaves the generation alone when it is stale', () => {
    const plan = new RunningPlan();
    const { state } = quarantine(plan.pathway, plan.state, wakeEvent('northside', 9), plan.state.now);
    expect(state.wake.generation).toBe(0);
  });
});
