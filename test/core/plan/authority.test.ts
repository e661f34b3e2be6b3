import {
  alertOf,
  contraindication,
  factOf,
  leaf,
  pathwayWith,
  stageOf,
  tableOf,
  termsOf,
} from '../../support/pathways.ts';
import { actor, eventOf, laboratory, nurse, patient, RunningPlan } from '../../support/plan.ts';
import { ONE_STAGE, on, planOf, spacing, tell } from '../../support/staged.ts';

/** Who may say what: what one person stated must not be undone by another who may not state it. */

const facts = [factOf('pregnant', { kind: 'yes or no' }, { from: ['laboratory', 'clinician', 'patient'] })];
const rules = [
  contraindication('pregnancy', { all: [leaf('pregnant', 'equal', true)] }, { strength: 'absolute' }),
];

const pregnant = (): RunningPlan => {
  const plan = new RunningPlan(pathwayWith({ facts, rules }));
  plan.finishPhase();
  plan.consent('mole-excision-consent', '2026-03-02');
  plan.observe([{ fact: 'pregnant', value: false }], undefined, {
    actor: patient,
    time: '2026-03-01T15:00:00.000Z',
    id: 'p',
  });
  plan.observe([{ fact: 'pregnant', value: true }], undefined, {
    actor: laboratory,
    source: 'north-lab',
    id: 'l',
  });
  expect(plan.start('excision').outcome).toBe('refused');
  return plan;
};

describe('a fact of the laboratory', () => {
  it('is not withdrawn by the patient', () => {
    const plan = pregnant();
    plan.send(
      eventOf(
        'fact.withdrawn',
        { fact: 'pregnant', on: '2026-03-02', reason: 'not mine' },
        { actor: patient },
      ),
    );
    expect(plan.start('excision').outcome).toBe('refused');
  });

  it('is not corrected by the patient', () => {
    const plan = pregnant();
    plan.send(
      eventOf(
        'fact.corrected',
        { fact: 'pregnant', on: '2026-03-02', value: false, reason: 'no' },
        { actor: patient },
      ),
    );
    expect(plan.start('excision').outcome).toBe('refused');
  });

  it('is not withdrawn by another service', () => {
    const plan = pregnant();
    const app = actor('diary-app', 'service');
    plan.send(
      eventOf(
        'fact.withdrawn',
        { fact: 'pregnant', on: '2026-03-02', reason: 'x' },
        { actor: app, source: 'diary-app' },
      ),
    );
    expect(plan.start('excision').outcome).toBe('refused');
  });
});

describe('the history', () => {
  const late = () => {
    const plan = planOf([spacing({}, 'end of surgery')], { stages: ONE_STAGE, from: '2026-03-02' });
    plan.consent('exchange-consent', '2026-03-02');
    expect(plan.start('exchange', on('2026-03-02')).outcome).toBe('refused');
    return plan;
  };

  it('is not attested by the patient', () => {
    const plan = late();
    plan.send(eventOf('history.recorded', { procedures: [], isComplete: true }, { actor: patient }));
    expect(plan.start('exchange').outcome).toBe('refused');
  });

  it('is no longer attested once somebody says that it is not complete', () => {
    const plan = late();
    tell(plan, [], { isComplete: true });
    tell(plan, [], { isComplete: false, now: on('2026-03-03') });
    expect(plan.start('exchange', on('2026-03-03')).outcome).toBe('refused');
  });
});

