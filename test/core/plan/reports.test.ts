import {
  consentTo,
  contraindication,
  factOf,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  taskOf,
} from '../../support/pathways.ts';
import { eventOf, kinds, RunningPlan } from '../../support/plan.ts';
import { afterExpander, on, perform, planOf, STAGES, spacing } from '../../support/staged.ts';

const CARE = STAGES.map((stage) => ({
  ...stage,
  recovery: [taskOf(`visit-${stage.stage}`, { due: { to: for_(9, 'day'), after: 'procedure' as const } })],
}));

describe('a report of the first operation that comes again, from another sender, or late', () => {
  it('does not take a plan back that stands at the second gate', () => {
    const plan = afterExpander([], '2026-03-02', { stages: CARE });
    plan.finishPhase(on('2026-03-10'));
    expect(plan.state.chart).toBe('exchange.ready');
    plan.send(
      eventOf('procedure.performed', { stage: 'expander', performedOn: '2026-03-02' }, { source: 'theatre' }),
      on('2026-03-11'),
    );
    expect(plan.state.performed).toHaveLength(1);
    expect(plan.state.chart).toBe('exchange.ready');
  });

  it('does not close the second gate behind the patient in theatre', () => {
    const plan = afterExpander([], '2026-03-02', { stages: CARE });
    plan.finishPhase(on('2026-03-10'));
    expect(plan.start('exchange', on('2026-07-01')).outcome).toBe('accepted');
    plan.send(
      eventOf('procedure.performed', { stage: 'expander', performedOn: '2026-03-02' }, { source: 'theatre' }),
      on('2026-07-01'),
    );
    expect(plan.state.chart).toBe('exchange.procedure');
    expect(plan.state.waits['report/exchange']).toBeDefined();
  });

  it('does not ask for the second operation once more', () => {
    const plan = afterExpander([], '2026-03-02', { stages: CARE });
    plan.finishPhase(on('2026-03-10'));
    plan.start('exchange', on('2026-07-01'));
    plan.report('exchange', '2026-07-01', on('2026-07-01'));
    expect(plan.state.chart).toBe('exchange.recovery');
    plan.send(
      eventOf('procedure.performed', { stage: 'expander', performedOn: '2026-03-02' }, { source: 'theatre' }),
      on('2026-07-02'),
    );
    plan.finishPhase(on('2026-07-10'));
    plan.finishPhase(on('2026-07-10'));
    expect(plan.state.waits['start/exchange']).toBeUndefined();
    expect(plan.state.chart).not.toBe('exchange.ready');
  });

  it('that comes after that of the second (out of order) does not ask for the second once more', () => {
    const plan = planOf([], { from: '2026-03-02', stages: CARE });
    plan.report('exchange', '2026-07-01', on('2026-07-01'));
    plan.report('expander', '2026-03-02', on('2026-07-02'));
    plan.finishPhase(on('2026-07-10'));
    plan.finishPhase(on('2026-07-10'));
    expect(plan.state.chart).not.toBe('exchange.ready');
  });

  it('uses up no consent that was signed for another time', () => {
    const plan = afterExpander([], '2026-03-02', { stages: CARE });
    plan.consent('expander-consent', '2026-03-02');
    plan.send(
      eventOf('procedure.performed', { stage: 'expander', performedOn: '2026-03-02' }, { source: 'theatre' }),
      on('2026-03-03'),
    );
    expect(plan.state.consents.filter(({ usedFor }) => usedFor === 'expander')).toHaveLength(1);
  });

  it('does not open anew the work that was done', () => {
    const plan = afterExpander([], '2026-03-02', { stages: CARE });
    plan.finishPhase(on('2026-03-10'));
    plan.send(
      eventOf('procedure.performed', { stage: 'expander', performedOn: '2026-03-02' }, { source: 'theatre' }),
      on('2026-03-11'),
    );
    expect(plan.state.tasks['expander.recovery/visit-expander']?.status).toBe('completed');
  });
});

