import { startOfDay } from '../../../src/core/model/calendar.ts';
import type { Instant, LocalDate } from '../../../src/core/model/primitives.schema.ts';
import type { Anchor } from '../../../src/core/pathway/work.schema.ts';
import { anchorFor, anchorOf } from '../../../src/core/plan/due-anchors.ts';
import { moveChart } from '../../../src/core/plan/phases.ts';
import type { Performed, PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { requestAfterEach } from '../../../src/core/plan/tasks.ts';
import { for_, pathwayWith, stageOf, taskOf } from '../../support/pathways.ts';
import { RunningPlan } from '../../support/plan.ts';
import { draftOf, dueOf, put, repeating, until } from '../../support/tasks.ts';

const at = (day: LocalDate): Instant => `${day}T16:00:00.000Z`;
const ZONE = 'America/New_York';
const given = (stage: string, performedOn: LocalDate, round = 1): Performed => ({
  stage,
  procedures: [`${stage}-procedure`],
  performedOn,
  areas: [],
  reportedAt: at(performedOn),
  step: 1,
  deviation: false,
  counts: true,
  round,
});

/** In the second stage; the first was done on three days in two rounds. */
const underWay = (): RunningPlan => {
  const stages = [stageOf('filling', { recovery: [taskOf('visit')] }), stageOf('exchange')];
  const plan = new RunningPlan(
    pathwayWith({ rules: [], consultation: [taskOf('history')], assessment: [taskOf('scan')], stages }),
  );
  plan.complete('consultation/history', at('2026-03-04'));
  plan.complete('assessment/scan', at('2026-03-06'));
  put(plan, { stages: { filling: { round: 2, skipped: [] } } });
  put(plan, {
    now: at('2026-05-01'),
    performed: [
      given('filling', '2026-03-10'),
      given('filling', '2026-04-07', 2),
      given('filling', '2026-03-31', 2),
      given('exchange', '2026-04-20'),
    ],
    enteredAt: {
      ...plan.state.enteredAt,
      'filling.recovery': at('2026-04-08'),
      'filling/2': at('2026-03-29'),
    },
  });
  return plan;
};

describe('a due time counts from', () => {
  it.each<[Anchor, string | undefined, Instant]>([
    ['plan start', undefined, '2026-03-02T15:00:00.000Z'],
    ['consultation', undefined, '2026-03-02T15:00:00.000Z'],
    ['assessment', undefined, at('2026-03-04')],
    ['course', undefined, at('2026-03-06')],
    ['stage', 'filling', at('2026-03-29')],
    ['stage end', 'filling', at('2026-04-08')],
    ['procedure', 'filling', startOfDay('2026-04-07', ZONE)],
    ['session', 'filling', startOfDay('2026-04-07', ZONE)],
    ['last session', 'filling', startOfDay('2026-04-07', ZONE)],
    ['first session', 'filling', startOfDay('2026-03-31', ZONE)],
    ['first session', undefined, startOfDay('2026-03-10', ZONE)],
    ['last session', undefined, startOfDay('2026-04-20', ZONE)],
    ['exit', undefined, at('2026-05-01')],
    ['asked', undefined, at('2026-05-01')],
  ])('%s, of %s', (anchor, stage, instant) => {
    expect(anchorOf(draftOf(underWay()), anchor, stage)).toBe(instant);
  });

  it.each<[Anchor]>([['procedure'], ['first session'], ['stage'], ['stage end']])(
    'now, as long as there was no %s',
    (anchor) => {
      const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [taskOf('history')] }));
      expect(anchorOf(draftOf(plan), anchor, 'excision')).toBe(plan.state.now);
    },
  );

  it.each([
    [1, '2026-03-10'],
    [2, '2026-04-07'],
  ])('the procedure of round %d, for work that was asked for in it', (round, day) => {
    const from = anchorFor(draftOf(underWay()), 'procedure', { stage: 'filling', round });
    expect(from).toBe(startOfDay(day, ZONE));
  });

  it('the day on which the course began, however often its first gate is come to again', () => {
    const plan = underWay();
    const began = anchorOf(draftOf(plan), 'course', undefined);
    plan.report('filling', '2026-05-01', at('2026-05-01'));
    expect(anchorOf(draftOf(plan), 'course', undefined)).toBe(began);
    expect(anchorOf(draftOf(plan), 'stage', 'filling')).toBe(at('2026-03-29'));
  });

  it('the report, for hours after a procedure: its day alone would be hours too early', () => {
    const recovery = [taskOf('pulse', { due: { to: for_(6, 'hour'), after: 'procedure' } })];
    const stages = [stageOf('flap', { recovery }), stageOf('refinement')];
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [], stages }));
    plan.report('flap', '2026-03-04', at('2026-03-04'));
    expect(dueOf(plan, 'flap.recovery/pulse')).toBe('2026-03-04T22:00:00.000Z');
  });
});