describe('a task', () => {
  it('of the nurse is not done by the patient', () => {
    const plan = new RunningPlan();
    plan.send(eventOf('task.completed', { task: 'consultation/history' }, { actor: patient }));
    expect(plan.state.chart).toBe('consultation');
  });

  it('of an alert is not done by the patient whom it is about: the alert would fall silent', () => {
    const fever = alertOf('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] });
    const plan = new RunningPlan(pathwayWith({ rules: [], alerts: [fever] }));
    plan.observe([{ fact: 'temperature', value: 40, unit: 'Cel' }]);
    plan.send(eventOf('task.completed', { task: 'plan/alert-fever-look-1' }, { actor: patient }));
    expect(plan.state.tasks['plan/alert-fever-look-1']?.status).toBe('requested');
  });
});

describe('a consent', () => {
  it('of a guardian is not recorded by the patient', () => {
    const stages = [
      stageOf('excision', {
        consent: { form: 'f', by: 'guardian', covers: 'one procedure', lasts: { count: 6, unit: 'month' } },
      }),
    ];
    const plan = new RunningPlan(pathwayWith({ rules: [], stages }));
    plan.finishPhase();
    plan.send(
      eventOf('consent.recorded', { form: 'f', by: 'guardian', signedOn: '2026-03-02' }, { actor: patient }),
    );
    expect(plan.start('excision').outcome).toBe('refused');
  });
});

describe('an override of a table', () => {
  it('for one site covers no other', () => {
    const compiled = pathwayWith({
      facts: [factOf('skinGrade', { kind: 'grade', from: 0, to: 3 }, { byArea: true })],
      rules: [],
      tables: [
        tableOf(
          'skin',
          ['wait', 'go-on'],
          [
            { when: { all: [leaf('skinGrade', 'greaterThanInclusive', 2)] }, answer: 'wait' },
            { when: { all: [leaf('skinGrade', 'lessThan', 2)] }, answer: 'go-on' },
          ],
          { override: termsOf() },
        ),
      ],
      areas: { treatment: { choose: 'all', sites: ['left breast', 'right breast'] } },
      stages: [
        stageOf('excision', {
          in: 'treatment',
          table: {
            table: 'skin',
            outcomes: {
              wait: [{ do: 'ask' as const, role: 'dermatologist' }],
              'go-on': [{ do: 'go' as const }],
            },
          },
        }),
      ],
    });
    const plan = new RunningPlan(compiled);
    plan.finishPhase();
    plan.consent('excision-consent', '2026-03-02');
    plan.observe([
      { fact: 'skinGrade', area: 'left breast', value: 2 },
      { fact: 'skinGrade', area: 'right breast', value: 3 },
    ]);
    plan.send(
      eventOf(
        'grantOverride',
        { rule: 'skin', stage: 'excision', area: 'left breast', answer: 'go-on', reason: 'urgent' },
        { actor: actor('dermatologist-1', 'dermatologist') },
      ),
    );
    expect(plan.start('excision').outcome).toBe('refused');
  });

  it('is not granted by the patient, a dermatologist by trade', () => {
    const rule = contraindication(
      'smoking',
      { all: [leaf('smoker', 'equal', true)] },
      { override: termsOf() },
    );
    const plan = new RunningPlan(pathwayWith({ rules: [rule] }));
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    plan.observe([{ fact: 'smoker', value: true }], undefined, { actor: nurse });
    const self = actor('patient-1', 'patient', 'dermatologist');
    plan.send(
      eventOf('grantOverride', { rule: 'smoking', stage: 'excision', reason: 'urgent' }, { actor: self }),
    );
    expect(plan.start('excision').outcome).toBe('refused');
  });
});

describe('a service that the clinic has not registered', () => {
  it('is not believed like the record, over the clinician', () => {
    const list = factOf(
      'medicines',
      { kind: 'list', of: 'medicine classes' },
      { from: ['record', 'clinician', 'patient'] },
    );
    const clotting = contraindication('clotting', { all: [leaf('medicines', 'contains', 'anticoagulant')] });
    const plan = new RunningPlan(pathwayWith({ facts: [list], rules: [clotting] }));
    plan.finishPhase();
    plan.consent('mole-excision-consent', '2026-03-02');
    plan.observe([{ fact: 'medicines', value: ['anticoagulant'] }]);
    plan.observe([{ fact: 'medicines', value: [] }], undefined, {
      actor: actor('diary-app', 'service'),
      source: 'diary-app',
    });
    expect(plan.start('excision').outcome).toBe('refused');
  });
});
