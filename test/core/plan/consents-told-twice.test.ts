import { planWith } from '../../support/decided.ts';
import { consentTo, stageOf } from '../../support/pathways.ts';
import { eventOf, nurse, patient, type RunningPlan, refusalOf } from '../../support/plan.ts';

/** One signature is one consent, whoever tells of it. */

const FORM = consentTo(stageOf('first')).form;
const at = (time: string, day = '2026-03-03'): string => `${day}T${time}:00.000Z`;
const twoOfOneForm = (): RunningPlan =>
  planWith({ stages: [stageOf('first'), stageOf('second', { consent: consentTo(stageOf('first')) })] });
const sign = (plan: RunningPlan, from: typeof nurse, more: { signedOn?: string; time?: string } = {}) => {
  const { signedOn = '2026-03-03', time } = more;
  const data = { form: FORM, by: 'patient', signedOn };
  const envelope = { id: `signed-${plan.steps.length}`, actor: from, ...(time ? { time } : {}) };
  return plan.send(eventOf('consent.recorded', data, envelope), at('16:00'));
};
const refusedFor = (plan: RunningPlan, stage: string): string[] => {
  const answer = plan.start(stage);
  return answer.outcome === 'accepted' ? [] : refusalOf(answer).reasons.map(({ invariant }) => invariant);
};

describe('a consent to one procedure', () => {
  it('told by the nurse and by the patient is one: it covers no second procedure', () => {
    const plan = twoOfOneForm();
    sign(plan, nurse);
    sign(plan, patient);
    expect(plan.state.consents).toHaveLength(1);
    expect(refusedFor(plan, 'first')).toEqual([]);
    plan.report('first', '2026-03-03');
    expect(refusedFor(plan, 'second')).toEqual(['S1']);
  });

  it('told again once it is used up opens nothing', () => {
    const plan = twoOfOneForm();
    sign(plan, nurse);
    plan.start('first');
    plan.report('first', '2026-03-03');
    expect(sign(plan, patient).answer.outcome).toBe('accepted');
    expect(refusedFor(plan, 'second')).toEqual(['S1']);
  });

  it('signed again on another day is another', () => {
    const plan = twoOfOneForm();
    sign(plan, nurse, { signedOn: '2026-03-02' });
    sign(plan, nurse);
    plan.start('first');
    plan.report('first', '2026-03-03');
    expect(refusedFor(plan, 'second')).toEqual([]);
  });

  it('withdrawn, and signed again at a later time of that day, is another; the first one told again is not', () => {
    const plan = twoOfOneForm();
    sign(plan, nurse);
    plan.withdraw(FORM, at('17:00'));
    sign(plan, patient);
    expect(refusedFor(plan, 'first')).toEqual(['S1']);
    sign(plan, patient, { time: at('17:00') });
    sign(plan, nurse);
    expect(plan.state.consents.filter(({ withdrawnAt }) => withdrawnAt === undefined)).toHaveLength(1);
    expect(refusedFor(plan, 'first')).toEqual([]);
  });
});
