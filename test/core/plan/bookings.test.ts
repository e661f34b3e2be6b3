import { aheadOf, Desk, openTasks, refusedBy } from '../../support/appointments.ts';
import {
  atFact,
  atStage,
  contraindication,
  factOf,
  for_,
  intervalOf,
  leaf,
  pathwayWith,
  stageOf,
  type Variation,
} from '../../support/pathways.ts';
import {
  actor,
  coordinator,
  eventOf,
  kinds,
  laboratory,
  patient,
  RunningPlan,
  refusalOf,
} from '../../support/plan.ts';
import { decide, on } from '../../support/staged.ts';

const FACTS = [
  factOf('smoker', { kind: 'yes or no' }, { goodFor: for_(30, 'day') }),
  factOf('lastDose', { kind: 'date or never' }, { goodFor: for_(30, 'day') }),
];

const STAGES = ['first', 'second'].map((name) =>
  stageOf(name, {
    consent: { form: `${name}-consent`, by: 'patient', covers: 'course', lasts: for_(1, 'year') },
  }),
);

const spacing = intervalOf('spacing', atStage('end of first'), 'second-procedure', {
  minimum: for_(28, 'day'),
  latest: for_(60, 'day'),
  ifLate: { ask: 'dermatologist' },
});

const planned = (more: Variation = {}) => {
  const plan = new RunningPlan(
    pathwayWith({ facts: FACTS, rules: [], consultation: [], stages: STAGES, intervals: [spacing], ...more }),
    on('2026-03-02'),
  );
  plan.consent('first-consent', '2026-03-02');
  return { plan, desk: new Desk(plan) };
};

/** The first stage done on 2 March: the second may be from 30 March on, and until 1 May. */
const afterFirst = (more: Variation = {}) => {
  const all = planned(more);
  all.desk.start('first');
  all.plan.report('first', '2026-03-02');
  all.plan.consent('second-consent', '2026-03-02');
  return all;
};

describe('a day that is asked for', () => {
  it.each([
    ['2026-03-29', ['S3']],
    ['2026-03-30', []],
    ['2026-05-01', []],
    ['2026-05-02', ['S3']],
  ])('%s, of an interval from 30 March to 1 May', (day, expected) => {
    const { plan, desk } = afterFirst();
    const answer = desk.book('second', day);
    expect(refusedBy(answer)).toEqual(expected);
    if (expected.length > 0) expect(refusalOf(answer).code).toBe('CC3008');
    expect(plan.state.bookings.second?.on).toBe(expected.length > 0 ? undefined : day);
    expect(plan.state.chart).toBe('second.ready');
  });

  it('too early or too late, is answered by the days that it may be', () => {
    const { desk } = afterFirst();
    const clears = (day: string) => refusalOf(desk.book('second', day)).reasons[0]?.clears;
    expect(clears('2026-03-29')).toEqual([[{ kind: 'date', on: '2026-03-30' }]]);
    expect(clears('2026-05-02')).toEqual([[{ kind: 'date', on: '2026-05-01' }]]);
  });

  it('after the latest day can be booked once somebody has answered for it', () => {
    const { plan, desk } = afterFirst();
    plan.wake(on('2026-05-05'));
    expect(refusedBy(desk.book('second', '2026-05-08'))).toEqual(['S3']);
    decide(plan, 'late/second/spacing/2026-03-02');
    expect(refusedBy(desk.book('second', '2026-05-08'))).toEqual([]);
  });

  it('is not excused by grace', () => {
    const graced = { ...spacing, grace: for_(4, 'day') };
    const { desk } = afterFirst({ intervals: [graced] });
    expect(refusedBy(desk.book('second', '2026-03-28'))).toEqual(['S3']);
  });

  it('counted from a day that nobody knows cannot be booked', () => {
    const washout = intervalOf('washout', atFact('lastDose'), 'first-procedure', {
      minimum: for_(14, 'day'),
    });
    const { plan, desk } = planned({ intervals: [washout] });
    expect(refusedBy(desk.book('first', '2026-04-20'))).toEqual(['S3']);
    plan.observe([{ fact: 'lastDose', value: '2026-03-01' }]);
    expect(refusedBy(desk.book('first', '2026-03-14'))).toEqual(['S3']);
    expect(refusedBy(desk.book('first', '2026-03-15'))).toEqual([]);
  });

  it('counted from what will be too old by then is booked, and named as to be renewed', () => {
    const washout = intervalOf('washout', atFact('lastDose'), 'first-procedure', {
      minimum: for_(14, 'day'),
    });
    const { plan, desk } = planned({ intervals: [washout] });
    plan.observe([{ fact: 'lastDose', value: '2026-03-01' }]);
    const ahead = aheadOf(desk.book('first', '2026-04-20'));
    expect(ahead.map(({ interval }) => interval?.result)).toEqual(['unknown']);
  });

  it.each([
    ['2026-03-01', 'rejected'],
    ['2026-03-02', 'refused'],
    ['2026-03-03', 'accepted'],
    ['2031-03-03', 'accepted'],
    ['2031-03-04', 'rejected'],
  ])('%s, asked on 3 March of a plan that began on the 2nd: %s', (day, outcome) => {
    const { desk } = planned();
    expect(desk.book('first', day, on('2026-03-03')).outcome).toBe(outcome);
  });

  it('while the stage is told to wait, may be the day on which it ends, and no earlier', () => {
    const { plan, desk } = planned();
    const delays = { first: { until: '2026-03-10', why: 'Counts are low.' } };
    plan.steps.push({ ...plan.last, state: { ...plan.state, delays } });
    expect(refusalOf(desk.book('first', '2026-03-09')).reasons).toEqual([
      {
        invariant: 'S4',
        says: 'Counts are low. The gate may be asked again from 2026-03-10 on.',
        clears: [[{ kind: 'date', on: '2026-03-10' }]],
      },
    ]);
    expect(aheadOf(desk.book('first', '2026-03-10'))).toEqual([]);
  });
});

