import { Desk, refusedBy } from '../../support/appointments.ts';
import { factOf, for_, pathwayWith, stageOf } from '../../support/pathways.ts';
import { actor, eventOf, patient, RunningPlan, refusalOf } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const guardian = actor('guardian-1', 'guardian');
const BORN = '2010-04-15';

/** At the gate of a stage to which nobody below 16 consents for themselves; the patient turns 16 on 15 April 2026. */
const young = (from = '2026-03-02', covers: 'course' | 'one procedure' = 'course') => {
  const consent = {
    ...{ form: 'skin-consent', by: 'patient', lasts: for_(12, 'month'), covers },
    orGuardianBelow: for_(16, 'year'),
  };
  const facts = [factOf('birthDate', { kind: 'date' })];
  const stages = [stageOf('peel', { consent, sessions: 3 })];
  const plan = new RunningPlan(pathwayWith({ rules: [], facts, consultation: [], stages }), on(from));
  const sign = (by: 'patient' | 'guardian', signedOn = from) =>
    plan.send(
      eventOf(
        'consent.recorded',
        { form: 'skin-consent', by, signedOn },
        {
          actor: by === 'guardian' ? guardian : patient,
          id: `${by}-${signedOn}`,
        },
      ),
      signedOn > from ? on(signedOn) : undefined,
    );
  return { plan, desk: new Desk(plan), sign };
};

describe('S1: who signs for a patient who may be too young to', () => {
  it.each([
    ['the guardian', 'guardian', '2026-03-02', []],
    ['the patient', 'patient', '2026-03-02', ['S1']],
    ['the guardian', 'guardian', '2026-04-14', []],
    ['the patient', 'patient', '2026-04-14', ['S1']],
    ['the guardian', 'guardian', '2026-04-15', ['S1']],
    ['the patient', 'patient', '2026-04-15', []],
    ['the patient', 'patient', '2026-04-16', []],
  ] as const)('signed by %s (%s), the gate asked on %s', (_who, by, day, expected) => {
    const { plan, desk, sign } = young();
    plan.observe([{ fact: 'birthDate', value: BORN }]);
    sign(by);
    expect(refusedBy(desk.start('peel', on(day)))).toEqual(expected);
  });

  it('is closed while nobody knows the age, and says whom to ask', () => {
    const { desk, sign } = young();
    sign('guardian');
    sign('patient');
    const [reason, ...more] = refusalOf(desk.start('peel')).reasons;
    expect(more).toEqual([]);
    expect(reason).toMatchObject({
      invariant: 'S1',
      clears: [[{ kind: 'fact', fact: 'birthDate', role: 'nurse' }]],
    });
  });

  it('names the guardian as the one who has to sign', () => {
    const { plan, desk, sign } = young();
    plan.observe([{ fact: 'birthDate', value: BORN }]);
    sign('patient');
    const [reason] = refusalOf(desk.start('peel')).reasons;
    expect(reason).toMatchObject({
      says: 'Consent skin-consent needs the signature of the guardian on this day.',
      clears: [[{ kind: 'event', type: 'consent.recorded', role: 'guardian' }]],
    });
  });

  it('a birthday in the midst of a series asks for the patient’s own signature', () => {
    const { plan, desk, sign } = young();
    plan.observe([{ fact: 'birthDate', value: BORN }]);
    sign('guardian');
    expect(desk.start('peel').outcome).toBe('accepted');
    plan.report('peel', '2026-03-02');
    expect(plan.state.wake.at).not.toBeNull();
    expect(refusedBy(desk.start('peel', on('2026-04-20')))).toEqual(['S1']);
    sign('patient', '2026-04-20');
    expect(refusedBy(desk.start('peel'))).toEqual([]);
  });

  it('29 February: of age on 1 March', () => {
    const { plan, desk, sign } = young('2028-02-28');
    plan.observe([{ fact: 'birthDate', value: '2012-02-29' }]);
    sign('guardian');
    expect(refusedBy(desk.start('peel', on('2028-02-28')))).toEqual([]);
  });

  it('uses up the signature that counted', () => {
    const { plan, desk, sign } = young('2026-03-02', 'one procedure');
    plan.observe([{ fact: 'birthDate', value: BORN }]);
    sign('patient');
    sign('guardian');
    desk.start('peel');
    plan.report('peel', '2026-03-02');
    expect(plan.state.consents.map(({ by, usedFor }) => [by, usedFor])).toEqual([
      ['patient', undefined],
      ['guardian', 'peel'],
    ]);
  });

  it('a birth date that is corrected puts the gate in question', () => {
    const { plan, desk, sign } = young();
    plan.observe([{ fact: 'birthDate', value: BORN }]);
    sign('guardian');
    desk.start('peel');
    plan.send(
      eventOf('fact.corrected', {
        fact: 'birthDate',
        on: '2026-03-02',
        value: '2009-04-15',
        reason: 'misread',
      }),
    );
    expect(plan.last.journal.some(({ kind }) => kind === 'deviation.raised')).toBe(true);
  });
});

describe('at the border', () => {
  it('a guardian signs only where one may', () => {
    const plan = new RunningPlan(pathwayWith({ consultation: [] }));
    const signed = eventOf(
      'consent.recorded',
      { form: 'mole-excision-consent', by: 'guardian', signedOn: '2026-03-02' },
      { actor: guardian },
    );
    expect(plan.send(signed).answer).toMatchObject({ outcome: 'rejected', code: 'CC2017' });
  });

  it('a patient does not sign as the guardian', () => {
    const { plan } = young();
    const signed = eventOf(
      'consent.recorded',
      { form: 'skin-consent', by: 'guardian', signedOn: '2026-03-02' },
      { actor: patient },
    );
    expect(plan.send(signed).answer).toMatchObject({ outcome: 'rejected', code: 'CC2018' });
  });
});
