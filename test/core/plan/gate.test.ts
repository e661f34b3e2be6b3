import type { FactValue } from '../../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { LoweredCondition } from '../../../src/core/pathway/facts.schema.ts';
import type { Observation } from '../../../src/core/plan/plan-state.schema.ts';
import { step } from '../../../src/core/plan/step.ts';
import { FACTS } from '../../support/conditions.ts';
import { leavesOf } from '../../support/oracle.ts';
import {
  contraindication,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  type Variation,
} from '../../support/pathways.ts';
import { coordinator, eventOf, RunningPlan, refusalOf } from '../../support/plan.ts';

const NOW = '2026-03-05T15:00:00.000Z';

/** A plan at the gate of its excision. */
function atGate(variation: Variation = {}, now = NOW): RunningPlan {
  const plan = new RunningPlan(pathwayWith(variation));
  plan.finishPhase(now);
  expect(plan.state.chart).toBe('excision.ready');
  return plan;
}

const invariantsOf = (plan: RunningPlan, now?: string): string[] => {
  const answer = plan.start('excision', now);
  return answer.outcome === 'refused' ? answer.reasons.map(({ invariant }) => invariant) : [answer.outcome];
};

describe('S1: consent', () => {
  const noRules = { rules: [] };

  it('refuses without consent, and says who signs what', () => {
    const refusal = refusalOf(atGate(noRules).start('excision'));
    expect(refusal.code).toBe('CC3001');
    expect(refusal.reasons).toEqual([
      {
        invariant: 'S1',
        says: 'Consent mole-excision-consent has not been signed.',
        clears: [
          [
            {
              kind: 'event',
              type: 'consent.recorded',
              needs: 'mole-excision-consent, signed by the patient',
              role: 'patient',
            },
          ],
        ],
      },
    ]);
  });

  it.each([
    ['on its last day, a minute before midnight', '2026-09-06T03:59:00.000Z', 'accepted'],
    ['at the first instant of the next day', '2026-09-06T04:00:00.000Z', 'S1'],
    ['a month later', '2026-10-06T04:00:00.000Z', 'S1'],
  ])('signed on 5 March for six months, asked %s: %s %s', (_when, now, expected) => {
    const plan = atGate(noRules);
    plan.consent('mole-excision-consent', '2026-03-05');
    expect(invariantsOf(plan, now)).toEqual([expected]);
  });

  it.each([
    ['2025-08-31', '2026-03-01T12:00:00.000Z', 'accepted'],
    ['2025-08-31', '2026-03-02T04:59:00.000Z', 'accepted'],
    ['2025-08-31', '2026-03-02T05:00:00.000Z', 'S1'],
  ])(
    'signed on %s for six months ends with 1 March, for there is no 31 February (%s: %s)',
    (signedOn, now, expected) => {
      const plan = new RunningPlan(pathwayWith(noRules), '2025-09-01T15:00:00.000Z');
      plan.finishPhase();
      plan.consent('mole-excision-consent', signedOn);
      expect(invariantsOf(plan, now)).toEqual([expected]);
    },
  );

  it('refuses after a withdrawal, and opens after the next signature', () => {
    const plan = atGate(noRules);
    plan.consent('mole-excision-consent', '2026-03-05');
    plan.withdraw('mole-excision-consent');
    expect(refusalOf(plan.start('excision')).reasons[0]?.says).toContain('has been withdrawn');
    plan.consent('mole-excision-consent', '2026-03-06', '2026-03-06T15:00:00.000Z');
    expect(plan.start('excision').outcome).toBe('accepted');
  });

  it.each([
    ['without a time', undefined, 'S1'],
    ['at a time before the withdrawal', '2026-03-05T15:59:59.000Z', 'S1'],
    ['at a time after it', '2026-03-05T16:30:00.000Z', 'accepted'],
  ])(
    'a form of the day of its withdrawal, signed %s, may have been signed before: %s %s',
    (_when, time, expected) => {
      const plan = atGate(noRules);
      plan.withdraw('mole-excision-consent', '2026-03-05T16:00:00.000Z');
      const form = { form: 'mole-excision-consent', by: 'patient', signedOn: '2026-03-05' };
      plan.send(
        eventOf('consent.recorded', form, time === undefined ? {} : { time }),
        '2026-03-05T17:00:00.000Z',
      );
      expect(invariantsOf(plan, '2026-03-05T17:00:00.000Z')).toEqual([expected]);
    },
  );

  it('for one procedure is used up by it', () => {
    const form = (covers: 'one procedure' | 'course') => ({
      form: 'shared',
      by: 'patient',
      covers,
      lasts: for_(6, 'month'),
    });
    const asked = (covers: 'one procedure' | 'course') => {
      const stages = [
        stageOf('first', { consent: form(covers) }),
        stageOf('second', { consent: form(covers) }),
      ];
      const plan = new RunningPlan(pathwayWith({ rules: [], stages }));
      plan.finishPhase();
      plan.consent('shared', '2026-03-02');
      plan.start('first');
      plan.report('first', '2026-03-02');
      return plan;
    };
    expect(asked('course').start('second').outcome).toBe('accepted');
    const plan = asked('one procedure');
    expect(refusalOf(plan.start('second')).reasons[0]?.says).toBe(
      'Consent shared was for one procedure, and first was it.',
    );
    plan.consent('shared', '2026-03-03', '2026-03-03T16:00:00.000Z');
    expect(plan.start('second').outcome).toBe('accepted');
  });

  it('a form that is handed in after the withdrawal, and was signed before it, opens nothing', () => {
    const plan = atGate(noRules);
    plan.consent('mole-excision-consent', '2026-03-03');
    plan.withdraw('mole-excision-consent', '2026-03-05T16:00:00.000Z');
    plan.consent('mole-excision-consent', '2026-03-04', '2026-03-06T16:00:00.000Z');
    expect(invariantsOf(plan)).toEqual(['S1']);
    plan.consent('mole-excision-consent', '2026-03-06');
    expect(invariantsOf(plan)).toEqual(['accepted']);
  });

  it('a withdrawal that arrives before the form that it withdraws is not forgotten', () => {
    const plan = atGate(noRules);
    plan.withdraw('mole-excision-consent', '2026-03-05T16:00:00.000Z');
    plan.consent('mole-excision-consent', '2026-03-04');
    expect(invariantsOf(plan)).toEqual(['S1']);
  });

  it('a withdrawal counts from when the patient said it, not from when the message arrived', () => {
    const plan = atGate(noRules);
    plan.consent('mole-excision-consent', '2026-03-05');
    plan.withdraw('mole-excision-consent', '2026-03-05T20:00:00.000Z', { time: '2026-03-03T15:00:00.000Z' });
    expect(invariantsOf(plan)).toEqual(['accepted']);
  });

  it('consent for one procedure opens no other', () => {
    const plan = new RunningPlan(pathwayWith({ rules: [], stages: [stageOf('first'), stageOf('second')] }));
    plan.finishPhase();
    plan.consent('second-consent', '2026-03-02');
    expect(refusalOf(plan.start('first')).reasons[0]?.says).toBe(
      'Consent first-consent has not been signed.',
    );
  });
});