describe('where the plan is', () => {
  it('before a stage, it can be booked ahead', () => {
    const { plan, desk } = planned();
    expect(desk.book('second', '2026-04-20').outcome).toBe('accepted');
    expect(plan.state.bookings.second).toMatchObject({ on: '2026-04-20', status: 'booked', generation: 1 });
  });

  it('behind a stage or in its procedure, it cannot', () => {
    const { plan, desk } = planned();
    desk.start('first');
    expect(refusedBy(desk.book('first', '2026-03-20'))).toEqual(['phase']);
    plan.report('first', '2026-03-02');
    expect(refusedBy(desk.book('first', '2026-03-20'))).toEqual(['phase']);
  });

  it('at the end, it cannot', () => {
    const { plan, desk } = planned();
    plan.cancel();
    expect(refusedBy(desk.book('first', '2026-03-20'))).toEqual(['phase']);
  });

  it('a booking opens no gate and moves nothing', () => {
    const { plan, desk } = planned();
    desk.book('first', '2026-03-02');
    expect(plan.state.gates).toEqual([]);
    expect(plan.state.chart).toBe('first.ready');
  });
});

describe('what stands ahead of a booking', () => {
  const smoking = contraindication('smoking', { all: [leaf('smoker', 'equal', true)] });

  it('is named: no consent yet, a rule that nobody can rule out', () => {
    const { plan, desk } = planned({ rules: [smoking] });
    plan.withdraw('first-consent');
    const ahead = aheadOf(desk.book('first', '2026-03-20'));
    expect(ahead.map(({ invariant, finding }) => [invariant, finding?.rule])).toEqual([
      ['S1', undefined],
      ['S2', 'smoking'],
    ]);
  });

  it.each([
    ['2026-04-01', []],
    ['2026-04-02', ['S2']],
  ])('a fact of 2 March that is good for 30 days, on %s', (day, expected) => {
    const { plan, desk } = planned({ rules: [smoking] });
    plan.observe([{ fact: 'smoker', value: false }]);
    expect(aheadOf(desk.book('first', day)).map(({ invariant }) => invariant)).toEqual(expected);
  });

  it('is nothing that the day itself has answered', () => {
    const { desk } = afterFirst();
    expect(aheadOf(desk.book('second', '2026-03-30'))).toEqual([]);
  });

  it('counts consent that will have ended', () => {
    const { desk } = planned();
    expect(aheadOf(desk.book('first', '2027-03-02'))).toEqual([]);
    expect(aheadOf(desk.book('first', '2027-03-03')).map(({ invariant }) => invariant)).toEqual(['S1']);
  });
});

