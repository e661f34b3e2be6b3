import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import { aheadOf, Desk, refusedBy } from '../../support/appointments.ts';
import {
  contraindication,
  factOf,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  taskOf,
  termsOf,
} from '../../support/pathways.ts';
import { actor, coordinator, eventOf, RunningPlan, refusalOf } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const course = { form: 'flap-consent', by: 'patient', covers: 'course' as const, lasts: for_(5, 'year') };

/** Cleared by whoever will give the anaesthetic; not longer than 30 days before the day. */
const clearing = taskOf('clearance', {
  clears: 'anaesthesia',
  role: 'nurse',
  when: { due: { from: for_(30, 'day'), to: for_(3, 'day'), before: 'booking' } },
});
const cleared = taskOf('clearance', { clears: 'anaesthesia', due: { to: for_(7, 'day'), after: 'stage' } });

/** At the gate of a stage under general anaesthesia, in its prep where it has one. */
const asleep = (stage: Partial<StageDefinition> = {}, from = '2026-03-02') => {
  const flap = stageOf('flap', { anaesthesia: 'general', consent: course, prep: [clearing], ...stage });
  const plan = new RunningPlan(
    pathwayWith({ rules: [], facts: [], consultation: [], stages: [flap] }),
    on(from),
  );
  const desk = new Desk(plan);
  plan.consent('flap-consent', from);
  if (flap.prep) desk.startPrep('flap');
  return { plan, desk };
};

describe('S5: nobody is put to sleep without having been cleared for it', () => {
  it.each([
    ['general', ['S5']],
    ['sedation', ['S5']],
    ['local', []],
    [undefined, []],
  ] as const)('under %s anaesthesia', (anaesthesia, expected) => {
    const { desk } = asleep({
      ...(anaesthesia ? { anaesthesia } : { anaesthesia: undefined }),
      prep: undefined,
      beforeEach: [clearing],
    } as Partial<StageDefinition>);
    expect(refusedBy(desk.start('flap'))).toEqual(expected);
  });

  it('names the task that clears, and whose it is', () => {
    const { desk } = asleep();
    const [reason] = refusalOf(desk.start('flap')).reasons;
    expect(reason).toEqual({
      invariant: 'S5',
      says: 'Nobody has cleared the patient for general anaesthesia, or it was too long ago.',
      clears: [[{ kind: 'event', type: 'task.completed', needs: 'flap.prep/clearance', role: 'nurse' }]],
    });
  });

  it('opens once the task is done, in prep or at the gate', () => {
    const inPrep = asleep();
    inPrep.plan.complete('flap.prep/clearance');
    expect(refusedBy(inPrep.desk.start('flap'))).toEqual([]);
    const atGate = asleep({ prep: undefined, beforeEach: [cleared] } as Partial<StageDefinition>);
    atGate.plan.complete('flap.ready/clearance');
    expect(refusedBy(atGate.desk.start('flap'))).toEqual([]);
  });

  it('is not given by the stage’s other work', () => {
    const { plan, desk } = asleep({ prep: [taskOf('bloods'), clearing] });
    plan.complete('flap.prep/bloods');
    expect(refusedBy(desk.start('flap'))).toEqual(['S5', 'phase']);
  });

  it('stays closed where no task could clear it', () => {
    const { desk } = asleep({ prep: [] });
    expect(refusedBy(desk.start('flap'))).toEqual(['S5']);
  });
});

describe('a clearance that may be 30 days old', () => {
  it.each([
    ['2026-03-31', []],
    ['2026-04-01', []],
    ['2026-04-02', ['S5', 'phase']],
  ])('given on 2 March, on %s', (day, expected) => {
    const { plan, desk } = asleep();
    plan.complete('flap.prep/clearance');
    expect(refusedBy(desk.start('flap', on(day)))).toEqual(expected);
  });

  it('is as old as when it was given, not as when it was told', () => {
    const { plan, desk } = asleep();
    plan.send(
      eventOf('task.completed', { task: 'flap.prep/clearance' }, { time: on('2026-03-02') }),
      on('2026-03-20'),
    );
    expect(refusedBy(desk.start('flap', on('2026-04-02')))).toEqual(['S5', 'phase']);
  });

  it('that will be too old on the day is named as it is booked', () => {
    const { plan, desk } = asleep();
    plan.complete('flap.prep/clearance');
    expect(aheadOf(desk.book('flap', '2026-04-01')).map(({ invariant }) => invariant)).toEqual([]);
    expect(aheadOf(desk.book('flap', '2026-04-02')).map(({ invariant }) => invariant)).toEqual(
      expect.arrayContaining(['S5']),
    );
  });

  it('without such a limit does not grow too old', () => {
    const { plan, desk } = asleep({ prep: [cleared] });
    plan.complete('flap.prep/clearance');
    expect(refusedBy(desk.start('flap', on('2027-03-02')))).toEqual([]);
  });
});

