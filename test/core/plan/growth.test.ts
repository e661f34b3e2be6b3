import { LIMITS } from '../../../src/core/model/limits.ts';
import type { PlanChange } from '../../../src/core/model/plan-change.schema.ts';
import { Observation } from '../../../src/core/plan/plan-state.schema.ts';
import { quarantine, step, wakeEvent } from '../../../src/core/plan/step.ts';
import { contraindication, factOf, leaf, pathwayWith, stageOf } from '../../support/pathways.ts';
import { actor, eventOf, RunningPlan } from '../../support/plan.ts';
import { revise, whyNot } from '../../support/revised.ts';
import { put } from '../../support/tasks.ts';

const MIB = 1024 * 1024;
const bytes = (value: unknown): number => JSON.stringify(value).length;

/** Twenty parts of one area, each a site of its own. */
const PARTS = Array.from({ length: 20 }, (_, index) => `part ${index + 1}`);
const many = (rules: number, more: Parameters<typeof pathwayWith>[0] = {}) =>
  pathwayWith({
    parts: [{ area: 'skin area', sides: [], parts: PARTS }],
    areas: { treatment: { choose: 'any', sites: PARTS } },
    facts: [factOf('look', { kind: 'grade', from: 0, to: 100 }, { byArea: true })],
    rules: Array.from({ length: rules }, (_, index) =>
      contraindication(`rule-${index}`, { all: [leaf('look', 'equal', index)] }),
    ),
    stages: [stageOf('excision', { in: 'treatment' })],
    ...more,
  });
const of = (rules: number, sites: number, more: Parameters<typeof pathwayWith>[0] = {}) =>
  new RunningPlan(many(rules, more), undefined, { treatment: PARTS.slice(0, sites) });

describe('a plan of many rules and sites', () => {
  it('comes to its gate: 10 rules, 19 sites', () => {
    const plan = of(10, 19);
    plan.finishPhase();
    expect(plan.state.chart).toBe('excision.ready');
  });

  it.each([
    [11, 19],
    [50, 20],
  ])('comes to its gate: %s rules, %s sites', (rules, sites) => {
    const plan = of(rules, sites);
    expect(() => plan.finishPhase()).not.toThrow();
    expect(plan.state.chart).toBe('excision.ready');
  });

  it("climbs the clinic's own ladder after three weeks in which nothing ran: 7 rules, 10 sites", () => {
    const plan = of(7, 10);
    plan.finishPhase();
    expect(Object.keys(plan.state.holds)).toHaveLength(70);
    expect(() => plan.wake('2026-04-15T15:00:00.000Z')).not.toThrow();
  });

  it('takes the facts that would help it, though its ladders cannot be climbed', () => {
    const plan = of(7, 10);
    plan.finishPhase();
    const helps = eventOf('observation.recorded', {
      observations: PARTS.slice(0, 10).map((area) => ({ fact: 'look', area, value: 99 })),
    });
    expect(() => plan.send(helps, '2026-04-15T15:00:00.000Z')).not.toThrow();
  });

  it('whose wake was set aside gets over it when it comes again', () => {
    const plan = of(7, 10);
    plan.finishPhase();
    const first = wakeEvent('northside', plan.state.wake.generation);
    let { state } = quarantine(plan.pathway, plan.state, first, '2026-04-15T15:00:00.000Z');
    const failures: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const again = wakeEvent('northside', state.wake.generation);
      const at = state.wake.at ?? '';
      try {
        ({ state } = step(plan.pathway, state, again, at));
      } catch (error) {
        failures.push(`${at} ${String(error)}`);
        ({ state } = quarantine(plan.pathway, state, again, at));
      }
    }
    expect(failures).toEqual([]);
  });

  it('stays small: 20 sites, 8 rules', () => {
    const plan = of(8, 20);
    plan.finishPhase();
    expect([plan.state.chart, bytes(plan.state) < MIB / 2]).toEqual(['excision.ready', true]);
  });
});