describe('S1: consent to one procedure', () => {
  it('is used up by the one that was valid, not by an older one that had expired', () => {
    const again = spacing({ ifEarly: 'does not count', minimum: for_(3, 'month') });
    const stages = STAGES.map((stage) => ({
      ...stage,
      consent: { ...consentTo(stage), form: `${stage.stage}-consent`, lasts: for_(6, 'month') },
    }));
    const plan = planOf([again], { from: '2026-01-02', stages });
    perform(plan, 'expander', '2026-01-02');
    plan.consent('exchange-consent', '2026-01-02', on('2026-01-02'));
    plan.consent('exchange-consent', '2026-08-01', on('2026-08-01'));
    plan.start('exchange', on('2026-08-01'));
    plan.report('exchange', '2026-08-01', on('2026-08-01'));
    expect(
      plan.state.consents.filter(({ form }) => form === 'exchange-consent').map(({ usedFor }) => usedFor),
    ).toEqual([undefined, 'exchange']);
  });

  it('so used once, opens no second gate', () => {
    const stages = ['first', 'second'].map((name) =>
      stageOf(name, {
        consent: { form: 'shared', by: 'patient', covers: 'one procedure', lasts: for_(6, 'month') },
      }),
    );
    const plan = new RunningPlan(
      pathwayWith({ rules: [], stages, consultation: [] }),
      '2026-01-02T16:00:00.000Z',
    );
    plan.consent('shared', '2026-01-02');
    plan.consent('shared', '2026-08-01', on('2026-08-01'));
    expect(plan.start('first').outcome).toBe('accepted');
    plan.report('first', '2026-08-01', on('2026-08-01'));
    expect(plan.start('second').outcome).toBe('refused');
  });
});

describe('behind a gate that has opened', () => {
  const opened = () => {
    const facts = [factOf('infected', { kind: 'yes or no' }, { goodFor: for_(7, 'day') })];
    const rules = [
      contraindication('infection', { all: [leaf('infected', 'equal', true)] }, { strength: 'absolute' }),
    ];
    const plan = new RunningPlan(pathwayWith({ facts, rules }));
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    plan.observe([{ fact: 'infected', value: false }]);
    expect(plan.start('excision').outcome).toBe('accepted');
    return plan;
  };

  it('a procedure that is done against a hold of that day is a deviation', () => {
    const plan = opened();
    plan.observe([{ fact: 'infected', value: true }], on('2026-03-03'));
    expect(Object.keys(plan.state.holds)).toEqual(['excision/infection']);
    plan.report('excision', '2026-03-04', on('2026-03-04'));
    expect(kinds(plan.last.journal)).toContain('deviation.raised');
  });

  it.each([
    ['seen before it, and told after it', '2026-03-03', true],
    ['seen after it, and told before its report', '2026-03-05', false],
  ])('what was %s: whether that is a deviation', (_says, seenOn, isDeviation) => {
    const plan = opened();
    const observedAt = on(seenOn);
    plan.observe([{ fact: 'infected', value: true, observedAt }], on('2026-03-06'));
    plan.report('excision', '2026-03-04', on('2026-03-07'));
    expect(kinds(plan.last.journal).includes('deviation.raised')).toBe(isDeviation);
  });

  it('a procedure that is done after consent was withdrawn is a deviation', () => {
    const plan = opened();
    plan.withdraw('mole-excision-consent', on('2026-03-03'));
    plan.report('excision', '2026-03-04', on('2026-03-04'));
    expect(kinds(plan.last.journal)).toContain('deviation.raised');
  });

  it('the withdrawal of consent is told to somebody', () => {
    const plan = opened();
    plan.withdraw('mole-excision-consent', on('2026-03-03'));
    expect(plan.last.effects).not.toEqual([]);
  });

  it('months later what the gate had rested on is no longer enough', () => {
    const plan = opened();
    plan.report('excision', '2026-12-04', on('2026-12-04'));
    expect(kinds(plan.last.journal)).toContain('deviation.raised');
  });
});
