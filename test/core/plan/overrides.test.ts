import { addDays } from '../../../src/core/model/calendar.ts';
import type { EventOf } from '../../../src/core/model/event.schema.ts';
import {
  contraindication,
  eligibility,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  tableOf,
  termsOf,
  type Variation,
} from '../../support/pathways.ts';
import { actor, eventOf, kinds, nurse, RunningPlan, refusalOf } from '../../support/plan.ts';

const HOLD = 'excision/blood-thinner';
const FIRST = `${HOLD}#1`;
const dermatologist = actor('dermatologist-1', 'dermatologist');
const lead = actor('lead-1', 'clinical-lead');

const rule = (more: Parameters<typeof termsOf>[0] = {}, strength: 'relative' | 'absolute' = 'relative') =>
  contraindication(
    'blood-thinner',
    { all: [leaf('bloodThinner', 'withinTheLast', for_(7, 'day'))] },
    { strength, override: termsOf(more) },
  );

/** At the gate, consent given, a blood thinner taken on the day of the plan's start. */
const held = (more: Parameters<typeof termsOf>[0] = {}, variation: Variation = {}): RunningPlan => {
  const plan = new RunningPlan(pathwayWith({ rules: [rule(more)], ...variation }));
  plan.finishPhase();
  plan.consent('mole-excision-consent', '2026-03-02');
  plan.observe([{ fact: 'bloodThinner', value: '2026-03-02' }]);
  return plan;
};

type Grant = EventOf<'grantOverride'>['data'];

const grant = (plan: RunningPlan, more: Partial<Grant> = {}, by = dermatologist, now?: string) =>
  plan.send(
    eventOf(
      'grantOverride',
      { rule: 'blood-thinner', stage: 'excision', reason: 'urgent', ...more },
      { actor: by },
    ),
    now,
  );
const countersign = (plan: RunningPlan, by = lead, override = FIRST) =>
  plan.send(eventOf('countersignOverride', { override }, { actor: by })).answer;

describe('a relative contraindication is set aside', () => {
  it('by the role that may, with a reason of the list, and the gate opens', () => {
    const plan = held();
    expect(plan.start('excision')).toMatchObject({ outcome: 'refused' });
    expect(grant(plan).answer.outcome).toBe('accepted');
    expect(plan.state.overrides[FIRST]).toMatchObject({
      status: 'active',
      by: 'dermatologist-1',
      role: 'dermatologist',
      reason: 'urgent',
      endsAt: '2026-03-06T05:00:00.000Z',
    });
    expect(plan.start('excision').outcome).toBe('accepted');
    expect(plan.state.gates).toMatchObject([{ stage: 'excision', overrides: [FIRST] }]);
  });

  it('and stays visible as a hold with its owner', () => {
    const plan = held();
    grant(plan);
    expect(plan.state.holds[HOLD]?.finding.result).toBe('met');
    expect(plan.state.waits[`hold/${HOLD}`]).toBeDefined();
  });

  it('the refusal said that an override would clear it, and by whom', () => {
    const [reason] = refusalOf(held({ second: 'clinical-lead' }).start('excision')).reasons;
    expect(reason?.clears.flat()).toContainEqual({
      kind: 'override',
      by: ['dermatologist'],
      second: 'clinical-lead',
    });
  });

  it.each<[string, Partial<Grant>, typeof nurse, string]>([
    ['a role that may not', {}, nurse, 'CC2018'],
    ['a reason that the rule does not name', { reason: 'because' }, dermatologist, 'CC2028'],
    ['an answer, which only tables have', { answer: 'full' }, dermatologist, 'CC2028'],
    ['a rule that there is not', { rule: 'blood-thinners' }, dermatologist, 'CC2028'],
    ['a stage that there is not', { stage: 'incision' }, dermatologist, 'CC2016'],
  ])('never by %s', (_what, more, by, code) => {
    const plan = held();
    expect(grant(plan, more, by).answer).toMatchObject({ outcome: 'rejected', code });
    expect(plan.state.overrides).toEqual({});
  });

  it.each([
    [
      'an absolute one, whose file allows none',
      { rules: [contraindication('blood-thinner', rule().when, { strength: 'absolute' })] },
      'nobody may',
    ],
    [
      'eligibility',
      { rules: [], eligibility: [eligibility('blood-thinner', { not: rule().when })] },
      'nobody may',
    ],
  ])('never %s', (_what, variation, says) => {
    const plan = held({}, variation);
    const { answer } = grant(plan);
    expect(answer).toMatchObject({ outcome: 'refused', code: 'CC3005', says: expect.stringContaining(says) });
    expect(plan.start('excision').outcome).toBe('refused');
  });

  it('not while it holds nothing', () => {
    const plan = held();
    plan.observe([{ fact: 'bloodThinner', value: 'never' }]);
    expect(grant(plan).answer).toMatchObject({ outcome: 'refused', code: 'CC3005' });
  });

  it.each([
    [false, 'refused'],
    [true, 'accepted'],
  ])('while it is unknown only if its terms say so: %s', (coversUnknown, outcome) => {
    const plan = new RunningPlan(pathwayWith({ rules: [rule({ coversUnknown })] }));
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    expect(grant(plan).answer.outcome).toBe(outcome);
    expect(plan.start('excision').outcome).toBe(outcome);
  });
});