describe('the start of a booked stage', () => {
  it('is owed as a booking, then by the end of the next working day, then as a booking again', () => {
    const { plan, desk } = planned();
    const owed = () => [plan.state.waits['start/first']?.title, plan.state.waits['start/first']?.dueAt];
    const unbooked = owed();
    expect(unbooked).toEqual(['Book Stage first', '2026-03-17T04:00:00.000Z']);
    desk.book('first', '2026-03-20');
    expect(owed()).toEqual(['Start Stage first, booked for 2026-03-20', '2026-03-24T04:00:00.000Z']);
    desk.book('first', '2026-03-24');
    expect(owed()).toEqual(['Start Stage first, booked for 2026-03-24', '2026-03-26T04:00:00.000Z']);
    desk.cancelled('first');
    expect(owed()).toEqual(unbooked);
  });

  it('is over once the gate opens', () => {
    const { plan, desk } = planned();
    desk.book('first', '2026-03-02');
    desk.start('first');
    expect(plan.state.waits['start/first']).toBeUndefined();
    expect(plan.state.bookings.first?.status).toBe('booked');
  });
});

describe('a booking', () => {
  it('that is made again is moved, and told again is the same', () => {
    const { plan, desk } = planned();
    desk.book('first', '2026-03-20');
    desk.book('first', '2026-03-20');
    expect(plan.state.bookings.first?.generation).toBe(1);
    desk.booked('first', '2026-03-24');
    expect(plan.state.bookings.first).toMatchObject({ on: '2026-03-24', generation: 2, status: 'booked' });
    expect(kinds(plan.journal).filter((kind) => kind === 'appointment.booked')).toHaveLength(2);
  });

  it('ends with the report', () => {
    const { plan, desk } = planned();
    desk.book('first', '2026-03-04');
    desk.start('first', on('2026-03-04'));
    plan.report('first', '2026-03-04', on('2026-03-04'));
    expect(plan.state.bookings.first?.status).toBe('fulfilled');
  });

  it('told after the report of its day is none', () => {
    const { plan, desk } = planned();
    plan.report('first', '2026-03-02');
    desk.booked('first', '2026-03-02');
    expect(plan.state.bookings.first).toBeUndefined();
    expect(openTasks(plan)).not.toContain('plan/move-first');
  });

  it('of a plan that ends is taken out of the calendar by somebody', () => {
    const { plan, desk } = planned();
    desk.book('first', '2026-03-20');
    plan.cancel();
    expect(plan.state.bookings.first?.status).toBe('cancelled');
    expect(openTasks(plan)).toEqual(['plan/calendar-first-1']);
    expect(plan.state.status).toBe('active');
    plan.complete('plan/calendar-first-1');
    expect(plan.state.status).toBe('revoked');
  });
});

