import { charged, ledgerOf, monthly, pass } from '../../support/charged.ts';
import { stageOf } from '../../support/pathways.ts';
import { actor, coordinator, eventOf, patient, type RunningPlan } from '../../support/plan.ts';

const noon = (day: string): string => `${day}T17:00:00.000Z`;

/** With one month charged. */
function owing(): RunningPlan {
  const plan = charged(monthly(), { stages: [stageOf('visit')] });
  plan.send(eventOf('payment.arranged', { reference: 'token-1' }), noon('2026-03-03'));
  pass(plan, noon('2026-04-01'));
  return plan;
}

type Told = 'payment.settled' | 'payment.failed';

interface Telling {
  readonly now?: string;
  readonly time?: string;
  readonly charge?: string;
}

const tell = (plan: RunningPlan, type: Told, more: Telling = {}) => {
  const { now = noon('2026-04-02'), time = now, charge = '2026-04' } = more;
  const envelope = { id: `payment-${plan.steps.length}`, time, actor: coordinator };
  return type === 'payment.settled'
    ? plan.send(eventOf(type, { charge }, envelope), now)
    : plan.send(eventOf(type, { charge, reason: 'The card has expired.' }, envelope), now);
};

const TASK = 'plan/payment-2026-04';

describe('a payment that fails', () => {
  it('is a task of the coordinator, with a ladder, and closes no gate', () => {
    const plan = owing();
    plan.consent('visit-consent', '2026-04-01');
    const { effects } = tell(plan, 'payment.failed');
    expect(ledgerOf(plan)).toEqual(['2026-04 failed 199 USD']);
    expect(plan.state.tasks[TASK]).toMatchObject({
      ...{ status: 'requested', role: 'coordinator', belongsTo: 'plan' },
      title: 'Not paid: Month 2026-04 (199 USD). The card has expired.',
    });
    expect(plan.state.waits[`task/${TASK}`]).toMatchObject({ owner: 'coordinator', ladder: 'standard' });
    expect(effects.map(({ role }) => role)).toEqual(['coordinator']);
    expect(plan.state.status).toBe('active');
    expect(plan.start('visit').outcome).toBe('accepted');
  });

  it('and then is made settles it, and nobody has to see to it any more', () => {
    const plan = owing();
    tell(plan, 'payment.failed');
    tell(plan, 'payment.settled', { now: noon('2026-04-05') });
    expect(ledgerOf(plan)).toEqual(['2026-04 settled 199 USD']);
    expect(plan.state.tasks[TASK]?.status).toBe('cancelled');
  });

  it('after it had been made is one that was called back', () => {
    const plan = owing();
    tell(plan, 'payment.settled');
    tell(plan, 'payment.failed', { now: noon('2026-04-20') });
    expect(ledgerOf(plan)).toEqual(['2026-04 failed 199 USD']);
    expect(plan.state.tasks[TASK]?.status).toBe('requested');
  });

  it('before it was made, and is told later, counts no more', () => {
    const plan = owing();
    tell(plan, 'payment.settled', { now: noon('2026-04-05') });
    tell(plan, 'payment.failed', { now: noon('2026-04-06'), time: noon('2026-04-02') });
    expect(ledgerOf(plan)).toEqual(['2026-04 settled 199 USD']);
    expect(plan.state.tasks[TASK]).toBeUndefined();
  });

  it('is asked for again by nobody but whoever sees to it, each time that it fails', () => {
    const plan = owing();
    tell(plan, 'payment.failed');
    plan.complete(TASK, noon('2026-04-03'));
    expect(plan.state.tasks[TASK]?.status).toBe('completed');
    tell(plan, 'payment.failed', { now: noon('2026-04-10') });
    expect(plan.state.tasks[TASK]?.status).toBe('requested');
    expect(plan.last.charges).toEqual([]);
  });

  it('after the end of the plan is somebody to see to still', () => {
    const plan = owing();
    plan.cancel(noon('2026-04-02'));
    expect(plan.state.status).toBe('revoked');
    tell(plan, 'payment.failed', { now: noon('2026-04-03') });
    expect(plan.state.tasks[TASK]?.status).toBe('requested');
    tell(plan, 'payment.settled', { now: noon('2026-04-04') });
    expect(plan.state.status).toBe('revoked');
  });
});