describe('a second signature', () => {
  const two = { second: 'clinical-lead' };

  it('is waited for by somebody, and until then nothing opens', () => {
    const plan = held(two);
    grant(plan);
    expect(plan.state.overrides[FIRST]?.status).toBe('requested');
    expect(plan.state.waits[`signature/${FIRST}`]).toMatchObject({
      owner: 'clinical-lead',
      kind: 'signature',
    });
    expect(plan.last.effects.map(({ role }) => role)).toContain('clinical-lead');
    expect(plan.start('excision').outcome).toBe('refused');
  });

  it('of another person of that role lets it live', () => {
    const plan = held(two);
    grant(plan);
    expect(countersign(plan).outcome).toBe('accepted');
    expect(plan.state.overrides[FIRST]).toMatchObject({ status: 'active', second: { by: 'lead-1' } });
    expect(plan.state.waits[`signature/${FIRST}`]).toBeUndefined();
    expect(plan.start('excision').outcome).toBe('accepted');
  });

  it.each([
    ['the same person with both roles', actor('dermatologist-1', 'dermatologist', 'clinical-lead')],
    ['somebody of another role', nurse],
  ])('is never that of %s', (_who, by) => {
    const plan = held(two);
    grant(plan);
    expect(countersign(plan, by)).toMatchObject({ outcome: 'refused', code: 'CC3006' });
    expect(plan.start('excision').outcome).toBe('refused');
  });

  it('comes too late once a fact has changed', () => {
    const plan = held(two);
    grant(plan);
    plan.observe([{ fact: 'bloodThinner', value: '2026-03-01' }]);
    expect(plan.state.overrides[FIRST]?.status).toBe('lapsed');
    expect(countersign(plan)).toMatchObject({ outcome: 'refused', code: 'CC3006' });
  });

  it('is not asked of a service, and not of an override that there is not', () => {
    const plan = held(two);
    expect(countersign(plan, lead, 'excision/nothing#1')).toMatchObject({ code: 'CC2028' });
  });
});

describe('an override ends', () => {
  it.each([
    ['the last instant of its last day', '2026-03-06T04:59:59.999Z', 'active'],
    ['the first instant after it', '2026-03-06T05:00:00.000Z', 'lapsed'],
  ])('by its time: %s', (_when, now, status) => {
    const plan = held();
    grant(plan);
    expect(plan.state.wake.at && plan.state.wake.at <= '2026-03-06T05:00:00.000Z').toBe(true);
    plan.wake(now);
    expect(plan.state.overrides[FIRST]?.status).toBe(status);
  });

  it.each([
    ['a cited fact changes', '2026-03-01', 'lapsed'],
    ['the same is observed again: nothing has changed', '2026-03-02', 'active'],
  ])('when %s', (_why, value, status) => {
    const plan = held();
    grant(plan);
    plan.observe([{ fact: 'bloodThinner', value }], '2026-03-02T16:00:00.000Z');
    expect(plan.state.overrides[FIRST]?.status).toBe(status);
  });

  it('when a cited fact goes stale', () => {
    const plan = held({ lasts: for_(60, 'day') });
    grant(plan);
    plan.wake('2026-03-09T05:00:00.000Z');
    expect(plan.state.overrides[FIRST]).toMatchObject({
      status: 'lapsed',
      ended: { why: 'a fact that it rests on has changed' },
    });
  });

  it('when a gate opened on it, if it covers one gate', () => {
    const plan = held();
    grant(plan);
    plan.start('excision');
    expect(plan.state.overrides[FIRST]?.status).toBe('spent');
  });

  it('only when the procedure is done, if it covers the stage', () => {
    const plan = held({ covers: 'stage' });
    grant(plan);
    plan.start('excision');
    expect(plan.state.overrides[FIRST]?.status).toBe('active');
    plan.report('excision', '2026-03-02');
    expect(plan.state.overrides[FIRST]?.status).toBe('lapsed');
  });

  it('when it is revoked, and not twice', () => {
    const plan = held();
    grant(plan);
    const revoke = () =>
      plan.send(eventOf('revokeOverride', { override: FIRST, reason: 'too risky' }, { actor: lead })).answer;
    expect(revoke().outcome).toBe('accepted');
    expect(plan.state.overrides[FIRST]).toMatchObject({ status: 'revoked', ended: { why: 'too risky' } });
    expect(plan.start('excision').outcome).toBe('refused');
    expect(revoke()).toMatchObject({ outcome: 'refused', code: 'CC3006' });
  });

  it('when another one takes its place', () => {
    const plan = held();
    grant(plan);
    grant(plan, { reason: 'counts-rising' });
    expect(Object.values(plan.state.overrides).map(({ status }) => status)).toEqual(['lapsed', 'active']);
  });

  it('with the plan, and nobody waits for a signature any more', () => {
    const plan = held({ second: 'clinical-lead' });
    grant(plan);
    plan.cancel();
    expect(plan.state.overrides[FIRST]?.status).toBe('lapsed');
    expect(plan.state.waits).toEqual({});
    expect(plan.state.status).toBe('revoked');
  });

  it('and every end of it stands in the journal', () => {
    const plan = held();
    grant(plan);
    plan.observe([{ fact: 'bloodThinner', value: '2026-03-01' }]);
    expect(kinds(plan.last.journal)).toContain('override.ended');
  });
});

