import { dermatologist } from '../../support/decided.ts';
import { contraindication, leaf, termsOf } from '../../support/pathways.ts';
import { eventOf, kinds, type RunningPlan } from '../../support/plan.ts';
import { besideOperations } from '../../support/tracks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const HOLD = 'month-1/rash-stops-tablets';

const held = (more: Parameters<typeof contraindication>[2]): RunningPlan => {
  const when = { all: [leaf('rash', 'equal', true)] };
  const plan = besideOperations({
    rules: [contraindication('rash-stops-tablets', when, { of: ['tablets'], ...more })],
  });
  plan.observe([{ fact: 'rash', value: true }]);
  plan.consent('month-1-consent', '2026-03-02');
  return plan;
};

describe('a hold on a stage of a track', () => {
  it('is set aside for its gate, while the main course stands at its own', () => {
    const plan = held({ override: termsOf({ covers: 'one gate' }) });
    const grant = { rule: 'rash-stops-tablets', stage: 'month-1', reason: 'urgent' };
    plan.send(eventOf('grantOverride', grant, { actor: dermatologist }));
    expect(kinds(plan.last.journal)).toContain('override.granted');
    expect(plan.start('month-1').outcome).toBe('accepted');
    expect(Object.values(plan.state.overrides)).toMatchObject([{ stage: 'month-1', status: 'spent' }]);
  });

  it('is set aside no longer once the fact that it rests on has changed, whatever the main course does', () => {
    const plan = held({ override: termsOf() });
    const grant = { rule: 'rash-stops-tablets', stage: 'month-1', reason: 'urgent' };
    plan.send(eventOf('grantOverride', grant, { actor: dermatologist }));
    plan.report('first', '2026-03-02');
    expect(Object.values(plan.state.overrides)).toMatchObject([{ status: 'active' }]);
    plan.observe([{ fact: 'rash', value: false }], at('2026-03-03'));
    expect(Object.values(plan.state.overrides)).toMatchObject([{ status: 'lapsed' }]);
  });

  it('is signed away by whoever signs it, and stays so while the main course goes on', () => {
    const plan = held({ clears: { by: 'signature', of: 'dermatologist' } });
    expect(plan.state.holds[HOLD]).toBeDefined();
    plan.send(eventOf('releaseHold', { hold: HOLD, note: 'seen' }, { actor: dermatologist }));
    plan.report('first', '2026-03-02');
    expect(plan.state.holds[HOLD]).toBeUndefined();
    expect(Object.keys(plan.state.releases)).toEqual([HOLD]);
    expect(plan.start('month-1').outcome).toBe('accepted');
  });

  it('tells whoever is at it that its consent was withdrawn', () => {
    const plan = held({});
    plan.observe([{ fact: 'rash', value: false }], at('2026-03-03'));
    expect(plan.start('month-1').outcome).toBe('accepted');
    plan.withdraw('month-1-consent', at('2026-03-03'));
    expect(plan.state.tasks['plan/withdrawn-month-1-consent']?.status).toBe('requested');
  });
});
