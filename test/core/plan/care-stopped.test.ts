import type { Contraindication } from '../../../src/core/pathway/rules.schema.ts';
import {
  careOf,
  heard,
  IRRITATION,
  irritate,
  irritated,
  noonOf,
  planWithCare,
  underCare,
} from '../../support/care.ts';
import { dermatologist, sleepUntil, twoStages } from '../../support/decided.ts';
import { for_, type Variation } from '../../support/pathways.ts';
import { eventOf, kinds, type RunningPlan } from '../../support/plan.ts';

const HOLD = 'care:home/irritated';
const WAIT = `hold/${HOLD}`;
const under = (rule: Partial<Contraindication> = {}): RunningPlan =>
  underCare(undefined, { rules: [irritated(rule)] });
const stopped = (plan: RunningPlan): string[] =>
  Object.entries(plan.state.careHolds).flatMap(([id, { released }]) => (released ? [] : [id]));

describe('a contraindication that stops home care', () => {
  it.each([
    [1, []],
    [2, [HOLD]],
    [3, [HOLD]],
  ])('at irritation of grade %i stops %j', (grade, holds) => {
    const plan = under();
    irritate(plan, grade, '2026-03-10');
    expect(stopped(plan)).toEqual(holds);
  });

  it('tells the patient not to use it, in the words of the rule, and whoever the rule tells', () => {
    const plan = under({ tell: ['dermatologist'] });
    const taken = irritate(plan, 2, '2026-03-10');
    expect(kinds(taken.journal)).toContain('care.stopped');
    expect(heard(taken)).toEqual(['Do not use for now: Title of home: Let your skin rest.']);
    expect(taken.effects.map(({ role }) => role)).toContain('dermatologist');
  });

  it('has an owner, a due time and a ladder, as any hold', () => {
    const plan = under();
    irritate(plan, 2, '2026-03-10');
    expect(plan.state.waits[WAIT]).toMatchObject({
      ...{ kind: 'hold', owner: 'nurse', ladder: 'standard' },
      title: 'Title of home is stopped (held: Title of irritated)',
    });
    const before = plan.steps.length;
    sleepUntil(plan, noonOf('2026-03-18'));
    expect(plan.steps.slice(before).flatMap(({ journal }) => kinds(journal))).toContain('escalation.raised');
  });

  it('clears when the fact is known to be better, and the patient goes on', () => {
    const plan = under();
    irritate(plan, 2, '2026-03-10');
    const taken = irritate(plan, 1, '2026-03-12');
    expect(stopped(plan)).toEqual([]);
    expect(plan.state.waits[WAIT]).toBeUndefined();
    expect(heard(taken)).toEqual(['Go on with: Title of home: No longer held: Title of irritated']);
  });

  it('does not clear because its fact became too old to tell', () => {
    const plan = under();
    irritate(plan, 2, '2026-03-10');
    sleepUntil(plan, noonOf('2026-03-25'));
    expect(stopped(plan)).toEqual([HOLD]);
  });

  it('stops no procedure, and does not put the plan on hold', () => {
    const plan = under();
    irritate(plan, 3, '2026-03-10');
    expect(plan.state.holds).toEqual({});
    expect(plan.state.status).toBe('active');
  });

  it('of procedures alone stops no home care', () => {
    const plan = under({ stops: ['procedure'] });
    irritate(plan, 3, '2026-03-10');
    expect(stopped(plan)).toEqual([]);
  });

  it('of other home care stops none of this', () => {
    const plan = under({ of: ['metformin'] });
    irritate(plan, 3, '2026-03-10');
    expect(stopped(plan)).toEqual([]);
  });

  it('is not judged before the care has begun', () => {
    const plan = planWithCare();
    irritate(plan, 3, '2026-03-05');
    expect(stopped(plan)).toEqual([]);
    plan.report('first', '2026-03-06', noonOf('2026-03-06'));
    expect(stopped(plan)).toEqual([HOLD]);
  });

  it('is over with the care, and nobody is told to go on', () => {
    const until = { by: for_(3, 'day'), after: 'first session' as const };
    const plan = underCare([careOf('home', { until })]);
    irritate(plan, 3, '2026-03-10');
    sleepUntil(plan, '2026-03-13T04:00:00.000Z');
    expect([stopped(plan), Object.keys(plan.state.care)]).toEqual([[], []]);
    expect(heard(plan.last).filter((says) => says.startsWith('Go on'))).toEqual([]);
    expect(kinds(plan.last.journal)).toEqual(['care.ended', 'hold.cleared']);
  });

  it('that is unknown stops it too, and says what is missing', () => {
    const plan = under({ ifUnknown: 'hold' });
    expect(stopped(plan)).toEqual([HOLD]);
    expect(heard(plan.last)).toContain(
      'Do not use for now: Title of home: Please wait with it until we know more: Title of irritated',
    );
    expect(plan.last.effects.map(({ says }) => says)).toContain('Please supply: irritation');
  });

  it('that accepts the unknown stops nothing while nobody knows', () => {
    expect(stopped(under({ ifUnknown: 'accept' }))).toEqual([]);
  });

  it('keeps the care stopped while another rule does', () => {
    const another = irritated({ rule: 'sore', title: 'Sore', ifUnknown: 'accept' });
    const plan = underCare(undefined, { rules: [irritated(), another] });
    irritate(plan, 3, '2026-03-10');
    expect(stopped(plan)).toEqual([HOLD, 'care:home/sore']);
    expect(heard(irritate(plan, 0, '2026-03-11'))).toHaveLength(1);
  });
});

