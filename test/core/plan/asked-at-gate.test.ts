import { atFact } from '../../support/pathways.ts';
import { ONE_STAGE, on, planOf, reasonsOf, spacing, tell } from '../../support/staged.ts';

const GATE = 'plan/gate-exchange';
const alone = { stages: ONE_STAGE, from: '2026-03-02' };

/** At the gate of an operation whose interval cannot be counted yet, after somebody asked to start it. */
const refused = (interval: ReturnType<typeof spacing>) => {
  const plan = planOf([interval], alone);
  plan.consent('exchange-consent', '2026-03-02');
  expect(Object.keys(plan.state.tasks)).toEqual([]);
  expect(reasonsOf(plan, 'exchange', on('2026-03-02'))).toHaveLength(1);
  return plan;
};

describe('an interval that keeps the gate closed because nobody knows what it counts from', () => {
  const afterRadiation = { ...spacing({ area: 'any' }), from: atFact('radiotherapyEnded') };

  it('is asked for of whoever supplies the fact, by the time that the catalogue gives', () => {
    const plan = refused(afterRadiation);
    expect(plan.state.tasks).toMatchObject({
      [`${GATE}/expander-to-implant`]: {
        role: 'nurse',
        status: 'requested',
        title: expect.stringContaining('please supply radiotherapyEnded'),
      },
    });
    expect(plan.state.waits[`task/${GATE}/expander-to-implant`]?.dueAt).toBe('2026-03-05T05:00:00.000Z');
  });

  it('and of nobody any more once it is known', () => {
    const plan = refused(afterRadiation);
    plan.observe([{ fact: 'radiotherapyEnded', value: 'never' }]);
    expect(plan.state.tasks[`${GATE}/expander-to-implant`]?.status).toBe('cancelled');
    expect(reasonsOf(plan, 'exchange', on('2026-03-02'))).toEqual([]);
  });

  it('asks whoever knows the history where that is what is missing', () => {
    const plan = refused(spacing({ area: 'any' }, 'end of surgery'));
    expect(plan.state.tasks[`${GATE}/expander-to-implant`]).toMatchObject({
      role: 'coordinator',
      title: expect.stringContaining('what was done before'),
    });
    tell(plan, [], { isComplete: true });
    expect(plan.state.tasks[`${GATE}/expander-to-implant`]?.status).toBe('cancelled');
  });

  it('asks nobody when it is merely too early: the day will come', () => {
    const plan = planOf([afterRadiation], alone);
    plan.consent('exchange-consent', '2026-03-02');
    plan.observe([{ fact: 'radiotherapyEnded', value: '2026-03-01' }]);
    expect(reasonsOf(plan, 'exchange', on('2026-03-02'))).toMatchObject([
      { interval: { result: 'too early' } },
    ]);
    expect(plan.state.tasks).toEqual({});
  });
});
