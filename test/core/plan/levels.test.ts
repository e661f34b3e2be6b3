import { decide, openQuestions } from '../../support/decided.ts';
import {
  at,
  blood,
  CAREFUL,
  changes,
  dose,
  FULL,
  LIMITED,
  LOWERED,
  notPerformed,
  planOf,
  REDUCED,
  report,
  STOP,
  start,
} from '../../support/dosed.ts';
import { eventOf, kinds, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { dermatologist } from '../../support/staged.ts';

describe('an answer that limits a figure for this session', () => {
  const opened = () => {
    const plan = planOf({ reduced: LIMITED });
    blood(plan, REDUCED, 3);
    return { plan, answer: start(plan, 3) };
  };

  it('changes nothing before the gate opens on it', () => {
    const plan = planOf({ reduced: LIMITED });
    blood(plan, REDUCED, 3);
    plan.send(eventOf('consent.withdrawn', { form: 'first-consent' }));
    expect(plan.start('first', at(3)).outcome).toBe('refused');
    expect(dose(plan)).toBe('full');
  });

  it('as the gate opens counts for this session, and the answer shows it', () => {
    const { plan, answer } = opened();
    expect(answer).toMatchObject({
      outcome: 'accepted',
      figures: [{ figure: 'dose', value: 'four fifths', for: 'this session' }],
    });
    expect(changes(plan)).toEqual(['full > four fifths']);
    expect(kinds(plan.last.journal)).toContain('figure.changed');
  });

  it('is over once the session has been given', () => {
    const { plan } = opened();
    report(plan, 3);
    expect(dose(plan)).toBe('full');
    expect(changes(plan)).toEqual(['full > four fifths', 'four fifths > full']);
  });

  it('stays for a session that was not performed, and asked again is limited no further', () => {
    const { plan } = opened();
    notPerformed(plan, 3);
    expect(dose(plan)).toBe('four fifths');
    expect(start(plan, 4)).toMatchObject({ figures: [{ value: 'four fifths', for: 'this session' }] });
    expect(changes(plan)).toEqual(['full > four fifths']);
  });

  it('is gone when the gate opens on another answer for the same session', () => {
    const { plan } = opened();
    notPerformed(plan, 3);
    blood(plan, FULL, 4);
    expect(start(plan, 4)).toMatchObject({ figures: [{ figure: 'dose', title: 'Dose', value: 'full' }] });
    blood(plan, REDUCED, 4);
    expect(dose(plan)).toBe('full');
  });

  it('is made again when the gate opens on it a second time, after another answer', () => {
    const { plan } = opened();
    notPerformed(plan, 3);
    blood(plan, FULL, 4);
    start(plan, 4);
    notPerformed(plan, 4);
    blood(plan, REDUCED, 5);
    expect(start(plan, 5)).toMatchObject({ figures: [{ value: 'four fifths', for: 'this session' }] });
  });

  it('limits no figure that is lower already, and is not said to be for this session', () => {
    const plan = planOf({ reduced: LIMITED }, { dose: { value: 'three fifths', because: 'frail' } });
    blood(plan, REDUCED, 3);
    const answer = start(plan, 3);
    expect(answer).toMatchObject({ figures: [{ value: 'three fifths' }] });
    expect(JSON.stringify(answer)).not.toContain('this session');
  });

  it('is over when the stage is left', () => {
    const plan = planOf({ reduced: LIMITED, stop: [{ do: 'decide', decision: 'problem' }] });
    blood(plan, REDUCED, 3);
    start(plan, 3);
    notPerformed(plan, 3);
    blood(plan, STOP, 4);
    start(plan, 4);
    decide(plan, 'decision/problem', 'leave-out', { now: at(4) });
    expect(plan.state.chart).toBe('second.ready');
    expect(dose(plan)).toBe('full');
  });

  it('is over when the session is passed over', () => {
    const plan = planOf({ reduced: LIMITED }, undefined, { missed: 'skip' });
    blood(plan, REDUCED, 3);
    plan.send(eventOf('appointment.booked', { stage: 'first', on: '2026-03-03' }), at(3));
    start(plan, 3);
    plan.send(eventOf('appointment.missed', { stage: 'first', on: '2026-03-03' }), at(4));
    expect(plan.state.stages.first?.skipped).toEqual(['2026-03-03']);
    expect(dose(plan)).toBe('full');
  });

  it('is over when the plan is', () => {
    const { plan } = opened();
    plan.cancel(at(4));
    expect(dose(plan)).toBe('full');
  });
});

describe('an answer that lowers a figure', () => {
  const opened = () => {
    const plan = planOf({ reduced: LOWERED });
    blood(plan, REDUCED, 3);
    start(plan, 3);
    return plan;
  };

  it('lowers it by a step, and it stays after the session', () => {
    const plan = opened();
    report(plan, 3);
    expect(dose(plan)).toBe('four fifths');
  });

  it.each([
    ['on the same evidence', undefined],
    ['on new evidence that says the same', REDUCED],
  ])('for a session that was not performed lowers it once, opened again %s', (_says, value) => {
    const plan = opened();
    notPerformed(plan, 3);
    if (value !== undefined) blood(plan, value, 4);
    expect(start(plan, 4).outcome).toBe('accepted');
    expect(dose(plan)).toBe('four fifths');
  });

  it('lowers it again at the next session', () => {
    const plan = opened();
    report(plan, 3);
    blood(plan, REDUCED, 4);
    expect(start(plan, 4)).toMatchObject({ figures: [{ value: 'three fifths' }] });
  });

  it('opened again at the lowest level that it led to itself, lets on: it has not come to its end', () => {
    const plan = planOf({ reduced: LOWERED }, { dose: { value: 'four fifths', because: 'frail' } });
    blood(plan, REDUCED, 3);
    start(plan, 3);
    notPerformed(plan, 3);
    expect(start(plan, 4).outcome).toBe('accepted');
    expect(dose(plan)).toBe('three fifths');
  });

  it('at the lowest level does not let on, and leads to what stands under atEnd', () => {
    const plan = planOf({ reduced: LOWERED }, { dose: { value: 'three fifths', because: 'frail' } });
    blood(plan, REDUCED, 3);
    const answer = start(plan, 3);
    expect(refusalOf(answer).reasons).toMatchObject([{ invariant: 'S4', table: { answer: 'reduced' } }]);
    expect(openQuestions(plan)).toEqual(['decision/problem']);
    expect(dose(plan)).toBe('three fifths');
  });

  it('is taken back by no other answer: it stays', () => {
    const plan = opened();
    notPerformed(plan, 3);
    blood(plan, FULL, 4);
    expect(start(plan, 4)).toMatchObject({ figures: [{ value: 'four fifths' }] });
  });
});

describe('an answer that an override puts in the place of the table', () => {
  const granted = (plan: RunningPlan, answer: string, day: number) =>
    plan.send(
      eventOf(
        'grantOverride',
        { stage: 'first', rule: 'counts-table', answer, reason: 'urgent' },
        { id: `g-${plan.steps.length}`, actor: dermatologist },
      ),
      at(day),
    );

  it('changes what that answer changes', () => {
    const plan = planOf({ reduced: LIMITED, careful: LOWERED });
    blood(plan, STOP, 3);
    expect(granted(plan, 'careful', 3).answer.outcome).toBe('accepted');
    expect(start(plan, 3)).toMatchObject({ outcome: 'accepted', figures: [{ value: 'four fifths' }] });
    report(plan, 3);
    expect(dose(plan)).toBe('four fifths');
  });

  it('cannot be one that leads to its end', () => {
    const plan = planOf({ careful: LOWERED }, { dose: { value: 'three fifths', because: 'frail' } });
    blood(plan, STOP, 3);
    expect(refusalOf(granted(plan, 'careful', 3).answer).code).toBe('CC3005');
  });

  it('is needed where the table itself has come to its end', () => {
    const plan = planOf({ careful: LOWERED }, { dose: { value: 'three fifths', because: 'frail' } });
    blood(plan, CAREFUL, 3);
    expect(granted(plan, 'reduced', 3).answer.outcome).toBe('accepted');
    expect(start(plan, 3)).toMatchObject({ outcome: 'accepted', figures: [{ value: 'three fifths' }] });
  });
});

describe('an outcome of a decision', () => {
  const asked = (figures?: Parameters<typeof planOf>[1]): RunningPlan => {
    const plan = planOf({ stop: [{ do: 'decide', decision: 'problem' }] }, figures);
    blood(plan, STOP, 3);
    start(plan, 3);
    return plan;
  };
  const answered = (outcome: string, figures?: Parameters<typeof planOf>[1]): RunningPlan => {
    const plan = asked(figures);
    decide(plan, 'decision/problem', outcome, { now: at(3) });
    return plan;
  };

  it.each([
    ['lower', undefined, 'four fifths'],
    ['lower', 'four fifths', 'three fifths'],
    ['raise', 'three fifths', 'four fifths'],
    ['limit', undefined, 'three fifths'],
    ['lower-once', undefined, 'four fifths'],
    ['go-on', undefined, 'full'],
  ])('changes the figure at once: %s from %s', (outcome, from, to) => {
    const plan = answered(
      outcome,
      from === undefined ? undefined : { dose: { value: from, because: 'frail' } },
    );
    expect(dose(plan)).toBe(to);
    expect(plan.state.chart).toBe('first.ready');
  });

  it.each([
    ['lower', 'three fifths', 'further-evaluation'],
    ['raise', undefined, 'postponement'],
  ])('at the end of the levels leads elsewhere: %s from %s', (outcome, from, chart) => {
    const plan = answered(
      outcome,
      from === undefined ? undefined : { dose: { value: from, because: 'frail' } },
    );
    expect(plan.state.chart).toBe(chart);
    expect(changes(plan)).toEqual([]);
  });

  it('for this session ends with it, whatever was lowered for good meanwhile', () => {
    const plan = answered('limit');
    blood(plan, FULL, 4);
    expect(start(plan, 4)).toMatchObject({ figures: [{ value: 'three fifths', for: 'this session' }] });
    report(plan, 4);
    expect(dose(plan)).toBe('full');
  });

  it('for this session is not taken back by the table: a person said so', () => {
    const plan = answered('lower-once');
    blood(plan, FULL, 4);
    expect(start(plan, 4)).toMatchObject({ figures: [{ value: 'four fifths', for: 'this session' }] });
  });

  it('is journalled with where it came from and why', () => {
    const entry = answered('lower').journal.find(({ kind }) => kind === 'figure.changed');
    expect(entry?.details).toMatchObject({
      figure: 'dose',
      from: 'full',
      to: 'four fifths',
      for: 'from now on',
    });
    expect(entry?.says).toContain('Decided: lower');
  });
});