describe('a table that keeps the gate closed', () => {
  const rows = [
    { when: { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, answer: 'wait' },
    { when: { all: [leaf('temperature', 'lessThan', 38)] }, answer: 'go-on' },
  ];
  const stages = [
    stageOf('excision', {
      consent: {
        form: 'mole-excision-consent',
        by: 'patient',
        covers: 'one procedure',
        lasts: for_(6, 'month'),
      },
      table: {
        table: 'fever-table',
        outcomes: { wait: [{ do: 'ask' as const, role: 'dermatologist' }], 'go-on': [{ do: 'go' as const }] },
      },
    }),
  ];
  const feverish = (celsius?: number) => {
    const tables = [tableOf('fever-table', ['wait', 'go-on'], rows, { override: termsOf() })];
    const plan = new RunningPlan(pathwayWith({ rules: [], tables, stages }));
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    if (celsius !== undefined) plan.observe([{ fact: 'temperature', value: celsius, unit: 'Cel' }]);
    return plan;
  };
  const aside = { rule: 'fever-table', answer: 'go-on' };

  it('opens by the answer that goes on', () => {
    expect(feverish(37).start('excision').outcome).toBe('accepted');
  });

  it('asks the role that its answer names, once', () => {
    const plan = feverish(38.4);
    expect(refusalOf(plan.start('excision')).reasons).toMatchObject([
      { invariant: 'S4', table: { answer: 'wait' } },
    ]);
    plan.start('excision');
    const asked = Object.entries(plan.state.tasks).filter(([id]) => id.startsWith('plan/gate-'));
    expect(asked).toMatchObject([['plan/gate-excision/fever-table/wait', { role: 'dermatologist' }]]);
  });

  it('asks for the facts without which it has no answer, and no more once they are there', () => {
    const plan = feverish();
    expect(refusalOf(plan.start('excision')).reasons).toMatchObject([
      { invariant: 'S4', says: expect.stringContaining('temperature is missing') },
    ]);
    expect(plan.state.tasks['plan/gate-excision/fever-table']).toMatchObject({
      role: 'nurse',
      status: 'requested',
    });
    plan.observe([{ fact: 'temperature', value: 37, unit: 'Cel' }]);
    expect(plan.state.tasks['plan/gate-excision/fever-table']?.status).toBe('cancelled');
  });

  it('is set aside by an answer that goes on', () => {
    const plan = feverish(38.4);
    expect(grant(plan, aside).answer.outcome).toBe('accepted');
    expect(plan.start('excision').outcome).toBe('accepted');
  });

  it.each([
    ['an answer that does not go on', { ...aside, answer: 'wait' }],
    ['an answer that it does not have', { ...aside, answer: 'maybe' }],
  ])('is not set aside by %s', (_what, data) => {
    expect(grant(feverish(38.4), data).answer).toMatchObject({ outcome: 'refused', code: 'CC3005' });
  });

  it('without an answer, and without its measure, opens nothing', () => {
    expect(grant(feverish(), aside).answer).toMatchObject({ outcome: 'refused', code: 'CC3005' });
    expect(grant(feverish(38.4), { rule: 'fever-table' }).answer).toMatchObject({ code: 'CC2028' });
  });

  it('lapses when it is measured again', () => {
    const plan = feverish(38.4);
    grant(plan, aside);
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], '2026-03-02T16:00:00.000Z');
    expect(plan.start('excision').outcome).toBe('refused');
  });
});

describe('a report of what was done', () => {
  it('is judged by the overrides of its day', () => {
    const plan = held({ second: 'clinical-lead', lasts: for_(1, 'day') });
    grant(plan);
    countersign(plan);
    plan.wake('2026-03-20T15:00:00.000Z');
    plan.report('excision', addDays('2026-03-02', 1));
    const raised = plan.journal.find(({ kind }) => kind === 'deviation.raised');
    expect(raised?.details.reasons).toEqual([]);
  });

  it('made after the override had ended is a deviation with its reason', () => {
    const plan = held({ lasts: for_(1, 'day') });
    grant(plan);
    plan.wake('2026-03-20T15:00:00.000Z');
    plan.report('excision', addDays('2026-03-02', 2));
    const raised = plan.journal.find(({ kind }) => kind === 'deviation.raised');
    expect(raised?.details.reasons).toMatchObject([{ invariant: 'S2' }]);
  });
});