describe('money that nobody had asked for', () => {
  it('is somebody to see to: it was credited before', () => {
    const plan = charged({ kind: 'pay as you go', whilePostponed: 'paused' });
    plan.report('visit', '2026-03-10', noon('2026-03-10'));
    const withdrawn = { stage: 'visit', performedOn: '2026-03-10', reason: 'of another patient' };
    plan.send(eventOf('report.withdrawn', withdrawn), noon('2026-03-11'));
    tell(plan, 'payment.settled', { now: noon('2026-03-12'), charge: 'visit/2026-03-10' });
    expect(ledgerOf(plan)).toEqual(['visit/2026-03-10 credited 180 USD']);
    const titles = Object.values(plan.state.tasks).map(({ title }) => title);
    expect(titles).toContain('Stage visit was paid, and is credited: see whether it is given back');
    tell(plan, 'payment.failed', { now: noon('2026-03-13'), charge: 'visit/2026-03-10' });
    expect(ledgerOf(plan)).toEqual(['visit/2026-03-10 credited 180 USD']);
  });

  it('told twice is one payment', () => {
    const plan = owing();
    tell(plan, 'payment.settled');
    const { tasks } = plan.state;
    tell(plan, 'payment.settled', { now: noon('2026-04-03') });
    expect(plan.state.tasks).toEqual(tasks);
  });
});

describe('who may tell what of payments', () => {
  const answerTo = (plan: RunningPlan, who = coordinator, charge = '2026-04') => {
    const event = eventOf('payment.settled', { charge }, { actor: who, source: who.id });
    const { answer } = plan.send(event, noon('2026-04-02'));
    return answer.outcome === 'rejected' ? answer.code : answer.outcome;
  };

  it.each([
    ['staff, who were handed the money', coordinator, 'accepted'],
    ['the patient, who says so', patient, 'CC2018'],
    ['a service that the clinic has registered for something else', actor('north-lab', 'service'), 'CC2018'],
  ])('%s', (_who, who, expected) => {
    expect(answerTo(owing(), who)).toBe(expected);
  });

  it('of a charge that there is not, nobody', () => {
    expect(answerTo(owing(), coordinator, '2026-05')).toBe('CC2055');
    expect(answerTo(owing(), coordinator, 'constructor')).toBe('CC2055');
  });

  it('how they pay patients tell themselves, of their own plan', () => {
    const plan = owing();
    const arranged = (who: typeof patient) =>
      plan.send(eventOf('payment.arranged', { reference: 'token-2' }, { actor: who })).answer.outcome;
    expect(arranged(actor('patient-2', 'patient'))).toBe('rejected');
    expect(plan.state.payment?.reference).toBe('token-1');
    expect(arranged(patient)).toBe('accepted');
    expect(plan.state.payment).toMatchObject({ reference: 'token-2', by: 'patient-1' });
  });
});

describe('the number of a card is kept nowhere', () => {
  it.each([
    ['4111111111111111', 'CC2056'],
    ['4111-1111-1111-1111', 'CC2056'],
    ['378282246310005', 'CC2056'],
    ['4111111111111112', 'accepted'],
    ['41111111', 'accepted'],
    ['tok_4111111111111111', 'accepted'],
  ])('%s', (reference, expected) => {
    const plan = owing();
    const { answer, journal } = plan.send(eventOf('payment.arranged', { reference }));
    expect(answer.outcome === 'rejected' ? answer.code : answer.outcome).toBe(expected);
    if (expected !== 'accepted') {
      expect(JSON.stringify([plan.state, journal, answer])).not.toContain(reference);
      expect(plan.state.payment?.reference).toBe('token-1');
    }
  });
});
