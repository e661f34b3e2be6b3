import type { ExitDefinition } from '../../../src/core/pathway/decisions.schema.ts';
import {
  book,
  decide,
  decisionOf,
  leave,
  openQuestions,
  openTasks,
  planWith,
  sleepUntil,
} from '../../support/decided.ts';
import {
  alertOf,
  contraindication,
  for_,
  ladderOf,
  leaf,
  rung,
  stageOf,
  taskOf,
} from '../../support/pathways.ts';
import { coordinator, kinds, patient, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { perform } from '../../support/staged.ts';
import { repeating, until } from '../../support/tasks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const exitOf = (more: Partial<ExitDefinition> = {}): ExitDefinition => ({
  reviewEvery: for_(7, 'day'),
  closesAfter: for_(42, 'day'),
  returnsTo: 'where it left',
  tasks: [],
  ...more,
});
const ladders = [
  ladderOf([rung({ when: 'due' })]),
  ladderOf([rung({ when: 'start' })], for_(1, 'hour'), 'emergency'),
];
const working = (exits: Partial<Record<'postponement' | 'referral', ExitDefinition>> = {}): RunningPlan =>
  planWith({
    ladders,
    exits: { postponement: exitOf(), ...exits },
    stages: [
      stageOf('first', {
        beforeEach: [taskOf('check')],
        closure: [taskOf('dressing'), taskOf('flap-check', { ladder: 'emergency' })],
      }),
      stageOf('second'),
    ],
    alerts: [alertOf('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] })],
  });

describe('a plan that leaves its course', () => {
  it('keeps where it left, why, by whom, and until when it is not closed', () => {
    const plan = working();
    expect(leave(plan, 'postponement').answer).toMatchObject({ outcome: 'accepted', phase: 'postponement' });
    expect(plan.state.leave).toEqual({
      exit: 'postponement',
      from: 'first.ready',
      at: '2026-03-02T15:00:00.000Z',
      by: 'coordinator-1',
      reason: 'the patient travels',
      closesAt: '2026-04-14T04:00:00.000Z',
      dropped: ['first.ready/check'],
    });
    expect(plan.state.status).toBe('on-hold');
    expect(kinds(plan.last.journal)).toContain('exit.taken');
  });

  it('drops the open work before its procedure, and keeps the care after it, what an alert asked and what is outside', () => {
    const plan = working();
    perform(plan, 'first', '2026-03-03');
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at('2026-03-03'));
    leave(plan, 'postponement');
    expect(openTasks(plan)).toEqual([
      'first.closure/dressing',
      'first.closure/flap-check',
      'plan/alert-fever-look-1',
    ]);
    expect(plan.state.leave?.dropped).toEqual(['first.ready/check']);
  });

  it('keeps emergencies before its procedure', () => {
    const plan = planWith({
      ladders,
      exits: { postponement: exitOf() },
      stages: [stageOf('first', { beforeEach: [taskOf('bleeding', { ladder: 'emergency' })] })],
    });
    leave(plan, 'postponement');
    expect(openTasks(plan)).toEqual(['first.ready/bleeding']);
  });

  it('drops its booking, and the coordinator takes it out of the calendar', () => {
    const plan = working();
    book(plan, 'first', '2026-03-10');
    leave(plan, 'postponement');
    expect(plan.state.bookings.first?.status).toBe('cancelled');
    expect(plan.state.tasks['plan/calendar-first-1']).toMatchObject({
      role: 'coordinator',
      title: expect.stringContaining('2026-03-10'),
    });
  });

  it('takes what is booked ahead of a later stage out of the calendar too', () => {
    const plan = planWith({
      exits: { referral: exitOf() },
      consultation: [taskOf('talk')],
      stages: [stageOf('first'), stageOf('second')],
    });
    book(plan, 'first', '2026-03-10');
    book(plan, 'second', '2026-04-10');
    leave(plan, 'referral');
    expect(Object.values(plan.state.bookings).map(({ status }) => status)).toEqual([
      'cancelled',
      'cancelled',
    ]);
    expect(openTasks(plan)).toEqual(['plan/calendar-first-1', 'plan/calendar-second-1']);
  });

  it('closes the gate that was opened, and asks nobody for a report', () => {
    const plan = working();
    plan.consent('first-consent', '2026-03-02');
    plan.start('first');
    leave(plan, 'postponement', at('2026-03-03'));
    expect(plan.state.gates).toMatchObject([{ stage: 'first', closedAt: at('2026-03-03') }]);
    expect(Object.keys(plan.state.waits)).toEqual(['exit/postponement']);
  });

  it('closes what was to be decided', () => {
    const plan = planWith({
      decidedIn: { consultation: [], assessment: ['ready'] },
      decisions: [decisionOf('ready')],
    });
    leave(plan, 'referral');
    expect(openQuestions(plan)).toEqual([]);
    expect(Object.keys(plan.state.waits)).toEqual(['exit/referral']);
  });

  it('has the work of its exit, which ends with it', () => {
    const plan = working({
      postponement: exitOf({
        tasks: [taskOf('call', { when: { due: { to: for_(3, 'day'), after: 'exit' } } })],
      }),
    });
    leave(plan, 'postponement');
    expect(plan.state.waits['task/postponement/call']?.dueAt).toBe('2026-03-06T05:00:00.000Z');
    leave(plan, 'referral', at('2026-03-04'));
    expect(plan.state.tasks['postponement/call']?.status).toBe('cancelled');
  });

  it('from one exit to another, it left its course where it first did', () => {
    const plan = working();
    leave(plan, 'postponement');
    leave(plan, 'referral', at('2026-03-09'));
    expect(plan.state.leave).toMatchObject({
      exit: 'referral',
      from: 'first.ready',
      dropped: ['first.ready/check'],
    });
    expect(Object.keys(plan.state.waits)).toEqual(['exit/referral']);
  });

  it.each([
    ['to where it is already', 'postponement', 'CC3010'],
    ['once it is over', undefined, 'CC3003'],
  ])('is refused %s', (_name, exit, code) => {
    const plan = working();
    if (exit) leave(plan, 'postponement');
    else plan.cancel();
    expect(refusalOf(leave(plan, 'postponement').answer).code).toBe(code);
  });

  it('does so on the word of staff, not of a patient', () => {
    const plan = working();
    const data = { exit: 'declined' as const, reason: 'no' };
    const event = { id: 'no', source: 'app', type: 'leaveCourse' as const, data, actor: patient };
    expect(plan.send(event).answer).toMatchObject({ outcome: 'rejected', code: 'CC2018' });
  });
});

describe('care after a procedure, of a plan that leaves its course', () => {
  const operated = (more: Parameters<typeof stageOf>[1]): RunningPlan => {
    const plan = planWith({
      exits: { postponement: exitOf() },
      stages: [stageOf('first', more), stageOf('second')],
    });
    perform(plan, 'first', '2026-03-03');
    leave(plan, 'postponement', at('2026-03-04'));
    return plan;
  };

  it.each([
    ['after each session', { sessions: 2, afterEach: [taskOf('care')] }, 'first.session/care'],
    ['of its closure', { closure: [taskOf('care')] }, 'first.closure/care'],
    ['of its recovery', { recovery: [taskOf('care')] }, 'first.recovery/care'],
    [
      'of a row that names its end',
      { closure: [repeating('care', for_(1, 'day'), until(for_(4, 'week'), 'procedure'))] },
      'first.closure/care',
    ],
    [
      'of a row that names none',
      { closure: [repeating('care', for_(1, 'day'))], recovery: [taskOf('visit')] },
      'first.closure/care',
    ],
  ])('goes on: %s', (_name, more, id) => {
    const plan = operated(more);
    expect(plan.state.tasks[id]?.status).toBe('requested');
    expect(plan.state.waits[`task/${id}`]).toBeDefined();
    sleepUntil(plan, at('2026-03-08'));
    expect(plan.state.tasks[id]?.status).toBe('requested');
  });

  it('is needed there when a fact says so', () => {
    const hot = { all: [leaf('temperature', 'greaterThanInclusive', 38)] };
    const plan = operated({ recovery: [taskOf('visit'), taskOf('culture', { onlyWhen: hot })] });
    plan.observe([{ fact: 'temperature', value: 36.8, unit: 'Cel' }], at('2026-03-05'));
    expect(plan.state.tasks['first.recovery/culture']?.status).toBe('cancelled');
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at('2026-03-06'));
    expect(plan.state.tasks['first.recovery/culture']?.status).toBe('requested');
  });

  it('is owed still when a report of something else brings the plan back', () => {
    const plan = operated({ recovery: [taskOf('drains')] });
    plan.report('second', '2026-03-05', at('2026-03-05'));
    expect(plan.state.leave).toBeUndefined();
    expect(openTasks(plan)).toContain('first.recovery/drains');
  });

  it('ends with the plan when it is closed', () => {
    const plan = operated({ recovery: [taskOf('drains')] });
    plan.cancel();
    expect(openTasks(plan)).toEqual([]);
  });
});