describe('a clearance is of its session and round', () => {
  it('is asked for again before the next session', () => {
    const { plan, desk } = asleep({ sessions: 2 });
    plan.complete('flap.prep/clearance');
    desk.start('flap');
    plan.report('flap', '2026-03-02');
    desk.startPrep('flap', on('2026-03-09'));
    expect(refusedBy(desk.start('flap'))).toEqual(['S5', 'phase']);
  });

  it('of an earlier round clears nothing', () => {
    const { plan, desk } = asleep({ prep: undefined, beforeEach: [cleared] } as Partial<StageDefinition>);
    plan.complete('flap.ready/clearance');
    const again = { ...plan.state, stages: { flap: { round: 2, skipped: [] } } };
    plan.steps.push({ ...plan.last, state: again });
    expect(refusedBy(desk.start('flap'))).toEqual(['S5']);
  });
});

describe('nothing sets S5 aside', () => {
  it('no override is granted for it, and one for a rule leaves it closed', () => {
    const flap = stageOf('flap', { anaesthesia: 'general', prep: [clearing], consent: course });
    const smokes = contraindication(
      'smoking',
      { all: [leaf('smoker', 'equal', true)] },
      { override: termsOf() },
    );
    const facts = [factOf('smoker', { kind: 'yes or no' })];
    const plan = new RunningPlan(pathwayWith({ rules: [smokes], facts, consultation: [], stages: [flap] }));
    const desk = new Desk(plan);
    plan.consent('flap-consent', '2026-03-02');
    plan.observe([{ fact: 'smoker', value: true }]);
    desk.startPrep('flap');
    const dermatologist = { id: 'dermatologist-1', roles: ['dermatologist'], clinic: 'northside' };
    const grant = (rule: string) =>
      plan.send(
        eventOf(
          'grantOverride',
          { rule, stage: 'flap', reason: 'urgent' },
          { actor: dermatologist, id: rule },
        ),
      ).answer.outcome;
    expect(grant('S5')).toBe('rejected');
    expect(grant('smoking')).toBe('accepted');
    expect(refusedBy(desk.start('flap'))).toEqual(['S5', 'phase']);
  });
});

describe('a report without a clearance', () => {
  it('is a deviation that says so', () => {
    const { plan } = asleep();
    plan.report('flap', '2026-03-03', on('2026-03-03'));
    const { details } = plan.last.journal.find(({ kind }) => kind === 'deviation.raised') ?? {};
    expect(JSON.stringify(details)).toContain('"invariant":"S5"');
  });

  it('is none behind a gate that opened on one', () => {
    const { plan, desk } = asleep();
    plan.complete('flap.prep/clearance');
    desk.start('flap');
    plan.report('flap', '2026-03-02');
    expect(plan.last.journal.filter(({ kind }) => kind === 'deviation.raised')).toEqual([]);
  });
});

describe('a task that clears for anaesthesia is not taken', () => {
  it.each([
    ['of the patient, who works here', actor('patient-1', 'nurse', 'patient')],
    ['of the patient, in no other role', actor('patient-1', 'patient')],
    ['of somebody of another role', coordinator],
  ])('%s', (_of, who) => {
    const { plan, desk } = asleep();
    const done = eventOf('task.completed', { task: 'flap.prep/clearance' }, { actor: who });
    expect(plan.send(done).answer).toMatchObject({ outcome: 'rejected', code: 'CC2018' });
    expect(refusedBy(desk.start('flap'))).toEqual(['S5', 'phase']);
  });
});