describe('work after each session', () => {
  const CALL = 'dose.session/call';
  const call = taskOf('call', { due: { from: for_(3, 'day'), to: for_(5, 'day'), after: 'session' } });
  const withSessions = (days: readonly LocalDate[], afterEach = [call]): RunningPlan => {
    const stages = [stageOf('dose', { sessions: 4, afterEach }), stageOf('next')];
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [], stages }));
    for (const day of days) give(plan, day);
    return plan;
  };
  /** As a report does, without what else it does. */
  const give = (plan: RunningPlan, day: LocalDate): void => {
    put(plan, { now: at(day), performed: [...plan.state.performed, given('dose', day)] });
    const draft = draftOf(plan);
    const stage = plan.pathway.stage('dose');
    if (stage) requestAfterEach(draft, stage);
    put(plan, draft.state);
  };

  it('is asked for after each, from that session', () => {
    const plan = withSessions(['2026-03-04']);
    expect(plan.state.tasks[CALL]).toMatchObject({ status: 'requested', from: '2026-03-07' });
    expect(dueOf(plan, CALL)).toBe('2026-03-10T04:00:00.000Z');
    plan.complete(CALL, at('2026-03-08'));
    give(plan, '2026-03-18');
    expect(plan.state.tasks[CALL]?.status).toBe('requested');
    expect(dueOf(plan, CALL)).toBe('2026-03-24T04:00:00.000Z');
  });

  it('that is still open when the next session is given stays due where it was', () => {
    const plan = withSessions(['2026-03-04', '2026-03-18']);
    expect(dueOf(plan, CALL)).toBe('2026-03-10T04:00:00.000Z');
    expect(plan.journal.filter(({ details }) => details.task === CALL)).toEqual([]);
  });

  it('that comes round again counts from the new session once the one that is open is done', () => {
    const rinse = repeating('call', for_(1, 'day'), until(for_(3, 'day'), 'session'));
    const plan = withSessions(['2026-03-04', '2026-03-18'], [rinse]);
    expect(dueOf(plan, CALL)).toBe('2026-03-06T05:00:00.000Z');
    plan.complete(CALL, at('2026-03-18'));
    expect(plan.state.tasks[CALL]).toMatchObject({ status: 'requested', repeat: 2 });
    expect(dueOf(plan, CALL)).toBe('2026-03-21T04:00:00.000Z');
  });
});

describe('a gate that is come back to', () => {
  const TEST = 'dose.ready/patch-test';
  const stages = [
    stageOf('dose', { beforeEach: [taskOf('patch-test'), taskOf('photo')] }),
    stageOf('next', { beforeEach: [taskOf('look')] }),
  ];
  const comeBack = (plan: RunningPlan): Pick<PlanState, 'tasks'> => {
    const draft = draftOf(plan);
    moveChart(draft, { type: 'gate.opened' });
    moveChart(draft, { type: 'owed.dose' });
    return draft.state;
  };

  it('without its procedure having been done: what is done stays done, what is open stays due where it was', () => {
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [], stages }));
    plan.complete(TEST, at('2026-03-05'));
    const { tasks } = comeBack(plan);
    expect(tasks[TEST]).toBe(plan.state.tasks[TEST]);
    expect(tasks['dose.ready/photo']).toBe(plan.state.tasks['dose.ready/photo']);
  });

  it('for another round: all of it is asked for anew', () => {
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [], stages }));
    plan.complete(TEST, at('2026-03-05'));
    put(plan, { stages: { dose: { round: 2, skipped: [] } } });
    expect(comeBack(plan).tasks[TEST]).toMatchObject({ status: 'requested', turn: { round: 2 } });
  });

  it('for another session: all of it is asked for anew', () => {
    const plan = new RunningPlan(pathwayWith({ rules: [], consultation: [], stages }));
    plan.complete(TEST, at('2026-03-05'));
    put(plan, { performed: [given('dose', '2026-03-05')] });
    expect(comeBack(plan).tasks[TEST]).toMatchObject({ status: 'requested', turn: { after: '2026-03-05' } });
  });
});