describe('a patient who declines', () => {
  it.each([
    ['on the course', false],
    ['off it', true],
  ])('ends the plan: %s', (_name, isOff) => {
    const plan = working();
    if (isOff) leave(plan, 'postponement');
    leave(plan, 'declined');
    expect(plan.state).toMatchObject({ chart: 'declined', status: 'revoked', waits: {} });
    expect(plan.state.leave).toBeUndefined();
  });

  it('has an appointment that somebody takes out of the calendar', () => {
    const plan = working();
    book(plan, 'first', '2026-03-10');
    leave(plan, 'declined');
    expect(openTasks(plan)).toEqual(['plan/calendar-first-1']);
    expect(plan.state.status).toBe('active');
    plan.complete('plan/calendar-first-1');
    expect(plan.state.status).toBe('revoked');
  });
});

it('a plan is cancelled from its exit', () => {
  const plan = working();
  leave(plan, 'postponement');
  plan.cancel();
  expect(plan.state).toMatchObject({ chart: 'cancelled', status: 'revoked', waits: {}, questions: {} });
});

describe('the holds of the stage that a plan left', () => {
  const held = () => {
    const rules = [contraindication('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] })];
    const plan = planWith({ rules, exits: { postponement: exitOf() } });
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    leave(plan, 'postponement');
    return plan;
  };

  it('stay, and are judged on', () => {
    const plan = held();
    expect(Object.keys(plan.state.holds)).toEqual(['first/fever']);
    plan.observe([{ fact: 'temperature', value: 36.8, unit: 'Cel' }], at('2026-03-03'));
    expect(plan.state.holds).toEqual({});
    plan.observe([{ fact: 'temperature', value: 39.1, unit: 'Cel' }], at('2026-03-04'));
    expect(plan.state.holds['first/fever']).toMatchObject({ generation: 2 });
  });

  it('and no new one is raised because a fact grew old: nobody stands at the gate', () => {
    const plan = held();
    plan.observe([{ fact: 'temperature', value: 36.8, unit: 'Cel' }], at('2026-03-03'));
    sleepUntil(plan, at('2026-03-08'));
    expect(plan.state.holds).toEqual({});
    expect(plan.state.status).toBe('on-hold');
  });
});

describe('a review', () => {
  const REVIEW = 'exit/postponement/1';

  it.each([
    ['the day before', '2026-03-08', []],
    ['its day', '2026-03-09', [REVIEW]],
    ['two days later', '2026-03-11', [REVIEW]],
  ])('of the coordinator every so often: %s', (_name, day, asked) => {
    const plan = working();
    leave(plan, 'postponement');
    sleepUntil(plan, at(day));
    expect(openQuestions(plan)).toEqual(asked);
  });

  it('asks whether it stays or returns', () => {
    const plan = working();
    leave(plan, 'postponement');
    sleepUntil(plan, at('2026-03-09'));
    expect(plan.state.questions[REVIEW]).toMatchObject({
      roles: ['coordinator'],
      outcomes: ['stay', 'return'],
      title: expect.stringContaining('the patient travels'),
    });
    expect(plan.state.waits[`question/${REVIEW}`]?.dueAt).toBe('2026-03-11T04:00:00.000Z');
  });

  it('that says stay is asked again, counted from the day on which it left', () => {
    const plan = working();
    leave(plan, 'postponement');
    sleepUntil(plan, at('2026-03-11'));
    decide(plan, REVIEW, 'stay', { by: coordinator });
    expect(plan.state.chart).toBe('postponement');
    sleepUntil(plan, at('2026-03-15'));
    expect(openQuestions(plan)).toEqual([]);
    sleepUntil(plan, at('2026-03-16'));
    expect(openQuestions(plan)).toEqual(['exit/postponement/2']);
  });

  it('that nobody answers is one question, and climbs its ladder', () => {
    const plan = working();
    leave(plan, 'postponement');
    sleepUntil(plan, at('2026-04-01'));
    expect(openQuestions(plan)).toEqual([REVIEW]);
    expect(plan.journal.filter(({ kind }) => kind === 'escalation.raised').length).toBeGreaterThan(1);
  });

  it('that says return brings it back', () => {
    const plan = working();
    leave(plan, 'postponement');
    sleepUntil(plan, at('2026-03-09'));
    decide(plan, REVIEW, 'return', { by: coordinator });
    expect(plan.state.chart).toBe('first.ready');
    expect(openQuestions(plan)).toEqual([]);
  });

  it('of a plan that comes to the exit again is another question', () => {
    const plan = working();
    leave(plan, 'postponement');
    sleepUntil(plan, at('2026-03-09'));
    decide(plan, REVIEW, 'return', { by: coordinator });
    leave(plan, 'postponement', at('2026-03-20'));
    sleepUntil(plan, at('2026-03-27'));
    expect(openQuestions(plan)).toEqual(['exit/postponement/2']);
  });

  it.each([
    ['hours', for_(12, 'hour'), '2026-03-03T03:00:00.000Z'],
    ['working days', for_(3, 'working day'), '2026-03-05T05:00:00.000Z'],
    ['months', for_(1, 'month'), '2026-04-02T04:00:00.000Z'],
  ])('in %s', (_name, reviewEvery, asksAt) => {
    const plan = working({ postponement: exitOf({ reviewEvery }) });
    leave(plan, 'postponement');
    sleepUntil(plan, asksAt);
    expect(plan.state.questions[REVIEW]?.askedAt).toBe(asksAt);
  });
});

describe('a plan that does not return', () => {
  it.each([
    ['the last instant', '2026-04-14T03:59:59.999Z', 'postponement'],
    ['the end of its day', '2026-04-14T04:00:00.000Z', 'cancelled'],
  ])('is closed: %s', (_name, now, chart) => {
    const plan = working();
    leave(plan, 'postponement');
    sleepUntil(plan, now);
    expect(plan.state.chart).toBe(chart);
  });

  it('and the coordinator tells the patient', () => {
    const plan = working();
    leave(plan, 'postponement');
    sleepUntil(plan, at('2026-04-15'));
    const [task = ''] = openTasks(plan);
    expect(plan.state.tasks[task]).toMatchObject({
      role: 'coordinator',
      title: expect.stringContaining('Tell the patient'),
    });
    plan.complete(task);
    expect(plan.state.status).toBe('revoked');
  });

  it('from a referral has been referred', () => {
    const plan = working({ referral: exitOf({ closesAfter: for_(14, 'day') }) });
    leave(plan, 'referral');
    sleepUntil(plan, at('2026-03-17'));
    expect(plan.state.chart).toBe('referred');
    for (const id of openTasks(plan)) plan.complete(id);
    expect(plan.state.status).toBe('completed');
  });
});
