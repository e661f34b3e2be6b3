import { contraindication, leaf, pathwayWith, type Variation } from '../../support/pathways.ts';
import { actor, eventOf, kinds, nurse, RunningPlan, refusalOf } from '../../support/plan.ts';

const HOLD = 'excision/sepsis';
const dermatologist = actor('dermatologist-1', 'dermatologist');

const signed = (strength: 'relative' | 'absolute' = 'relative') =>
  contraindication(
    'sepsis',
    { all: [leaf('smoker', 'equal', true)] },
    { strength, clears: { by: 'signature', of: 'dermatologist' } },
  );

/** At the gate with consent, and with the fact that decides, if it is known. */
const atGate = (smoker?: boolean, variation: Variation = { rules: [signed()] }): RunningPlan => {
  const plan = new RunningPlan(pathwayWith(variation));
  plan.finishPhase();
  plan.consent('mole-excision-consent', '2026-03-02');
  if (smoker !== undefined) observe(plan, smoker);
  return plan;
};
const NEXT_DAY = '2026-03-03T15:00:00.000Z';
const observe = (plan: RunningPlan, smoker: boolean, now?: string) =>
  plan.observe([{ fact: 'smoker', value: smoker }], now);
const release = (plan: RunningPlan, by = dermatologist, hold = HOLD) =>
  plan.send(eventOf('releaseHold', { hold, note: 'seen today' }, { actor: by })).answer;

describe('a rule that clears by signature', () => {
  it('holds nobody who never met it, and a mere gap in the facts clears by facts', () => {
    const plan = atGate();
    expect(plan.state.holds[HOLD]).toMatchObject({ needsSignature: false });
    observe(plan, false);
    expect(plan.state.holds).toEqual({});
    expect(plan.start('excision').outcome).toBe('accepted');
  });

  it('once met, stays until it is signed, though its facts say no by now', () => {
    const plan = atGate(true);
    observe(plan, false, NEXT_DAY);
    expect(plan.state.holds[HOLD]).toMatchObject({ needsSignature: true, finding: { result: 'unmet' } });
    expect(plan.state.waits[`hold/${HOLD}`]?.owner).toBe('dermatologist');
    const [reason] = refusalOf(plan.start('excision')).reasons;
    expect(reason?.clears).toMatchObject([[{ kind: 'event', type: 'releaseHold', role: 'dermatologist' }]]);
    expect(release(plan).outcome).toBe('accepted');
    expect(plan.state.holds).toEqual({});
    expect(plan.start('excision').outcome).toBe('accepted');
  });

  it('is not signed away while it is unknown: unknown is not false', () => {
    const plan = atGate();
    expect(release(plan)).toMatchObject({ outcome: 'refused', code: 'CC3004' });
  });

  it.each([
    ['relative', 'accepted', 'accepted'],
    ['absolute', 'refused', 'refused'],
  ] as const)('while it is met: a %s one is %s', (strength, signature, gate) => {
    const plan = atGate(true, { rules: [signed(strength)] });
    expect(release(plan).outcome).toBe(signature);
    expect(plan.start('excision').outcome).toBe(gate);
  });

  it('an absolute one is signed away once its facts say no', () => {
    const plan = atGate(true, { rules: [signed('absolute')] });
    observe(plan, false, NEXT_DAY);
    expect(release(plan).outcome).toBe('accepted');
    expect(plan.state.holds).toEqual({});
  });

  it('a signature is void once a fact that it rests on changes, and the hold is a new one', () => {
    const when = { any: [leaf('smoker', 'equal', true), leaf('skinType', 'equal', 'dark')] };
    const plan = atGate(true, {
      rules: [contraindication('sepsis', when, { clears: { by: 'signature', of: 'dermatologist' } })],
    });
    plan.observe([{ fact: 'skinType', value: 'light' }]);
    release(plan);
    expect(plan.state.holds).toEqual({});
    plan.observe([{ fact: 'skinType', value: 'dark' }], NEXT_DAY);
    expect(kinds(plan.last.journal)).toEqual(['event.accepted', 'release.voided', 'hold.raised']);
    expect(plan.state.holds[HOLD]).toMatchObject({ generation: 2 });
  });

  it('and stands while the same is observed again', () => {
    const plan = atGate(true);
    release(plan);
    observe(plan, true);
    expect(plan.state.holds).toEqual({});
  });

  it.each([
    ['another role', nurse, HOLD, 'CC2018'],
    ['nobody, of a hold that there is not', dermatologist, 'excision/nothing', 'CC2027'],
    ['a method of objects', dermatologist, 'toString', 'CC2027'],
  ])('is signed by %s: never', (_who, by, hold, code) => {
    expect(release(atGate(true), by, hold)).toMatchObject({ outcome: 'rejected', code });
  });

  it('a rule that clears by facts takes no signature', () => {
    const plan = atGate(true, {
      rules: [contraindication('sepsis', { all: [leaf('smoker', 'equal', true)] })],
    });
    expect(release(plan)).toMatchObject({ outcome: 'refused', code: 'CC3004' });
  });
});

describe('a rule that accepts what is unknown', () => {
  const accepting = contraindication(
    'sepsis',
    { all: [leaf('temperature', 'greaterThanInclusive', 38)] },
    { ifUnknown: 'accept' },
  );
  const fever = (plan: RunningPlan, celsius: number) =>
    plan.observe([{ fact: 'temperature', value: celsius, unit: 'Cel' }]);

  it('lets the gate open, and says so in the journal', () => {
    const plan = atGate(undefined, { rules: [accepting] });
    expect(plan.state.holds).toEqual({});
    expect(plan.start('excision').outcome).toBe('accepted');
    expect(kinds(plan.last.journal)).toContain('unknown.accepted');
  });

  it('holds while it is met', () => {
    const plan = atGate(undefined, { rules: [accepting] });
    fever(plan, 39);
    expect(plan.start('excision').outcome).toBe('refused');
  });

  it('never lets go because the fever became too old to tell', () => {
    const plan = atGate(undefined, { rules: [accepting] });
    fever(plan, 39);
    plan.wake('2026-03-04T15:00:00.000Z');
    expect(plan.state.holds[HOLD]?.finding.result).toBe('unknown');
    expect(plan.start('excision').outcome).toBe('refused');
    fever(plan, 37);
    expect(plan.start('excision').outcome).toBe('accepted');
  });
});
