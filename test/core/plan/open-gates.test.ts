import type { SentObservation } from '../../../src/core/model/event.schema.ts';
import { Desk } from '../../support/appointments.ts';
import {
  atEdge,
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
import { eventOf, RunningPlan } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const covering = (form: string, covers: 'course' | 'one procedure') => ({
  consent: { form, by: 'patient', covers, lasts: for_(5, 'year') },
});
const PEEL = stageOf('peel', { title: 'Peel', sessions: 3, ...covering('peels', 'course') });
const PEEL_ONCE = stageOf('peel', { title: 'Peel', sessions: 3, ...covering('peels', 'one procedure') });
const LAST = stageOf('last', { title: 'Last', ...covering('last', 'course') });
const spacing = (from: string, to: string) =>
  intervalOf('spacing', atStage(`end of ${from}`), `${to}-procedure`, { minimum: for_(14, 'day') });

/** Its gate for the peel opened on 9 March. */
const atOpenGate = ({ knows, ...more }: Variation & { knows?: SentObservation[] } = {}) => {
  const stages = more.stages ?? [PEEL, LAST];
  const pathway = pathwayWith({ rules: [], facts: [], consultation: [], ...more, stages });
  const plan = new RunningPlan(pathway, on('2026-03-02'));
  for (const form of ['peels', 'last']) plan.consent(form, '2026-03-02');
  if (knows) plan.observe(knows);
  plan.send(eventOf('history.recorded', { procedures: [], isComplete: true }, { id: 'history' }));
  const desk = new Desk(plan);
  expect(desk.start('peel', on('2026-03-09'))).toMatchObject({ outcome: 'accepted' });
  return { plan, desk };
};
const warned = ({ state }: RunningPlan, stage = 'peel') => state.tasks[`plan/must-not-begin-${stage}`];
const deviates = (plan: RunningPlan): boolean =>
  plan.last.journal.some(({ kind }) => kind === 'deviation.raised');

describe('a report of an earlier day, told while a gate stands open', () => {
  it.each([
    ['a day too few before', '2026-02-24', true],
    ['just long enough before', '2026-02-23', false],
  ])('that was %s the procedure to come: whoever is about to begin is told, %s', (_how, day, isTold) => {
    const { plan } = atOpenGate({ intervals: [spacing('peel', 'peel')] });
    plan.report('peel', day, on('2026-03-09'));
    expect(warned(plan) !== undefined).toBe(isTold);
    plan.report('peel', '2026-03-09', '2026-03-09T18:00:00.000Z');
    expect(deviates(plan)).toBe(isTold);
  });

  it('asks the coordinator, with a due time and a ladder, and says from which day on it may be', () => {
    const { plan } = atOpenGate({ intervals: [spacing('peel', 'peel')] });
    const { effects } = plan.report('peel', '2026-03-05', on('2026-03-09'));
    expect(warned(plan)).toMatchObject({
      role: 'coordinator',
      status: 'requested',
      title:
        'Peel must not begin: Title of spacing: counted from end of peel on 2026-03-05, it may be from 2026-03-19 on.',
    });
    expect(plan.state.waits['task/plan/must-not-begin-peel']).toBeDefined();
    expect(effects).toContainEqual(expect.objectContaining({ role: 'coordinator', kind: 'tell' }));
  });

  it.each([
    ['away from the gate', [PEEL, LAST, stageOf('more')], 'more.ready'],
    ['to its end', [PEEL, LAST], 'completed'],
  ])('is told though it is of another stage, and moves the plan %s', (_where, stages, chart) => {
    const { plan } = atOpenGate({ intervals: [spacing('last', 'peel')], stages });
    plan.report('last', '2026-03-08', on('2026-03-09'));
    expect(plan.state.chart).toBe(chart);
    expect(warned(plan)?.title).toMatch(/it may be from 2026-03-22 on/);
  });

  it.each([
    ['one procedure', PEEL_ONCE, true],
    ['the course', PEEL, false],
  ])('uses up the consent to %s', (_what, peel, isTold) => {
    const { plan } = atOpenGate({ stages: [peel, LAST] });
    plan.report('peel', '2026-03-05', on('2026-03-09'));
    expect(warned(plan)?.title).toBe(
      isTold ? 'Peel must not begin: Consent peels was for one procedure, and peel was it.' : undefined,
    );
    plan.report('peel', '2026-03-09', '2026-03-09T18:00:00.000Z');
    expect(deviates(plan)).toBe(isTold);
  });

  it('says everything that stands against it', () => {
    const { plan } = atOpenGate({ stages: [PEEL_ONCE, LAST], intervals: [spacing('peel', 'peel')] });
    plan.report('peel', '2026-03-05', on('2026-03-09'));
    expect(warned(plan)?.title).toMatch(/2026-03-19 on\. Consent peels was for one procedure/);
  });

  it('says nothing where it stands in the way of nothing', () => {
    const { plan } = atOpenGate({ intervals: [spacing('peel', 'last')] });
    plan.report('peel', '2026-03-05', on('2026-03-09'));
    expect(warned(plan)).toBeUndefined();
  });

  it('does not say of the report behind the gate itself that it must not begin', () => {
    const { plan } = atOpenGate({ intervals: [spacing('peel', 'peel')] });
    plan.report('peel', '2026-03-09', on('2026-03-09'));
    expect(warned(plan)).toBeUndefined();
  });
});

describe('an open gate is looked at again, too, as it is told', () => {
  it('that what was reported ended later than was known', () => {
    const { plan } = atOpenGate({
      intervals: [spacing('last', 'peel')],
      stages: [PEEL, LAST, stageOf('more')],
    });
    plan.report('last', '2026-02-20', on('2026-03-09'));
    expect(warned(plan)).toBeUndefined();
    const ended = { stage: 'last', performedOn: '2026-02-20', endedOn: '2026-03-01' };
    plan.send(eventOf('procedure.performed', ended), on('2026-03-09'));
    expect(warned(plan)?.title).toMatch(/it may be from 2026-03-15 on/);
  });

  it('what was done before the plan', () => {
    const { plan } = atOpenGate({
      procedures: { 'peel-elsewhere': [] },
      intervals: [
        intervalOf('since', atEdge('end of peel-elsewhere'), 'peel-procedure', { minimum: for_(14, 'day') }),
      ],
    });
    const procedures = [{ procedure: 'peel-elsewhere', performedOn: '2026-03-01' }];
    plan.send(eventOf('history.recorded', { procedures, isComplete: true }), on('2026-03-09'));
    expect(warned(plan)?.title).toMatch(/it may be from 2026-03-15 on/);
  });

  it('not by a fact, whose hold is told as a hold', () => {
    const rash = contraindication('rash', { all: [leaf('rash', 'equal', true)] });
    const { plan } = atOpenGate({
      rules: [rash],
      facts: [factOf('rash', { kind: 'yes or no' })],
      knows: [{ fact: 'rash', value: false }],
    });
    plan.observe([{ fact: 'rash', value: true }], on('2026-03-09'));
    expect(warned(plan)).toBeUndefined();
  });
});