describe('an appointment that stands in the calendar', () => {
  it('is kept whatever its day, and is to be moved when that would have been refused', () => {
    const { plan, desk } = afterFirst();
    desk.booked('second', '2026-03-20');
    expect(plan.state.bookings.second).toMatchObject({ on: '2026-03-20', status: 'booked' });
    expect(plan.state.tasks['plan/move-second']).toMatchObject({ role: 'coordinator', status: 'requested' });
    expect(plan.state.tasks['plan/move-second']?.title).toMatch(
      /^Move the appointment for Stage second on 2026-03-20: .*from 2026-03-30 on/,
    );
  });

  it('is not asked to be moved once it has been, or is cancelled', () => {
    const { plan, desk } = afterFirst();
    desk.booked('second', '2026-03-20');
    desk.booked('second', '2026-03-21');
    expect(plan.state.tasks['plan/move-second']?.title).toContain('2026-03-21');
    desk.booked('second', '2026-03-30');
    expect(openTasks(plan)).not.toContain('plan/move-second');
    desk.booked('second', '2026-03-20');
    desk.cancelled('second');
    expect(openTasks(plan)).not.toContain('plan/move-second');
  });

  it('that nothing is against needs nobody', () => {
    const { plan, desk } = afterFirst();
    desk.booked('second', '2026-04-20');
    expect(openTasks(plan)).toEqual([]);
  });

  it('of a plan that is over is somebody’s to move', () => {
    const { plan, desk } = planned();
    plan.cancel();
    desk.booked('first', '2026-03-20');
    expect(openTasks(plan)).toEqual(['plan/move-first']);
  });

  it('opens no gate that its interval keeps closed', () => {
    const { plan, desk } = afterFirst();
    desk.booked('second', '2026-03-20');
    expect(refusedBy(desk.start('second', on('2026-03-20')))).toEqual(['S3']);
    expect(plan.state.chart).toBe('second.ready');
  });

  it('cancelled without having been booked changes nothing', () => {
    const { plan, desk } = planned();
    const before = plan.state;
    desk.cancelled('first');
    expect({ ...plan.state, sequence: 0 }).toEqual({ ...before, sequence: 0 });
  });
});

describe('who may say what of an appointment', () => {
  const scheduler = { clinic: 'northside', id: 'north-lab', roles: ['service'] };
  const guardian = actor('guardian-1', 'guardian');
  const sent = (type: 'appointment.booked' | 'appointment.missed', by: typeof patient, source = 'app') =>
    planned().plan.send(eventOf(type, { stage: 'first', on: '2026-03-02' }, { actor: by, source })).answer
      .outcome;

  it.each([
    ['a patient', patient, 'rejected'],
    ['a guardian', guardian, 'rejected'],
    ['the coordinator', coordinator, 'accepted'],
  ])('booked and missed, by %s: %s', (_who, by, outcome) => {
    expect(sent('appointment.booked', by)).toBe(outcome);
    expect(sent('appointment.missed', by)).toBe(outcome);
  });

  it('a service says what the clinic’s file registers it for', () => {
    expect(sent('appointment.booked', laboratory, 'north-lab')).toBe('rejected');
    const compiled = pathwayWith({ rules: [], consultation: [], stages: STAGES });
    const states = ['appointment.booked'];
    const clinic = { ...compiled.clinic, sources: [{ source: 'north-lab', is: 'record', states }] };
    const plan = new RunningPlan({ ...compiled, clinic });
    const booked = eventOf(
      'appointment.booked',
      { stage: 'first', on: '2026-03-20' },
      { actor: scheduler, source: 'north-lab' },
    );
    expect(plan.send(booked).answer.outcome).toBe('accepted');
  });

  it('a patient may cancel, and asks for no day', () => {
    const { plan, desk } = planned();
    desk.book('first', '2026-03-20');
    const ask = eventOf('bookAppointment', { stage: 'first', on: '2026-03-20' }, { actor: patient });
    expect(plan.send(ask).answer).toMatchObject({ outcome: 'rejected', code: 'CC2018' });
    const cancel = eventOf('appointment.cancelled', { stage: 'first' }, { actor: patient });
    expect(plan.send(cancel).answer.outcome).toBe('accepted');
    expect(plan.state.bookings.first?.status).toBe('cancelled');
  });

  it.each(['bookAppointment', 'appointment.booked', 'appointment.missed', 'startPrep'] as const)(
    '%s of a stage that there is not is rejected',
    (type) => {
      const data = type === 'startPrep' ? { stage: 'third' } : { stage: 'third', on: '2026-03-02' };
      const { plan } = planned();
      expect(plan.send(eventOf(type, data as never, { actor: coordinator })).answer).toMatchObject({
        code: 'CC2016',
      });
    },
  );
});