describe('S2: contraindications', () => {
  const consented = (variation: Variation = {}): RunningPlan => {
    const plan = atGate(variation);
    plan.consent('mole-excision-consent', '2026-03-05');
    return plan;
  };

  it('holds the procedure while anticoagulant status is unknown, and names who can supply it', () => {
    const refusal = refusalOf(consented().start('excision'));
    expect(refusal.reasons).toHaveLength(1);
    expect(refusal.reasons[0]).toMatchObject({
      invariant: 'S2',
      says: 'Blood thinner within the last 7 days cannot be ruled out: bloodThinner is missing.',
      clears: [
        [
          {
            kind: 'fact',
            fact: 'bloodThinner',
            needs: 'not within the last 7 days',
            cause: 'missing',
            role: 'nurse',
          },
        ],
      ],
    });
  });

  it.each([
    ['taken today', '2026-03-05', 'S2'],
    ['six days ago', '2026-02-27', 'S2'],
    ['seven days ago', '2026-02-26', 'accepted'],
    ['eight days ago', '2026-02-25', 'accepted'],
    ['never', 'never', 'accepted'],
  ])('blood thinner %s: %s %s', (_when, value, expected) => {
    const plan = consented();
    plan.observe([{ fact: 'bloodThinner', value }]);
    expect(invariantsOf(plan)).toEqual([expected]);
  });

  it('is decided from the facts at that moment: a fact that went stale overnight closes it', () => {
    const plan = consented();
    plan.observe([{ fact: 'bloodThinner', value: 'never' }]);
    expect(invariantsOf(plan, '2026-04-05T04:00:00.000Z')).toEqual(['S2']);
    const other = consented();
    other.observe([{ fact: 'bloodThinner', value: 'never' }]);
    expect(invariantsOf(other, '2026-04-05T03:59:59.999Z')).toEqual(['accepted']);
  });

  it('gives every reason at once', () => {
    expect(invariantsOf(atGate())).toEqual(['S1', 'S2']);
  });

  it('a rule of another procedure does not bear on this one', () => {
    const rule = contraindication('other', { all: [leaf('smoker', 'equal', true)] }, { of: ['laser'] });
    expect(invariantsOf(consented({ rules: [rule] }))).toEqual(['accepted']);
  });

  it('what would clear a fact that is merely too old or too high is a fact, never a date', () => {
    const rules = [contraindication('fever', { all: [leaf('temperature', 'greaterThan', 38)] })];
    const plan = consented({ rules });
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    const clears = refusalOf(plan.start('excision')).reasons[0]?.clears;
    expect(clears).toMatchObject([
      [{ kind: 'fact', fact: 'temperature', needs: expect.stringMatching(/^not /), role: 'nurse' }],
    ]);
  });

  it('what would clear a window is its date', () => {
    const plan = consented();
    plan.observe([{ fact: 'bloodThinner', value: '2026-03-04' }]);
    expect(refusalOf(plan.start('excision')).reasons[0]?.clears[0]).toEqual([
      { kind: 'date', on: '2026-03-11' },
    ]);
  });

  it('a rule that forbids what is *not* so says what it needs', () => {
    const rules = [contraindication('no-capacity', { not: { any: [leaf('smoker', 'equal', false)] } })];
    const plan = consented({ rules });
    plan.observe([{ fact: 'smoker', value: true }]);
    const [reason] = refusalOf(plan.start('excision')).reasons;
    expect(reason).toMatchObject({
      invariant: 'S2',
      clears: [[{ kind: 'fact', fact: 'smoker', role: 'nurse' }]],
    });
    expect(plan.state.waits['hold/excision/no-capacity']).toMatchObject({ owner: 'nurse' });
  });
});