describe('a plan that has kept all that it may', () => {
  const full = () => {
    const plan = new RunningPlan(
      pathwayWith({
        facts: [factOf('infected', { kind: 'yes or no' })],
        rules: [contraindication('infection', { all: [leaf('infected', 'equal', true)] })],
      }),
    );
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    plan.observe([{ fact: 'infected', value: false }]);
    const [one] = plan.state.observations.infected ?? [];
    const kept = Array.from({ length: LIMITS.observationsPerPlan }, () => Observation.parse(one));
    const state = { ...plan.state, observations: { infected: kept } };
    const positive = eventOf(
      'observation.recorded',
      { observations: [{ fact: 'infected', value: true }] },
      { id: 'p' },
    );
    return { plan, taken: step(plan.pathway, state, positive, '2026-03-05T15:00:00.000Z') };
  };

  it('does not open its gate against a fact that it had no room for', () => {
    const { plan, taken } = full();
    const request = eventOf('startProcedure', { stage: 'excision' }, { actor: actor('c', 'coordinator') });
    expect(step(plan.pathway, taken.state, request, taken.state.now).answer.outcome).toBe('refused');
  });
});

describe('events that were set aside', () => {
  it('are each owed to somebody: the second is not lost behind the task of the first', () => {
    const plan = new RunningPlan();
    const poison = (id: string) =>
      eventOf('observation.recorded', { observations: [{ fact: 'smoker', value: true }] }, { id });
    let { state } = quarantine(plan.pathway, plan.state, poison('first'), plan.state.now);
    ({ state } = quarantine(plan.pathway, state, poison('second'), state.now));
    expect(JSON.stringify(state.tasks)).toContain('second');
  });
});

describe('a plan that is told very long lists', () => {
  const words = Array.from({ length: 100 }, (_, index) => `${index} ${'x'.repeat(190)}`);
  const long = () =>
    new RunningPlan(
      pathwayWith({ facts: [factOf('medicines', { kind: 'list', of: 'medicines' })], rules: [] }),
    );
  const tell = (plan: RunningPlan) =>
    plan.send(eventOf('observation.recorded', { observations: [{ fact: 'medicines', value: words }] }));

  it('takes them until it is at its limit, says so, and stays well below two mebibytes', () => {
    const plan = long();
    const outcomes = Array.from({ length: 100 }, () => tell(plan).answer);
    expect(outcomes[0]?.outcome).toBe('accepted');
    expect(outcomes.at(-1)).toMatchObject({ outcome: 'rejected', code: 'CC4004' });
    expect(bytes(plan.state)).toBeLessThan(1.6 * MIB);
  });

  it('can be cancelled all the same', () => {
    const plan = long();
    for (let told = 0; told < 100; told += 1) tell(plan);
    expect(plan.send(eventOf('cancelPlan', { reason: 'the patient moved' })).answer.outcome).toBe('accepted');
  });
});

describe('a plan that is revised time and again', () => {
  it('stays within its size: each version keeps all that was otherwise before it', () => {
    const plan = new RunningPlan(pathwayWith());
    const add = (task: string, title: string): PlanChange => ({
      ...{
        change: 'task-added',
        in: 'alongside',
        task,
        title,
        role: 'nurse',
        due: '5 years after plan start',
      },
    });
    for (const round of [1, 2, 3, 4])
      revise(
        plan,
        Array.from({ length: LIMITS.changesPerRevision }, (_, index) =>
          add(`task-${round}-${index}`, 'x'.repeat(200)),
        ),
      );
    const { revisions } = plan.state;
    put(plan, { revisions: Array.from({ length: 36 }, () => revisions.slice(-1)).flat() });
    let times = 0;
    while (revise(plan, [add(`last-${times}`, 'y')]).answer.outcome === 'accepted') times += 1;
    expect(whyNot(plan.last)).toMatch(/CC4004 .*bytes/);
    expect(times).toBeGreaterThan(0);
    expect(bytes(plan.state)).toBeLessThan(LIMITS.stateBytes);
  });
});