describe('home care whose rule clears by signature', () => {
  const bySignature = { clears: { by: 'signature', of: 'dermatologist' } } as const;
  const sign = (plan: RunningPlan, by = dermatologist, day = '2026-03-11') =>
    plan.send(
      eventOf('releaseHold', { hold: HOLD }, { id: `sign-${plan.steps.length}`, actor: by }),
      noonOf(day),
    );

  const held = (more: Partial<Contraindication> = {}): RunningPlan => {
    const plan = under({ ...bySignature, ...more });
    irritate(plan, 2, '2026-03-10');
    return plan;
  };

  it('stays stopped when the skin is better, until somebody has signed', () => {
    const plan = held();
    irritate(plan, 0, '2026-03-11');
    expect(stopped(plan)).toEqual([HOLD]);
    expect(sign(plan).answer.outcome).toBe('accepted');
    expect(plan.state.careHolds).toEqual({});
  });

  it('may be signed away while a relative rule is met, until a fact that it cites changes', () => {
    const plan = held();
    expect(heard(sign(plan))).toHaveLength(1);
    expect([stopped(plan), plan.state.waits[WAIT]]).toEqual([[], undefined]);
    const worse = irritate(plan, 4, '2026-03-12');
    expect(kinds(worse.journal)).toContain('release.voided');
    expect(stopped(plan)).toEqual([HOLD]);
    expect(plan.state.careHolds[HOLD]?.generation).toBe(2);
  });

  it('is not signed away while an absolute rule is met', () => {
    const plan = held({ strength: 'absolute' });
    expect(sign(plan).answer).toMatchObject({ outcome: 'refused', code: 'CC3004' });
    expect(stopped(plan)).toEqual([HOLD]);
  });

  it('is signed by nobody else', () => {
    const plan = held();
    const nurse = { id: 'nurse-9', roles: ['nurse'], clinic: 'northside' };
    expect(sign(plan, nurse).answer).toMatchObject({ outcome: 'rejected', code: 'CC2018' });
  });

  it('is not signed away twice', () => {
    const plan = held();
    sign(plan);
    expect(sign(plan).answer).toMatchObject({ outcome: 'refused', code: 'CC3004' });
  });

  it('that clears by facts is signed away by nobody', () => {
    const plan = under();
    irritate(plan, 2, '2026-03-10');
    expect(sign(plan).answer).toMatchObject({ outcome: 'refused', code: 'CC3004' });
  });
});

describe('home care of a plan that goes on by another version', () => {
  const next = (more: Variation) =>
    twoStages({ care: [careOf('home')], facts: [IRRITATION], rules: [irritated()], ...more });
  const version = (more: Variation) => ({ ...next(more), version: '1.1.0' });

  it('says what that version says, and the patient is told', () => {
    const plan = under();
    const taken = plan.adopt(version({ care: [careOf('home', { morning: [{ text: 'soap' }] })] }));
    expect(taken.answer.outcome).toBe('accepted');
    expect(heard(taken)).toEqual(['Changed: Title of home: In the morning: soap.']);
  });

  it('is over where that version has none', () => {
    const plan = under();
    plan.adopt(version({ care: [] }));
    expect(plan.state.care).toEqual({});
  });

  it('is refused that version while what stops it is not there', () => {
    const plan = under();
    irritate(plan, 2, '2026-03-10');
    const { answer } = plan.adopt(version({ rules: [] }));
    expect(answer).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(answer)).toContain('It has no rule irritated, which stops home.');
  });

  it('waits for no signature where the rule clears by facts there', () => {
    const plan = under({ clears: { by: 'signature', of: 'dermatologist' } });
    irritate(plan, 2, '2026-03-10');
    irritate(plan, 0, '2026-03-11');
    expect(stopped(plan)).toEqual([HOLD]);
    plan.adopt(version({}));
    expect(stopped(plan)).toEqual([]);
  });
});