describe('the gate never opens on a fact that is missing, stale, or not what the catalogue says', () => {
  const value: Record<string, FactValue> = {
    creatinine: 1,
    temperature: 36,
    skinType: 'light',
    infection: 'none',
    smoker: false,
    capacity: true,
    bloodThinner: 'never',
    isotretinoin: '2020-01-01',
    lastMeal: '2026-03-04',
  };
  const units: Record<string, string> = { creatinine: 'mg/dL', temperature: 'Cel' };
  const one: LoweredCondition[] = [
    leaf('creatinine', 'greaterThan', 1.5),
    leaf('creatinine', 'equal', 2),
    leaf('temperature', 'greaterThanInclusive', 38),
    leaf('temperature', 'lessThan', 35),
    leaf('temperature', 'lessThanInclusive', 35),
    leaf('skinType', 'equal', 'dark'),
    leaf('skinType', 'notEqual', 'light'),
    leaf('infection', 'in', ['active', 'treated']),
    leaf('infection', 'notIn', ['none']),
    leaf('smoker', 'equal', true),
    leaf('capacity', 'notEqual', true),
    leaf('bloodThinner', 'withinTheLast', for_(7, 'day')),
    leaf('isotretinoin', 'withinTheLast', for_(6, 'month')),
    leaf('lastMeal', 'atLeastAgo', for_(2, 'day')),
    leaf('lastMeal', 'atLeastAgoOrNever', for_(2, 'day')),
  ];
  const clear = leaf('capacity', 'equal', false);
  const shapes = one.flatMap((condition): LoweredCondition[] => [
    { all: [condition] },
    { any: [condition, clear] },
    { any: [{ all: [condition] }, clear] },
    { not: { not: { any: [condition] } } },
    { not: { all: [{ not: condition }, { not: clear }] } },
  ]);
  const wrongOf = (fact: string): FactValue[] => {
    const right = value[fact];
    const others: FactValue[] = [-1, 0, 37.5, '37', 'soon', '2026-13-45', '05 Apr 2022', true, ['none'], []];
    return others
      .filter((other) => typeof other !== typeof right || Array.isArray(other))
      .concat(
        typeof right === 'string' && right !== 'light' && right !== 'none' ? ['soon', '05 Apr 2022'] : [],
        right === 'light' || right === 'none' ? ['unheard-of'] : [],
      );
  };

  const observed = (compiled: CompiledPathway, fact: string, change: Partial<Observation> | 'missing') => {
    const plan = new RunningPlan(compiled);
    plan.finishPhase(NOW);
    plan.consent('mole-excision-consent', '2026-03-05');
    const observations = Object.fromEntries(
      Object.entries(value).map(([name, given]): [string, Observation[]] => {
        const unit = units[name];
        const right: Observation = {
          value: given,
          ...(unit === undefined ? {} : { unit }),
          source: 'clinician',
          actor: 'nurse-1',
          observedAt: NOW,
          event: 'e-1',
          step: 1,
        };
        if (name !== fact) return [name, [right]];
        return [name, change === 'missing' ? [] : [{ ...right, ...change }]];
      }),
    );
    const request = eventOf('startProcedure', { stage: 'excision' }, { actor: coordinator });
    return step(plan.pathway, { ...plan.state, observations }, request, NOW).answer;
  };

  it.each(
    shapes.map((when) => [JSON.stringify(when).replaceAll(/,"name":"[^"]*(\\"[^"]*)*"/g, ''), when] as const),
  )('%s', (_text, when) => {
    const compiled = pathwayWith({ facts: FACTS, rules: [contraindication('rule', when)] });
    const fact = leavesOf(when)[0]?.fact ?? '';
    const opened: unknown[] = [];
    const ask = (change: Partial<Observation> | 'missing') => {
      if (observed(compiled, fact, change).outcome !== 'refused') opened.push(change);
    };
    expect(observed(compiled, 'none of them', 'missing').outcome).toBe('accepted');
    ask('missing');
    for (const wrong of wrongOf(fact)) ask({ value: wrong });
    if (fact in units) {
      ask({ unit: 'umol/L' });
      const { unit: _none, ...unitless } = { unit: units[fact], value: value[fact] ?? 0 };
      opened.push(...(observedWithoutUnit(compiled, fact, unitless.value) ? ['no unit'] : []));
    }
    const goodFor = FACTS.find((one) => one.fact === fact)?.goodFor;
    if (goodFor) ask({ observedAt: '2026-01-01T15:00:00.000Z' });
    expect(opened).toEqual([]);
  });

  function observedWithoutUnit(compiled: CompiledPathway, fact: string, given: FactValue): boolean {
    const plan = new RunningPlan(compiled);
    plan.finishPhase(NOW);
    plan.consent('mole-excision-consent', '2026-03-05');
    const bare = {
      value: given,
      source: 'clinician',
      actor: 'nurse-1',
      observedAt: NOW,
      event: 'e-1',
      step: 1,
    };
    const state = { ...plan.state, observations: { ...plan.state.observations, [fact]: [bare] } };
    const request = eventOf('startProcedure', { stage: 'excision' }, { actor: coordinator });
    return step(plan.pathway, state, request, NOW).answer.outcome !== 'refused';
  }
});

describe('in another phase', () => {
  it.each([['before the history is taken', [], 'consultation']] as const)(
    '%s a start is refused, naming the work that is open',
    (_when, _events, chart) => {
      const plan = new RunningPlan();
      expect(plan.state.chart).toBe(chart);
      const refusal = refusalOf(plan.start('excision'));
      expect(refusal).toMatchObject({
        code: 'CC3002',
        reasons: [
          {
            invariant: 'phase',
            clears: [
              [{ kind: 'event', type: 'task.completed', needs: 'consultation/history', role: 'nurse' }],
            ],
          },
        ],
      });
    },
  );

  it('a start is refused while the procedure is under way, and after the plan is over', () => {
    const plan = atGate({ rules: [] });
    plan.consent('mole-excision-consent', '2026-03-05');
    expect(plan.start('excision').outcome).toBe('accepted');
    expect(refusalOf(plan.start('excision')).code).toBe('CC3002');
    plan.report('excision', '2026-03-05');
    expect(refusalOf(plan.start('excision')).code).toBe('CC3002');
    plan.finishPhase();
    expect(plan.state.status).toBe('completed');
    expect(refusalOf(plan.start('excision')).code).toBe('CC3003');
  });
});
